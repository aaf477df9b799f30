"""Print: the paper of a case as PDF; a sign that no font here has never keeps it from coming."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Final

from freelancer_tui.documents.disputes import words as w
from freelancer_tui.documents.disputes.paper import Item, Paper, Section
from freelancer_tui.documents.printing import TEMPLATES, Bounds, PrintError, Template, printed

MOST_SECONDS: Final = 600.0
"""A conversation of many years has thousands of pages."""
_TRIES: Final = 4
_TOWER: Final = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{8})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
"""Marks piled upon marks: no script has so many on a letter, and readers of PDF refuse them."""
_TEMPLATE: Final = Template(TEMPLATES, "dispute.typ")


def as_pdf(paper: Paper, on: date, stop: Callable[[], bool], form: str = "pdf") -> bytes:
    """Give the pack as PDF, tagged; raise PrintError with a sentence where there can be none."""
    bounds, signs = Bounds(MOST_SECONDS, stop), ""
    paper = _walked(paper, lambda text: _TOWER.sub(r"\1…", text))
    for _turn in range(_TRIES):
        tree = _named(paper, signs).tree()
        try:
            return printed(tree, _TEMPLATE, on, form=form, bounds=bounds)
        except PrintError as error:
            fresh = "".join(sorted({one for one in error.signs if not one.isspace()} - set(signs)))
            if not fresh:
                raise
            signs += fresh
    return printed(
        _named(paper, signs, at_all=True).tree(), _TEMPLATE, on, form=form, bounds=bounds
    )


def _named(paper: Paper, signs: str, *, at_all: bool = False) -> Paper:
    """Give a paper with the names of signs in their place, and a word that it is so."""
    if not signs:
        return paper
    wanted = re.compile("[^\0-\u024f\u2010-\u2026\u00b7]" if at_all else f"[{re.escape(signs)}]")

    def plain(value: Any) -> Any:
        return _walked(value, lambda text: wanted.sub(lambda match: _name(match[0]), text))

    first, *others = (plain(section) for section in paper.sections)
    note = w.say("undrawn", paper.language)
    last = Section(w.say("reading", paper.language), items=(Item("", text=note),))
    return replace(paper, title=plain(paper.title), sections=(first, *others, last))


def _walked(value: Any, change: Callable[[str], str]) -> Any:
    """Give a value with all texts in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_walked(one, change) for one in value)
    fields = {name: _walked(getattr(value, name), change) for name in value.__slots__}
    return replace(value, **fields)


def _name(sign: str) -> str:
    """Name a sign as a reader can look it up."""
    number = f"U+{ord(sign):04X}"
    name = unicodedata.name(sign, number)
    is_told = not name.startswith("CJK UNIFIED")
    return f"⟨{name.lower() if is_told and name != number else number}⟩"
