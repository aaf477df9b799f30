"""Money: no cent is lost, nothing is mixed, nothing becomes a float."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from freelancer_tui.domain.money import Money, minor_digits, parse_amount

CURRENCIES = st.sampled_from(["IDR", "USD", "JPY", "KWD", "EUR", "CLF"])
UNITS = st.integers(-(10**15), 10**15)


def test_minor_units_follow_iso_4217() -> None:
    assert [minor_digits(code) for code in ("IDR", "JPY", "KWD", "CLF")] == [2, 0, 3, 4]


@given(UNITS, CURRENCIES)
def test_what_is_stored_comes_back(units: int, currency: str) -> None:
    money = Money.of_minor(units, currency)
    assert money.minor == units
    assert Money(money.amount, currency) == money


@given(UNITS, UNITS, CURRENCIES)
def test_sums_are_exact(one: int, other: int, currency: str) -> None:
    a, b = Money.of_minor(one, currency), Money.of_minor(other, currency)
    assert (a + b).minor == one + other
    assert (a + b) - b == a
    assert (a < b) == (one < other)


@pytest.mark.parametrize("amount", [1.5, Decimal("NaN"), Decimal("Infinity"), 3])
def test_only_finite_decimals_are_amounts(amount: object) -> None:
    with pytest.raises(TypeError):
        Money(amount, "USD")  # type: ignore[arg-type]


def test_a_fraction_the_currency_lacks_is_refused_or_rounded_half_up() -> None:
    with pytest.raises(ValueError, match="JPY"):
        Money(Decimal("1.5"), "JPY")
    assert Money.rounded(Decimal("0.125"), "USD").minor == 13
    assert Money.rounded(Decimal("-0.125"), "USD").minor == -13


def test_currencies_do_not_mix() -> None:
    with pytest.raises(ValueError, match="mix"):
        Money.of_minor(1, "USD") + Money.of_minor(1, "IDR")


@pytest.mark.parametrize(
    ("typed", "currency", "amount"),
    [
        ("1250000", "IDR", "1250000.00"),
        ("1.250.000", "IDR", "1250000.00"),
        ("1.250", "IDR", "1250.00"),
        ("Rp 1.250.000", "IDR", "1250000.00"),
        ("1,25jt", "IDR", "1250000.00"),
        ("1.25 juta", "IDR", "1250000.00"),
        ("1.250jt", "IDR", "1250000.00"),
        ("500rb", "IDR", "500000.00"),
        ("5k", "USD", "5000.00"),
        ("1,250,000.50", "USD", "1250000.50"),
        ("1.250.000,50", "EUR", "1250000.50"),
        ("12.5", "USD", "12.50"),
        ("12,5", "USD", "12.50"),
        ("0.125", "KWD", None),
        ("1.250", "JPY", "1250"),
        ("1.250", "USD", None),
        ("1.25", "JPY", None),
        ("12.345.6", "USD", None),
        ("1.2.3", "USD", None),
        ("-5", "USD", None),
        ("", "USD", None),
        ("jt", "IDR", None),
        ("five", "USD", None),
        ("1e5", "USD", None),
        ("٣", "USD", "3.00"),
    ],
)
def test_amounts_as_people_type_them(typed: str, currency: str, amount: str | None) -> None:
    if amount is None:
        with pytest.raises(ValueError):  # noqa: PT011 (the text is the user's own)
            parse_amount(typed, currency)
    else:
        assert parse_amount(typed, currency) == Money(Decimal(amount), currency)


@given(st.text(max_size=12) | st.text(alphabet="0123456789.,jtrbk ", max_size=12), CURRENCIES)
def test_any_text_is_an_amount_or_a_value_error(typed: str, currency: str) -> None:
    try:
        money = parse_amount(typed, currency)
    except ValueError:
        return
    assert money.amount >= 0
