"""Projects: finding jobs in the cache, reading one, and triage."""

from array import array
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from freelancer_tui.domain.projects import ProjectSummary, ProjectView, Verdict
from freelancer_tui.errors import NotFound
from freelancer_tui.i18n import _
from freelancer_tui.store.cache import people, projects, verdicts
from freelancer_tui.store.cache.database import CacheDatabase, Interrupted, Stop
from freelancer_tui.store.work.marks import Marks

if TYPE_CHECKING:
    from freelancer_tui.domain.search import Completion, Explanation
    from freelancer_tui.services.queries import Queries

__all__ = ["Interrupted", "Projects", "Stop"]
_MOST_LOOKED: Final = 20
MOST_LISTED: Final = 2_000_000
"""Jobs in one list: eight bytes each."""
Scores = Callable[[Sequence[ProjectSummary]], Mapping[int, int]]


class Projects:
    """The user's verbs for jobs; all of them work offline."""

    def __init__(
        self,
        cache: CacheDatabase,
        marks: Marks,
        clock: Callable[[], datetime],
        own: Callable[[], str] = lambda: "USD",
    ) -> None:
        """`own` gives the currency that a budget without one is in."""
        self._cache = cache
        self._marks = marks
        self._clock = clock
        self._own = own
        self._looked: deque[int] = deque(maxlen=_MOST_LOOKED)
        self._asked: Queries | None = None
        self.scores: Scores | None = None
        """Tells how well jobs match the user; without it the newest match best."""

    def search(
        self, text: str, *, limit: int = 50, stop: Stop | None = None, at_once: bool = False
    ) -> list[ProjectSummary]:
        """List the first jobs that a query brings.

        `at_once` is for a list that its ids follow: of very many jobs the newest alone are
        put in another order than by age.
        """
        if text.strip():
            return self._queries().search(text, limit, stop, at_once=at_once)
        with self._cache.read(stop) as connection:
            ids = projects.newest(connection, limit)
            return projects.listed_in_order(connection, ids)

    def ids(self, text: str, *, stop: Stop | None = None) -> "array[int]":
        """List every job that a search brings, in the same order, by its id alone."""
        if text.strip():
            return self._queries().ids(text, MOST_LISTED, stop=stop)
        with self._cache.read(stop) as connection:
            return projects.newest(connection, MOST_LISTED)

    def explained(self, text: str, *, stop: Stop | None = None) -> "Explanation":
        """Say how a query is read, what of it cannot be, and what cannot be compared."""
        return self._queries().explained(text, stop=stop)

    def lacking(self, text: str, *, stop: Stop | None = None) -> tuple[str, ...]:
        """Give the parts of a query that bring nothing to leave over: without one there is."""
        return self._queries().lacking(text, stop=stop)

    def completions(
        self, text: str, saved: Mapping[str, str] | None = None
    ) -> "tuple[Completion, ...]":
        """Give what the last word of a query could become."""
        return self._queries().completions(text, saved)

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
        if summary is None:
            return ProjectView(project, client, note=note)
        return ProjectView(project, client, summary.verdict, note, summary.is_new)

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

    def _queries(self) -> "Queries":
        # The first list has no query, so it does not wait for what reads one.
        from freelancer_tui.services.queries import Queries

        if self._asked is None:
            self._asked = Queries(self._cache, self._clock, self._own, self._scored)
        return self._asked

    def _scored(self, rows: Sequence[ProjectSummary]) -> Mapping[int, int]:
        return self.scores(rows) if self.scores and rows else {}


def _unknown(remote_id: int) -> NotFound:
    return NotFound(
        _("There is no job {number} here.").format(number=remote_id),
        hint=_("Look for it with: freelancer-tui jobs search, or bring new ones in with sync."),
    )
