"""Facets: what a project is (open, hourly, Django, Indonesia), as signs beside its indexed words.

Each facet that was ever met has a number here, and its number is a sign (or a few) that nobody
can type, from Unicode's private area. A sign alone is one entry in the index: it has no beginning
of two or three letters that the prefix indexes would take in as well.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from freelancer_tui.domain.places import country_key
from freelancer_tui.domain.projects import Project
from freelancer_tui.store.cache.changes import AMONG, listed

_FIRST: Final = 0xE000
_SIGNS: Final = 6400
_KNOWN: Final = f"SELECT key, id FROM facets WHERE key {AMONG}"
_ADD: Final = "INSERT INTO facets (key, name) VALUES (?, ?) ON CONFLICT (key) DO NOTHING"


def met(connection: sqlite3.Connection, projects: Sequence[Project]) -> dict[str, int]:
    """Give the number of each facet that some projects have; new ones are numbered now."""
    named = dict(facet for project in projects for facet in _facets(project))
    numbers = numbered(connection, named)
    if lacking := [(key, name) for key, name in named.items() if key not in numbers]:
        connection.executemany(_ADD, lacking)
        numbers |= numbered(connection, [key for key, _name in lacking])
    return numbers


def told(project: Project, numbers: Mapping[str, int]) -> str:
    """Give a project's facets as the index holds them: its status first."""
    return " ".join(sign(numbers[key]) for key, _name in _facets(project))


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


def newest(connection: sqlite3.Connection) -> int:
    """Give the highest number: what is known is the same as long as it is."""
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM facets").fetchone()[0])


def _facets(project: Project) -> Iterator[tuple[str, str]]:
    """Name all that a project is, each with the words for it."""
    yield f"status:{project.status}", project.status
    yield f"type:{project.kind}", project.kind
    yield f"currency:{project.budget.currency}", project.budget.currency
    if project.country:
        yield f"country:{country_key(project.country)}", project.country
    if project.language:
        yield f"lang:{project.language}", project.language
    for skill in project.skills:
        yield f"skill:{skill.remote_id}", skill.name
