"""Facets: what a project is (open, hourly, Django, Indonesia), as signs beside its indexed words.

Each facet that was ever met has a number here, and its number is a sign (or a few) that nobody
can type, from Unicode's private area. A sign alone is one entry in the index: it has no beginning
of two or three letters that the prefix indexes would take in as well.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from freelancer_tui.domain.places import country_key
from freelancer_tui.domain.projects import Project
from freelancer_tui.store.cache import bands
from freelancer_tui.store.cache.changes import AMONG, listed

_FIRST: Final = 0xE000
_SIGNS: Final = 6400
_KNOWN: Final = f"SELECT key, id FROM facets WHERE key {AMONG}"
_ADD: Final = "INSERT INTO facets (key, name) VALUES (?, ?) ON CONFLICT (key) DO NOTHING"


@dataclass(frozen=True, slots=True)
class Met:
    """The numbers of the facets that some projects have, and the rates their budgets go by."""

    numbers: Mapping[str, int]
    rates: bands.Rates

    def signs(self, project: Project) -> str:
        """Give a project's facets as the index holds them: its status first."""
        return " ".join(sign(self.numbers[key]) for key, _name in _facets(project, self.rates))


def met(connection: sqlite3.Connection, projects: Sequence[Project]) -> Met:
    """Look up the facets that some projects have; new ones are numbered now."""
    codes = {project.budget.currency for project in projects}
    rates = bands.kept_rates(connection, sorted(codes))
    named = dict(facet for project in projects for facet in _facets(project, rates))
    numbers = numbered(connection, named)
    if lacking := [(key, name) for key, name in named.items() if key not in numbers]:
        connection.executemany(_ADD, lacking)
        numbers |= numbered(connection, [key for key, _name in lacking])
    return Met(numbers, rates)


def numbered(connection: sqlite3.Connection, keys: Iterable[str]) -> dict[str, int]:
    """Give the numbers of those facets that were met."""
    return dict(connection.execute(_KNOWN, (listed(keys),)).fetchall())


def status(connection: sqlite3.Connection, value: str) -> str:
    """Give the sign of a status."""
    connection.execute(_ADD, (f"status:{value}", value))
    return sign(numbered(connection, [f"status:{value}"])[f"status:{value}"])


def sign(number: int) -> str:
    """Give the sign of a number: one letter for the first 6,400."""
    rest, last = divmod(number, _SIGNS)
    return (sign(rest) if rest else "") + chr(_FIRST + last)


def names(connection: sqlite3.Connection) -> dict[str, str]:
    """Give every facet with its name, as the marketplace writes it."""
    return dict(connection.execute("SELECT key, name FROM facets").fetchall())


def newest(connection: sqlite3.Connection) -> tuple[int | None, str | None]:
    """Give the facet that was met last: what is known is the same as long as it is."""
    number, key = connection.execute("SELECT max(id), key FROM facets").fetchone()
    return number, key


def _facets(project: Project, rates: bands.Rates) -> Iterator[tuple[str, str]]:
    """Name all that a project is, each with the words for it."""
    yield f"status:{project.status}", project.status
    yield f"type:{project.kind}", project.kind
    code = project.budget.currency
    yield f"currency:{code}", repr(rates[code]) if code in rates else ""
    yield from ((band, "") for band in bands.of(project.budget, rates))
    if project.country:
        yield f"country:{country_key(project.country)}", project.country
    if project.language:
        yield f"lang:{project.language}", project.language
    for skill in project.skills:
        yield f"skill:{skill.remote_id}", skill.name
