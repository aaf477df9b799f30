"""Learning: what is counted, what not yet, and that parts add up."""

from datetime import UTC, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from freelancer_tui.domain.learning import Attempt, Rate, band_of, learn
from tests.factories import NOW, usd

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def test_an_undecided_bid_is_no_loss_and_a_young_one_not_unanswered() -> None:
    old, young = NOW - 8 * DAY, NOW - DAY
    whole = learn(
        [
            Attempt(old, is_won=True, is_answered=True, answered_at=old + HOUR),
            Attempt(old, is_won=False),
            Attempt(old),
            Attempt(young),
            Attempt(young, is_answered=True, answered_at=young + 3 * HOUR),
        ],
        NOW,
    ).whole
    assert (whole.sent, whole.won, whole.answered) == (5, Rate(1, 2), Rate(2, 4))
    assert (whole.wait, whole.waited) == (2 * HOUR, 2)


def test_a_rate_of_nothing_is_none_and_of_few_is_thin() -> None:
    assert Rate(0, 0).share is None
    assert Rate(1, 4).is_thin
    assert not Rate(1, 5).is_thin


def test_groups_are_by_each_trait_and_hours_in_their_order() -> None:
    evening = NOW.replace(hour=23)
    lessons = learn(
        [
            Attempt(NOW, ("PHP", "CSS"), "Indonesia", Decimal(300), template="short"),
            Attempt(evening, ("PHP",), "", None, is_hourly=True),
            Attempt(NOW, (), "Japan", Decimal(9000), template="short"),
        ],
        NOW,
        UTC,
    )
    named = {
        trait: [(one.name, one.sent) for one in group] for trait, group in lessons.groups.items()
    }
    assert named == {
        "skill": [("PHP", 2), ("CSS", 1)],
        "country": [("Indonesia", 1), ("Japan", 1)],
        "price": [("250–750", 1), ("3000+", 1), ("hourly", 1)],
        "template": [("short", 2)],
        "hour": [("09–12", 2), ("21–24", 1)],
    }


@pytest.mark.parametrize(
    ("worth", "band"),
    [("0", "0–30"), ("29.99", "0–30"), ("30", "30–250"), ("3000", "3000+")],
)
def test_a_price_belongs_to_one_band(worth: str, band: str) -> None:
    assert band_of(Attempt(NOW, worth=Decimal(worth))) == band


def test_what_bids_cost() -> None:
    old = NOW - 9 * DAY
    lessons = learn(
        [Attempt(old, is_won=True, is_answered=True, fee=usd("25"))]
        + [Attempt(old, is_won=True, is_answered=True, fee=usd("5"))]
        + [Attempt(old, is_won=False)] * 4,
        NOW,
    )
    assert (lessons.bids_per_answer, lessons.bids_per_win) == (3, 3)
    assert (lessons.fees, lessons.fees_of) == (usd("30"), 2)
    assert learn([], NOW).bids_per_win is None


@given(
    st.lists(
        st.builds(
            Attempt,
            placed_at=st.datetimes(timezones=st.just(UTC)),
            skills=st.just(("PHP",)),
            is_answered=st.booleans(),
            is_won=st.sampled_from([None, True, False]),
        )
    )
)
def test_no_bid_is_counted_twice_or_lost(attempts: list[Attempt]) -> None:
    lessons = learn(attempts, NOW, UTC)
    for trait in ("skill", "hour"):
        group = lessons.groups[trait]
        assert sum(one.sent for one in group) == len(attempts)
        assert sum(one.won.hits for one in group) == lessons.whole.won.hits
        assert sum(one.answered.base for one in group) == lessons.whole.answered.base
