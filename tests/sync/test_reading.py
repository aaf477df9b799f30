"""Reading: feeds are followed, places move only with their rows, and nobody is starved."""

from pathlib import Path

import pytest

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.messages import Message
from freelancer_tui.errors import (
    MarketplaceError,
    OutcomeUnknown,
    Refused,
    StoreError,
    WireMismatch,
)
from freelancer_tui.store.cache import cursors
from freelancer_tui.store.cache import projects as cached
from freelancer_tui.store.work import meta
from freelancer_tui.sync.events import Event, Failed, Finished, Pulled
from freelancer_tui.sync.policy import Policy
from tests.sync.desk import Desk
from tests.sync.market import ME, Fault, a_bid_of, a_project
from tests.sync.values import a_bid


def pulled(events: list[Event]) -> list[str]:
    return [str(event.feed) for event in events if isinstance(event, Pulled)]


def the_end(events: list[Event]) -> Finished:
    assert isinstance(events[-1], Finished)
    return events[-1]


def place(desk: Desk, feed: Feed) -> str | None:
    with desk.cache.read() as connection:
        found = cursors.get(connection, feed)
    return found.cursor if found else None


async def test_a_first_turn_reads_everything_and_asks_first_who_we_are(desk: Desk) -> None:
    desk.market.says(34, "Are you there?")
    desk.market.posts(3)
    events = await desk.turn()
    assert pulled(events) == [
        "self",
        "threads",
        "currencies",
        "bids",
        "projects",
        "messages:34",
        "milestones",
        "skills",
    ]
    assert desk.heard() == ["Are you there?"]
    assert desk.jobs() == 3
    counts = dict(the_end(events).pulled)
    assert counts["projects"] == 3
    assert counts["messages"] == 1
    assert the_end(events).requests == len(desk.market.calls)


async def test_a_new_word_of_the_client_comes_in_the_same_turn(desk: Desk) -> None:
    desk.market.says(34, "Hello")
    await desk.turn()
    desk.clock.pass_(60)
    desk.market.says(34, "Still there?")
    await desk.turn()
    assert desk.heard() == ["Hello", "Still there?"]


async def test_two_words_in_one_second_are_both_read(desk: Desk) -> None:
    desk.market.says(34, "Hello")
    said: list[Message] = []

    def another(name: str) -> Fault | None:
        if desk.market.calls[-1].startswith("pull milestones") and not said:
            said.append(desk.market.says(34, "?"))
        return None

    desk.market.on_call = another
    desk.market.latency = 0
    await desk.turn()
    desk.clock.pass_(10)
    await desk.turn()
    assert desk.heard() == ["Hello", "?"]


async def test_a_conversation_without_news_is_left_alone(desk: Desk) -> None:
    desk.market.says(34, "Hello")
    for _ in range(5):
        await desk.turn()
        desk.clock.pass_(60)
    assert len([call for call in desk.market.calls if "messages:34" in call]) <= 2


async def test_each_feed_has_its_own_pace(desk: Desk) -> None:
    await desk.turn()
    desk.clock.pass_(11)
    assert pulled(await desk.turn()) == ["threads"]
    desk.clock.pass_(11)
    assert sorted(pulled(await desk.turn())) == ["bids", "threads"]


async def test_an_open_conversation_is_listened_to_more_often(desk: Desk) -> None:
    await desk.turn()
    desk.clock.pass_(6)
    assert pulled(await desk.turn()) == []
    desk.listens = True
    end = await desk.turn()
    assert pulled(end) == ["threads"]
    assert (the_end(end).next_at - the_end(end).at).total_seconds() <= 5
    desk.says("Hello")
    assert "threads" in pulled(await desk.turn())  # at once, not five seconds later


async def test_by_hand_reads_all_but_the_daily_lists(desk: Desk) -> None:
    await desk.turn()
    events = await desk.turn(by_hand=True)
    assert sorted(pulled(events)) == ["bids", "milestones", "projects", "self", "threads"]


async def test_the_daily_lists_wait_a_day_across_programs(desk: Desk) -> None:
    await desk.turn()
    desk.reopen()
    assert "skills" not in pulled(await desk.turn())
    desk.clock.pass_(86_400)
    assert "skills" in pulled(await desk.turn())


async def test_the_turn_says_when_the_next_is_due(desk: Desk) -> None:
    end = the_end(await desk.turn())
    assert 8 < (end.next_at - end.at).total_seconds() <= 10


async def test_saved_searches_are_followed(desk: Desk) -> None:
    with desk.work.transaction() as session:
        meta.put(session, "saved_searches", '["python scraping"]')
    assert "projects:search:python scraping" in pulled(await desk.turn())


async def test_a_job_that_the_work_refers_to_is_asked_for_by_id(desk: Desk) -> None:
    desk.market.projects.append(a_project(12, desk.market.time()))
    desk.market.projects.append(a_project(13, desk.market.time()))
    desk.market.bids[12] = a_bid_of(ME, 50, a_bid(12), desk.market.time())
    desk.market.says(34, "About the other job")
    desk.market.about[34] = 13
    desk.market.on_call = lambda name: (
        Fault(OutcomeUnknown("cut")) if desk.market.calls[-1] == "pull projects from None" else None
    )
    events = await desk.turn()
    assert "projects:ids:13,12" in pulled(events)
    with desk.cache.read() as connection:
        assert cached.known(connection, [12, 13]) == {12, 13}
    assert place(desk, Feed("projects", "ids:13,12")) is None


async def test_open_jobs_of_ours_are_refreshed_and_closed_ones_are_not(desk: Desk) -> None:
    desk.market.projects.append(a_project(12, desk.market.time()))
    desk.market.projects.append(a_project(13, desk.market.time(), "closed"))
    for project in (12, 13):
        desk.market.bids[project] = a_bid_of(ME, 50 + project, a_bid(project), desk.market.time())
    await desk.turn()
    desk.clock.pass_(301)
    assert "projects:ids:12" in pulled(await desk.turn())


async def test_a_job_that_the_user_looks_at_is_refreshed(desk: Desk) -> None:
    desk.market.posts(3)
    await desk.turn()
    looked = desk.market.projects[1].remote_id
    desk.looked = [looked, looked]
    desk.market.closes(looked)
    assert f"projects:ids:{looked}" in pulled(await desk.turn())
    with desk.cache.read() as connection:
        assert cached.summaries(connection, [looked])[looked].status == "closed"
    desk.clock.pass_(301)
    assert f"projects:ids:{looked}" not in pulled(await desk.turn())


async def test_a_job_that_is_gone_is_not_asked_for_again_and_again(desk: Desk) -> None:
    desk.market.bids[12] = a_bid_of(ME, 50, a_bid(12), desk.market.time())
    for _ in range(5):
        await desk.turn()
        desk.clock.pass_(60)
    assert len([call for call in desk.market.calls if "ids:" in call]) == 1


@pytest.mark.parametrize("error", [WireMismatch("odd"), OutcomeUnknown("cut"), Refused("X", "no")])
async def test_one_feed_that_fails_does_not_stop_the_others(
    desk: Desk, error: MarketplaceError
) -> None:
    failing = "pull threads from None"
    desk.market.on_call = lambda name: Fault(error) if desk.market.calls[-1] == failing else None
    events = await desk.turn()
    failed = [event for event in events if isinstance(event, Failed)]
    assert {(str(one.feed), one.reason) for one in failed} == {("threads", str(error))}
    assert {"bids", "projects", "milestones"} <= set(pulled(events))
    desk.market.on_call = lambda name: None
    desk.clock.pass_(60)
    assert "threads" in pulled(await desk.turn())


async def test_a_place_that_leads_nowhere_is_given_up(desk: Desk) -> None:
    desk.market.posts(3)
    await desk.turn()
    assert place(desk, Feed("projects")) == "3"
    desk.market.on_call = lambda name: (
        Fault(Refused("BAD_CURSOR", "no"))
        if "pull projects from 3" in desk.market.calls[-1]
        else None
    )
    for _ in range(4):
        desk.clock.pass_(61)
        await desk.turn()
    assert desk.market.named("pull").count("pull projects from None") == 2


async def test_a_cache_that_is_lost_while_the_program_runs_is_read_from_the_beginning(
    desk: Desk,
) -> None:
    desk.market.posts(3)
    desk.market.says(34, "Here is the brief")
    await desk.turn()
    assert (desk.jobs(), desk.heard()) == (3, ["Here is the brief"])
    for name in ("cache.db", "cache.db-wal", "cache.db-shm"):
        (desk.folder / name).unlink()
    desk.market.calls.clear()
    with pytest.raises(StoreError):
        await desk.turn(by_hand=True)
    desk.clock.pass_(30)
    await desk.turn()
    assert (desk.jobs(), desk.heard()) == (3, ["Here is the brief"])
    desk.market.calls.clear()
    await desk.turn()
    assert "pull projects from None" not in desk.market.named("pull")


async def test_the_place_moves_only_with_its_rows(desk: Desk) -> None:
    desk.market.page_size = 2
    desk.market.posts(5)
    good, desk.market.projects[3] = desk.market.projects[3], a_project(2**70, desk.market.time())
    with pytest.raises(OverflowError):  # the file takes no such number: half of a page is written
        await desk.turn()
    desk.market.projects[3] = good
    desk.reopen()
    assert (place(desk, Feed("projects")), desk.jobs()) == ("2", 2)
    await desk.turn()
    assert (place(desk, Feed("projects")), desk.jobs()) == ("5", 5)
    assert desk.market.named("pull").count("pull projects from None") == 1


class Killed(Exception):
    """The program ends here."""


async def test_a_first_sync_goes_on_after_a_kill_without_fetching_what_it_has(desk: Desk) -> None:
    desk.market.page_size = 10
    desk.market.posts(1000)
    kills = iter((17, 18, 40, 77))
    next_kill = next(kills)

    def kill(name: str) -> Fault | None:
        if desk.market.calls[-1] == f"pull projects from {10 * next_kill}":
            return Fault(Killed())
        return None

    desk.market.on_call = kill
    for _ in range(4):
        with pytest.raises(Killed):
            await desk.turn()
        desk.reopen()
        next_kill = next(kills, -1)
    assert desk.jobs() == 770
    desk.market.calls.clear()
    end = the_end(await desk.turn())
    assert desk.jobs() == 1000
    assert end.requests <= 23 + 10
    pages = [call for call in desk.market.calls if call.startswith("pull projects from")]
    assert len(pages) == 23  # what was left, and nothing twice


async def test_the_log_of_a_long_first_sync_stays_short(tmp_path: Path) -> None:
    longest = dict.fromkeys((100, 10_000_000), 0)
    for rows in longest:
        desk = Desk(tmp_path / str(rows), policy=Policy(rows_between_checkpoints=rows))
        log = desk.cache.path.with_name("cache.db-wal")
        desk.market.page_size = 20
        desk.market.posts(1000)
        async for _event in desk.engine.turn():
            longest[rows] = max(longest[rows], log.stat().st_size)
        desk.close()
    assert longest[100] < longest[10_000_000] / 3


async def test_a_message_queued_during_a_long_first_scan_is_sent_before_its_end(
    desk: Desk,
) -> None:
    desk.market.page_size = 1
    desk.market.posts(1000)
    queued_at = []

    def queue(name: str) -> Fault | None:
        if desk.market.calls[-1] == "pull projects from 500":
            queued_at.append(len(desk.market.calls))
            desk.says("Here I am")
            desk.market.says(35, "A new client")
        return None

    desk.market.on_call = queue
    events = await desk.turn()
    calls = desk.market.calls
    assert calls.index("push Here I am") == queued_at[0] + 1  # the watermark, then the message
    assert calls.index("pull projects from 501") > calls.index("push Here I am")
    assert calls.index("pull messages:35 from None") < calls.index("pull projects from 700")
    assert desk.jobs() == 1000
    assert the_end(events).pushed == 1
    first = next(event for event in events if isinstance(event, Pulled) and event.total)
    assert (first.done, first.total) == (1, 1000)


async def test_conversations_do_not_starve_the_jobs(desk: Desk) -> None:
    desk.market.page_size = 1
    desk.market.posts(20)
    for thread in range(100, 120):
        desk.market.says(thread, "Hello")
    await desk.turn()
    calls = desk.market.named("pull")
    last_talk = max(n for n, call in enumerate(calls) if "messages" in call)
    last_job = max(n for n, call in enumerate(calls) if "projects" in call)
    assert abs(last_talk - last_job) < 10
