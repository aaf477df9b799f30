"""Looks: the sections when files cannot be read, when there is no room, and under the mouse."""

from collections.abc import Callable
from pathlib import Path

import pytest

from freelancer_tui.errors import StoreError
from freelancer_tui.tui.screens.messages import MessagesScreen
from freelancer_tui.tui.widgets.sync_bar import SyncStatus
from tests.factories import a_proposal
from tests.tui.desk import Desk, at
from tests.tui.scenes import board, history, money, talk, waiting

FILLED: dict[str, Callable[[Desk], None]] = {
    "proposals": board,
    "messages": talk,
    "invoices": money,
    "outbox": waiting,
    "log": history,
}
QUESTIONS = {
    "proposals": ("decks", "lay"),
    "messages": ("messages", "threads"),
    "invoices": ("milestones", "lines"),
    "outbox": ("outbox", "views"),
    "log": ("sync_log", "lines"),
}


@pytest.mark.parametrize("name", FILLED)
async def test_an_error_says_what_to_do_and_goes_away(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_words: object, **_options: object) -> None:
        raise StoreError("The file is busy.", hint="Close the other window.")

    async with at(tmp_path, name, FILLED[name], (80, 24)) as user:
        service, question = QUESTIONS[name]
        with monkeypatch.context() as broken:
            broken.setattr(getattr(user.host.section, service), question, fail)
            user.host.section.reload()
            await user.settle()
            assert user.sees("cannot be read now")
            assert user.sees("The file is busy.")
            assert user.sees("Close the other window.")
        user.host.section.reload()
        await user.settle()
        assert not user.sees("cannot be read now")
        assert not user.sees("The file is busy.")


@pytest.mark.parametrize("size", [(24, 8), (60, 12), (240, 60)])
@pytest.mark.parametrize("name", FILLED)
async def test_any_size_can_be_used(name: str, size: tuple[int, int], tmp_path: Path) -> None:
    async with at(tmp_path, name, FILLED[name], size) as user:
        await user.press("j", "j", "G", "g", "enter")
        width = size[0]
        assert all(len(line) <= width for line in user.screen())


async def test_a_conversation_follows_a_change_of_size(tmp_path: Path) -> None:
    async with at(tmp_path, "messages", talk) as user:
        await user.press("enter")
        assert user.sees("And what about the photographs?")
        await user.pilot.resize_terminal(80, 24)
        await user.settle()
        assert user.sees("And what about the photographs?")
        await user.pilot.resize_terminal(140, 30)
        await user.settle()
        assert user.sees("And what about the photographs?")
        assert user.sees("Tom O'Brien")


async def test_offline_without_conversations_says_that_they_will_come(tmp_path: Path) -> None:
    async with at(tmp_path, "messages", lambda desk: None) as user:
        section = user.host.section
        assert isinstance(section, MessagesScreen)
        section.status = SyncStatus("offline")
        section.reload()
        await user.settle()
        assert user.sees("You are offline: they come as soon as there is a line.")


async def test_a_filter_can_be_clicked(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", board) as user:
        await user.pilot.click("#filters", offset=(26, 0))
        await user.settle()
        assert user.sees("✗ Refused")
        assert not user.sees("● Placed")


async def test_a_draft_discarded_elsewhere_closes_its_sheet(tmp_path: Path) -> None:
    async with at(tmp_path, "proposals", lambda desk: desk.lay_in(a_proposal())) as user:
        await user.press("enter")
        user.desk.proposals.discard("p1")
        user.host.section.reload()
        await user.settle()
        assert user.sees("No proposals yet")


async def test_words_can_be_selected_with_the_mouse(tmp_path: Path) -> None:
    async with at(tmp_path, "messages", talk) as user:
        await user.press("enter")
        await user.pilot.mouse_down("#said", offset=(0, 0))
        await user.pilot.hover("#said", offset=(40, 4))
        await user.pilot.mouse_up("#said", offset=(40, 4))
        await user.pilot.pause()
        assert user.host.screen.get_selected_text()
        assert user.screen()
