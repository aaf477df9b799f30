"""Turns: how they begin and end: offline, paused, signed out, elsewhere, stopped."""

import asyncio
from pathlib import Path

import pytest

from freelancer_tui.domain.facts import Page
from freelancer_tui.domain.feeds import Cursor, Feed
from freelancer_tui.domain.intents import Intent, Receipt
from freelancer_tui.errors import (
    Offline,
    OutcomeUnknown,
    RateLimited,
    Refused,
    SettingsError,
    Unauthorized,
    WireMismatch,
)
from freelancer_tui.store.lock import SyncLock
from freelancer_tui.store.work import meta
from freelancer_tui.sync.events import (
    Elsewhere,
    Event,
    Failed,
    Finished,
    Paused,
    Pulled,
    SignInNeeded,
    Started,
    WentOffline,
)
from freelancer_tui.sync.marketplace import Tell, ignore
from tests.sync.desk import Desk
from tests.sync.market import CLIENT, Clock, Fault, Market
from tests.sync.values import at


def offline(events: list[Event]) -> WentOffline:
    assert isinstance(events[-1], WentOffline)
    return events[-1]


async def test_a_turn_begins_and_ends(desk: Desk) -> None:
    events = await desk.turn()
    assert events[0] == Started(at(0))
    end = events[-1]
    assert isinstance(end, Finished)
    assert end.seconds == pytest.approx(len(desk.market.calls) * desk.market.latency)
    assert {"projects", "bids", "threads", "messages", "milestones"} <= set(dict(end.pulled))


async def test_probes_come_later_and_later(desk: Desk) -> None:
    desk.market.latency = 0
    desk.market.on_call = lambda name: Fault(Offline("no route"))
    since = desk.clock.now
    waits = []
    for _ in range(7):
        event = offline(await desk.turn())
        assert (event.since, event.reason) == (since, "no route")
        waits.append((event.next_at - desk.clock.now).total_seconds())
        desk.clock.now = event.next_at
    assert waits == [5, 10, 20, 40, 60, 60, 60]
    assert len(desk.market.named("ping")) == 6


async def test_while_offline_nothing_is_asked_before_the_probe_is_due(desk: Desk) -> None:
    desk.market.fail("pull", Offline("no route"))
    first = offline(await desk.turn())
    calls = len(desk.market.calls)
    desk.clock.pass_(1)
    assert offline(await desk.turn()) == first
    assert len(desk.market.calls) == calls


async def test_the_user_probes_at_once_and_success_sends_at_once(desk: Desk) -> None:
    await desk.turn()
    entry_id = desk.says("Hello")
    desk.market.fail("push", Offline("no route"))
    offline(await desk.turn())
    desk.market.calls.clear()
    events = await desk.turn(by_hand=True)
    assert desk.market.calls[:3] == ["ping", "watermark", "push Hello"]
    assert desk.entry(entry_id).state == "sent"
    assert isinstance(events[-1], Finished)


async def test_what_the_user_queues_while_offline_does_not_wait_for_the_probe(desk: Desk) -> None:
    await desk.turn()
    desk.market.on_call = lambda name: Fault(Offline("no route"))
    desk.clock.pass_(60)
    for _ in range(4):
        desk.clock.now = offline(await desk.turn()).next_at
    offline(await desk.turn())
    desk.clock.pass_(1)
    desk.market.calls.clear()
    entry_id = desk.says("Hello")
    offline(await desk.turn())
    offline(await desk.turn())
    assert desk.market.calls == ["ping"]  # one for what is new, no more
    desk.market.on_call = lambda name: None
    desk.clock.pass_(1)
    desk.says("Are you there?")
    await desk.turn()
    assert desk.entry(entry_id).state == "sent"


@pytest.mark.parametrize("error", [OutcomeUnknown("cut"), WireMismatch("a login page")])
async def test_a_probe_that_is_answered_with_nonsense_reached_nobody(
    desk: Desk, error: Exception
) -> None:
    desk.market.fail("pull", Offline("no route"))
    desk.market.fail("ping", error)
    await desk.turn()
    assert offline(await desk.turn(by_hand=True)).reason == str(error)


async def test_a_probe_that_is_refused_reached_somebody(desk: Desk) -> None:
    desk.market.fail("pull", Offline("no route"))
    desk.market.fail("ping", Refused("X", "no"))
    await desk.turn()
    assert isinstance((await desk.turn(by_hand=True))[-1], Finished)


async def test_a_named_time_is_waited_for_even_by_hand(desk: Desk) -> None:
    await desk.turn()
    entry_id = desk.says("Hello")
    desk.market.fail("push", RateLimited("slow down", wait_seconds=90))
    *_, paused, end = await desk.turn()
    assert isinstance(paused, Paused)
    assert isinstance(end, Finished)
    assert end.next_at == paused.until
    assert (paused.until - desk.clock.now).total_seconds() == pytest.approx(90, abs=1)
    calls = len(desk.market.calls)
    desk.reopen()
    assert [type(one) for one in await desk.turn(by_hand=True)] == [Started, Paused, Finished]
    assert len(desk.market.calls) == calls
    desk.clock.now = paused.until
    await desk.turn()
    assert desk.entry(entry_id).state == "sent"


async def test_a_pull_can_be_asked_to_wait_too(desk: Desk) -> None:
    desk.market.fail("pull", RateLimited("slow down", wait_seconds=20))
    *_, paused, _ = await desk.turn()
    assert isinstance(paused, Paused)


async def test_a_pause_beyond_reason_is_a_moved_clock(desk: Desk) -> None:
    desk.market.fail("pull", RateLimited("slow down", wait_seconds=60))
    await desk.turn()
    desk.clock.pass_(-40 * 86_400)
    assert isinstance((await desk.turn())[-1], Finished)
    assert desk.market.named("pull")


async def test_by_hand_does_not_wait_out_a_back_off(desk: Desk) -> None:
    entry_id = desk.says("Hello")
    desk.market.fail("push", OutcomeUnknown("cut"), lands=True)
    desk.market.on_call = lambda name: Fault(OutcomeUnknown("cut")) if name == "receipt" else None
    for _ in range(8):
        await desk.turn()
        desk.clock.pass_(30)
    await desk.turn()
    assert desk.entry(entry_id).next_try_at is not None
    desk.market.on_call = lambda name: None
    await desk.turn(by_hand=True)
    assert desk.entry(entry_id).state == "sent"


async def test_a_token_that_is_refused_ends_the_turn(desk: Desk) -> None:
    desk.market.fail("pull", Unauthorized("expired"))
    events = await desk.turn()
    assert events[-1] == SignInNeeded("expired")
    assert len(desk.market.calls) == 1


async def test_another_users_token_sends_and_stores_nothing(desk: Desk) -> None:
    await desk.turn()
    entry_id = desk.says("Hello")
    desk.market.owner = CLIENT
    desk.market.calls.clear()
    desk.reopen()
    with pytest.raises(SettingsError) as caught:
        await desk.turn()
    assert "7" in str(caught.value)
    assert desk.market.calls == ["pull self from None"]
    assert desk.entry(entry_id).state == "queued"
    assert desk.lock.acquire()


async def test_a_new_token_is_asked_whose_it_is(desk: Desk) -> None:
    await desk.turn()
    desk.says("Hello")
    desk.market.fail("push", Unauthorized("expired"))
    await desk.turn()
    desk.market.owner = CLIENT
    with pytest.raises(SettingsError):
        await desk.turn()
    assert desk.market.said(34) == []


async def test_until_it_is_known_who_we_are_nothing_else_happens(desk: Desk) -> None:
    desk.says("Hello")
    desk.market.on_call = lambda name: Fault(WireMismatch("odd")) if name == "pull" else None
    events = await desk.turn()
    assert {type(one) for one in events} == {Started, Failed, Finished}
    assert {call.split()[1] for call in desk.market.calls} == {"self"}
    with desk.work.read() as session:
        assert meta.get(session, "user_id") is None


async def test_only_one_of_two_programs_syncs(desk: Desk, tmp_path: Path) -> None:
    other = SyncLock(tmp_path / "sync.lock")
    assert other.acquire()
    assert await desk.turn() == [Elsewhere()]
    assert desk.market.calls == []
    other.release()
    assert isinstance((await desk.turn())[-1], Finished)


async def test_a_turn_does_not_begin_while_another_runs(desk: Desk) -> None:
    first = desk.engine.turn()
    await anext(first)
    assert await desk.turn() == [Elsewhere()]
    await first.aclose()
    assert isinstance((await desk.turn())[-1], Finished)


async def test_a_stop_ends_the_turn_after_the_request_under_way(desk: Desk) -> None:
    desk.market.page_size = 1
    desk.market.posts(1000)

    def stop(name: str) -> Fault | None:
        if desk.market.calls[-1] == "pull projects from 10":
            desk.engine.stop()
        return None

    desk.market.on_call = stop
    events = await desk.turn()
    assert desk.market.calls[-1] == "pull projects from 10"
    assert isinstance(events[-1], Finished)
    assert desk.jobs() == 11
    desk.reopen()
    desk.market.on_call = lambda name: None
    await desk.turn()
    assert desk.jobs() == 1000
    assert desk.market.named("pull").count("pull projects from 10") == 1


async def test_closing_gives_up_the_connections(desk: Desk) -> None:
    await desk.engine.close()
    assert desk.market.calls == ["close"]


class SlowMarket(Market):
    """A marketplace whose answers wait until they are let go."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.asked, self.let_go = asyncio.Event(), asyncio.Event()
        self.answered = False

    async def push(self, intent: Intent, tell: Tell = ignore) -> Receipt:
        self.asked.set()
        await self.let_go.wait()
        receipt = await super().push(intent, tell)
        self.answered = True
        return receipt


async def test_a_cancelled_turn_sees_its_request_to_the_end(desk: Desk) -> None:
    market = SlowMarket(desk.clock)
    desk.market = market
    desk.engine = desk.an_engine()
    entry_id = desk.says("Hello")
    turn = asyncio.create_task(desk.turn())
    await market.asked.wait()
    turn.cancel()
    await asyncio.sleep(0)
    assert not turn.done()
    market.let_go.set()
    with pytest.raises(asyncio.CancelledError):
        await turn
    assert market.answered
    await desk.turn()
    assert desk.entry(entry_id).state == "sent"
    assert market.said(34) == ["Hello"]


async def test_it_works_on_threads_too(desk: Desk) -> None:
    desk.offload = asyncio.to_thread
    desk.market.posts(5)
    entry_id = desk.says("Hello")
    await desk.turn()
    assert desk.entry(entry_id).state == "sent"
    assert desk.jobs() == 5


async def test_a_page_without_a_profile_is_a_failure_of_the_feed(desk: Desk) -> None:
    class Nameless(Market):
        async def pull(self, feed: Feed, cursor: Cursor | None) -> Page:
            return Page((), None, False, self.time())

    desk.market = Nameless(desk.clock)
    desk.engine = desk.an_engine()
    events = await desk.turn()
    assert any(isinstance(one, Failed) for one in events)
    assert not any(isinstance(one, Pulled) for one in events)
