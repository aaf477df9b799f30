"""Plans: what is read as a milestone, and what adds up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from freelancer_tui.domain.money import Money
from freelancer_tui.domain.plans import Planned, read_plan
from tests.factories import usd


@pytest.mark.parametrize(
    ("line", "text", "amount"),
    [
        ("250 First version", "First version", "250"),
        ("First version: 250", "First version", "250"),
        ("First version – USD 250.50", "First version", "250.50"),
        ("$1,250.00 design", "design", "1250"),
        ("1.5k design", "design", "1500"),
        ("2 pages, 500", "2 pages,", "500"),
        ("250 in 2", "in 2", "250"),
        ("300", "", "300"),
        ("First version", "First version", None),
        ("EUR 250 First version", "EUR 250 First version", None),
        ("1.250 is read in two ways", "1.250 is read in two ways", None),
    ],
)
def test_a_line_is_an_amount_and_what_for(line: str, text: str, amount: str | None) -> None:
    found = read_plan(f"\n {line} \n", "USD").milestones
    assert found == (Planned(text, usd(amount) if amount else None),)


def test_rupiah_are_written_as_people_do() -> None:
    plan = read_plan("1,5jt Desain\nrp 500rb Revisi\n1.000.000 Serah terima", "IDR")
    assert plan.is_read
    assert plan.total == Money.of_minor(300_000_000, "IDR")
    assert plan.left(plan.total).minor == 0


def test_the_first_share_travels_in_whole_percent() -> None:
    assert read_plan("", "USD").first_share(usd("300")) == 100
    assert read_plan("100 a\n200 b", "USD").first_share(usd("300")) == 33
    assert read_plan("a\n200 b", "USD").first_share(usd("300")) == 100
    assert read_plan("100 a", "USD").first_share(None) == 100


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=12), st.integers(0, 10**10))
def test_no_cent_is_lost(cents: list[int], price: int) -> None:
    typed = "\n".join(f"{Money.of_minor(one, 'USD').amount} part" for one in cents)
    plan = read_plan(typed, "USD")
    assert plan.is_read
    assert plan.left(Money.of_minor(price, "USD")).minor == price - sum(cents)


@given(st.text())
def test_nothing_typed_breaks_it(typed: str) -> None:
    assert len(read_plan(typed, "USD").milestones) <= len(typed.splitlines())
