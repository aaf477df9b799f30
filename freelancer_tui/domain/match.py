"""Match: how well a job suits the user, in points that add up and each say why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Final, Literal

from freelancer_tui.domain.money import Money
from freelancer_tui.domain.projects import Budget, ProjectKind
from freelancer_tui.domain.rates import Rates

Aspect = Literal[
    "skills",
    "budget",
    "verified",
    "rating",
    "reviews",
    "hires",
    "bids",
    "age",
    "language",
    "hours",
    "wins",
]
LimitName = Literal[
    "bids", "age_hours", "reviews", "hires", "overlap", "decided", "win_percent"
]  # fmt: skip
WHOLE: Final = 100
_WORST_RATING: Final = 3
"""Clients hardly ever give or get less: this and all below count for nothing."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """How much each aspect counts, the whole being 100, and what counts in full."""

    weights: Mapping[Aspect, int]
    limits: Mapping[LimitName, int]
    languages: frozenset[str] = frozenset()
    usual: Mapping[ProjectKind, Money] = field(default_factory=dict)
    """The user's usual prices as they wrote them; for others their own bids tell."""


@dataclass(frozen=True, slots=True)
class Record:
    """How bids of the user ended: so many were decided, so many of them won."""

    decided: int = 0
    won: int = 0


@dataclass(frozen=True, slots=True)
class Me:
    """What is known about the user: skills and records by name in small letters."""

    now: datetime
    weighing: Weighing
    skills: frozenset[str] | None = None
    """None before the profile was read."""
    usual: Mapping[ProjectKind, Money] = field(default_factory=dict)
    rates: Rates = field(default_factory=Rates)
    records: Mapping[str, Record] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Job:
    """What counts of a job and its client; None and empty texts are not known."""

    skills: tuple[str, ...]
    kind: ProjectKind
    budget: Budget
    bid_count: int
    posted_at: datetime
    language: str = ""
    payment_verified: bool | None = None
    rating: Decimal | None = None
    reviews: int | None = None
    hires: int | None = None
    shared_minutes: int | None = None
    """How long a day the user and the client both work."""


@dataclass(frozen=True, slots=True)
class Line:
    """One aspect's points, and what they rest on."""

    aspect: Aspect
    points: int
    most: int
    is_known: bool = True
    """False where the marketplace or the archive does not tell: no points, and no guess."""
    names: tuple[str, ...] = ()
    """The skills in common, or the skill that a win rate is about, or the language."""
    count: int | None = None
    of: int | None = None
    """What `count` is out of."""
    amount: Money | None = None
    usual: Money | None = None
    rating: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """The points of a job, and their sum."""

    lines: tuple[Line, ...]

    @property
    def score(self) -> int:
        """From 0 to 100."""
        return sum(line.points for line in self.lines)


Share = tuple[Decimal | int, Decimal | int] | None
"""A part and its whole; None when it is not known."""


def match(job: Job, me: Me) -> Match:
    """Give every aspect's points with what they rest on."""
    return Match(
        tuple(
            _line(aspect, share(job, me), me.weighing.weights[aspect], job, me)
            for aspect, share in _SHARES.items()
        )
    )


def score(job: Job, me: Me) -> int:
    """Give the sum alone, the same as that of the lines; for long lists."""
    weights = me.weighing.weights
    return sum(_points(share(job, me), weights[aspect]) for aspect, share in _SHARES.items())


def scaled(weights: Mapping[Aspect, int]) -> dict[Aspect, int]:
    """Give weights of which the sum is 100; what rounding leaves goes to the largest rests."""
    total = sum(weights.values())
    whole = {aspect: weight * WHOLE // total for aspect, weight in weights.items()}
    left = WHOLE - sum(whole.values())
    by_rest = sorted(weights, key=lambda aspect: -(weights[aspect] * WHOLE % total))
    return {aspect: part + (aspect in by_rest[:left]) for aspect, part in whole.items()}


def _points(share: Share, weight: int) -> int:
    """Give the part of a weight, rounded half up, never below nothing or above the whole."""
    if share is None:
        return 0
    part, whole = share
    if part >= whole:
        return weight
    return max(int((2 * weight * part + whole) // (2 * whole)), 0)


def _line(aspect: Aspect, share: Share, weight: int, job: Job, me: Me) -> Line:
    points = _points(share, weight)
    if share is None:
        return Line(aspect, points, weight, is_known=False)
    match aspect:
        case "skills":
            names = tuple(name for name in job.skills if name.lower() in (me.skills or ()))
            return Line(aspect, points, weight, names=names, count=len(names), of=len(job.skills))
        case "budget":
            usual = me.usual[job.kind]
            return Line(aspect, points, weight, amount=_offered(job.budget), usual=usual)
        case "rating":
            return Line(aspect, points, weight, rating=job.rating)
        case "language":
            return Line(aspect, points, weight, names=(job.language,), count=int(share[0]))
        case "age":
            return Line(aspect, points, weight, count=_hours(job, me))
        case "wins":
            name, record = _record(job, me) or ("", Record())
            return Line(aspect, points, weight, names=(name,), count=record.won, of=record.decided)
        case "verified" | "reviews" | "hires" | "bids" | "hours":
            return Line(aspect, points, weight, count=_COUNTS[aspect](job))


_COUNTS: Final[Mapping[str, Callable[[Job], int | None]]] = {
    "verified": lambda job: None if job.payment_verified is None else int(job.payment_verified),
    "reviews": lambda job: job.reviews,
    "hires": lambda job: job.hires,
    "bids": lambda job: job.bid_count,
    "hours": lambda job: job.shared_minutes,
}


def _skills(job: Job, me: Me) -> Share:
    if me.skills is None or not job.skills:
        return None
    return sum(name.lower() in me.skills for name in job.skills), len(job.skills)


def _budget(job: Job, me: Me) -> Share:
    """Compare the most that the client means to pay with what the user usually asks."""
    usual, offered = me.usual.get(job.kind), _offered(job.budget)
    if usual is None or offered is None or not usual.amount:
        return None
    ratio = me.rates.ratio(offered.currency, usual.currency)
    return None if ratio is None else (offered.amount * ratio, usual.amount)


def _offered(budget: Budget) -> Money | None:
    return budget.maximum or budget.minimum


def _verified(job: Job, _me: Me) -> Share:
    return None if job.payment_verified is None else (int(job.payment_verified), 1)


def _rating(job: Job, _me: Me) -> Share:
    return None if job.rating is None else (job.rating - _WORST_RATING, 5 - _WORST_RATING)


def _reviews(job: Job, me: Me) -> Share:
    return None if job.reviews is None else (job.reviews, me.weighing.limits["reviews"])


def _hires(job: Job, me: Me) -> Share:
    return None if job.hires is None else (job.hires, me.weighing.limits["hires"])


def _bids(job: Job, me: Me) -> Share:
    most = me.weighing.limits["bids"]
    return most - job.bid_count, most


def _age(job: Job, me: Me) -> Share:
    most = me.weighing.limits["age_hours"]
    return most - _hours(job, me), most


def _hours(job: Job, me: Me) -> int:
    return max(int((me.now - job.posted_at).total_seconds()) // 3600, 0)


def _language(job: Job, me: Me) -> Share:
    return (int(job.language in me.weighing.languages), 1) if job.language else None


def _shared(job: Job, me: Me) -> Share:
    if job.shared_minutes is None:
        return None
    return job.shared_minutes, 60 * me.weighing.limits["overlap"]


def _wins(job: Job, me: Me) -> Share:
    found = _record(job, me)
    if found is None:
        return None
    record = found[1]
    return record.won * 100, record.decided * me.weighing.limits["win_percent"]


def _record(job: Job, me: Me) -> tuple[str, Record] | None:
    """Give the record with the skill of this job that most decided bids were about."""
    known = [(name, me.records[key]) for name in job.skills if (key := name.lower()) in me.records]
    best = max(known, key=lambda one: one[1].decided, default=None)
    return best if best and best[1].decided >= me.weighing.limits["decided"] else None


_SHARES: Final[Mapping[Aspect, Callable[[Job, Me], Share]]] = {
    "skills": _skills,
    "budget": _budget,
    "verified": _verified,
    "rating": _rating,
    "reviews": _reviews,
    "hires": _hires,
    "bids": _bids,
    "age": _age,
    "language": _language,
    "hours": _shared,
    "wins": _wins,
}
ASPECTS: Final = tuple(_SHARES)
