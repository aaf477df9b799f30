"""Plan: tables for the order and the waits, properties for what must never happen."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.intents import (
    LIVE,
    AcceptAward,
    AskRelease,
    DeclineAward,
    Intent,
    IntentName,
    OutboxEntry,
    OutboxState,
    RetractBid,
    WithdrawRequest,
)
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.signals import Signal
from freelancer_tui.sync.plan import Check, Following, Mark, Pull, Send, Step, next_due, plan
from freelancer_tui.sync.policy import Policy
from tests.sync.values import NOON, a_bid, a_message, a_wish, an_edit, an_entry, at

POLICY = Policy()
THREADS = Feed("threads")
PROJECTS = Feed("projects")
TEN = timedelta(seconds=10)


def planned(
    entries: list[OutboxEntry], feeds: list[Following] | None = None, now: datetime = NOON
) -> list[Step]:
    return list(plan(entries, feeds or [], now, NOON, POLICY))


def said(steps: list[Step]) -> list[str]:
    words = []
    for step in steps:
        match step:
            case Send(entry):
                words.append(f"send {entry.id}")
            case Check(entry):
                words.append(f"check {entry.id}")
            case Mark(signals):
                threads = " ".join(str(one.thread_id) for one in signals)
                words.append(f"{signals[0].action} {threads}")
            case Pull(feed):
                words.append(f"pull {feed}")
    return words


def test_nothing_to_do() -> None:
    assert planned([]) == []


def test_settles_then_sends_then_pulls() -> None:
    entries = [an_entry("a", "thread:1"), an_entry("b", "project:2", state="doubtful")]
    steps = planned(entries, [Following(THREADS, TEN)])
    assert said(steps) == ["check b", "send a", "pull threads"]


MARKS = [
    Signal(1, "star", True, at(0)),
    Signal(1, "mute", True, at(1)),
    Signal(2, "star", True, at(2)),
    Signal(3, "star", False, at(3)),
    Signal(3, "read", True, at(4)),
]


def test_marks_are_told_after_what_is_sent_and_those_of_one_action_together() -> None:
    feeds = [Following(THREADS, TEN)]
    steps = plan([an_entry("a")], feeds, NOON, NOON, POLICY, signals=MARKS)
    told = ["send a", "star 1 2", "mute 1", "unstar 3", "read 3", "pull threads"]
    assert said(list(steps)) == told


def test_a_mark_that_failed_goes_alone_and_waits() -> None:
    tried = [replace(one, attempts=1, next_try_at=at(30)) for one in MARKS[:1]]
    marks = [*tried, *MARKS[1:3]]
    assert said(list(plan([], [], NOON, NOON, POLICY, signals=marks))) == ["mute 1", "star 2"]
    late = plan([], [], at(30), NOON, POLICY, signals=marks)
    assert said(list(late)) == ["star 1", "mute 1", "star 2"]
    assert next_due([], [], NOON, POLICY, signals=tried) == at(30)
    assert next_due([], [], NOON, POLICY, signals=MARKS) == NOON + POLICY.shortest_rest


def test_many_marks_go_in_several_calls() -> None:
    marks = [Signal(n, "read", True, at(n)) for n in range(POLICY.ids_at_once + 20)]
    (step,) = plan([], [], NOON, NOON, POLICY, signals=marks)
    assert isinstance(step, Mark)
    assert len(step.signals) == POLICY.ids_at_once


def test_the_next_of_an_entity_waits_for_the_first() -> None:
    entries = [an_entry("a"), an_entry("b"), an_entry("c", "thread:35")]
    assert said(planned(entries)) == ["send a", "send c"]


@pytest.mark.parametrize("state", ["sending", "doubtful"])
def test_nothing_overtakes_what_is_under_way(state: str) -> None:
    entries = [an_entry("a", state=state, next_try_at=at(30)), an_entry("b")]
    assert said(planned(entries)) == []


def test_a_first_that_waits_holds_the_next_back() -> None:
    entries = [an_entry("a", next_try_at=at(30)), an_entry("b")]
    assert said(planned(entries)) == []
    assert said(planned(entries, now=at(30))) == ["send a"]


def test_one_that_asks_is_left_alone_and_holds_its_entity() -> None:
    entries = [an_entry("a", state="doubtful", asks=True), an_entry("b")]
    assert said(planned(entries)) == []


@pytest.mark.parametrize("state", ["refused", "sent"])
def test_what_is_over_holds_nothing_back(state: str) -> None:
    entries = [an_entry("a", state=state), an_entry("b")]
    assert said(planned(entries)) == ["send b"]


def test_an_older_one_queued_again_waits_for_a_doubtful_younger_one() -> None:
    entries = [an_entry("a"), an_entry("b", state="doubtful")]
    assert said(planned(entries)) == ["check b"]


@pytest.mark.parametrize(
    ("parent", "step"),
    [
        ({"state": "queued"}, ["send parent"]),
        ({"state": "queued", "next_try_at": at(30)}, []),
        ({"state": "sending"}, []),
        ({"state": "doubtful"}, ["check parent"]),
        ({"state": "doubtful", "asks": True}, []),
        ({"state": "refused"}, []),
        ({"state": "sent"}, ["send child"]),
        (None, ["send child"]),
    ],
    ids=["waits", "backs off", "under way", "in doubt", "asks", "refused", "sent", "long sent"],
)
@pytest.mark.parametrize("entity", ["project:1", "project:2"])
def test_nothing_starts_before_what_it_comes_after(
    parent: dict[str, Any] | None, step: list[str], entity: str
) -> None:
    first = [] if parent is None else [an_entry("parent", "project:1", **parent)]
    child = an_entry("child", entity, after="parent")
    assert said(planned([*first, child])) == step


def test_what_waits_for_another_holds_its_entity_back() -> None:
    entries = [
        an_entry("a", "project:1", state="doubtful", asks=True),
        an_entry("b", "project:2", after="a"),
        an_entry("c", "project:2"),
        an_entry("d", "project:3"),
    ]
    assert said(planned(entries)) == ["send d"]
    entries[0] = an_entry("a", "project:1", state="sent")
    assert said(planned(entries)) == ["send b", "send d"]


def test_next_due_does_not_count_what_waits_for_another() -> None:
    parent = an_entry("a", "project:1", next_try_at=at(20))
    child = an_entry("b", "project:2", after="a", next_try_at=at(5))
    assert next_due([parent, child], [], NOON, POLICY) == at(20)


KINDS: dict[str, Intent] = {
    "place_bid": a_bid(),
    "send_message": a_message(),
    "edit_bid": an_edit(),
    "request_milestone": a_wish(),
    "request_milestone with its bid": a_wish(None),
    "retract_bid": RetractBid(77, 12),
    "accept_award": AcceptAward(77, 12),
    "decline_award": DeclineAward(77, 12),
    "ask_release": AskRelease(88, 12, Money(Decimal(60), "USD"), "A part"),
    "withdraw_request": WithdrawRequest(99, 12, Money(Decimal(60), "USD"), "A part"),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("state", LIVE)
@pytest.mark.parametrize("asks", [False, True], ids=["", "asks"])
def test_every_live_state_of_every_kind_is_somebodys_to_move(
    kind: str, state: OutboxState, asks: bool
) -> None:
    """The plan's, at some time; the start's, which doubts what was being sent; or the user's."""
    assert {intent_name(one) for one in KINDS.values()} == set(get_args(IntentName))
    entry = an_entry(intent=KINDS[kind], state=state, asks=asks, next_try_at=at(30))
    movers = {
        "plan": bool(planned([entry], now=at(30))),
        "user": entry.needs_user,
        "start": state == "sending",
    }
    assert any(movers.values())
    assert not (movers["plan"] and movers["user"]), "nobody decides over the user's head"


def intent_name(intent: Intent) -> str:
    return an_entry(intent=intent).name


def test_a_wait_that_lies_absurdly_far_is_a_moved_clock() -> None:
    assert said(planned([an_entry("a", next_try_at=at(400 * 86_400))])) == ["send a"]


@pytest.mark.parametrize(
    ("one", "now", "due"),
    [
        (Following(THREADS, TEN), NOON, True),
        (Following(THREADS, TEN, read_at=at(-9)), NOON, False),
        (Following(THREADS, TEN, read_at=at(-10)), NOON, True),
        (Following(THREADS, TEN, read_at=at(-9), news=True), NOON, True),
        (Following(THREADS, TEN, read_at=at(-9), more=True), NOON, True),
        (Following(THREADS, TEN, not_before=at(5)), NOON, False),
        (Following(THREADS, TEN, not_before=at(5)), at(5), True),
        (Following(THREADS, TEN, read_at=at(3600)), NOON, True),
        (Following(THREADS, TEN, read_at=at(1), news=True), at(60), False),
    ],
    ids=[
        "never read",
        "too early",
        "on time",
        "news",
        "mid-scan",
        "failed",
        "failed, waited",
        "clock moved back",
        "once a turn",
    ],
)
def test_when_a_feed_is_due(one: Following, now: datetime, due: bool) -> None:
    assert bool(planned([], [one], now)) is due


def test_a_scan_lets_the_others_come_round_again() -> None:
    scan = Following(PROJECTS, TEN, cursor="p2", read_at=at(9), more=True)
    early = Following(THREADS, TEN, read_at=at(0))
    assert said(planned([], [scan, early], at(9))) == ["pull projects"]
    assert said(planned([], [scan, early], at(10))) == ["pull threads", "pull projects"]


def test_many_conversations_do_not_starve_the_jobs() -> None:
    talks = [Following(Feed("messages", str(n)), TEN) for n in range(3)]
    talks[0] = Following(Feed("messages", "0"), TEN, read_at=at(2))
    scan = Following(PROJECTS, TEN, read_at=at(1), more=True)
    assert said(planned([], [*talks, scan], at(3)))[0] == "pull projects"


def test_next_due_is_the_earliest_wait_within_bounds() -> None:
    feeds = [Following(THREADS, TEN, read_at=at(0))]
    entries = [an_entry("a", next_try_at=at(4)), an_entry("b", "thread:9", state="refused")]
    assert next_due([], [], NOON, POLICY) == at(60)
    assert next_due([], feeds, NOON, POLICY) == at(10)
    assert next_due(entries, feeds, NOON, POLICY) == at(4)
    assert next_due([an_entry("c")], feeds, NOON, POLICY) == at(1)
    asks = [an_entry("a", state="doubtful", asks=True), an_entry("b")]
    assert next_due(asks, [], NOON, POLICY) == at(60)


def chained(entries: list[OutboxEntry], links: list[int | None]) -> list[OutboxEntry]:
    """Let some entries come after an earlier one."""
    pairs = enumerate(zip(entries, links, strict=False))
    return [
        replace(entry, after=None if link is None or n == 0 else entries[link % n].id)
        for n, (entry, link) in pairs
    ]


entries_ = st.lists(
    st.builds(
        an_entry,
        id=st.sampled_from([f"e{n}" for n in range(30)]),
        entity=st.sampled_from(["thread:1", "thread:2", "project:3"]),
        state=st.sampled_from(["queued", "sending", "doubtful", "refused", "sent"]),
        asks=st.booleans(),
        next_try_at=st.none() | st.integers(-100, 100).map(at),
    ),
    max_size=12,
    unique_by=lambda entry: entry.id,
)
feeds_ = st.lists(
    st.builds(
        Following,
        feed=st.builds(Feed, st.sampled_from(["projects", "threads", "messages"]), st.text()),
        every=st.integers(0, 100).map(lambda n: timedelta(seconds=n)),
        read_at=st.none() | st.integers(-100, 100).map(at),
        more=st.booleans(),
        not_before=st.none() | st.integers(-100, 100).map(at),
        news=st.booleans(),
    ),
    max_size=80,
)


links_ = st.lists(st.none() | st.integers(0, 11), min_size=12, max_size=12)


@given(entries_, links_)
def test_sending_what_is_planned_leaves_only_what_waits_for_the_user(
    entries: list[OutboxEntry], links: list[int | None]
) -> None:
    """Nothing is stuck: each that is left stands behind a question or a refusal."""
    now = {entry.id: replace(entry, next_try_at=None) for entry in chained(entries, links)}
    for entry in now.values():
        if entry.state == "sending":  # as the start of a turn leaves it
            now[entry.id] = replace(entry, state="doubtful", asks=False)
    while steps := planned(list(now.values())):
        for step in steps:
            assert isinstance(step, Send | Check)
            after = step.entry.after
            if isinstance(step, Send) and after in now:
                assert now[after].state == "sent"
            now[step.entry.id] = replace(step.entry, state="sent")
    left = [entry for entry in now.values() if entry.state in LIVE]
    held = {entry.id for entry in now.values() if entry.state == "refused" or entry.asks}
    blocked: set[str] = set()
    for entry in left:  # in queue order: what holds it was judged before it
        ahead = [one.id for one in left if one.entity == entry.entity and one.id != entry.id]
        if entry.id in held or entry.after in held | blocked or {*ahead} & (held | blocked):
            blocked.add(entry.id)
    assert blocked == {entry.id for entry in left}


@given(entries_, feeds_)
def test_a_plan_keeps_the_queue_in_order(
    entries: list[OutboxEntry], feeds: list[Following]
) -> None:
    steps = planned(entries, feeds)
    sent = [step.entry for step in steps if isinstance(step, Send)]
    assert len({entry.entity for entry in sent}) == len(sent)
    for entry in sent:
        assert entry.state == "queued"
        assert not entry.asks
        same = [other for other in entries if other.entity == entry.entity]
        before = same[: same.index(entry)]
        assert not any(other.state in LIVE for other in before)
        assert not any(other.state in ("sending", "doubtful") for other in same)


@given(entries_, feeds_)
def test_a_plan_is_bounded_and_looks_only_at_doubtful_ones(
    entries: list[OutboxEntry], feeds: list[Following]
) -> None:
    steps = planned(entries, feeds)
    assert len(steps) <= POLICY.most_steps
    for step in steps:
        if isinstance(step, Check):
            assert step.entry.state == "doubtful"
            assert not step.entry.asks


@given(entries_, feeds_, st.integers(0, 200))
def test_time_alone_brings_every_live_entry_to_a_step_or_to_the_user(
    entries: list[OutboxEntry], feeds: list[Following], later: int
) -> None:
    soon = next_due(entries, feeds, at(later), POLICY)
    assert at(later) < soon <= at(later) + POLICY.longest_rest
    steps = planned([entry for entry in entries if entry.state != "sending"], [], at(200))
    moving = {step.entry.entity for step in steps if isinstance(step, Send | Check)}
    for entry in entries:
        if entry.state in ("queued", "doubtful"):
            held = any(other.asks and other.entity == entry.entity for other in entries)
            assert held or entry.entity in moving
