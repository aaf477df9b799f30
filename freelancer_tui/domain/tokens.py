"""Tokens: a text cut into words with their places, whatever tricks the words are written with."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

HEAD: Final = 16_000
TAIL: Final = 4_000
"""Letters read at each end of a text: more than nearly every brief has, and a bound on the work."""
KINDS: Final = (
    "email", "freemail", "chat", "link", "handle", "money", "phone", "digits", "number"
)  # fmt: skip
"""Kinds of words that no list can hold.

`freemail` is an address at Gmail and the like, `chat` a link into a messenger; `phone` begins
with + or 0, `digits` is as long and does not.
"""

_HIDDEN: Final = "\u00ad\u034f\u180e\u200b-\u200d\u2060"
_UNITS: Final = r"(?:juta|jt|ribu|rb|rbu|k|usd|dollars?|euros?|idr|bucks)"
_PRICED: Final = rf"(?<!\w)(?:usd|idr|rp\.?|eur|aud|[$€£])\s?\d[\d.,]{{0,20}}(?:\s?{_UNITS}(?!\w))?"
_COUNTED: Final = rf"(?<!\w)\d[\d.,]{{0,20}}\s?{_UNITS}(?!\w)"
_TOKEN: Final = re.compile(
    rf"""
    (?P<email>[\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{2,63}}){{1,4}})
    | (?P<chat>(?:https?://)?(?:(?:api|chat)\.whatsapp\.com|(?:t|wa|m)\.me|telegram\.me
        |discord\.gg|discord\.com/invite|join\.skype\.com)/[^\s<>"]{{1,300}})
    | (?P<link>(?:https?://|www\.)[^\s<>"]{{1,300}})
    | (?P<handle>@\w[\w.]{{2,40}})
    | (?P<money>{_PRICED}|{_COUNTED})
    | (?P<phone>[+(]{{0,2}}\d[\d().\ -]{{6,20}}\d(?!\w))
    | (?P<spelled>(?<!\w)\w(?:[\ ._*-]{{1,3}}\w(?!\w)){{3,40}})
    | (?P<break>[.!?;…](?=\s|$|["')\]])|\n)
    | (?P<word>\w[\w'’{_HIDDEN}]{{0,80}})
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FREE: Final = re.compile(
    r"@(?:gmail|yahoo|ymail|outlook|hotmail|live|proton|protonmail|icloud|aol)\.", re.I
)
_PLAIN: Final = frozenset(("word", "spelled", "number", "handle", "money"))
"""Kinds that are words of their own too."""
_GROUPED: Final = re.compile(r"(?<!\d)\d{1,3}(?:[.,]\d{3})+(?!\d)")
_DROPPED: Final = re.compile(rf"['’\s._*\-{_HIDDEN}]")
_ALIKE: Final = str.maketrans("авеіјкмнорстухѕԁαεικνορτυχ", "abeijkmhopctyxsdaeiknoptux")
"""Cyrillic and Greek letters that look like Latin ones."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text by their places; bit n of a mask stands for the n-th token."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    words: dict[str, int]
    """Each plain word, and where it stands."""
    kinds: dict[str, int]
    inside: int
    """All tokens but the breaks between sentences."""
    breaks: tuple[int, ...]
    """Letters where sentences end."""

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Give from which letter to which the sentences around a stretch go."""
        before = bisect_right(self.breaks, start) - 1
        after = bisect_left(self.breaks, end)
        return (
            self.breaks[before] if before >= 0 else 0,
            self.breaks[after] if after < len(self.breaks) else self.ends[-1],
        )


def read(text: str) -> Tokens:
    """Cut a text; of a very long one its beginning and its end."""
    starts: list[int] = []
    ends: list[int] = []
    places: dict[str, list[int]] = {}
    kinds: dict[str, list[int]] = {kind: [] for kind in KINDS}
    breaks: list[int] = []
    for number, (kind, start, end) in enumerate(_cut(text)):
        starts.append(start)
        ends.append(end)
        if kind == "break":
            breaks.append(number)
            continue
        if kind in kinds:
            kinds[kind].append(number)
        if kind == "email" and _FREE.search(text, start, end):
            kinds["freemail"].append(number)
        if kind in _PLAIN:
            places.setdefault(plain(text[start:end]), []).append(number)
    return Tokens(
        tuple(starts),
        tuple(ends),
        {word: _mask(found) for word, found in places.items()},
        {kind: _mask(found) for kind, found in kinds.items()},
        ((1 << len(starts)) - 1) & ~_mask(breaks),
        tuple(starts[number] for number in breaks),
    )


@lru_cache(maxsize=4096)
def plain(word: str) -> str:
    """Give a word without capitals, accents, hidden signs and look-alike letters."""
    if word.isascii() and word.isalnum():
        return word.lower()
    parts = unicodedata.normalize("NFKD", _DROPPED.sub("", word))
    bare = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return bare.lower().translate(_ALIKE)


def _cut(text: str) -> Iterator[tuple[str, int, int]]:
    if len(text) <= HEAD + TAIL:
        yield from _stretch(text, 0, len(text))
        return
    yield from _stretch(text, 0, HEAD)
    yield "break", HEAD, HEAD
    yield from _stretch(text, len(text) - TAIL, len(text))


def _stretch(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    for found in _TOKEN.finditer(text, start, end):
        kind = found.lastgroup or "word"
        if kind == "phone":
            kind = _number_kind(found.group())
        elif kind == "word" and found.group()[0].isdecimal():
            kind = "number"
        yield kind, found.start(), found.end()


def _number_kind(raw: str) -> str:
    """Tell a telephone number from an amount, a year and a range of them."""
    digits = sum(sign.isdecimal() for sign in raw)
    if raw[0] in "+0(" and 9 <= digits <= 15:
        return "phone"
    return "digits" if 9 <= digits <= 15 and not _GROUPED.search(raw) else "number"


def _mask(places: list[int]) -> int:
    """Give a number with these bits set; places come in their order."""
    if not places:
        return 0
    bits = bytearray(places[-1] // 8 + 1)
    for place in places:
        bits[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(bits, "little")
