"""Asking for money: never twice by itself, and found by its mark when the answer was lost."""

from dataclasses import replace

import pytest

from freelancer_tui.domain.intents import Intent, Sighting
from freelancer_tui.errors import Offline, OutcomeUnknown, RateLimited, Refused, WireMismatch
from tests.sync.desk import Desk
from tests.sync.market import ME, Fault, a_bid_of
from tests.sync.values import a_bid


@pytest.fixture
def desk_with_bid(desk: Desk) -> Desk:
    desk.market.bids[12] = a_bid_of(ME, 77, a_bid(12), desk.market.time())
    return desk


async def until_asked(desk: Desk, entry_id: str) -> None:
    for _ in range(100):
        await desk.turn()
        if desk.entry(entry_id).asks:
            return
        desk.clock.pass_(30)
    raise AssertionError("the user is never asked")


async def test_a_request_goes_out_once_with_its_mark(desk_with_bid: Desk) -> None:
    desk = desk_with_bid
    entry_id = desk.asks_for(12, "First part")
    await desk.turn()
    await desk.turn(by_hand=True)
    (wish,) = desk.market.wishes
    entry = desk.entry(entry_id)
    assert (entry.state, entry.remote_id) == ("sent", wish.remote_id)
    assert wish.text == "First part (ref MARK0001)"
    assert len(desk.market.named("push")) == 1


@pytest.mark.parametrize("error", [OutcomeUnknown("cut"), WireMismatch("odd")], ids=["cut", "odd"])
async def test_one_whose_answer_is_lost_is_found_by_its_mark(
    desk_with_bid: Desk, error: Exception
) -> None:
    desk = desk_with_bid
    entry_id = desk.asks_for(12)
    desk.market.fail("push", error, lands=True)
    await desk.turn()
    assert (desk.entry(entry_id).state, len(desk.market.wishes)) == ("sent", 1)
    assert len(desk.market.named("push")) == 1


async def test_one_that_is_not_found_is_the_users(desk_with_bid: Desk) -> None:
    desk = desk_with_bid
    entry_id = desk.asks_for(12)
    desk.market.fail("push", OutcomeUnknown("cut"))
    await until_asked(desk, entry_id)
    assert desk.entry(entry_id).state == "doubtful"
    for _ in range(5):
        desk.clock.pass_(3600)
        await desk.turn(by_hand=True)
    assert len(desk.market.named("push")) == 1
    assert desk.market.wishes == []


async def test_no_proof_of_absence_is_good_enough(
    desk_with_bid: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_with_bid

    async def sure(intent: Intent, watermark: int | None) -> Sighting:
        return Sighting(None, desk.market.time(), proves_absence=True)

    monkeypatch.setattr(desk.market, "receipt", sure)
    entry_id = desk.asks_for(12)
    desk.market.fail("push", OutcomeUnknown("cut"))
    await until_asked(desk, entry_id)
    assert len(desk.market.named("push")) == 1


async def test_one_that_lingers_is_found_later(desk_with_bid: Desk) -> None:
    desk = desk_with_bid
    entry_id = desk.asks_for(12)
    desk.market.scripted["push"].append(Fault(OutcomeUnknown("cut"), lands_later=200))
    for _ in range(40):
        await desk.turn()
        desk.clock.pass_(20)
    assert (desk.entry(entry_id).state, len(desk.market.wishes)) == ("sent", 1)


async def test_sent_again_by_the_user_it_first_looks_for_the_first_try(desk_with_bid: Desk) -> None:
    """It arrived after the user was asked; whoever then says "send again" pays nothing twice."""
    desk = desk_with_bid
    entry_id = desk.asks_for(12)
    desk.market.scripted["push"].append(Fault(OutcomeUnknown("cut"), lands_later=5000))
    await until_asked(desk, entry_id)
    desk.clock.pass_(6000)
    desk.put("doubtful", replace(desk.entry(entry_id), state="queued", asks=False))
    await desk.turn()
    assert (desk.entry(entry_id).state, len(desk.market.wishes)) == ("sent", 1)
    assert len(desk.market.named("push")) == 1


async def test_sent_again_by_the_user_it_goes_out_where_it_is_not_there(
    desk_with_bid: Desk,
) -> None:
    desk = desk_with_bid
    entry_id = desk.asks_for(12)
    desk.market.fail("push", OutcomeUnknown("cut"))
    await until_asked(desk, entry_id)
    desk.put("doubtful", replace(desk.entry(entry_id), state="queued", asks=False))
    await desk.turn()
    assert (desk.entry(entry_id).state, len(desk.market.wishes)) == ("sent", 1)


@pytest.mark.parametrize("error", [Offline("no route"), RateLimited("slow", wait_seconds=30)])
async def test_what_surely_never_left_goes_out_by_itself(
    desk_with_bid: Desk, error: Exception
) -> None:
    desk = desk_with_bid
    entry_id = desk.asks_for(12)
    desk.market.fail("push", error)
    await desk.turn()
    assert desk.entry(entry_id).state == "queued"
    desk.clock.pass_(120)
    await desk.turn()
    assert (desk.entry(entry_id).state, len(desk.market.wishes)) == ("sent", 1)


async def test_a_refusal_keeps_its_reason(desk_with_bid: Desk) -> None:
    desk = desk_with_bid
    entry_id = desk.asks_for(12, "NO money")
    await desk.turn()
    entry = desk.entry(entry_id)
    assert (entry.state, entry.reason) == ("refused", "We do not like it.")


async def test_one_that_was_sent_before_its_file_was_restored_is_found(
    desk_with_bid: Desk,
) -> None:
    desk = desk_with_bid
    entry_id = desk.asks_for(12)
    as_queued = desk.entry(entry_id)
    await desk.turn()
    desk.put("sent", as_queued)
    await desk.turn()
    assert (desk.entry(entry_id).state, len(desk.market.wishes)) == ("sent", 1)
    assert len(desk.market.named("push")) == 1


async def test_another_request_on_the_bid_is_not_taken_for_it(desk_with_bid: Desk) -> None:
    desk = desk_with_bid
    desk.asks_for(12)
    await desk.turn()
    second = desk.asks_for(12)
    desk.market.fail("push", OutcomeUnknown("cut"))
    await desk.turn()
    assert desk.entry(second).state == "doubtful"


async def test_a_bid_that_is_gone_refuses_the_request(desk_with_bid: Desk) -> None:
    desk = desk_with_bid
    entry_id = desk.asks_for(12)
    desk.market.fail("watermark", Refused("NOT_FOUND", "It is gone."))
    await desk.turn()
    assert (desk.entry(entry_id).state, desk.market.named("push")) == ("refused", [])


class PowerCut(Exception):
    """The program ends here."""


@pytest.mark.parametrize("lands", [True, False])
async def test_a_crash_between_claim_and_answer(desk_with_bid: Desk, lands: bool) -> None:
    desk = desk_with_bid
    entry_id = desk.asks_for(12)
    desk.market.fail("push", PowerCut(), lands=lands)
    with pytest.raises(PowerCut):
        await desk.turn()
    desk.reopen()
    if lands:
        await desk.turn()
        assert desk.entry(entry_id).state == "sent"
    else:
        await until_asked(desk, entry_id)
    assert len(desk.market.wishes) == lands
