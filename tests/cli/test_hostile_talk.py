"""Hostile talk: whatever a stranger says comes through thread view and shell as words only."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.messages import Message
from freelancer_tui.domain.text import clean
from freelancer_tui.store.cache import facts
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.tui.screens.messages import MessagesScreen
from tests.cli.shell import Shell
from tests.factories import a_message, a_page, a_person, a_thread
from tests.hostile import MARKUP, TEXTS, UNSAFE
from tests.tui.desk import Desk, at

MARKED = 300 + TEXTS.index(MARKUP[0])


def said() -> Iterator[Message]:
    """Give all of it as it comes through the door of the adapter."""
    return (a_message(300 + place, text=clean(text)) for place, text in enumerate(TEXTS))


def hostile(desk: Desk) -> None:
    """Let a stranger say all of it."""
    desk.keep(Feed("threads"), a_person(display_name=clean("\x1b[1mEve")), a_thread(30))
    desk.keep(Feed("messages", "30"), *said())


async def test_nothing_of_it_reaches_the_terminal_but_words(tmp_path: Path) -> None:
    async with at(tmp_path, "messages", hostile, (80, 24)) as user:
        await user.press("enter")
        section = user.host.section
        assert isinstance(section, MessagesScreen)
        for place in range(len(TEXTS)):
            section.talk.said.move_to(str(300 + place))
            await user.pilot.pause()
            lines = user.screen()
            assert not any(UNSAFE.search(line) for line in lines)
        section.talk.said.move_to(str(MARKED))
        await user.pilot.pause()
        assert user.sees("[red]markup[/] [@click=app.quit]x[/] $primary {name} %s")
        assert section.talk.said.check_action("follow", ()) is False
        await user.press("greater_than_sign")
        assert not UNSAFE.search(section.talk.composer.writing.text)


def test_the_shell_prints_nothing_but_words(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FREELANCER_TUI_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("FREELANCER_TUI_TOKEN", "none")
    assert shell.ok("messages", "threads") == []
    with closing(CacheDatabase(shell.folder())) as cache, cache.transaction() as connection:
        facts.store(connection, Feed("threads"), a_page(a_person(), a_thread(30)))
        facts.store(connection, Feed("messages", "30"), a_page(*said()))
    shown = shell.ok("messages", "show", 30)
    assert [one["remote_id"] for one in shown] == [300 + place for place in range(len(TEXTS))]
    assert not any(UNSAFE.search(one["text"]) for one in shown)
    for arguments in (("show", 30), ("threads",), ("search", "markup"), ("search", "link")):
        told = shell("messages", *arguments)
        assert (told.code, told.err) == (0, "")
        assert not UNSAFE.search(told.out)
    [found] = shell.ok("messages", "search", "click", "app.quit")
    assert (found["remote_id"], found["thread"]["remote_id"]) == (MARKED, 30)
    assert shell.ok("messages", "search", "haystack") == []
