"""Signals: tells the marketplace which conversations the user starred, muted and read."""

import sqlite3
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from freelancer_tui.domain.messages import Thread
from freelancer_tui.domain.signals import Reading, Signal
from freelancer_tui.errors import (
    MarketplaceError,
    Offline,
    RateLimited,
    Refused,
    Unauthorized,
)
from freelancer_tui.store.cache import threads
from freelancer_tui.store.work import reads, thread_signals
from freelancer_tui.sync.calls import Calls
from freelancer_tui.sync.equipment import Equipment
from freelancer_tui.sync.events import Event, Unmarked
from freelancer_tui.sync.plan import Mark


class Signals:
    """Tells what waits; it is no word of the user's, so nobody is asked about it."""

    def __init__(self, calls: Calls, equipment: Equipment, tell: Callable[[Event], None]) -> None:
        """Use the engine's calls and equipment, and tell it what was not taken."""
        self._calls = calls
        self._equipment = equipment
        self._tell = tell

    async def begin(self, *, hurry: bool) -> None:
        """In a hurry, let nothing wait for its next try."""
        if hurry and any(one.next_try_at for one in await self.waiting()):
            await self._equipment.off_loop(self._hurry)

    async def waiting(self) -> list[Signal]:
        """Read what can be told."""
        return await self._equipment.off_loop(self._waiting)

    async def mark(self, step: Mark) -> None:
        """Tell of marks, and forget those that were taken; several that fail go one by one."""
        signals = step.signals
        try:
            at = await self._calls.mark(signals[0].action, _ids(signals))
        except (Offline, RateLimited, Unauthorized):
            raise
        except MarketplaceError as error:
            await self._failed(signals, error)
        else:
            await self._equipment.off_loop(self._told, signals, at)

    async def _failed(self, signals: Sequence[Signal], error: MarketplaceError) -> None:
        attempts = max(one.attempts for one in signals) + 1
        policy, at = self._equipment.policy, self._equipment.clock()
        if not isinstance(error, Refused):
            at += self._equipment.backoff(attempts)
        is_over = isinstance(error, Refused) or attempts >= policy.most_attempts
        is_over = is_over and len(signals) == 1
        await self._equipment.off_loop(self._put_off, signals, None if is_over else at)
        if is_over:
            self._tell(Unmarked(str(error)))

    # What follows runs off the event loop.

    def _waiting(self) -> list[Signal]:
        """Give what waits; a conversation in which something is unseen is not told as read."""
        with self._equipment.work.read() as session:
            found = thread_signals.waiting(session)
            read = reads.all(session) if _has_readings(found) else {}
        if not read:
            return [one for one in found if one.kind != "read"]
        with self._equipment.cache.read() as connection:
            seen = _seen(connection, found, read)
        return [one for one in found if one.kind != "read" or one.thread_id in seen]

    def _told(self, signals: Sequence[Signal], at: datetime) -> None:
        """Note what the marketplace now has; the wishes go last, so that none is lost between."""
        with self._equipment.work.read() as session:
            read = reads.all(session) if _has_readings(signals) else {}
        with self._equipment.cache.read() as connection:
            seen = _seen(connection, signals, read)
            changed = list(_as_told(signals, threads.among(connection, _ids(signals)), seen))
        if changed:
            with self._equipment.cache.transaction() as connection:
                threads.store(connection, changed)
        with self._equipment.work.transaction() as session:
            thread_signals.told(session, signals)
            for one in signals:
                if one.kind == "read":
                    reads.told(session, one.thread_id, at + self._late(one))

    def _late(self, signal: Signal) -> timedelta:
        """Give how long after this a lost try of a reading could still arrive."""
        return self._equipment.policy.settle_window if signal.attempts else timedelta()

    def _put_off(self, signals: Sequence[Signal], until: datetime | None) -> None:
        with self._equipment.work.transaction() as session:
            thread_signals.failed(session, signals, until)

    def _hurry(self) -> None:
        with self._equipment.work.transaction() as session:
            thread_signals.hurry(session)


def _ids(signals: Iterable[Signal]) -> list[int]:
    return [one.thread_id for one in signals]


def _has_readings(signals: Iterable[Signal]) -> bool:
    return any(one.kind == "read" for one in signals)


def _seen(
    connection: sqlite3.Connection, signals: Iterable[Signal], read: Mapping[int, Reading]
) -> set[int]:
    """Give the conversations that were read up to the last word of the others."""
    asked = [one.thread_id for one in signals if one.kind == "read" and one.thread_id in read]
    return {
        one.remote_id
        for one in threads.among(connection, asked)
        if read[one.remote_id].upto >= threads.news_at(connection, one)
    }


def _as_told(
    signals: Iterable[Signal], found: Iterable[Thread], seen: Container[int]
) -> Iterator[Thread]:
    """Give conversations as the marketplace has them now: its list may not tell it again."""
    known = {one.remote_id: one for one in found}
    for one in signals:
        thread = known.get(one.thread_id)
        if thread is None:
            continue
        if one.kind == "mute" and thread.muted is not None:
            yield replace(thread, muted=one.is_on)
        elif one.kind == "read" and one.thread_id in seen:
            yield replace(thread, unread=0)
