"""Requests: freelancers ask for milestones, employers answer."""

import sqlite3
from collections.abc import Callable

from freelancer_tui.sandbox.market import escrow
from freelancer_tui.sandbox.market.database import Database
from freelancer_tui.sandbox.market.events import Events
from freelancer_tui.sandbox.market.milestones import Milestones
from freelancer_tui.sandbox.refusals import bad_form, forbidden, project_refusal


class Requests:
    """All milestone requests; only the two sides see theirs."""

    def __init__(
        self,
        database: Database,
        now: Callable[[], int],
        events: Events,
        milestones: Milestones,
    ) -> None:
        self._database = database
        self._now = now
        self._events = events
        self._milestones = milestones

    def get(self, user_id: int, request_id: int) -> sqlite3.Row:
        """Give a request's row to its two sides; to others there is none."""
        return escrow.side(self._database, "requests", user_id, request_id)

    def page(
        self, user_id: int, wanted: escrow.EscrowListing, limit: int, offset: int
    ) -> list[sqlite3.Row]:
        """Give a page of the user's requests, newest first unless asked otherwise."""
        return escrow.page(self._database, "requests", user_id, wanted, (limit, offset))

    def ask(
        self, user_id: int, bid_id: int, amount: int, description: str, initial: bool = False
    ) -> int:
        """Ask for a milestone on the user's own bid and give the request's id."""
        with self._database.transaction():
            bid = self._milestones.bids.get(bid_id)
            if bid["bidder_id"] != user_id:
                raise forbidden("Only the bidder may ask for a milestone")
            if bid["retracted"]:
                raise project_refusal(409, "BID_RETRACTED", "The bid has been retracted")
            if bid["award_status"] in ("rejected", "revoked", "canceled"):
                raise project_refusal(400, "BID_NOT_AWARDED", "The bid did not win the project")
            escrow.check(amount, description)
            request_id = self._database.insert(
                "requests",
                **escrow.sides(bid),
                amount=amount,
                currency_id=self._milestones.currency(bid),
                description=description,
                status="pending",
                initial=initial,
                time_requested=self._now(),
            )
            self._events.add("milestone_requested", user_id, bid["project_id"], request_id)
        return request_id

    def accept(
        self,
        user_id: int,
        request_id: int,
        *,
        bid_id: int | None = None,
        amount: int | None = None,
        reason: str = "other",
    ) -> int:
        """Fund what the freelancer asked for, or another amount, and give the milestone's id."""
        with self._database.transaction():
            row = self._waiting(user_id, request_id, "owner_id")
            if bid_id not in (None, row["bid_id"]):
                raise bad_form("The request belongs to another bid")
            self._database.change("requests", request_id, status="created")
            return self._milestones.create(
                user_id,
                row["bid_id"],
                row["amount"] if amount is None else amount,
                row["description"],
                reason,
            )

    def reject(self, user_id: int, request_id: int) -> None:
        """Turn down what the freelancer asked for."""
        with self._database.transaction():
            self._waiting(user_id, request_id, "owner_id")
            self._database.change("requests", request_id, status="rejected")

    def delete(self, user_id: int, request_id: int) -> None:
        """Take the user's own request back."""
        with self._database.transaction():
            self._waiting(user_id, request_id, "bidder_id")
            self._database.change("requests", request_id, status="deleted")

    def _waiting(self, user_id: int, request_id: int, side: str) -> sqlite3.Row:
        row = self.get(user_id, request_id)
        if row[side] != user_id:
            raise forbidden("The other side of the request has to do this")
        if row["status"] != "pending":
            raise project_refusal(
                409, "MILESTONE_REQUEST_NOT_PENDING", f"The request is {row['status']}"
            )
        return row
