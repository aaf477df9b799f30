"""Bids: offers placed, awarded, accepted, denied, retracted."""

import re
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from freelancer_tui.sandbox.market.database import Database, Value, Where
from freelancer_tui.sandbox.market.events import EventKind, Events
from freelancer_tui.sandbox.market.people import People
from freelancer_tui.sandbox.market.projects import Projects
from freelancer_tui.sandbox.refusals import bad_form, forbidden, not_found, project_refusal

LEAST_LETTERS = 100
MOST_LETTERS = 10_000
MOST_DAYS = 3650
Mark = Literal["shortlisted", "hidden"]
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w{2,}")


@dataclass(frozen=True, slots=True)
class Offer:
    """What a freelancer offers; the amount in hundredths of the project's currency."""

    amount: int
    period: int
    """Days."""
    description: str
    milestone_percentage: int = 100


@dataclass(frozen=True, slots=True)
class BidListing:
    """What a list of bids can be asked for."""

    ids: tuple[int, ...] = ()
    projects: tuple[int, ...] = ()
    bidders: tuple[int, ...] = ()
    owners: tuple[int, ...] = ()
    award_statuses: tuple[str, ...] = ()
    complete_statuses: tuple[str, ...] = ()
    paid_statuses: tuple[str, ...] = ()
    frontend_statuses: tuple[str, ...] = ()
    shortlisted: bool | None = None
    from_time: int | None = None
    to_time: int | None = None


PAID = (
    "CASE WHEN paid = 0 THEN 'unpaid' WHEN paid < amount THEN 'partly_paid' ELSE 'fully_paid' END"
)
FRONTEND = (
    "CASE WHEN retracted THEN '' WHEN complete_status = 'complete' THEN 'complete'"
    " WHEN time_accepted IS NOT NULL THEN 'in_progress' ELSE 'active' END"
)


class Bids:
    """All bids, and what bidders and owners do with them."""

    def __init__(
        self,
        database: Database,
        now: Callable[[], int],
        events: Events,
        people: People,
        projects: Projects,
    ) -> None:
        self._database = database
        self._now = now
        self._events = events
        self._people = people
        self.projects = projects

    def get(self, bid_id: int) -> sqlite3.Row:
        """Give one bid's row, or refuse."""
        row = self._database.one("SELECT * FROM bids WHERE id = ?", (bid_id,))
        if row is None:
            raise not_found("Bid")
        return row

    def live(self, project_id: int, bidder_id: int) -> sqlite3.Row | None:
        """Give this bidder's bid on the project; None when there is none or it was retracted."""
        return self._database.one(
            "SELECT * FROM bids WHERE project_id = ? AND bidder_id = ? AND retracted = 0",
            (project_id, bidder_id),
        )

    def page(self, wanted: BidListing, limit: int, offset: int) -> list[sqlite3.Row]:
        """Give a page of bids, newest first."""
        where = Where()
        where.among("id", wanted.ids)
        where.among("project_id", wanted.projects)
        where.among("bidder_id", wanted.bidders)
        where.among("owner_id", wanted.owners)
        where.among("award_status", wanted.award_statuses)
        where.among("complete_status", wanted.complete_statuses)
        where.among(PAID, wanted.paid_statuses)
        where.among(FRONTEND, wanted.frontend_statuses)
        if wanted.shortlisted is not None:
            where.also("shortlisted = ?", int(wanted.shortlisted))
        where.between("time_submitted", wanted.from_time, wanted.to_time)
        return self._database.all(
            f"SELECT * FROM bids{where.text} ORDER BY id DESC LIMIT ? OFFSET ?",
            (*where.values, limit, offset),
        )

    def place(self, bidder_id: int, project_id: int, offer: Offer) -> int:
        """Place a bid on an open project and give its id."""
        with self._database.transaction():
            project = self.projects.get(project_id, bidder_id)
            if project["owner_id"] == bidder_id:
                raise project_refusal(403, "CANNOT_BID_ON_OWN_PROJECT", "This is your own project")
            if self.live(project_id, bidder_id):
                raise project_refusal(409, "DUPLICATE_BID", "You have already bid on that project")
            if project["status"] != "active":
                raise project_refusal(400, "PROJECT_NOT_ACTIVE", "The project takes no more bids")
            _check(offer, project)
            if not self._people.spend_bid(bidder_id):
                raise project_refusal(403, "BID_LIMIT_EXCEEDED", "You have no bids left")
            bid_id = self._write(bidder_id, project, offer)
            self._events.add("bid_placed", bidder_id, project_id, bid_id)
        return bid_id

    def hire(self, owner_id: int, project_id: int, bidder_id: int, offer: Offer) -> int:
        """Give the user's own project to a freelancer outright, with a bid made for them."""
        with self._database.transaction():
            project = self.projects.own(owner_id, project_id)
            self._people.get(bidder_id)
            if offer.amount <= 0 or not 1 <= offer.period <= MOST_DAYS or bidder_id == owner_id:
                raise bad_form("The initial bid is not valid")
            bid_id = self._write(bidder_id, project, offer)
            self.award(owner_id, bid_id)
        return bid_id

    def _write(self, bidder_id: int, project: sqlite3.Row, offer: Offer) -> int:
        bid_id = self._database.insert(
            "bids",
            project_id=project["id"],
            bidder_id=bidder_id,
            owner_id=project["owner_id"],
            amount=offer.amount,
            period=offer.period,
            milestone_percentage=offer.milestone_percentage,
            description=offer.description,
            time_submitted=self._now(),
        )
        self.projects.count_bid(project["id"], 1, offer.amount)
        return bid_id

    def edit(self, user_id: int, bid_id: int, offer: Offer) -> None:
        """Change the user's own bid while the project is open."""
        with self._database.transaction():
            bid = self.own(user_id, bid_id)
            project = self.projects.get(bid["project_id"], user_id)
            if project["status"] != "active":
                raise project_refusal(400, "PROJECT_NOT_ACTIVE", "The project takes no more bids")
            _check(offer, project)
            self._database.change(
                "bids",
                bid_id,
                amount=offer.amount,
                period=offer.period,
                milestone_percentage=offer.milestone_percentage,
                description=offer.description,
            )
            self.projects.count_bid(bid["project_id"], 0, offer.amount - bid["amount"])
            self._events.add("bid_edited", user_id, bid["project_id"], bid_id)

    def retract(self, user_id: int, bid_id: int) -> None:
        """Withdraw the user's own bid before it was accepted."""
        with self._database.transaction():
            bid = self.own(user_id, bid_id)
            if bid["time_accepted"] is not None:
                raise project_refusal(400, "BID_ALREADY_ACCEPTED", "The work has started")
            self._database.change("bids", bid_id, retracted=1, award_status=None)
            self.projects.count_bid(bid["project_id"], -1, -bid["amount"])
            if bid["award_status"] == "awarded":
                self.projects.walk(bid["project_id"], "active", "open")
            self._events.add("bid_retracted", user_id, bid["project_id"], bid_id)

    def award(self, user_id: int, bid_id: int) -> None:
        """Offer the user's own project to this bid's freelancer."""
        with self._database.transaction():
            bid = self._offered(user_id, bid_id)
            project = self.projects.get(bid["project_id"], user_id)
            if bid["award_status"] == "awarded":
                raise project_refusal(409, "BID_ALREADY_AWARDED", "The bid has been awarded")
            if project["status"] != "active":
                raise project_refusal(400, "PROJECT_NOT_ACTIVE", "The project is not open")
            won: dict[str, Value] = {
                "award_status": "awarded",
                "time_awarded": self._now(),
                "hidden": 0,
            }
            self._database.change("bids", bid_id, **won)
            self._walk("bid_awarded", user_id, bid, ("frozen", "open"))

    def revoke(self, user_id: int, bid_id: int) -> None:
        """Take back an award that was not accepted yet."""
        with self._database.transaction():
            bid = self._offered(user_id, bid_id)
            _must_wait(bid)
            self._database.change("bids", bid_id, award_status="revoked", time_awarded=None)
            self._walk("bid_revoked", user_id, bid, ("active", "open"))

    def accept(self, user_id: int, bid_id: int) -> None:
        """Accept an award of the user's own bid: work starts, the other bids have lost."""
        with self._database.transaction():
            bid = self.own(user_id, bid_id)
            _must_wait(bid)
            started: dict[str, Value] = {
                "time_accepted": self._now(),
                "complete_status": "incomplete",
            }
            self._database.change("bids", bid_id, **started)
            self._database.run(
                "UPDATE bids SET award_status = 'rejected'"
                " WHERE project_id = ? AND id != ? AND retracted = 0",
                (bid["project_id"], bid_id),
            )
            self._walk("bid_accepted", user_id, bid, ("closed", "work_in_progress"))

    def deny(self, user_id: int, bid_id: int) -> None:
        """Refuse an award of the user's own bid."""
        with self._database.transaction():
            bid = self.own(user_id, bid_id)
            _must_wait(bid)
            self._database.change("bids", bid_id, award_status="canceled")
            self._walk("bid_denied", user_id, bid, ("active", "open"))

    def mark(self, user_id: int, bid_id: int, mark: Mark, on: bool) -> None:
        """Shortlist or hide a bid on the user's own project, or undo it."""
        with self._database.transaction():
            self._offered(user_id, bid_id)
            self._database.change("bids", bid_id, **{mark: int(on)})

    def _walk(
        self, kind: EventKind, user_id: int, bid: sqlite3.Row, statuses: tuple[str, str]
    ) -> None:
        self.projects.walk(bid["project_id"], *statuses)
        self._events.add(kind, user_id, bid["project_id"], bid["id"])

    def own(self, user_id: int, bid_id: int) -> sqlite3.Row:
        """Give a bid's row to its bidder while it stands, and refuse everyone else."""
        bid = self.get(bid_id)
        if bid["bidder_id"] != user_id:
            raise forbidden("Only the bidder may do this")
        return _standing(bid)

    def _offered(self, user_id: int, bid_id: int) -> sqlite3.Row:
        """The bid, to the owner of its project, while it stands."""
        bid = self.get(bid_id)
        if bid["owner_id"] != user_id:
            raise forbidden("Only the owner of the project may do this")
        return _standing(bid)


def selected(database: Database, project_ids: Sequence[int]) -> list[sqlite3.Row]:
    """Give the awarded or accepted bids of these projects."""
    return database.by_ids(
        "SELECT * FROM bids WHERE award_status = 'awarded' AND retracted = 0"
        " AND project_id IN ({ids})",
        project_ids,
    )


def _standing(bid: sqlite3.Row) -> sqlite3.Row:
    if bid["retracted"]:
        raise project_refusal(409, "BID_RETRACTED", "The bid has been retracted")
    return bid


def _must_wait(bid: sqlite3.Row) -> None:
    """Refuse unless the bid has an award that waits for its freelancer."""
    if bid["time_accepted"] is not None:
        raise project_refusal(409, "BID_ALREADY_ACCEPTED", "The award has been accepted")
    if bid["award_status"] != "awarded":
        raise project_refusal(400, "BID_NOT_AWARDED", "The bid has not been awarded")


def _check(offer: Offer, project: sqlite3.Row) -> None:
    if len(offer.description.strip()) < LEAST_LETTERS:
        raise project_refusal(
            400, "BID_DESCRIPTION_TOO_SHORT", "Write at least 100 characters in your bid"
        )
    if len(offer.description) > MOST_LETTERS:
        raise project_refusal(400, "BID_DESCRIPTION_TOO_LONG", "The bid's text is too long")
    if _EMAIL.search(offer.description):
        raise project_refusal(
            400, "BID_DESCRIPTION_CONTAINS_EMAIL", "Leave contact details out of your bid"
        )
    if offer.amount <= 0 or offer.amount < project["minimum"]:
        raise project_refusal(400, "BID_AMOUNT_INVALID", "The amount is below the budget")
    if not 1 <= offer.period <= MOST_DAYS:
        raise project_refusal(400, "BID_PERIOD_INVALID", "The period must be 1 day or more")
    if not 20 <= offer.milestone_percentage <= 100:
        raise project_refusal(
            400, "BID_MILESTONE_PERCENTAGE_INVALID", "The percentage must be from 20 to 100"
        )
