"""Sorting: the order of the jobs list, which is a word of the query like any other."""

from dataclasses import replace
from typing import Final

from freelancer_tui.domain import search
from freelancer_tui.domain.search import Sort
from freelancer_tui.domain.search.query import SortBy

_COLUMNS: Final[dict[SortBy, str]] = {
    "newest": "age",
    "budget": "budget",
    "bids": "bids",
    "match": "match",
}
"""The orders there are, and the column that each follows."""


def column_of(query: str) -> tuple[str, bool]:
    """Give the column that the rows of a query are sorted by, and whether it is turned round."""
    sort = search.parse(query).sort
    return _COLUMNS[sort.by], sort.is_reversed


def other(query: str, *, turns: bool) -> tuple[str, str]:
    """Give the same query in another order, or with its own turned round, and say which."""
    changed = turned(query) if turns else next_order(query)
    return changed, told(changed)


def next_order(query: str) -> str:
    """Give the same query in the next order, its best first."""
    orders = list(_COLUMNS)
    place = orders.index(search.parse(query).sort.by) + 1
    return search.ordered(query, Sort(orders[place % len(orders)]))


def turned(query: str) -> str:
    """Give the same query with its order turned round."""
    sort = search.parse(query).sort
    return search.ordered(query, replace(sort, is_reversed=not sort.is_reversed))


def told(query: str) -> str:
    """Say in which order a query's answers stand."""
    words = search.order_told(search.parse(query).sort)
    return words[:1].upper() + words[1:]
