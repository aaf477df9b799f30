"""Numbering: schemes are read or refused with a reason, and no number comes twice."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from freelancer_tui.domain.numbering import DEFAULT, MOST_LETTERS, Scheme

SCHEMES = (
    DEFAULT,
    "{seq}",
    "{year}-{seq:04}",
    "F{year:2}{month:02}/{seq:02}",
    "{month}.{year} {seq}",
)


@pytest.mark.parametrize(
    ("scheme", "number"),
    [
        (DEFAULT, "INV/2026/XI/007"),
        ("{seq}", "7"),
        ("{year:2}{month:02}-{seq:08}", "2611-00000007"),
        ("KW {seq:02} / {month} / {year}", "KW 07 / 11 / 2026"),
    ],
)
def test_a_number_is_made_as_the_scheme_says(scheme: str, number: str) -> None:
    assert Scheme.read(scheme).number(date(2026, 11, 24), 7) == number


@pytest.mark.parametrize(
    ("scheme", "reason"),
    [
        ("", "empty"),
        ("{seq}" + "x" * MOST_LETTERS, "long"),
        (" {seq}", "signs"),
        ("a\x1b{seq}", "signs"),
        ("INV", "sequence"),
        ("{seq}{seq:02}", "sequence"),
        ("{seq}/{day}", "part:day"),
        ("{seq:3}", "form:seq"),
        ("{year:roman}{seq}", "form:year"),
        ("{seq}{", "brace"),
        ("{month}{seq}", "year"),
    ],
)
def test_a_scheme_that_cannot_work_is_refused(scheme: str, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{reason}$"):
        Scheme.read(scheme)


days = some.dates(date(2020, 1, 1), date(2099, 12, 31))


@given(some.sampled_from(SCHEMES), days, some.integers(1, 10**6), days, some.integers(1, 10**6))
def test_no_number_comes_twice(scheme: str, one: date, nth: int, other: date, mth: int) -> None:
    read = Scheme.read(scheme)
    is_same = (read.series(one), nth) == (read.series(other), mth)
    assert (read.number(one, nth) == read.number(other, mth)) == is_same
