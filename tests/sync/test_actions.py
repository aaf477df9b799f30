"""Withdrawing, accepting and declining: settled by a look at the bid, never done blindly."""

from dataclasses import replace

import pytest

from freelancer_tui.domain.intents import AcceptAward, BidAction, DeclineAward, EditBid, RetractBid
from freelancer_tui.domain.proposals import Proposal
from freelancer_tui.errors import OutcomeUnknown, Refused, WireMismatch
from freelancer_tui.store.work import proposals
from tests.sync.desk import Desk
from tests.sync.market import ME, Fault, a_bid_of
from tests.sync.values import a_bid, an_entry

KINDS: tuple[type[BidAction], ...] = (RetractBid, AcceptAward, DeclineAward)
BID, JOB = 77, 12


@pytest.fixture
def awarded(desk: Desk) -> Desk:
    """Give a desk with a bid that was awarded, and its sheet."""
    desk.market.places(a_bid_of(ME, BID, a_bid(JOB), desk.market.time()))
    desk.market.awards(JOB)
    terms = a_bid(JOB).mine
    sheet = Proposal("sheet", JOB, "USD", state="placed", bid_remote_id=BID, placed=terms)
    sheet = replace(sheet, text=terms.text, price=terms.amount, days=terms.days)
    with desk.work.transaction() as session:
        proposals.put(session, sheet)
    return desk


def acts(desk: Desk, kind: type[BidAction], entry_id: str = "a") -> str:
    entry = an_entry(entry_id, f"project:{JOB}", intent=kind(BID, JOB), subject_id="sheet")
    return desk._add(entry)


def done(desk: Desk, kind: type[BidAction]) -> bool:
    bid = desk.market.all_bids()[BID]
    if kind is RetractBid:
        return bid.retracted
    return bool(bid.accepted_at) if kind is AcceptAward else bid.award_status == "canceled"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lands", [True, False])
async def test_a_lost_answer_is_looked_up_and_it_is_done_once(
    awarded: Desk, kind: type[BidAction], lands: bool
) -> None:
    entry_id = acts(awarded, kind)
    awarded.market.fail("push", OutcomeUnknown("cut"), lands=lands)
    await awarded.turn()
    assert awarded.entry(entry_id).state == "sent"
    assert done(awarded, kind)
    assert len(awarded.market.landed) == 1
    assert len(awarded.market.named("push")) == (1 if lands else 2)
    state = "withdrawn" if kind is RetractBid else "placed"
    assert awarded.proposal(entry_id).state == state


@pytest.mark.parametrize("kind", KINDS)
async def test_what_another_hand_did_already_is_not_sent(
    awarded: Desk, kind: type[BidAction]
) -> None:
    entry_id = acts(awarded, kind)
    awarded.market.acts(kind(BID, JOB))
    await awarded.turn()
    assert (awarded.entry(entry_id).state, awarded.market.named("push")) == ("sent", [])


@pytest.mark.parametrize(
    ("kind", "before", "code"),
    [
        (AcceptAward, DeclineAward, "AWARD_DECLINED"),
        (AcceptAward, RetractBid, "BID_RETRACTED"),
        (DeclineAward, AcceptAward, "BID_ALREADY_ACCEPTED"),
        (DeclineAward, RetractBid, "BID_RETRACTED"),
        (RetractBid, AcceptAward, "BID_ALREADY_ACCEPTED"),
        (AcceptAward, None, "AWARD_GONE"),
        (DeclineAward, None, "AWARD_GONE"),
    ],
)
@pytest.mark.parametrize("tried", [False, True])
async def test_what_cannot_be_any_more_is_refused_with_the_reason(
    awarded: Desk, kind: type[BidAction], before: type[BidAction] | None, code: str, tried: bool
) -> None:
    """Also when it was tried and its answer got lost: the bid says that it did not happen."""
    entry_id = acts(awarded, kind)
    if tried:
        awarded.put("queued", replace(awarded.entry(entry_id), state="doubtful", attempts=1))
    if before is None:
        awarded.market.awards(JOB)  # it was awarded, so this takes it back
    else:
        awarded.market.acts(before(BID, JOB))
    await awarded.turn()
    entry, sheet = awarded.entry(entry_id), awarded.proposal(entry_id)
    assert (entry.state, entry.reason_code, awarded.market.named("push")) == ("refused", code, [])
    assert (sheet.state, sheet.refusal_code, sheet.refusal) == ("placed", code, entry.reason)


@pytest.mark.parametrize("kind", [AcceptAward, DeclineAward])
@pytest.mark.parametrize("tried", [False, True])
async def test_an_answer_to_one_award_is_none_to_the_next(
    awarded: Desk, kind: type[AcceptAward | DeclineAward], tried: bool
) -> None:
    """A decline whose answer got lost had landed, and the client awarded the work again."""
    given = awarded.market.bids[JOB].awarded_at
    entry_id = awarded._add(
        an_entry("a", f"project:{JOB}", intent=kind(BID, JOB, given), subject_id="sheet")
    )
    if tried:
        awarded.put("queued", replace(awarded.entry(entry_id), state="doubtful", attempts=1))
        awarded.market.acts(DeclineAward(BID, JOB))
    else:
        awarded.market.awards(JOB)
    awarded.clock.pass_(1)
    awarded.market.awards(JOB)
    await awarded.turn()
    entry = awarded.entry(entry_id)
    assert (entry.state, entry.reason_code) == ("refused", "AWARD_RENEWED")
    assert (awarded.market.named("push"), awarded.market.landed) == ([], [])
    assert awarded.market.bids[JOB].award_status == "awarded"


async def test_a_refusal_of_the_marketplace_leaves_the_bid_as_it_is(awarded: Desk) -> None:
    entry_id = acts(awarded, AcceptAward)
    awarded.market.fail("push", Refused("FUNDS", "Add funds for the fee first."))
    await awarded.turn()
    assert awarded.entry(entry_id).state == "refused"
    assert awarded.proposal(entry_id).refusal == "Add funds for the fee first."
    assert not done(awarded, AcceptAward)


async def test_a_look_that_fails_sends_nothing(awarded: Desk) -> None:
    entry_id = acts(awarded, RetractBid)
    broken = Fault(WireMismatch("odd"))
    awarded.market.on_call = lambda name: broken if name == "receipt" else None
    await awarded.turn()
    assert (awarded.entry(entry_id).state, awarded.market.named("push")) == ("queued", [])


async def test_a_change_that_is_under_way_goes_first(awarded: Desk) -> None:
    """One project has one line: what was queued first is settled first."""
    change = awarded.edits(JOB)
    awarded.market.fail("push", OutcomeUnknown("cut"), lands=True)
    entry_id = acts(awarded, RetractBid)
    await awarded.turn()
    assert [type(one) for one in awarded.market.landed] == [EditBid, RetractBid]
    assert [awarded.entry(one).state for one in (change, entry_id)] == ["sent", "sent"]
    assert awarded.proposal(entry_id).state == "withdrawn"


async def test_the_bid_is_read_at_once_after_it(awarded: Desk) -> None:
    """So that the screen does not offer for long to accept what is accepted."""
    await awarded.turn()
    awarded.clock.pass_(1)
    acts(awarded, AcceptAward)
    before = len(awarded.market.calls)
    await awarded.turn()
    assert "pull" in [call.split()[0] for call in awarded.market.calls[before:]]
    with awarded.cache.read() as connection:
        row = connection.execute("SELECT accepted_at FROM bids").fetchone()
    assert row[0] is not None


@pytest.mark.parametrize(("newer_than", "pushes"), [(BID, 2), (0, 1)])
async def test_a_withdrawn_bid_of_the_same_words_is_not_the_new_one(
    awarded: Desk, newer_than: int, pushes: int
) -> None:
    """Whoever offers the same again knows which bid was withdrawn; without that it looks done."""
    awarded.market.acts(RetractBid(BID, JOB))
    intent = replace(a_bid(JOB), newer_than=newer_than)
    entry_id = awarded._add(an_entry("n", f"project:{JOB}", intent=intent))
    awarded.market.fail("push", OutcomeUnknown("cut"))
    await awarded.turn()
    assert awarded.entry(entry_id).state == "sent"
    assert len(awarded.market.named("push")) == pushes
    assert awarded.market.bids[JOB].retracted == (pushes == 1)
