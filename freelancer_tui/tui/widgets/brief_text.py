"""BriefText: a client's words in lines that are easy to read, with the links that are in them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from freelancer_tui.tui.format import tame
from freelancer_tui.tui.widgets.lines import Line, Span, wrap

MOST_WIDE: Final = 72
"""Longer lines are hard to read, however wide the terminal is."""
_URL: Final = re.compile(r"(?:https?://|\bwww\.)[^\s<>\"'`|\\^{}\[\]]{3,}", re.IGNORECASE)
_CLOSING: Final = ".,;:!?)*_~…"
"""What stands after an address and is no part of it."""

Target = str | int
"""What a link leads to: an address, or a job."""
Quote = tuple[int, int]
"""From which letter of the whole text to which one."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line; each text of the tone `link` leads to the target of the same number."""

    line: Line = ()
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    tone: str
    target: Target | None = None


def rows(text: str, width: int, quotes: Sequence[Quote] = ()) -> Iterator[Row]:
    """Yield a text broken into lines; addresses are links, and quoted words stand out."""
    start = 0
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        quoted = [text[max(a, start) : min(b, end)] for a, b in quotes if a < end and b > start]
        yield from _paragraph(tame(paragraph).expandtabs(4), min(width, MOST_WIDE), quoted)
        start = end + 1


def _paragraph(text: str, width: int, quoted: Sequence[str]) -> Iterator[Row]:
    marks = sorted(_marks(text, quoted), key=lambda mark: mark.start)
    place = 0
    for line in wrap(text, width):
        start = max(text.find(line, place), place) if line else place
        place = start + len(line)
        inside = [mark for mark in marks if mark.start < place and mark.end > start]
        yield _marked(line, start, inside)


def _marks(text: str, quoted: Sequence[str]) -> Iterator[_Mark]:
    taken = 0
    for found in _URL.finditer(text):
        address = found[0].rstrip(_CLOSING)
        taken = found.start() + len(address)
        target = address if "://" in address else f"https://{address}"
        yield _Mark(found.start(), taken, "link", target)
    for quote in quoted:
        words = tame(quote).strip()
        start = text.find(words) if words else -1
        if start >= 0 and not any(one.start() < start + len(words) for one in _over(text, start)):
            yield _Mark(start, start + len(words), "warn")


def _over(text: str, start: int) -> Iterator[re.Match[str]]:
    """Give the addresses that a quote would cut in two: those keep their colour."""
    return (found for found in _URL.finditer(text) if found.end() > start)


def _marked(line: str, start: int, marks: Sequence[_Mark]) -> Row:
    parts: list[Span] = []
    targets: list[Target] = []
    place = 0
    for mark in marks:
        first, last = max(mark.start - start, place), min(mark.end - start, len(line))
        if last <= first:
            continue
        parts += [(line[place:first], ""), (line[first:last], mark.tone)]
        if mark.target is not None:
            targets.append(mark.target)
        place = last
    parts.append((line[place:], ""))
    return Row(tuple(part for part in parts if part[0]), tuple(targets))
