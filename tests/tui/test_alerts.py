"""Alerts: new matches are told once a turn, not while typing, and to the terminal when wished."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.searches import SavedSearch
from freelancer_tui.services.searches import News
from freelancer_tui.settings.terminal import notification
from freelancer_tui.sync.events import Event, Finished, Pulled
from freelancer_tui.tui.alerts import Alerts, sentence
from freelancer_tui.tui.widgets.search_field import SearchField
from freelancer_tui.workspace import Workspace
from tests.factories import ME, NOW, a_person, a_project, a_thread
from tests.tui.shell import NARROW, Shell, opened
from tests.tui.town import learn

TURN: tuple[Event, ...] = (Pulled(Feed("projects"), 2, 2, None), Finished(NOW, NOW))


@pytest.fixture
def rung(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was sent to the terminal."""
    sent: list[str] = []
    monkeypatch.setattr(Alerts, "_sent", lambda _self, sequence: sent.append(sequence))
    for name in ("TERM", "TMUX", "VTE_VERSION"):
        monkeypatch.delenv(name, raising=False)
    return sent


@pytest.fixture
def watched(town: Workspace) -> Workspace:
    """A town with a loud search, a quiet one, and one that is off."""
    for name in ("Shops", "Phones", "Off"):
        town.searches.save(name, "batik")
    town.searches.set_alert(town.searches.find("Shops"), "terminal")
    town.searches.set_alert(town.searches.find("Off"), "off")
    return town


async def turn(shell: Shell, events: tuple[Event, ...] = TURN) -> None:
    """Let a turn of the sync end."""
    for event in events:
        shell.app.turns._tell(event)
    await shell.settle()


async def test_new_matches_are_told_once(watched: Workspace, rung: list[str]) -> None:
    watched.settings = replace(watched.settings, notify="terminal")
    async with opened(watched, NARROW) as shell:
        await turn(shell)
        assert "new in" not in shell.bottom
        learn(watched, a_project(61), a_project(62))
        await turn(shell)
        assert "2 new in Shops · 2 new in Phones" in shell.bottom
        assert shell.lines()[0].startswith(" freelancer  1 Jobs (+4)")
        assert rung == ["\x1b]9;freelancer: 2 new in Shops · 2 new in Phones\x07"]
        assert await shell.comes_to_see("2 new  62 jobs")
        await turn(shell)
        assert len(rung) == 1


async def test_who_types_is_told_afterwards(
    watched: Workspace, rung: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Alerts, "WAIT_SECONDS", 0.01)
    watched.settings = replace(watched.settings, notify="bell")
    async with opened(watched, NARROW) as shell:
        await shell.press("slash")
        assert shell.app.section.query_one(SearchField).has_focus
        learn(watched, a_project(61))
        await turn(shell)
        assert "new in" not in shell.bottom
        assert rung == []
        await shell.press("down")
        assert await shell.comes_to_see("1 new in Shops")
        assert rung == ["\x07"]


async def test_without_a_wish_nothing_rings(watched: Workspace, rung: list[str]) -> None:
    async with opened(watched, NARROW) as shell:
        learn(watched, a_project(61))
        await turn(shell)
        assert "1 new in Shops" in shell.bottom
        assert rung == []


TALKS: tuple[Event, ...] = (Pulled(Feed("threads"), 2, 2, None), Finished(NOW, NOW))


def write(workspace: Workspace, minute: int, *names: str) -> None:
    """Let people write, each in a conversation of their own."""
    at = NOW + timedelta(minutes=minute)
    for place, name in enumerate(names):
        who = 950 + place
        thread = a_thread(40 + place, member_ids=(ME, who), unread=1, updated_at=at)
        learn(workspace, a_person(who, display_name=name), thread)


async def test_a_burst_of_messages_rings_once_and_shows_in_the_title(
    town: Workspace, rung: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    titles: list[str] = []
    monkeypatch.setattr("freelancer_tui.tui.title.send", lambda _app, words: titles.append(words))
    town.settings = replace(town.settings, notify="terminal")
    async with opened(town, NARROW) as shell:
        write(town, 0, "Early")
        await turn(shell, TALKS)
        assert rung == []  # what was here before the first look is no news
        write(town, 1, "Sari", "Bad\x1b]0;x\x07\x1b[31mTom", "Ann", "Joe")
        await turn(shell, TALKS)
        assert rung == ["\x1b]9;freelancer: New messages from Joe, Ann, BadTom and 1 more\x07"]
        assert shell.sees("4 unread")
        assert titles[-1] == "\x1b]2;(4) freelancer\x07"
        town.messages.threads_kept.turn(40, "muted")
        write(town, 2, "Sari")
        await turn(shell, TALKS)
        assert len(rung) == 1
        assert titles[-1] == "\x1b]2;(3) freelancer\x07"


async def test_nothing_rings_in_quiet_hours(town: Workspace, rung: list[str]) -> None:
    there = NOW.astimezone(town.settings.zone)
    hours = f"{there.hour:02}:00-{(there.hour + 2) % 24:02}:00"
    town.settings = replace(town.settings, notify="bell", quiet_hours=hours)
    async with opened(town, NARROW) as shell:
        write(town, 0, "Early")
        await turn(shell, TALKS)
        write(town, 1, "Sari")
        await turn(shell, TALKS)
        assert "New messages from Sari" in shell.bottom
        assert rung == []


def test_a_sentence_names_three_searches_at_most() -> None:
    news = [News(SavedSearch("1", "Ｗ" * 60, "x"), 100)]
    news += [News(SavedSearch(str(place), f"S{place}", "x"), place) for place in range(2, 6)]
    words = sentence(news)
    assert words.startswith("99+ new in ＷＷ")
    assert "… · 2 new in S2 · 3 new in S3 · and in 2 more searches" in words


def test_each_terminal_is_told_in_its_own_way() -> None:
    assert notification("us", "a; b", {}) == "\x1b]9;us: a; b\x07"
    for environ in ({"VTE_VERSION": "7600"}, {"TERM": "foot"}):
        assert notification("us", "a", environ) == "\x1b]777;notify;us;a\x07"
    wrapped = notification("us", "a", {"TMUX": "/tmp/x"})
    assert wrapped == "\x1bPtmux;\x1b\x1b]9;us: a\x07\x1b\\"
