"""Log: what somebody looks up about what the sync did."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from freelancer_tui import i18n
from freelancer_tui.domain.sync_log import LogLine
from freelancer_tui.sync.events import Finished
from freelancer_tui.tui.screens.log import LogScreen
from freelancer_tui.workspace import Workspace
from tests.factories import NOW
from tests.tui.desk import Desk, User, at
from tests.tui.scenes import history, nothing
from tests.tui.shell import opened

SMALL, LARGE = (80, 24), (120, 40)
MANY = 600


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    i18n.use("en")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_newest_come_first_by_the_users_days(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at(tmp_path, "log", history, size) as user:
        screen = "\n".join(user.screen())
        assert screen.index("2 jobs") < screen.index("17:42") < screen.index("64 jobs")
        assert user.sees(" Tue 24 Nov 2026 ")
        assert user.sees(" Mon 23 Nov 2026 ")
        assert user.sees("16:47 ✓ Sent          Sari Lestari — Message")
        assert user.sees("10 lines")


async def test_words_find_lines_as_they_are_typed(tmp_path: Path) -> None:
    async with at(tmp_path, "log", history) as user:
        await user.press("slash")
        await typed(user, "sari")
        assert user.sees("1 line")
        assert user.sees("Sari Lestari — Message")
        assert not user.sees("2 jobs")
        await typed(user, " nowhere")
        assert user.sees("No line has these words")
        await user.press("escape")
        await user.pilot.pause(0.05)
        await user.settle()
        assert user.sees("10 lines")
        await user.press("j")
        assert screen_of(user).table.has_focus


async def test_only_trouble_is_shown_and_then_all_again(tmp_path: Path) -> None:
    async with at(tmp_path, "log", history) as user:
        await user.press("t")
        assert user.sees("6 lines, only trouble")
        assert not user.sees("Sari Lestari — Message")
        await user.press("t")
        assert user.sees("Sari Lestari — Message")


async def test_escape_goes_back_to_the_outbox(tmp_path: Path) -> None:
    async with at(tmp_path, "log", history) as user:
        await user.press("escape")
        assert user.host.wished == [("outbox", None)]


async def test_new_lines_come_in_above_and_the_cursor_stays(tmp_path: Path) -> None:
    async with at(tmp_path, "log", history) as user:
        await user.press("j", "j")
        key = screen_of(user).table.cursor_key
        user.desk.log_file.add([LogLine(NOW, "sent", "Tom", "Message")])
        await user.syncs(Finished(NOW, NOW + timedelta(minutes=1)))
        assert user.sees("Tom — Message")
        assert screen_of(user).table.cursor_key == key


async def test_an_empty_log_says_what_will_be_here(tmp_path: Path) -> None:
    async with at(tmp_path, "log", nothing) as user:
        assert user.sees("Nothing happened yet")
        await user.press("t")
        assert user.sees("No trouble so far")


async def test_hostile_words_draw_nothing_of_their_own(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        desk.log_file.add([LogLine(NOW, "refused", "[bold red]Sari[/]", "W" * 480)])

    async with at(tmp_path, "log", fill, SMALL) as user:
        assert user.sees("[bold red]Sari[/]")


async def test_a_full_log_stays_quick(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        desk.log_file.add([LogLine(NOW, "sent", f"P {at}", "Message " * 9) for at in range(MANY)])

    async with at(tmp_path, "log", fill) as user:
        assert user.sees("500 lines")
        began = time.perf_counter()
        screen_of(user).table.redraw()
        assert time.perf_counter() - began < 0.1


async def test_it_speaks_indonesian_as_well(tmp_path: Path) -> None:
    i18n.use("id")
    async with at(tmp_path, "log", history, SMALL) as user:
        assert user.sees("Selasa, 24 November 2026")


async def test_keys_lead_there_from_everywhere_and_from_the_outbox(town: Workspace) -> None:
    async with opened(town) as shell:
        await shell.press("0")
        assert shell.app.section.NAME == "log"
        await shell.press("escape")
        assert shell.app.section.NAME == "outbox"
        await shell.press("l")
        assert shell.app.section.NAME == "log"
        await shell.press("question_mark")
        assert shell.sees("Log of the sync")


def screen_of(user: User) -> LogScreen:
    found = user.host.section
    assert isinstance(found, LogScreen)
    return found


async def typed(user: User, words: str) -> None:
    await user.type(words)
    await user.pilot.pause(0.05)
    await user.settle()
