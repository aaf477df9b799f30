"""Hourly: time that freelancers write down for hourly work."""

import sqlite3
from collections.abc import Sequence

from freelancer_tui.sandbox.market.bids import Bids
from freelancer_tui.sandbox.market.database import Database, Where
from freelancer_tui.sandbox.refusals import bad_form, forbidden, not_found, project_refusal

MOST_SECONDS = 24 * 3600


class Hourly:
    """Contracts (accepted bids on hourly projects) and their time entries."""

    def __init__(self, database: Database, bids: Bids) -> None:
        self._database = database
        self._bids = bids

    def contracts(
        self, user_id: int, projects: Sequence[int], bidders: Sequence[int]
    ) -> list[sqlite3.Row]:
        """Give the user's running or past contracts, newest first."""
        where = Where()
        where.also("(b.owner_id = ? OR b.bidder_id = ?)", user_id, user_id)
        where.also("b.time_accepted IS NOT NULL AND p.kind = 'hourly'")
        where.among("b.project_id", projects)
        where.among("b.bidder_id", bidders)
        return self._database.all(
            "SELECT b.*, p.currency_id, p.hours FROM bids b JOIN projects p"
            f" ON p.id = b.project_id{where.text} ORDER BY b.id DESC LIMIT 100",
            where.values,
        )

    def entries(
        self, user_id: int, bid_id: int, from_time: int | None, to_time: int | None
    ) -> list[sqlite3.Row]:
        """Give the time written down on one of the user's contracts."""
        self._contract(user_id, bid_id)
        where = Where()
        where.also("bid_id = ?", bid_id)
        where.between("time_start", from_time, to_time)
        return self._database.all(
            f"SELECT * FROM time_entries{where.text} ORDER BY id DESC LIMIT 100", where.values
        )

    def track(self, user_id: int, bid_id: int, start: int, seconds: int, note: str) -> int:
        """Write down time worked and give the entry's id."""
        with self._database.transaction():
            bid = self._contract(user_id, bid_id)
            if bid["bidder_id"] != user_id:
                raise forbidden("Only the freelancer writes down time")
            if bid["complete_status"] != "incomplete":
                raise project_refusal(400, "PROJECT_NOT_IN_PROGRESS", "No work is in progress")
            if not 0 < seconds <= MOST_SECONDS:
                raise bad_form("seconds must be above 0 and at most a day")
            return self._database.insert(
                "time_entries", bid_id=bid_id, time_start=start, seconds=seconds, note=note
            )

    def _contract(self, user_id: int, bid_id: int) -> sqlite3.Row:
        bid = self._bids.get(bid_id)
        if user_id not in (bid["owner_id"], bid["bidder_id"]):
            raise not_found("Contract")
        project = self._bids.projects.get(bid["project_id"], user_id)
        if bid["time_accepted"] is None or project["kind"] != "hourly":
            raise not_found("Contract")
        return bid
