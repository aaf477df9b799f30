"""Recurring: the days on which a document comes again, at the ends of months too."""

import calendar
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from freelancer_tui.domain.recurring import Rhythm, begin

DAYS = st.dates(date(2020, 1, 1), date(2090, 1, 1))


@given(DAYS, st.integers(1, 24), st.integers(1, 31), st.integers(0, 60))
def test_each_month_has_its_day_or_its_last(start: date, every: int, day: int, place: int) -> None:
    rhythm = begin(start, "month", every, day)
    assert start <= rhythm.first_on < start + timedelta(days=62)
    found, after = rhythm.on(place), rhythm.on(place + 1)
    assert found is not None
    assert after is not None
    last = calendar.monthrange(found.year, found.month)[1]
    assert found.day == min(day, last)  # the 31st is not forgotten in February
    months = (after.year - found.year) * 12 + after.month - found.month
    assert months == every


@given(DAYS, st.integers(1, 24), st.integers(0, 60))
def test_weeks_keep_their_weekday(start: date, every: int, place: int) -> None:
    rhythm = begin(start, "week", every, 31)
    assert rhythm.on(place) == start + timedelta(weeks=every * place)


@given(DAYS, st.integers(1, 31), st.integers(1, 30), st.integers(0, 1500))
def test_what_is_due_ends_with_its_count_its_day_or_today(
    start: date, day: int, times: int, later: int
) -> None:
    until, today = start + timedelta(days=700), start + timedelta(days=later)
    rhythm = Rhythm(start, "month", 1, day, until, times)
    due = rhythm.due(0, today, 1000)
    assert len(due) <= times
    assert list(due) == sorted(set(due))
    assert all(one <= min(until, today) for one in due)
    coming = rhythm.on(len(due))
    assert coming is None or coming > today
    assert rhythm.due(0, today, 2) == due[:2]


def test_the_calendar_has_an_end() -> None:
    assert Rhythm(date(9999, 12, 1)).on(1) is None
    assert Rhythm(date(9999, 12, 31), "week").on(1) is None
