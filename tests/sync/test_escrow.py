"""Asking for release, withdrawing a request: looked up by the status, never done twice."""

from dataclasses import replace

import pytest

from freelancer_tui.domain.intents import AskRelease, EscrowAction, WithdrawRequest
from freelancer_tui.domain.money import Money
from freelancer_tui.errors import Offline, OutcomeUnknown, RateLimited, WireMismatch
from tests.sync.desk import Desk
from tests.sync.market import Fault
from tests.sync.values import an_entry

JOB, MONEY, WISH = 12, 501, 502
KINDS: tuple[type[EscrowAction], ...] = (AskRelease, WithdrawRequest)
SUM = Money.of_minor(12500, "USD")


@pytest.fixture
def funded(desk: Desk) -> Desk:
    """Give a desk with money held, and a request that waits for its answer."""
    desk.market.purse.pays(MONEY, None, JOB, SUM)
    desk.market.purse.asked(WISH, JOB, SUM)
    return desk


def acts(desk: Desk, kind: type[EscrowAction]) -> str:
    intent = kind(MONEY if kind is AskRelease else WISH, JOB, SUM, "A part")
    return desk._add(an_entry("a", f"project:{JOB}", intent=intent))


def status(desk: Desk, kind: type[EscrowAction]) -> str:
    purse = desk.market.purse
    return purse.held[MONEY].status if kind is AskRelease else purse.wishes[0].status


DONE = {AskRelease: "requested_release", WithdrawRequest: "deleted"}


@pytest.mark.parametrize("kind", KINDS)
async def test_it_is_done_once_and_read_at_once(funded: Desk, kind: type[EscrowAction]) -> None:
    entry_id = acts(funded, kind)
    await funded.turn()
    await funded.turn(by_hand=True)
    assert funded.entry(entry_id).state == "sent"
    assert status(funded, kind) == DONE[kind]
    assert len(funded.market.named("push")) == 1
    with funded.cache.read() as connection:
        table = "milestones" if kind is AskRelease else "milestone_requests"
        row = connection.execute(f"SELECT status FROM {table}").fetchone()
    assert row[0] == DONE[kind]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("error", [OutcomeUnknown("cut"), WireMismatch("odd")], ids=["cut", "odd"])
async def test_one_whose_answer_is_lost_is_seen(
    funded: Desk, kind: type[EscrowAction], error: Exception
) -> None:
    entry_id = acts(funded, kind)
    funded.market.fail("push", error, lands=True)
    await funded.turn()
    assert funded.entry(entry_id).state == "sent"
    assert len(funded.market.named("push")) == len(funded.market.landed) == 1


@pytest.mark.parametrize("kind", KINDS)
async def test_one_that_is_not_seen_asks_before_it_goes_out_again(
    funded: Desk, kind: type[EscrowAction]
) -> None:
    """Even where the status proves that nothing happened: it is about money."""
    entry_id = acts(funded, kind)
    funded.market.fail("push", OutcomeUnknown("cut"))
    for _ in range(100):
        await funded.turn()
        if funded.entry(entry_id).asks:
            break
        funded.clock.pass_(30)
    assert funded.entry(entry_id).asks
    assert len(funded.market.named("push")) == 1
    funded.put("doubtful", replace(funded.entry(entry_id), state="queued", asks=False))
    await funded.turn()
    assert (funded.entry(entry_id).state, status(funded, kind)) == ("sent", DONE[kind])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("error", [Offline("no route"), RateLimited("slow", wait_seconds=30)])
async def test_what_surely_never_left_goes_out_by_itself(
    funded: Desk, kind: type[EscrowAction], error: Exception
) -> None:
    entry_id = acts(funded, kind)
    funded.market.fail("push", error)
    await funded.turn()
    assert funded.entry(entry_id).state == "queued"
    funded.clock.pass_(120)
    await funded.turn()
    assert (funded.entry(entry_id).state, status(funded, kind)) == ("sent", DONE[kind])


@pytest.mark.parametrize("kind", KINDS)
async def test_what_another_hand_did_already_is_not_sent(
    funded: Desk, kind: type[EscrowAction]
) -> None:
    entry_id = acts(funded, kind)
    intent = funded.entry(entry_id).intent
    assert isinstance(intent, AskRelease | WithdrawRequest)
    funded.market.purse.acts(intent)
    await funded.turn()
    assert (funded.entry(entry_id).state, funded.market.named("push")) == ("sent", [])


@pytest.mark.parametrize(
    ("kind", "now", "code"),
    [
        (AskRelease, "canceled", "MILESTONE_CANCELED"),
        (AskRelease, "disputed", "MILESTONE_DISPUTED"),
        (AskRelease, "pending", "MILESTONE_NOT_FUNDED"),
        (WithdrawRequest, "created", "REQUEST_FUNDED"),
        (WithdrawRequest, "rejected", "REQUEST_REJECTED"),
    ],
)
@pytest.mark.parametrize("tried", [False, True])
async def test_what_cannot_be_any_more_is_refused_with_the_reason(
    funded: Desk, kind: type[EscrowAction], now: str, code: str, tried: bool
) -> None:
    entry_id = acts(funded, kind)
    if tried:
        funded.put("queued", replace(funded.entry(entry_id), state="doubtful", attempts=1))
    purse = funded.market.purse
    if kind is AskRelease:
        purse.moves(MONEY, now)  # type: ignore[arg-type]
    else:
        purse.answers(WISH, now)  # type: ignore[arg-type]
    await funded.turn()
    entry = funded.entry(entry_id)
    assert (entry.state, entry.reason_code, funded.market.named("push")) == ("refused", code, [])


async def test_money_that_was_paid_out_meanwhile_is_not_asked_for(funded: Desk) -> None:
    entry_id = acts(funded, AskRelease)
    funded.market.purse.moves(MONEY, "cleared")
    await funded.turn()
    assert (funded.entry(entry_id).state, funded.market.named("push")) == ("sent", [])


async def test_a_request_on_no_list_is_no_proof_that_it_was_withdrawn(funded: Desk) -> None:
    entry_id = acts(funded, WithdrawRequest)
    funded.market.purse.wishes.clear()
    funded.market.scripted["push"].append(Fault(OutcomeUnknown("cut")))
    await funded.turn()
    assert funded.entry(entry_id).state == "doubtful"
