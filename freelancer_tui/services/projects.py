"""Projects: finding jobs in the cache, reading one, and triage."""

from array import array
from collections import deque
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

from freelancer_tui.domain import search
from freelancer_tui.domain.projects import ProjectSummary, ProjectView, Verdict
from freelancer_tui.errors import NotFound
from freelancer_tui.i18n import _
from freelancer_tui.store.cache import people, projects, verdicts
from freelancer_tui.store.cache.database import CacheDatabase, Interrupted, Stop
from freelancer_tui.store.work.marks import Marks

__all__ = ["Interrupted", "Projects", "Stop"]
_MOST_LOOKED: Final = 20
MOST_LISTED: Final = 2_000_000
"""Jobs in one list: eight bytes each."""


class Projects:
    """The user's verbs for jobs; all of them work offline."""

    def __init__(self, cache: CacheDatabase, marks: Marks, clock: Callable[[], datetime]) -> None:
        self._cache = cache
        self._marks = marks
        self._clock = clock
        self._looked: deque[int] = deque(maxlen=_MOST_LOOKED)

    def search(
        self, text: str, *, limit: int = 50, before: int | None = None, stop: Stop | None = None
    ) -> list[ProjectSummary]:
        """List jobs that have all the words, newest first, those below `before` only."""
        with self._cache.read(stop) as connection:
            return projects.search(connection, search.parse(text), limit, before)

    def ids(self, text: str, *, stop: Stop | None = None) -> "array[int]":
        """List every job that a search brings, in the same order, by its id alone."""
        with self._cache.read(stop) as connection:
            return projects.ids(connection, search.parse(text), MOST_LISTED)

    def rows(self, ids: Iterable[int]) -> dict[int, ProjectSummary]:
        """Give those of the jobs that are here, by id."""
        with self._cache.read() as connection:
            return projects.summaries(connection, ids)

    def show(self, remote_id: int) -> ProjectView:
        """Give all that is known about a job."""
        with self._cache.read() as connection:
            project = projects.get(connection, remote_id)
            if project is None:
                raise _unknown(remote_id)
            client = people.get(connection, project.owner_id) if project.owner_id else None
            summary = projects.summaries(connection, [remote_id]).get(remote_id)
            note = verdicts.note(connection, remote_id)
        self._looked.append(remote_id)
        return ProjectView(project, client, summary.verdict if summary else None, note)

    def looked(self) -> list[int]:
        """List the jobs that were shown last, for the sync to keep them fresh."""
        return list(self._looked)

    def mark(self, remote_id: int, verdict: Verdict | None) -> Verdict | None:
        """Star a job, skip it, or clear the mark; give the mark it had before."""
        with self._cache.read() as connection:
            if projects.get(connection, remote_id) is None:
                raise _unknown(remote_id)
        return self._marks.put(remote_id, verdict, self._clock())

    def total(self) -> int:
        """Count the jobs in the cache."""
        with self._cache.read() as connection:
            return projects.count(connection)


def _unknown(remote_id: int) -> NotFound:
    return NotFound(
        _("There is no job {number} here.").format(number=remote_id),
        hint=_("Look for it with: freelancer-tui jobs search, or bring new ones in with sync."),
    )
