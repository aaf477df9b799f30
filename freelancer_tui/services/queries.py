"""Queries: finding jobs by words: what they bring, how they are read, what they could become."""

import sqlite3
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from freelancer_tui import wording
from freelancer_tui.domain import search
from freelancer_tui.domain.projects import ProjectSummary
from freelancer_tui.domain.search import Completion, Explanation, Known, Query, Reading, Tongue
from freelancer_tui.i18n import _, ngettext
from freelancer_tui.store.cache import facets, projects, reference, seeking
from freelancer_tui.store.cache.database import CacheDatabase, Stop

MOST_MATCHED: Final = 500
"""So many of the newest are weighed against the user's skills for the order of the best match."""
MOST_LEFT_OUT: Final = 999
_TONGUE: Final = Tongue(wording.money, wording.short_day)


class Queries:
    """The user's words for jobs, looked up in the cache; any thread may ask."""

    def __init__(
        self,
        cache: CacheDatabase,
        clock: Callable[[], datetime],
        own: Callable[[], str],
        scores: Callable[[Sequence[ProjectSummary]], Mapping[int, int]],
    ) -> None:
        """`own` gives the currency that a budget without one is in."""
        self._cache = cache
        self._clock = clock
        self._own = own
        self._scores = scores
        self._facets: tuple[object, Mapping[str, str]] = (None, {})

    def search(
        self, text: str, limit: int, stop: Stop | None = None, *, at_once: bool = False
    ) -> list[ProjectSummary]:
        """List the first jobs that a query brings; `at_once` leaves the order of many rough."""
        query = search.parse(text)
        is_matched = query.sort.by == "match"
        with self._cache.read(stop) as connection:
            reading, most = self._read(connection, query), MOST_MATCHED if is_matched else limit
            ids = seeking.found(connection, reading, most, at_once=at_once)
            rows = projects.listed_in_order(connection, ids)
        if is_matched:
            return self._matched(rows, is_reversed=query.sort.is_reversed)[:limit]
        return rows

    def ids(self, text: str, most: int, *, stop: Stop | None = None) -> "array[int]":
        """List the jobs that a search brings, in the same order, by their ids alone."""
        query = search.parse(text)
        if query.sort.by == "match":
            rows = self.search(text, MOST_MATCHED, stop=stop)
            return array("q", [row.remote_id for row in rows])
        with self._cache.read(stop) as connection:
            return seeking.found(connection, self._read(connection, query), most)

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
        scores = self._scores(rows)
        return sorted(rows, key=lambda row: scores.get(row.remote_id, 0), reverse=not is_reversed)


def _notes(connection: sqlite3.Connection, reading: Reading) -> Iterator[str]:
    """Say what is to be known of an answer: what is not in it though it might have been."""
    if reading.has_budget and reading.rateless:
        count = seeking.left_out(connection, reading, MOST_LEFT_OUT + 1)
        if count:
            yield _left_out(count, reading.rateless)
    if reading.sort.by == "match":
        found = seeking.found(connection, reading.by_age(), MOST_MATCHED + 1)
        if len(found) > MOST_MATCHED:
            text = _("only the {count} newest that match are put in order")
            yield text.format(count=MOST_MATCHED)


def _left_out(count: int, currencies: Sequence[str]) -> str:
    told = f"{MOST_LEFT_OUT}+" if count > MOST_LEFT_OUT else str(count)
    return ngettext(
        "{count} job is left out: there is no rate for {currencies}",
        "{count} jobs are left out: there is no rate for {currencies}",
        count,
    ).format(count=told, currencies=", ".join(currencies))
