"""Search: projects found by words and bounds, with the found ids kept for the next page."""

import re
import sqlite3
import unicodedata
from array import array
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from freelancer_tui.sandbox.market.database import Database, Value, Where
from freelancer_tui.sandbox.market.projects import Projects

Sort = Literal["time_updated", "time_submitted", "bid_count", "bid_enddate", "bid_avg_usd", ""]
KEPT = 32
"""Result lists that are remembered."""
_ORDERS: dict[Sort, str] = {
    "": "p.time_updated",
    "time_updated": "p.time_updated",
    "time_submitted": "p.time_submitted",
    "bid_count": "p.bid_count",
    "bid_enddate": "p.time_submitted + p.bid_period * 86400",
    "bid_avg_usd": "coalesce(p.bid_avg_usd, 0)",
}


@dataclass(frozen=True, slots=True)
class Range:
    """Two bounds in hundredths of a dollar, both included; None leaves an end open."""

    least: int | None = None
    most: int | None = None

    @property
    def empty(self) -> bool:
        """Whether it bounds nothing."""
        return self.least is None and self.most is None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What projects can be searched for; equal wishes share one result."""

    active: bool
    words: str = ""
    any_word: bool = False
    ids: tuple[int, ...] = ()
    owners: tuple[int, ...] = ()
    skills: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    upgrades: int = 0
    """Bits; any of them."""
    price: Range = Range()
    hourly_rate: Range = Range()
    average_price: Range = Range()
    average_rate: Range = Range()
    from_time: int | None = None
    to_time: int | None = None
    sort: Sort = ""
    ascending: bool = False


@dataclass(slots=True)
class _Found:
    """What a search found, and how many changes the projects had seen by then."""

    ids: "array[int]"
    changes: int


class Search:
    """Finds projects and remembers what it found; later changes are worked in where they can be."""

    def __init__(self, database: Database, projects: Projects) -> None:
        self._database = database
        self._projects = projects
        self._kept: OrderedDict[Wanted, _Found] = OrderedDict()

    def page(self, wanted: Wanted, limit: int, offset: int) -> tuple[list[sqlite3.Row], int]:
        """Give a page of what is found, and how much there is in all."""
        found = self._found(wanted).ids
        ids = found[offset : offset + limit]
        rows = self._projects.several(ids)
        return [rows[project_id] for project_id in ids], len(found)

    def _found(self, wanted: Wanted) -> _Found:
        found = self._kept.pop(wanted, None)
        if found is None or not self._brought_up(wanted, found):
            ids = array("q", self._look(wanted))
            found = _Found(ids, self._projects.changes)
        self._kept[wanted] = found
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return found

    def _brought_up(self, wanted: Wanted, found: _Found) -> bool:
        """Work later changes into a list of newest updates; False if it has to be made anew.

        A changed project has the newest update, so it leaves its place for the front.
        """
        missed = self._projects.changes - found.changes
        if not missed:
            return True
        if missed > len(self._projects.changed) or wanted.words or wanted.ascending:
            return False
        if wanted.sort not in ("", "time_updated"):
            return False
        changed = set(list(self._projects.changed)[-missed:])
        for project_id in changed:
            with suppress(ValueError):
                found.ids.remove(project_id)
        where = _where(wanted)
        where.among("p.id", sorted(changed))
        front = self._ids(where, f"{_ORDERS['']} DESC, p.id DESC")
        if front and found.ids and not self._newer(front[-1], found.ids[0]):
            return False
        found.ids = array("q", front) + found.ids
        found.changes = self._projects.changes
        return True

    def _newer(self, first: int, second: int) -> bool:
        rows = self._projects.several([first, second])
        keys = [(rows[i]["time_updated"], i) for i in (first, second)]
        return keys[0] > keys[1]

    def _look(self, wanted: Wanted) -> list[int]:
        where = _where(wanted)
        tokens = words(wanted.words)
        if wanted.words and not tokens:
            return []
        order = f"{_ORDERS[wanted.sort]} {'ASC' if wanted.ascending else 'DESC'}, p.id DESC"
        if not tokens:
            return self._ids(where, order)
        match = (" OR " if wanted.any_word else " AND ").join(f'"{token}"' for token in tokens)
        try:
            if wanted.sort:
                return self._matching(match, where, order)
            titles = self._matching(f"title : ({match})", where, order)
            seen = set(titles)
            return titles + [i for i in self._matching(match, where, order) if i not in seen]
        except sqlite3.OperationalError:
            # A letter younger than SQLite's tables splits a word in two, which would be a phrase.
            return []

    def _matching(self, match: str, where: Where, order: str) -> list[int]:
        both = Where()
        both.also("p.id IN (SELECT rowid FROM projects_text WHERE projects_text MATCH ?)", match)
        for condition in where.conditions:
            both.also(condition)
        both.values += where.values
        return self._ids(both, order)

    def _ids(self, where: Where, order: str) -> list[int]:
        return self._database.ids(
            f"SELECT p.id FROM projects p{where.text} ORDER BY {order}", where.values
        )


def words(text: str) -> list[str]:
    """Give the words of a query as the index knows them."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text))[:40]


def _where(wanted: Wanted) -> Where:
    where = Where()
    if wanted.active:
        where.also("p.status = 'active' AND p.deleted = 0")
    else:
        where.also("p.status NOT IN ('draft', 'pending', 'rejected') AND p.deleted = 0")
        where.among("p.status", wanted.statuses)
    where.among("p.id", wanted.ids)
    where.among("p.owner_id", wanted.owners)
    where.among("p.kind", wanted.kinds)
    where.among("p.country_code", wanted.countries)
    where.among("p.language", wanted.languages)
    where.between("p.time_updated", wanted.from_time, wanted.to_time)
    if wanted.skills:
        marks = ", ".join("?" * len(wanted.skills))
        where.also(
            f"p.id IN (SELECT project_id FROM project_skills WHERE skill_id IN ({marks}))",
            *wanted.skills,
        )
    if wanted.upgrades:
        where.also("p.upgrades & ? != 0", wanted.upgrades)
    _either(
        where,
        _bounds("fixed", wanted.price, "p.min_usd", "p.max_usd"),
        _bounds("hourly", wanted.hourly_rate, "p.min_usd", "p.max_usd"),
    )
    _either(
        where,
        _bounds("fixed", wanted.average_price, "p.bid_avg_usd", "p.bid_avg_usd"),
        _bounds("hourly", wanted.average_rate, "p.bid_avg_usd", "p.bid_avg_usd"),
    )
    return where


def _bounds(kind: str, bounds: Range, least: str, most: str) -> Where | None:
    """Bounds of one kind of work; a budget without an upper end is over every upper bound."""
    if bounds.empty:
        return None
    where = Where()
    where.also("p.kind = ?", kind)
    where.between(least, bounds.least, None)
    where.between(most, None, bounds.most)
    return where


def _either(where: Where, *choices: Where | None) -> None:
    """Let one of the choices hold: bounds on fixed and hourly work do not exclude each other."""
    real = [choice for choice in choices if choice is not None]
    if real:
        text = " OR ".join(f"({' AND '.join(choice.conditions)})" for choice in real)
        values: list[Value] = [value for choice in real for value in choice.values]
        where.also(f"({text})", *values)
