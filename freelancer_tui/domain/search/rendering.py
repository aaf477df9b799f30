"""Rendering: a query as text that is read as the same query."""

import re
from dataclasses import replace
from typing import Final

from freelancer_tui.domain.search import spans
from freelancer_tui.domain.search.keys import key_name, named, value_name
from freelancer_tui.domain.search.parsing import OR_WORDS
from freelancer_tui.domain.search.query import (
    NEWEST,
    Choice,
    Named,
    Phrase,
    Query,
    Sort,
    Span,
    Term,
    What,
    Word,
)

_SORTS: Final = (named("sort").name, named("sort").indonesian, *named("sort").also)
_ORDER: Final = re.compile(rf"(?<!\S)-?(?:{'|'.join(_SORTS)}):\S*\s*", re.IGNORECASE)


def render(query: Query) -> str:
    """Write a query; a blank at its end says that the last word is finished."""
    order = [] if query.sort == NEWEST else [_sort(query.sort)]
    groups = [" or ".join(_term(term) for term in group) for group in query.groups]
    last = query.groups[-1][-1].what if query.groups else None
    is_begun = isinstance(last, Word | Named) and last.begun
    return " ".join([*order, *groups]) + ("" if is_begun or not groups else " ")


def ordered(text: str, sort: Sort) -> str:
    """Give a typed query with another order in the user's words, all else as it was typed."""
    kept = _ORDER.sub("", text).strip()
    order = f"{key_name('sort')}:{_turned(sort)}{value_name('sort', sort.by)}"
    return kept if sort == NEWEST else f"{kept} {order}".strip()


def unordered(query: Query) -> Query:
    """Give a query whose answers come newest first."""
    return replace(query, sort=NEWEST)


def _term(term: Term) -> str:
    return f"{'-' if term.is_not else ''}{_what(term.what)}"


def _what(what: What) -> str:
    match what:
        case Word(text):
            return f'"{text}"' if text in OR_WORDS else text
        case Phrase(words):
            return f'"{" ".join(words)}"'
        case Named(key, name):
            return f"{key}:{name.replace(' ', '-')}"
        case Span(key):
            return f"{key}:{spans.written(what)}"
        case Choice(key, value):
            return f"{key}:{value}"


def _sort(sort: Sort) -> str:
    return f"sort:{_turned(sort)}{sort.by}"


def _turned(sort: Sort) -> str:
    return "-" if sort.is_reversed else ""
