"""Labelled: texts of fair jobs and of traps, written before the rules, each with its flags."""

import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from freelancer_tui.domain import flags
from freelancer_tui.domain.flags import Rules

FOLDER: Final = Path(__file__).parent / "briefs"
HELD_BACK: Final = "fresh"
"""How the files begin that no rule was ever tuned by: theirs are the figures to believe."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text, and the rules that are right for it."""

    file: str
    title: str
    text: str
    flags: frozenset[str]
    is_held_back: bool


@dataclass(slots=True)
class Figures:
    """How often rules were right, were raised wrongly, and were missing."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def precision(self, rule: str | None = None) -> float:
        """Give which part of the flags raised was right."""
        return _part(_count(self.right, rule), _count(self.wrong, rule))

    def recall(self, rule: str | None = None) -> float:
        """Give which part of the right flags was raised."""
        return _part(_count(self.right, rule), _count(self.missed, rule))


def labelled() -> list[Labelled]:
    """Give every text of the set."""
    return [
        Labelled(
            file.stem,
            row["title"],
            row["text"],
            frozenset(row.get("flags", ())),
            file.stem.startswith(HELD_BACK),
        )
        for file in sorted(FOLDER.glob("*.toml"))
        for row in tomllib.loads(file.read_text("utf-8"))["brief"]
    ]


def raised(one: Labelled, rules: Rules) -> set[str]:
    """Give the rules about words that a text raises."""
    return {flag.rule for flag in flags.of_words(one.title, one.text, rules)}


def figures(texts: Iterable[Labelled], rules: Rules) -> Figures:
    """Compare what rules raise with what is right."""
    found = Figures()
    for one in texts:
        told = raised(one, rules)
        found.right.update(told & one.flags)
        found.wrong.update(told - one.flags)
        found.missed.update(one.flags - told)
    return found


def _count(counts: Counter[str], rule: str | None) -> int:
    return counts.total() if rule is None else counts[rule]


def _part(right: int, other: int) -> float:
    return right / (right + other) if right + other else 1.0
