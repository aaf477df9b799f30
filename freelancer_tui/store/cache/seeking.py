"""Seeking: a reading of a query as one statement over the index and the narrow tables.

Words and facets are looked up in the full-text index, newest first, so that it can stop early;
the rest (budgets, bids, marks, phrases) is asked of each candidate, in a row of seven numbers.
"""

import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final, get_args

from freelancer_tui.domain.projects import ProjectStatus
from freelancer_tui.domain.search.query import Phrase, Sort, Word
from freelancer_tui.domain.search.reading import (
    Ask,
    Facets,
    Limit,
    Marked,
    Posted,
    Reading,
    Worth,
)
from freelancer_tui.store.cache import bands, conditions, facets, words
from freelancer_tui.store.columns import DAY, micros

_AT_ONCE: Final = 10_000
"""So many of the newest are put in another order than by age where an answer must come at once."""
_FEW_MARKS: Final = 300
"""So many marked jobs are looked up one by one; among more, those that match are looked for."""
_NO_ID: Final = 2**63 - 1
_AT_A_TIME: Final = 1000
_SHARE: Final = """
    SELECT avg({condition}) FROM (SELECT * FROM figures ORDER BY remote_id DESC LIMIT 1000) f
"""
"""How many of the newest jobs a condition holds for."""
_MOST_IN_BANDS: Final = 0.1
_LOOKED_AT: Final = 1_000
"""So many are asked one by one before the bands, which cost more to begin with, choose."""
_IN_INDEX: Final = "project_words w CROSS JOIN figures f ON f.remote_id = w.rowid"
_FOUND: Final = """
    SELECT count(*) / 500.0 FROM project_words WHERE project_words MATCH ? AND rowid >=
        (SELECT min(remote_id)
            FROM (SELECT remote_id FROM figures ORDER BY remote_id DESC LIMIT 500))
"""
_MOST: Final = 0.5
_DAYS: Final = """
    SELECT min(first_id) - 1, max(last_id) + 1 FROM days WHERE day BETWEEN ? AND ?
"""
_LINE: Final = "SELECT max(remote_id) FROM new_since"
_OLDEST: Final = Sort("newest", is_reversed=True)
_EVERY: Final = ("type:fixed", "type:hourly")
"""Every job has one of these facets: what a search for all but something begins with."""
_WHOLE: Final = {
    "type": _EVERY,
    "status": tuple(f"status:{status}" for status in get_args(ProjectStatus)),
}
"""Kinds of which every job has exactly one."""


@dataclass(slots=True)
class _Wanted:
    """What the statement is made of."""

    must: list[str] = field(default_factory=list)
    """Expressions that the index looks up; each is a part that has to be there."""
    must_not: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    above: int = -1
    below: int = _NO_ID
    marks: str = ""
    """A query of a few ids among which all must be."""
    spare: str = ""
    """What the index could look up as well, should few of the candidates fit."""


class Search:
    """One reading over one connection."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        reading: Reading,
        *,
        at_once: bool = False,
        cautious: bool = False,
    ) -> None:
        self._connection = connection
        self._reading = reading
        self._most_sorted = _AT_ONCE if at_once else _NO_ID
        self._cautious = cautious
        self._numbers = facets.numbered(connection, _keys(reading))
        self._wanted = _Wanted()
        for group in reading.groups:
            self._want(group)

    def ids(self, limit: int) -> "array[int]":
        """Give the ids of what fits, in the reading's order."""
        wanted, sort = self._wanted, self._reading.sort
        by_age = sort.by == "match" or sort == Sort()
        expression = self._expression() if by_age and limit <= _LOOKED_AT else ""
        if expression and wanted.spare and not wanted.marks:
            return self._looked_at(expression, limit)
        return self._listed(limit)

    def _looked_at(self, expression: str, limit: int) -> "array[int]":
        """Ask the newest candidates one by one; where few of them fit, the index chooses on."""
        wanted, ids, seen = self._wanted, array("q"), 0
        query = (
            f"SELECT w.rowid, {' AND '.join(wanted.conditions)} FROM {_IN_INDEX}"
            " WHERE w.project_words MATCH ? AND w.rowid > ? AND w.rowid < ?"
            f" ORDER BY w.rowid DESC LIMIT {_LOOKED_AT}"
        )
        values = [*wanted.values, expression, wanted.above, wanted.below]
        for remote_id, fits in self._connection.execute(query, values):
            seen, wanted.below = seen + 1, remote_id
            if fits:
                ids.append(remote_id)
            if len(ids) == limit:
                return ids
        if seen == _LOOKED_AT:
            wanted.must.append(wanted.spare)
            ids += self._listed(limit - len(ids))
        return ids

    def _listed(self, limit: int) -> "array[int]":
        return _numbers(self._connection.execute(*self.statement(limit)))

    def statement(self, limit: int) -> tuple[str, list[Any]]:
        """Give the statement that lists ids in the reading's order, with its parameters."""
        sort = self._reading.sort
        if sort.by in ("newest", "match"):
            return self._by_age("f.remote_id", limit, "ASC" if sort == _OLDEST else "DESC")
        key = conditions.compared(sort, self._reading.usd, self._numbers)
        columns = f"f.remote_id AS id, {key} AS key"
        inner, values = self._by_age(columns, self._most_sorted, "DESC")
        way = "DESC" if (sort.by == "budget") != sort.is_reversed else "ASC"
        query = f"SELECT id FROM ({inner}) ORDER BY key {way} NULLS LAST, id DESC LIMIT ?"
        return query, [*values, limit]

    def _by_age(self, columns: str, limit: int, way: str) -> tuple[str, list[Any]]:
        wanted = self._wanted
        where, values = list(wanted.conditions), list[Any](wanted.values)
        expression = self._expression()
        marked = self._driving_marks(expression)
        if marked:
            source = f"({marked}) s CROSS JOIN figures f ON f.remote_id = s.remote_id"
            column = "s.remote_id"
            if expression:
                where.append(conditions.HIT)
                values.append(expression)
        elif expression:
            source, column = _IN_INDEX, "w.rowid"
            where.insert(0, "w.project_words MATCH ?")
            values.insert(0, expression)
        else:
            source, column = "figures f", "f.remote_id"
        where.append(f"{column} > ? AND {column} < ?")
        values += [wanted.above, wanted.below, limit]
        return (
            f"SELECT {columns} FROM {source} WHERE {' AND '.join(where)} "
            f"ORDER BY {column} {way} LIMIT ?"
        ), values

    def _expression(self) -> str:
        wanted = self._wanted
        if not wanted.must_not:
            return " AND ".join(wanted.must)
        first = " AND ".join(wanted.must) or self._facets(_EVERY)
        return f"({first}) NOT ({' OR '.join(wanted.must_not)})" if first else ""

    def _driving_marks(self, expression: str) -> str:
        """Give the query of marked ids to begin with, where that is less work."""
        marks = self._wanted.marks
        if not marks or not expression:
            return marks
        query = f"SELECT count(*) FROM ({marks} LIMIT {_FEW_MARKS + 1})"
        return marks if self._connection.execute(query).fetchone()[0] <= _FEW_MARKS else ""

    def _want(self, group: tuple[Ask, ...]) -> None:
        """Take a part of the query: into the index as far as it can, the rest as a condition."""
        if len(group) == 1:
            self._narrow(group[0])
            group = (self._rarer(group[0]),)
        indexed = [self._indexed(ask) for ask in group]
        if all(term is not None for term, _exact in indexed):
            terms = [term for term, _exact in indexed if term]
            if len(group) == 1 and group[0].is_not and terms:
                self._wanted.must_not += terms
            elif terms:
                self._wanted.must.append(f"({' OR '.join(self._positive(group, indexed))})")
            if all(exact for _term, exact in indexed):
                return
        conditions = [self._condition(ask) for ask in group]
        self._wanted.conditions.append(f"({' OR '.join(conditions)})")

    def _positive(
        self, group: tuple[Ask, ...], indexed: list[tuple[str | None, bool]]
    ) -> Iterator[str]:
        for ask, (term, _exact) in zip(group, indexed, strict=True):
            if term:
                every = self._facets(_EVERY)
                yield f"({every} NOT {term})" if ask.is_not else f"({term})"

    def _narrow(self, ask: Ask) -> None:
        """Bound the ids that can come at all."""
        wanted = self._wanted
        match ask.asked:
            case Posted(since, until) if not ask.is_not:
                first = micros(since) // DAY if since else -_NO_ID
                last = micros(until) // DAY if until else _NO_ID
                low, high = self._connection.execute(_DAYS, (first, last)).fetchone()
                wanted.above = max(wanted.above, -1 if low is None else low)
                wanted.below = min(wanted.below, 0 if high is None else high)
            case Marked("new") if not ask.is_not:
                line = self._connection.execute(_LINE).fetchone()[0]
                wanted.above = max(wanted.above, _NO_ID - 1 if line is None else line)
            case Marked(state) if state in conditions.MARKS and not ask.is_not:
                wanted.marks = wanted.marks or conditions.MARKS[state]
            case Worth(limits) if not ask.is_not and not self._are_few(limits):
                wanted.spare = min(self._bands(limits), key=len, default="")

    def _rarer(self, ask: Ask) -> Ask:
        """Turn what most jobs are into what few are not: that is asked in less time."""
        if not isinstance(ask.asked, Facets):
            return ask
        kind = ask.asked.keys[0].partition(":")[0]
        if kind not in _WHOLE or self._share(self._facets(ask.asked.keys)) < _MOST:
            return ask
        others = tuple(key for key in _WHOLE[kind] if key not in ask.asked.keys)
        return replace(ask, asked=Facets(others), is_not=not ask.is_not)

    def _share(self, expression: str) -> float:
        """Give the share of the newest jobs that an expression finds."""
        return float(self._connection.execute(_FOUND, (expression,)).fetchone()[0])

    def _indexed(self, ask: Ask) -> tuple[str | None, bool]:
        """Give what the index looks up for a term, and whether that says all.

        None when the index cannot help, empty when there is nothing to look up.
        """
        match ask.asked:
            case Word(text, begun):
                return words.expression(text, begun=begun, cautious=self._cautious), True
            case Facets(keys):
                return self._facets(keys), True
            case Worth(limits) if not ask.is_not:
                few = self._are_few(limits)
                return (" AND ".join(self._bands(limits)) or None) if few else None, False
            case Phrase(parts) if not ask.is_not:
                terms = (words.expression(part, cautious=self._cautious) for part in parts)
                return " AND ".join(term for term in terms if term) or None, False
            case _:
                return None, False

    def _facets(self, keys: Iterable[str]) -> str:
        signs = [facets.sign(self._numbers[key]) for key in keys if key in self._numbers]
        listed = " OR ".join(f'"{one}"' for one in signs) or '"\uf8fe\uf8fe"'
        return f"({{facets}} : ({listed}))"

    def _are_few(self, limits: tuple[Limit, ...]) -> bool:
        """Tell whether few of the newest jobs fit: of many, each would be asked in vain."""
        condition = conditions.worth(limits, self._numbers)
        share = self._connection.execute(_SHARE.format(condition=condition)).fetchone()[0]
        return share is not None and share <= _MOST_IN_BANDS

    def _bands(self, limits: tuple[Limit, ...]) -> list[str]:
        """Give what the index looks up for the upper and for the lower ends of budgets."""
        rates = bands.kept_rates(self._connection, [limit.currency for limit in limits])
        return [self._facets(keys) for keys in bands.asked(limits, rates) if keys]

    def _condition(self, ask: Ask) -> str:
        hit = self._indexed(ask)[0] if isinstance(ask.asked, Word | Facets) else None
        condition, values = conditions.holds(ask.asked, self._numbers, hit)
        self._wanted.values += values
        return f"NOT coalesce({condition}, 0)" if ask.is_not else condition


def found(
    connection: sqlite3.Connection, reading: Reading, limit: int, *, at_once: bool = False
) -> "array[int]":
    """Give the ids of the jobs that a reading brings, in its order.

    At once means that of very many only the newest are put in another order than by age.
    """
    connection.create_function("says", 2, words.says, deterministic=True)
    try:
        return Search(connection, reading, at_once=at_once).ids(limit)
    except sqlite3.OperationalError as error:
        if "phrase" not in str(error):
            raise
        return Search(connection, reading, at_once=at_once, cautious=True).ids(limit)


def left_out(connection: sqlite3.Connection, reading: Reading, most: int) -> int:
    """Count the jobs that cannot be compared with the budget, up to a bound."""
    lacking = Facets(tuple(f"currency:{code}" for code in reading.rateless))
    groups = [
        tuple(replace(ask, asked=lacking) if isinstance(ask.asked, Worth) else ask for ask in group)
        for group in reading.groups
    ]
    return len(found(connection, replace(reading, groups=tuple(groups), sort=Sort()), most))


def plan(connection: sqlite3.Connection, reading: Reading, limit: int) -> list[str]:
    """Tell how SQLite answers a reading, line by line."""
    connection.create_function("says", 2, words.says, deterministic=True)
    query, values = Search(connection, reading, at_once=True).statement(limit)
    return [str(row[3]) for row in connection.execute(f"EXPLAIN QUERY PLAN {query}", values)]


def _keys(reading: Reading) -> Iterator[str]:
    """Name all facets that a statement could need the numbers of."""
    yield from (key for keys in _WHOLE.values() for key in keys)
    yield from (f"currency:{code}" for code in {"USD", *reading.usd})
    for group in reading.groups:
        for ask in group:
            if isinstance(ask.asked, Facets):
                yield from ask.asked.keys
            elif isinstance(ask.asked, Worth):
                yield from (f"currency:{limit.currency}" for limit in ask.asked.limits)
                yield from bands.EVERY


def _numbers(rows: sqlite3.Cursor) -> "array[int]":
    numbers = array("q")
    while part := rows.fetchmany(_AT_A_TIME):
        numbers.extend(row[0] for row in part)
    return numbers
