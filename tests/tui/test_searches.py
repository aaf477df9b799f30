"""Saved searches on the jobs screen, and what is told of new matches."""

from textual.widgets import Input

from freelancer_tui.tui.screens.searches import SearchesScreen
from freelancer_tui.tui.widgets.search_field import SearchField
from freelancer_tui.tui.widgets.searches_list import SearchesList
from freelancer_tui.workspace import Workspace
from tests.factories import a_project
from tests.tui.shell import NARROW, Shell, opened
from tests.tui.town import learn


def names(workspace: Workspace) -> list[str]:
    return [one.name for one in workspace.searches.all()]


async def counted(shell: Shell) -> None:
    """Wait until every search is counted."""
    await shell.app.workers.wait_for_complete(
        [worker for worker in shell.app.workers if worker.group == "counts"]
    )
    await shell.settle()


async def test_what_is_searched_for_is_saved_and_opened_by_its_number(town: Workspace) -> None:
    town.searches.save("Chatbots", "whatsapp")
    async with opened(town, NARROW) as shell:
        await shell.search("logo")
        await shell.press("enter", "w")
        shell.app.screen.query_one(Input).value = "Logos"
        await shell.press("enter")
        assert names(town) == ["Chatbots", "Logos"]
        await counted(shell)
        assert shell.sees("4 found")
        await shell.press("1")
        assert shell.app.section.query_one(SearchField).value == "whatsapp"
        assert shell.table.has_focus
        await shell.press("f", "w")
        shell.app.screen.query_one(Input).value = "LOGOS"
        await shell.press("enter")
        assert shell.sees("already")
        await shell.press("escape", "escape")
        assert shell.app.screen is shell.app.section


async def test_searches_are_renamed_moved_muted_and_removed_with_undo(town: Workspace) -> None:
    for name in ("One", "Two", "Three"):
        town.searches.save(name, name)
    async with opened(town, NARROW) as shell:
        await shell.press("f", "j", "K", "e")
        shell.app.screen.query_one(Input).value = "Zwei"
        await shell.press("enter")
        assert names(town) == ["Zwei", "One", "Three"]
        await shell.press("x")
        assert names(town) == ["One", "Three"]
        await shell.press("u", "u")
        assert names(town) == ["Two", "One", "Three"]
        await shell.press("g", "a")
        assert town.searches.find("Two").alert == "terminal"
        await shell.press("x", "escape", "u")
        assert names(town) == ["Two", "One", "Three"]


async def test_a_visit_ends_the_count_of_what_was_told(town: Workspace) -> None:
    town.searches.save("Shops", "batik")
    learn(town, a_project(61), a_project(62))
    town.searches.weigh()
    async with opened(town, NARROW) as shell:
        assert shell.lines()[0].startswith(" freelancer  1 Jobs (+2)")
        await shell.press("f")
        assert shell.app.screen.query_one(SearchesList).current is not None
        assert shell.sees("+2")
        await shell.press("enter")
        assert not shell.sees("(+2)")
        assert town.searches.waiting() == 0


async def test_without_a_search_it_is_told_how_to_save_one(town: Workspace) -> None:
    async with opened(town, NARROW) as shell:
        await shell.press("w")
        assert "then save it with w" in shell.bottom
        await shell.press("f")
        assert isinstance(shell.app.screen, SearchesScreen)
        assert shell.sees("No search is saved yet")
        await shell.press("x", "e", "a", "w", "u", "7", "escape")
        assert len(shell.app.screen_stack) == 1
        await shell.search("logo")
        await shell.press("enter", "w")
        assert not shell.sees("No search is saved yet")
        await shell.press("escape")
        assert shell.sees("No search is saved yet")
