"""The jobs search explains how it was read, and completes what is being typed."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from textual.app import App, ComposeResult

from freelancer_tui import wording
from freelancer_tui.domain.rates import Rates
from freelancer_tui.domain.search import (
    Completion,
    Explanation,
    Known,
    Tongue,
    complete,
    explain,
    parse,
    read,
)
from freelancer_tui.tui.widgets.completions import Completions
from freelancer_tui.tui.widgets.query_line import QueryLine
from freelancer_tui.tui.widgets.search_field import SearchField
from freelancer_tui.workspace import Workspace
from tests.factories import NOW
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


class Alone(App[None]):
    """A query line and nothing below it."""

    def __init__(self, text: str, told: Explanation, found: tuple[Completion, ...]) -> None:
        super().__init__()
        self.text, self.told, self.found = text, told, found

    def compose(self) -> ComposeResult:
        yield QueryLine()

    def on_mount(self) -> None:
        line = self.query_one(QueryLine)
        self.query_one(SearchField).value = self.text
        self.query_one(SearchField).focus()
        line.explain(self.text, self.told)
        line.offer(self.text, self.found)
        line.action_step(1)


@pytest.mark.parametrize("size", [(80, 12), (120, 12)], ids=["small", "large"])
def test_it_looks_as_it_did(size: tuple[int, int], snap_compare: Callable[..., bool]) -> None:
    text = "web or mobile skil:php budget:>5jt country:"
    rates = Rates(NOW, {"USD": Decimal(1), "IDR": Decimal("0.0000625")})
    facets = {"country:id": "Indonesia", "country:us": "United States", "currency:USD": ""}
    reading = read(parse(text), Known(facets, rates, "IDR"), NOW)
    told = explain(reading, Tongue(wording.money, wording.short_day))
    app = Alone(text, told, complete(text, facets))
    assert snap_compare(app, terminal_size=size)
