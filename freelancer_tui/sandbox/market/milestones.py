"""Milestones: money held for a part of the work, and its release."""

import sqlite3
from collections.abc import Callable

from freelancer_tui.sandbox.market import escrow
from freelancer_tui.sandbox.market.bids import Bids
from freelancer_tui.sandbox.market.database import Database
from freelancer_tui.sandbox.market.events import Events
from freelancer_tui.sandbox.market.people import People
from freelancer_tui.sandbox.market.projects import Projects
from freelancer_tui.sandbox.refusals import forbidden, project_refusal

REASONS = ("full_payment", "partial_payment", "task_description", "other")
"""In the order of the numbers that the official SDK sends."""
HELD = ("frozen", "requested_release")


class Milestones:
    """All milestones; only the two sides see theirs."""

    def __init__(
        self,
        database: Database,
        now: Callable[[], int],
        events: Events,
        people: People,
        bids: Bids,
    ) -> None:
        self._database = database
        self._now = now
        self._events = events
        self._people = people
        self._projects: Projects = bids.projects
        self.bids = bids

    def get(self, user_id: int, milestone_id: int) -> sqlite3.Row:
        """Give a milestone's row to its two sides; to others there is none."""
        return escrow.side(self._database, "milestones", user_id, milestone_id)

    def page(
        self, user_id: int, wanted: escrow.EscrowListing, limit: int, offset: int
    ) -> list[sqlite3.Row]:
        """Give a page of the user's milestones, newest first unless asked otherwise."""
        return escrow.page(self._database, "milestones", user_id, wanted, (limit, offset))

    def create(
        self,
        user_id: int,
        bid_id: int,
        amount: int,
        description: str,
        reason: str = "other",
    ) -> int:
        """Fund a milestone for an awarded bid on the user's own project and give its id."""
        with self._database.transaction():
            bid = self.bids.get(bid_id)
            if bid["owner_id"] != user_id:
                raise forbidden("Only the owner of the project may fund a milestone")
            if bid["award_status"] != "awarded" or bid["retracted"]:
                raise project_refusal(400, "BID_NOT_AWARDED", "The bid has not been awarded")
            escrow.check(amount, description)
            milestone_id = self._insert(bid, amount, description, reason)
            self._events.add("milestone_created", user_id, bid["project_id"], milestone_id)
        return milestone_id

    def request_release(self, user_id: int, milestone_id: int) -> None:
        """Ask the employer to release the user's own milestone."""
        with self._database.transaction():
            row = self._held(user_id, milestone_id, "bidder_id")
            if row["status"] == "requested_release":
                raise project_refusal(409, "RELEASE_ALREADY_REQUESTED", "It was asked for before")
            self._database.change(
                "milestones", milestone_id, status="requested_release", time_updated=self._now()
            )
            self._events.add("release_requested", user_id, row["project_id"], milestone_id)

    def release(self, user_id: int, milestone_id: int, amount: int | None = None) -> int | None:
        """Release a milestone, or a part of it; gives the id of the milestone that remains."""
        with self._database.transaction():
            row = self._held(user_id, milestone_id, "owner_id")
            amount = row["amount"] if amount is None else amount
            if not 0 < amount <= row["amount"]:
                raise project_refusal(400, "MILESTONE_AMOUNT_INVALID", "No such amount is held")
            self._database.change(
                "milestones",
                milestone_id,
                status="cleared",
                amount=amount,
                time_updated=self._now(),
            )
            bid = self.bids.get(row["bid_id"])
            remaining = None
            if amount < row["amount"]:
                rest = row["amount"] - amount
                remaining = self._insert(bid, rest, row["description"], row["reason"])
            self._pay(bid, row, amount)
            self._events.add("milestone_released", user_id, row["project_id"], milestone_id)
            self._complete_when_paid(user_id, bid)
        return remaining

    def cancel(self, user_id: int, milestone_id: int) -> None:
        """Take the money of a milestone on the user's own project back."""
        with self._database.transaction():
            row = self._held(user_id, milestone_id, "owner_id")
            self._database.change(
                "milestones", milestone_id, status="canceled", time_updated=self._now()
            )
            self._events.add("milestone_canceled", user_id, row["project_id"], milestone_id)

    def _insert(self, bid: sqlite3.Row, amount: int, description: str, reason: str) -> int:
        return self._database.insert(
            "milestones",
            **escrow.sides(bid),
            amount=amount,
            currency_id=self.currency(bid),
            reason=reason,
            description=description,
            status="frozen",
            time_created=self._now(),
            time_updated=self._now(),
        )

    def _pay(self, bid: sqlite3.Row, row: sqlite3.Row, amount: int) -> None:
        self._people.pay(row["bidder_id"], row["currency_id"], amount)
        self._database.change("bids", bid["id"], paid=bid["paid"] + amount)

    def _complete_when_paid(self, user_id: int, bid: sqlite3.Row) -> None:
        """Fixed-price work is complete when all that was agreed is paid and nothing is held."""
        paid = self.bids.get(bid["id"])["paid"]
        held = self._database.number(
            "SELECT count(*) FROM milestones WHERE bid_id = ? AND status IN (?, ?)",
            (bid["id"], *HELD),
        )
        project = self._projects.get(bid["project_id"], user_id)
        fixed = project["kind"] == "fixed"
        working = project["frontend_status"] == "work_in_progress"
        if fixed and working and not held and paid >= bid["amount"]:
            self._projects.complete(user_id, bid["project_id"])

    def currency(self, bid: sqlite3.Row) -> int:
        """Give the currency that a bid is in."""
        return int(self._projects.several([bid["project_id"]])[bid["project_id"]]["currency_id"])

    def _held(self, user_id: int, milestone_id: int, side: str) -> sqlite3.Row:
        row = self.get(user_id, milestone_id)
        if row[side] != user_id:
            raise forbidden("The other side of the milestone has to do this")
        if row["status"] not in HELD:
            raise project_refusal(409, "MILESTONE_NOT_HELD", f"The milestone is {row['status']}")
        return row
