"""Format: values as text of a given room."""

from datetime import timedelta
from decimal import Decimal

import pytest
from rich.cells import cell_len

from freelancer_tui import i18n
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.projects import Budget
from freelancer_tui.tui.format import Clock, fit, number, short_budget, tame, time_of_day
from freelancer_tui.tui.widgets.project_row import columns, heading
from tests.factories import NOW
from tests.tui.town import HOSTILE, MAKASSAR


def budget(low: str | None, high: str | None, currency: str = "USD") -> Budget:
    return Budget(
        currency,
        Money(Decimal(low), currency) if low else None,
        Money(Decimal(high), currency) if high else None,
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (budget("250", "750"), "USD 250–750"),
        (budget("1500", "3000"), "USD 1,500–3,000"),
        (budget("12500", "25000"), "USD 12,500–25,000"),
        (budget("15000000", "45000000", "IDR"), "IDR 15–45M"),
        (budget("750000", "1250000", "IDR"), "IDR 750k–1.25M"),
        (budget("30", None), "USD 30+"),
        (budget(None, "100"), "USD ≤100"),
        (budget("100", "100"), "USD 100"),
        (budget("12.5", "20"), "USD 12.5–20"),
        (budget(None, None), "–"),
    ],
)
def test_a_budget_for_a_narrow_column(value: Budget, text: str) -> None:
    assert short_budget(value, "fixed") == text


def test_an_hourly_budget_says_so() -> None:
    assert short_budget(budget("15", "25"), "hourly") == "USD 15–25/h"


def test_numbers_are_grouped_as_the_language_does() -> None:
    assert number(1234567) == "1,234,567"
    i18n.use("id")
    assert number(1234567) == "1.234.567"
    assert short_budget(budget("1500", "3000.5"), "fixed") == "USD 1.500–3.000,5"


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("width", [0, 1, 2, 7, 30, 200])
def test_any_text_fits_exactly(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width
    assert cell_len(fit(text, width, right=True)) == width


@pytest.mark.parametrize("text", HOSTILE)
def test_tamed_text_is_as_wide_as_its_letters(text: str) -> None:
    tamed = tame(text)
    assert cell_len(tamed) == sum(cell_len(letter) for letter in tamed)
    assert tame(tamed) == tamed


def test_plain_text_is_left_alone() -> None:
    for text in ("plain", "Désolé, ça marche", "क्षत्रिय", "می\u200cخواهم"):
        assert tame(text) == text


@pytest.mark.parametrize("width", range(20, 260, 7))
def test_the_columns_fill_the_width(width: int) -> None:
    assert sum(cell_len(text) for text, _tone in heading(columns(width))) == width - 1


def test_the_time_of_day_names_another_day() -> None:
    clock = Clock(lambda: NOW, MAKASSAR)
    assert time_of_day(NOW, clock) == "17:30"
    assert time_of_day(NOW - timedelta(days=1), clock) == "2026-11-23 17:30"
