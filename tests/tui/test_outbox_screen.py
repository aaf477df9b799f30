"""Outbox: what somebody sees and decides about what waits."""

import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from freelancer_tui import i18n
from freelancer_tui.domain.attachments import Transfer, Upload
from freelancer_tui.domain.conflicts import Conflict, offering
from freelancer_tui.domain.intents import (
    AcceptAward,
    OutboxEntry,
    RequestMilestone,
    RetractBid,
    Terms,
)
from freelancer_tui.i18n import _
from freelancer_tui.services.sync_log import SyncLog
from freelancer_tui.store.work import conflicts
from freelancer_tui.sync.events import Moved, Transferring
from freelancer_tui.tui.screens.outbox import OutboxScreen
from tests.factories import NOW, a_proposal, a_reply_intent, an_entry, usd
from tests.tui.desk import Desk, User, at
from tests.tui.scenes import waiting

SMALL, LARGE = (80, 24), (120, 40)
LONG = "\n\n".join(f"Paragraph {number} of what I have to say." for number in range(60))


def a_message(entry_id: str = "m3", **other: object) -> OutboxEntry:
    values = {"intent": a_reply_intent(), "entity": "thread:30", "about": "Sari", **other}
    return an_entry(entry_id, subject_id=entry_id, **values)


def ids(user: User) -> set[str]:
    """Give the ids of the keys that do something."""
    return {active.binding.id or "" for active in user.host.screen.active_bindings.values()}


def a_message_in_doubt(desk: Desk) -> None:
    asks = a_message(state="doubtful", asks=True, attempts=3)
    desk.lay_in(replace(asks, looked_at=NOW - timedelta(minutes=5), looked_among=37))


def a_waiting_message(desk: Desk) -> None:
    desk.lay_in(a_message(next_try_at=NOW + timedelta(minutes=4), attempts=2))


def a_waiting_bid(desk: Desk) -> None:
    desk.lay_in(a_proposal(state="queued"), an_entry())


def a_refused_bid(desk: Desk) -> None:
    desk.lay_in(a_proposal(state="refused", refusal="No bids left."))
    desk.lay_in(an_entry(state="refused", attempts=1, reason="No bids left."))


def a_wish_for_money(desk: Desk) -> None:
    a_waiting_bid(desk)
    wish = RequestMilestone(1, None, usd("125"), "First half", "AB3K")
    desk.lay_in(an_entry("w1", intent=wish, subject_id="w1", after="e1"))


def an_acceptance(desk: Desk) -> None:
    desk.lay_in(a_proposal(state="placed", bid_remote_id=50))
    refused = replace(an_entry("r1", intent=RetractBid(50, 1)), state="refused", reason="No.")
    desk.lay_in(an_entry("a1", intent=AcceptAward(50, 1)), refused)


def a_conflict(desk: Desk) -> None:
    a_waiting_bid(desk)
    clash = Conflict("c1", "placed_elsewhere", "p1", offering(a_proposal(text="Other words")), NOW)
    with desk.work.transaction() as session:
        conflicts.put(session, clash)


async def test_each_entry_says_what_it_is_and_how_far_it_came(tmp_path: Path) -> None:
    async with at(tmp_path, "outbox", waiting) as user:
        assert user.sees("↑ Message    Sari Lestari")
        assert user.sees("? Message    Tom O'Brien")
        assert user.sees("Looking whether it arrived · tried once")
        assert user.sees("May have arrived: you decide · tried 3 times")
        assert user.sees("✗ Bid        [bold red]Data entry[/]")
        await user.press("j")
        assert "since Tue 24 Nov 2026, 17:30 · tried 2 times · next try at 17:34" in reads(user)
        await user.press("j")
        assert "The reply got lost. We look whether it arrived" in reads(user)
        await user.press("j", "j")
        assert user.sees("You have used all of your bids.")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_whole_text_that_goes_out_can_be_read(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    def fill(desk: Desk) -> None:
        desk.lay_in(a_message(intent=a_reply_intent(text=LONG)))

    async with at(tmp_path, "outbox", fill, size) as user:
        assert user.sees("Paragraph 0")
        assert not user.sees("Paragraph 59")
        await user.press("tab", "G")
        assert user.sees("Paragraph 59")
        await user.press("g", *["j"] * 4, "k")
        assert user.sees("Paragraph 1")


async def test_what_waits_is_sent_now(tmp_path: Path) -> None:
    async with at(tmp_path, "outbox", a_waiting_message) as user:
        await user.press("t")
        (entry,) = user.desk.outbox.entries()
        assert entry.next_try_at is None
        assert (user.host.queued, user.host.by_hand) == (1, True)
        assert user.told() == "It goes out as soon as there is a line."


async def test_what_is_done_to_a_bid_is_told_and_taken_out(tmp_path: Path) -> None:
    async with at(tmp_path, "outbox", an_acceptance) as user:
        assert user.sees("↑ Acceptance Build a web shop")
        assert user.sees("You take the work, and the marketplace charges its fee.")
        await user.press("x")
        assert user.sees("Do not accept the award? It stays open as long as the client leaves it.")
        await user.press("y")
        assert [entry.id for entry in user.desk.outbox.entries()] == ["r1"]
        assert user.told() == "Taken out. The bid stays as it is."
        assert "Take it out, or send it again if it can be done after all." in reads(user)
        await user.press("o")
        assert user.host.wished == [("proposals", "p1")]


async def test_a_refused_entry_can_be_sent_again(tmp_path: Path) -> None:
    async with at(tmp_path, "outbox", a_refused_bid) as user:
        await user.press("t")
        assert user.sees("Waiting to be tried again")
        assert user.host.queued == 1


async def test_a_proposal_is_edited_as_a_draft(tmp_path: Path) -> None:
    async with at(tmp_path, "outbox", a_waiting_bid) as user:
        await user.press("e")
        assert user.desk.outbox.entries() == []
        assert user.desk.proposals.show("p1").standing == "draft"
        assert user.host.wished == [("proposals", "p1")]


async def test_a_message_is_edited_in_its_conversation(tmp_path: Path) -> None:
    async with at(tmp_path, "outbox", a_waiting_message) as user:
        await user.press("e")
        assert user.desk.messages.draft(30) == "Yes, I can start today."
        assert user.host.wished == [("messages", "30")]  # a text: to write in


async def test_files_go_back_to_the_reply_with_its_text(tmp_path: Path) -> None:
    upload = Upload("plan.pdf", str(tmp_path / "plan.pdf"), 3)

    def fill(desk: Desk) -> None:
        desk.lay_in(a_message(intent=a_reply_intent(uploads=(upload,))))

    async with at(tmp_path, "outbox", fill) as user:
        assert user.sees("File: plan.pdf")
        await user.press("e")
        assert user.desk.outbox.entries() == []
        assert user.desk.messages.files(30) == (upload,)


async def test_what_began_to_be_sent_meanwhile_is_not_edited(tmp_path: Path) -> None:
    async with at(tmp_path, "outbox", a_waiting_bid) as user:
        (entry,) = user.desk.outbox.entries()
        user.desk.move(entry, replace(entry, state="sending"))
        await user.press("e")
        assert user.desk.outbox.show("e1").state == "sending"
        assert user.told().startswith("It may be on the marketplace already")
        assert user.host.wished == []


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


async def test_a_message_taken_out_goes_back_into_the_reply(tmp_path: Path) -> None:
    async with at(tmp_path, "outbox", a_message_in_doubt) as user:
        await user.press("x", "y")
        assert user.desk.messages.draft(30) == "Yes, I can start today."


async def test_a_wish_for_money_waits_for_its_bid_and_is_kept_in_the_log(tmp_path: Path) -> None:
    async with at(tmp_path, "outbox", a_wish_for_money) as user:
        assert user.sees("Waits for another")
        await user.press("j")
        assert user.sees("Waits for: Bid, Build a web shop")
        assert user.sees("First half (ref AB3K)")
        await user.press("e")  # it has no sheet to go back to
        assert len(user.desk.outbox.entries()) == 2
        await user.press("x", "y")
        assert len(user.desk.outbox.entries()) == 1
        (line,) = SyncLog(user.desk.log_file).lines()
        assert (line.kind, line.about) == ("taken_out", "Build a web shop")
        assert line.text == "USD 125 · First half"


async def test_a_doubt_says_what_was_seen_and_what_each_choice_means(tmp_path: Path) -> None:
    async with at(tmp_path, "outbox", a_message_in_doubt) as user:
        assert "It was not among the 37 newer messages, looked at Tue 24 Nov 2026, 17:25" in reads(
            user
        )
        assert "It is there You saw it there; nothing is sent again." in reads(user)
        assert "Send again If it did arrive after all, it is there twice." in reads(user)
        assert "Look again The next sync looks once more" in reads(user)


async def test_a_message_in_doubt_can_be_settled_by_the_user(tmp_path: Path) -> None:
    async with at(tmp_path, "outbox", a_message_in_doubt) as user:
        await user.press("a")
        assert user.sees("Nothing waits to be sent")


async def test_sending_again_warns_that_it_may_double(tmp_path: Path) -> None:
    async with at(tmp_path, "outbox", a_message_in_doubt) as user:
        await user.press("t")
        assert user.sees("would then be there twice. Send it again all the same?")
        await user.press("n")
        assert user.desk.outbox.show("m3").asks
        await user.press("t", "y")
        assert user.desk.outbox.show("m3").state == "queued"


async def test_looking_again_sends_nothing(tmp_path: Path) -> None:
    async with at(tmp_path, "outbox", a_message_in_doubt) as user:
        await user.press("f")
        entry = user.desk.outbox.show("m3")
        assert (entry.state, entry.asks, entry.attempts) == ("doubtful", False, 3)
        assert user.host.queued == 1


async def test_another_hands_bid_is_shown_in_full(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        there = Terms(usd("300"), 9, "Words from the browser")
        desk.lay_in(an_entry(state="doubtful", asks=True, attempts=1, found=there))

    async with at(tmp_path, "outbox", fill) as user:
        assert user.sees("There is another in its place:")
        assert user.sees("USD 300 · 9 days")
        assert user.sees("Words from the browser")
        await user.press("t")
        assert user.sees("? Send yours over what is there now?")
        await user.press("y")
        assert user.desk.outbox.show("e1").state == "queued"


async def test_a_conflict_holds_an_entry_and_a_key_leads_there(tmp_path: Path) -> None:
    async with at(tmp_path, "outbox", a_conflict) as user:
        assert user.sees("! Bid")
        assert user.sees("Held back by a conflict")
        assert "Nothing is sent before you settle what another hand changed" in reads(user)
        await user.press("c")
        assert user.host.wished == [("conflicts", "outbox:p1")]


async def test_a_reply_waits_for_the_one_before_it(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        desk.lay_in(*(a_message(f"m{number}") for number in range(3)))

    async with at(tmp_path, "outbox", fill) as user:
        assert sum("Waits for another" in line for line in user.screen()) == 2
        assert "t Send now" in user.screen()[-1]
        await user.press("j")
        assert "t Send now" not in user.screen()[-1]


async def test_enter_leads_to_what_an_entry_is_about(tmp_path: Path) -> None:
    async with at(tmp_path / "bid", "outbox", a_waiting_bid) as user:
        await user.press("enter")
        assert user.host.wished == [("proposals", "p1")]
    async with at(tmp_path / "message", "outbox", a_message_in_doubt) as user:
        await user.press("j", "o")
        assert user.host.wished == [("messages", 30)]


async def test_l_leads_to_the_log_also_when_nothing_waits(tmp_path: Path) -> None:
    async with at(tmp_path, "outbox", lambda desk: None) as user:
        assert {key for key in ids(user) if key.startswith("outbox.")} == {"outbox.log"}
        await user.press("l")
        assert user.host.wished == [("log", None)]


async def test_what_is_being_sent_offers_nothing_to_press(tmp_path: Path) -> None:
    def sending(desk: Desk) -> None:
        desk.lay_in(an_entry(state="sending"))

    async with at(tmp_path, "outbox", sending) as user:
        keys = ids(user)
        assert {"outbox.open", "outbox.log"} <= keys
        assert not keys & {f"outbox.{name}" for name in ("retry", "again", "discard", "arrived")}
        assert not keys & {f"outbox.{name}" for name in ("edit", "look", "settle")}


async def test_coming_from_a_message_the_cursor_is_on_its_entry(tmp_path: Path) -> None:
    async with at(tmp_path, "outbox", waiting) as user:
        await section(user).open("m4")
        await user.settle()
        assert section(user).table.cursor_key == "m4"


async def test_hundreds_stay_quick_and_the_cursor_stays_while_others_are_sent(
    tmp_path: Path,
) -> None:
    def fill(desk: Desk) -> None:
        desk.lay_in(*(a_message(f"m{number:03}", entity=f"t:{number}") for number in range(450)))

    async with at(tmp_path, "outbox", fill) as user:
        await user.press("G", "k")
        assert section(user).table.cursor_key == "m448"
        row = next(at for at, line in enumerate(user.screen()) if line.startswith("▌"))
        first, *_rest = user.desk.outbox.entries()
        sent = replace(first, state="sent")
        user.desk.move(first, sent)
        await user.syncs(Moved(sent))
        assert section(user).table.cursor_key == "m448"
        assert user.screen()[row].startswith("▌")
        began = time.perf_counter()
        section(user).table.redraw()
        assert time.perf_counter() - began < 0.1


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_it_speaks_indonesian_as_well(tmp_path: Path, size: tuple[int, int]) -> None:
    i18n.use("id")
    async with at(tmp_path, "outbox", a_message_in_doubt, size) as user:
        assert user.sees("? Pesan")
        assert user.sees(_("May have arrived: you decide"))
        assert not user.sees("May have arrived")
        assert user.sees("24 November 2026")


def reads(user: User) -> str:
    """Give all that stands in the detail, its lines joined."""
    blocks = section(user).detail.stack.blocks
    lines = ("".join(text for text, _tone in line) for block in blocks for line in block.lines)
    return " ".join(" ".join(lines).split())


def section(user: User) -> OutboxScreen:
    found = user.host.section
    assert isinstance(found, OutboxScreen)
    return found


async def test_how_far_files_are_is_told_while_they_are_sent(tmp_path: Path) -> None:
    plan = Upload("plan.pdf", "files/aa", 3_000_000, "application/pdf", "aa")
    sending = a_message(intent=a_reply_intent(uploads=(plan,)), state="sending")
    async with at(tmp_path, "outbox", lambda desk: desk.lay_in(sending), SMALL) as user:
        assert user.sees("File: plan.pdf (PDF, 3 MB)")
        await user.syncs(Transferring(sending.id, Transfer(1_200_000, 3_000_000)))
        assert user.sees("Sending: 40 %, 1.2 MB of 3 MB")
        assert user.sees("taken back again only if it does not get there")
        assert not user.host.section.check_action("discard", ())
        waits = replace(sending, state="queued")
        user.desk.move(sending, waits)
        await user.syncs(Moved(waits))
        assert not user.sees("40 %")
        assert user.host.section.check_action("discard", ())
