"""Alerts: new matches are told once a turn, not while typing, and to the terminal when wished."""

from dataclasses import replace
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
from tests.factories import NOW, a_project
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


async def turn(shell: Shell) -> None:
    """Let a turn of the sync end."""
    for event in TURN:
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
