"""Search: what the user typed into the jobs search, and how it is read."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_WORD: Final = re.compile(r"\w+")
MOST_WORDS: Final = 12


@dataclass(frozen=True, slots=True)
class Query:
    """Words that must all stand in a project; the last one may be unfinished."""

    words: tuple[str, ...] = ()
    unfinished: bool = False
    """True when the last word is still being typed, so it matches as a beginning."""


def parse(text: str) -> Query:
    """Read a query; any text is one, and signs between words are ignored.

    A last word of one letter is left out while it is being typed: it would match nearly
    everything.
    """
    text = unicodedata.normalize("NFC", text[:500])  # some keyboards send letter and accent apart
    words = [word.lower() for word in _WORD.findall(text)][:MOST_WORDS]
    unfinished = bool(words) and bool(re.search(r"\w$", text))
    if unfinished and len(words[-1]) == 1 and words[-1].isascii():
        words, unfinished = words[:-1], False
    return Query(tuple(words), unfinished)
