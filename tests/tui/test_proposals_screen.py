"""Proposals: what somebody does on the board and on the sheet."""

from dataclasses import replace
from pathlib import Path

from textual.events import Paste
from textual.widgets import Input

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.sync.events import Moved
from freelancer_tui.tui.screens.proposals import ProposalsScreen
from freelancer_tui.tui.widgets.project_detail import ProjectDetail
from freelancer_tui.tui.widgets.writing import Writing
from tests.factories import a_bid, a_project, a_proposal, an_entry, usd
from tests.tui.desk import Desk, User, at
from tests.tui.scenes import board

WORDS = "I have built twenty shops like this one, and can begin on Monday. " * 2


def one_draft(desk: Desk) -> None:
    desk.lay_in(a_proposal(text=WORDS))


def one_queued(desk: Desk) -> None:
    desk.lay_in(a_proposal(text=WORDS, state="queued"), an_entry())


def an_empty_draft(desk: Desk) -> None:
    desk.lay_in(a_proposal(text="", price=None, days=None))


def screen(user: User) -> ProposalsScreen:
    section = user.host.section
    assert isinstance(section, ProposalsScreen)
    return section


async def write(user: User, text: str) -> None:
    """Put a text into the editor at once, as a paste does."""
    screen(user).sheet.editor.writing.insert(text)
    await user.pilot.pause()


async def test_the_board_shows_each_offer_with_a_word_for_its_state(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", board) as user:
        for words in ("✗ Refused", "○ Draft", "↑ Waiting", "★ Awarded", "● Placed", "– Lost"):
            assert user.sees(words)
        assert user.sees("IDR 1,250,000")
        assert user.sees("[bold red]Data entry[/] \\[link]")


async def test_a_filter_shows_one_standing_and_comes_round(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", board) as user:
        await user.press("right_square_bracket")
        assert user.sees("★ Awarded")
        assert not user.sees("● Placed")
        await user.press("left_square_bracket", "left_square_bracket")
        assert user.sees("– Lost")
        assert not user.sees("★ Awarded")


async def test_what_is_typed_is_saved_without_being_asked(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", an_empty_draft) as user:
        await user.press("enter")
        await user.type("250")
        await user.press("enter")
        await user.type("9")
        await user.press("enter")
        await user.type("Hello there")
        await user.save()
        kept = user.desk.proposals.show("p1").proposal
        assert (kept.price, kept.days, kept.text) == (usd("250"), 9, "Hello there")
        assert user.reads("#saved") == "saved 17:30"
        assert user.reads("ProposalEditor #count") == "11 of at least 100 characters · 2 words"


async def test_the_draft_is_there_after_the_program_ended(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", an_empty_draft) as user:
        await user.press("enter")
        await write(user, "One line\nand another")
        await user.press("escape")
    async with at(tmp_path, "proposals", lambda desk: None) as user:
        await user.press("enter")
        writing = screen(user).sheet.editor.writing
        assert writing.text == "One line\nand another"
        assert writing.cursor_location == (1, 11)


async def test_a_price_is_read_back_or_explained_and_stays_as_typed(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", an_empty_draft) as user:
        await user.press("enter")
        await user.type("1.25jt")
        assert user.reads("#price .reading") == "USD 1,250,000"
        await user.press(*["backspace"] * 6)
        await user.type("1.250")
        assert user.reads("#price .reading").startswith("! 1.250 can be read in two ways")
        await user.save()
        assert screen(user).sheet.editor.price.value == "1.250"
        assert user.desk.proposals.show("p1").proposal.price is None


async def test_an_offer_that_is_not_ready_says_why_and_goes_to_the_first_gap(
    tmp_path: Path,
) -> None:
    async with at(tmp_path, "proposals", an_empty_draft) as user:
        await user.press("enter")
        assert user.sees("○ Write at least 100 characters.")
        await write(user, WORDS)
        await user.press("tab", "ctrl+s")
        assert user.desk.proposals.show("p1").standing == "draft"
        assert isinstance(user.host.focused, Input)
        assert user.sees("○ Set a price.")
        assert not user.sees("100 characters.")


async def test_submit_queues_without_a_line_and_the_sync_places_it(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", one_draft) as user:
        await user.press("enter")
        assert user.sees("✓ Ready to submit")
        await user.press("ctrl+s")
        assert user.sees("↑ Waiting to be sent")
        assert user.host.queued == 1
        [entry] = user.desk.outbox.entries()
        placed = replace(entry, state="sent", remote_id=50)
        user.desk.move(entry, placed)
        user.desk.lay_in(replace(a_proposal(text=WORDS), id="p1", state="placed", bid_remote_id=50))
        user.desk.keep(Feed("bids"), a_bid(50))
        await user.syncs(Moved(placed))
        assert user.sees("● Placed")


async def test_a_waiting_offer_can_be_taken_back_and_changed(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", one_queued) as user:
        await user.press("enter")
        assert user.sees("Press t to take it back")
        assert screen(user).sheet.editor.writing.read_only
        await user.press("t")
        assert user.told() == "Taken back: nothing was sent."
        await write(user, "More. ")
        await user.save()
        assert "More." in user.desk.proposals.show("p1").proposal.text
        assert user.desk.outbox.entries() == []


async def test_what_is_being_sent_cannot_be_taken_back(tmp_path: Path) -> None:
    def sending(desk: Desk) -> None:
        desk.lay_in(a_proposal(text=WORDS, state="queued"), an_entry(state="sending"))

    async with at(tmp_path, "proposals", sending) as user:
        await user.press("t")
        assert "being sent already" in user.told()
        assert user.desk.proposals.show("p1").standing == "queued"


async def test_a_refused_offer_says_why_and_can_be_written_again(tmp_path: Path) -> None:
    def refused(desk: Desk) -> None:
        desk.lay_in(a_proposal(text=WORDS, state="refused", refusal="Too many bids today."))
        desk.lay_in(an_entry(state="refused", reason="Too many bids today."))

    async with at(tmp_path, "proposals", refused) as user:
        await user.press("enter")
        assert user.sees("Refused: Too many bids today.")
        await write(user, "Again. ")
        await user.save()
        screen(user).reload()
        await user.settle()
        assert user.sees("Refused: Too many bids today.")
        await user.press("ctrl+s")
        assert user.desk.proposals.show("p1").standing == "queued"


async def test_a_discarded_draft_comes_back(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", one_draft) as user:
        await user.press("x")
        assert user.sees("No proposals yet")
        await user.press("u")
        assert user.sees("○ Draft")
        assert user.desk.proposals.show("p1").proposal.text == WORDS


async def test_coming_from_a_job_begins_its_proposal_once(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", lambda desk: None) as user:
        await screen(user).open(1)
        await user.settle()
        assert user.sees("○ Draft  Build a web shop")
        await user.press("escape")
        await screen(user).open(1)
        await user.settle()
        assert len(user.desk.proposals.board()) == 1


async def test_a_job_that_is_unknown_is_said_in_the_bottom_line(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", lambda desk: None) as user:
        await screen(user).open(999)
        await user.settle()
        assert "There is no job 999 here." in user.told()


async def test_the_brief_lies_beside_the_form_and_folds(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", one_draft) as user:
        await user.press("enter")
        assert user.sees("I sell batik")
        await user.press("ctrl+o")
        assert not user.sees("I sell batik")


async def test_on_a_narrow_screen_brief_and_form_take_turns(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", one_draft, (80, 24)) as user:
        await user.press("enter")
        assert user.sees("twenty shops")
        assert not user.sees("I sell batik")
        await user.press("ctrl+o")
        assert user.sees("I sell batik")
        assert not user.sees("twenty shops")
        assert isinstance(user.host.focused, ProjectDetail)
        await user.press("escape")
        assert isinstance(user.host.focused, Writing)


async def test_a_bid_placed_elsewhere_is_for_reading(tmp_path: Path) -> None:
    def elsewhere(desk: Desk) -> None:
        desk.keep(Feed("bids"), a_bid(50, text="Written on the web site."))

    async with at(tmp_path, "proposals", elsewhere) as user:
        await user.press("enter")
        assert user.sees("Written on the web site.")
        assert user.sees("Placed Tue 24 Nov 2026, 17:30.")
        assert screen(user).sheet.editor.writing.read_only


async def test_a_double_click_opens(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", one_draft) as user:
        await user.pilot.click("#list", offset=(30, 0), times=2)
        await user.settle()
        assert user.sees("I sell batik")


async def test_advice_does_not_stop_a_submit(tmp_path: Path) -> None:
    def dear(desk: Desk) -> None:
        desk.keep(Feed("projects"), a_project())
        desk.lay_in(a_proposal(text=WORDS, price=usd("900")))

    async with at(tmp_path, "proposals", dear) as user:
        await user.press("enter")
        assert user.sees("! The price is above the client's budget (USD 100–500).")
        await user.press("ctrl+s")
        assert user.desk.proposals.show("p1").standing == "queued"


async def test_a_price_with_zeros_too_many_is_asked_about(tmp_path: Path) -> None:
    def slip(desk: Desk) -> None:
        desk.keep(Feed("projects"), a_project())
        desk.lay_in(a_proposal(text=WORDS, price=usd("400000")))

    async with at(tmp_path, "proposals", slip) as user:
        await user.press("enter", "ctrl+s")
        assert user.sees("? Submit at USD 400,000? The client means to pay USD 500 at most.")
        await user.press("n")
        assert user.desk.proposals.show("p1").standing == "draft"
        await user.press("ctrl+s", "y")
        assert user.desk.proposals.show("p1").standing == "queued"


async def test_undoing_a_paste_that_filled_the_box_leaves_the_box_whole(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", an_empty_draft, size=(80, 24)) as user:
        await user.press("enter", "tab", "tab")
        writing = screen(user).sheet.editor.writing
        user.host.post_message(Paste("\n".join(str(line) for line in range(60))))
        await user.settle()
        assert writing.document.line_count == 60
        await user.press("ctrl+z")
        assert writing.text == ""
        await user.press("ctrl+y")
        assert writing.document.line_count == 60


async def test_a_number_that_cannot_be_read_is_kept_as_it_was_typed(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", an_empty_draft) as user:
        await user.press("enter")
        await user.type("5oo")
        await user.press("tab")
        await user.type("a week")
        await user.save()
        assert user.sees("Not an amount.")
        assert user.sees("Set a price.")
        kept = user.desk.proposals.board()[0].proposal
        assert (kept.price, kept.unread_price, kept.unread_days) == (None, "5oo", "a week")
        await user.press("escape", "enter")
        editor = screen(user).sheet.editor
        assert (editor.price.value, editor.days.value) == ("5oo", "a week")
        editor.price.put("500")
        await user.settle()
        await user.save()
        assert user.desk.proposals.board()[0].proposal.unread_price == ""
        assert user.desk.proposals.board()[0].proposal.unread_days == "a week"
