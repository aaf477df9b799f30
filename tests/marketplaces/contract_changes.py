"""Contract of changes: what every adapter must do with edits of bids and wishes for money."""

from dataclasses import replace

import pytest

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.intents import AcceptAward, DeclineAward, RetractBid, Terms
from freelancer_tui.domain.milestones import MilestoneRequest
from freelancer_tui.errors import OutcomeUnknown, Refused
from tests.marketplaces.contract import Stage, asking, bid_on, changing, of, offer


class ChangesContract:
    """The suite, a part of the marketplace's."""

    async def test_a_bid_is_changed_exactly_as_meant(self, stage: Stage) -> None:
        placed = await stage.marketplace.push(offer(stage))
        edit = changing(stage, placed.remote_id)
        before = await stage.marketplace.receipt(edit, None)
        assert (before.receipt, before.proves_absence, before.found) == (None, True, None)
        receipt = await stage.marketplace.push(edit)
        assert (receipt.remote_id, receipt.found) == (placed.remote_id, None)
        bid = bid_on(await stage.marketplace.pull(Feed("bids"), None), stage.project)
        assert Terms(bid.amount, bid.days, bid.text) == edit.mine
        after = await stage.marketplace.receipt(edit, None)
        assert after.receipt is not None
        assert after.receipt.remote_id == placed.remote_id

    async def test_a_bid_that_was_changed_elsewhere_is_told(self, stage: Stage) -> None:
        placed = await stage.marketplace.push(offer(stage))
        stage.edit_elsewhere(placed.remote_id, days=33)
        sighting = await stage.marketplace.receipt(changing(stage, placed.remote_id), None)
        assert sighting.receipt is None
        assert not sighting.proves_absence
        assert sighting.found == replace(offer(stage).mine, days=33)

    async def test_a_change_whose_answer_is_lost_is_found(self, stage: Stage) -> None:
        placed = await stage.marketplace.push(offer(stage))
        edit = changing(stage, placed.remote_id)
        stage.lose_answer("*/bids/*", "PUT")
        with pytest.raises(OutcomeUnknown):
            await stage.marketplace.push(edit)
        assert (await stage.marketplace.receipt(edit, None)).receipt is not None

    async def test_a_change_that_never_arrived_is_proved_absent(self, stage: Stage) -> None:
        placed = await stage.marketplace.push(offer(stage))
        edit = changing(stage, placed.remote_id)
        stage.lose_request("*/bids/*", "PUT")
        with pytest.raises(OutcomeUnknown):
            await stage.marketplace.push(edit)
        sighting = await stage.marketplace.receipt(edit, None)
        assert (sighting.receipt, sighting.proves_absence) == (None, True)

    async def test_a_change_of_a_bid_that_is_gone_is_refused(self, stage: Stage) -> None:
        placed = await stage.marketplace.push(offer(stage))
        stage.withdraw(placed.remote_id)
        for bid in (placed.remote_id, 999_999):
            with pytest.raises(Refused):
                await stage.marketplace.receipt(changing(stage, bid), None)
            with pytest.raises(Refused):
                await stage.marketplace.push(changing(stage, bid))

    async def test_a_bid_is_withdrawn_once(self, stage: Stage) -> None:
        placed = await stage.marketplace.push(offer(stage))
        intent = RetractBid(placed.remote_id, stage.project)
        before = await stage.marketplace.receipt(intent, None)
        assert (before.receipt, before.proves_absence) == (None, True)
        stage.lose_answer("*/bids/*", "PUT")
        with pytest.raises(OutcomeUnknown):
            await stage.marketplace.push(intent)
        after = await stage.marketplace.receipt(intent, None)
        assert after.receipt is not None
        assert (await stage.marketplace.push(intent)).remote_id == placed.remote_id
        bid = bid_on(await stage.marketplace.pull(Feed("bids"), None), stage.project)
        assert bid.retracted

    @pytest.mark.parametrize("kind", [AcceptAward, DeclineAward])
    async def test_an_award_is_answered_once(
        self, stage: Stage, kind: type[AcceptAward | DeclineAward]
    ) -> None:
        placed = await stage.marketplace.push(offer(stage))
        intent = kind(placed.remote_id, stage.project)
        with pytest.raises(Refused) as caught:
            await stage.marketplace.push(intent)
        assert caught.value.reason_code == "AWARD_GONE"
        stage.award(placed.remote_id)
        stage.lose_request("*/bids/*", "PUT")
        with pytest.raises(OutcomeUnknown):
            await stage.marketplace.push(intent)
        assert (await stage.marketplace.receipt(intent, None)).proves_absence
        for _again in range(2):
            assert (await stage.marketplace.push(intent)).remote_id == placed.remote_id
        assert (await stage.marketplace.receipt(intent, None)).receipt is not None
        bid = bid_on(await stage.marketplace.pull(Feed("bids"), None), stage.project)
        assert bid.accepted_at if kind is AcceptAward else bid.award_status == "canceled"
        other = (AcceptAward if kind is DeclineAward else DeclineAward)(
            bid.remote_id, stage.project
        )
        for look in (stage.marketplace.receipt(other, None), stage.marketplace.push(other)):
            with pytest.raises(Refused):
                await look

    async def test_nothing_can_be_done_to_a_bid_that_is_gone(self, stage: Stage) -> None:
        placed = await stage.marketplace.push(offer(stage))
        stage.withdraw(placed.remote_id)
        for bid, code in ((placed.remote_id, "BID_RETRACTED"), (999_999, "NOT_FOUND")):
            with pytest.raises(Refused) as caught:
                await stage.marketplace.push(AcceptAward(bid, stage.project))
            assert caught.value.reason_code == code
        gone = RetractBid(999_999, stage.project)
        assert (await stage.marketplace.receipt(gone, None)).proves_absence
        assert (await stage.marketplace.push(gone)).remote_id == 999_999

    async def test_a_milestone_is_asked_for_with_its_mark(self, stage: Stage) -> None:
        placed = await stage.marketplace.push(offer(stage))
        intent = asking(stage, placed.remote_id)
        assert await stage.marketplace.watermark(intent) == 0
        receipt = await stage.marketplace.push(intent)
        page = await stage.marketplace.pull(Feed("milestones"), None)
        (wish,) = of(page, MilestoneRequest)
        assert (wish.remote_id, wish.amount, wish.bid_remote_id, wish.text) == (
            receipt.remote_id,
            intent.amount,
            placed.remote_id,
            "Half of é (ref K7M2QD)",
        )
        assert await stage.marketplace.watermark(intent) == receipt.remote_id
        found = await stage.marketplace.receipt(intent, receipt.remote_id - 1)
        assert found.receipt == receipt
        sighting = await stage.marketplace.receipt(intent, receipt.remote_id)
        assert sighting.receipt is None, "not newer than the watermark"

    async def test_a_request_whose_answer_is_lost_is_found_by_its_mark(self, stage: Stage) -> None:
        placed = await stage.marketplace.push(offer(stage))
        await stage.marketplace.push(asking(stage, placed.remote_id, "OTHER1"))
        intent = asking(stage, placed.remote_id)
        watermark = await stage.marketplace.watermark(intent)
        stage.lose_answer("*/milestone_requests")
        with pytest.raises(OutcomeUnknown):
            await stage.marketplace.push(intent)
        assert len(stage.wishes(placed.remote_id)) == 2
        sighting = await stage.marketplace.receipt(intent, watermark)
        assert sighting.receipt is not None
        assert sighting.receipt.remote_id > (watermark or 0)

    async def test_a_request_that_never_arrived_is_not_found(self, stage: Stage) -> None:
        """An equal one with another mark is not taken for it, and nothing is proved."""
        placed = await stage.marketplace.push(offer(stage))
        intent = asking(stage, placed.remote_id)
        watermark = await stage.marketplace.watermark(intent)
        await stage.marketplace.push(asking(stage, placed.remote_id, "OTHER1"))
        stage.lose_request("*/milestone_requests")
        with pytest.raises(OutcomeUnknown):
            await stage.marketplace.push(intent)
        sighting = await stage.marketplace.receipt(intent, watermark)
        assert (sighting.receipt, sighting.proves_absence) == (None, False)

    async def test_a_request_on_a_withdrawn_bid_is_refused(self, stage: Stage) -> None:
        placed = await stage.marketplace.push(offer(stage))
        stage.withdraw(placed.remote_id)
        with pytest.raises(Refused) as caught:
            await stage.marketplace.push(asking(stage, placed.remote_id))
        assert str(caught.value)
