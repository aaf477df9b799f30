"""What waits for another entry: it starts after it, and ends with it."""

from dataclasses import replace

import pytest

from freelancer_tui.domain.intents import PARENT_REFUSED, RequestMilestone
from freelancer_tui.errors import OutcomeUnknown, Refused
from freelancer_tui.store.work import conflicts, outbox
from freelancer_tui.sync.events import Finished, Moved
from tests.sync.desk import Desk
from tests.sync.market import ME, Fault, a_bid_of
from tests.sync.values import NOON, a_bid, an_entry


def asked(desk: Desk, entry_id: str) -> RequestMilestone:
    intent = desk.entry(entry_id).intent
    assert isinstance(intent, RequestMilestone)
    return intent


async def test_a_request_goes_out_after_its_bid_and_on_it(desk: Desk) -> None:
    parent = desk.bids(12)
    child = desk.asks_for(12, after=parent)
    await desk.turn()
    assert [desk.entry(one).state for one in (parent, child)] == ["sent", "sent"]
    (wish,) = desk.market.wishes
    assert wish.bid_remote_id == desk.market.bids[12].remote_id == asked(desk, child).bid_remote_id


async def test_nothing_is_asked_for_while_the_bid_is_in_doubt(desk: Desk) -> None:
    parent = desk.bids(12)
    child = desk.asks_for(12, after=parent)
    desk.market.on_call = lambda name: Fault(OutcomeUnknown("cut")) if name == "push" else None
    for _ in range(100):
        await desk.turn()
        desk.clock.pass_(60)
    assert desk.entry(parent).asks
    assert (desk.entry(child).state, desk.entry(child).attempts) == ("queued", 0)
    assert desk.market.wishes == []


async def test_a_refused_parent_refuses_what_waits_for_it_with_its_reason(desk: Desk) -> None:
    parent = desk.bids(12, text="NO good")
    child = desk.asks_for(12, after=parent)
    grandchild = desk.asks_for(13, after=child)
    other = desk.says("Hello")
    events = await desk.turn()
    for one in (child, grandchild):
        entry = desk.entry(one)
        assert (entry.state, entry.reason_code) == ("refused", PARENT_REFUSED)
        assert "We do not like it." in entry.reason
    assert desk.entry(other).state == "sent"
    moved = [event.entry.id for event in events if isinstance(event, Moved)]
    assert {parent, child, grandchild} <= set(moved)
    assert isinstance(events[-1], Finished)
    assert (events[-1].refused, events[-1].waiting) == (3, 0)


class PowerCut(Exception):
    """The program ends here."""


async def test_parent_and_child_are_refused_in_one_transaction(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*args: object) -> None:
        raise PowerCut

    parent = desk.bids(12, text="NO good")
    child = desk.asks_for(12, after=parent)
    monkeypatch.setattr(outbox, "refuse_waiting", cut)
    with pytest.raises(PowerCut):
        await desk.turn()
    desk.reopen()
    assert [desk.entry(one).state for one in (parent, child)] == ["sending", "queued"]
    monkeypatch.undo()
    await desk.turn()
    assert [desk.entry(one).state for one in (parent, child)] == ["refused", "refused"]


@pytest.mark.parametrize("state", ["queued", "refused"])
async def test_a_parent_that_is_taken_out_refuses_what_waits_for_it(desk: Desk, state: str) -> None:
    parent = desk.bids(12)
    child = desk.asks_for(12, after=parent)
    desk.put("queued", replace(desk.entry(parent), state=state))  # type: ignore[arg-type]
    with desk.work.transaction() as session:
        assert outbox.delete(session, parent, state)  # type: ignore[arg-type]
    entry = desk.entry(child)
    assert (entry.state, entry.reason_code) == ("refused", PARENT_REFUSED)
    assert "taken out" in entry.reason
    await desk.turn()
    assert desk.market.wishes == []


async def test_a_child_whose_parent_was_refused_behind_its_back_is_refused(desk: Desk) -> None:
    parent = desk.bids(12)
    child = desk.asks_for(12, after=parent)
    desk.put("queued", replace(desk.entry(parent), state="refused", reason="No."))
    await desk.turn()
    assert (desk.entry(child).state, desk.market.wishes) == ("refused", [])
    assert "No." in desk.entry(child).reason


async def test_a_bid_seen_by_the_user_alone_is_waited_for_in_the_facts(desk: Desk) -> None:
    """They said that it arrived, so nobody told its id; the next reading brings it."""
    parent = desk.bids(12)
    child = desk.asks_for(12, after=parent)
    desk.put("queued", replace(desk.entry(parent), state="sent", remote_id=None))
    desk.market.bids[12] = a_bid_of(ME, 77, a_bid(12), desk.market.time())
    for _ in range(3):
        await desk.turn()
        desk.clock.pass_(60)
    assert desk.entry(child).state == "sent"
    assert asked(desk, child).bid_remote_id == 77
    assert len(desk.market.wishes) == 1


async def test_a_bid_that_never_shows_is_not_waited_for_for_ever(desk: Desk) -> None:
    parent = desk.bids(12)
    child = desk.asks_for(12, after=parent)
    desk.put("queued", replace(desk.entry(parent), state="sent", remote_id=None))
    for _ in range(60):
        await desk.turn()
        desk.clock.pass_(60)
    assert desk.entry(child).state == "refused"
    assert desk.market.named("push") == []


async def test_a_request_left_behind_by_its_parent_finds_the_bid_placed_since(desk: Desk) -> None:
    child = desk.asks_for(12, after="gone")
    desk.market.bids[12] = a_bid_of(ME, 77, a_bid(12), desk.market.time())
    with desk.work.transaction() as session:
        assert outbox.replace(session, "queued", replace(desk.entry(child), state="refused"))
    await desk.turn()
    desk.put("refused", replace(desk.entry(child), state="queued"))
    await desk.turn()
    assert (desk.entry(child).state, asked(desk, child).bid_remote_id) == ("sent", 77)


async def test_a_parent_taken_out_while_its_child_waits_is_noticed_at_the_claim(desk: Desk) -> None:
    child = desk.asks_for(12, after="gone")
    await desk.turn()
    assert desk.entry(child).reason_code == PARENT_REFUSED


async def test_no_money_is_asked_for_while_its_bid_is_in_conflict(desk: Desk) -> None:
    desk.market.bids[12] = a_bid_of(ME, 77, a_bid(12, "Placed on the website."), NOON)
    parent = desk.bids(12)
    child, direct = desk.asks_for(12, after=parent), desk.asks_for(12)
    elsewhere = desk.says("Hello")
    await desk.turn()
    assert [desk.entry(one).state for one in (parent, elsewhere)] == ["sent", "sent"]
    assert [desk.entry(one).state for one in (child, direct)] == ["queued", "queued"]
    with desk.work.transaction() as session:
        (conflict,) = conflicts.unsettled(session, desk.entry(parent).subject_id)
        conflicts.put(session, conflict.settled("theirs", NOON))
    await desk.turn()
    assert [desk.entry(one).state for one in (child, direct)] == ["sent", "sent"]


async def test_what_is_settled_as_refused_refuses_too(desk: Desk) -> None:
    desk.market.bids[12] = a_bid_of(ME, 77, a_bid(12), desk.market.time())
    parent = desk.edits(12)
    child = desk.asks_for(12, after=parent)
    desk.market.fail("receipt", Refused("NOT_FOUND", "It is gone."))
    await desk.turn()
    assert [desk.entry(one).state for one in (parent, child)] == ["refused", "refused"]


async def test_an_entry_of_another_kind_can_wait_too(desk: Desk) -> None:
    parent = desk.bids(12)
    with desk.work.transaction() as session:
        outbox.add(session, an_entry("hello", "thread:34", after=parent))
    desk.market.fail("push", Refused("NO", "No."))
    await desk.turn()
    assert desk.entry("hello").state == "refused"
    assert desk.market.said(34) == []
