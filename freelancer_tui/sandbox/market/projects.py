"""Projects: work that employers post, and its walk from open to complete."""

import sqlite3
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from freelancer_tui.sandbox.market.amounts import average, in_dollars, rounded
from freelancer_tui.sandbox.market.database import Database, Where
from freelancer_tui.sandbox.market.events import Events
from freelancer_tui.sandbox.market.reference import Reference
from freelancer_tui.sandbox.refusals import forbidden, not_found

KEPT_CHANGES = 50
HIDDEN = ("draft", "pending", "rejected")
"""Projects that only their owner sees."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list of projects can be asked for."""

    ids: tuple[int, ...] = ()
    owners: tuple[int, ...] = ()
    bidders: tuple[int, ...] = ()
    seo_urls: tuple[str, ...] = ()
    frontend_statuses: tuple[str, ...] = ()
    from_time: int | None = None
    to_time: int | None = None


class Projects:
    """All projects; `changes` grows with every change of any of them."""

    def __init__(
        self,
        database: Database,
        now: Callable[[], int],
        events: Events,
        reference: Reference,
    ) -> None:
        self._database = database
        self._now = now
        self._events = events
        self.reference = reference
        self.changes = 0
        self.changed: deque[int] = deque(maxlen=KEPT_CHANGES)
        """The ids of the last projects that changed, the newest last."""

    def get(self, project_id: int, viewer: int | None = None) -> sqlite3.Row:
        """Give one project's row, or refuse; what is not public only to its owner."""
        row = self._database.one("SELECT * FROM projects WHERE id = ?", (project_id,))
        if row is None or (row["owner_id"] != viewer and not public(row)):
            raise not_found("Project")
        return row

    def own(self, user_id: int, project_id: int) -> sqlite3.Row:
        """Give a project's row to its owner, and refuse everyone else."""
        row = self.get(project_id, user_id)
        if row["owner_id"] != user_id:
            raise forbidden("Only the owner of the project may do this")
        return row

    def several(self, ids: Iterable[int]) -> dict[int, sqlite3.Row]:
        """Give the rows of those of the ids that exist, by id."""
        rows = self._database.by_ids("SELECT * FROM projects WHERE id IN ({ids})", ids)
        return {row["id"]: row for row in rows}

    def skills(self, ids: Iterable[int]) -> dict[int, list[int]]:
        """Give the skills of each of these projects."""
        found: dict[int, list[int]] = {}
        for project_id, skill_id in self._database.by_ids(
            "SELECT project_id, skill_id FROM project_skills WHERE project_id IN ({ids})", ids
        ):
            found.setdefault(project_id, []).append(skill_id)
        return found

    def page(
        self, wanted: Listing, viewer: int | None, limit: int, offset: int
    ) -> tuple[list[sqlite3.Row], int]:
        """Give a page of projects, newest submitted first, and how many there are in all."""
        where = Where()
        where.also(
            "(owner_id = ? OR (deleted = 0 AND status NOT IN ('draft', 'pending', 'rejected')))",
            viewer,
        )
        where.among("id", wanted.ids)
        where.among("owner_id", wanted.owners)
        where.among("seo_url", wanted.seo_urls)
        where.among("frontend_status", wanted.frontend_statuses)
        where.between("time_submitted", wanted.from_time, wanted.to_time)
        if wanted.bidders:
            marks = ", ".join("?" * len(wanted.bidders))
            where.also(
                "id IN (SELECT project_id FROM bids WHERE retracted = 0"
                f" AND bidder_id IN ({marks}))",
                *wanted.bidders,
            )
        rows = self._database.all(
            f"SELECT * FROM projects{where.text} ORDER BY id DESC LIMIT ? OFFSET ?",
            (*where.values, limit, offset),
        )
        if len(rows) < limit and (rows or not offset):
            return rows, offset + len(rows)
        count = f"SELECT count(*) FROM projects{where.text}"
        return rows, self._database.number(count, where.values)

    def complete(self, actor_id: int, project_id: int) -> None:
        """Let the work be complete: the project, and the bid that won it."""
        self._database.run(
            "UPDATE bids SET complete_status = 'complete'"
            " WHERE project_id = ? AND time_accepted IS NOT NULL",
            (project_id,),
        )
        self.walk(project_id, "closed", "complete")
        self._events.add("project_completed", actor_id, project_id, project_id)

    def walk(self, project_id: int, status: str, frontend_status: str) -> None:
        """Move a project to another status."""
        self._database.change(
            "projects", project_id, status=status, frontend_status=frontend_status
        )
        self.touch(project_id)

    def touch(self, project_id: int) -> None:
        """Let a project's last change be now."""
        self._database.change("projects", project_id, time_updated=self._now())
        self.note(project_id)

    def note(self, project_id: int) -> None:
        """Note that a project has changed."""
        self.changes += 1
        self.changed.append(project_id)

    def count_bid(self, project_id: int, bids: int, amount: int) -> None:
        """Add to a project's count and sum of bids; less than nothing takes away."""
        self._database.run(
            "UPDATE projects SET bid_count = bid_count + ?, bid_sum = bid_sum + ? WHERE id = ?",
            (bids, amount, project_id),
        )
        row = self.several([project_id])[project_id]
        mean = average(row["bid_sum"], row["bid_count"])
        dollars = (
            None
            if mean is None
            else in_dollars(rounded(mean), self.reference.rate(row["currency_id"]))
        )
        self._database.change("projects", project_id, bid_avg_usd=dollars)
        self.touch(project_id)


def public(row: sqlite3.Row) -> bool:
    """Tell whether a project may be seen by everyone."""
    return not row["deleted"] and row["status"] not in HIDDEN
