"""Completing: what the last word of a query could become."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from freelancer_tui.domain.places import folded
from freelancer_tui.domain.search import keys, naming
from freelancer_tui.domain.search.parsing import plain_name
from freelancer_tui.i18n import N_, _, language

MOST_GIVEN: Final = 10
_LEAST_TYPED: Final = 2
_SAMPLES: Final = {
    "budget": (">5jt", ">500", "500..2000", "<100"),
    "bids": ("<5", "<20", ">50"),
    "posted": (N_("<1d"), N_("<2d"), N_("<1w")),
}


@dataclass(frozen=True, slots=True)
class Completion:
    """A completion: the whole text it would make, the word itself, and what it means."""

    text: str
    word: str
    about: str = ""


def complete(
    text: str, facets: Mapping[str, str], saved: Mapping[str, str] | None = None
) -> tuple[Completion, ...]:
    """Give what the last word could become: a key, a value of its key, a saved search.

    A colon alone could become any key.
    """
    head, last = _cut(text)
    minus = last[: len(last) - len(last.lstrip("-"))]
    name, colon, typed = last.removeprefix(minus).partition(":")
    key = keys.key_of(name) if colon else None
    if key is not None:
        before, comma, part = typed.rpartition(",")
        start = f"{head}{minus}{name}:{before}{comma}"
        found = [
            Completion(f"{start}{value} ", value, about)
            for value, about in _values(key, part, facets)
        ]
    elif (colon and (name or typed)) or (not colon and len(name) < _LEAST_TYPED):
        found = []
    else:
        found = [
            Completion(f"{head}{minus}{word}:", f"{word}:", about) for word, about in _keys(name)
        ]
    found += _saved(text, saved or {})
    return tuple(one for one in found if one.text.strip() != text.strip())[:MOST_GIVEN]


def _cut(text: str) -> tuple[str, str]:
    """Give what stands before the last word, and that word; an open quote holds blanks."""
    place = text.rfind(" ")
    if text.count('"') % 2:
        place = text.rfind(" ", 0, text.rfind('"'))
    return text[: place + 1], text[place + 1 :]


def _keys(typed: str) -> Iterator[tuple[str, str]]:
    for key in keys.KEYS:
        names = (key.indonesian, key.name) if language() == "id" else (key.name, key.indonesian)
        if word := next((one for one in names if one.startswith(typed.lower())), None):
            yield word, _(key.about)


def _values(key: str, typed: str, facets: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if key in keys.VALUES:
        for value in keys.VALUES[key]:
            word = keys.value_name(key, value)
            if any(one.startswith(typed.lower()) for one in (value, word)):
                yield word, _(keys.ABOUT[value])
    elif key in _SAMPLES:
        yield from ((one, "") for one in map(_, _SAMPLES[key]) if one.startswith(typed))
    else:
        yield from _named(key, typed, facets)


def _named(key: str, typed: str, facets: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Completion names that begin so, then names with a word that begins so."""
    wanted = folded(typed)
    names = [
        (naming.named(facet, name, language()), facet.partition(":")[2])
        for facet, name in facets.items()
        if facet.startswith(f"{key}:")
    ]
    plain = [(folded(name), name, code) for name, code in names]
    first = sorted(one for one in plain if one[0].startswith(wanted) or one[2] == wanted)
    later = sorted(one for one in plain if one not in first and f" {wanted}" in one[0])
    for _plain, name, code in (*first, *later):
        yield (code, name) if key != "skill" and len(code) == 2 else (_written(name), "")


def _written(name: str) -> str:
    plain = plain_name(name)
    return f'"{plain}"' if " " in plain else plain


def _saved(text: str, saved: Mapping[str, str]) -> list[Completion]:
    typed = text.strip().casefold()
    if not typed:
        return []
    return [
        Completion(f"{query.strip()} ", name, query)
        for name, query in saved.items()
        if name.casefold().startswith(typed)
    ]
