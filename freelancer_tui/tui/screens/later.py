"""Later: what the jobs screen loads when it is asked for: its first paint waits for none of it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from freelancer_tui.services.outside import Outside
    from freelancer_tui.tui.screens.columns import ColumnsScreen
    from freelancer_tui.tui.screens.searches import SearchesScreen
    from freelancer_tui.tui.screens.section import Section
    from freelancer_tui.tui.widgets.note_editor import NoteEditor
    from freelancer_tui.tui.widgets.writing import Writing


def note_editor() -> "type[NoteEditor]":
    """Give what a note is written in."""
    from freelancer_tui.tui.widgets.note_editor import NoteEditor

    return NoteEditor


def columns_screen() -> "type[ColumnsScreen]":
    """Give what the columns of the list are chosen in."""
    from freelancer_tui.tui.screens.columns import ColumnsScreen

    return ColumnsScreen


def searches_screen() -> "type[SearchesScreen]":
    """Give the list of saved searches."""
    from freelancer_tui.tui.screens.searches import SearchesScreen

    return SearchesScreen


def column_of(query: str) -> tuple[str, bool]:
    """Give the column that a list is sorted by, and whether it is turned round."""
    if not query.strip():
        return "age", False
    from freelancer_tui.tui.screens import sorting

    return sorting.column_of(query)


def other_order(query: str, *, turns: bool) -> tuple[str, str]:
    """Give a query in another order, and say in which."""
    from freelancer_tui.tui.screens import sorting

    return sorting.other(query, turns=turns)


async def edit_outside(section: "Section", outside: "Outside", writing: "Writing") -> None:
    """Go on with a text in the user's own editor."""
    from freelancer_tui.tui.screens import outside as way

    await way.edit_outside(section, outside, writing)
