"""Prices: what jobs with one skill usually pay, from those that were seen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from freelancer_tui.domain.money import Money
from freelancer_tui.domain.projects import Budget, ProjectKind
from freelancer_tui.domain.rates import Rates

LOW: Final = 10
HIGH: Final = 90
"""Which hundredths of all jobs bound the usual ones."""
FEWEST: Final = 20
"""Fewer jobs than this tell nothing about a skill."""
Key = tuple[ProjectKind, str]
"""A kind of pay, and a skill's name in small letters."""


@dataclass(frozen=True, slots=True)
class Going:
    """What jobs with a skill pay, in one currency."""

    skill: str
    count: int
    low: Decimal
    middle: Decimal
    high: Decimal
    currency: str

    @property
    def usual(self) -> Budget:
        """The range that all but the rarest stand in."""
        least, most = (Money.rounded(one, self.currency) for one in (self.low, self.high))
        return Budget(self.currency, least, most)


@dataclass(frozen=True, slots=True)
class Archive:
    """The usual pay by skill and kind."""

    going: Mapping[Key, Going]

    def of(self, kind: ProjectKind, skills: Iterable[str]) -> Going | None:
        """Give what such jobs pay, by the rarest of the skills that is known well enough."""
        known = [self.going[key] for name in skills if (key := (kind, name.lower())) in self.going]
        return min(known, key=lambda one: (one.count, one.skill), default=None)


def archive(
    jobs: Iterable[tuple[ProjectKind, Budget, Iterable[str]]], currency: str, rates: Rates
) -> Archive:
    """Take the usual pay of many jobs, in one currency; those without a rate are left out."""
    ratios: dict[str, Decimal | None] = {}
    seen: dict[Key, list[Decimal]] = {}
    names: dict[Key, str] = {}
    for kind, budget, skills in jobs:
        code = budget.currency
        if code not in ratios:
            ratios[code] = rates.ratio(code, currency)
        amount, ratio = typical(budget), ratios[code]
        if amount is None or ratio is None:
            continue
        for skill in skills:
            key = (kind, skill.lower())
            names[key] = skill
            seen.setdefault(key, []).append(amount * ratio)
    return Archive(
        {
            key: _going(names[key], sorted(amounts), currency)
            for key, amounts in seen.items()
            if len(amounts) >= FEWEST
        }
    )


def typical(budget: Budget) -> Decimal | None:
    """Give one amount for a budget: the middle, or what is known of it."""
    least, most = budget.minimum, budget.maximum
    if least is None or most is None:
        one = least or most
        return None if one is None else one.amount
    return (least.amount + most.amount) / 2


def _going(skill: str, amounts: list[Decimal], currency: str) -> Going:
    low, middle, high = (amounts[(len(amounts) - 1) * part // 100] for part in (LOW, 50, HIGH))
    return Going(skill, len(amounts), low, middle, high, currency)
