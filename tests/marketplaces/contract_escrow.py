"""Contract of escrow: what every adapter must do with money that is held or asked for."""

import pytest

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.intents import AskRelease, EscrowAction, WithdrawRequest
from freelancer_tui.domain.milestones import Milestone, MilestoneRequest
from freelancer_tui.errors import OutcomeUnknown, Refused
from tests.marketplaces.contract import Stage, of, offer

KINDS: tuple[type[EscrowAction], ...] = (AskRelease, WithdrawRequest)


async def about(stage: Stage, kind: type[EscrowAction]) -> EscrowAction:
    """Give what is to be done to the money of a stage that is funded."""
    placed = await stage.marketplace.push(offer(stage))
    stage.award_and_fund(placed.remote_id)
    money = await there(stage, kind)
    return kind(money.remote_id, stage.project, money.amount, money.text)


async def there(stage: Stage, kind: type[EscrowAction]) -> Milestone | MilestoneRequest:
    page = await stage.marketplace.pull(Feed("milestones"), None)
    found: list[Milestone] | list[MilestoneRequest] = (
        of(page, Milestone) if kind is AskRelease else of(page, MilestoneRequest)
    )
    return found[0]


class EscrowContract:
    """The suite, a part of the marketplace's."""

    @pytest.mark.parametrize("kind", KINDS)
    async def test_money_is_acted_on_once(self, stage: Stage, kind: type[EscrowAction]) -> None:
        intent = await about(stage, kind)
        path = "*/milestones/*" if kind is AskRelease else "*/milestone_requests/*"
        assert await stage.marketplace.watermark(intent) is None
        before = await stage.marketplace.receipt(intent, None)
        assert (before.receipt, before.proves_absence) == (None, True)
        stage.lose_request(path, "PUT")
        with pytest.raises(OutcomeUnknown):
            await stage.marketplace.push(intent)
        assert (await stage.marketplace.receipt(intent, None)).proves_absence
        stage.lose_answer(path, "PUT")
        with pytest.raises(OutcomeUnknown):
            await stage.marketplace.push(intent)
        after = await stage.marketplace.receipt(intent, None)
        assert after.receipt is not None
        assert after.receipt.remote_id == intent.remote_id
        assert (await stage.marketplace.push(intent)).remote_id == intent.remote_id
        meant = "requested_release" if kind is AskRelease else "deleted"
        assert (await there(stage, kind)).status == meant

    async def test_money_that_the_client_took_back_is_not_asked_for(self, stage: Stage) -> None:
        intent = await about(stage, AskRelease)
        stage.takes_back(intent.remote_id)
        for call in (
            stage.marketplace.receipt(intent, None),
            stage.marketplace.push(intent),
        ):
            with pytest.raises(Refused) as caught:
                await call
            assert caught.value.reason_code == "MILESTONE_CANCELED"

    async def test_a_request_that_was_funded_is_not_withdrawn(self, stage: Stage) -> None:
        intent = await about(stage, WithdrawRequest)
        stage.funds(intent.remote_id)
        with pytest.raises(Refused) as caught:
            await stage.marketplace.push(intent)
        assert caught.value.reason_code == "REQUEST_FUNDED"

    async def test_money_that_is_not_there_is_refused(self, stage: Stage) -> None:
        known = await about(stage, AskRelease)
        rest = (known.project_remote_id, known.amount, known.text)
        with pytest.raises(Refused):
            await stage.marketplace.push(AskRelease(999_999, *rest))
        gone = WithdrawRequest(999_999, *rest)
        assert (await stage.marketplace.receipt(gone, None)).receipt is None
        assert (await stage.marketplace.push(gone)).remote_id == 999_999
