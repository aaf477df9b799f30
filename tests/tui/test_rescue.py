"""Rescue: the screen after damage to the user's file, in both languages and at two sizes."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from freelancer_tui import i18n
from freelancer_tui.errors import StoreError
from freelancer_tui.store.work import mending, outbox, proposals
from freelancer_tui.tui.app import FreelancerApp
from freelancer_tui.tui.screens.rescue import RescueScreen
from freelancer_tui.workspace import Workspace
from tests.factories import NOW, a_proposal, a_reply_intent, an_entry
from tests.tui.shell import NARROW, WIDE, Shell, opened
from tests.tui.town import a_town

Compare = Callable[..., bool]


def damaged(folder: Path) -> Workspace:
    """Give a desk whose file was damaged since the backup, which has two sheets more."""
    workspace = a_town(folder)
    with workspace.work.transaction() as session:
        for number in (1, 2, 3):
            proposals.put(session, a_proposal(f"p{number}", project_remote_id=number))
        entry = an_entry(intent=a_reply_intent(), subject_id="e1", entity="thread:30")
        outbox.add(session, entry)
    [copy] = (workspace.folder / "backups").iterdir()
    workspace.work.backup(copy)
    os.utime(copy, (NOW.timestamp(), NOW.timestamp()))
    with workspace.work.transaction() as session:
        for number in (1, 2):  # as if their page were gone
            proposals.delete(session, f"p{number}")
    mending.mark_broken(workspace.work.path)
    workspace.close()
    return a_town(folder)


def sheets(workspace: Workspace) -> set[str]:
    with workspace.work.read() as session:
        return {one.id for one in proposals.all(session, 10)}


async def test_the_rest_of_the_backup_is_taken_in(tmp_path: Path) -> None:
    workspace = damaged(tmp_path)
    async with opened(workspace, NARROW) as shell:
        assert isinstance(shell.app.screen, RescueScreen)
        assert shell.sees("Your file work.db was damaged.")
        assert shell.sees("2 proposals")
        await shell.press("y")
        assert not isinstance(shell.app.screen, RescueScreen)
        assert shell.sees("2 things were added.")
        assert sheets(workspace) == {"p1", "p2", "p3"}
    async with opened(workspace, NARROW) as shell:
        assert not isinstance(shell.app.screen, RescueScreen)
    workspace.close()


async def test_it_is_left_and_not_asked_again(tmp_path: Path) -> None:
    workspace = damaged(tmp_path)
    async with opened(workspace, NARROW) as shell:
        await shell.press("escape")
        assert not isinstance(shell.app.screen, RescueScreen)
        await shell.press("r")
    assert sheets(workspace) == {"p3"}
    assert workspace.rescue.pending() is None
    assert (workspace.folder / "work.db.damaged-1").is_dir()
    workspace.close()


async def test_what_fails_is_told_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = damaged(tmp_path)

    def full() -> int:
        raise StoreError("The disk is full.")

    async with opened(workspace, NARROW) as shell:
        monkeypatch.setattr(workspace.rescue, "take", full)
        await shell.press("y")
        assert isinstance(shell.app.screen, RescueScreen)
        assert shell.sees("The disk is full.")
    workspace.close()


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("size", [NARROW, WIDE])
def test_it_looks_as_it_did(
    language: str, size: tuple[int, int], tmp_path: Path, snap_compare: Compare
) -> None:
    async def settle(pilot: Pilot[None]) -> None:
        assert isinstance(pilot.app, FreelancerApp)
        await Shell(pilot.app, pilot).settle()

    i18n.use(language)
    workspace = damaged(tmp_path)
    try:
        app = FreelancerApp(workspace, start_sync=False)
        assert snap_compare(app, terminal_size=size, run_before=settle)
    finally:
        workspace.close()
        i18n.use("en")
