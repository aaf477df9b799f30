"""Awards: what the user should know of a placed bid before answering, and while waiting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from freelancer_tui.domain.fees import Charge
from freelancer_tui.domain.milestones import Milestone, MilestoneRequest, state_of
from freelancer_tui.domain.money import Money


@dataclass(frozen=True, slots=True)
class Escrow:
    """Where the money for one bid is; each sum is in the bid's currency."""

    held: Money
    """Funded by the client and not paid out yet."""
    released: Money
    asked: Money
    """Asked for by us, and not funded."""

    @property
    def is_funded(self) -> bool:
        """True when the client put any money aside, or paid some out already."""
        return self.held.minor > 0 or self.released.minor > 0


@dataclass(frozen=True, slots=True)
class Prospect:
    """A placed bid among the others, and what taking the work would bring and cost."""

    charge: Charge
    """Of an hourly bid, what is kept of each hour."""
    escrow: Escrow
    fees_as_of: date
    """Of when the rule is that the fee is reckoned by."""
    is_hourly: bool = False
    fee_own: Money | None = None
    net_own: Money | None = None
    """In the user's own currency; None where that is the bid's, or where there is no rate."""
    rates_at: datetime | None = None
    accept_by: datetime | None = None
    rank: int | None = None
    bid_count: int = 0
    average: Money | None = None
    thread_id: int | None = None
    """The conversation about the job, if there is one."""


def escrow_of(
    lines: Iterable[Milestone | MilestoneRequest], bid_remote_id: int, currency: str
) -> Escrow:
    """Sum up the milestones of a bid, and the requests that nobody answered."""
    sums = {"held": 0, "released": 0, "asked": 0}
    for line in lines:
        if line.bid_remote_id not in (None, bid_remote_id) or line.amount.currency != currency:
            continue
        is_asked = isinstance(line, MilestoneRequest)
        match state_of(line.status):
            case "requested":
                sums["asked"] += line.amount.minor
            case "funded" | "release_asked" | "disputed" if not is_asked:
                sums["held"] += line.amount.minor
            case "released" if not is_asked:
                sums["released"] += line.amount.minor
    held, released, asked = (Money.of_minor(units, currency) for units in sums.values())
    return Escrow(held, released, asked)
