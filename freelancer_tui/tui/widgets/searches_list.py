"""SearchesList: the saved searches, each with its key, its counts and how it is told."""

from collections.abc import Mapping, Sequence
from typing import Final

from rich.cells import cell_len

from freelancer_tui import wording
from freelancer_tui.domain.counts import counted
from freelancer_tui.domain.searches import Counts, SavedSearch
from freelancer_tui.i18n import _
from freelancer_tui.tui.format import fit
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.lines import Line, Span, apart, cut
from freelancer_tui.tui.widgets.stack import Block

_KEYED: Final = 9
"""So many searches have a digit as their key."""


class SearchesList(Blocks):
    """Two lines for each search: name and counts, then what it looks for."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.searches: tuple[SavedSearch, ...] = ()
        self._counts: Mapping[str, Counts | None] = {}

    def show(self, searches: Sequence[SavedSearch], counts: Mapping[str, Counts | None]) -> None:
        """Show searches in the user's order; one that is not counted yet has dots."""
        self.searches, self._counts = tuple(searches), dict(counts)
        self.redraw()

    @property
    def current(self) -> SavedSearch | None:
        """The search under the cursor."""
        return next((one for one in self.searches if one.id == self.cursor_key), None)

    def draw(self, width: int) -> Sequence[Block]:
        return [
            Block(one.id, (self._head(one, place, width), self._query(one, width)))
            for place, one in enumerate(self.searches, 1)
        ]

    def _head(self, search: SavedSearch, place: int, width: int) -> Line:
        key = f"{place}  " if place <= _KEYED else "   "
        told = tuple(self._told(search))
        room = max(width - 5 - sum(cell_len(text) for text, _tone in told), 8)
        left: tuple[Span, ...] = ((f" {key}", "accent"), (cut(search.name, room), "strong"))
        return apart(left, (*told, (" ", "")), width)

    def _told(self, search: SavedSearch) -> Sequence[Span]:
        """Say what came since the last visit, what is new, and how many there are."""
        counts = self._counts.get(search.id)
        parts: list[Span] = []
        if search.waiting:
            parts.append((f"+{counted(search.waiting)}", "accent"))
        if counts is not None and counts.new:
            parts.append((_("{count} new").format(count=counted(counts.new)), "good"))
        found = counted(counts.found) if counts is not None else "…"
        parts.append((_("{count} found").format(count=found), "quiet"))
        spaced = [span for part in parts for span in ((" · ", "quiet"), part)]
        return spaced[1:]

    def _query(self, search: SavedSearch, width: int) -> Line:
        notes = [wording.alert(search.alert)]
        if search.is_fixed:
            notes.append(_("from the config file"))
        told = " · ".join(notes)
        room = max(width - 6 - cell_len(told), 8)
        return apart(
            ((fit("", 4) + cut(search.query, room), "quiet"),), ((f"{told} ", "quiet"),), width
        )
