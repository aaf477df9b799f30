"""Desk: the real engine on real files, beside a market in memory; it can lose its power."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import ParamSpec, TypeVar

from freelancer_tui.domain.intents import EditBid, OutboxEntry, OutboxState
from freelancer_tui.domain.proposals import Proposal
from freelancer_tui.store.cache import messages, projects
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.lock import SyncLock
from freelancer_tui.store.work import outbox, proposals
from freelancer_tui.store.work.database import WorkDatabase
from freelancer_tui.sync.engine import Engine
from freelancer_tui.sync.equipment import Offload
from freelancer_tui.sync.events import Event
from freelancer_tui.sync.policy import Policy
from tests.sync.market import Clock, Market
from tests.sync.values import a_bid, a_message, a_wish, an_entry

P = ParamSpec("P")
T = TypeVar("T")


async def here(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    return function(*args, **kwargs)


class Desk:
    """What one user has: a folder with two files, an engine, and a clock on the wall."""

    def __init__(self, folder: Path, seed: int = 1, policy: Policy | None = None) -> None:
        self.folder = folder
        self.clock = Clock()
        self.market = Market(self.clock)
        self.random = Random(seed)
        self.policy = policy or Policy()
        self.offload: Offload = here
        self.queued = 0
        self.looked: list[int] = []
        """The jobs that the user looks at."""
        self.listens = False
        """True while a conversation is open."""
        self.open()

    def open(self) -> None:
        self.cache = CacheDatabase(self.folder)
        self.work = WorkDatabase(self.folder)
        self.lock = SyncLock(self.folder / "sync.lock")
        self.engine = self.an_engine()

    def an_engine(self) -> Engine:
        return Engine(
            self.market,
            self.cache,
            self.work,
            self.lock,
            clock=self.clock,
            random=self.random,
            offload=lambda function, /, *args, **kwargs: self.offload(function, *args, **kwargs),
            policy=self.policy,
            looked=lambda: self.looked,
            listening=lambda: self.listens,
        )

    def close(self) -> None:
        self.cache.close()
        self.work.close()

    def reopen(self) -> None:
        self.close()
        self.open()

    async def turn(self, *, by_hand: bool = False) -> list[Event]:
        return [event async for event in self.engine.turn(by_hand=by_hand)]

    def says(self, text: str = "ok", thread: int = 34) -> str:
        """Queue a message; give the entry's id."""
        entry = self._next(f"thread:{thread}")
        intent = a_message(thread, text, str(self.queued))
        return self._add(replace(entry, intent=intent))

    def bids(self, project: int = 12, text: str = "I have built three of these.") -> str:
        """Queue a bid for a proposal; give the entry's id."""
        entry = self._next(f"project:{project}")
        intent = a_bid(project, text)
        sheet = Proposal(entry.subject_id, project, "USD", text, intent.amount, 7, state="queued")
        with self.work.transaction() as session:
            proposals.put(session, sheet)
        return self._add(replace(entry, intent=intent))

    def edits(self, project: int = 12, text: str = "New words.") -> str:
        """Queue a change of the bid that stands there; give the entry's id."""
        bid = self.market.bids[project]
        there = (bid.amount, bid.days, bid.text)
        intent = EditBid(bid.remote_id, project, bid.amount, bid.days, text, *there)
        entry = self._next(f"project:{project}")
        with self.work.read() as session:
            sheet = proposals.of_project(session, project)
        subject = sheet.id if sheet else entry.subject_id
        return self._add(replace(entry, intent=intent, subject_id=subject))

    def asks_for(
        self, project: int = 12, text: str = "First part", *, after: str | None = None
    ) -> str:
        """Queue a request for a milestone, on the bid there or after an entry; give its id."""
        entry = self._next(f"project:{project}")
        bid = None if after else self.market.bids[project].remote_id
        intent = a_wish(bid, project, text, f"MARK{self.queued:04}")
        return self._add(replace(entry, intent=intent, after=after))

    def entry(self, entry_id: str) -> OutboxEntry:
        with self.work.read() as session:
            found = outbox.get(session, entry_id)
        assert found is not None
        return found

    def proposal(self, entry_id: str) -> Proposal:
        with self.work.read() as session:
            found = proposals.get(session, self.entry(entry_id).subject_id)
        assert found is not None
        return found

    def put(self, expected: OutboxState, entry: OutboxEntry) -> None:
        with self.work.transaction() as session:
            assert outbox.replace(session, expected, entry)

    def heard(self, thread: int = 34) -> list[str]:
        with self.cache.read() as connection:
            return [one.text for one in messages.in_thread(connection, thread, 10_000)]

    def jobs(self) -> int:
        with self.cache.read() as connection:
            return projects.count(connection)

    def _next(self, entity: str) -> OutboxEntry:
        self.queued += 1
        at = self.clock.now + timedelta(microseconds=self.queued)
        return an_entry(f"e{self.queued:05}", entity, queued_at=at)

    def _add(self, entry: OutboxEntry) -> str:
        with self.work.transaction() as session:
            outbox.add(session, entry)
        return entry.id
