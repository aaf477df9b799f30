"""Rates: what is told beside an amount is exact, or nothing."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from freelancer_tui.domain.money import Money
from freelancer_tui.domain.rates import Rates

RATES = Rates(None, {"USD": Decimal(1), "IDR": Decimal("0.00006"), "JPY": Decimal("0.0064")})


def test_an_amount_goes_over_the_dollar() -> None:
    assert RATES.convert(Money(Decimal(3), "USD"), "IDR") == Money(Decimal(50_000), "IDR")
    assert RATES.convert(Money(Decimal(100), "JPY"), "IDR") == Money.rounded(
        Decimal("10666.67"), "IDR"
    )


def test_the_own_currency_needs_no_rate() -> None:
    price = Money(Decimal(7), "KWD")
    assert RATES.convert(price, "KWD") == price


def test_without_a_rate_there_is_no_amount() -> None:
    assert RATES.convert(Money(Decimal(7), "KWD"), "IDR") is None
    assert RATES.convert(Money(Decimal(7), "USD"), "EUR") is None


@given(some.integers(0, 10**14), some.sampled_from(("USD", "IDR", "JPY")))
def test_there_and_back_costs_no_more_than_the_smallest_unit(cents: int, currency: str) -> None:
    price = Money.of_minor(cents, "USD")
    there = RATES.convert(price, currency)
    assert there is not None
    back = RATES.convert(there, "USD")
    assert back is not None
    smallest = Money.of_minor(1, currency).amount * RATES.usd[currency]
    assert abs(back.amount - price.amount) <= smallest + Decimal("0.01")
