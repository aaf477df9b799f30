"""Searches: queries under a name, how many jobs match each, and what is told of new ones."""

import json
import sqlite3
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from freelancer_tui.domain.counts import MOST_COUNTED
from freelancer_tui.domain.projects import ProjectSummary
from freelancer_tui.domain.searches import (
    ALERTS,
    OF_CONFIG,
    Alert,
    Counts,
    SavedSearch,
    by_age,
    followed,
    new_only,
)
from freelancer_tui.domain.text import one_line
from freelancer_tui.errors import NotAllowed, NotFound
from freelancer_tui.i18n import _
from freelancer_tui.services.projects import Interrupted, Projects, Stop
from freelancer_tui.services.triage import Undo
from freelancer_tui.store.work import searches
from freelancer_tui.store.work.pad import Pad

MOST_IN_NAME: Final = 60
_MOST_IN_QUERY: Final = 500
_PATIENCE_SECONDS: Final = 0.5
"""How long one count may take; what takes longer is told as unknown."""


@dataclass(frozen=True, slots=True)
class News:
    """A search with an alert, and how many jobs it has that were never told."""

    search: SavedSearch
    count: int


class Searches:
    """The user's verbs for saved searches; those of the config file come first and stay."""

    def __init__(
        self,
        pad: Pad,
        projects: Projects,
        fixed: Mapping[str, str],
        mint: Callable[[], str],
    ) -> None:
        self._pad = pad
        self._projects = projects
        self._fixed = fixed
        self._mint = mint

    def all(self) -> list[SavedSearch]:
        """Give every search in the user's order."""
        with self._pad.read() as connection:
            return self._all(connection)

    def find(self, name: str) -> SavedSearch:
        """Give the search of a name, whatever its capitals."""
        wanted = one_line(name, MOST_IN_NAME).casefold()
        for one in self.all():
            if one.name.casefold() == wanted:
                return one
        raise _unknown(name)

    def save(self, name: str, query: str) -> tuple[SavedSearch, Undo]:
        """Keep a query under a name that is free."""
        words = one_line(query, _MOST_IN_QUERY)
        if not words:
            raise NotAllowed(_("Type what to search for, then save it."))
        known = self.all()
        if len(known) >= searches.MOST:
            raise NotAllowed(_("There are too many saved searches: remove one first."))
        chosen = _free(name, known)
        place = max((one.place for one in known), default=-1) + 1
        fresh = SavedSearch(self._mint(), chosen, words, place=place, told_to=self._newest())
        self._keep(fresh)
        return fresh, Undo(partial(self._drop, fresh))

    def rename(self, search: SavedSearch, name: str) -> tuple[SavedSearch, Undo]:
        """Give a search another name."""
        _must_be_ours(search)
        others = [one for one in self.all() if one.id != search.id]
        fresh = self._change(search, name=_free(name, others))
        return fresh, Undo(partial(self._change, search, name=search.name))

    def remove(self, search: SavedSearch) -> Undo:
        """Forget a search."""
        _must_be_ours(search)
        return Undo(partial(self._keep, *self._drop(search)))

    def ring(self, search: SavedSearch) -> SavedSearch:
        """Turn a search's alert to the next louder way, then off."""
        return self.set_alert(search, ALERTS[(ALERTS.index(search.alert) + 1) % len(ALERTS)])

    def set_alert(self, search: SavedSearch, alert: Alert) -> SavedSearch:
        """Choose how new matches of a search are told; it begins with those that come now."""
        told_to = self._newest() if search.alert == "off" else search.told_to
        return self._change(search, alert=alert, told_to=told_to)

    def move(self, search: SavedSearch, step: int) -> None:
        """Put a search one place further up or down."""
        order = self.all()
        place = next((at for at, one in enumerate(order) if one.id == search.id), None)
        if place is None or not 0 <= place + step < len(order):
            return
        order[place], order[place + step] = order[place + step], order[place]
        self._keep(*(replace(one, place=at) for at, one in enumerate(order)))

    def visit(self, search: SavedSearch) -> None:
        """Remember that the user looked at what a search found."""
        if search.waiting:
            self._change(search, waiting=0)

    def count(self, search: SavedSearch) -> Counts | None:
        """Count what matches, and the new ones among it; None when that takes too long."""
        found, new = self._newest_of(by_age(search.query)), None
        if found is not None:
            new = self._newest_of(new_only(search.query))
        return None if found is None or new is None else Counts(len(found), len(new))

    def waiting(self) -> int:
        """Count the matches that were told and not visited."""
        return sum(one.waiting for one in self.all())

    def weigh(self) -> list[News]:
        """Find the jobs that were never told, for each search with an alert; each comes once."""
        newest, counts = self._newest(), dict[str, int]()
        if newest is None:
            return []
        for one in self.all():
            if one.alert == "off" or one.told_to == newest:
                continue
            rows = self._newest_of(by_age(one.query))
            if rows is not None:
                low = newest if one.told_to is None else one.told_to  # a first look tells nothing
                counts[one.id] = sum(row.remote_id > low for row in rows)
        return self._told(counts, newest) if counts else []

    def tell_sync(self) -> None:
        """Leave the words of all searches where the sync looks for what to follow."""
        self._keep()

    def _all(self, connection: sqlite3.Connection) -> list[SavedSearch]:
        kept = {one.id: one for one in searches.all(connection)}
        found = [one for one in kept.values() if not one.is_fixed]
        for place, (name, query) in enumerate(self._fixed.items(), -len(self._fixed)):
            id = f"{OF_CONFIG}{name}"
            known = kept.get(id) or SavedSearch(id, "", "", "off", place)
            shown = one_line(name, MOST_IN_NAME), one_line(query, _MOST_IN_QUERY)
            found.append(replace(known, name=shown[0], query=shown[1]))
        return sorted(found, key=lambda one: (one.place, one.name.casefold()))

    def _keep(self, *changed: SavedSearch) -> None:
        with self._pad.transaction() as connection:
            for one in changed:
                searches.put(connection, one)
            self._tell(connection)

    def _told(self, counts: Mapping[str, int], newest: int) -> list[News]:
        """Remember what is told now, unless another window has told it meanwhile."""
        with self._pad.transaction() as connection:
            told = [
                replace(one, told_to=newest, waiting=one.waiting + counts[one.id])
                for one in self._all(connection)
                if one.id in counts and one.told_to != newest
            ]
            for one in told:
                searches.put(connection, one)
        return [News(one, counts[one.id]) for one in told if counts[one.id]]

    def _change(self, search: SavedSearch, **changes: Any) -> SavedSearch:
        """Change a search as it is by now: another window may have given it another name."""
        with self._pad.transaction() as connection:
            known = {one.id: one for one in self._all(connection)}
            if search.id not in known:
                raise _unknown(search.name)
            fresh = replace(known[search.id], **changes)
            searches.put(connection, fresh)
            self._tell(connection)
        return fresh

    def _drop(self, search: SavedSearch) -> list[SavedSearch]:
        """Forget a search; give it as it was by now."""
        with self._pad.transaction() as connection:
            before = [one for one in self._all(connection) if one.id == search.id]
            searches.drop(connection, search.id)
            self._tell(connection)
        return before

    def _tell(self, connection: sqlite3.Connection) -> None:
        words = (words for one in self._all(connection) for words in followed(one.query))
        searches.follow(connection, json.dumps(list(dict.fromkeys(words))))

    def _newest(self) -> int | None:
        """Give the newest job; None where there is none, so that what comes first is no news."""
        return next((row.remote_id for row in self._projects.search("", limit=1)), None)

    def _newest_of(self, query: str) -> list[ProjectSummary] | None:
        """Give the first matches, up to one more than is told; None when that takes too long."""
        stop = Stop()
        alarm = threading.Timer(_PATIENCE_SECONDS, stop.set)
        alarm.daemon = True
        alarm.start()
        try:
            return self._projects.search(query, limit=MOST_COUNTED + 1, stop=stop)
        except Interrupted:
            return None
        finally:
            alarm.cancel()


def _unknown(name: str) -> NotFound:
    return NotFound(
        _("There is no saved search “{name}”.").format(name=one_line(name, MOST_IN_NAME)),
        hint=_("See them with: freelancer-tui searches list"),
    )


def _free(name: str, known: Sequence[SavedSearch]) -> str:
    """Give a name as it is kept, if no other search has it."""
    chosen = one_line(name, MOST_IN_NAME)
    if not chosen:
        raise NotAllowed(_("A saved search needs a name."))
    if any(one.name.casefold() == chosen.casefold() for one in known):
        raise NotAllowed(
            _("There is a saved search “{name}” already: choose another name.").format(name=chosen)
        )
    return chosen


def _must_be_ours(search: SavedSearch) -> None:
    if search.is_fixed:
        raise NotAllowed(_("This search stands in the config file: change it there."))
