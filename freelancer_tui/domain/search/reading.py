"""Reading: a query against what the cache knows: which skills, at which rates, since when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final, Literal

from freelancer_tui.domain.money import Money, minor_digits
from freelancer_tui.domain.rates import Rates
from freelancer_tui.domain.search import naming
from freelancer_tui.domain.search.query import (
    Amount,
    Choice,
    Edge,
    Mistake,
    Named,
    Phrase,
    Query,
    Sort,
    Span,
    Term,
    Word,
)

State = Literal["starred", "skipped", "noted", "new", "verified"]
_MILLIONS: Final = {"IDR": 10**9}
_STATUSES: Final = {
    "open": ("open",),
    "closed": ("awarded", "in_progress", "complete", "closed", "pending", "removed"),
    "awarded": ("awarded", "in_progress", "complete"),
    "removed": ("removed",),
}


@dataclass(frozen=True, slots=True)
class Facets:
    """Facets of which a job has at least one; each is a key such as `skill:113`."""

    keys: tuple[str, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bids:
    """How many bid on it, at least and at most."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Posted:
    """When it was posted: from one time on, until another."""

    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Limit:
    """A span of budgets in one currency, in its smallest unit."""

    currency: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Worth:
    """A span of budgets, in each currency whose rate is known."""

    limits: tuple[Limit, ...]
    low: Money | None = None
    high: Money | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """What the user made of a job, or what is known of its client."""

    state: State


Asked = Word | Phrase | Facets | Bids | Posted | Worth | Marked


@dataclass(frozen=True, slots=True)
class Ask:
    """Something that must be so, or must not, as the store can look it up."""

    asked: Asked
    is_not: bool
    term: Term
    """As it stood in the query."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the cache has: facets by their keys with their names, and rates."""

    facets: Mapping[str, str] = field(default_factory=dict)
    rates: Rates = field(default_factory=Rates)
    own: str = "USD"
    """The user's currency."""

    def currencies(self) -> list[str]:
        """List the currencies of the jobs that are here."""
        return sorted(key.removeprefix("currency:") for key in self.facets if "currency:" in key)


@dataclass(frozen=True, slots=True)
class Reading:
    """A query as it is looked up, and what of it could not be."""

    groups: tuple[tuple[Ask, ...], ...] = ()
    sort: Sort = field(default_factory=Sort)
    mistakes: tuple[Mistake, ...] = ()
    rates_at: datetime | None = None
    """When the rates were listed, where they were needed."""
    rateless: tuple[str, ...] = ()
    """Currencies of jobs that no budget can be compared with."""
    own: str = ""
    usd: Mapping[str, Decimal] = field(default_factory=dict)
    """The rates, where the order needs them."""

    @property
    def has_budget(self) -> bool:
        """True when budgets are compared with something."""
        return any(isinstance(ask.asked, Worth) for group in self.groups for ask in group)

    def by_age(self) -> "Reading":
        """Give the same with the newest first."""
        return replace(self, sort=Sort())

    def without(self, place: int) -> "Reading":
        """Give the same without one of its groups, and with no order but the newest first."""
        return replace(self, groups=self.groups[:place] + self.groups[place + 1 :], sort=Sort())


def read(query: Query, known: Known, now: datetime) -> Reading:
    """Look up what the words of a query mean here; what means nothing is told and left out."""
    groups, mistakes = [], list(query.mistakes)
    for group in query.groups:
        asks = []
        for term in group:
            found = _asked(term, known, now)
            if isinstance(found, Mistake):
                mistakes.append(found)
            else:
                asks.append(Ask(found, term.is_not, term))
        if asks:
            groups.append(tuple(asks))
    asked = [ask.asked for group in groups for ask in group]
    is_worth = any(isinstance(one, Worth) for one in asked) or query.sort.by == "budget"
    rated = known.rates.usd if is_worth else {}
    lacking = [code for code in known.currencies() if is_worth and not _has_rate(code, known)]
    needs_rates = is_worth and any(code != known.own for code in known.currencies())
    return Reading(
        tuple(groups),
        query.sort,
        tuple(mistakes),
        known.rates.at if needs_rates else None,
        tuple(lacking),
        known.own,
        rated,
    )


def _has_rate(code: str, known: Known) -> bool:
    return known.rates.ratio(code, known.own) is not None


def _asked(term: Term, known: Known, now: datetime) -> Asked | Mistake:
    match term.what:
        case Word() | Phrase() as words:
            return words
        case Named() as one:
            return _facets(one, known)
        case Choice("type", value):
            return Facets((f"type:{value}",))
        case Choice("is", value) if value in _STATUSES:
            return Facets(tuple(f"status:{status}" for status in _STATUSES[value]))
        case Choice(_, value):
            return Marked(_state(value))
        case Span("bids", low, high):
            return Bids(_whole(low, 1), _whole(high, -1))
        case Span("posted", low, high):
            return Posted(_ago(high, now), _ago(low, now))
        case Span(_, low, high):
            return _worth(low, high, known)


def _state(value: str) -> State:
    states: Sequence[State] = ("starred", "skipped", "noted", "new", "verified")
    return next(state for state in states if state == value)


def _facets(one: Named, known: Known) -> Facets | Mistake:
    found = naming.found(one, known.facets)
    if not found:
        return Mistake("unknown", one.name, one.key, naming.nearest(one, known.facets))
    return Facets(tuple(found), tuple(found.values()))


def _whole(edge: Edge | None, inwards: int) -> int | None:
    if edge is None or isinstance(edge.value, Amount):
        return None
    return edge.value + inwards if edge.is_open else edge.value


def _ago(edge: Edge | None, now: datetime) -> datetime | None:
    return (
        None
        if edge is None or isinstance(edge.value, Amount)
        else now - timedelta(hours=edge.value)
    )


def _worth(low: Edge | None, high: Edge | None, known: Known) -> Worth | Mistake:
    limits = []
    for currency in known.currencies():
        least, most = _exact(low, currency, known), _exact(high, currency, known)
        if (low and least is None) or (high and most is None):
            continue
        limits.append(Limit(currency, _up(least, low), _down(most, high)))
    asked = [money for edge in (low, high) if edge and (money := amount(edge, known.own))]
    strange = [one.currency for one in asked if known.rates.ratio(one.currency, known.own) is None]
    if not limits and strange:
        return Mistake("rate", strange[0])
    return Worth(
        tuple(limits),
        amount(low, known.own) if low else None,
        amount(high, known.own) if high else None,
    )


def amount(edge: Edge, own: str) -> Money | None:
    """Give the amount at an edge, in the currency that it was typed in or the user's own."""
    if not isinstance(edge.value, Amount):
        return None
    currency = edge.value.currency or own
    scale = _MILLIONS.get(currency, 10**6) if edge.value.is_m else 1
    return Money.rounded(edge.value.value * scale, currency)


def _exact(edge: Edge | None, currency: str, known: Known) -> Decimal | None:
    """Give an amount in the smallest unit of a currency, not rounded."""
    money = amount(edge, known.own) if edge else None
    ratio = known.rates.ratio(money.currency, currency) if money else None
    if money is None or ratio is None:
        return None
    return (money.amount * ratio).scaleb(minor_digits(currency))


def _up(exact: Decimal | None, edge: Edge | None) -> int | None:
    if exact is None or edge is None:
        return None
    if edge.is_open:
        return int(exact.to_integral_value(ROUND_FLOOR)) + 1
    return int(exact.to_integral_value(ROUND_CEILING))


def _down(exact: Decimal | None, edge: Edge | None) -> int | None:
    if exact is None or edge is None:
        return None
    if edge.is_open:
        return int(exact.to_integral_value(ROUND_CEILING)) - 1
    return int(exact.to_integral_value(ROUND_FLOOR))
