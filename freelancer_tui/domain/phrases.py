"""Phrases: a small language for finding words in a text, in time that no text can lengthen.

A phrase is words in their order: `contact|reach me|us via|on .. {messenger}`. Each part is one of

- `word|other`: any of these words; capitals, accents and look-alike letters do not matter
- `assign*`: a word that begins so
- `{name}`: any of a named list of words, or a kind of word: `{email}`, `{phone}`, `{digits}`,
  `{link}`, `{handle}`, `{number}`
- a part with `?` at its end may be missing
- `..` up to three words, `...` up to eight, whatever they are; neither goes past a sentence's end

Phrases with `&` between them have to stand in one sentence, in any order.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from freelancer_tui.domain.tokens import KINDS, Tokens

GAPS: Final = {"..": 3, "...": 8}
MOST_PARTS: Final = 12
MOST_FOUND: Final = 64
"""Places of one phrase that are looked at: a text that repeats itself more is not read better."""
_PART: Final = re.compile(r"[^\W_][\w'’]*\*?|\d+|\{[a-z_]+\}")


class BadPhrase(ValueError):
    """A phrase breaks the language; `str()` is the part that does."""


@dataclass(frozen=True, slots=True)
class Part:
    """One place of a phrase: which element fits there, and how many words may stand before."""

    element: int
    gap: int
    optional: bool


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: from letter `start` up to `end`."""

    start: int
    end: int


Phrase = tuple[tuple[Part, ...], ...]
"""What has to stand in one sentence: mostly one row of parts."""


class Book:
    """Elements of many phrases, so that each word of a text is looked up once for all of them."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self._lists = {name: tuple(words) for name, words in lists.items()}
        self._elements: dict[frozenset[str], int] = {}
        self._exact: dict[str, list[int]] = {}
        self._beginnings: dict[str, list[int]] = {}
        self._of_kind: dict[str, list[int]] = {kind: [] for kind in KINDS}

    def phrase(self, text: str) -> Phrase:
        """Read a phrase; raise BadPhrase with the part that cannot be read."""
        return tuple(self._parts(row) for row in text.split("&"))

    def _parts(self, text: str) -> tuple[Part, ...]:
        parts: list[Part] = []
        gap = 0
        for piece in text.split():
            if piece in GAPS:
                gap += GAPS[piece]
                continue
            bare = piece.removesuffix("?")
            parts.append(Part(self._element(bare), gap, bare != piece))
            gap = 0
        if gap or not parts or len(parts) > MOST_PARTS or all(one.optional for one in parts):
            raise BadPhrase(text)
        return tuple(parts)

    def read(self, tokens: Tokens) -> "Reading":
        """Look every word of a text up."""
        masks = [0] * len(self._elements)
        for word, mask in tokens.words.items():
            for element in self._exact.get(word, ()):
                masks[element] |= mask
            for end in range(2, len(word) + 1):
                for element in self._beginnings.get(word[:end], ()):
                    masks[element] |= mask
        for kind, mask in tokens.kinds.items():
            for element in self._of_kind[kind]:
                masks[element] |= mask
        return Reading(tokens, masks)

    def _element(self, piece: str) -> int:
        words = frozenset(self._words(piece))
        if words not in self._elements:
            number = self._elements[words] = len(self._elements)
            for word in words:
                self._index(word).append(number)
        return self._elements[words]

    def _words(self, piece: str) -> Iterator[str]:
        for option in piece.split("|"):
            if not _PART.fullmatch(option):
                raise BadPhrase(option or piece)
            name = option[1:-1] if option.startswith("{") else ""
            if name in self._lists:
                for word in self._lists[name]:
                    yield from self._words(word)
            elif name and name not in KINDS:
                raise BadPhrase(option)
            else:
                yield option.lower().replace("'", "").replace("’", "")

    def _index(self, word: str) -> list[int]:
        if word.startswith("{"):
            return self._of_kind[word[1:-1]]
        if word.endswith("*"):
            if len(word) < 3:
                raise BadPhrase(word)
            return self._beginnings.setdefault(word[:-1], [])
        return self._exact.setdefault(word, [])


class Reading:
    """One text with its words looked up; a set of places is a number with a bit for each word."""

    def __init__(self, tokens: Tokens, masks: Sequence[int]) -> None:
        self._tokens = tokens
        self._masks = masks

    def find(self, phrase: Phrase) -> Iterator[Span]:
        """Yield where a phrase stands; of one with `&` the stretch that holds all of it."""
        first, *others = phrase
        spans = list(self._rows(first))
        if not others or not spans:
            yield from spans
            return
        beside = [self._by_sentence(row) for row in others]
        for span in spans:
            sentence = self.sentence(span)
            parts = [span, *(found[sentence] for found in beside if sentence in found)]
            if len(parts) == len(phrase):
                yield Span(min(one.start for one in parts), max(one.end for one in parts))

    def _rows(self, parts: Sequence[Part]) -> Iterator[Span]:
        """Yield where parts stand in their order, each end once."""
        layers = self._layers(parts)
        ends = layers[-1]
        for _ in range(MOST_FOUND):
            if not ends:
                return
            end = (ends & -ends).bit_length() - 1
            ends &= ends - 1
            first = self._first(parts, layers, end)
            yield Span(self._tokens.starts[first], self._tokens.ends[end])

    def _by_sentence(self, parts: Sequence[Part]) -> dict[Span, Span]:
        found: dict[Span, Span] = {}
        for span in self._rows(parts):
            found.setdefault(self.sentence(span), span)
        return found

    def sentence(self, span: Span) -> Span:
        """Give the sentence around a stretch."""
        return Span(*self._tokens.sentence(span.start, span.end))

    def _layers(self, phrase: Sequence[Part]) -> list[int]:
        """Give for each part where a phrase can have come to with it."""
        layers: list[int] = []
        before: int | None = None
        for part in phrase:
            here = self._masks[part.element]
            if before is not None:
                here &= self._reach(before, part.gap)
            if part.optional and before is not None:
                here |= before
            layers.append(here)
            before = here
            if not here:
                return [*layers, *([0] * (len(phrase) - len(layers)))]
        return layers

    def _reach(self, ends: int, gap: int) -> int:
        """Give the places up to `gap` words behind the next one, within the sentence."""
        step = (ends << 1) & self._tokens.inside
        reach = step
        for _ in range(gap):
            step = (step << 1) & self._tokens.inside
            reach |= step
        return reach

    def _first(self, phrase: Sequence[Part], layers: Sequence[int], end: int) -> int:
        """Walk back from an end to where the phrase begins, the shortest way."""
        here = end
        for number in range(len(phrase) - 1, 0, -1):
            part = phrase[number]
            fits = self._masks[part.element] >> here & 1
            if not fits:  # an optional part that was left out
                continue
            nearest = self._nearest(layers[number - 1], here, part.gap)
            if nearest is None:
                continue
            here = nearest
        return here

    def _nearest(self, ends: int, here: int, gap: int) -> int | None:
        for place in range(here - 1, max(here - gap - 2, -1), -1):
            if ends >> place & 1:
                return place
        return None
