"""Sorting: the order of the jobs list, which is a word of the query like any other."""

import re
from typing import Final

from freelancer_tui.i18n import N_, _

_SORT: Final = re.compile(r"(?<!\S)sort:(\w*)\S*\s*", re.IGNORECASE)
_ORDERS: Final = {
    "newest": (N_("Newest first"), "age"),
    "budget": (N_("Highest budget first"), "budget"),
    "bids": (N_("Fewest bids first"), "bids"),
    "match": (N_("Best match first"), "match"),
}
"""What the query language calls an order, what a person does, and the column it follows."""


def order_of(query: str) -> str:
    """Give the order that a query asks for; the newest first where it asks for none we know."""
    found = _SORT.findall(query)
    return found[-1].lower() if found and found[-1].lower() in _ORDERS else "newest"


def column_of(query: str) -> str:
    """Give the column that the rows of a query are sorted by."""
    return _ORDERS[order_of(query)][1]


def next_order(query: str, step: int = 1) -> str:
    """Give the same query in the next order; the newest first needs no word."""
    names = list(_ORDERS)
    name = names[(names.index(order_of(query)) + step) % len(names)]
    rest = _SORT.sub("", query).strip()
    return rest if name == "newest" else f"{rest} sort:{name}".strip()


def told(query: str) -> str:
    """Say in which order a query's answers stand."""
    return _(_ORDERS[order_of(query)][0])
