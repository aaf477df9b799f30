"""Differences: which words of a text are new and which are gone, beside another text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Final, Literal

Change = Literal["same", "new", "gone"]
_WORDS: Final = re.compile(r"\S+\s*|\s+")
_MOST_PAIRS: Final = 1_000_000
"""Of equal words in both texts; beyond it, all between the first and the last change counts as
changed: to find more would take seconds, and a hostile text could make it minutes."""


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
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    old_rest, new_rest = old[start : len(old) - end], new[start : len(new) - end]
    pieces = (
        Piece("".join(old[:start])),
        *_between(old_rest, new_rest),
        Piece("".join(old[len(old) - end :])),
    )
    return tuple(piece for piece in pieces if piece.text)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """Count the words with which both begin."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _between(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    counts = Counter(new)
    if sum(counts[word] for word in old) > _MOST_PAIRS:
        yield from (Piece("".join(old), "gone"), Piece("".join(new), "new"))
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        before, now = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if tag == "equal":
            yield Piece(now)
        else:
            yield from (Piece(before, "gone"), Piece(now, "new"))
