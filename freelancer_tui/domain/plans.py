"""Plans: the milestones of an offer, one a line, and whether they add up to its price."""

import re
from dataclasses import dataclass
from typing import Final

from freelancer_tui.domain.money import Money, parse_amount

LEAST_SHARE, MOST_SHARE = 20, 100
"""What the marketplace takes as the first milestone's share of a bid, in percent."""
_AMOUNT: Final = re.compile(
    r"(?:[A-Z]{3}\s+|rp\.?\s*|(?:us)?[$€£]\s*)?\d[\d.,]*\s*(?:jt|juta|rb|ribu|k)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Planned:
    """One planned milestone; without an amount where none could be read in its line."""

    text: str
    amount: Money | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The milestones in their order."""

    milestones: tuple[Planned, ...] = ()
    currency: str = ""

    @property
    def is_read(self) -> bool:
        """True when each has an amount."""
        return all(one.amount is not None and one.amount.amount > 0 for one in self.milestones)

    @property
    def total(self) -> Money:
        """What those with an amount come to."""
        units = sum(one.amount.minor for one in self.milestones if one.amount is not None)
        return Money.of_minor(units, self.currency)

    def left(self, price: Money) -> Money:
        """Give what of a price is in no milestone; below zero when they are more than it."""
        return price - self.total

    def first_share(self, price: Money | None) -> int:
        """Give the first milestone's share of a price in whole percent; all without a plan."""
        first = self.milestones[0].amount if self.milestones else None
        if first is None or price is None or price.amount <= 0:
            return MOST_SHARE
        return round(100 * first.amount / price.amount)


def read_plan(typed: str, currency: str) -> Plan:
    """Read lines such as `250 First version` or `First version: 250`; empty lines count not."""
    lines = (line.strip() for line in typed.splitlines())
    return Plan(tuple(_milestone(line, currency) for line in lines if line), currency)


def _milestone(line: str, currency: str) -> Planned:
    first = re.match(rf"({_AMOUNT.pattern})(?=$|[\s:–-])", line, re.IGNORECASE)
    last = re.search(rf"(?:^|(?<=[\s:–-]))({_AMOUNT.pattern})$", line, re.IGNORECASE)
    read = [
        (amount, line[: found.start()] + line[found.end() :])
        for found in (first, last)
        if found and (amount := _read(found[1], currency)) is not None
    ]
    if not read:
        return Planned(line, None)
    amount, rest = max(read, key=lambda one: one[0].amount)  # `2 pages: 500` are no 2 dollars
    return Planned(rest.strip(" :–-\t"), amount)


def _read(typed: str, currency: str) -> Money | None:
    code = re.match(r"([a-z]{3})\s+", typed, re.IGNORECASE)
    if code:
        if code[1].upper() != currency:
            return None
        typed = typed[code.end() :]
    try:
        return parse_amount(re.sub(r"^(?:us)?[$€£]\s*", "", typed, flags=re.IGNORECASE), currency)
    except ValueError:
        return None
