"""Naming: which skills, countries and languages of the cache a name means."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final

from freelancer_tui.domain.places import country_code, country_name, folded
from freelancer_tui.domain.search.parsing import plain_name
from freelancer_tui.domain.search.query import Named

MOST_MEANT: Final = 40
_LANGUAGES: Final = {
    "ar": ("Arabic", "Arab"), "bn": ("Bengali", "Bengali"), "cs": ("Czech", "Ceko"),
    "da": ("Danish", "Denmark"), "de": ("German", "Jerman"), "el": ("Greek", "Yunani"),
    "en": ("English", "Inggris"), "es": ("Spanish", "Spanyol"), "fa": ("Persian", "Persia"),
    "fi": ("Finnish", "Finlandia"), "fr": ("French", "Prancis"), "he": ("Hebrew", "Ibrani"),
    "hi": ("Hindi", "Hindi"), "hu": ("Hungarian", "Hungaria"), "id": ("Indonesian", "Indonesia"),
    "it": ("Italian", "Italia"), "ja": ("Japanese", "Jepang"), "jv": ("Javanese", "Jawa"),
    "ko": ("Korean", "Korea"), "ms": ("Malay", "Melayu"), "nl": ("Dutch", "Belanda"),
    "no": ("Norwegian", "Norwegia"), "pl": ("Polish", "Polandia"),
    "pt": ("Portuguese", "Portugis"), "ro": ("Romanian", "Rumania"), "ru": ("Russian", "Rusia"),
    "su": ("Sundanese", "Sunda"), "sv": ("Swedish", "Swedia"), "th": ("Thai", "Thailand"),
    "tl": ("Filipino", "Filipino"), "tr": ("Turkish", "Turki"), "uk": ("Ukrainian", "Ukraina"),
    "ur": ("Urdu", "Urdu"), "vi": ("Vietnamese", "Vietnam"), "zh": ("Chinese", "Tionghoa"),
}  # fmt: skip


def found(one: Named, facets: Mapping[str, str]) -> dict[str, str]:
    """Give the facets that a name means, with their names: those of exactly that name, else
    those that have its words, the last of which may be a beginning.
    """
    those = _those(one.key, facets)
    if one.key != "skill" and f"{one.key}:{_code(one)}" in those:
        key = f"{one.key}:{_code(one)}"
        return {key: those[key]}
    exact = {key: those[key] for key in those if one.name in map(plain_name, _names(key, those))}
    if exact:
        return exact
    near = {key: name for key, name in those.items() if _has(one, _names(key, those))}
    return dict(list(near.items())[:MOST_MEANT])


def nearest(one: Named, facets: Mapping[str, str]) -> str:
    """Give the name that a mistyped one comes nearest to; nothing when none is near."""
    those = _those(one.key, facets)
    names = {plain_name(name): name for key in those for name in _names(key, those)}
    near = get_close_matches(one.name, names, 1, 0.6)
    return names[near[0]] if near else ""


def named(key: str, name: str, language: str) -> str:
    """Give the name of a facet in a language, or as the marketplace writes it."""
    kind, _colon, code = key.partition(":")
    if kind == "country":
        return country_name(code, language) or name
    if kind == "lang" and code in _LANGUAGES:
        return _LANGUAGES[code][language == "id"]
    return name


def _those(kind: str, facets: Mapping[str, str]) -> dict[str, str]:
    return {key: name for key, name in facets.items() if key.startswith(f"{kind}:")}


def _names(key: str, those: Mapping[str, str]) -> tuple[str, ...]:
    return tuple({those[key], named(key, those[key], "en"), named(key, those[key], "id")})


def _code(one: Named) -> str:
    if one.key == "country":
        return country_code(one.name) or folded(one.name)
    return one.name


def _has(one: Named, names: tuple[str, ...]) -> bool:
    """Tell whether a name has the words, the last one as a beginning."""
    *whole, last = one.name.split()
    for name in names:
        words = plain_name(name).split()
        if all(word in words for word in whole) and any(word.startswith(last) for word in words):
            return True
    return False
