"""Format: values as text of a given room."""

from datetime import timedelta
from decimal import Decimal

import pytest
from rich.cells import cell_len

from freelancer_tui import i18n, wording
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.projects import Budget
from freelancer_tui.domain.rates import Rates
from freelancer_tui.tui.format import Clock, fit, number, short_budget, tame, time_of_day
from freelancer_tui.tui.screens import sorting
from freelancer_tui.tui.widgets.project_columns import ALL, shape
from freelancer_tui.tui.widgets.project_row import heading, in_own
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
        (budget("30000", "120000", "IDR"), "IDR 30–120k"),
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
    assert (number(1234567), wording.rating(Decimal("4.5"))) == ("1,234,567", "4.5")
    i18n.use("id")
    assert (number(1234567), wording.rating(Decimal("4.5"))) == ("1.234.567", "4,5")
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
    for chosen in (ALL, ("budget",), ()):
        line = heading(shape(width, chosen, own="IDR", order=("bids", True)))
        assert sum(cell_len(text) for text, _tone in line) == width - 1


def test_columns_leave_by_rank_where_there_is_little_room() -> None:
    assert not shape(35).shown
    assert [column.key for column in shape(48).shown] == ["budget"]
    small = shape(79)
    assert [column.key for column in small.shown] == ["match", "budget", "bids", "age"]
    assert small.title >= 26
    assert [column.key for column in shape(200).shown] == list(ALL)
    assert "bids" not in shape(200, set(ALL) - {"bids"}).widths


def test_the_order_is_a_word_of_the_query() -> None:
    assert sorting.next_order("logo kopi") == "logo kopi sort:budget"
    assert sorting.next_order("logo sort:budget kopi") == "logo kopi sort:bids"
    assert sorting.next_order("sort:match") == ""
    assert sorting.turned("logo") == "logo sort:-newest"
    assert sorting.turned("sort:-bids") == "sort:bids"
    assert sorting.column_of("logo SORT:Bids ") == ("bids", False)
    assert sorting.column_of("sort:-budget ") == ("budget", True)
    assert sorting.column_of("sort:nonsense ") == ("age", False)
    assert sorting.told("sort:oldest") == "Oldest first"


def test_a_budget_in_ones_own_currency_keeps_three_digits() -> None:
    rates = Rates(NOW, {"USD": Decimal(1), "IDR": Decimal("0.0000613")})
    own = in_own(budget("250", "750"), "IDR", rates)
    assert own == budget("4080000", "12200000", "IDR")
    assert in_own(budget("250", "750", "IDR"), "IDR", rates) is None
    assert in_own(budget("250", None, "XAU"), "IDR", rates) is None
    assert in_own(budget("250", None), "IDR", rates) == budget("4080000", None, "IDR")


def test_the_time_of_day_names_another_day() -> None:
    clock = Clock(lambda: NOW, MAKASSAR)
    assert time_of_day(NOW, clock) == "17:30"
    assert time_of_day(NOW - timedelta(days=1), clock) == "2026-11-23 17:30"
