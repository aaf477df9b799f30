"""Search: any text a user types is a query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from freelancer_tui.domain.search import MOST_WORDS, Query, parse


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("", Query()),
        ("logo", Query(("logo",), unfinished=True)),
        ("logo ", Query(("logo",))),
        ("Logo DESAIN", Query(("logo", "desain"), unfinished=True)),
        ("logo d", Query(("logo",))),
        ("d", Query()),
        ("网", Query(("网",), unfinished=True)),
        ('"; DROP TABLE --', Query(("drop", "table"))),
        ("c++ -not", Query(("c", "not"), unfinished=True)),
    ],
)
def test_parse(typed: str, query: Query) -> None:
    assert parse(typed) == query


@given(st.text(max_size=1000))
def test_any_text_is_a_bounded_query(typed: str) -> None:
    query = parse(typed)
    assert len(query.words) <= MOST_WORDS
    assert all(word and word == word.lower() for word in query.words)
