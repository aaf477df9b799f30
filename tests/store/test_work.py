"""What the user made: proposals, replies, reads, the outbox."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, timedelta
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from freelancer_tui.domain.attachments import Upload
from freelancer_tui.domain.intents import (
    LIVE,
    PARENT_REFUSED,
    AcceptAward,
    AskRelease,
    DeclineAward,
    EditBid,
    Intent,
    OutboxState,
    PlaceBid,
    RequestMilestone,
    RetractBid,
    SendMessage,
    WithdrawRequest,
)
from freelancer_tui.domain.money import Money, minor_digits
from freelancer_tui.domain.signals import Reading
from freelancer_tui.store.columns import micros
from freelancer_tui.store.gate import Gate
from freelancer_tui.store.work import intents, meta, outbox, proposals, reads, replies
from freelancer_tui.store.work.database import Session, WorkDatabase
from freelancer_tui.store.work.file import ready
from freelancer_tui.store.work.migrations import MIGRATIONS
from tests.factories import NOW, a_bid_intent, a_proposal, a_reply_intent, an_entry, usd

LATER = NOW + timedelta(minutes=5)
STATES: tuple[OutboxState, ...] = get_args(OutboxState)


def test_a_proposal_comes_back(work: WorkDatabase) -> None:
    bare = a_proposal("p2", price=None, days=None, created_at=None, updated_at=None)
    with work.transaction() as session:
        proposals.put(session, a_proposal())
        proposals.put(session, bare)
        proposals.put(session, a_proposal(text="Changed", updated_at=LATER))
    with work.read() as session:
        assert proposals.get(session, "p1") == a_proposal(
            text="Changed", updated_at=LATER, revision=1
        )
        assert proposals.get(session, "p2") == bare
        assert proposals.get(session, "p3") is None
        assert [one.id for one in proposals.all(session, 10)] == ["p1", "p2"]
        assert proposals.of_project(session, 2) is None


def test_the_newest_of_a_job_is_told_by_time_not_by_the_form_of_its_id(work: WorkDatabase) -> None:
    with work.transaction() as session:
        proposals.put(session, a_proposal("bid-500", created_at=NOW))
        for proposal_id in ("p1", "p2"):
            proposals.put(session, a_proposal(proposal_id, created_at=LATER))
        newest = proposals.of_project(session, 1)
    assert newest is not None
    assert newest.id == "p2"


def test_proposals_are_counted_listed_and_thrown_away(work: WorkDatabase) -> None:
    with work.transaction() as session:
        for number, state in enumerate(("draft", "draft", "placed")):
            proposals.put(session, a_proposal(f"p{number}", state=state))
        proposals.delete(session, "p0")
        proposals.delete(session, "p0")
    with work.read() as session:
        assert proposals.counts(session) == {"draft": 1, "placed": 1}
        assert [one.id for one in proposals.all(session, 10, "placed")] == ["p2"]
        assert len(proposals.all(session, 1)) == 1


def test_a_draft_reply_is_kept_until_it_is_empty(work: WorkDatabase) -> None:
    with work.transaction() as session:
        replies.keep_draft(session, 30, "Yes", NOW)
        replies.keep_draft(session, 30, "Yes, I", LATER)
        replies.keep_draft(session, 31, "No", NOW)
        replies.keep_draft(session, 32, "", NOW)
    with work.read() as session:
        assert replies.draft(session, 30) == "Yes, I"
        assert replies.drafts(session) == {30: "Yes, I", 31: "No"}
    with work.transaction() as session:
        replies.keep_draft(session, 30, "", LATER)
        assert replies.draft(session, 30) == ""


def test_reading_never_goes_back(work: WorkDatabase) -> None:
    with work.transaction() as session:
        reads.mark(session, 30, LATER)
        reads.mark(session, 30, NOW)
    with work.read() as session:
        assert reads.all(session) == {30: Reading(LATER)}


def test_single_words(work: WorkDatabase) -> None:
    with work.transaction() as session:
        assert meta.get(session, "user_id") is None
        meta.put(session, "user_id", "1")
        meta.put(session, "user_id", "2")
        assert meta.get(session, "user_id") == "2"


def test_an_entry_comes_back_whole(work: WorkDatabase) -> None:
    entry = an_entry(
        intent=a_reply_intent(uploads=(Upload("a.pdf", "files/a.pdf", 12),)),
        attempts=3,
        next_try_at=LATER,
        watermark=299,
        looked_first_at=NOW,
        asks=True,
        reason_code="X",
        reason="Because",
        remote_id=300,
        after="e0",
        found=a_bid_intent(days=9, text="Theirs").mine,
    )
    with work.transaction() as session:
        outbox.add(session, entry)
    with work.read() as session:
        assert outbox.get(session, "e1") == entry
        assert outbox.get(session, "e2") is None


@pytest.mark.parametrize("state", LIVE)
def test_every_live_state_is_selected(work: WorkDatabase, state: OutboxState) -> None:
    with work.transaction() as session:
        outbox.add(session, an_entry(state=state))
    with work.read() as session:
        assert [entry.state for entry in outbox.live(session)] == [state]
        assert [entry.state for entry in outbox.listed(session, 5)] == [state]


@pytest.mark.parametrize("state", sorted(set(STATES) - set(LIVE)))
def test_no_other_state_is_live(work: WorkDatabase, state: OutboxState) -> None:
    with work.transaction() as session:
        outbox.add(session, an_entry(state=state))
    with work.read() as session:
        assert outbox.live(session) == []


@pytest.mark.parametrize("state", STATES)
def test_what_waits_for_an_entry_is_refused_when_that_is_taken_out(
    work: WorkDatabase, state: OutboxState
) -> None:
    with work.transaction() as session:
        outbox.add(session, an_entry("parent"))
        outbox.add(session, an_entry("child", after="parent", state=state))
        outbox.add(session, an_entry("grandchild", after="child"))
        outbox.add(session, an_entry("other", after="somebody"))
        assert not outbox.delete(session, "parent", "sending")
        assert outbox.delete(session, "parent", "queued")
    with work.read() as session:
        found = {one: outbox.get(session, one) for one in ("child", "grandchild", "other")}
    ended = {name for name, one in found.items() if one and one.reason_code == PARENT_REFUSED}
    assert ended == ({"child", "grandchild"} if state == "queued" else set())
    assert all(one and (one.state == "refused") for name, one in found.items() if name in ended)


def test_the_queue_keeps_its_order(work: WorkDatabase) -> None:
    with work.transaction() as session:
        for entry_id, at in (("c", LATER), ("b", NOW), ("a", LATER)):
            outbox.add(session, an_entry(entry_id, queued_at=at, entity=f"thread:{entry_id}"))
    with work.read() as session:
        assert [entry.id for entry in outbox.live(session)] == ["b", "a", "c"]
        assert [entry.id for entry in outbox.live(session, 2)] == ["b", "a"]


@pytest.mark.parametrize("expected", STATES)
@pytest.mark.parametrize("found", STATES)
def test_an_entry_moves_only_from_the_state_that_was_seen(
    work: WorkDatabase, expected: OutboxState, found: OutboxState
) -> None:
    moved = an_entry(state="sent", remote_id=9)
    with work.transaction() as session:
        outbox.add(session, an_entry(state=found))
    with work.transaction() as session:
        assert outbox.replace(session, expected, moved) is (expected == found)
    with work.transaction() as session:
        kept = outbox.get(session, "e1")
        assert kept == (moved if expected == found else an_entry(state=found))
        assert outbox.delete(session, "e1", "doubtful") is (kept.state == "doubtful")


def test_a_change_is_seen_in_its_own_session(work: WorkDatabase) -> None:
    with work.transaction() as session:
        outbox.add(session, an_entry())
        assert outbox.replace(session, "queued", an_entry(state="sending"))
        assert outbox.recover(session) == 1
        found = outbox.get(session, "e1")
        assert found is not None
        assert found.state == "doubtful"
        assert outbox.delete(session, "e1", "doubtful")
        assert outbox.get(session, "e1") is None


def test_what_was_sending_is_doubtful_after_a_crash(work: WorkDatabase) -> None:
    with work.transaction() as session:
        for state in STATES:
            entry = an_entry(state, state=state, entity=state, next_try_at=LATER)
            outbox.add(session, entry)
        assert outbox.recover(session) == 1
    with work.read() as session:
        recovered = outbox.get(session, "sending")
        assert recovered == an_entry("sending", entity="sending", state="doubtful")
        assert outbox.get(session, "queued") == an_entry(
            "queued", entity="queued", next_try_at=LATER
        )


def test_what_waits_and_what_asks_is_counted(work: WorkDatabase) -> None:
    with work.read() as session:
        assert outbox.counts(session) == (0, 0)
    with work.transaction() as session:
        for state in STATES:
            outbox.add(session, an_entry(state, state=state))
        outbox.add(session, an_entry("asks", state="doubtful", asks=True))
    with work.read() as session:
        assert outbox.counts(session) == outbox.Counts(waiting=3, needs_user=2)


def test_a_threads_entries_with_the_newest_sent(work: WorkDatabase) -> None:
    with work.transaction() as session:
        for number in range(60):
            at = NOW + timedelta(seconds=number)
            talk = an_entry(
                f"s{number:02}",
                entity="thread:30",
                state="sent",
                queued_at=at,
                intent=a_reply_intent(),
            )
            outbox.add(session, talk)
        outbox.add(session, replace(talk, id="w", state="refused"))
        outbox.add(session, replace(talk, id="x", entity="thread:31"))
    with work.read() as session:
        found = [entry.id for entry in outbox.of_thread(session, 30)]
    assert found == [*(f"s{number}" for number in range(10, 60)), "w"]


def test_a_proposals_entry_is_the_one_not_sent(work: WorkDatabase) -> None:
    with work.transaction() as session:
        outbox.add(session, an_entry("a", state="refused"))
        outbox.add(session, an_entry("b", state="queued", queued_at=LATER))
        outbox.add(session, an_entry("c", state="sent", queued_at=LATER))
        found = outbox.of_subject(session, "p1")
        assert found is not None
        assert found.id == "b"
        assert outbox.of_subject(session, "p9") is None


def test_nothing_is_kept_of_a_failed_transaction(work: WorkDatabase) -> None:
    with pytest.raises(ZeroDivisionError), work.transaction() as session:
        _add_and_fail(session)
    with work.read() as session:
        assert outbox.live(session) == []


def _add_and_fail(session: Session) -> None:
    outbox.add(session, an_entry())
    raise ZeroDivisionError


CODES = st.sampled_from(["USD", "IDR", "JPY", "KWD", "CLF"])
MONEY = st.builds(
    lambda units, code: Money(Decimal(units).scaleb(-minor_digits(code)), code),
    st.integers(0, 10**15),
    CODES,
)
WORDS = st.text(st.characters(exclude_categories=["Cs"]))
PLACE = st.builds(
    PlaceBid,
    project_remote_id=st.integers(1, 2**62),
    amount=MONEY,
    days=st.integers(1, 999),
    text=WORDS,
    milestone_percentage=st.integers(20, 100),
    newer_than=st.integers(0, 2**62),
)
SEND = st.builds(
    SendMessage,
    thread_remote_id=st.integers(1, 2**62),
    text=WORDS,
    client_message_id=st.from_regex(r"[0-9]{1,15}", fullmatch=True),
    uploads=st.lists(
        st.builds(Upload, name=WORDS, path=WORDS, size=st.integers(0)), max_size=3
    ).map(tuple),
)

EDIT = st.builds(
    EditBid,
    bid_remote_id=st.integers(1, 2**62),
    project_remote_id=st.integers(1, 2**62),
    amount=MONEY,
    days=st.integers(1, 999),
    text=WORDS,
    base_amount=MONEY,
    base_days=st.integers(0, 999),
    base_text=WORDS,
    milestone_percentage=st.none() | st.integers(20, 100),
)
ASK = st.builds(
    RequestMilestone,
    project_remote_id=st.integers(1, 2**62),
    bid_remote_id=st.none() | st.integers(1, 2**62),
    amount=MONEY,
    text=WORDS,
    mark=WORDS,
)


IDS = {"bid_remote_id": st.integers(1, 2**62), "project_remote_id": st.integers(1, 2**62)}
ACTIONS = [
    st.builds(RetractBid, **IDS),
    *(
        st.builds(kind, **IDS, awarded_at=st.none() | st.datetimes(timezones=st.just(UTC)))
        for kind in (AcceptAward, DeclineAward)
    ),
    *(
        st.builds(kind, *(st.integers(1, 2**62),) * 2, MONEY, WORDS)
        for kind in (AskRelease, WithdrawRequest)
    ),
]


@given(st.one_of(PLACE, SEND, EDIT, ASK, *ACTIONS))
def test_an_intent_comes_back_equal(intent: Intent) -> None:
    assert intents.read(intents.written(intent)) == intent


def test_an_intent_of_a_later_version_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="unknown"):
        intents.read('{"name":"praise_client"}')


def test_amounts_are_kept_in_whole_units() -> None:
    assert '"amount":25050' in intents.written(PlaceBid(1, usd("250.50"), 1, "x"))


def test_a_clock_set_back_does_not_turn_the_queue_around(work: WorkDatabase) -> None:
    first = an_entry("e1", queued_at=NOW)
    second = an_entry("e2", queued_at=NOW - timedelta(hours=1))
    with work.transaction() as session:
        outbox.add(session, first)
        outbox.add(session, second)
    with work.read() as session:
        assert [entry.id for entry in outbox.live(session)] == ["e1", "e2"]


def test_entries_of_an_older_file_wait_for_nothing(tmp_path: Path) -> None:
    path = tmp_path / "work.db"
    ready(path, Gate(path), MIGRATIONS[:2])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO outbox (id, intent, subject_id, entity, about, state, queued_at, attempts,"
            " asks, reason_code, reason) VALUES ('e1', ?, 'p1', 'project:1', 'Build a web shop',"
            " 'queued', ?, 0, 0, '', '')",
            (intents.written(a_bid_intent()), micros(NOW)),
        )
    with closing(WorkDatabase(tmp_path)) as work, work.read() as session:
        assert outbox.get(session, "e1") == an_entry("e1")
