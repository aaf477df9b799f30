"""The query language of the jobs search: parsed, rendered, read, explained, completed."""

from freelancer_tui.domain.search.completing import Completion, complete
from freelancer_tui.domain.search.explaining import (
    Explanation,
    Tongue,
    explain,
    group_told,
    order_told,
)
from freelancer_tui.domain.search.parsing import parse
from freelancer_tui.domain.search.query import Query, Sort
from freelancer_tui.domain.search.reading import Known, Reading, read
from freelancer_tui.domain.search.rendering import ordered, render

__all__ = [
    "Explanation",
    "Known",
    "Completion",
    "Query",
    "Reading",
    "Sort",
    "Tongue",
    "complete",
    "explain",
    "group_told",
    "order_told",
    "ordered",
    "parse",
    "read",
    "render",
]
