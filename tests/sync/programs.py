"""Programs: the shipped engine and services on real files, which can be killed at any commit."""

import asyncio
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Final, Literal, ParamSpec, Protocol, TypeVar, cast

import freelancer_tui.store.cache.database as cache_file
import freelancer_tui.store.work.database as work_file
from freelancer_tui.domain.facts import Page
from freelancer_tui.domain.feeds import Cursor, Feed
from freelancer_tui.domain.ids import new_id
from freelancer_tui.domain.intents import Intent, Receipt, Sighting
from freelancer_tui.domain.signals import SignalAction
from freelancer_tui.services.conflicts import Conflicts
from freelancer_tui.services.messages import Messages
from freelancer_tui.services.milestones import Milestones
from freelancer_tui.services.outbox import Outbox
from freelancer_tui.services.proposals import Proposals
from freelancer_tui.store.lock import SyncLock
from freelancer_tui.sync.engine import Engine
from freelancer_tui.sync.marketplace import Take, Tell, ignore
from tests.sync.market import Clock, Market

P = ParamSpec("P")
T = TypeVar("T")
Which = Literal["work", "cache"]
Moment = Literal["before", "after"]


_READS: Final[Mapping[str, tuple[Which, ...]]] = {
    "Carrier._live": ("work",),
    "Carrier._recover": ("work",),
    "Signals._waiting": ("work", "cache"),
    "paused_until": ("work",),
    "read": ("work", "cache"),
    "compare": ("work", "cache"),
}
"""What the engine reads at nearly every step, and from which files.

Most of a world's time would go into asking SQLite the same again. A program here remembers
the answer as long as nobody wrote to these files; `remembers` turns that off, and a test holds
both ways to the same trace.
"""
_LIVE: Final = ("Carrier._live",)


class PowerCut(Exception):
    """The program ends here; what is on disk is all that stays."""


class Host(Protocol):
    """What a program runs in: it may take over at each step and end the program at each commit."""

    folder: Path
    clock: Clock
    market: Market
    versions: dict[Which, int]
    """How often each file was written, by anybody."""

    async def step(self, program: "Program") -> None: ...
    def commits(self, program: "Program", which: Which, moment: Moment) -> None: ...
    def checkpointed(self) -> None: ...


class Program:
    """One process: its own connections, lock, engine and verbs of the user's."""

    remembers = True

    def __init__(self, host: Host, number: int, seed: int) -> None:
        self.host = host
        self.number = number
        self.random = Random(f"{seed} {number}")
        self.parked: asyncio.Future[None] | None = None
        self.stopped: asyncio.Future[None] | None = None
        self.open()

    def open(self) -> None:
        host, clock = self.host, self.host.clock
        self._known: dict[tuple[object, ...], tuple[object, object, frozenset[str]]] = {}
        self.cache = _Cache(self)
        self.work = _Work(self)
        self.lock = SyncLock(host.folder / "sync.lock")
        self.engine = Engine(
            _Line(self),
            self.cache,
            self.work,
            self.lock,
            clock=clock,
            random=self.random,
            offload=self._offload,
        )
        self.proposals = Proposals(self.cache, self.work, clock, self.mint)
        self.milestones = Milestones(self.cache, self.work, clock, self.mint)
        self.conflicts = Conflicts(self.cache, self.work, clock, self.mint)
        self.outbox = Outbox(self.work, clock)
        self.messages = Messages(self.cache, self.work, clock, self.mint, host.folder / "files")

    def close(self) -> None:
        self.lock.release()
        self.cache.close()
        self.work.close()

    def mint(self) -> str:
        return new_id(self.host.clock(), self.random)

    async def _offload(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        await self.host.step(self)
        files = _READS.get(function.__qualname__) if self.remembers else None
        if files is None:
            return function(*args, **kwargs)
        version = tuple(self.host.versions[one] for one in files)
        key = (function.__qualname__, *(one for one in args if isinstance(one, bool)))
        known = self._known.get(key)
        if known is not None and known[0] == version:
            if key == _LIVE:
                self.engine._carrier.held = known[2]
            return cast(T, known[1])
        result = function(*args, **kwargs)
        if version == tuple(self.host.versions[one] for one in files):
            self._known[key] = version, result, self.engine._carrier.held
        return result


class _Work(work_file.WorkDatabase):
    def __init__(self, program: Program) -> None:
        super().__init__(program.host.folder)
        self._program = program

    @contextmanager
    def transaction(self) -> Iterator[work_file.Session]:
        program = self._program
        with super().transaction() as session:
            yield session
            session.flush()
            program.host.commits(program, "work", "before")
            program.host.versions["work"] += 1
        program.host.commits(program, "work", "after")


class _Cache(cache_file.CacheDatabase):
    def __init__(self, program: Program) -> None:
        super().__init__(program.host.folder)
        self._program = program

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        program = self._program
        with super().transaction() as connection:
            yield connection
            program.host.commits(program, "cache", "before")
            program.host.versions["cache"] += 1
        program.host.commits(program, "cache", "after")

    def checkpoint(self) -> None:
        super().checkpoint()
        self._program.host.checkpointed()


class _Line:
    """The market as one program reaches it."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._market = program.host.market

    async def pull(self, feed: Feed, cursor: Cursor | None) -> Page:
        await self._program.host.step(self._program)
        return await self._market.pull(feed, cursor)

    async def watermark(self, intent: Intent) -> int | None:
        await self._program.host.step(self._program)
        return await self._market.watermark(intent)

    async def push(self, intent: Intent, tell: Tell = ignore) -> Receipt:
        await self._program.host.step(self._program)
        return await self._market.push(intent, tell)

    async def receipt(self, intent: Intent, watermark: int | None) -> Sighting:
        await self._program.host.step(self._program)
        return await self._market.receipt(intent, watermark)

    async def mark(self, action: SignalAction, thread_ids: Sequence[int]) -> datetime:
        await self._program.host.step(self._program)
        return await self._market.mark(action, thread_ids)

    async def download(
        self, message_remote_id: int, key: str, take: Take, stop: Callable[[], bool]
    ) -> None:
        await self._market.download(message_remote_id, key, take, stop)

    async def ping(self) -> None:
        await self._program.host.step(self._program)
        await self._market.ping()

    async def close(self) -> None:
        await self._market.close()


class Disk:
    """An account's folder, and what a power loss may leave of it.

    `work.db` is written with FULL: what was committed is there. `cache.db` is NORMAL: its log
    reaches the disk at a checkpoint, so a power loss leaves it as of that or any later commit.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(_template(), folder)
        self._file, self._log = folder / "cache.db", folder / "cache.db-wal"
        self._images: list[tuple[bytes, bytes]] = []
        self.durable()

    def durable(self) -> None:
        """All so far is on the disk for good."""
        self._images = [(self._file.read_bytes(), self._logged())]

    def closed(self) -> None:
        """A connection ended; the last one takes the log into the file, for good."""
        if not self._log.exists():
            self.durable()

    def committed(self) -> None:
        """One more commit that the disk may or may not have."""
        self._images.append((self._images[-1][0], self._logged()))

    def lose(self, random: Random) -> int:
        """Leave what the disk had at some moment; give how many commits are gone by it.

        Every connection is closed before.
        """
        place = random.randrange(len(self._images))
        file, log = self._images[place]
        self._file.write_bytes(file)
        self._file.with_name("cache.db-shm").unlink(missing_ok=True)
        self._log.write_bytes(log)
        return len(self._images) - 1 - place

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def _logged(self) -> bytes:
        return self._log.read_bytes() if self._log.exists() else b""


def folder_in_memory() -> Path:
    """Give a new folder, in memory where the system has such a place: fsync is free there."""
    memory = Path("/dev/shm")
    place = memory if os.access(memory, os.W_OK) else None
    return Path(tempfile.mkdtemp(prefix="freelancer-tui-sim-", dir=place))


@cache
def _template() -> Path:
    """Give files as a first start leaves them: made once, then copied."""
    with tempfile.TemporaryDirectory(prefix="freelancer-tui-sim-") as name:
        folder = Path(name) / "account"
        work_file.WorkDatabase(folder).close()
        cache_file.CacheDatabase(folder).close()
        kept = {one.name: one.read_bytes() for one in folder.iterdir() if one.suffix == ".db"}
    target = folder_in_memory()
    for file, content in kept.items():
        (target / file).write_bytes(content)
    _rubbish.append(target)
    return target


_rubbish: list[Path] = []


def tidy() -> None:
    """Remove the copies that were made for all."""
    for folder in _rubbish:
        shutil.rmtree(folder, ignore_errors=True)
    _rubbish.clear()
    _template.cache_clear()
