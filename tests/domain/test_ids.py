"""Ids: unique offline, sortable by time."""

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from freelancer_tui.domain.ids import new_id

START = datetime(2026, 1, 1, tzinfo=UTC)


@given(st.integers(0, 10**12), st.integers(1, 10**9), st.randoms(use_true_random=False))
def test_later_ids_sort_later(first_ms: int, gap_ms: int, random: Random) -> None:
    first = START + timedelta(milliseconds=first_ms)
    assert new_id(first, random) < new_id(first + timedelta(milliseconds=gap_ms + 1), random)


def test_many_ids_of_one_moment_differ() -> None:
    random = Random(1)
    assert len({new_id(START, random) for _ in range(10_000)}) == 10_000
