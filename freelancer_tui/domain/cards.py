"""Cards: what is known of one client: who they are, and all work, talk and money with them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from freelancer_tui.domain.billing import Summary
from freelancer_tui.domain.hours import USUAL, WorkingHours
from freelancer_tui.domain.messages import ThreadView
from freelancer_tui.domain.milestones import Milestone, MilestoneRequest, state_of
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.people import Person
from freelancer_tui.domain.projects import ProjectSummary
from freelancer_tui.domain.proposals import Bid, Standing, standing
from freelancer_tui.domain.rates import Rates

_HELD: Final = ("funded", "release_asked", "disputed")
_OWED: Final = ("issued", "part-paid")
_BILLED: Final = (*_OWED, "paid")


@dataclass(frozen=True, slots=True)
class Dealing:
    """A job of the client's, and our bid on it."""

    project: ProjectSummary
    bid: Bid | None = None
    escrow: tuple[Milestone | MilestoneRequest, ...] = ()

    @property
    def standing(self) -> Standing | None:
        """What became of our bid; None without one."""
        return standing("placed", self.bid) if self.bid else None


@dataclass(frozen=True, slots=True)
class Purse:
    """The money between us in one currency."""

    won: Money
    """What we bid on the work that we were given."""
    held: Money
    released: Money
    billed: Money
    paid: Money
    """Of what was billed."""
    open: Money
    """Billed and still to come."""


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that we know of a client."""

    person: Person
    country: str = ""
    """Where their work is, for one who does not say where they live."""
    dealings: tuple[Dealing, ...] = ()
    """Those we bid on first, then the newest."""
    threads: tuple[ThreadView, ...] = ()
    documents: tuple[Summary, ...] = ()
    note: str = ""
    own: str = ""
    """The user's currency."""
    rates: Rates = field(default_factory=Rates)
    hours: WorkingHours = USUAL
    """When the user works."""

    @property
    def purses(self) -> tuple[Purse, ...]:
        """The money between us, each currency by itself."""
        codes = {one.bid.amount.currency for one in self.dealings if one.bid}
        codes |= {line.amount.currency for one in self.dealings for line in one.escrow}
        codes |= {one.payable.currency for one in self.documents}
        return tuple(self._purse(code) for code in sorted(codes))

    def in_own(self, sums: Iterable[Money]) -> Money | None:
        """Add sums up in the user's currency; None where a rate is missing."""
        total = Money.of_minor(0, self.own)
        for one in sums:
            worth = self.rates.convert(one, self.own)
            if worth is None:
                return None
            total += worth
        return total

    def _purse(self, code: str) -> Purse:
        bids = [one.bid.amount for one in self.dealings if one.bid and one.standing == "accepted"]
        lines = [line for one in self.dealings for line in one.escrow]
        lines = [line for line in lines if isinstance(line, Milestone)]
        papers = [one for one in self.documents if one.state in _BILLED]
        owed = [one for one in papers if one.state in _OWED]
        held = (one.amount for one in lines if state_of(one.status) in _HELD)
        released = (one.amount for one in lines if state_of(one.status) == "released")
        return Purse(
            won=_sum(bids, code),
            held=_sum(held, code),
            released=_sum(released, code),
            billed=_sum((_signed(one, one.payable) for one in papers), code),
            paid=_sum((_signed(one, one.paid) for one in papers), code),
            open=_sum((_signed(one, one.open) for one in owed), code),
        )


def _sum(amounts: Iterable[Money], code: str) -> Money:
    return Money.of_minor(sum(one.minor for one in amounts if one.currency == code), code)


def _signed(document: Summary, amount: Money) -> Money:
    """Give an amount of a document; of a credit note, what it takes back."""
    is_back = document.kind == "credit_note"
    return Money(-amount.amount, amount.currency) if is_back else amount
