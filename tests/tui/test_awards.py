"""Awards: what somebody does with bids that are placed, and with a board full of them."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.intents import AcceptAward, DeclineAward, EditBid, RetractBid
from freelancer_tui.domain.money import Currency
from tests.factories import NOW, a_bid, a_currency, a_milestone, a_project, a_proposal, a_thread
from tests.tui.desk import Desk, User, at
from tests.tui.scenes import board, jobs


def awarded(desk: Desk) -> None:
    """Let a bid of 250 dollars be awarded three hours ago, and one be placed."""
    jobs(desk)
    rupiah = Currency(3, "IDR", "Indonesian Rupiah", "Rp", Decimal("0.0000625"))
    desk.keep(Feed("currencies"), a_currency(), rupiah)
    ago = NOW - timedelta(hours=3)
    desk.keep(Feed("bids"), a_bid(53, project_remote_id=3, award_status="awarded", awarded_at=ago))
    desk.keep(Feed("bids"), a_bid(54, project_remote_id=4, rank=3))
    desk.keep(Feed("threads"), a_thread(30, project_remote_id=3))
    desk.lay_in(a_proposal("p3", project_remote_id=3, state="placed", bid_remote_id=53))


def funded(desk: Desk) -> None:
    awarded(desk)
    desk.keep(Feed("milestones"), a_milestone(80, project_remote_id=3, bid_remote_id=53))


def waiting(user: User) -> list[type]:
    return [type(view.entry.intent) for view in user.desk.outbox.views()]


async def test_an_award_tells_what_it_costs_and_until_when(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", awarded) as user:
        assert user.sees("★ Awarded · accept within 33 h")
        await user.press("enter")
        assert user.sees("Accept by Thu 26 Nov 2026, 02:30 (33 h left)")
        told = user.reads("#sheet-bid")
        assert "USD 25 (≈ IDR 400,000) (rule of Sun 1 Nov 2026)" in told
        assert "USD 225 (≈ IDR 3,600,000) is left" in told
        assert "! Nothing is funded" in told
        await user.press("escape", "a")
        assert user.sees("Accept? The marketplace keeps USD 25")
        assert user.sees("Nothing is funded yet.")
        await user.press("n")
        assert waiting(user) == []
        await user.press("a", "y")
        assert waiting(user) == [AcceptAward]
        assert user.host.queued == 1
        assert user.sees("Awarded · Acceptance: Waiting to be sent")
        await user.press("t")
        assert waiting(user) == []


async def test_a_funded_award_is_declined_after_a_question(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", funded) as user:
        await user.press("enter")
        assert "Funded: USD 125 held, USD 0 paid out." in user.reads("#sheet-bid")
        await user.press("escape", "n", "y")
        assert waiting(user) == [DeclineAward]


async def test_a_bid_is_withdrawn_after_a_question_and_tells_its_rank(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", awarded) as user:
        await user.press("j", "a")
        assert not user.sees("Accept?")
        await user.press("enter")
        assert user.reads("#sheet-bid") == "Rank 3 of 12."
        assert user.sees("You get USD 225")
        await user.press("escape", "w", "y")
        assert waiting(user) == [RetractBid]


async def test_the_conversation_is_one_key_away(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", awarded) as user:
        await user.press("m", "j", "m")
        assert user.host.wished == [("messages", 30)]
        assert user.told() == "There is no conversation about this job yet."


async def test_search_and_order_by_key(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", board) as user:
        await user.press("slash")
        await user.type("flutter")
        await user.pilot.pause(0.05)
        await user.settle()
        assert user.sees("1 of 7 · by state")
        assert user.sees("Flutter app")
        assert not user.sees("Fix the checkout")
        await user.press("enter", "escape")
        assert user.sees("Fix the checkout")
        await user.press("s", "s", "S")
        assert user.sees("7 · by price, reversed")


async def test_words_that_nothing_has_say_so(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", board) as user:
        await user.press("slash")
        await user.type("zebra")
        await user.pilot.pause(0.05)
        await user.settle()
        assert user.sees("No proposal has all of these words.")
        await user.press("escape")
        assert user.sees("★ Awarded")


async def test_a_placed_bid_is_changed_by_key_and_no_word_of_it_is_lost(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", awarded) as user:
        await user.press("j", "e")
        assert user.told().startswith("You change the bid that the client has")
        assert user.sees("Rank 3 of 12.")
        await user.type("Sooner. ")
        await user.save()
        await user.press("escape", "enter")
        assert user.sees("You changed it, and that is not sent: e goes on")
        await user.press("escape", "e")
        assert user.sees("Sooner.")
        await user.press("ctrl+s")
        assert user.told() == "Queued: the change goes out as soon as there is a line."
        entry = user.desk.outbox.views()[0].entry
        assert isinstance(entry.intent, EditBid)
        assert entry.intent.text.endswith("I build shops. Sooner.")
        assert "Sooner" not in entry.intent.base_text
        await user.press("x")
        assert waiting(user) == []
        await user.press("enter")
        assert not user.sees("Sooner.")


async def test_of_an_hourly_award_the_fee_is_told_by_the_hour(tmp_path: Path) -> None:
    def hourly(desk: Desk) -> None:
        awarded(desk)
        desk.keep(Feed("projects"), a_project(3, kind="hourly"))

    async with at(tmp_path, "proposals", hourly) as user:
        await user.press("a")
        assert user.sees("Accept? The marketplace keeps USD 25 (≈ IDR 400,000) of each hour")


async def test_an_award_is_not_edited(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", awarded) as user:
        await user.press("e")
        assert not user.host.section.has_class("-sheet")
