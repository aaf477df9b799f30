"""Spelled: amounts in words, against an oracle by others, up to 10 to the 15th."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some
from num2words import num2words

from freelancer_tui.domain import spelled
from freelancer_tui.domain.money import Money

values = some.integers(0, 14).flatmap(lambda digits: some.integers(0, 10 ** (digits + 1) - 1))


@given(values)
def test_indonesian_agrees_with_an_oracle(value: int) -> None:
    # The oracle writes "delapan juta satu ribu", where the dictionary has "seribu" throughout.
    told = re.sub("(juta|miliar|triliun) satu ribu", r"\1 seribu", num2words(value, lang="id"))
    assert spelled.number(value, "id") == told


@given(values)
def test_english_agrees_with_an_oracle(value: int) -> None:
    told = num2words(value, lang="en").replace(",", "").replace(" and ", " ")
    assert spelled.number(value, "en") == told


@pytest.mark.parametrize("value", [-1, spelled.MOST])
def test_numbers_out_of_bounds_are_refused(value: int) -> None:
    with pytest.raises(ValueError, match=str(value)):
        spelled.number(value, "id")


@pytest.mark.parametrize(
    ("amount", "currency", "indonesian", "english"),
    [
        ("1250000", "IDR", "satu juta dua ratus lima puluh ribu rupiah",
         "one million two hundred fifty thousand rupiah"),
        ("0.50", "IDR", "nol rupiah lima puluh sen", "zero rupiah and fifty sen"),
        ("1001.05", "USD", "seribu satu dolar Amerika lima sen",
         "one thousand one US dollars and five cents"),
        ("11", "JPY", "sebelas yen", "eleven yen"),
        ("2.125", "KWD", "dua KWD 125/1000", "two KWD 125/1000"),
    ],
)  # fmt: skip
def test_amounts_are_spelled(amount: str, currency: str, indonesian: str, english: str) -> None:
    money = Money(Decimal(amount), currency)
    assert spelled.amount(money, "id") == indonesian
    assert spelled.amount(money, "en") == english


@pytest.mark.parametrize("amount", ["-1", "1000000000000000"])
def test_amounts_out_of_bounds_are_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="Money"):
        spelled.amount(Money(Decimal(amount), "IDR"), "id")
