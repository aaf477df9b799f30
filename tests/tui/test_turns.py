"""Turns: the one worker that drives the engine, with an engine that is played."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.errors import StoreError
from freelancer_tui.store.sync_log import SyncLogFile
from freelancer_tui.sync.engine import Engine
from freelancer_tui.sync.events import (
    Elsewhere,
    Event,
    Failed,
    Finished,
    Moved,
    Paused,
    Pulled,
    SignInNeeded,
    Started,
    WentOffline,
)
from freelancer_tui.sync.journal import Journal
from freelancer_tui.tui import turns
from freelancer_tui.tui.turns import _ELSEWHERE, Turns, after
from freelancer_tui.tui.widgets.sync_bar import SyncStatus
from tests.factories import NOW, an_entry

LATER = NOW + timedelta(hours=1)
Script = list[list[Event | Exception]]


class PlayedEngine:
    """Gives the events of its script, a turn at a time."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.by_hand: list[bool] = []
        self.is_stopped = self.is_closed = False
        self.built_on = threading.current_thread()

    async def turn(self, *, by_hand: bool = False) -> AsyncIterator[Event]:
        self.by_hand.append(by_hand)
        for event in self.script.pop(0) if self.script else [Finished(NOW, LATER)]:
            await asyncio.sleep(0)
            if isinstance(event, Exception):
                raise event
            yield event

    def stop(self) -> None:
        self.is_stopped = True

    async def close(self) -> None:
        self.is_closed = True


class Desk:
    """A worker, its engine, and what was told."""

    def __init__(self, script: Script, open_engine: Callable[[], Engine] | None = None) -> None:
        self.script = script
        self.engine: PlayedEngine | None = None
        self.phases: list[str] = []
        self.turns = Turns(open_engine or self.open_engine, lambda: NOW, self.told)

    def open_engine(self) -> Engine:
        self.engine = PlayedEngine(self.script)
        return cast(Engine, self.engine)

    def told(self, event: Event | None) -> None:
        self.phases.append(self.turns.status.phase)

    async def reach(self, phase: str, times: int = 1) -> None:
        async with asyncio.timeout(2):
            while self.phases.count(phase) < times:
                await asyncio.sleep(0.005)


@pytest.mark.parametrize(
    ("event", "status"),
    [
        (Started(NOW), SyncStatus("syncing")),
        (
            Pulled(Feed("projects"), 3, 340, 1200),
            SyncStatus("syncing", None, "projects", 340, 1200),
        ),
        (Paused(LATER), SyncStatus("paused", LATER)),
        (WentOffline(NOW, LATER, "no route"), SyncStatus("offline", NOW)),
        (SignInNeeded("expired"), SyncStatus("sign_in", reason="expired")),
        (Elsewhere(), SyncStatus("elsewhere")),
        (Finished(NOW, LATER), SyncStatus("online", NOW)),
        (Failed(Feed("bids"), "odd"), SyncStatus("syncing")),
        (Moved(an_entry()), SyncStatus("syncing")),
    ],
)
def test_where_we_stand_after_an_event(event: Event, status: SyncStatus) -> None:
    assert after(SyncStatus("syncing"), event) == status


def test_a_turn_cut_short_by_a_pause_does_not_look_online() -> None:
    paused = after(SyncStatus("syncing"), Paused(LATER))
    assert after(paused, Finished(NOW, LATER)) == SyncStatus("paused", LATER)


async def test_after_a_refused_token_a_turn_by_hand_reads_it_anew() -> None:
    desk = Desk([[SignInNeeded("expired")], [Finished(NOW, LATER)]])
    asked: list[threading.Thread] = []
    desk.turns.sign_in_again = lambda: asked.append(threading.current_thread())
    desk.turns.how_to_sign_in = lambda: "do so"
    desk.turns.start()
    await desk.reach("sign_in")
    assert asked == []
    assert desk.turns.status.reason == "do so"
    desk.turns.wake(by_hand=True)
    await desk.reach("online")
    await desk.turns.stop()
    assert len(asked) == 1
    assert asked[0] is not threading.main_thread()


async def test_a_turn_at_once_and_the_next_when_somebody_asks() -> None:
    desk = Desk([])
    desk.turns.start()
    await desk.reach("online")
    desk.turns.wake(by_hand=True)
    await desk.reach("online", 2)
    desk.turns.wake()
    await desk.reach("online", 3)
    await desk.turns.stop()
    assert desk.engine is not None
    assert desk.engine.by_hand == [False, True, False]
    assert desk.engine.is_stopped
    assert desk.engine.is_closed


async def test_the_engine_is_built_on_a_thread() -> None:
    desk = Desk([])
    desk.turns.start()
    await desk.reach("online")
    await desk.turns.stop()
    assert desk.engine is not None
    assert desk.engine.built_on is not threading.main_thread()


async def test_the_next_turn_comes_when_it_is_due() -> None:
    desk = Desk([[Finished(NOW, NOW)], [WentOffline(NOW, NOW, "")], [Finished(NOW, LATER)]])
    desk.turns.start()
    await desk.reach("online", 2)
    await desk.turns.stop()
    assert desk.phases == ["starting", "online", "offline", "online"]


async def test_a_refused_token_waits_for_the_user() -> None:
    desk = Desk([[SignInNeeded("expired")]])
    desk.turns.start()
    await desk.reach("sign_in")
    await asyncio.sleep(0.02)
    assert desk.phases[-1] == "sign_in"
    desk.turns.wake(by_hand=True)
    await desk.reach("online")
    await desk.turns.stop()


@pytest.mark.parametrize("error", [StoreError("The disk is full."), ValueError("a fault")])
async def test_a_failure_is_told_and_the_worker_goes_on(error: Exception) -> None:
    desk = Desk([[Started(NOW), error]])
    desk.turns.start()
    await desk.reach("failed")
    assert desk.turns.status.reason in ("The disk is full.", "ValueError")
    desk.turns.wake(by_hand=True)
    await desk.reach("online")
    await desk.turns.stop()


async def test_after_a_failure_the_next_turn_is_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_FIRST_RETRY", timedelta(seconds=0.01))
    desk = Desk([[Started(NOW), StoreError("The cache was gone: it is read anew.")]])
    desk.turns.start()
    await desk.reach("online")
    await desk.turns.stop()


async def test_an_engine_that_cannot_be_built_is_tried_again() -> None:
    tries = list[datetime]()

    def build() -> Engine:
        tries.append(NOW)
        raise StoreError("The work file is newer than the program.")

    desk = Desk([], build)
    desk.turns.start()
    await desk.reach("failed")
    desk.turns.wake()
    await desk.reach("failed", 2)
    await desk.turns.stop()
    assert len(tries) == 2


async def test_leaving_does_not_wait_for_a_request_that_hangs() -> None:
    class Hanging(PlayedEngine):
        async def turn(self, *, by_hand: bool = False) -> AsyncIterator[Event]:
            yield Started(NOW)
            await asyncio.sleep(60)

    desk = Desk([], lambda: cast(Engine, Hanging([])))
    desk.turns.start()
    await desk.reach("syncing")
    began = asyncio.get_running_loop().time()
    await desk.turns.stop(patience_seconds=0.05)
    assert asyncio.get_running_loop().time() - began < 1


async def test_what_was_asked_for_during_a_turn_is_not_forgotten() -> None:
    desk = Desk([[Started(NOW), Finished(NOW, LATER)]])
    desk.turns.start()
    await desk.reach("syncing")
    desk.turns.wake()
    await desk.reach("online", 2)
    await desk.turns.stop()


async def test_another_windows_turn_is_told_until_it_is_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turns, "_ELSEWHERE", timedelta(0))
    desk = Desk([[Elsewhere()], [Elsewhere()], [Started(NOW), Finished(NOW, LATER)]])
    desk.turns.start()
    await desk.reach("online")
    await desk.turns.stop()
    assert desk.phases == ["starting", "elsewhere", "elsewhere", "syncing", "online"]
    assert timedelta(0) < _ELSEWHERE <= timedelta(seconds=5)
    assert not turns.changes_tally(Elsewhere())


async def test_what_hangs_is_said_to_be_under_way_and_an_end_is_an_end() -> None:
    desk = Desk([])
    assert not desk.turns.is_waiting
    desk.turns.start()
    await desk.reach("online")
    assert desk.turns.is_waiting
    await desk.turns.stop()
    assert not desk.turns.is_waiting


async def test_what_the_turns_tell_is_written_down_on_a_thread(tmp_path: Path) -> None:
    class Noting(Journal):
        def __init__(self) -> None:
            super().__init__(SyncLogFile(tmp_path), lambda: NOW)
            self.took: list[tuple[object, bool]] = []

        def take(self, event: Event) -> None:
            on_thread = threading.current_thread() is not threading.main_thread()
            self.took.append((event, on_thread))

        def fault(self, reason: str) -> None:
            self.took.append((reason, True))

    journal, end = Noting(), Finished(NOW, NOW)
    desk = Desk([[Started(NOW), end], [StoreError("The disk is full.")]])
    desk.turns.open_journal = lambda: journal
    desk.turns.start()
    await desk.reach("failed")
    await desk.turns.stop()
    assert journal.took == [(Started(NOW), True), (end, True), ("The disk is full.", True)]


async def test_nothing_starts_after_the_end() -> None:
    desk = Desk([])
    await desk.turns.stop()
    assert desk.phases == []
