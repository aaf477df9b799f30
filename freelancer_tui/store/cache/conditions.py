"""Conditions: what is asked of a candidate's row of numbers, and of what lies beside it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from freelancer_tui.domain.money import minor_digits
from freelancer_tui.domain.search.query import Phrase, Sort, Word
from freelancer_tui.domain.search.reading import (
    Asked,
    Bids,
    Facets,
    Limit,
    Marked,
    Posted,
    State,
    Worth,
)
from freelancer_tui.store.columns import micros

HIT: Final = """
    EXISTS (SELECT 1 FROM project_words WHERE project_words MATCH ? AND rowid = f.remote_id)
"""
_SAYS: Final = """
    says(?, (SELECT title || char(10) || coalesce(description, preview)
        FROM projects WHERE remote_id = f.remote_id))
"""
MARKS: Final[dict[State, str]] = {
    "starred": "SELECT remote_id FROM marks WHERE verdict = 'star'",
    "skipped": "SELECT remote_id FROM marks WHERE verdict = 'skip'",
    "noted": "SELECT remote_id FROM notes",
}
_STATES: Final[dict[State, str]] = {
    **{state: f"f.remote_id IN ({query})" for state, query in MARKS.items()},
    "new": "(f.remote_id > (SELECT coalesce(max(remote_id), 9223372036854775807) FROM new_since)"
    " AND f.remote_id NOT IN (SELECT remote_id FROM seen))",
    "verified": "EXISTS (SELECT 1 FROM people"
    " WHERE remote_id = f.owner_id AND payment_verified = 1)",
}


def holds(asked: Asked, numbers: Mapping[str, int], hit: str | None) -> tuple[str, list[str]]:
    """Give the condition for a term and its values; `hit` is what the index looks up for it."""
    match asked:
        case Word() | Facets():
            return (HIT, [hit]) if hit else ("1", [])
        case Phrase(parts):
            return _SAYS, [" ".join(parts)]
        case Bids(low, high):
            return _between("f.bid_count", low, high), []
        case Posted(since, until):
            first, last = (micros(at) if at else None for at in (since, until))
            return _between("f.posted_at", first, last), []
        case Worth(limits):
            return worth(limits, numbers), []
        case Marked(state):
            return _STATES[state], []


def worth(limits: tuple[Limit, ...], numbers: Mapping[str, int]) -> str:
    """Give the condition that a budget and a span have an amount in common."""
    parts = "".join(
        f" WHEN {numbers[key]} THEN {_overlaps(limit)}"
        for limit in limits
        if (key := f"currency:{limit.currency}") in numbers
    )
    return f"CASE f.currency{parts} ELSE 0 END" if parts else "0"


def compared(sort: Sort, rates: Mapping[str, Decimal], numbers: Mapping[str, int]) -> str:
    """Give what an order goes by: bids, or the budget in dollars."""
    if sort.by == "bids":
        return "f.bid_count"
    parts = "".join(
        f" WHEN {numbers[key]} THEN {float(usd.scaleb(-minor_digits(code)))!r}"
        for code, usd in {**rates, "USD": Decimal(1)}.items()
        if (key := f"currency:{code}") in numbers
    )
    units = "coalesce(f.least, f.most)" if sort.is_reversed else "coalesce(f.most, f.least)"
    return f"{units} * CASE f.currency{parts} END" if parts else "NULL"


def _between(column: str, low: int | None, high: int | None) -> str:
    parts = [f"{column} >= {low}"] if low is not None else []
    parts += [f"{column} <= {high}"] if high is not None else []
    return f"({' AND '.join(parts)})" if parts else "1"


def _overlaps(limit: Limit) -> str:
    parts = ["(f.most IS NOT NULL OR f.least IS NOT NULL)"]
    if limit.low is not None:
        parts.append(f"(f.most IS NULL OR f.most >= {limit.low})")
    if limit.high is not None:
        parts.append(f"coalesce(f.least, 0) <= {limit.high}")
    return f"({' AND '.join(parts)})"
