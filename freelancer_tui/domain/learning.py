"""Learning: which of the user's bids were answered and won, by what they have in common."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal
from statistics import median
from typing import Final, Literal

from freelancer_tui.domain.money import Money

Trait = Literal["skill", "country", "price", "template", "hour"]
TRAITS: Final[tuple[Trait, ...]] = ("skill", "country", "price", "template", "hour")
FEW: Final = 5
"""A rate that rests on fewer bids tells next to nothing."""
PATIENCE: Final = timedelta(days=7)
"""So long a bid without an answer is not counted as one that got none."""
HOURS: Final = 3
"""How many hours of the day are one group."""
_EDGES: Final = (30, 250, 750, 1500, 3000)
"""Where one band of prices ends and the next begins, in US dollars: as clients choose budgets."""
_BANDS: Final = ("0–30", "30–250", "250–750", "750–1500", "1500–3000", "3000+", "hourly")


@dataclass(frozen=True, slots=True)
class Attempt:
    """A bid that was sent, and what came of it."""

    placed_at: datetime
    skills: tuple[str, ...] = ()
    country: str = ""
    worth: Decimal | None = None
    """A fixed price in US dollars; None for hourly ones and where no rate is known."""
    is_hourly: bool = False
    template: str = ""
    answered_at: datetime | None = None
    """When the client wrote first."""
    is_answered: bool = False
    """True also where only a shortlist or an award tells of it."""
    is_won: bool | None = None
    """None while nobody knows."""
    fee: Money | None = None
    """What the marketplace kept, in the user's own currency."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of how many."""

    hits: int
    base: int

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where it rests on nothing."""
        return self.hits / self.base if self.base else None

    @property
    def is_thin(self) -> bool:
        """True where it rests on too few to tell anything."""
        return self.base < FEW


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of some bids; each figure with how many it rests on."""

    name: str
    sent: int
    won: Rate
    answered: Rate
    wait: timedelta | None
    """The median time until the client wrote."""
    waited: int
    """How many answers that rests on."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """All figures: of all bids, and by each trait, the most frequent first."""

    whole: Figures
    groups: Mapping[Trait, tuple[Figures, ...]]
    fees: Money | None = None
    """What the marketplace kept of the work that was taken."""
    fees_of: int = 0
    """How many awards that rests on."""

    @property
    def bids_per_answer(self) -> float | None:
        """How many bids one answer cost."""
        rate = self.whole.answered
        return rate.base / rate.hits if rate.hits else None

    @property
    def bids_per_win(self) -> float | None:
        """How many bids one award cost."""
        rate = self.whole.won
        return rate.base / rate.hits if rate.hits else None


def learn(attempts: Sequence[Attempt], now: datetime, zone: tzinfo | None = None) -> Lessons:
    """Reckon every figure; hours are those of a zone, the system's by default."""
    naming: dict[Trait, Callable[[Attempt], Iterable[str]]] = {
        "skill": lambda one: one.skills,
        "country": lambda one: (one.country,),
        "price": lambda one: (band_of(one),),
        "template": lambda one: (one.template,),
        "hour": lambda one: (hours_of(one.placed_at, zone),),
    }
    groups = {trait: _grouped(attempts, naming[trait], now) for trait in TRAITS}
    in_order = {
        **groups,
        "price": tuple(sorted(groups["price"], key=lambda one: _BANDS.index(one.name))),
        "hour": tuple(sorted(groups["hour"], key=lambda one: one.name)),
    }
    fees = [one.fee for one in attempts if one.fee is not None]
    total = sum(fees[1:], fees[0]) if fees else None
    return Lessons(_figures("", attempts, now), in_order, total, len(fees))


def band_of(attempt: Attempt) -> str:
    """Name the band of a price, such as `250–750`; `hourly`, or nothing where it is unknown."""
    if attempt.is_hourly:
        return _BANDS[-1]
    return "" if attempt.worth is None else _BANDS[bisect_right(_EDGES, attempt.worth)]


def hours_of(at: datetime, zone: tzinfo | None) -> str:
    """Name the hours of the day in which something was, such as `09–12`."""
    first = at.astimezone(zone).hour // HOURS * HOURS
    return f"{first:02}–{first + HOURS:02}"


def _grouped(
    attempts: Sequence[Attempt], names: Callable[[Attempt], Iterable[str]], now: datetime
) -> tuple[Figures, ...]:
    parts: dict[str, list[Attempt]] = {}
    for attempt in attempts:
        for name in names(attempt):
            if name:
                parts.setdefault(name, []).append(attempt)
    found = [_figures(name, part, now) for name, part in parts.items()]
    return tuple(sorted(found, key=lambda one: (-one.sent, one.name)))


def _figures(name: str, attempts: Sequence[Attempt], now: datetime) -> Figures:
    ended = [one for one in attempts if one.is_won is not None]
    ripe = [one for one in attempts if one.is_answered or now - one.placed_at >= PATIENCE]
    waits = [
        (one.answered_at - one.placed_at).total_seconds()
        for one in attempts
        if one.answered_at is not None
    ]
    return Figures(
        name=name,
        sent=len(attempts),
        won=Rate(sum(one.is_won is True for one in ended), len(ended)),
        answered=Rate(sum(one.is_answered for one in ripe), len(ripe)),
        wait=timedelta(seconds=median(waits)) if waits else None,
        waited=len(waits),
    )
