"""Query: what a search asks for, in values that say the same in every language."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal

SortBy = Literal["newest", "budget", "bids", "match"]
NameKey = Literal["skill", "country", "lang"]
SpanKey = Literal["budget", "bids", "posted"]
ChoiceKey = Literal["type", "client", "is"]
MistakeKind = Literal["key", "words", "value", "many", "unknown", "rate"]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of title or text."""

    text: str
    begun: bool = False
    """True while it is still being typed: it matches as a beginning."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand one after the other."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A skill, a country or a language, as somebody would call it."""

    key: NameKey
    name: str
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as it was typed: without a currency it is in the user's own."""

    value: Decimal
    currency: str = ""
    is_m: bool = False
    """True for `5m`: thousands of millions in rupiah, millions in any other currency."""


@dataclass(frozen=True, slots=True)
class Edge:
    """Where a span begins or ends."""

    value: Amount | int
    """An amount, a number of bids, or hours."""
    is_open: bool = False
    """True when the value itself lies outside."""


@dataclass(frozen=True, slots=True)
class Span:
    """Budgets, bids, or hours since it was posted, between two edges or beyond one."""

    key: SpanKey
    low: Edge | None = None
    high: Edge | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few things that a job can be: `type:fixed`, `is:open`."""

    key: ChoiceKey
    value: str


What = Word | Phrase | Named | Span | Choice


@dataclass(frozen=True, slots=True)
class Term:
    """Something that must be so, or must not."""

    what: What
    is_not: bool = False


Group = tuple[Term, ...]
"""Of these, one must be so."""


@dataclass(frozen=True, slots=True)
class Sort:
    """What comes first: the newest, the highest budget, the fewest bids, the best match."""

    by: SortBy = "newest"
    is_reversed: bool = False


NEWEST: Final = Sort()


@dataclass(frozen=True, slots=True)
class Mistake:
    """A part that could not be read, and what comes nearest to it."""

    kind: MistakeKind
    text: str
    key: str = ""
    """As it was typed, in either language."""
    nearest: str = ""
    """Nothing where none is near."""


@dataclass(frozen=True, slots=True)
class Query:
    """Groups that must all be so, the order, and what could not be read."""

    groups: tuple[Group, ...] = ()
    sort: Sort = NEWEST
    mistakes: tuple[Mistake, ...] = field(default=(), compare=False)
