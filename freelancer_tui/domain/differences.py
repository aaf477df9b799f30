"""Differences: which words of a text are new and which are gone, beside another text."""

import re
from collections.abc import Iterator, Sequence
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
    """Give both texts in one row of pieces: without the new ones it is the text before,
    without those that are gone it is the text now."""
    old, new = _WORDS.findall(before), _WORDS.findall(now)
    if max(len(old), len(new)) > _MOST_WORDS:
        old, new = _LINES.findall(before), _LINES.findall(now)
    return tuple(_pieces(old, new))


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("".join(new[new_from:new_to]))
            continue
        if old_to > old_from:
            yield Piece("".join(old[old_from:old_to]), "gone")
        if new_to > new_from:
            yield Piece("".join(new[new_from:new_to]), "new")
