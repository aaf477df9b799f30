"""Engine: takes the steps that the plan names, one turn at a time, and tells what happened."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from random import Random
from typing import assert_never

from freelancer_tui.domain.feeds import FeedKind
from freelancer_tui.domain.intents import (
    BidAction,
    EscrowAction,
    OutboxEntry,
    RequestMilestone,
    SendMessage,
)
from freelancer_tui.errors import (
    Offline,
    OutcomeUnknown,
    RateLimited,
    Refused,
    Unauthorized,
    WireMismatch,
)
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.lock import SyncLock
from freelancer_tui.store.work.database import WorkDatabase
from freelancer_tui.sync import offline, pauses
from freelancer_tui.sync.calls import Calls
from freelancer_tui.sync.carrier import Carrier
from freelancer_tui.sync.equipment import Equipment, Offload
from freelancer_tui.sync.events import (
    Elsewhere,
    Event,
    Moved,
    Paused,
    SignInNeeded,
    Started,
    WentOffline,
)
from freelancer_tui.sync.identity import Identity
from freelancer_tui.sync.keeping import keep
from freelancer_tui.sync.marketplace import Marketplace
from freelancer_tui.sync.offline import Outage
from freelancer_tui.sync.plan import Check, Mark, Pull, Send, Step, next_due, plan
from freelancer_tui.sync.policy import Policy
from freelancer_tui.sync.reader import Reader
from freelancer_tui.sync.signals import Signals
from freelancer_tui.sync.tally import Tally
from freelancer_tui.sync.telling import Telling, takes_long


class Engine:
    """Settles, sends, marks and reads; it has no clock, dice or alarm of its own.

    Whoever drives it takes a turn, and the next one when the last said that it is due.
    """

    def __init__(
        self,
        marketplace: Marketplace,
        cache: CacheDatabase,
        work: WorkDatabase,
        lock: SyncLock,
        *,
        clock: Callable[[], datetime],
        random: Random,
        offload: Offload = asyncio.to_thread,
        policy: Policy | None = None,
        looked: Callable[[], Iterable[int]] = tuple,
        listening: Callable[[], bool] = bool,
    ) -> None:
        """Work on one account's two files, with the time and chance that are given.

        `looked` gives the projects that the user looked at last: they are kept fresh.
        `listening` tells whether a conversation is open: what is new in it is looked for often.
        """
        policy = policy or Policy()
        files = cache, work
        self._equipment = Equipment(*files, clock, random, offload, policy, looked, listening)
        self._lock = lock
        self._calls = Calls(marketplace)
        self._told = Telling()
        self._identity = Identity(work)
        self._carrier = Carrier(self._calls, self._equipment, self._told)
        self._reader = Reader(self._calls, self._equipment, self._identity, self._told.add)
        self._signals = Signals(self._calls, self._equipment, self._told.add)
        self._outage: Outage | None = None
        self._is_running = False
        self._is_stopping = False

    async def turn(self, *, by_hand: bool = False) -> AsyncGenerator[Event, None]:
        """Settle, send, read; the last event tells how it ended and when the next is due.

        By hand no back-off is waited out, only a time that the marketplace itself named.
        Raises SettingsError when the token is another user's, StoreError when a file fails.
        """
        if self._is_running or not self._lock.acquire():
            yield Elsewhere()
            return
        self._is_running = True
        try:
            tally = Tally(self._now(), self._calls.requests)
            yield Started(tally.began)
            ending = await self._begin(by_hand)
            while not ending and (step := await self._next(tally.began)):
                if takes_long(step):
                    work = asyncio.ensure_future(self._take(step))
                    async for event in self._told.during(work):
                        yield event
                    ending = await work
                else:
                    ending = await self._take(step)
                for event in self._told.heard():
                    tally.count(event)
                    yield event
            await self._equipment.off_loop(self._settle_files)
            for event in await self._last(tally, ending):
                yield event
        finally:
            self._is_running = False
            self._lock.release()

    def stop(self) -> None:
        """End the turn after the request that is under way, and every later turn at once."""
        self._is_stopping = True

    async def close(self) -> None:
        """Give up the marketplace's connections; no turn follows."""
        self.stop()
        await self._calls.close()

    async def _begin(self, by_hand: bool) -> Event | None:
        """Pick up what a program that died left behind; give what keeps the turn from going on."""
        self._told.heard()
        policy, now = self._equipment.policy, self._now()
        until = await self._equipment.off_loop(pauses.paused_until, self._equipment.work)
        is_paused = not policy.reached(until, now)
        await self._carrier.begin(hurry=by_hand and not is_paused)
        if until and is_paused:
            return Paused(until)
        await self._signals.begin(hurry=by_hand)
        await self._reader.begin(hurry=by_hand)
        if self._outage is None:
            return None
        is_due = by_hand or policy.reached(self._outage.next_at, now)
        if not is_due and not await self._was_used(self._outage.tried_at):
            return self._outage.event()
        return await self._guarded(self._probe())

    async def _was_used(self, since: datetime) -> bool:
        """Tell whether the user queued something meanwhile: then they do not wait for a probe."""
        return any(entry.queued_at > since for entry in await self._carrier.live())

    async def _next(self, began: datetime) -> Step | None:
        """Plan anew: what became due or was queued since the last step is seen at once."""
        if self._is_stopping:
            return None
        live = await self._carrier.live() if self._identity.known else []
        marks = await self._signals.waiting() if self._identity.known else []
        feeds = await self._reader.following()
        policy, held = self._equipment.policy, self._carrier.held
        steps = plan(live, feeds, self._now(), began, policy, held=held, signals=marks)
        return steps[0] if steps else None

    async def _take(self, step: Step) -> Event | None:
        """Take one step; give the event that ends the turn, if it does."""
        match step:
            case Check(entry):
                ending = await self._guarded(self._carrier.check(entry))
            case Send(entry):
                ending = await self._guarded(self._carrier.send(entry))
            case Mark():
                return await self._guarded(self._signals.mark(step))
            case Pull():
                return await self._guarded(self._reader.pull(step))
            case _:
                assert_never(step)
        for told in self._told.events:
            if isinstance(told, Moved) and (kind := _shown_by(told.entry)):
                self._reader.expect(kind)
        return ending

    async def _guarded(self, work: Awaitable[None]) -> Event | None:
        """Wait for work; give what ends the turn: no line, no token, or a wish for quiet."""
        try:
            await work
        except Offline as error:
            policy = self._equipment.policy
            self._outage = offline.missed(self._outage, self._now(), str(error), policy)
            return self._outage.event()
        except RateLimited as error:
            self._outage = None
            return await self._pause(error.wait_seconds)
        except Unauthorized as error:
            self._outage = None
            self._identity.doubt()
            return SignInNeeded(str(error))
        self._outage = None
        return None

    async def _probe(self) -> None:
        """Ask for something light; an answer that makes no sense is not the marketplace's."""
        try:
            await self._calls.ping()
        except Refused:
            return
        except (OutcomeUnknown, WireMismatch) as error:
            raise Offline(str(error)) from error

    async def _pause(self, wait_seconds: float) -> Paused:
        wait = min(timedelta(seconds=max(wait_seconds, 0)), self._equipment.policy.longest_wait)
        until = self._now() + wait
        await self._equipment.off_loop(pauses.pause, self._equipment.work, until)
        return Paused(until)

    async def _last(self, tally: Tally, ending: Event | None) -> list[Event]:
        """Give the events that close a turn."""
        if isinstance(ending, WentOffline | SignInNeeded):
            return [ending]
        live, now = await self._carrier.live(), self._now()
        if isinstance(ending, Paused):
            return [ending, tally.finished(now, ending.until, live, self._calls.requests)]
        feeds = await self._reader.following()
        movable = live if self._identity.known else []
        marks = await self._signals.waiting() if self._identity.known else []
        policy, held = self._equipment.policy, self._carrier.held
        next_at = next_due(movable, feeds, now, policy, held=held, signals=marks)
        return [tally.finished(now, next_at, live, self._calls.requests)]

    def _now(self) -> datetime:
        return self._equipment.clock()

    def _settle_files(self) -> None:
        """Keep what must outlive the cache, and tidy up; only the lock's holder may do this."""
        keep(self._equipment.cache, self._equipment.work)
        self._equipment.cache.checkpoint()
        self._equipment.work.checkpoint()


def _shown_by(entry: OutboxEntry) -> FeedKind | None:
    """Give the facts that alone show what was just done; None where nothing was."""
    if entry.state != "sent":
        return None
    if isinstance(entry.intent, RequestMilestone | EscrowAction):
        return "milestones"
    if isinstance(entry.intent, SendMessage):  # who was written to may be there to answer
        return "threads"
    return "bids" if isinstance(entry.intent, BidAction) else None
