"""Sweep: what no list tells is asked by id, and only a definite answer makes a tombstone."""

from dataclasses import replace
from datetime import datetime

import pytest

from freelancer_tui.domain.facts import Page
from freelancer_tui.domain.feeds import Cursor, Feed
from freelancer_tui.errors import MarketplaceError, Offline, OutcomeUnknown, Refused, WireMismatch
from freelancer_tui.store.cache import bids, projects
from freelancer_tui.sync.events import Event, Finished, Pulled
from tests.sync.desk import Desk
from tests.sync.market import ME, Clock, Fault, Market, a_bid_of
from tests.sync.values import a_bid, at

HOUR = 3700


def asked(desk: Desk) -> list[int]:
    """How many projects each question by id was about."""
    calls = [call for call in desk.market.named("pull") if "projects:ids:" in call]
    return [call.count(",") + 1 for call in calls]


def statuses(desk: Desk) -> dict[int, str]:
    ids = [one.remote_id for one in desk.market.projects]
    with desk.cache.read() as connection:
        found = projects.summaries(connection, ids)
    return {number: found[number].status for number in ids if number in found}


def first(desk: Desk) -> int:
    return desk.market.projects[0].remote_id


def changed(events: list[Event]) -> int:
    end = events[-1]
    assert isinstance(end, Finished)
    return dict(end.pulled)["projects"]


async def read_once(desk: Desk, count: int = 3) -> int:
    """Read some jobs, and wait until they are due; give the first one's id."""
    desk.market.posts(count)
    await desk.turn()
    desk.clock.pass_(HOUR)
    return first(desk)


async def test_a_job_that_closed_behind_our_back_is_found_closed(desk: Desk) -> None:
    closed = await read_once(desk)
    desk.market.closes(closed)
    assert statuses(desk)[closed] == "open"
    await desk.turn()
    assert asked(desk) == [3]
    assert statuses(desk)[closed] == "closed"


async def test_a_job_that_vanished_is_removed_and_stays_readable(desk: Desk) -> None:
    gone = await read_once(desk)
    desk.market.vanishes(gone)
    assert changed(await desk.turn()) == 1
    assert list(statuses(desk).values()) == ["removed", "open", "open"]
    with desk.cache.read() as connection:
        kept = projects.get(connection, gone)
    assert kept is not None
    assert (kept.title, kept.status) == (f"Job {gone}", "removed")
    desk.reopen()
    assert statuses(desk)[gone] == "removed"


async def test_a_job_that_appears_again_is_removed_no_more(desk: Desk) -> None:
    gone = await read_once(desk)
    desk.market.vanishes(gone)
    await desk.turn()
    desk.market.comes_back(gone)
    await desk.turn(by_hand=True)
    assert statuses(desk)[gone] == "open"


async def test_a_removed_job_is_asked_for_again_but_not_for_ever(desk: Desk) -> None:
    gone = await read_once(desk, 1)
    desk.market.vanishes(gone)
    await desk.turn()
    desk.clock.pass_(HOUR)
    desk.market.vanished.clear()  # nothing says so: no list has it as a change
    await desk.turn()
    assert statuses(desk)[gone] == "open"
    desk.market.vanishes(gone)
    for _ in range(40):
        desk.clock.pass_(86_400)
        await desk.turn()
    before = len(asked(desk))
    desk.clock.pass_(86_400)
    await desk.turn()
    assert len(asked(desk)) == before


@pytest.mark.parametrize(
    "error", [OutcomeUnknown("cut"), WireMismatch("HTML"), Refused("X", "no"), Offline("no route")]
)
async def test_an_answer_that_failed_marks_nothing(desk: Desk, error: MarketplaceError) -> None:
    gone = await read_once(desk)
    desk.market.vanishes(gone)
    desk.market.on_call = lambda name: (
        Fault(error) if "ids:" in desk.market.calls[-1] and name == "pull" else None
    )
    await desk.turn()
    assert set(asked(desk)) == {3}
    assert set(statuses(desk).values()) == {"open"}


class Changing(Market):
    """A marketplace whose answers by id come with something missing."""

    def __init__(self, clock: Clock, **changes: object) -> None:
        super().__init__(clock)
        self.changes = changes

    async def pull(self, feed: Feed, cursor: Cursor | None) -> Page:
        page = await super().pull(feed, cursor)
        if feed.key.startswith("ids:"):
            return replace(page, **self.changes)  # type: ignore[arg-type]
        return page


@pytest.mark.parametrize("changes", [{"complete": False}, {"skipped": ("A project …",)}])
async def test_an_answer_that_left_something_out_marks_nothing(
    desk: Desk, changes: dict[str, object]
) -> None:
    desk.market = Changing(desk.clock, **changes)
    desk.engine = desk.an_engine()
    gone = await read_once(desk)
    desk.market.vanishes(gone)
    await desk.turn()
    assert asked(desk) == [3]
    assert set(statuses(desk).values()) == {"open"}
    desk.clock.pass_(60)
    await desk.turn()
    assert asked(desk) == [3]  # what proved nothing does not stand in the others' way


async def test_an_answer_that_has_nothing_of_many_is_not_believed(desk: Desk) -> None:
    await read_once(desk, 20)
    for one in desk.market.projects:
        desk.market.vanishes(one.remote_id)
    await desk.turn()
    assert asked(desk) == [20]
    assert set(statuses(desk).values()) == {"open"}


async def test_while_the_list_fails_nothing_is_taken_for_silence(desk: Desk) -> None:
    desk.market.vanishes(await read_once(desk))
    desk.market.on_call = lambda name: (
        Fault(OutcomeUnknown("cut"))
        if desk.market.calls[-1].startswith("pull projects from")
        else None
    )
    await desk.turn()
    assert asked(desk) == []


async def test_a_scan_that_is_not_at_its_end_is_not_swept(desk: Desk) -> None:
    desk.market.page_size = 2
    await read_once(desk, 4)
    desk.market.posts(8)
    desk.market.calls.clear()
    await desk.turn()
    calls = desk.market.named("pull")
    swept = [place for place, call in enumerate(calls) if "ids:" in call]
    lists = [place for place, call in enumerate(calls) if call.startswith("pull projects from")]
    assert len(swept) == 1
    assert swept[0] > lists[-1]


async def test_a_sweep_is_spread_out_and_bounded(desk: Desk) -> None:
    desk.market.page_size = 500
    await read_once(desk, 1200)
    await desk.turn()
    assert asked(desk) == [100]
    await desk.turn()
    assert asked(desk) == [100]  # the next question waits for its time
    desk.clock.pass_(21)
    await desk.turn()
    assert asked(desk) == [100, 100]
    await desk.turn(by_hand=True)
    assert asked(desk) == [100] * 7
    for _ in range(10):
        desk.clock.pass_(21)
        await desk.turn()
    assert asked(desk) == [100] * 12  # each was asked for once, then all have been


async def test_a_word_of_a_client_comes_before_the_sweep(desk: Desk) -> None:
    await read_once(desk, 600)
    desk.market.says(34, "Hello")
    desk.market.calls.clear()
    await desk.turn(by_hand=True)
    calls = desk.market.named("pull")
    talk = next(place for place, call in enumerate(calls) if "messages:34" in call)
    assert sum("ids:" in call for call in calls[:talk]) <= 1
    assert sum("ids:" in call for call in calls) == 5


async def test_old_jobs_are_asked_for_rarely(desk: Desk) -> None:
    desk.market.posts(2)
    _young, old = desk.market.projects
    desk.market.projects[1] = replace(old, posted_at=at(-5 * 86_400))
    await desk.turn()
    desk.clock.pass_(HOUR)
    await desk.turn()
    assert asked(desk) == [1]
    desk.clock.pass_(12 * HOUR)
    await desk.turn()
    assert asked(desk) == [1, 2]


async def test_a_moved_clock_of_ours_sweeps_nothing_early(desk: Desk) -> None:
    desk.market.posts(3)
    await desk.turn()
    desk.clock.pass_(40 * HOUR)
    desk.market.skew -= desk.clock.now - at(0)
    await desk.turn()
    assert asked(desk) == []


async def test_a_failing_question_does_not_stand_in_the_way_for_ever(desk: Desk) -> None:
    poison = await read_once(desk, 1)
    await desk.turn()
    desk.market.calls.clear()
    desk.clock.pass_(HOUR)
    desk.market.posts(1)
    desk.market.on_call = lambda name: (
        Fault(Refused("ODD", "no")) if f"ids:{poison}" in desk.market.calls[-1] else None
    )
    for _ in range(6):
        await desk.turn()
        desk.clock.pass_(90)
    assert len(asked(desk)) == 3


def mine(desk: Desk) -> dict[int, bool]:
    with desk.cache.read() as connection:
        return {bid.remote_id: bid.retracted for bid in bids.mine(connection)}


async def bid_once(desk: Desk, when: datetime | None = None) -> int:
    desk.market.posts(1)
    project = first(desk)
    desk.market.bids[project] = a_bid_of(ME, 50, a_bid(project), when or desk.market.time())
    await desk.turn()
    return project


async def test_a_bid_that_vanished_is_withdrawn_once_that_is_sure(desk: Desk) -> None:
    project = await bid_once(desk)
    assert mine(desk) == {50: False}
    desk.market.vanishes(50)
    desk.market.on_call = lambda name: (
        Fault(OutcomeUnknown("cut")) if f"bids:of:{project}" in desk.market.calls[-1] else None
    )
    desk.clock.pass_(30)
    await desk.turn()
    assert mine(desk) == {50: False}  # only missed: asking for its project failed
    desk.market.on_call = lambda name: None
    desk.clock.pass_(60)
    await desk.turn()
    assert mine(desk) == {50: True}
    calls = len(desk.market.calls)
    desk.clock.pass_(1)
    await desk.turn()
    assert len(desk.market.calls) == calls
    desk.market.comes_back(50)
    desk.clock.pass_(30)
    await desk.turn()
    assert mine(desk) == {50: False}


async def test_a_bid_that_only_the_list_lacks_is_still_there(desk: Desk) -> None:
    class Forgetful(Market):
        async def pull(self, feed: Feed, cursor: Cursor | None) -> Page:
            page = await super().pull(feed, cursor)
            return replace(page, facts=()) if feed == Feed("bids") and self.vanished else page

    desk.market = Forgetful(desk.clock)
    desk.engine = desk.an_engine()
    await bid_once(desk)
    desk.market.vanished.add(0)
    for _ in range(4):
        desk.clock.pass_(30)
        await desk.turn()
    assert mine(desk) == {50: False}
    assert len([call for call in desk.market.calls if "bids:of:" in call]) == 1


async def test_a_list_of_bids_that_is_not_whole_misses_nobody(desk: Desk) -> None:
    class Cut(Market):
        async def pull(self, feed: Feed, cursor: Cursor | None) -> Page:
            page = await super().pull(feed, cursor)
            return replace(page, complete=False) if feed == Feed("bids") else page

    desk.market = Cut(desk.clock)
    desk.engine = desk.an_engine()
    await bid_once(desk)
    desk.market.vanishes(50)
    desk.clock.pass_(30)
    await desk.turn()
    assert mine(desk) == {50: False}
    assert not [call for call in desk.market.calls if "bids:of:" in call]


async def test_with_nothing_new_a_turn_costs_a_bounded_number_of_requests(desk: Desk) -> None:
    desk.market.page_size = 500
    await read_once(desk, 1000)
    events = await desk.turn(by_hand=True)
    end = events[-1]
    assert isinstance(end, Finished)
    assert end.requests <= 12
    fed = [event.feed.kind for event in events if isinstance(event, Pulled)]
    assert fed.count("projects") == 1 + 5
