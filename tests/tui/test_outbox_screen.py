"""Outbox: what somebody sees and decides about what waits."""

from pathlib import Path

from freelancer_tui.tui.screens.outbox import OutboxScreen
from tests.factories import a_proposal, a_reply_intent, an_entry
from tests.tui.desk import Desk, User, at
from tests.tui.scenes import waiting


def a_message_in_doubt(desk: Desk) -> None:
    desk.lay_in(
        an_entry(
            "m3", intent=a_reply_intent(), subject_id="m3", entity="thread:30", about="Sari",
            state="doubtful", asks=True, attempts=3,
        )
    )  # fmt: skip


def a_waiting_bid(desk: Desk) -> None:
    desk.lay_in(a_proposal(state="queued"), an_entry())


def a_refused_bid(desk: Desk) -> None:
    desk.lay_in(a_proposal(state="refused", refusal="No bids left."))
    desk.lay_in(an_entry(state="refused", attempts=1, reason="No bids left."))


async def test_each_entry_says_what_it_is_how_far_and_why(tmp_path: Path) -> None:
    async with at(tmp_path, "outbox", waiting) as user:
        assert user.sees("↑ Message   Sari Lestari")
        assert user.sees("Waiting to be tried again · tried 2 times · next try at 17:34")
        assert user.sees("The reply got lost.")
        assert user.sees("May have arrived: you decide · tried 3 times")
        assert user.sees("✗ Bid       [bold red]Data entry[/]")
        assert user.sees("You have used all of your bids.")


async def test_a_refused_entry_can_be_sent_again(tmp_path: Path) -> None:
    async with at(tmp_path, "outbox", a_refused_bid) as user:
        await user.press("t")
        assert user.sees("Waiting to be tried again")
        assert user.host.queued == 1


async def test_taking_out_asks_first_and_keeps_the_text(tmp_path: Path) -> None:
    async with at(tmp_path, "outbox", a_waiting_bid) as user:
        await user.press("x")
        assert user.sees("? Do not send this proposal?")
        await user.press("n")
        assert len(user.desk.outbox.entries()) == 1
        await user.press("x", "y")
        assert user.desk.outbox.entries() == []
        assert user.told() == "Taken out. The text is back in the proposal."
        assert user.desk.proposals.show("p1").standing == "draft"


async def test_a_message_in_doubt_can_be_settled_by_the_user(tmp_path: Path) -> None:
    async with at(tmp_path, "outbox", a_message_in_doubt) as user:
        assert user.sees("Look into the conversation")
        await user.press("a")
        assert user.sees("Nothing waits to be sent")


async def test_a_message_taken_out_goes_back_into_the_reply(tmp_path: Path) -> None:
    async with at(tmp_path, "outbox", a_message_in_doubt) as user:
        await user.press("x", "y")
        assert user.desk.messages.draft(30) == "Yes, I can start today."


async def test_enter_leads_to_what_an_entry_is_about(tmp_path: Path) -> None:
    async with at(tmp_path, "outbox", a_waiting_bid) as user:
        await user.press("enter")
        assert user.host.wished == [("proposals", "p1")]
    async with at(tmp_path, "outbox", a_message_in_doubt) as user:
        await user.press("j", "o")
        assert user.host.wished == [("messages", 30)]


async def test_what_is_being_sent_offers_nothing_to_press(tmp_path: Path) -> None:
    def sending(desk: Desk) -> None:
        desk.lay_in(an_entry(state="sending"))

    async with at(tmp_path, "outbox", sending) as user:
        keys = {active.binding.id for active in user.host.screen.active_bindings.values()}
        assert "outbox.open" in keys
        assert not keys & {"outbox.retry", "outbox.discard", "outbox.arrived"}


async def test_coming_from_a_message_the_cursor_is_on_its_entry(tmp_path: Path) -> None:
    async with at(tmp_path, "outbox", waiting) as user:
        await section(user).open("m4")
        await user.settle()
        assert section(user).table.cursor_key == "m4"


def section(user: User) -> OutboxScreen:
    found = user.host.section
    assert isinstance(found, OutboxScreen)
    return found
