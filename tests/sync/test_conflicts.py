"""Conflicts: where the sync meets another hand, it keeps both sides and sends nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from freelancer_tui.domain.briefs import brief_of
from freelancer_tui.domain.conflicts import Conflict, Offering
from freelancer_tui.domain.intents import EditBid, Terms
from freelancer_tui.domain.projects import Budget, Project
from freelancer_tui.domain.proposals import Bid, Proposal
from freelancer_tui.errors import Offline
from freelancer_tui.services.conflicts import Conflicts
from freelancer_tui.services.proposals import Proposals
from freelancer_tui.store.work import conflicts, proposals
from freelancer_tui.sync import conflicts as meeting
from freelancer_tui.sync.plan import Send, next_due, plan
from freelancer_tui.sync.policy import Policy
from tests.factories import usd
from tests.sync.desk import Desk
from tests.sync.market import ME, says
from tests.sync.values import NOON, an_entry, at

JOB = 12
MINE = "I have built three of these."
OTHER = Terms(usd("300"), 5, "Written on the web site.")


JOB_BEFORE = Project(
    JOB, "Job 12", "fixed", "open", Budget("USD"), NOON, NOON, description="As it was."
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    desk.market.projects.append(JOB_BEFORE)
    yield desk
    desk.close()


def services(desk: Desk) -> tuple[Conflicts, Proposals]:
    numbers = count()

    def mint() -> str:
        return f"new{next(numbers):04}"

    return (
        Conflicts(desk.cache, desk.work, desk.clock, mint),
        Proposals(desk.cache, desk.work, desk.clock, mint),
    )


def found(desk: Desk) -> list[Conflict]:
    with desk.work.read() as session:
        return conflicts.unsettled(session)


def sheet(desk: Desk) -> Proposal:
    with desk.work.read() as session:
        kept = proposals.of_project(session, JOB)
    assert kept is not None
    return kept


def elsewhere(desk: Desk, terms: Terms = OTHER) -> Bid:
    """Let the user have placed a bid by another way."""
    bid = Bid(500, JOB, ME, terms.amount, terms.days, terms.text, NOON)
    desk.market.bids[JOB] = bid
    return bid


async def again(desk: Desk) -> None:
    """Let enough time pass that every list is read again."""
    desk.clock.pass_(3_600)
    await desk.turn()


async def placed(desk: Desk) -> str:
    entry = desk.bids(JOB)
    await desk.turn()
    assert desk.entry(entry).state == "sent"
    return entry


async def test_a_bid_that_is_placed_is_remembered_as_it_was(desk: Desk) -> None:
    entry = await placed(desk)
    assert desk.proposal(entry).placed == Terms(usd("250"), 7, MINE)
    await again(desk)
    assert found(desk) == []


async def test_a_bid_placed_elsewhere_keeps_both_sides(desk: Desk) -> None:
    elsewhere(desk)
    entry = desk.bids(JOB)
    await desk.turn()
    await again(desk)
    [one] = found(desk)
    assert (one.kind, one.subject_id) == ("placed_elsewhere", desk.entry(entry).subject_id)
    assert one.base is None
    assert one.mine == Offering(MINE, usd("250"), 7)
    assert one.theirs == Offering(OTHER.text, usd("300"), 5)
    assert sheet(desk).text == MINE


async def test_keeping_mine_changes_the_bid_that_is_there(desk: Desk) -> None:
    bid = elsewhere(desk)
    desk.bids(JOB)
    await desk.turn()
    asked, _proposals = services(desk)
    asked.settle(found(desk)[0].id, "mine")
    await desk.turn()
    assert isinstance(desk.market.landed[-1], EditBid)
    assert desk.market.bids[JOB] == says(bid, Terms(usd("250"), 7, MINE))
    assert sheet(desk).placed == Terms(usd("250"), 7, MINE)
    await again(desk)
    assert found(desk) == []


async def test_taking_theirs_makes_the_sheet_say_what_the_bid_says(desk: Desk) -> None:
    elsewhere(desk)
    desk.bids(JOB)
    await desk.turn()
    asked, _proposals = services(desk)
    settled = asked.settle(found(desk)[0].id, "theirs")
    assert settled.mine == Offering(MINE, usd("250"), 7)
    kept = sheet(desk)
    assert (kept.text, kept.price, kept.days) == (OTHER.text, usd("300"), 5)
    assert (kept.placed, kept.refusal) == (OTHER, "")
    await again(desk)
    assert found(desk) == []
    assert desk.market.landed == []


async def test_a_bid_edited_elsewhere_is_seen_at_the_next_pull(desk: Desk) -> None:
    await placed(desk)
    desk.market.bids[JOB] = says(desk.market.bids[JOB], OTHER)
    await again(desk)
    [one] = found(desk)
    assert one.kind == "edited_elsewhere"
    assert one.base == one.mine == Offering(MINE, usd("250"), 7)
    assert one.theirs == Offering(OTHER.text, usd("300"), 5)


@pytest.mark.parametrize("choice", ["mine", "theirs"])
async def test_an_edited_bid_is_settled_either_way(desk: Desk, choice: str) -> None:
    await placed(desk)
    before = desk.market.bids[JOB]
    after = desk.market.bids[JOB] = says(before, OTHER)
    await again(desk)
    asked, _proposals = services(desk)
    asked.settle(found(desk)[0].id, choice)  # type: ignore[arg-type]
    await again(desk)
    assert found(desk) == []
    assert desk.market.bids[JOB] == (before if choice == "mine" else after)
    assert sheet(desk).text == (MINE if choice == "mine" else OTHER.text)


async def test_an_edit_that_is_taken_back_there_is_no_conflict_any_more(desk: Desk) -> None:
    await placed(desk)
    before = desk.market.bids[JOB]
    desk.market.bids[JOB] = says(before, OTHER)
    await again(desk)
    [one] = found(desk)
    desk.market.bids[JOB] = before
    await again(desk)
    assert found(desk) == []
    with desk.work.read() as session:
        ended = conflicts.get(session, one.id)
    assert ended is not None
    assert ended.choice == "vanished"


async def test_a_change_of_ours_over_anothers_opens_a_conflict_and_waits(desk: Desk) -> None:
    await placed(desk)
    entry = desk.edits(JOB, "New words.")
    desk.market.bids[JOB] = says(desk.market.bids[JOB], OTHER)
    await desk.turn()
    [one] = found(desk)
    assert (one.kind, desk.entry(entry).asks) == ("edited_elsewhere", True)
    assert one.mine == Offering("New words.", usd("250"), 7)
    assert one.theirs == Offering(OTHER.text, usd("300"), 5)
    asked, _proposals = services(desk)
    asked.settle(one.id, "mine")
    await desk.turn()
    assert desk.market.bids[JOB].text == "New words."
    assert found(desk) == []


def wait_for_long(desk: Desk, entry_id: str) -> None:
    entry = desk.entry(entry_id)
    desk.put("queued", replace(entry, next_try_at=desk.clock.now + timedelta(days=1)))


def change_job(desk: Desk, **changes: Any) -> None:
    [job] = [one for one in desk.market.projects if one.remote_id == JOB]
    desk.market.projects.remove(job)
    fresh = replace(job, updated_at=desk.market.time(), **changes)
    desk.market.projects.append(fresh)


async def a_waiting_bid_for_a_job_that(desk: Desk, **changes: Any) -> str:
    """Queue a bid that waits for a day, while its job changes and is pulled."""
    await desk.turn()
    entry = desk.bids(JOB)
    wait_for_long(desk, entry)
    await again(desk)
    assert found(desk) == []
    change_job(desk, **changes)
    await again(desk)
    return entry


CHANGES: list[dict[str, Any]] = [
    {"status": "closed"},
    {"budget": Budget("USD", usd("10"), usd("20"))},
    {"description": "Not what it was."},
]


@pytest.mark.parametrize("changes", CHANGES)
async def test_a_job_that_changed_holds_what_waits(desk: Desk, changes: dict[str, Any]) -> None:
    entry = await a_waiting_bid_for_a_job_that(desk, **changes)
    [one] = found(desk)
    assert (one.kind, one.mine) == ("project_changed", None)
    assert one.base == brief_of(JOB_BEFORE)
    assert one.theirs == replace(brief_of(JOB_BEFORE), **changes)
    desk.clock.pass_(2 * 86_400)
    await desk.turn(by_hand=True)
    assert (desk.entry(entry).state, desk.market.landed) == ("queued", [])
    asked, _proposals = services(desk)
    asked.settle(one.id, "go_on")
    await desk.turn(by_hand=True)
    assert desk.entry(entry).state == "sent"


async def test_a_proposal_for_a_changed_job_can_be_taken_back(desk: Desk) -> None:
    await a_waiting_bid_for_a_job_that(desk, **CHANGES[2])
    asked, offers = services(desk)
    asked.settle(found(desk)[0].id, "take_back")
    await again(desk)
    assert found(desk) == []
    assert (sheet(desk).state, desk.market.landed) == ("draft", [])
    assert offers.show(sheet(desk).id).conflict is None


async def test_a_draft_is_told_too_and_a_rebuilt_cache_forgets_nothing(desk: Desk) -> None:
    desk.market.projects[0] = JOB_BEFORE
    await desk.turn()
    _conflicts, offers = services(desk)
    offers.draft(JOB)
    desk.close()
    for path in desk.folder.glob("cache.db*"):
        path.unlink()
    desk.open()
    change_job(desk, **CHANGES[2])
    await again(desk)
    [one] = found(desk)
    assert one.base == brief_of(JOB_BEFORE)


async def test_a_bid_in_the_cache_that_is_older_than_our_change_is_no_edit(desk: Desk) -> None:
    entry = await placed(desk)
    desk.edits(JOB, "New words.")
    with desk.work.transaction() as session:
        proposals.put(session, replace(desk.proposal(entry), text="New words."))
    desk.market.fail("pull", *[Offline("no line")] * 50)
    await desk.turn()
    assert desk.market.bids[JOB].text == "New words."
    desk.market.scripted.clear()
    desk.market.fail("pull", *[Offline("no line")] * 50)
    await again(desk)
    assert found(desk) == []
    desk.market.scripted.clear()
    await again(desk)
    assert found(desk) == []


async def test_a_bid_that_was_withdrawn_leaves_its_conflict_to_the_user(desk: Desk) -> None:
    await placed(desk)
    desk.market.bids[JOB] = says(desk.market.bids[JOB], OTHER)
    await again(desk)
    desk.market.bids[JOB] = replace(desk.market.bids[JOB], retracted=True)
    await again(desk)
    assert [one.kind for one in found(desk)] == ["edited_elsewhere"]


async def test_a_crash_between_both_files_is_healed_by_the_next_turn(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await placed(desk)
    desk.market.bids[JOB] = says(desk.market.bids[JOB], OTHER)
    with monkeypatch.context() as patch:
        patch.setattr(meeting, "compare", lambda *_: None)
        await again(desk)
    assert found(desk) == []
    desk.reopen()
    await desk.turn()
    assert [one.kind for one in found(desk)] == ["edited_elsewhere"]


async def test_a_conflict_that_opens_before_the_claim_stops_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plan was made a moment earlier; the claim looks again, in its own transaction."""
    entry = desk.bids(JOB)
    subject = desk.entry(entry).subject_id
    opened = Conflict("c1", "two_windows", subject, Offering("a"), NOON, Offering("b"))

    def meanwhile(name: str) -> None:
        if name == "watermark":
            with desk.work.transaction() as session:
                conflicts.put(session, opened)

    monkeypatch.setattr(desk.market, "on_call", meanwhile)
    await desk.turn()
    assert (desk.entry(entry).state, desk.market.landed) == ("queued", [])


def test_the_plan_sends_nothing_that_is_held_and_does_not_hurry_for_it() -> None:
    entry, other = an_entry("e1", "project:1"), an_entry("e2", "project:2")
    policy = Policy()
    steps = plan([entry, other], [], at(0), at(0), policy, held={entry.subject_id})
    assert steps == (Send(other),)
    due = next_due([entry], [], at(0), policy, held={entry.subject_id})
    assert due == at(0) + policy.longest_rest


def test_a_bid_without_its_text_is_no_edit() -> None:
    kept = Proposal("p1", JOB, "USD", MINE, usd("250"), 7, state="placed", bid_remote_id=500)
    kept = replace(kept, placed=Terms(usd("250"), 7, MINE))
    bid = Bid(500, JOB, ME, usd("250"), 7, "", NOON)
    assert meeting.meet_bid(kept, bid) == meeting.Meeting(kept)
    assert meeting.meet_bid(kept, replace(bid, text="Other.")).clash is not None


def test_what_was_placed_before_anybody_remembered_is_taken_in_where_it_is_the_same() -> None:
    kept = Proposal("p1", JOB, "USD", MINE, usd("250"), 7, state="placed", bid_remote_id=500)
    bid = Bid(500, JOB, ME, usd("250"), 7, MINE, NOON)
    assert meeting.meet_bid(kept, bid).sheet.placed == Terms(usd("250"), 7, MINE)
    clash = meeting.meet_bid(kept, replace(bid, days=9)).clash
    assert clash is not None
    assert clash.base is None
