"""Triage: sorting jobs out by single keys, many at once, with an undo for each."""

import pytest

from freelancer_tui.tui.screens.newness import Newness
from freelancer_tui.tui.widgets.note_editor import NoteEditor
from freelancer_tui.workspace import Workspace
from tests.factories import a_project
from tests.tui.shell import NARROW, Shell, opened
from tests.tui.town import learn


async def write(shell: Shell, text: str) -> None:
    """Type into the note."""
    names = {" ": "space", "\n": "enter"}
    await shell.press(*(names.get(letter, letter) for letter in text))


def verdicts(workspace: Workspace, *ids: int) -> list[str | None]:
    return [workspace.projects.show(one).verdict for one in ids]


async def test_several_jobs_are_selected_and_skipped_at_once(town: Workspace) -> None:
    async with opened(town, NARROW) as shell:
        await shell.press("space", "space", "j", "space")
        assert shell.sees("3 selected")
        assert shell.sees("✓")
        await shell.press("x")
        assert "3 jobs skipped" in shell.bottom
        assert not shell.sees("selected")
        assert verdicts(town, 60, 59, 58, 57) == ["skip", "skip", None, "skip"]
        await shell.press("s", "u")
        assert shell.bottom.startswith(" › Taken back: ")
        await shell.press("u")
        assert "Taken back for 3 jobs" in shell.bottom
        assert verdicts(town, 60, 59, 57, 56) == [None] * 4
        await shell.press("asterisk")
        assert shell.sees("60 selected")
        await shell.press("escape")
        assert not shell.sees("selected")


async def test_a_note_is_saved_as_it_is_typed_shown_and_taken_back(town: Workspace) -> None:
    async with opened(town) as shell:
        await shell.press("n")
        await write(shell, "Ask who\nhosts it")
        assert await shell.app.section.flush()
        assert town.triage.note_of(60) == "Ask who\nhosts it"
        assert shell.app.section.query_one(NoteEditor).is_open
        await shell.press("escape")
        assert shell.table.has_focus
        assert "Noted." in shell.bottom
        row = shell.table.current
        assert row is not None
        assert row.is_noted
        await shell.press("n")
        await shell.press("ctrl+u", "backspace", "ctrl+u", "escape")
        assert "The note is gone." in shell.bottom
        await shell.press("u")
        assert town.triage.note_of(60) == "Ask who\nhosts it"
        await shell.press("u")
        assert town.triage.note_of(60) == ""


async def test_a_note_while_reading_goes_back_to_the_text(town: Workspace) -> None:
    async with opened(town, NARROW) as shell:
        await shell.press("enter", "n")
        await write(shell, "x")
        assert shell.detail.region.height > shell.table.region.height == 0
        await shell.press("escape")
        assert shell.detail.has_focus


async def test_what_is_new_is_counted_gone_to_and_seen(
    town: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Newness, "LOOK_SECONDS", 0.01)
    town.triage.begin()
    learn(town, *(a_project(number, title=f"New {number}") for number in (61, 62, 63)))
    town.triage.look(63)
    async with opened(town, NARROW) as shell:
        assert shell.sees("2 new")
        await shell.press("N")
        assert shell.job == 62
        await shell.press("enter")
        assert await shell.comes_to_see("New 62")
        for _round in range(200):
            if not town.projects.rows([62])[62].is_new:
                break
            await shell.pilot.pause(0.01)
        await shell.press("escape")
        assert shell.sees("1 new")
        await shell.press("A")
        assert "All jobs count as seen" in shell.bottom
        assert not shell.sees("1 new")
        await shell.press("N")
        assert "Nothing new in this list." in shell.bottom
        await shell.press("u")
        assert shell.sees("1 new")
