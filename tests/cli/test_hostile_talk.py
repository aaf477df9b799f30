"""Hostile talk: whatever a stranger says comes through thread view and shell as words only."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.messages import Message
from freelancer_tui.domain.text import clean
from freelancer_tui.store.cache import facts
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.tui.screens.messages import MessagesScreen
from tests.cli.shell import Shell
from tests.factories import a_message, a_page, a_person, a_thread
from tests.tui.desk import Desk, at

CORPUS: Final = (
    "\x1b[2J\x1b[Hgone",
    "\x1b]0;owned\x07title",
    "\x1b]52;c;aGk=\x07clip",
    "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x9b31mred\x9d0;t\x9c",
    "\x1bPq#0\x1b\\sixel",
    "\x00\x08\x7fback",
    "abc\u202egpj.exe",
    "\u2066isolated\u2069",
    "zero\u200bwidth\u200fmark\ufeff",
    "\U000e0041tag",
    "[red]markup[/] [@click=app.quit]x[/] $primary {name} %s \\[",
    "e" + "\u0301" * 400,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 family",
    "שלום مرحبا",
    "../../etc/passwd \u2028 next",
    "javascript:alert(1) file:///etc/passwd https://ok.example/\x1b[31m",
    "\ud800 surrogate",
    "x" * 1_000_000,
    "\x1b[31m" * 200_000 + "end",
)
_UNSAFE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def said() -> Iterator[Message]:
    """Give all of it as it comes through the door of the adapter."""
    return (a_message(300 + place, text=clean(text)) for place, text in enumerate(CORPUS))


def hostile(desk: Desk) -> None:
    """Let a stranger say all of it."""
    desk.keep(Feed("threads"), a_person(display_name=clean("\x1b[1mEve")), a_thread(30))
    desk.keep(Feed("messages", "30"), *said())


async def test_nothing_of_it_reaches_the_terminal_but_words(tmp_path: Path) -> None:
    async with at(tmp_path, "messages", hostile, (80, 24)) as user:
        await user.press("enter")
        section = user.host.section
        assert isinstance(section, MessagesScreen)
        for place in range(len(CORPUS)):
            section.talk.said.move_to(str(300 + place))
            await user.pilot.pause()
            lines = user.screen()
            assert not any(_UNSAFE.search(line) for line in lines)
        section.talk.said.move_to("311")
        await user.pilot.pause()
        assert user.sees("[red]markup[/] [@click=app.quit]x[/] $primary {name} %s")
        assert section.talk.said.check_action("follow", ()) is False
        await user.press("greater_than_sign")
        assert not _UNSAFE.search(section.talk.composer.writing.text)


def test_the_shell_prints_nothing_but_words(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FREELANCER_TUI_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("FREELANCER_TUI_TOKEN", "none")
    assert shell.ok("messages", "threads") == []
    with closing(CacheDatabase(shell.folder())) as cache, cache.transaction() as connection:
        facts.store(connection, Feed("threads"), a_page(a_person(), a_thread(30)))
        facts.store(connection, Feed("messages", "30"), a_page(*said()))
    shown = shell.ok("messages", "show", 30)
    assert [one["remote_id"] for one in shown] == [300 + place for place in range(len(CORPUS))]
    assert not any(_UNSAFE.search(one["text"]) for one in shown)
    for arguments in (("show", 30), ("threads",), ("search", "markup"), ("search", "link")):
        told = shell("messages", *arguments)
        assert (told.code, told.err) == (0, "")
        assert not _UNSAFE.search(told.out)
    [found] = shell.ok("messages", "search", "click", "app.quit")
    assert (found["remote_id"], found["thread"]["remote_id"]) == (311, 30)
    assert shell.ok("messages", "search", "haystack") == []
