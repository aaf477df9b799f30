"""Interests: what the user's work refers to, and hence what we follow."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.store.cache import bids, checks, cursors, projects, threads, verdicts
from freelancer_tui.store.work import meta, proposals
from freelancer_tui.sync.equipment import Equipment
from freelancer_tui.sync.policy import Policy

_MOST_TALKS: Final = 50
"""Conversations to read in one go; the next ones follow when these are read."""
_MOST_SEARCHES: Final = 20
_MOST_MISSED: Final = 10
_OVER: Final = ("complete", "closed", "removed")


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation that may hold words we have not read."""

    thread_remote_id: int
    updated_at: datetime
    stale: bool
    """False when it only changed so shortly before its last reading that a word may be missing."""

    @property
    def feed(self) -> Feed:
        """The feed of its messages."""
        return Feed("messages", str(self.thread_remote_id))


@dataclass(frozen=True, slots=True)
class Interests:
    """What to follow beyond the feeds that everybody has."""

    searches: tuple[str, ...] = ()
    """Words of the user's saved searches."""
    talks: tuple[Talk, ...] = ()
    missing: tuple[int, ...] = ()
    """Projects that the user's work refers to and the cache does not have."""
    changing: tuple[int, ...] = ()
    """Projects that the user's work refers to or that they look at, and that are not over."""
    due: tuple[int, ...] = ()
    """Projects of which nothing was heard for long."""
    missed: tuple[int, ...] = ()
    """Projects with a bid of the user's that the list of all bids did not have."""


def read(equipment: Equipment) -> Interests:
    """Read them from both files, newest first where there is a bound."""
    most = equipment.policy.most_referred
    with equipment.work.read() as session:
        searches = saved_searches(meta.get(session, "saved_searches"))
        sheets = [sheet.project_remote_id for sheet in proposals.all(session, most)]
    with equipment.cache.read() as connection:
        referred = _referred(connection, sheets, most)
        newest = tuple(dict.fromkeys((*equipment.looked(), *referred)))
        known = projects.summaries(connection, newest)
        return Interests(
            searches,
            tuple(_talks(connection, equipment.policy)),
            tuple(one for one in newest if one not in known),
            tuple(one for one in newest if one in known and known[one].status not in _OVER),
            tuple(checks.due(connection, equipment.policy.ids_at_once)),
            tuple(bids.missed(connection, _MOST_MISSED)),
        )


def saved_searches(kept: str | None) -> tuple[str, ...]:
    """Read the list of searches that the work file keeps as JSON."""
    return tuple(str(words) for words in json.loads(kept or "[]") if words)[:_MOST_SEARCHES]


def _referred(connection: sqlite3.Connection, sheets: Iterable[int], most: int) -> Sequence[int]:
    found = {*sheets, *bids.project_ids(connection), *verdicts.starred(connection, most)}
    found.update(
        thread.project_remote_id
        for thread in threads.recent(connection, most)
        if thread.project_remote_id is not None
    )
    return sorted(found, reverse=True)[:most]


def _talks(connection: sqlite3.Connection, policy: Policy) -> Iterable[Talk]:
    """Those with news, then those that could have changed in the very second we read them."""
    stale = threads.stale(connection, _MOST_TALKS)
    for remote_id in stale:
        thread = threads.get(connection, remote_id)
        if thread is not None:
            yield Talk(remote_id, thread.updated_at, stale=True)
    for thread in threads.recent(connection, _MOST_TALKS):
        place = cursors.get(connection, Feed("messages", str(thread.remote_id)))
        if thread.remote_id in stale or place is None or place.finished_at is None:
            continue
        if place.finished_at <= thread.updated_at + policy.overlap:
            yield Talk(thread.remote_id, thread.updated_at, stale=False)
