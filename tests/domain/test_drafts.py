"""Drafts: which versions stay when there are too many."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from freelancer_tui.domain.conflicts import Offering
from freelancer_tui.domain.drafts import MOST_VERSIONS, is_turn, thinned

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
GAPS = st.lists(st.integers(-600, 200_000), min_size=1, max_size=60)
"""Seconds between one version and the next; a clock that was set back makes one negative."""


def times_of(gaps: list[int]) -> list[datetime]:
    times = [NOON]
    for gap in gaps:
        times.append(times[-1] + timedelta(seconds=gap))
    return times


@given(GAPS, st.integers(1, 40))
def test_the_newest_stays_the_order_stays_and_the_bound_holds(gaps: list[int], most: int) -> None:
    times = times_of(gaps)
    kept = thinned(times, most)
    assert kept[-1] == len(times) - 1
    assert kept == sorted(set(kept))
    assert len(kept) <= most
    assert len(times) > most or len(kept) == len(times)


@given(GAPS, st.integers(1, 40))
def test_the_last_day_is_whole_where_it_fits(gaps: list[int], most: int) -> None:
    times = times_of([abs(gap) for gap in gaps])
    today = {place for place, at in enumerate(times) if times[-1] - at < timedelta(days=1)}
    days = {at.date() for at in times}
    if len(today) + len(days) <= most:
        assert today <= set(thinned(times, most))


def test_before_the_last_day_each_day_keeps_its_last() -> None:
    times = [NOON + timedelta(hours=hour) for hour in range(72)]
    kept = [times[place] for place in thinned(times, 30)]
    assert [at for at in kept if times[-1] - at >= timedelta(days=1)] == [
        datetime(2026, 11, day, 23, tzinfo=UTC) for day in (24, 25)
    ]


def test_a_day_of_hard_work_keeps_two_hundred_and_a_beginning() -> None:
    times = [NOON + timedelta(minutes=minute) for minute in range(600)]
    kept = thinned(times)
    assert len(kept) == MOST_VERSIONS
    assert kept[-1] == 599


def test_half_of_a_text_gone_at_one_stroke_is_a_turn() -> None:
    text = Offering("ten words that stand here and are not short ones")
    assert is_turn(text, Offering(""))
    assert is_turn(text, Offering(text.text[:20]))
    assert not is_turn(text, Offering(text.text[:30]))
    assert not is_turn(Offering(""), text)
