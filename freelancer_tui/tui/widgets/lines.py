"""Lines: styled text, measured, cut and wrapped by the room it takes on the screen."""

from collections.abc import Iterable
from typing import Final

from rich.cells import cell_len
from textual.content import Content

from freelancer_tui.tui.format import fit, tame

Span = tuple[str, str]
"""A text and its tone: one of `TONES`, or empty for the plain one."""
Line = tuple[Span, ...]

TONES: Final = frozenset(
    {"strong", "quiet", "good", "warn", "bad", "accent", "rule", "link", "here"}
)
"""The looks a text can have; the sheet of the block list gives each its colour."""


def width_of(line: Line) -> int:
    """Give how many cells a line takes."""
    return sum(cell_len(text) for text, _tone in line)


def cut(text: str, width: int) -> str:
    """Give a text on one line in at most `width` cells; an ellipsis tells that more follows."""
    return fit(" ".join(text.split("\n")).replace("\t", " "), width).rstrip()


def wrap(text: str, width: int) -> list[str]:
    """Break a text at blanks into lines of at most `width` cells; long words are broken too."""
    lines: list[str] = []
    for paragraph in tame(text).expandtabs(4).split("\n"):
        lines += (part.plain.rstrip() for part in Content(paragraph).wrap(max(width, 2)))
    return lines


def apart(left: Iterable[Span], right: Line, width: int) -> Line:
    """Set one thing at the left edge and one at the right; the left one gives way."""
    room = width - width_of(right) - (1 if right else 0)
    kept: list[Span] = []
    for text, tone in left:
        if room <= 0:
            break
        if cell_len(text) > room:  # what is cut ends there, also where blanks before the end fell
            kept.append((fit(text, room).rstrip(), tone))
            break
        kept.append((text, tone))
        room -= cell_len(text)
    gap = width - width_of(tuple(kept)) - width_of(right)
    return (*kept, (" " * max(gap, 0), ""), *right)
