"""Policy: waits have full jitter under a doubling bound, and no time is waited for for ever."""

from datetime import timedelta
from random import Random

import pytest

from freelancer_tui.sync.policy import Policy
from tests.sync.values import NOON

POLICY = Policy()


@pytest.mark.parametrize(
    ("failures", "most"), [(0, 1), (1, 2), (2, 4), (5, 32), (6, 60), (7, 60), (10**6, 60), (-1, 1)]
)
def test_a_back_off_is_drawn_from_nothing_to_a_doubling_bound(failures: int, most: float) -> None:
    random = Random(1)
    waits = [POLICY.backoff(failures, random).total_seconds() for _ in range(2000)]
    assert 0 <= min(waits) < most / 100
    assert most * 0.99 < max(waits) < most
    assert sum(waits) / len(waits) == pytest.approx(most / 2, rel=0.1)


def test_probes_come_later_and_then_every_minute() -> None:
    waits = [POLICY.probe(misses).total_seconds() for misses in range(1, 8)]
    assert waits == [5, 10, 20, 40, 60, 60, 60]


def test_a_time_that_is_absurdly_far_has_come() -> None:
    assert POLICY.reached(None, NOON)
    assert POLICY.reached(NOON, NOON)
    assert not POLICY.reached(NOON + timedelta(seconds=1), NOON)
    assert POLICY.reached(NOON + timedelta(days=2), NOON)
