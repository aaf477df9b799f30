"""Pictures of the shell: what it looks like at two sizes; a changed one is looked at."""

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot

from freelancer_tui.tui.app import FreelancerApp
from freelancer_tui.tui.welcome import WelcomeApp
from freelancer_tui.tui.widgets.nav import Tally
from freelancer_tui.tui.widgets.sync_bar import SyncStatus
from freelancer_tui.workspace import Workspace
from tests.factories import NOW
from tests.tui.shell import NARROW, WIDE, Shell
from tests.tui.town import HOSTILE, a_town, a_workspace

Compare = Callable[..., bool]
Steps = Callable[[Pilot[None]], Awaitable[None]]


@pytest.fixture
def workspaces(tmp_path: Path) -> Iterator[list[Workspace]]:
    opened: list[Workspace] = []
    yield opened
    for workspace in opened:
        workspace.close()


def after(*keys: str, status: SyncStatus, tally: Tally) -> Steps:
    """Give the steps to a picture: keys, then where the sync stands."""

    async def steps(pilot: Pilot[None]) -> None:
        assert isinstance(pilot.app, FreelancerApp)
        shell = Shell(pilot.app, pilot)
        await shell.settle()
        if keys:
            await shell.press(*keys)
        pilot.app.section.status, pilot.app.section.tally = status, tally
        await shell.settle()

    return steps


ONLINE = SyncStatus("online", NOW)
SYNCING = SyncStatus("syncing", what="projects", done=340, total=1200)
OFFLINE = SyncStatus("offline", NOW)
CALM, BUSY = Tally(), Tally(unread=3, waiting=2, needs_user=1)
PICTURES = [
    pytest.param("desk-dark", NARROW, (), ONLINE, CALM, id="jobs-narrow"),
    pytest.param("desk-dark", WIDE, ("j", "s", "j", "x"), SYNCING, BUSY, id="jobs-wide"),
    pytest.param("desk-light", WIDE, ("j",), ONLINE, BUSY, id="jobs-light"),
    pytest.param("textual-dark", WIDE, ("j",), OFFLINE, BUSY, id="jobs-other-theme"),
    pytest.param("desk-light", NARROW, ("enter",), OFFLINE, CALM, id="reading-narrow"),
    pytest.param("desk-dark", WIDE, ("question_mark",), ONLINE, CALM, id="keys"),
]


@pytest.mark.parametrize(("theme", "size", "keys", "status", "tally"), PICTURES)
def test_jobs(
    theme: str,
    size: tuple[int, int],
    keys: tuple[str, ...],
    status: SyncStatus,
    tally: Tally,
    *,
    tmp_path: Path,
    workspaces: list[Workspace],
    snap_compare: Compare,
) -> None:
    workspaces.append(a_town(tmp_path))
    app = FreelancerApp(workspaces[0], start_sync=False)
    app.theme = theme
    steps = after(*keys, status=status, tally=tally)
    assert snap_compare(app, terminal_size=size, run_before=steps)


def test_hostile_titles(tmp_path: Path, workspaces: list[Workspace], snap_compare: Compare) -> None:
    workspaces.append(a_town(tmp_path, 14, titles=HOSTILE))
    app = FreelancerApp(workspaces[0], start_sync=False)
    steps = after(status=ONLINE, tally=CALM)
    assert snap_compare(app, terminal_size=NARROW, run_before=steps)


def test_offline_with_nothing_yet(
    tmp_path: Path, workspaces: list[Workspace], snap_compare: Compare
) -> None:
    workspaces.append(a_workspace(tmp_path))
    app = FreelancerApp(workspaces[0], start_sync=False)
    steps = after(status=OFFLINE, tally=CALM)
    assert snap_compare(app, terminal_size=NARROW, run_before=steps)


@pytest.mark.parametrize("size", [NARROW, WIDE])
def test_welcome(size: tuple[int, int], snap_compare: Compare) -> None:
    app: App[object] = WelcomeApp(problem="The token is refused.")  # type: ignore[assignment]
    assert snap_compare(app, terminal_size=size)
