"""The jobs search explains how it was read, and completes what is being typed."""

from freelancer_tui.tui.widgets.completions import Completions
from freelancer_tui.tui.widgets.search_field import SearchField
from freelancer_tui.workspace import Workspace
from tests.tui.shell import Shell, opened


def typed(shell: Shell) -> str:
    return shell.app.section.query_one(SearchField).value


def offered(shell: Shell) -> list[str]:
    return [one.word for one in shell.app.section.query_one(Completions).found]


async def go_on(shell: Shell, words: str) -> None:
    """Type more words into the field that has the focus."""
    await shell.press(*words)
    await shell.pilot.pause(0.06)
    await shell.settle()


async def test_keys_and_values_are_completed(town: Workspace) -> None:
    async with opened(town) as shell:
        await shell.search("sk")
        assert offered(shell) == ["skill:"]
        await shell.press("tab")
        assert typed(shell) == "skill:"
        await go_on(shell, "flu")
        assert offered(shell) == ["flutter"]
        await shell.press("down", "enter")
        assert typed(shell) == "skill:flutter "
        assert await shell.comes_to_see("skill Flutter · newest first")
        assert all("Flutter" in row.skills for row in shell.table.rows)
        await shell.press("enter")
        assert shell.table.has_focus


async def test_escape_closes_the_list_and_then_the_search(town: Workspace) -> None:
    async with opened(town) as shell:
        await shell.search("is:s")
        assert offered(shell) == ["starred", "skipped"]
        assert shell.sees("Fill in")
        await shell.press("up", "tab")
        assert typed(shell) == "is:skipped "
        await go_on(shell, "co")
        await shell.press("escape")
        assert not offered(shell)
        assert typed(shell) == "is:skipped co"
        await shell.press("escape")
        assert typed(shell) == ""


async def test_a_saved_search_is_completed_by_its_name(town: Workspace) -> None:
    town.searches.save("Kopi", "logo warung")
    async with opened(town) as shell:
        await shell.search("kop")
        await shell.press("tab")
        assert typed(shell) == "logo warung "


async def test_mistakes_and_empty_answers_are_explained(town: Workspace) -> None:
    async with opened(town) as shell:
        await shell.search("skil:php logo bids:<0 ")
        assert await shell.comes_to_see("“skil:” is left out; did you mean skill:?")
        assert shell.sees("logo · fewer than 0 bids · newest first")
        assert shell.sees("No job here fits all of this.")
        assert shell.sees("There are some without: fewer than 0 bids")
