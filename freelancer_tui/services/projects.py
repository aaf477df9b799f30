"""Projects: finding jobs in the cache, reading one, and triage."""

import sqlite3
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from freelancer_tui import wording
from freelancer_tui.domain import search
from freelancer_tui.domain.projects import ProjectSummary, ProjectView, Verdict
from freelancer_tui.domain.search import Completion, Explanation, Known, Query, Reading, Tongue
from freelancer_tui.errors import NotFound
from freelancer_tui.i18n import _, language, ngettext
from freelancer_tui.store.cache import facets, people, projects, reference, seeking, verdicts
from freelancer_tui.store.cache.database import CacheDatabase, Interrupted, Stop
from freelancer_tui.store.work.marks import Marks

__all__ = ["Interrupted", "Projects", "Stop"]
_MOST_LOOKED: Final = 20
MOST_LISTED: Final = 2_000_000
"""Jobs in one list: eight bytes each."""
MOST_MATCHED: Final = 500
"""So many of the newest are weighed against the user's skills for the order of the best match."""
MOST_LEFT_OUT: Final = 999
_BOUNDS: Final = {
    "budget": seeking.MOST_SORTED,
    "bids": seeking.MOST_SORTED,
    "match": MOST_MATCHED,
}
_TONGUE: Final = Tongue(wording.money, wording.short_day)
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
        self._facets: tuple[object, Mapping[str, str]] = (None, {})
        self.scores: Scores | None = None
        """Tells how well jobs match the user; without it the newest match best."""

    def search(
        self, text: str, *, limit: int = 50, before: int | None = None, stop: Stop | None = None
    ) -> list[ProjectSummary]:
        """List the first jobs that a query brings, those below `before` only."""
        query = search.parse(text)
        with self._cache.read(stop) as connection:
            reading = self._read(connection, query)
            if query.sort.by != "match":
                return projects.search(connection, reading, limit, before)
            rows = projects.search(connection, reading, MOST_MATCHED)
        return self._matched(rows, is_reversed=query.sort.is_reversed)[:limit]

    def ids(self, text: str, *, stop: Stop | None = None) -> "array[int]":
        """List every job that a search brings, in the same order, by its id alone."""
        query = search.parse(text)
        if query.sort.by == "match":
            rows = self.search(text, limit=MOST_MATCHED, stop=stop)
            return array("q", [row.remote_id for row in rows])
        with self._cache.read(stop) as connection:
            return seeking.found(connection, self._read(connection, query), MOST_LISTED)

    def explained(self, text: str, *, stop: Stop | None = None) -> Explanation:
        """Say how a query is read, what of it cannot be, and what cannot be compared."""
        query = search.parse(text)
        with self._cache.read(stop) as connection:
            reading = self._read(connection, query)
            told = search.explain(reading, _TONGUE)
            return replace(told, notes=tuple(_notes(connection, reading)))

    def lacking(self, text: str, *, stop: Stop | None = None) -> tuple[str, ...]:
        """Give the parts of a query that bring nothing to leave over: without one there is."""
        with self._cache.read(stop) as connection:
            reading = self._read(connection, search.parse(text))
            if len(reading.groups) < 2:
                return ()
            return tuple(
                search.group_told(group, reading, _TONGUE)
                for place, group in enumerate(reading.groups)
                if seeking.found(connection, reading.without(place), 1)
            )

    def completions(
        self, text: str, saved: Mapping[str, str] | None = None
    ) -> tuple[Completion, ...]:
        """Give what the last word of a query could become."""
        with self._cache.read() as connection:
            return search.complete(text, self._names(connection), saved)

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

    def _read(self, connection: sqlite3.Connection, query: Query) -> Reading:
        known = Known(self._names(connection), reference.rates(connection), self._own())
        return search.read(query, known, self._clock())

    def _names(self, connection: sqlite3.Connection) -> Mapping[str, str]:
        """Give what jobs here are called, read anew only when something new was met."""
        newest = facets.newest(connection)
        if self._facets[0] != newest:
            self._facets = newest, facets.names(connection)
        return self._facets[1]

    def _matched(self, rows: list[ProjectSummary], *, is_reversed: bool) -> list[ProjectSummary]:
        scores = self.scores(rows) if self.scores and rows else {}
        return sorted(rows, key=lambda row: scores.get(row.remote_id, 0), reverse=not is_reversed)


def _notes(connection: sqlite3.Connection, reading: Reading) -> Iterator[str]:
    """Say what is to be known of an answer: what is not in it though it might have been."""
    if reading.has_budget and reading.rateless:
        count = seeking.left_out(connection, reading, MOST_LEFT_OUT + 1)
        if count:
            yield _left_out(count, reading.rateless)
    bound = _BOUNDS.get(reading.sort.by)
    if bound and len(seeking.found(connection, reading.by_age(), bound + 1)) > bound:
        told = f"{bound:,}".replace(",", "." if language() == "id" else ",")
        yield _("only the {count} newest that match are put in order").format(count=told)


def _left_out(count: int, currencies: Sequence[str]) -> str:
    told = f"{MOST_LEFT_OUT}+" if count > MOST_LEFT_OUT else str(count)
    return ngettext(
        "{count} job is left out: there is no rate for {currencies}",
        "{count} jobs are left out: there is no rate for {currencies}",
        count,
    ).format(count=told, currencies=", ".join(currencies))


def _unknown(remote_id: int) -> NotFound:
    return NotFound(
        _("There is no job {number} here.").format(number=remote_id),
        hint=_("Look for it with: freelancer-tui jobs search, or bring new ones in with sync."),
    )
