"""Fees: share, least, and no cent lost between fee and net."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from freelancer_tui.domain.fees import Fee, Fees
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.rates import Rates
from tests.factories import NOW, usd

RULES = Fees(
    date(2026, 11, 1),
    "somewhere",
    {"fixed": Fee(Decimal(10), usd("5")), "hourly": Fee(Decimal(10))},
)
RATES = Rates(NOW, {"USD": Decimal(1), "IDR": Decimal("0.0000625")})


def test_a_tenth_of_a_fixed_price_is_kept() -> None:
    charge = RULES.charge(usd("250"), "fixed", RATES)
    assert (charge.fee, charge.net) == (usd("25"), usd("225"))
    assert not charge.is_least


def test_of_a_small_fixed_price_five_dollars_are_kept() -> None:
    charge = RULES.charge(usd("30"), "fixed", RATES)
    assert (charge.fee, charge.net, charge.is_least) == (usd("5"), usd("25"), True)


def test_an_hourly_rate_has_no_least() -> None:
    assert RULES.charge(usd("20"), "hourly", RATES).fee == usd("2")


def test_the_least_is_told_in_the_currency_of_the_price() -> None:
    price = Money(Decimal(500_000), "IDR")
    charge = RULES.charge(price, "fixed", RATES)
    assert (charge.fee, charge.is_least) == (Money(Decimal(80_000), "IDR"), True)


def test_without_a_rate_the_share_stands_and_is_called_rough() -> None:
    charge = RULES.charge(Money(Decimal(500), "EUR"), "fixed", RATES)
    assert (charge.fee, charge.is_rough) == (Money(Decimal(50), "EUR"), True)


@given(st.integers(0, 10**12), st.sampled_from(["USD", "IDR", "JPY"]))
def test_fee_and_net_are_the_price(units: int, currency: str) -> None:
    price = Money.of_minor(units, currency)
    for kind in ("fixed", "hourly"):
        charge = RULES.charge(price, kind, RATES)
        assert charge.fee + charge.net == price
