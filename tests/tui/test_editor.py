"""Editor: what a price comes to, the plan, any size, and an editor of the user's own."""

import os
import sys
from contextlib import nullcontext
from decimal import Decimal
from pathlib import Path

import pytest
from textual.app import SuspendNotSupported

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.money import Currency
from freelancer_tui.tui.screens.messages import MessagesScreen
from freelancer_tui.tui.screens.proposals import ProposalsScreen
from freelancer_tui.tui.widgets.proposal_editor import ProposalEditor
from freelancer_tui.tui.widgets.writing import Writing
from tests.factories import a_currency, a_profile, a_proposal, usd
from tests.tui import scenes
from tests.tui.desk import Desk, Host, User, at

WORDS = "I have built twenty shops like this one, and can begin on Monday. " * 2


def a_draft(desk: Desk) -> None:
    rupiah = Currency(15, "IDR", "Rupiah", "Rp", Decimal("0.0000625"))
    desk.keep(Feed("currencies"), a_currency(), rupiah)
    desk.lay_in(a_proposal(text=WORDS, price=usd("400"), days=7))


def editor(user: User) -> ProposalEditor:
    section = user.host.section
    assert isinstance(section, ProposalsScreen)
    return section.sheet.editor


async def write(user: User, text: str) -> None:
    """Put a text into the field with the focus at once, as a paste does."""
    focused = user.host.focused
    assert isinstance(focused, Writing)
    focused.insert(text)
    await user.settle()


async def test_the_price_tells_what_is_left_of_it_and_the_days_how_many_bids(
    tmp_path: Path,
) -> None:
    async with at(tmp_path, "proposals", a_draft, (80, 24)) as user:
        await user.press("enter")
        assert user.reads("#net") == (
            "You get USD 360 (fee USD 40) ≈ IDR 5,760,000, rate of Tue 24 Nov 2026"
        )
        assert user.reads("#days .reading") == "7 days · 10 bids left"
        counted = user.reads("ProposalEditor #count")
        assert counted == "131 of 1,500 characters · 26 words · underlined ≈ seen first"
        line = editor(user).writing.get_line(0)
        assert [(span.start, span.end) for span in line.spans] == [(0, 100)]
        user.desk.keep(Feed("self"), a_profile(bids_left=0))
        user.host.section.reload()
        await user.settle()
        assert user.sees("! The marketplace says that you have no bids left.")


async def test_milestones_are_planned_line_by_line_until_they_add_up(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", a_draft, (80, 24)) as user:
        await user.press("enter")
        assert user.reads("#planned") == "One milestone for the whole price"
        await user.press("f3")
        await write(user, "100 Design\nRest")
        assert user.reads("#planned") == "2 milestones · no amount in line 2"
        await write(user, ": 250")
        assert user.reads("#planned") == "2 milestones · USD 350, USD 50 still to plan"
        assert user.sees("○ The milestones do not add up to the price.")
        await user.press("ctrl+s")
        assert user.desk.proposals.show("p1").standing == "draft"
        editor(user).plan.take("100 Design\nRest: 200")
        await user.press("escape")
    async with at(tmp_path, "proposals", lambda desk: None, (80, 24)) as user:
        await user.press("enter")
        assert editor(user).plan.text == "100 Design\nRest: 200"
        editor(user).plan.take("100 Design\nRest: 300")
        await user.press("f3", "f3")
        assert user.reads("#planned") == "2 milestones · USD 400: all of it, the first is 25 %"
        assert editor(user).writing.has_focus
        await user.press("ctrl+s")
        entry = user.desk.proposals.show("p1").entry
        assert entry is not None
        assert entry.intent.milestone_percentage == 25  # type: ignore[union-attr]


async def test_the_plan_of_another_window_comes_in_and_ours_is_kept_apart(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", a_draft) as user:
        await user.press("enter")
        user.desk.proposals.save("p1", plan="400 All")
        user.host.section.reload()
        await user.settle()
        assert editor(user).plan.text == "400 All"
        user.desk.proposals.save("p1", plan="399 Less")
        await user.press("f3")
        await write(user, " of it")
        await user.save()
        (found,) = user.desk.conflicts.unsettled()
        user.desk.conflicts.settle(found.conflict.id, "mine")
        assert user.desk.proposals.show("p1").proposal.plan == "400 All of it"


async def test_the_text_keeps_its_lines_on_any_screen(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", scenes.board, (80, 24)) as user:
        await user.host.section.open("p6")  # refused: its reason stands above
        await user.settle()
        editor(user).writing.take("word {client} me@example.org\n" * 12)
        for columns, rows, lines in ((80, 24, 7), (50, 15, 5), (40, 12, 3), (30, 10, 3)):
            await user.pilot.resize_terminal(columns, rows)
            await user.settle()
            seen = editor(user).writing.region.intersection(editor(user).region)
            assert seen.height >= lines, (columns, rows)
            assert seen.bottom <= rows - 2
        await user.press("f3")
        assert editor(user).plan.region.height >= 3


def the_editor(folder: Path, patch: pytest.MonkeyPatch, body: str) -> None:
    """Let EDITOR be a few lines of Python, and the terminal be lent to it."""
    program = folder / "my_editor.py"
    program.write_text(f"import pathlib, sys\npath = pathlib.Path(sys.argv[-1])\n{body}\n")
    patch.setenv("VISUAL", f'"{sys.executable}" -I -S "{program}"')
    patch.setattr(Host, "suspend", lambda self: nullcontext())


async def test_the_users_own_editor_takes_the_text_and_gives_it_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    the_editor(tmp_path, monkeypatch, "path.write_text(path.read_text().upper() + '\\nBye')")
    async with at(tmp_path, "proposals", a_draft) as user:
        await user.press("enter")
        await user.press("f4")
        await user.save()
        assert user.desk.proposals.show("p1").proposal.text == f"{WORDS.upper()}\nBye"
        assert user.told().startswith("Taken over from the editor")
        await user.press("ctrl+z")
        await user.save()
        assert user.desk.proposals.show("p1").proposal.text == WORDS
        monkeypatch.setenv("VISUAL", os.path.join("no", "such", "editor"))
        await user.press("f4")
        assert user.told().startswith("The editor no")
        the_editor(tmp_path, monkeypatch, "path.write_text('')")
        await user.press("f4")
        assert user.told() == "The editor left an empty file. Your text is as it was."
        assert editor(user).writing.text == WORDS


async def test_a_terminal_that_cannot_be_lent_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    async with at(tmp_path, "proposals", a_draft) as user:
        with pytest.raises(SuspendNotSupported), user.host.suspend():
            pass
        await user.press("enter")
        await user.press("f4")
        assert user.told() == "This terminal cannot be lent to another program."


async def test_a_reply_goes_through_the_users_own_editor_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    the_editor(tmp_path, monkeypatch, "path.write_text(path.read_text() + ' from nano')")
    async with at(tmp_path, "messages", scenes.talk) as user:
        await user.press("enter", "c")
        await user.type("Hello")
        await user.press("f4")
        section = user.host.section
        assert isinstance(section, MessagesScreen)
        assert section.talk.composer.writing.text == "Hello from nano"
        await user.save()
        assert user.desk.messages.draft(30) == "Hello from nano"
