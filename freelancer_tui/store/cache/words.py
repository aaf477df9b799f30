"""Words: how a text is cut for the index, and how a query asks it."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

from freelancer_tui.domain.places import folded

_HAN: Final = (
    "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_GLYPH: Final = re.compile(f"[{_HAN}]")
_RUNS: Final = re.compile(f"[{_HAN}]+|[^{_HAN}]+")
_MARKS: Final = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+")
_MIXED: Final = re.compile(rf"\w*[{_HAN}]\w*")


def glyphs(text: str) -> str:
    """Give the pairs of signs in a text's Chinese and Japanese, which has no spaces.

    The index takes a whole sentence of it for one word; with pairs a part can be found, and
    with the last sign, which begins no pair, every single sign.
    """
    if text.isascii() or not _GLYPH.search(text):
        return ""
    pieces = (piece for word in _MIXED.findall(text) for piece in _RUNS.findall(word))
    tokens = (token for piece in pieces for token in (*_pairs(piece), *_last_sign(piece)))
    return " ".join(dict.fromkeys(tokens))


def expression(word: str, *, begun: bool = False, cautious: bool = False) -> str:
    """Give the full-text expression of a word; empty when nothing in it can be looked up.

    A cautious one keeps only signs that were letters in Unicode 3.2: SQLite's own tables
    are older than Python's, and a word that it would cut in two is an error there.
    """
    category = unicodedata.ucd_3_2_0.category if cautious else unicodedata.category
    terms = list(_terms(word, category, unfinished=begun))
    return f"({' AND '.join(terms)})" if len(terms) > 1 else "".join(terms)


def says(phrase: str, text: str | None) -> bool:
    """Tell whether the words of a phrase stand in a text, one after the other."""
    if not text:
        return False
    if _GLYPH.search(phrase):
        return folded(phrase).replace(" ", "") in folded(text).replace(" ", "")
    plain = text.lower() if text.isascii() else _bare(text)
    starts = (found.start() for found in _pattern(phrase).finditer(plain))
    return any(start == 0 or not plain[start - 1].isalnum() for start in starts)


@lru_cache(maxsize=64)
def _pattern(phrase: str) -> re.Pattern[str]:
    """Give what finds a phrase over signs and lines; it begins with letters, which is fast."""
    words = r"[\W_]+".join(map(re.escape, _bare(phrase).split()))
    return re.compile(rf"{words}(?![^\W_])")


def _bare(text: str) -> str:
    """Give a text without capitals and accents."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))


def _terms(word: str, category: Callable[[str], str], *, unfinished: bool) -> Iterator[str]:
    runs = [run for part in _parts(word, category) for run in _RUNS.findall(part)]
    for place, run in enumerate(runs):
        if _GLYPH.match(run):
            yield from (f'"{pair}"*' if len(pair) == 1 else f'"{pair}"' for pair in _pairs(run))
        else:
            yield f'"{run}"*' if unfinished and place == len(runs) - 1 else f'"{run}"'


def _parts(word: str, category: Callable[[str], str]) -> Iterable[str]:
    kept = (sign if category(sign)[0] in "LN" else " " for sign in word)
    return "".join(kept).split()


def _pairs(run: str) -> Iterator[str]:
    """Give each two neighbours of a run of glyphs; anything else comes back whole."""
    if len(run) == 1 or not _GLYPH.match(run):
        yield run
    else:
        yield from (first + second for first, second in pairwise(run))


def _last_sign(run: str) -> str:
    return run[-1] if _GLYPH.match(run) else ""
