"""Earnings: what was invoiced, withheld and paid by month and client, and what is still owed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

from freelancer_tui.domain.money import Money

AGES: Final = (0, 30, 60, 90)
"""Days beyond which money that is owed counts as older; not yet due comes before them."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Sums of one currency; credit notes and what was paid back are taken off."""

    currency: str
    month: str = ""
    """`2026-11`; empty where months are added up."""
    client_id: str = ""
    client_name: str = ""
    invoiced: int = 0
    """In the smallest unit, as are the next two: money before tax was withheld."""
    withheld: int = 0
    paid: int = 0
    own_invoiced: int = 0
    """In the smallest unit of the user's own currency, each document at its own rate."""
    own_withheld: int = 0
    own_paid: int = 0
    is_whole: bool = True
    """False where a document has no rate into the user's own currency."""

    def money(self, units: int) -> Money:
        """Give one of the sums as an amount."""
        return Money.of_minor(units, self.currency)

    def plus(self, other: "Figure") -> "Figure":
        """Add another of the same currency."""
        return replace(
            self,
            invoiced=self.invoiced + other.invoiced,
            withheld=self.withheld + other.withheld,
            paid=self.paid + other.paid,
            own_invoiced=self.own_invoiced + other.own_invoiced,
            own_withheld=self.own_withheld + other.own_withheld,
            own_paid=self.own_paid + other.own_paid,
            is_whole=self.is_whole and other.is_whole,
        )


@dataclass(frozen=True, slots=True)
class Owed:
    """What is still to come in one currency, by age; what we owe back is taken off."""

    currency: str
    not_due: Money
    aged: tuple[Money, ...]
    """Overdue by 1 to 30 days, 31 to 60, 61 to 90, and more."""
    own: Money | None
    """All of it in the user's own currency; None where a rate is missing."""
    documents: int

    @property
    def overdue(self) -> Money:
        """What should have come by now."""
        return sum(self.aged, start=Money.of_minor(0, self.currency))

    @property
    def open(self) -> Money:
        """All that is still to come."""
        return self.not_due + self.overdue


@dataclass(frozen=True, slots=True)
class Earnings:
    """All figures of a time, and what is owed today."""

    own: str
    """The user's own currency."""
    figures: tuple[Figure, ...] = ()
    """By month and currency, the earliest first; by client too where all details were asked for."""
    clients: tuple[Figure, ...] = ()
    """By client and currency."""
    owed: tuple[Owed, ...] = ()

    def by_month(self) -> tuple[Figure, ...]:
        """Add clients up: a figure for each month and currency."""
        return _added(self.figures, lambda one: replace(one, client_id="", client_name=""))

    def by_client(self) -> tuple[Figure, ...]:
        """Give a figure for each client and currency, in the order of names."""
        return tuple(
            sorted(self.clients, key=lambda one: (one.client_name.casefold(), one.currency))
        )

    def by_currency(self) -> tuple[Figure, ...]:
        """Add all up: a figure for each currency."""
        bare = _added(
            self.figures, lambda one: replace(one, month="", client_id="", client_name="")
        )
        return tuple(sorted(bare, key=lambda one: one.currency))

    def own_by_month(self) -> tuple[Figure, ...]:
        """Give a figure in the user's own currency for each month."""
        return _added(
            self.figures, lambda one: replace(self._in_own(one), client_id="", client_name="")
        )

    def own_total(self) -> Figure:
        """Add all up in the user's own currency."""
        total = Figure(self.own)
        for one in self.figures:
            total = total.plus(self._in_own(one))
        return total

    def _in_own(self, one: Figure) -> Figure:
        return replace(
            one,
            currency=self.own,
            invoiced=one.own_invoiced,
            withheld=one.own_withheld,
            paid=one.own_paid,
        )


def _added(figures: Iterable[Figure], key: Callable[[Figure], Figure]) -> tuple[Figure, ...]:
    found: dict[tuple[str, str, str], Figure] = {}
    for one in figures:
        bare = key(one)
        place = (bare.month, bare.client_id, bare.currency)
        found[place] = found[place].plus(bare) if place in found else bare
    return tuple(found.values())
