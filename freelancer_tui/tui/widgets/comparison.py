"""Comparison: two or three sides beside each other, or one at a time, with what differs marked."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Final

from rich.cells import cell_len, chop_cells

from freelancer_tui.domain.differences import Change, Piece
from freelancer_tui.tui.format import tame
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.lines import Line, Span, cut, width_of
from freelancer_tui.tui.widgets.sides import Cell, Column
from freelancer_tui.tui.widgets.stack import Block

WIDE: Final = 96
"""From this width on the sides stand beside each other, below it they take turns."""
_GAP: Final = 2
_MARKS: Final[dict[Change, tuple[str, str, str]]] = {
    "same": ("", "", ""),
    "new": ("[+", "]", "good"),
    "gone": ("[-", "]", "bad"),
}
"""What stands around a change, so that it is read without colours too, and its tone."""
_WORDS: Final = re.compile(r"\n|[^\S\n]+|\S+")


class Comparison(Blocks):
    """Sides of a conflict; the cursor goes from line to line."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.columns: tuple[Column, ...] = ()
        self._shown = 0

    def show(self, columns: Sequence[Column], *, anew: bool = True) -> None:
        """Show sides; another conflict begins at its last side, which is the news."""
        self.columns = tuple(columns)
        if anew or self._shown >= len(columns):
            self._shown = max(len(columns) - 1, 0)
            self.cursor_key = None
            self.scroll_to(y=0, animate=False, force=True, immediate=True)
        self.redraw()

    @property
    def is_wide(self) -> bool:
        """True while all sides are seen at once."""
        return self.size.width >= WIDE

    def turn(self) -> None:
        """Show the next side, where one is seen at a time."""
        if self.columns:
            self._shown = (self._shown + 1) % len(self.columns)
            self.redraw()

    def draw(self, width: int) -> Sequence[Block]:
        if not self.columns:
            return ()
        if width >= WIDE:
            return self._beside(width - 1)
        return self._alone(width - 1)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "choose"

    def _beside(self, width: int) -> list[Block]:
        count = len(self.columns)
        room = (width - _GAP * (count - 1)) // count
        heads = [[((cut(column.title, room), "strong"),)] for column in self.columns]
        blocks = [Block("titles", tuple(_side_by_side(heads, room)), can_choose=False)]
        for number, cells in enumerate(zip_longest(*(column.cells for column in self.columns))):
            lines = [list(_drawn(cell, room)) for cell in cells]
            blocks += _blocks(f"row-{number}", _side_by_side(lines, room))
        return blocks

    def _alone(self, width: int) -> list[Block]:
        heads: list[Span] = [(" ", "")]
        for number, column in enumerate(self.columns):
            is_shown = number == self._shown
            title = f"[{column.title}]" if is_shown else column.title
            heads += [(title, "accent" if is_shown else "quiet"), ("  ", "")]
        blocks = [Block("titles", (tuple(heads), ()), can_choose=False)]
        for number, cell in enumerate(self.columns[self._shown].cells):
            blocks += _blocks(f"row-{number}", [_moved(line) for line in _drawn(cell, width)])
        return blocks


def _drawn(cell: Cell | None, width: int) -> Iterator[Line]:
    """Yield a cell's name, its words, and an empty line."""
    if cell is None:
        return
    yield ((cut(cell.label, width), "quiet"),)
    yield from wrapped(marked(cell.pieces), width)
    yield ()


def marked(pieces: Iterable[Piece]) -> Iterator[Span]:
    """Yield words with their changes between signs; a change of blanks alone is not marked."""
    for piece in pieces:
        opening, closing, tone = _MARKS[piece.change]
        body = piece.text.strip()
        if not body or piece.change == "same":
            if piece.change != "gone":
                yield piece.text, ""
            continue
        start = piece.text.index(body)
        yield piece.text[:start], ""
        yield f"{opening}{body}{closing}", tone
        yield piece.text[start + len(body) :] or (" " if piece.change == "gone" else ""), ""


def wrapped(spans: Iterable[Span], width: int) -> list[Line]:
    """Break words at blanks into lines of at most `width` cells, each with its tone."""
    lines: list[list[Span]] = [[]]
    used = 0
    for text, tone in spans:
        for word in _WORDS.findall(tame(text).expandtabs(4)):
            if word == "\n":
                lines.append([])
                used = 0
                continue
            for part in chop_cells(word, width) if word.strip() else (word,):
                room = cell_len(part)
                if used + room > width:
                    lines.append([])
                    used = 0
                if part.strip() or used:
                    lines[-1].append((part, tone))
                    used += room
    return [tuple(line) for line in lines]


def _side_by_side(columns: Sequence[Sequence[Line]], room: int) -> list[Line]:
    """Set columns of lines beside each other, the shorter ones filled with blanks."""
    lines: list[Line] = []
    for parts in zip_longest(*columns, fillvalue=()):
        line: list[Span] = [(" ", "")]
        for part in parts:
            line += [*part, (" " * (room - width_of(part) + _GAP), "")]
        lines.append(tuple(line))
    return lines


def _moved(line: Line) -> Line:
    return ((" ", ""), *line)


def _blocks(key: str, lines: Iterable[Line]) -> list[Block]:
    """Give each line a block of its own, so that the cursor can go through a long text."""
    return [Block(f"{key}-{number}", (line,)) for number, line in enumerate(lines)]
