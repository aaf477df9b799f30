"""Jobs: finding, reading and sorting out what clients posted."""

import threading
from array import array
from datetime import timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.projects import ProjectSummary
from freelancer_tui.errors import StoreError
from freelancer_tui.services.projects import Projects, Stop
from freelancer_tui.store.cache import seeking
from freelancer_tui.sync.events import Pulled
from freelancer_tui.tui.app import FreelancerApp
from freelancer_tui.tui.screens import finder, listing, looks
from freelancer_tui.tui.screens.links import open_link
from freelancer_tui.tui.widgets import project_rows
from freelancer_tui.tui.widgets.project_table import ProjectTable
from freelancer_tui.tui.widgets.search_field import SearchField
from freelancer_tui.tui.widgets.sync_bar import Phase, SyncStatus
from freelancer_tui.workspace import Workspace
from tests.factories import NOW, a_project
from tests.tui.shell import NARROW, WIDE, Shell, opened
from tests.tui.town import HOSTILE, a_town, a_workspace, learn


async def test_the_newest_job_is_first_and_read_beside_the_list(town: Workspace) -> None:
    async with opened(town) as shell:
        assert shell.job == 60
        assert shell.sees("60 jobs")
        assert shell.sees("We roast coffee")
        assert shell.sees("Mira Halim · ★ 4.9, 23 reviews")
        assert shell.sees("17:30 · the same as yours")
        assert shell.sees("0 ·········████████······· 24")
        assert shell.sees("█ 8 h in common, your 09:00 on")


async def test_the_text_follows_the_cursor(town: Workspace) -> None:
    async with opened(town) as shell:
        await shell.press("j", "j", "down", "k")
        assert shell.job == 58
        assert shell.detail.view is not None
        assert shell.detail.view.project.remote_id == 58


async def test_edges_and_pages(town: Workspace) -> None:
    async with opened(town, NARROW) as shell:
        await shell.press("G")
        assert shell.job == 1
        await shell.press("g")
        assert shell.job == 60
        await shell.press("ctrl+d")
        assert shell.job is not None
        assert shell.job < 60
        await shell.press("ctrl+u")
        assert shell.job == 60


async def test_a_narrow_screen_shows_the_list_or_the_text(town: Workspace) -> None:
    async with opened(town, NARROW) as shell:
        assert not shell.sees("We roast coffee")
        await shell.press("enter")
        assert shell.sees("We roast coffee")
        assert not shell.sees("60 jobs")
        await shell.press("escape")
        assert shell.sees("60 jobs")
        assert shell.table.has_focus


async def test_a_screen_that_becomes_narrow_and_wide_again(town: Workspace) -> None:
    async with opened(town) as shell:
        await shell.pilot.resize_terminal(*NARROW)
        await shell.settle()
        assert not shell.sees("We roast coffee")
        await shell.pilot.resize_terminal(*WIDE)
        await shell.settle()
        assert shell.sees("We roast coffee")


async def test_search_as_one_types_and_clear(town: Workspace) -> None:
    async with opened(town) as shell:
        await shell.search("mangrove the")
        assert shell.sees("found")
        assert {row.title for row in shell.table.rows} == {
            "Proofread a thesis on mangrove restoration"
        }
        await shell.press("enter")
        assert shell.table.has_focus
        await shell.press("escape")
        await shell.pilot.pause(0.06)
        await shell.settle()
        assert len(shell.table.rows) == 60


async def test_search_without_a_match_says_so(town: Workspace) -> None:
    async with opened(town) as shell:
        await shell.search("xyzzy")
        assert shell.sees("No job here fits all of this.")
        assert shell.detail.view is None


async def test_letters_typed_into_the_search_are_no_keys(town: Workspace) -> None:
    async with opened(town) as shell:
        await shell.search("sqx 2")
        assert shell.app.section.NAME == "jobs"
        assert shell.app.section.query_one(SearchField).value == "sqx 2"
        assert town.projects.search("")[0].verdict is None


class SlowProjects(Projects):
    """Search that waits at `x` until somebody stops it."""

    stopped: list[str]

    def search(
        self, text: str, *, limit: int = 50, stop: Stop | None = None, at_once: bool = False
    ) -> list[ProjectSummary]:
        if text == "x" and stop is not None:
            while not stop.raised:
                pass
            self.stopped.append(text)
        return super().search(text, limit=limit, stop=stop, at_once=at_once)


async def test_a_stale_search_is_stopped_and_never_shown(town: Workspace) -> None:
    town.projects = SlowProjects(town.cache, town.marks, town.clock)
    town.projects.stopped = []
    async with opened(town) as shell:
        await shell.pilot.press("slash", "x")
        await shell.pilot.pause(0.08)
        await shell.pilot.press("backspace", *"logo")
        await shell.pilot.pause(0.08)
        await shell.settle()
        assert town.projects.stopped == ["x"]
        assert {row.title for row in shell.table.rows} == {"Logo and menu for a warung"}


async def test_star_skip_and_undo(town: Workspace) -> None:
    async with opened(town) as shell:
        await shell.press("s")
        assert shell.sees("u undoes · Starred")
        assert shell.sees("★  Landing page")
        await shell.press("s")
        assert town.projects.show(60).verdict is None
        await shell.press("x")
        assert shell.job == 59
        assert town.projects.show(60).verdict == "skip"
        await shell.press("u")
        assert shell.job == 60
        assert town.projects.show(60).verdict is None
        await shell.press("u", "u")
        assert town.projects.show(60).verdict is None
        await shell.press("u")
        assert town.projects.show(60).verdict is None


async def test_a_mark_while_reading_is_for_what_is_read(town: Workspace) -> None:
    async with opened(town, NARROW) as shell:
        await shell.press("j", "enter", "s")
        assert town.projects.show(59).verdict == "star"
        assert shell.sees("★ Starred")


async def test_copy_and_open_a_link(town: Workspace) -> None:
    async with opened(town) as shell:
        await shell.press("y")
        assert shell.app.clipboard == "https://www.freelancer.example/projects/60"
        assert shell.bottom.startswith(" › Copied")
        for address in ("file:///etc/passwd", "-private-window", "javascript:alert(1)", ""):
            assert not await open_link(address, shell.app.suspend)


async def test_the_last_key_goes_to_the_real_last_job(tmp_path: Path) -> None:
    workspace = a_town(tmp_path, 450)
    async with opened(workspace) as shell:
        assert len(shell.table.rows.ids) == 100
        await shell.press("asterisk")
        assert shell.sees("450 selected")
        await shell.press("escape", "G")
        assert shell.job == 1
        assert list(shell.table.rows.ids) == list(range(450, 0, -1))
        assert shell.detail.view is not None
        assert shell.detail.view.project.remote_id == 1
        await shell.press("g", "ctrl+d")
        assert shell.job is not None
        assert shell.job > 400
    workspace.close()


class WaitingIds(Projects):
    """A cache so long that all ids of it take a while."""

    def ids(self, text: str, *, stop: Stop | None = None) -> "array[int]":
        self.gate.wait(5)
        return super().ids(text, stop=stop)

    gate: threading.Event


async def test_the_last_jobs_are_there_before_all_ids_are(tmp_path: Path) -> None:
    workspace = a_town(tmp_path, 450)
    workspace.projects = WaitingIds(workspace.cache, workspace.marks, workspace.clock)
    workspace.projects.gate = threading.Event()
    async with opened(workspace) as shell:
        await shell.pilot.press("G")
        assert await shell.comes_to_see("Landing page for a coffee")
        while shell.job is None:
            await shell.pilot.pause(0.01)
        assert (shell.job, len(shell.table.rows.ids)) == (1, 100)
        await shell.pilot.press("k", "k")
        assert shell.job == 3
        workspace.projects.gate.set()
        await shell.settle()
        assert (shell.job, len(shell.table.rows.ids)) == (3, 450)
    workspace.close()


async def test_rows_come_wherever_the_wheel_goes_and_few_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project_rows, "MOST_KEPT", 300)
    workspace = a_town(tmp_path, 800)
    async with opened(workspace) as shell:
        for y in (400, 60, 750, 200):
            shell.table.scroll_to(y=y, animate=False)
            await shell.settle()
            assert not shell.table.lacking()
        assert shell.job == 800
        assert len(shell.table.rows) == 800
        assert len(list(shell.table.rows)) == 300
    workspace.close()


async def test_a_search_counts_all_it_finds(tmp_path: Path) -> None:
    workspace = a_town(tmp_path, 450, titles=("Logo for a warung",))
    async with opened(workspace) as shell:
        await shell.search("logo")
        assert await shell.comes_to_see("450 found")
        await shell.press("enter", "G")
        assert shell.job == 1
    workspace.close()


async def test_new_jobs_leave_the_cursor_on_its_job(town: Workspace) -> None:
    async with opened(town) as shell:
        await shell.press("j", "j", "j")
        learn(town, *(a_project(number, title=f"New {number}") for number in (61, 62, 63)))
        shell.app.section.on_sync_event(Pulled(Feed("projects"), 3, 3, None))
        await shell.pilot.pause(0.4)
        await shell.settle()
        assert shell.job == 57
        assert shell.table.rows.ids[0] == 63
        assert shell.sees("63 jobs")


async def test_another_section_opens_a_job_that_is_not_in_the_list(tmp_path: Path) -> None:
    workspace = a_town(tmp_path, 300)
    async with opened(workspace, NARROW) as shell:
        await shell.app.section.open(5)
        await shell.settle()
        assert shell.detail.view is not None
        assert shell.detail.view.project.remote_id == 5
        await shell.press("s")
        assert workspace.projects.show(5).verdict == "star"
    workspace.close()


async def test_a_click_chooses_and_a_second_one_reads(town: Workspace) -> None:
    async with opened(town, NARROW) as shell:
        await shell.pilot.click("ProjectTable", offset=(10, 4))
        await shell.settle()
        assert shell.job == 57
        await shell.pilot.click("ProjectTable", offset=(10, 4))
        await shell.settle()
        assert shell.sees("We roast coffee")


async def test_a_very_long_text_is_laid_out_as_it_is_scrolled(tmp_path: Path) -> None:
    text = "\n".join(f"line {number} of a brief without end" for number in range(5000))
    workspace = a_workspace(tmp_path, a_project(1, description=text))
    async with opened(workspace, NARROW) as shell:
        await shell.press("enter")
        assert shell.detail.virtual_size.height < 2000
        for _page in range(20):
            await shell.press("end")
        assert shell.sees("line 4999 of a brief without end")
    workspace.close()


@pytest.mark.parametrize("width", [40, 61, 80, 100, 131, 240])
async def test_hostile_titles_break_no_line(tmp_path: Path, width: int) -> None:
    workspace = a_town(tmp_path, titles=HOSTILE)
    async with opened(workspace, (width, 30)) as shell:
        await shell.press("j", "enter")
        for strip in shell.app.screen._compositor.render_strips():
            assert sum(cell_len(segment.text) for segment in strip) == width
        for y in range(30):
            assert shell.table.render_line(y).cell_length == shell.table.size.width
    workspace.close()


async def test_an_empty_list_keeps_the_keys(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    async with opened(workspace, NARROW) as shell:
        await shell.press("r", "s", "j", "G", "enter", "d", "y", "o", "u")
        assert shell.table.has_focus
        assert shell.app.section.query_one(SearchField).value == ""
        assert "Search" in shell.bottom
        assert "Star" not in shell.bottom
        learn(workspace, a_project(1))
        shell.app.section.reload()
        await shell.settle()
        assert shell.sees("Build a web shop")
        assert "Read" in shell.bottom
        assert "Star" in shell.bottom
    workspace.close()


async def test_reading_beside_the_list_and_going_back_to_it(town: Workspace) -> None:
    async with opened(town) as shell:
        await shell.press("enter", "j", "j", "l")
        assert shell.detail.has_focus
        assert shell.job == 60
        await shell.press("shift+tab", "j")
        assert shell.table.has_focus
        assert shell.detail.view is not None
        assert shell.detail.view.project.remote_id == 59
        await shell.press("l")
        await shell.pilot.resize_terminal(*NARROW)
        await shell.settle()
        assert shell.sees("We roast coffee")
        await shell.press("left")
        assert shell.table.has_focus


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        ("off", "Press r to bring them in."),
        ("online", "No jobs here yet."),
        ("starting", "The first jobs are on their way…"),
        ("offline", "No jobs here yet, and the marketplace cannot be reached."),
        ("sign_in", "Sign in to bring the first jobs in."),
        ("failed", "The first jobs could not be read."),
    ],
)
async def test_an_empty_list_says_why_and_what_to_do(
    tmp_path: Path, phase: Phase, words: str
) -> None:
    workspace = a_workspace(tmp_path)
    async with opened(workspace, NARROW) as shell:
        shell.app.section.status = SyncStatus(phase, NOW, reason="The token is refused.")
        await shell.settle()
        assert shell.sees(words)
    workspace.close()


class WaitingProjects(Projects):
    """A cache on a slow disk."""

    def search(
        self, text: str, *, limit: int = 50, stop: Stop | None = None, at_once: bool = False
    ) -> list[ProjectSummary]:
        self.gate.wait(5)
        return super().search(text, limit=limit, stop=stop, at_once=at_once)

    gate: threading.Event


async def test_a_list_that_takes_long_says_so(town: Workspace) -> None:
    town.projects = WaitingProjects(town.cache, town.marks, town.clock)
    town.projects.gate = threading.Event()
    app = FreelancerApp(town, start_sync=False)
    async with app.run_test(size=NARROW) as pilot:
        shell = Shell(app, pilot)
        await pilot.pause(0.3)
        assert shell.sees("Reading the jobs…")
        town.projects.gate.set()
        await shell.settle()
        assert shell.sees("60 jobs")
        assert not shell.sees("Reading")


async def test_the_order_of_many_jobs_is_rough_at_first_and_exact_in_the_end(
    town: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (finder, listing):
        monkeypatch.setattr(module, "PAGE", 5)
    monkeypatch.setattr(seeking, "_AT_ONCE", 6)
    best = [row.remote_id for row in town.projects.search("sort:budget", limit=60)]
    rough = [row.remote_id for row in town.projects.search("sort:budget", limit=5, at_once=True)]
    assert rough[0] != best[0]
    async with opened(town) as shell:
        await shell.search("sort:budget")
        table = shell.app.screen.query_one(ProjectTable)
        assert (list(table.rows.ids), table.cursor) == (best, 0)


async def test_ctrl_c_ends_nothing(town: Workspace) -> None:
    async with opened(town, NARROW) as shell:
        await shell.press("ctrl+c")
        assert shell.app.is_running
        assert "q leaves" in shell.bottom


class BrokenProjects(Projects):
    """A cache that cannot be read."""

    def search(
        self, text: str, *, limit: int = 50, stop: Stop | None = None, at_once: bool = False
    ) -> list[ProjectSummary]:
        raise StoreError("The disk is full.", hint="Make room.")


async def test_a_cache_that_cannot_be_read_says_so(town: Workspace) -> None:
    town.projects = BrokenProjects(town.cache, town.marks, town.clock)
    async with opened(town, NARROW) as shell:
        assert await shell.comes_to_see("The jobs cannot be read.")
        assert shell.sees("The disk is full.")
        assert shell.sees("Make room.")


async def test_ages_move_on_by_the_minute(town: Workspace) -> None:
    async with opened(town, NARROW) as shell:
        assert shell.sees("2 min")
        shell.app.clock = shell.app.clock
        town.clock = lambda: NOW + timedelta(minutes=5)
        object.__setattr__(shell.app.section.clock, "now", town.clock)
        shell.app.section.minute()
        await shell.settle()
        assert shell.sees("7 min")


def test_the_looks_have_a_title_and_advice() -> None:
    assert len(looks.nothing_found()) == 2
    assert looks.failed(StoreError("No.")) == ("The jobs cannot be read.", "No.")
