"""Changing a bid: never over another's change, and settled by reading what is there."""

from dataclasses import replace

import pytest

from freelancer_tui.domain.intents import EditBid, Terms
from freelancer_tui.domain.proposals import Proposal
from freelancer_tui.errors import Offline, OutcomeUnknown, Refused, WireMismatch
from freelancer_tui.store.work import proposals
from freelancer_tui.sync.outcomes import EDITED_ELSEWHERE, PLACED_ELSEWHERE
from tests.sync.desk import Desk
from tests.sync.market import ME, Fault, a_bid_of, says, terms_of
from tests.sync.values import a_bid

OTHER = replace(a_bid(12, "Changed on the website.").mine, days=9)


@pytest.fixture
def placed(desk: Desk) -> Desk:
    """Give a desk with a bid that was placed before."""
    desk.market.bids[12] = a_bid_of(ME, 77, a_bid(12), desk.market.time())
    return desk


def there(desk: Desk) -> Terms:
    return terms_of(desk.market.bids[12])


def elsewhere(desk: Desk) -> None:
    desk.market.bids[12] = says(desk.market.bids[12], OTHER)


async def test_a_change_lands(placed: Desk) -> None:
    entry_id = placed.edits(12)
    await placed.turn()
    entry = placed.entry(entry_id)
    assert (entry.state, entry.remote_id, there(placed).text) == ("sent", 77, "New words.")
    assert len(placed.market.named("push")) == 1


async def test_the_bid_is_read_before_it_is_changed(placed: Desk) -> None:
    placed.edits(12)
    await placed.turn()
    sent = [call.split()[0] for call in placed.market.calls]
    assert sent.index("receipt") < sent.index("push")


async def test_a_change_never_goes_over_anothers(placed: Desk) -> None:
    entry_id = placed.edits(12)
    elsewhere(placed)
    for _ in range(3):
        await placed.turn(by_hand=True)
        placed.clock.pass_(3600)
    entry = placed.entry(entry_id)
    assert (entry.state, entry.asks, entry.reason_code) == ("doubtful", True, EDITED_ELSEWHERE)
    assert entry.found == OTHER
    assert (there(placed), placed.market.named("push")) == (OTHER, [])
    assert entry.reason


async def test_what_is_there_already_is_not_sent(placed: Desk) -> None:
    entry_id = placed.edits(12)
    mine = placed.entry(entry_id).intent
    assert isinstance(mine, EditBid)
    placed.market.bids[12] = says(placed.market.bids[12], mine.mine)
    await placed.turn()
    assert (placed.entry(entry_id).state, placed.market.named("push")) == ("sent", [])


@pytest.mark.parametrize("error", [OutcomeUnknown("cut"), WireMismatch("odd")], ids=["cut", "odd"])
@pytest.mark.parametrize("lands", [True, False])
async def test_a_change_in_doubt_is_settled_by_reading(
    placed: Desk, error: Exception, lands: bool
) -> None:
    entry_id = placed.edits(12)
    placed.market.fail("push", error, lands=lands)
    await placed.turn()
    assert (placed.entry(entry_id).state, there(placed).text) == ("sent", "New words.")
    assert len(placed.market.named("push")) == (1 if lands else 2)


async def test_a_change_in_doubt_that_another_went_over_is_the_users(placed: Desk) -> None:
    entry_id = placed.edits(12)
    calls = []

    def then_other(name: str) -> Fault | None:
        calls.append(name)
        if name == "receipt" and "push" in calls:
            elsewhere(placed)
        return Fault(OutcomeUnknown("cut"), lands=True) if name == "push" else None

    placed.market.on_call = then_other
    await placed.turn()
    entry = placed.entry(entry_id)
    assert (entry.state, entry.asks, entry.found) == ("doubtful", True, OTHER)
    assert there(placed) == OTHER


async def test_another_change_before_a_second_try_is_seen(placed: Desk) -> None:
    entry_id = placed.edits(12)
    placed.market.fail("push", Offline("no route"))
    await placed.turn()
    elsewhere(placed)
    placed.clock.pass_(60)
    await placed.turn()
    assert placed.entry(entry_id).reason_code == EDITED_ELSEWHERE
    assert there(placed) == OTHER


async def test_a_look_that_fails_sends_nothing(placed: Desk) -> None:
    entry_id = placed.edits(12)
    placed.market.on_call = lambda name: Fault(WireMismatch("odd")) if name == "receipt" else None
    await placed.turn()
    entry = placed.entry(entry_id)
    assert (entry.state, placed.market.named("push")) == ("queued", [])
    assert entry.next_try_at is not None


async def test_a_bid_that_is_gone_refuses_its_change(placed: Desk) -> None:
    entry_id = placed.edits(12)
    placed.market.bids[12] = replace(placed.market.bids[12], retracted=True)
    await placed.turn()
    assert (placed.entry(entry_id).state, placed.market.named("push")) == ("refused", [])


async def test_two_changes_of_one_bid_go_in_order(placed: Desk) -> None:
    first = placed.edits(12, "One")
    second = placed.edits(12, "Two")
    intent = placed.entry(second).intent
    assert isinstance(intent, EditBid)
    placed.put("queued", replace(placed.entry(second), intent=replace(intent, base_text="One")))
    placed.market.fail("push", OutcomeUnknown("cut"))
    await placed.turn()
    assert [placed.entry(one).state for one in (first, second)] == ["sent", "sent"]
    assert there(placed).text == "Two"


async def test_a_refused_change_leaves_the_proposal_placed(placed: Desk) -> None:
    entry_id = placed.edits(12)
    entry = placed.entry(entry_id)
    sheet = Proposal(entry.subject_id, 12, "USD", state="placed", bid_remote_id=77)
    with placed.work.transaction() as session:
        proposals.put(session, sheet)
    placed.market.fail("push", Refused("CLOSED", "It takes no more bids."))
    await placed.turn()
    kept = placed.proposal(entry_id)
    assert placed.entry(entry_id).state == "refused"
    assert (kept.state, kept.refusal, kept.bid_remote_id) == (
        "placed",
        "It takes no more bids.",
        77,
    )


async def test_what_stands_in_a_new_bids_place_is_kept(desk: Desk) -> None:
    entry_id = desk.bids(12)
    desk.market.bids[12] = says(a_bid_of(ME, 77, a_bid(12), desk.market.time()), OTHER)
    await desk.turn()
    entry = desk.entry(entry_id)
    assert (entry.state, entry.reason_code, entry.found) == ("sent", PLACED_ELSEWHERE, OTHER)


class PowerCut(Exception):
    """The program ends here."""


@pytest.mark.parametrize("lands", [True, False])
async def test_a_crash_between_claim_and_answer(placed: Desk, lands: bool) -> None:
    entry_id = placed.edits(12)
    placed.market.fail("push", PowerCut(), lands=lands)
    with pytest.raises(PowerCut):
        await placed.turn()
    placed.reopen()
    await placed.turn()
    assert (placed.entry(entry_id).state, there(placed).text) == ("sent", "New words.")
