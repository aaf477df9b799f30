"""Contacts: the card of a client: all work, talk and money with them, and the user's notes."""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from freelancer_tui.domain.billing import Summary
from freelancer_tui.domain.cards import Card, Dealing
from freelancer_tui.domain.hours import WorkingHours
from freelancer_tui.domain.people import Person
from freelancer_tui.domain.text import clean
from freelancer_tui.errors import NotFound
from freelancer_tui.i18n import _
from freelancer_tui.services.clients import Clients
from freelancer_tui.services.exchange import Exchange
from freelancer_tui.services.threads import Threads
from freelancer_tui.services.triage import MOST_IN_NOTE
from freelancer_tui.store.cache import bids, milestones, people, projects, threads
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.work import invoices, notes
from freelancer_tui.store.work.pad import Pad

_MOST_JOBS: Final = 200
_MOST_THREADS: Final = 2_000
"""Conversations that are looked through for one client's."""
_MOST_DOCUMENTS: Final = 500


@dataclass(frozen=True, slots=True)
class Shelves:
    """Where a card is gathered from."""

    cache: CacheDatabase
    pad: Pad
    threads: Threads
    clients: Clients
    exchange: Exchange


class Contacts:
    """The user's verbs for cards; gathering one takes some milliseconds, so it is asked for."""

    def __init__(
        self, shelves: Shelves, hours: WorkingHours, clock: Callable[[], datetime]
    ) -> None:
        self._shelves = shelves
        self._hours = hours
        self._clock = clock

    def of_thread(self, thread_id: int) -> int:
        """Give whose card stands behind a conversation: the client's, not ours."""
        with self._shelves.cache.read() as connection:
            thread = threads.get(connection, thread_id)
            profile = people.profile(connection)
            about = thread.project_remote_id if thread else None
            project = projects.get(connection, about) if about else None
        me = profile.person.remote_id if profile else None
        others = [one for one in (thread.member_ids if thread else ()) if one != me]
        if project is not None and project.owner_id in others and project.owner_id is not None:
            return project.owner_id
        if not others:
            raise _unknown()
        return others[0]

    def of_job(self, remote_id: int) -> int:
        """Give whose card stands behind a job."""
        with self._shelves.cache.read() as connection:
            project = projects.get(connection, remote_id)
        if project is None or project.owner_id is None:
            raise _unknown()
        return project.owner_id

    def card(self, person_id: int) -> Card:
        """Give all that is known of somebody."""
        shelves = self._shelves
        with shelves.cache.read() as connection:
            person = people.get(connection, person_id) or Person(person_id, str(person_id))
            dealings = _dealings(connection, person_id)
        found = shelves.threads.wanted(lambda one: person_id in one.member_ids, _MOST_THREADS)
        with shelves.pad.read() as connection:
            note = notes.get(connection, person_id, "contact_notes")
        return Card(
            person=person,
            country=next((one.project.country for one in dealings if one.project.country), ""),
            dealings=dealings,
            threads=tuple(found),
            documents=self._documents(person_id, {one.project.remote_id for one in dealings}),
            note=note,
            own=shelves.exchange.own,
            rates=shelves.exchange.rates(),
            hours=self._hours,
        )

    def note(self, person_id: int, text: str) -> None:
        """Keep a note on somebody; an empty one leaves nothing."""
        kept = clean(text, MOST_IN_NOTE)
        with self._shelves.pad.transaction() as connection:
            kept = kept if kept.strip() else ""
            notes.put(connection, person_id, kept, self._clock(), "contact_notes")

    def _documents(self, person_id: int, jobs: Iterable[int]) -> tuple[Summary, ...]:
        """Give the documents for somebody, and those about their jobs, what changed last first."""
        theirs = [one.id for one in self._shelves.clients.all() if one.remote_id == person_id]
        found: dict[str, Summary] = {}
        with self._shelves.pad.read() as connection:
            wishes = [invoices.Filter(client_id=one) for one in theirs]
            wishes += [invoices.Filter(project_remote_id=one) for one in jobs]
            for wish in wishes:
                for one in invoices.summaries(connection, wish, _MOST_DOCUMENTS):
                    found[one.id] = one
        return tuple(sorted(found.values(), key=lambda one: one.updated_at, reverse=True))


def _dealings(connection: sqlite3.Connection, person_id: int) -> tuple[Dealing, ...]:
    found = [
        Dealing(
            one,
            bids.of_project(connection, one.remote_id),
            tuple(milestones.of_project(connection, one.remote_id)),
        )
        for one in projects.of_owner(connection, person_id, _MOST_JOBS)
    ]
    return tuple(sorted(found, key=lambda one: one.bid is None))


def _unknown() -> NotFound:
    return NotFound(
        _("The marketplace has not told whose job this is."),
        hint=_("It often does so once the client writes or awards you the job."),
    )
