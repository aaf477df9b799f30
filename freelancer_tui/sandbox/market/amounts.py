"""Amounts: money as whole hundredths of a unit, and the way to decimals and back."""

from decimal import ROUND_HALF_EVEN, Decimal

HUNDREDTH = Decimal("0.01")
MOST = 10**14
"""In hundredths: far above any budget, and sums of thousands stay within 64 bits."""


def hundredths(value: Decimal) -> int | None:
    """Give an amount in hundredths; None for what is no exact amount or out of bounds."""
    if not value.is_finite() or value.adjusted() > 15 or (value and value.adjusted() < -2):
        return None
    scaled = value.scaleb(2)
    whole = int(scaled)
    return whole if whole == scaled and abs(whole) <= MOST else None


def amount(value: int) -> Decimal:
    """Give hundredths as a decimal of major units."""
    return Decimal(value).scaleb(-2)


def rounded(value: Decimal) -> int:
    """Give hundredths, rounded half to even, of a value computed here."""
    return int(value.quantize(HUNDREDTH, ROUND_HALF_EVEN).scaleb(2))


def average(total: int, count: int) -> Decimal | None:
    """Give the mean of `count` amounts that add up to `total` hundredths."""
    return amount(rounded(Decimal(total).scaleb(-2) / count)) if count else None


def in_dollars(value: int, rate: Decimal) -> int:
    """Give an amount in hundredths of a dollar, by a currency's exchange rate."""
    return rounded(amount(value) * rate)
