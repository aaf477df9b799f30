"""The shell: sections, keys, palette, bars, the demo's line, leaving."""

import sqlite3
import threading
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from textual._xterm_parser import XTermParser
from textual.widgets import Input

from freelancer_tui import i18n
from freelancer_tui.errors import StoreError
from freelancer_tui.tui.screens.keys import KeysScreen
from freelancer_tui.tui.widgets.nav import SECTIONS, Tally
from freelancer_tui.tui.widgets.stack import Block
from freelancer_tui.tui.widgets.sync_bar import Phase, SyncStatus
from freelancer_tui.tui.widgets.thread_list import ThreadList
from freelancer_tui.workspace import Workspace
from tests.factories import NOW, a_project
from tests.tui.shell import NARROW, WIDE, opened
from tests.tui.town import a_town, a_workspace


async def test_every_section_opens_by_its_number_and_stays(
    town: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    widths: list[int] = []
    draw = ThreadList.draw

    def noted(drawn: ThreadList, width: int) -> Sequence[Block]:
        widths.append(width)
        return draw(drawn, width)

    monkeypatch.setattr(ThreadList, "draw", noted)
    async with opened(town, NARROW) as shell:
        screens = {}
        for key, (name, _label) in enumerate(SECTIONS, 1):
            await shell.press(str(key))
            assert name == shell.app.section.NAME
            screens[name] = shell.app.section
        for key, (name, _label) in enumerate(SECTIONS, 1):
            await shell.press(f"alt+{key}")
            assert shell.app.section is screens[name]
    assert min(widths) >= NARROW[0] - 3, "it was laid out for a wide screen first"


async def test_alt_and_a_digit_goes_there_also_from_a_field_in_an_old_terminal(
    town: Workspace,
) -> None:
    async with opened(town, NARROW) as shell:
        await shell.press("slash", "a")
        parser = XTermParser()
        for event in (*parser.feed("\x1bq"), *parser.feed("")):
            shell.app.post_message(event)
        await shell.settle()
        assert shell.app.screen.query_one(Input).value == "a"
        parser = XTermParser()
        for event in (*parser.feed("\x1b5"), *parser.feed("")):
            shell.app.post_message(event)
        await shell.settle()
        assert shell.app.section.NAME == "outbox"


async def test_a_click_on_a_tab_goes_there(town: Workspace) -> None:
    async with opened(town, NARROW) as shell:
        at = shell.lines()[0].index("Outbox")
        await shell.pilot.click("Nav", offset=(at, 0))
        await shell.settle()
        assert shell.app.section.NAME == "outbox"


async def test_a_proposal_begins_with_the_job_under_the_cursor(town: Workspace) -> None:
    async with opened(town) as shell:
        await shell.press("j", "d")
        assert shell.app.section.NAME == "proposals"
        proposal = town.proposals.of_project(59)
        assert proposal is not None
        assert proposal.standing == "draft"


async def test_escape_leads_from_a_proposal_back_to_where_it_was_begun(town: Workspace) -> None:
    async with opened(town, NARROW) as shell:
        await shell.press("j", "enter", "d")
        await shell.press("f8", "escape")  # its versions, and back to it
        assert await shell.comes_to_see("○ Draft")
        await shell.press("escape")
        assert (shell.app.section.NAME, shell.job) == ("jobs", 59)
        assert shell.detail.has_focus
        await shell.press("2", "enter")  # from the board now
        assert await shell.comes_to_see("○ Draft")
        await shell.press("escape")
        assert shell.app.section.NAME == "proposals"
        assert not shell.app.section.has_class("-sheet")
        await shell.press("o")  # the same way back from a job
        assert shell.detail.has_focus
        await shell.press("escape")
        assert shell.app.section.NAME == "proposals"


async def test_the_palette_lists_and_runs_the_actions(town: Workspace) -> None:
    async with opened(town, (120, 100)) as shell:
        await shell.pilot.press("ctrl+p")
        await shell.pilot.pause(0.3)
        for words in ("Star  (s)", "Search  (/)", "Copy link  (y)", "Sync  (r)", "Read  (⏎)"):
            assert shell.sees(words)
        await shell.pilot.press(*"star", "enter")
        await shell.pilot.pause(0.3)
        await shell.settle()
        assert town.projects.show(60).verdict == "star"


async def test_the_palette_changes_the_theme(town: Workspace) -> None:
    async with opened(town) as shell:
        await shell.pilot.press("ctrl+p", *"xyz")
        assert await shell.comes_to_see("Nothing here is called that.")
        await shell.pilot.press("enter")  # does nothing but close it
        await shell.pilot.press("ctrl+p")
        await shell.pilot.pause(0.2)
        await shell.pilot.press(*"desk-light", "enter")
        await shell.pilot.pause(0.3)
        assert shell.app.theme == "desk-light"


async def test_the_list_of_keys_opens_scrolls_and_closes(town: Workspace) -> None:
    async with opened(town, NARROW) as shell:
        await shell.press("question_mark")
        assert shell.sees("On this screen")
        assert shell.sees("Search all jobs as you type")
        assert shell.sees("All work, talk and money with this")
        assert not any("…" in line for line in shell.lines())
        await shell.press("j", "k", "q")
        assert not isinstance(shell.app.screen, KeysScreen)


async def test_the_users_own_keys(tmp_path: Path) -> None:
    keys = {"jobs.star": "f", "app.quit": "ctrl+x"}
    workspace = a_workspace(tmp_path, a_project(60), keys=keys)
    async with opened(workspace, WIDE) as shell:
        assert "f Star" in shell.bottom
        assert "^x Quit" in shell.bottom
    workspace.close()


async def test_the_bottom_line_can_be_clicked(town: Workspace) -> None:
    async with opened(town) as shell:
        await shell.pilot.click("KeyBar", offset=(shell.bottom.index("Star"), 0))
        await shell.settle()
        assert town.projects.show(60).verdict == "star"


async def test_the_key_that_shows_all_keys_never_loses_its_room(town: Workspace) -> None:
    async with opened(town, NARROW) as shell:
        assert shell.bottom.rstrip().endswith("? Keys")
        await shell.press("enter")
        assert "esc Back" in shell.bottom
        await shell.pilot.click("KeyBar", offset=(shell.bottom.index("? Keys"), 0))
        await shell.settle()
        assert shell.sees("On this screen")


@pytest.mark.parametrize("size", [NARROW, (60, 20), WIDE])
@pytest.mark.parametrize(
    ("status", "words"),
    [
        (SyncStatus("off"), "○ Sync is off"),
        (SyncStatus("starting"), "◌ Starting…"),
        (SyncStatus("syncing"), "↻ Syncing…"),
        (SyncStatus("syncing", what="projects", done=340, total=1200), "340 of 1,200"),
        (SyncStatus("syncing", what="messages", done=7), "↻ Syncing messages: 7"),
        (SyncStatus("online", NOW), "● Online · synced at 17:30"),
        (SyncStatus("offline", NOW), "○ Offline since 17:30"),
        (SyncStatus("paused", NOW), "‖ The marketplace asks to wait until 17:30."),
        (SyncStatus("sign_in", reason="The token has expired."), "! Sign-in needed: The token"),
        (SyncStatus("elsewhere"), "◌ Another window is syncing"),
        (SyncStatus("failed", reason="busy"), "! Sync failed, will try again: busy"),
    ],
)
async def test_the_line_that_says_where_we_stand(
    tmp_path: Path, status: SyncStatus, words: str, size: tuple[int, int]
) -> None:
    workspace = a_workspace(tmp_path)
    async with opened(workspace, size) as shell:
        section = shell.app.section
        section.status, section.tally = status, Tally(unread=3, waiting=2, needs_user=1)
        await shell.pilot.pause()
        assert (words if size[0] > 60 else words[:20]) in shell.standing
        assert shell.standing.endswith("2 waiting · ! 1 needs you")
        assert "(3)" in shell.lines()[0]
        assert "(3!)" in shell.lines()[0]
    workspace.close()


@pytest.mark.parametrize("phase", ["offline", "sign_in", "syncing"])
async def test_other_sections_know_where_we_stand(town: Workspace, phase: Phase) -> None:
    async with opened(town, NARROW) as shell:
        shell.app.turns.status = SyncStatus(phase, NOW)
        await shell.press("5")
        assert shell.app.section.status.phase == phase


async def test_indonesian_is_used_when_a_screen_is_shown(tmp_path: Path) -> None:
    i18n.use("id")
    workspace = a_town(tmp_path)
    async with opened(workspace) as shell:
        assert shell.sees("IDR 15–45")
        assert len(shell.lines()) == WIDE[1]
    workspace.close()


class Line:
    """A line to a marketplace that is not there."""

    def __init__(self) -> None:
        self.running = True
        self.threads: list[str] = []

    def stop(self) -> None:
        self.running = False
        self.threads.append(threading.current_thread().name)

    def start(self) -> None:
        self.running = True


async def test_the_line_of_the_demo_is_cut_and_mended(town: Workspace) -> None:
    line = Line()
    async with opened(town, demo=line) as shell:
        assert "f9 Cut the line" in shell.bottom
        await shell.press("f9")
        assert not line.running
        assert "The line is cut" in shell.bottom
        assert line.threads != ["MainThread"]
        await shell.press("f9")
        assert line.running


async def test_without_a_demo_there_is_no_line(town: Workspace) -> None:
    async with opened(town) as shell:
        await shell.press("f9")
        assert "line" not in shell.bottom


async def test_leaving_saves_what_was_typed(town: Workspace, tmp_path: Path) -> None:
    async with opened(town) as shell:
        shell.app.section.save_soon("text", lambda: (tmp_path / "saved").write_text("a"))
        await shell.pilot.press("q")
        await shell.pilot.pause()
        assert (tmp_path / "saved").read_text() == "a"
        assert not shell.app.is_running


async def test_going_elsewhere_saves_what_was_typed(town: Workspace, tmp_path: Path) -> None:
    async with opened(town) as shell:
        shell.app.section.save_soon("text", lambda: (tmp_path / "saved").write_text("a"))
        await shell.press("5")
        assert (tmp_path / "saved").exists()


async def test_leaving_stops_once_when_something_cannot_be_saved(town: Workspace) -> None:
    def full() -> None:
        raise StoreError("The disk is full.", hint="Make room, or press q again.")

    Path.home().mkdir(parents=True, exist_ok=True)
    async with opened(town) as shell:
        shell.app.section.save_soon("text", full, "Dear client")
        await shell.press("q")
        assert shell.app.is_running
        assert shell.bottom.startswith(" ! Not saved.")
        await shell.pilot.press("q")
        await shell.pilot.pause()
        assert not shell.app.is_running
    (left,) = Path.home().glob("freelancer-unsaved-*.txt")
    assert "Dear client" in left.read_text()


async def test_a_section_whose_files_are_newer_than_we_are_says_so(town: Workspace) -> None:
    with closing(sqlite3.connect(town.folder / "work.db")) as connection:
        connection.execute("PRAGMA user_version = 999")
    async with opened(town) as shell:
        await shell.press("2")
        assert shell.app.section.NAME == "jobs"
        assert shell.bottom.startswith(" ! ")


async def test_a_theme_of_the_settings(tmp_path: Path) -> None:
    for theme, used in (("nord", "nord"), ("no-such-theme", "desk-dark")):
        workspace = a_workspace(tmp_path / theme, theme=theme)
        async with opened(workspace) as shell:
            assert shell.app.theme == used
        workspace.close()


async def test_a_section_draws_without_colours(
    town: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(town, NARROW) as shell:
        await shell.press("j", "s")
        assert shell.sees("▌★ ")
