"""Briefs: the jobs written by hand, read from the words and ready to be varied."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from freelancer_tui.sandbox.records import Kind
from freelancer_tui.sandbox.seed.grammar import Template, longest_constant, parse
from freelancer_tui.sandbox.seed.places import read, skills_by_name

FILES: Final = ("briefs_id.toml", "briefs_en.toml", "briefs_other.toml", "scams.toml")
SHORTEST_MARK: Final = 24


@dataclass(frozen=True, slots=True)
class Brief:
    """One job that can be told in many ways."""

    key: str
    shelf: str
    """Which file it is from: `id`, `en`, `other` or `scams`."""
    language: str
    kind: Kind
    bands: tuple[int, ...]
    """Places in the list of the currency's bands; repeated where likelier."""
    skills: tuple[int, ...]
    titles: tuple[Template, ...]
    text: Template
    asks: tuple[Template, ...]
    """What the client asks somebody who bids."""
    lists: dict[str, tuple[Template, ...]]
    told: dict[str, dict[str, str]]
    """The words that a known employer fills in, by user name."""
    by: tuple[str, ...]
    """User names of the known employers it suits."""
    cities: tuple[str, ...]
    """Where others who post it live; empty for anywhere."""
    mark: str
    """Words that every telling of it contains."""


@cache
def briefs(shelf: str) -> tuple[Brief, ...]:
    """Give the briefs of one file."""
    words = read(next(name for name in FILES if shelf in name))
    common = words.get("slots", {})
    return tuple(_brief(row, shelf, words.get("language", "en"), common) for row in words["brief"])


@cache
def all_briefs() -> tuple[Brief, ...]:
    """Give every brief there is."""
    return tuple(brief for shelf in ("id", "en", "other", "scams") for brief in briefs(shelf))


def told_in(text: str) -> Brief | None:
    """Give the brief that a job's text was made from; None for a text of somebody else's."""
    return next((brief for brief in all_briefs() if brief.mark and brief.mark in text), None)


def _brief(row: dict[str, Any], shelf: str, language: str, common: dict[str, Any]) -> Brief:
    by_name = skills_by_name()
    text = parse(row["text"].strip())
    mark = longest_constant(text)
    return Brief(
        key=row["key"],
        shelf=shelf,
        language=row.get("language", language),
        kind=row.get("kind", "fixed"),
        bands=tuple(row["bands"]),
        skills=tuple(by_name[name].id for name in row["skills"]),
        titles=_parsed(row["title"]),
        text=text,
        asks=_parsed(row.get("asks", ())),
        lists={name: _parsed(values) for name, values in (common | row.get("slots", {})).items()},
        told=row.get("told", {}),
        by=tuple(row.get("by", ())),
        cities=tuple(row.get("from", ())),
        mark=mark if len(mark) >= SHORTEST_MARK else "",
    )


def _parsed(texts: Iterable[str]) -> tuple[Template, ...]:
    return tuple(parse(text) for text in texts)
