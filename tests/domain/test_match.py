"""Match: lines that add up, points by aspect, and nothing guessed."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from freelancer_tui.domain import match, match_weights
from freelancer_tui.domain.match import ASPECTS, Job, Line, Me, Record
from freelancer_tui.domain.match_weights import BadWeights
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.projects import Budget
from freelancer_tui.domain.rates import Rates
from freelancer_tui.settings.judging import read_weighing
from tests.factories import NOW, usd

WEIGHING = read_weighing(Path("nowhere"))
RATES = Rates(NOW, {"USD": Decimal(1), "IDR": Decimal("0.0001")})
ME = Me(
    NOW,
    WEIGHING,
    skills=frozenset({"django", "python"}),
    usual={"fixed": usd("400")},
    rates=RATES,
    records={"django": Record(4, 1), "python": Record(2, 2)},
)
JOB = Job(
    skills=("Django", "PHP"),
    kind="fixed",
    budget=Budget("USD", usd("100"), usd("200")),
    bid_count=25,
    posted_at=NOW - timedelta(hours=84),
    language="id",
    payment_verified=True,
    rating=Decimal("4.5"),
    reviews=5,
    hires=20,
    shared_minutes=120,
)
UNKNOWN = Job((), "hourly", Budget("XYZ"), 0, NOW)


def line(aspect: str, job: Job = JOB, me: Me = ME) -> Line:
    return next(one for one in match.match(job, me).lines if one.aspect == aspect)


@pytest.mark.parametrize(
    ("aspect", "points"),
    [
        ("skills", 15),  # one of two
        ("budget", 9),  # half the usual price
        ("verified", 5),
        ("rating", 6),  # three quarters of the way from 3 to 5
        ("reviews", 1),
        ("hires", 3),
        ("bids", 5),
        ("age", 3),
        ("language", 5),
        ("hours", 3),  # 2.5, rounded up
        ("wins", 6),  # one in four
    ],
)
def test_points_of_each_aspect(aspect: str, points: int) -> None:
    assert line(aspect).points == points
    assert line(aspect).is_known


def test_lines_say_what_they_rest_on() -> None:
    assert (line("skills").names, line("skills").count, line("skills").of) == (("Django",), 1, 2)
    assert (line("budget").amount, line("budget").usual) == (usd("200"), usd("400"))
    assert (line("wins").names, line("wins").count, line("wins").of) == (("Django",), 1, 4)


def test_what_is_not_known_gives_nothing_and_says_so() -> None:
    found = match.match(UNKNOWN, Me(NOW, WEIGHING))
    unknown = {one.aspect for one in found.lines if not one.is_known}
    assert unknown == set(ASPECTS) - {"bids", "age"}
    assert all(one.points == 0 for one in found.lines if not one.is_known)


def test_a_budget_counts_at_a_rate_or_not_at_all() -> None:
    rupiah = replace(JOB, budget=Budget("IDR", None, Money(Decimal(2_000_000), "IDR")))
    assert line("budget", rupiah).points == 9
    assert not line("budget", rupiah, replace(ME, rates=Rates())).is_known
    assert not line("budget", replace(JOB, kind="hourly")).is_known
    assert line("budget", replace(JOB, budget=Budget("USD", usd("900")))).points == 18


def test_few_decided_bids_tell_no_win_rate() -> None:
    assert not line("wins", replace(JOB, skills=("Python",))).is_known
    lost = replace(ME, records={"django": Record(9, 0)})
    assert line("wins", JOB, lost) == Line("wins", 0, 6, names=("Django",), count=0, of=9)


def test_a_language_of_somebody_else_gives_nothing() -> None:
    assert line("language", replace(JOB, language="fr")).points == 0
    assert line("language", replace(JOB, language="fr")).is_known


def amounts() -> st.SearchStrategy[Money | None]:
    return st.none() | st.integers(0, 10**9).map(lambda cents: Money.of_minor(cents, "USD"))


@given(
    st.builds(
        Job,
        st.lists(st.sampled_from(["Django", "Python", "PHP", "Go"]), max_size=5).map(tuple),
        st.sampled_from(["fixed", "hourly"]),
        st.builds(Budget, st.just("USD"), amounts(), amounts()),
        st.integers(0, 5000),
        st.integers(-100, 100_000).map(lambda hours: NOW - timedelta(hours=hours)),
        st.sampled_from(["", "en", "fr"]),
        st.none() | st.booleans(),
        st.none() | st.decimals(0, 5, places=2),
        st.none() | st.integers(0, 10_000),
        st.none() | st.integers(0, 10_000),
        st.none() | st.integers(0, 1440),
    ),
    st.dictionaries(st.sampled_from(ASPECTS), st.integers(0, 50), min_size=1).filter(
        lambda weights: any(weights.values())
    ),
)
def test_lines_add_up_to_the_score(job: Job, weights: dict[Any, int]) -> None:
    whole = match.scaled({aspect: weights.get(aspect, 0) for aspect in ASPECTS})
    assert sum(whole.values()) == match.WHOLE
    me = replace(ME, weighing=replace(WEIGHING, weights=whole))
    found = match.match(job, me)
    assert found.score == sum(one.points for one in found.lines) == match.score(job, me)
    assert 0 <= found.score <= 100
    assert all(0 <= one.points <= one.most == whole[one.aspect] for one in found.lines)


OURS: dict[str, Any] = {
    "weights": dict.fromkeys(ASPECTS, 10),
    "limits": dict.fromkeys(WEIGHING.limits, 5),
    "me": {"languages": ["en"]},
}


def test_what_the_user_has_otherwise_counts() -> None:
    theirs = {"weights": dict.fromkeys(ASPECTS[1:], 0), "me": {"hourly": "20 usd"}}
    read = match_weights.read(OURS, theirs)
    assert read.weights["skills"] == 100
    assert read.usual == {"hourly": usd("20")}
    assert read.languages == {"en"}


@pytest.mark.parametrize(
    ("theirs", "told"),
    [
        ({"weight": {}}, "there is no [weight]"),
        ({"weights": 3}, "weights must be a table"),
        ({"weights": {"luck": 3}}, "weights.luck: there is no such line"),
        ({"weights": {"skills": -1}}, "weights.skills must be a whole number from 0"),
        ({"weights": dict.fromkeys(ASPECTS, 0)}, "at least one must be above 0"),
        ({"limits": {"bids": 0}}, "limits.bids must be a whole number from 1"),
        ({"me": {"languages": "en"}}, "me.languages must be two letters"),
        ({"me": {"fixed": "400"}}, "me.fixed must be an amount"),
    ],
)
def test_a_mistake_is_named(theirs: dict[str, Any], told: str) -> None:
    with pytest.raises(BadWeights) as mistake:
        match_weights.read(OURS, theirs)
    assert told in str(mistake.value)
