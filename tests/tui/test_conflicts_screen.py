"""Conflicts: what somebody sees of both sides, and settles by a key."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from freelancer_tui.domain.briefs import brief_of
from freelancer_tui.domain.conflicts import Conflict, Offering
from freelancer_tui.domain.differences import Piece
from freelancer_tui.domain.intents import EditBid, Terms
from freelancer_tui.domain.projects import Budget
from freelancer_tui.domain.proposals import ProposalView
from freelancer_tui.store.work import conflicts
from freelancer_tui.tui.screens.conflicts import ConflictsScreen
from freelancer_tui.tui.screens.proposals import ProposalsScreen
from freelancer_tui.tui.widgets.comparison import marked, wrapped
from freelancer_tui.workspace import Workspace
from tests.factories import NOW, a_project, a_proposal, an_entry, usd
from tests.tui.desk import Desk, Host, User, at
from tests.tui.scenes import BRIEF
from tests.tui.shell import opened

MINE = (
    "Good day! I roast coffee myself and have built shops for two roasters in Bandung. I would "
    "begin with a page for your phones, then the prices, then the story of the farms.\n\n"
    "I can start on Monday and show a first draft on Friday."
)
THEIRS = MINE.replace("on Monday", "next week").replace("two roasters", "three roasters")
BEFORE = MINE.replace("Good day! ", "")
OFFER = Offering(MINE, usd("250"), 7)
OTHER = Offering(THEIRS, usd("300"), 7)
WAS = Offering(BEFORE, usd("250"), 9)
JOB = a_project(title="Landing page for a coffee roastery", description=BRIEF)
CHANGED = replace(
    JOB,
    budget=Budget("USD", usd("80"), usd("200")),
    description=BRIEF.replace("no page builder, please", "any page builder will do"),
    updated_at=NOW + timedelta(hours=1),
)


def keep(desk: Desk, *found: Conflict) -> None:
    with desk.work.transaction() as session:
        for one in found:
            conflicts.put(session, one)


def placed_elsewhere(desk: Desk) -> None:
    sheet = a_proposal(text=MINE, state="placed", bid_remote_id=50, placed=Terms(*terms(OTHER)))
    desk.lay_in(sheet)
    keep(desk, Conflict("c1", "placed_elsewhere", "p1", OTHER, NOW, OFFER))


def edited_elsewhere(desk: Desk) -> None:
    sheet = a_proposal(text=MINE, state="placed", bid_remote_id=50, placed=Terms(*terms(OFFER)))
    desk.lay_in(sheet)
    keep(desk, Conflict("c1", "edited_elsewhere", "p1", OTHER, NOW, OFFER, WAS))


def two_windows(desk: Desk) -> None:
    desk.lay_in(a_proposal(text=THEIRS, price=usd("300")))
    keep(desk, Conflict("c1", "two_windows", "p1", OTHER, NOW, OFFER, WAS))


def project_changed(desk: Desk) -> None:
    desk.lay_in(a_proposal(text=MINE, state="queued", brief=brief_of(JOB)), an_entry())
    changed = brief_of(CHANGED)
    keep(desk, Conflict("c1", "project_changed", "p1", changed, NOW, base=brief_of(JOB)))


def two_to_settle(desk: Desk) -> None:
    project_changed(desk)
    desk.lay_in(a_proposal("p2", text=THEIRS))
    later = NOW + timedelta(minutes=1)
    keep(desk, Conflict("c2", "two_windows", "p2", OTHER, later, OFFER, WAS))


def terms(side: Offering) -> tuple:  # type: ignore[type-arg]
    return side.price, side.days, side.text


def ended(user: User) -> Conflict:
    return user.desk.conflicts.show("c1").conflict


async def test_both_sides_and_what_was_stand_beside_each_other(tmp_path: Path) -> None:
    async with at(tmp_path, "conflicts", edited_elsewhere) as user:
        for words in ("As it was placed", "Yours, here", "The bid now", "Edited elsewhere"):
            assert user.sees(words)
        titles = next(line for line in user.screen() if "As it was placed" in line)
        assert "Yours, here" in titles
        assert user.sees("[+Good day!]")
        assert user.sees("USD [-250] [+300]")


async def test_on_a_narrow_screen_the_sides_take_turns(tmp_path: Path) -> None:
    async with at(tmp_path, "conflicts", edited_elsewhere, (80, 24)) as user:
        assert user.sees("[The bid now]")
        assert user.sees("[-two] [+three]")
        await user.press("v")
        assert user.sees("[As it was placed]")
        await user.press("v")
        assert user.sees("[Yours, here]")
        assert user.sees("[+Good day!]")
        assert not user.sees("[+three]")


Case = tuple[Callable[[Desk], None], str, str]
CASES: list[Case] = [
    (placed_elsewhere, "m", "mine"),
    (placed_elsewhere, "t", "theirs"),
    (edited_elsewhere, "m", "mine"),
    (edited_elsewhere, "t", "theirs"),
    (two_windows, "m", "mine"),
    (two_windows, "t", "theirs"),
]


@pytest.mark.parametrize(("fill", "key", "choice"), CASES)
async def test_each_choice_asks_before_words_give_way(
    fill: Callable[[Desk], None], key: str, choice: str, tmp_path: Path
) -> None:
    async with at(tmp_path, "conflicts", fill) as user:
        await user.press(key)
        assert user.sees("stay in the history.")
        await user.press("n")
        assert ended(user).choice is None
        await user.press(key, "y")
        assert ended(user).choice == choice
        assert user.sees("Nothing to settle")
        assert user.host.queued == 1
        wins = MINE if choice == "mine" else THEIRS
        assert user.desk.proposals.show("p1").proposal.text == wins
        entries = user.desk.outbox.entries()
        if choice == "mine" and fill is not two_windows:
            assert isinstance(entries[0].intent, EditBid)
            assert entries[0].intent.base == Terms(*terms(OTHER))
        else:
            assert entries == []


async def test_a_job_that_changed_is_seen_and_gone_on_with(tmp_path: Path) -> None:
    async with at(tmp_path, "conflicts", project_changed) as user:
        assert user.sees("USD [-100–500] [+80–200]")
        assert user.sees("[-no] [+any] page")
        await user.press("y")
        assert ended(user).choice == "go_on"
        assert user.desk.proposals.show("p1").standing == "queued"
        assert user.desk.proposals.show("p1").proposal.brief == brief_of(CHANGED)


async def test_a_proposal_for_a_job_that_changed_is_taken_back(tmp_path: Path) -> None:
    async with at(tmp_path, "conflicts", project_changed) as user:
        await user.press("b")
        assert ended(user).choice == "take_back"
        assert user.desk.proposals.show("p1").standing == "draft"
        assert user.desk.outbox.entries() == []


async def test_only_what_can_be_chosen_has_a_key(tmp_path: Path) -> None:
    def keys(user: User) -> set[str]:
        found = {active.binding.id or "" for active in user.host.screen.active_bindings.values()}
        return {one.removeprefix("conflicts.") for one in found if one.startswith("conflicts.")}

    async with at(tmp_path, "conflicts", two_windows) as user:
        assert keys(user) == {"back", "mine", "theirs", "open"}
    async with at(tmp_path / "b", "conflicts", two_to_settle, (80, 24)) as user:
        assert keys(user) == {"back", "go_on", "take_back", "open", "next", "side"}
        await user.press("n")
        assert user.sees("2/2  Edited in two windows")
        assert keys(user) == {"back", "mine", "theirs", "open", "next", "side"}


async def test_it_opens_at_a_proposal_and_goes_back_to_where_one_came_from(tmp_path: Path) -> None:
    async with at(tmp_path, "conflicts", two_to_settle) as user:
        section = user.host.section
        assert isinstance(section, ConflictsScreen)
        await section.open("outbox:p2")
        await user.settle()
        assert user.sees("Edited in two windows")
        await user.press("o", "escape")
        assert user.host.wished == [("proposals", "p2"), ("outbox", None)]


async def test_the_board_names_what_is_to_settle_and_leads_there(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", two_windows) as user:
        assert user.sees("! Edited in two windows")
        await user.press("c")
        assert user.host.wished == [("conflicts", "proposals:p1")]
        await user.press("enter")
        assert user.sees("Press F7 to see both sides.")
        await user.press("f7")
        assert user.host.wished[-1] == ("conflicts", "proposals:p1")


async def test_a_proposal_with_a_conflict_is_not_submitted(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", two_windows) as user:
        await user.press("enter", "ctrl+s")
        assert "settle that first" in user.told()
        assert user.desk.proposals.show("p1").standing == "draft"


def type_in(user: User, text: str) -> None:
    section = user.host.section
    assert isinstance(section, ProposalsScreen)
    section.sheet.editor.writing.insert(text)


async def write(user: User, text: str) -> None:
    type_in(user, text)
    await user.pilot.pause()
    await user.save()


async def test_two_programs_on_one_draft_lose_no_word(tmp_path: Path) -> None:
    def one_draft(desk: Desk) -> None:
        desk.lay_in(a_proposal(text=""))

    async with at(tmp_path, "proposals", one_draft) as user:
        await user.press("enter")
        await write(user, "From here. ")
        other = Desk(tmp_path / "account")
        other.proposals.save("p1", text="From the other window.")
        await write(user, "And on. ")
        assert user.reads("#saved") == "kept apart: F7 settles it"
        assert user.sees("Two windows wrote on this draft.")
        await write(user, "And further.")
        [view] = user.desk.conflicts.unsettled()
        mine, theirs = view.conflict.mine, view.conflict.theirs
        assert isinstance(mine, Offering)
        assert isinstance(theirs, Offering)
        assert mine.text == "From here. And on. And further."
        assert theirs.text == "From the other window."
        assert user.host.read == 1
        other.conflicts.settle(view.conflict.id, "theirs")
        other.close()
        user.host.section.reload()
        await user.settle()
        assert user.sees("From the other window.")
        await write(user, " Together.")
        assert user.desk.proposals.show("p1").proposal.text == "From the other window. Together."
        assert user.desk.conflicts.count() == 0


async def test_a_window_without_words_of_its_own_follows_the_other(tmp_path: Path) -> None:
    def one_draft(desk: Desk) -> None:
        desk.lay_in(a_proposal(text="Begun."))

    async with at(tmp_path, "proposals", one_draft) as user:
        await user.press("enter")
        user.desk.proposals.save("p1", text="Changed from the shell.")
        user.host.section.reload()
        await user.settle()
        assert user.sees("Changed from the shell.")
        await write(user, " And here.")
        kept = user.desk.proposals.show("p1").proposal
        assert kept.text == "Changed from the shell. And here."


async def test_what_was_read_before_a_save_is_not_taken_for_another_windows_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def one_draft(desk: Desk) -> None:
        desk.lay_in(a_proposal(text="Begun."))

    async with at(tmp_path, "proposals", one_draft) as user:
        await user.press("enter")
        section, read, goes_on = user.host.section, threading.Event(), threading.Event()
        assert isinstance(section, ProposalsScreen)
        show = section.proposals.show

        def slowly(proposal_id: str) -> ProposalView:
            view = show(proposal_id)
            read.set()
            goes_on.wait(10)
            return view

        monkeypatch.setattr(section.proposals, "show", slowly)
        section.reload()
        await asyncio.to_thread(read.wait, 10)
        type_in(user, " And on.")
        await user.pilot.pause()
        assert await section.flush()
        monkeypatch.setattr(section.proposals, "show", show)
        goes_on.set()
        await user.settle()
        await write(user, " Further.")
        assert show("p1").proposal.text == "Begun. And on. Further."
        assert user.desk.conflicts.count() == 0


async def test_a_draft_thrown_away_in_another_window_closes_and_keeps_the_words(
    tmp_path: Path,
) -> None:
    def one_draft(desk: Desk) -> None:
        desk.lay_in(a_proposal(text="Begun."))

    async with at(tmp_path, "proposals", one_draft, (80, 24)) as user:
        await user.press("enter")
        user.desk.proposals.discard("p1")
        await write(user, " And on.")
        assert user.screen()[-1].endswith(
            "Thrown away in another window. u brings it back, then F8 shows your words."
        )
        assert not user.host.section.has_class("-sheet")
        assert user.host.section.autosave.unsaved() == {}
        await user.press("u", "enter")
        assert user.sees("Begun.")
        assert not user.sees("And on.")
        await user.press("f8")
        assert user.host.wished == [("versions", "p1")]
        assert user.desk.history.of("p1").versions[0].said.text == "Begun. And on."


def test_marked_words_keep_their_signs_and_fit_the_width() -> None:
    pieces = [
        Piece("one "),
        Piece("two three ", "gone"),
        Piece("四五六 ", "new"),
        Piece(" ", "new"),
    ]
    spans = list(marked(pieces))
    assert "".join(text for text, _tone in spans) == "one [-two three] [+四五六]  "
    for line in wrapped(spans, 9):
        assert sum(cell_len(text) for text, _tone in line) <= 9
    long = wrapped([("x" * 25, "good"), ("\n\n", ""), ("end", "")], 10)
    assert ["".join(text for text, _tone in line) for line in long] == [
        "x" * 10, "x" * 10, "x" * 5, "", "end",
    ]  # fmt: skip


SCENES = {
    "edited": edited_elsewhere,
    "job": project_changed,
    "windows": two_windows,
    "placed": placed_elsewhere,
}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("scene", SCENES)
def test_conflicts_look_as_they_did(
    scene: str, size: tuple[int, int], tmp_path: Path, snap_compare: Callable[..., bool]
) -> None:
    desk = Desk(tmp_path / "account")
    SCENES[scene](desk)

    async def settle(pilot: Pilot[None]) -> None:
        await User(pilot, desk).settle()

    try:
        host = Host(desk.build("conflicts"))
        assert snap_compare(host, terminal_size=size, run_before=settle)
    finally:
        desk.close()


async def test_in_the_program_the_bars_count_it_and_the_keys_lead_there_and_back(
    town: Workspace,
) -> None:
    draft = town.proposals.draft(60)
    theirs = Offering(THEIRS, None, 7)
    with town.work.transaction() as session:
        conflicts.put(session, Conflict("c1", "two_windows", draft.id, theirs, NOW, OFFER))
    async with opened(town) as shell:
        assert shell.sees("Proposals (1!)")
        assert "1 needs you" in shell.standing
        await shell.press("2", "c")
        assert shell.sees("Two windows wrote on this draft.")
        await shell.press("t", "y")
        assert shell.sees("Nothing to settle")
        assert not shell.sees("(1!)")
        await shell.press("escape")
        assert shell.app.section.NAME == "proposals"
