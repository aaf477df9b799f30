"""Leaving: what cannot be saved is never left behind, and saving begins when one turns away."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from freelancer_tui.errors import StoreError
from freelancer_tui.tui import leaving
from freelancer_tui.tui.app import FreelancerApp
from freelancer_tui.tui.leaving import leave_texts
from freelancer_tui.tui.screens import autosave, reader
from freelancer_tui.tui.screens.projects import ProjectsScreen
from freelancer_tui.tui.widgets.proposal_editor import ProposalEditor
from freelancer_tui.workspace import Workspace
from tests.factories import NOW, a_proposal
from tests.tui.desk import Desk, at
from tests.tui.scenes import jobs
from tests.tui.shell import Shell, opened
from tests.tui.town import a_workspace


def draft(desk: Desk) -> None:
    jobs(desk)
    desk.lay_in(a_proposal("p1", project_remote_id=1, currency="IDR", text="Hello"))


@contextmanager
def full_disk(desk: Desk, monkeypatch: pytest.MonkeyPatch, times: int) -> Iterator[list[int]]:
    """Let so many transactions fail as on a full disk."""
    left, real = [times], desk.work.transaction

    @contextmanager
    def transaction() -> Iterator[object]:
        if left[0]:
            left[0] -= 1
            raise StoreError("The disk is full.")
        with real() as session:
            yield session

    monkeypatch.setattr(desk.work, "transaction", transaction)
    yield left


async def test_a_save_that_fails_is_told_beside_the_text_and_made_up_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave, "FIRST_RETRY_SECONDS", 0.02)
    async with at(tmp_path, "proposals", draft, (80, 24)) as user:
        await user.press("enter")
        user.host.section.query_one(ProposalEditor).writing.focus()
        with full_disk(user.desk, monkeypatch, 1000) as left:
            await user.type("abc")
            assert not await user.host.section.flush()
            await user.settle()
            assert user.sees("! not saved yet: The disk is full.")
            await user.type("def")
            left[0] = 0
            for _try in range(500):
                if not user.host.section.autosave.unsaved():
                    break
                await asyncio.sleep(0.01)
        await user.settle()
        assert not user.sees("not saved yet")
        assert "abcdef" in user.desk.proposals.show("p1").proposal.text


async def test_turning_away_from_the_text_saves_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave, "PAUSE_SECONDS", 60)
    async with at(tmp_path, "proposals", draft) as user:
        await user.press("enter")
        editor = user.host.section.query_one(ProposalEditor)
        editor.writing.focus()
        await user.type("abc")
        assert user.host.section.autosave.unsaved()
        editor.price.entry.focus()
        await user.settle()
        for _try in range(500):
            if "abc" in user.desk.proposals.show("p1").proposal.text:
                break
            await asyncio.sleep(0.01)
        assert not user.host.section.autosave.unsaved()


async def test_leaving_warns_once_and_then_puts_the_text_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "elsewhere", lambda: (tmp_path,))
    workspace = a_workspace(tmp_path / "home")
    async with opened(workspace) as shell:

        def fail() -> None:
            raise StoreError("The disk is full.")

        shell.app.section.save_soon("proposal:p1", fail, "precious words")
        await shell.press("q")
        await shell.settle()
        assert "Not saved" in shell.bottom
        assert not list(tmp_path.glob("freelancer-unsaved-*"))
        await shell.app.action_quit()
    (left,) = tmp_path.glob("freelancer-unsaved-*")
    assert "precious words" in left.read_text()
    assert left.stat().st_mode & 0o777 == 0o600
    workspace.close()


def test_a_place_that_takes_nothing_is_passed_over(tmp_path: Path) -> None:
    said = leave_texts({"p1": "words"}, NOW, (tmp_path / "none", tmp_path))
    assert said is not None
    assert str(tmp_path) in said.plain
    (left,) = tmp_path.iterdir()
    assert left.read_text() == "[p1]\nwords\n"


def test_with_no_place_at_all_the_terminal_keeps_the_text(tmp_path: Path) -> None:
    said = leave_texts({"p1": "words [bold]"}, NOW, (tmp_path / "none",))
    assert said is not None
    assert "words [bold]" in said.plain


async def test_a_fault_of_ours_ends_in_plain_words_and_saves_what_was_typed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    workspace = a_workspace(tmp_path)
    saved = list[str]()

    def fail() -> None:
        told = "a client's secret"
        raise ValueError(len(told))

    async def use() -> None:
        async with opened(workspace) as shell:
            shell.app.section.save_soon("x", lambda: saved.append("kept"), "typed")
            shell.app.call_later(fail)

    with pytest.raises(ValueError, match="17"):
        await use()
    told = capfd.readouterr().err.replace("\n", "")  # a long path is folded
    assert "This is a fault of freelancer-tui: ValueError." in told
    assert str(workspace.settings.places.log_file) in told
    assert "secret" not in told
    assert saved == ["kept"]
    assert "a fault in the screens" in caplog.text


async def test_who_leaves_while_a_job_is_being_shown_sees_no_fault(
    town: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "_PAUSE_SECONDS", 0.01)  # it goes on while screens are taken down
    app = FreelancerApp(town, start_sync=False)
    close = app._close_all
    late = list[object]()

    async with app.run_test() as pilot:
        await Shell(app, pilot).settle()
        section = app.section
        assert isinstance(section, ProjectsScreen)

        async def ask_and_close() -> None:
            section.reader.again()
            late.extend(worker for worker in app.workers if not worker.is_cancelled)
            await close()

        app._recount()
        app.workers.cancel_all()  # before it began
        section.reader.again()
        monkeypatch.setattr(app, "_close_all", ask_and_close)
    assert late == []
