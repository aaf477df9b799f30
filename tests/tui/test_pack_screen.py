"""The dispute pack on the screen: asked where to, made off the event loop, told, stopped."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.widgets import Input

from freelancer_tui.domain.disputes import Packed
from freelancer_tui.errors import Stopped
from freelancer_tui.tui.screens.messages import MessagesScreen
from freelancer_tui.tui.screens.pack import PackScreen
from tests.tui.desk import User, at
from tests.tui.scenes import talk


async def begun(user: User, target: str = "messages:30") -> PackScreen:
    """Open the screen at a conversation."""
    screen = user.host.section
    assert isinstance(screen, PackScreen)
    await screen.open(target)
    await user.settle()
    return screen


async def test_a_key_in_a_conversation_leads_there(tmp_path: Path) -> None:
    async with at(tmp_path, "messages", talk) as user:
        screen = user.host.section
        assert isinstance(screen, MessagesScreen)
        shown = screen.inbox.current
        await user.press("D")
        assert user.host.wished == [("pack", f"messages:{shown}")]


async def test_it_asks_where_to_and_tells_what_came_of_it(tmp_path: Path) -> None:
    async with at(tmp_path, "pack", talk, (80, 24)) as user:
        screen = await begun(user)
        assert user.sees("Where to, and in which language")
        screen.inquiry.query(Input).first().value = str(tmp_path / "out")
        await user.press("enter", "ctrl+u")
        await user.type("xx")
        await user.press("enter")
        assert user.sees("en, id or both")
        await user.press("ctrl+u")
        await user.type("id")
        await user.press("enter")
        await user.pilot.app.workers.wait_for_complete()
        await user.settle()
        [folder] = (tmp_path / "out").iterdir()
        assert (folder / "dispute.pdf").stat().st_size > 10_000
        assert "Percakapan" in (folder / "dispute.txt").read_text()
        assert user.sees("Written with")
        assert not screen.inquiry.is_open
        await user.press("escape")
        assert user.host.wished[-1] == ("messages", None)


async def test_escape_stops_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*_matter: Any, tell: Callable[[str], object], stop: Callable[[], bool]) -> Packed:
        tell("reading")
        while not stop():
            Event().wait(0.005)
        raise Stopped("Stopped; nothing was written.")

    async with at(tmp_path, "pack", talk) as user:
        screen = await begun(user)
        monkeypatch.setattr(screen.disputes, "pack", endless)
        await user.pilot.press("enter", "enter")
        while not user.sees("Esc stops it"):
            await user.pilot.pause()
        await user.pilot.press("escape")
        await user.pilot.app.workers.wait_for_complete()
        await user.settle()
        assert user.sees("nothing was written")
        await begun(user, "messages:404")
        assert user.sees("There is no thread 404 here.")
