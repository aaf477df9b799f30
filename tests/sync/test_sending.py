"""Sending: what each failure makes of an entry, and that nothing is sent twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from freelancer_tui.errors import (
    Offline,
    OutcomeUnknown,
    RateLimited,
    Refused,
    Unauthorized,
    WireMismatch,
)
from freelancer_tui.sync.events import Finished, Moved, SignInNeeded, WentOffline
from freelancer_tui.sync.outcomes import PLACED_ELSEWHERE
from tests.sync.desk import Desk
from tests.sync.market import CLIENT, ME, Fault, a_bid_of
from tests.sync.values import a_bid


async def test_a_message_goes_out_once(desk: Desk) -> None:
    entry_id = desk.says("Hello")
    events = await desk.turn()
    entry = desk.entry(entry_id)
    assert desk.market.said(34) == ["Hello"]
    assert (entry.state, entry.attempts) == ("sent", 1)
    assert entry.remote_id == desk.market.messages[34][0].remote_id
    assert [event.entry.state for event in events if isinstance(event, Moved)] == [
        "sending",
        "sent",
    ]
    await desk.turn(by_hand=True)
    assert len(desk.market.named("push")) == 1


async def test_a_bid_becomes_a_placed_proposal(desk: Desk) -> None:
    entry_id = desk.bids(12)
    await desk.turn()
    proposal = desk.proposal(entry_id)
    assert (proposal.state, proposal.bid_remote_id) == ("placed", desk.market.bids[12].remote_id)


async def test_the_claim_is_on_disk_before_the_request_leaves(desk: Desk) -> None:
    entry_id = desk.says("Hello")
    seen = []

    def look(name: str) -> Fault | None:
        if name == "push":
            seen.append(desk.entry(entry_id))
        return None

    desk.market.last_id = 5000
    desk.market.on_call = look
    await desk.turn()
    assert [(one.state, one.watermark) for one in seen] == [("sending", 5000)]


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (Offline("no route"), "queued"),
        (RateLimited("slow down", wait_seconds=30), "queued"),
        (Unauthorized("expired"), "queued"),
        (Refused("TOO_LONG", "It is too long."), "refused"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else value,
)
async def test_what_a_failure_makes_of_an_entry(desk: Desk, error: Exception, state: str) -> None:
    entry_id = desk.bids(12)
    desk.market.fail("push", error)
    await desk.turn()
    entry = desk.entry(entry_id)
    assert (entry.state, entry.attempts) == (state, 1)
    assert desk.market.bids == {}
    assert len(desk.market.named("push")) == 1


@pytest.mark.parametrize("error", [OutcomeUnknown("cut"), WireMismatch("odd")], ids=["cut", "odd"])
@pytest.mark.parametrize("lands", [True, False])
async def test_a_bid_in_doubt_is_looked_for_at_once(
    desk: Desk, error: Exception, lands: bool
) -> None:
    entry_id = desk.bids(12)
    desk.market.fail("push", error, lands=lands)
    events = await desk.turn()
    assert desk.entry(entry_id).state == "sent"
    assert desk.proposal(entry_id).state == "placed"
    assert len(desk.market.named("push")) == (1 if lands else 2)
    states = [event.entry.state for event in events if isinstance(event, Moved)]
    again = [] if lands else ["queued", "sending"]
    assert states == ["sending", "doubtful", *again, "sent"]


async def test_a_message_in_doubt_that_landed_is_found(desk: Desk) -> None:
    entry_id = desk.says("Hello")
    desk.market.fail("push", OutcomeUnknown("cut"), lands=True)
    await desk.turn()
    assert desk.entry(entry_id).state == "sent"
    assert desk.market.said(34) == ["Hello"]


async def test_a_message_that_is_not_found_is_the_users_after_the_window(desk: Desk) -> None:
    entry_id = desk.says("Hello")
    desk.market.fail("push", OutcomeUnknown("cut"))
    await desk.turn()
    first = desk.entry(entry_id)
    assert (first.state, first.asks) == ("doubtful", False)
    assert first.looked_first_at is not None
    for _ in range(200):
        desk.clock.pass_(20)
        await desk.turn()
        if desk.entry(entry_id).asks:
            break
    waited = (desk.clock.now - first.looked_first_at).total_seconds()
    assert 600 <= waited < 700
    looks = len(desk.market.named("receipt"))
    assert looks < 40
    desk.clock.pass_(3600)
    await desk.turn(by_hand=True)
    assert len(desk.market.named("receipt")) == looks
    assert desk.market.said(34) == []


async def test_a_moved_clock_does_not_shorten_the_window(desk: Desk) -> None:
    entry_id = desk.says("Hello")
    desk.market.fail("push", OutcomeUnknown("cut"))
    await desk.turn()
    desk.clock.pass_(100_000)
    desk.market.skew = timedelta(seconds=60 - 100_000)
    await desk.turn()
    assert not desk.entry(entry_id).asks


async def test_a_message_that_lingers_is_found_later(desk: Desk) -> None:
    desk.market.echoes = False
    entry_id = desk.says("Hello")
    lingers = Fault(OutcomeUnknown("cut"), lands_later=60)
    desk.market.scripted["push"].append(lingers)
    for _ in range(20):
        await desk.turn()
        desk.clock.pass_(10)
    assert desk.entry(entry_id).state == "sent"
    assert desk.market.said(34) == ["Hello"]


async def test_equal_messages_in_one_conversation_go_in_order(desk: Desk) -> None:
    desk.market.echoes = False
    first, second = desk.says("ok"), desk.says("ok")
    desk.market.fail("push", OutcomeUnknown("cut"))
    await desk.turn()
    assert (desk.entry(first).state, desk.entry(second).state) == ("doubtful", "queued")
    desk.put("doubtful", replace(desk.entry(first), state="queued", next_try_at=None))
    await desk.turn()
    assert [desk.entry(one).state for one in (first, second)] == ["sent", "sent"]
    assert desk.market.said(34) == ["ok", "ok"]


async def test_what_another_entry_brought_there_is_not_taken_for_this_one(desk: Desk) -> None:
    desk.market.echoes = False
    first, second = desk.says("ok"), desk.says("ok")
    await desk.turn()
    landed = desk.entry(first)
    doubtful = replace(desk.entry(second), state="doubtful", remote_id=None, watermark=0)
    desk.put("sent", doubtful)
    assert landed.remote_id is not None
    await desk.turn()
    assert desk.entry(second).state == "doubtful"


async def test_another_bid_in_its_place_is_noted(desk: Desk) -> None:
    entry_id = desk.bids(12)
    theirs = a_bid_of(ME, 77, a_bid(12, "Placed on the website."), desk.market.time())
    desk.market.bids[12] = theirs
    await desk.turn()
    entry = desk.entry(entry_id)
    assert (entry.state, entry.remote_id, entry.reason_code) == ("sent", 77, PLACED_ELSEWHERE)
    assert entry.reason
    assert desk.proposal(entry_id).bid_remote_id == 77


async def test_a_refusal_keeps_the_text_and_the_reason(desk: Desk) -> None:
    entry_id = desk.bids(12, text="NO good")
    events = await desk.turn()
    proposal, entry = desk.proposal(entry_id), desk.entry(entry_id)
    assert (proposal.state, proposal.text) == ("refused", "NO good")
    assert (proposal.refusal_code, proposal.refusal) == ("NOT_LIKED", "We do not like it.")
    assert (entry.reason_code, entry.reason) == ("NOT_LIKED", "We do not like it.")
    assert isinstance(events[-1], Finished)
    assert (events[-1].refused, events[-1].waiting) == (1, 0)


async def test_a_refused_message_does_not_hold_the_next_one_back(desk: Desk) -> None:
    desk.says("NO good")
    second = desk.says("Hello")
    await desk.turn()
    assert desk.entry(second).state == "sent"


async def test_a_conversation_that_is_gone_refuses_its_message_before_it_is_sent(
    desk: Desk,
) -> None:
    entry_id = desk.says("Hello")
    desk.market.fail("watermark", Refused("NOT_FOUND", "It is gone."))
    await desk.turn()
    assert desk.entry(entry_id).state == "refused"
    assert desk.market.named("push") == []


async def test_without_a_watermark_nothing_is_sent(desk: Desk) -> None:
    entry_id = desk.says("Hello")
    desk.market.on_call = lambda name: Fault(OutcomeUnknown("cut")) if name == "watermark" else None
    await desk.turn()
    entry = desk.entry(entry_id)
    assert entry.state == "queued"
    assert entry.attempts >= 1
    assert entry.next_try_at is not None
    assert desk.market.named("push") == []


async def test_what_is_taken_back_while_the_watermark_is_read_stays_here(desk: Desk) -> None:
    entry_id = desk.bids(12)

    def take_back(name: str) -> Fault | None:
        if name == "watermark":
            desk.put("queued", replace(desk.entry(entry_id), state="refused"))
        return None

    desk.market.on_call = take_back
    await desk.turn()
    assert desk.market.named("push") == []
    assert desk.entry(entry_id).state == "refused"


async def test_what_is_changed_while_the_watermark_is_read_goes_out_changed(desk: Desk) -> None:
    entry_id = desk.bids(12, text="Old")

    def change(name: str) -> Fault | None:
        if name == "watermark":
            desk.market.on_call = lambda name: None
            desk.put("queued", replace(desk.entry(entry_id), intent=a_bid(12, "New")))
        return None

    desk.market.on_call = change
    await desk.turn()
    assert [call.split()[1] for call in desk.market.named("push")] == ["New"]


async def test_a_look_that_fails_is_repeated_later(desk: Desk) -> None:
    entry_id = desk.says("Hello")
    desk.market.fail("push", OutcomeUnknown("cut"), lands=True)
    desk.market.fail("receipt", OutcomeUnknown("cut"), WireMismatch("odd"))
    for _ in range(3):
        await desk.turn()
        desk.clock.pass_(10)
    assert desk.entry(entry_id).state == "sent"
    assert desk.market.said(34) == ["Hello"]


async def test_a_look_that_is_refused_asks_the_user(desk: Desk) -> None:
    entry_id = desk.says("Hello")
    desk.market.fail("push", OutcomeUnknown("cut"))
    desk.market.fail("receipt", Refused("NOT_FOUND", "It is gone."))
    await desk.turn()
    entry = desk.entry(entry_id)
    assert (entry.state, entry.asks, entry.reason) == ("doubtful", True, "It is gone.")


async def test_a_bid_that_never_gets_a_clear_answer_asks_the_user_at_last(desk: Desk) -> None:
    entry_id = desk.bids(12)
    desk.market.on_call = lambda name: Fault(OutcomeUnknown("cut")) if name == "push" else None
    for _ in range(100):
        await desk.turn()
        desk.clock.pass_(60)
        if desk.entry(entry_id).asks:
            break
    entry = desk.entry(entry_id)
    assert entry.asks
    assert entry.attempts == desk.policy.most_attempts


async def test_no_line_leaves_it_queued_and_tells(desk: Desk) -> None:
    entry_id = desk.says("Hello")
    desk.market.fail("push", Offline("no route"))
    events = await desk.turn()
    assert isinstance(events[-1], WentOffline)
    entry = desk.entry(entry_id)
    assert (entry.state, entry.next_try_at) == ("queued", None)


async def test_a_token_that_is_refused_keeps_the_queue(desk: Desk) -> None:
    first, second = desk.says("Hello"), desk.says("Hello again", thread=35)
    desk.market.fail("push", Unauthorized("expired"))
    events = await desk.turn()
    assert events[-1] == SignInNeeded("expired")
    assert [desk.entry(one).state for one in (first, second)] == ["queued", "queued"]
    assert len(desk.market.named("push")) == 1
    await desk.turn()
    assert [desk.entry(one).state for one in (first, second)] == ["sent", "sent"]


class PowerCut(Exception):
    """The program ends here."""


@pytest.mark.parametrize("lands", [True, False])
@pytest.mark.parametrize("kind", ["bid", "message"])
async def test_a_crash_between_claim_and_answer_is_settled_by_looking(
    desk: Desk, kind: str, lands: bool
) -> None:
    entry_id = desk.bids(12) if kind == "bid" else desk.says("Hello")
    desk.market.fail("push", PowerCut(), lands=lands)
    with pytest.raises(PowerCut):
        await desk.turn()
    assert desk.entry(entry_id).state == "sending"
    desk.reopen()
    await desk.turn()
    times = len(desk.market.said(34)) + len(desk.market.bids)
    if kind == "message" and not lands:
        assert (desk.entry(entry_id).state, times) == ("doubtful", 0)
    else:
        assert (desk.entry(entry_id).state, times) == ("sent", 1)


async def test_a_word_of_the_client_is_not_taken_for_ours(desk: Desk) -> None:
    desk.market.echoes = False
    entry_id = desk.says("ok")
    desk.market.fail("push", OutcomeUnknown("cut"))
    desk.market.says(34, "ok", CLIENT)
    await desk.turn()
    assert desk.entry(entry_id).state == "doubtful"
