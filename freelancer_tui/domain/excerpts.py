"""Excerpts: the words that somebody looks for, and the part of a text where they stand."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

LEAST_LETTERS: Final = 2
"""So many letters of the last word there are before it is looked for."""
_LOOKED_THROUGH: Final = 20_000
"""Letters of a text in which the words are looked for; what follows is not shown anyway."""
_BEFORE: Final = 24
"""Letters of a text that are shown before the first word."""
_LETTERS: Final = re.compile(r"\w+")
_PIECES: Final = re.compile(r'"([^"]*)"|\S+')
"""What stands in quotation marks, or a word; marks that are still open count for nothing."""
_UNSPACED: Final = re.compile("[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Sought:
    """A word that is looked for."""

    text: str
    is_begun: bool = False
    """True while it is typed: longer words that begin like it count too."""
    is_phrase: bool = False
    """True for words that have to stand one after the other."""


Part = tuple[str, bool]
"""A piece of a text, and whether it is what was looked for."""


def sought(typed: str) -> tuple[Sought, ...]:
    """Read what was typed: all of it has to be there, words in quotation marks as they stand.

    The last word may go on.
    """
    pieces = [one for one in _PIECES.finditer(typed) if _LETTERS.search(one[0])]
    if not pieces:
        return ()
    found = [Sought(one[1] or one[0], is_phrase=one[1] is not None) for one in pieces]
    if found[-1].is_phrase:
        return tuple(found)
    last = found.pop().text
    if typed[-1:].isspace() or _UNSPACED.search(last):
        return (*found, Sought(last))
    letters = sum(map(len, _LETTERS.findall(last)))
    return (*found, Sought(last, is_begun=True)) if letters >= LEAST_LETTERS else tuple(found)


def excerpt(text: str, wanted: Sequence[Sought], room: int) -> tuple[Part, ...]:
    """Give some letters of a text on one line, from shortly before the first word on."""
    text = " ".join(text[:_LOOKED_THROUGH].split())
    found = list(places(text, wanted))
    first = found[0][0] if found else 0
    start = 0 if first <= _BEFORE else text.find(" ", first - _BEFORE, first) + 1 or first - _BEFORE
    parts: list[Part] = [("… ", False)] if start else []
    end = start + room
    for a, b in found:
        if a < end:
            parts += [(text[start:a], False), (text[a:b], True)]
            start = b
    parts.append((text[start:end], False))
    return tuple(part for part in parts if part[0])


def places(text: str, wanted: Sequence[Sought]) -> Iterable[tuple[int, int]]:
    """Give from where to where the words stand in a text, in order and apart."""
    pattern = _pattern(wanted)
    if not pattern:
        return
    plain, origin = _plain(text)
    for found in re.finditer(pattern, plain):
        yield origin[found.start()], origin[found.end() - 1] + 1


def _pattern(wanted: Sequence[Sought]) -> str:
    terms = []
    for one in wanted:
        pieces = _LETTERS.findall(_plain(one.text)[0])
        if one.is_phrase and not _UNSPACED.search(one.text):
            terms.append(r"\b" + r"[\W_]+".join(map(re.escape, pieces)) + r"\b")
            continue
        for place, piece in enumerate(pieces):
            if _UNSPACED.search(piece):
                terms.append(re.escape(piece))
            else:
                is_open = one.is_begun and place == len(pieces) - 1
                terms.append(rf"\b{re.escape(piece)}" + ("" if is_open else r"\b"))
    return "|".join(sorted(terms, key=len, reverse=True))


def _plain(text: str) -> tuple[str, Sequence[int]]:
    """Give a text without capitals and accents, and from which letter each of its letters is."""
    if text.isascii():
        return text.lower(), range(len(text))
    plain, origin = [], []
    for place, sign in enumerate(text):
        for part in unicodedata.normalize("NFKD", sign).casefold():
            if not unicodedata.combining(part):
                plain.append(part)
                origin.append(place)
    return "".join(plain), origin
