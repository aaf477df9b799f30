"""Offer: how typed prices and days are read."""

import pytest

from freelancer_tui.tui.widgets.offer import read_days, read_price, typed_price
from tests.factories import usd
from tests.tui.scenes import idr


@pytest.mark.parametrize(
    "typed", ["1250000", "1.25jt", "1,25 jt", "Rp 1.250.000", "IDR 1250000", "1250rb", "1250k"]
)
def test_rupiah_as_people_write_them(typed: str) -> None:
    reading = read_price(typed, "IDR")
    assert (reading.price, reading.words) == (idr(1_250_000), "IDR 1,250,000")


@pytest.mark.parametrize("typed", ["250", "$250", "US$ 250", "250 usd", "USD 250.00", "250,00"])
def test_dollars_as_people_write_them(typed: str) -> None:
    assert read_price(typed, "USD").price == usd("250")


@pytest.mark.parametrize(
    ("typed", "currency", "why"),
    [
        ("soon", "USD", "Not an amount"),
        ("the recipes pa", "USD", "Not an amount"),
        ("THE ENDSTART", "USD", "Not an amount"),
        ("-5", "USD", "Not an amount"),
        ("1.250", "USD", "in two ways: write 1250, or 1250.00"),
        ("EUR 5", "USD", "paid in USD"),
        ("9" * 39, "IDR", "more than any job pays"),
        ("0.001", "USD", "Not an amount"),
    ],
)
def test_what_cannot_be_read_is_explained(typed: str, currency: str, why: str) -> None:
    reading = read_price(typed, currency)
    assert reading.is_wrong
    assert reading.price is None
    assert why in reading.words


def test_nothing_typed_is_not_wrong() -> None:
    assert not read_price("  ", "USD").is_wrong
    assert read_days("") == (None, "")


def test_days() -> None:
    assert read_days(" 7 ") == (7, "7 days")
    assert read_days("1") == (1, "1 day")
    assert read_days("a week")[0] is None
    assert read_days("99999999")[0] is None


@pytest.mark.parametrize("price", [idr(1_250_000), usd("250"), usd("0.50"), usd("1234.56")])
def test_a_price_shown_for_editing_reads_as_itself(price: object) -> None:
    assert read_price(typed_price(price), price.currency).price == price  # type: ignore[arg-type, attr-defined]
