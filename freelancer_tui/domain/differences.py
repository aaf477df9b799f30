"""Differences: which words of a text are new and which are gone, beside another text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

Change = Literal["same", "new", "gone"]
_WORDS: Final = re.compile(r"\n|[^\S\n]+|\S+")
_LINES: Final = re.compile(r"\n|[^\n]+")
_MOST_WORDS: Final = 4_000
"""Longer texts are compared by lines: by words they would take seconds."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a text and what became of it."""

    text: str
    change: Change = "same"


def differences(before: str, now: str) -> tuple[Piece, ...]:
    """Give both texts in one row of pieces.

    Without the new ones it is the text before, without those that are gone the text now.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(now)
    if max(len(old), len(new)) > _MOST_WORDS:
        old, new = _LINES.findall(before), _LINES.findall(now)
    return tuple(_pieces(_joined(_runs(old, new))))


_Run = tuple[str, str]
"""A part of the text before, and what stands in its place now."""


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[_Run]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for _tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        yield "".join(old[old_from:old_to]), "".join(new[new_from:new_to])


def _joined(runs: Iterable[_Run]) -> Iterator[_Run]:
    """Take changed words with nothing but a blank between them as one change."""
    kept: list[_Run] = []
    for before, now in runs:
        is_change = before != now
        if is_change and len(kept) > 1 and kept[-1][0].isspace() and kept[-2][0] != kept[-2][1]:
            blank, (first, second) = kept.pop()[0], kept.pop()
            before, now = first + blank + before, second + blank + now
        kept.append((before, now))
    yield from kept


def _pieces(runs: Iterable[_Run]) -> Iterator[Piece]:
    for before, now in runs:
        if before == now:
            yield Piece(now)
            continue
        if before:
            yield Piece(before, "gone")
        if now:
            yield Piece(now, "new")
