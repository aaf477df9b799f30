"""Payouts: what the marketplace paid out and kept, by month and client, and when it pays next."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from freelancer_tui.domain.money import Money


@dataclass(frozen=True, slots=True)
class PayoutRule:
    """When the marketplace pays out what was asked for until then, and from which sum on."""

    weekdays: tuple[int, ...]
    """Of the cut-off, Monday is 0."""
    at: time
    zone: tzinfo
    least: Money | None = None

    def next_cut_off(self, now: datetime) -> datetime:
        """Give the next cut-off; the zone has its summer time."""
        today = now.astimezone(self.zone).date()
        days = (today + timedelta(days=step) for step in range(8))
        moments = (datetime.combine(day, self.at, self.zone) for day in days)
        return next(one for one in moments if one.weekday() in self.weekdays and one > now)


@dataclass(frozen=True, slots=True)
class MarketSum:
    """Sums of one month or client and currency."""

    name: str
    """The month, `2026-11`, or the client's name."""
    released: Money
    fees: Money


@dataclass(frozen=True, slots=True)
class MarketYear:
    """What the marketplace did with the user's money in a year."""

    released: tuple[Money, ...] = ()
    """By currency: paid out of milestones that were released in the year."""
    guessed: int = 0
    """Milestones whose day of release nobody told: they count on the day they were made."""
    fees: tuple[Money, ...] = ()
    """By currency, by today's rule, of awards accepted in the year and hours paid in it."""
    months: tuple[MarketSum, ...] = ()
    clients: tuple[MarketSum, ...] = ()
    waiting: tuple[Money, ...] = ()
    """Held now, by currency: what the next payouts can bring once clients release it."""
    next_cut_off: datetime | None = None
    """By when money must be released and asked for to come with the next payout."""
    least: Money | None = None
    """Less than this is not paid out."""
