"""Prices: what jobs with one skill usually pay, from those that were seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from freelancer_tui.domain.money import Money
from freelancer_tui.domain.projects import Budget
from freelancer_tui.domain.rates import Rates

LOW: Final = 10
HIGH: Final = 90
"""Which hundredths of all jobs bound the usual ones."""


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


def going(skill: str, budgets: Iterable[Budget], currency: str, rates: Rates) -> Going | None:
    """Take the usual pay of jobs, in one currency; those without a rate are left out."""
    ratios: dict[str, Decimal | None] = {}
    amounts: list[Decimal] = []
    for budget in budgets:
        code = budget.currency
        if code not in ratios:
            ratios[code] = rates.ratio(code, currency)
        amount, ratio = typical(budget), ratios[code]
        if amount is not None and ratio is not None:
            amounts.append(amount * ratio)
    if not amounts:
        return None
    amounts.sort()
    low, middle, high = (amounts[(len(amounts) - 1) * part // 100] for part in (LOW, 50, HIGH))
    return Going(skill, len(amounts), low, middle, high, currency)


def typical(budget: Budget) -> Decimal | None:
    """Give one amount for a budget: the middle, or what is known of it."""
    least, most = budget.minimum, budget.maximum
    if least is None or most is None:
        one = least or most
        return None if one is None else one.amount
    return (least.amount + most.amount) / 2
