"""Projects understand a query: read, explained, completed, and sorted by what fits the user."""

from decimal import Decimal

import pytest

from freelancer_tui.domain.facts import Page
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.money import Currency, Money
from freelancer_tui.domain.projects import Budget, Skill
from freelancer_tui.services import queries
from freelancer_tui.services.projects import Interrupted, Stop
from freelancer_tui.store.cache import facts
from freelancer_tui.workspace import Workspace
from tests.services.desk import NOON, a_project

RATED = Currency(1, "USD", "US Dollar", "$", Decimal(1))


@pytest.fixture
def market(workspace: Workspace) -> Workspace:
    strange = Budget("XTS", Money(Decimal(900), "XTS"))
    jobs = (
        a_project(201, title="Logo", skills=(Skill(5, "Logo Design"),)),
        a_project(202, title="Logo", bid_count=1, budget=strange),
        a_project(203, title="Poster"),
    )
    with workspace.cache.transaction() as connection:
        facts.store(connection, Feed("currencies"), Page((RATED,), None, False, NOON))
        facts.store(connection, Feed("projects"), Page(jobs, None, False, NOON))
    return workspace


def ids(market: Workspace, text: str) -> list[int]:
    return [row.remote_id for row in market.projects.search(text)]


def test_ids_are_those_of_the_rows(market: Workspace) -> None:
    for text in ("", "logo ", "logo sort:bids", "skill:logo-design or poster", "sort:match"):
        assert list(market.projects.ids(text)) == ids(market, text)


def test_an_explanation_tells_the_rates_and_who_was_left_out(market: Workspace) -> None:
    told = market.projects.explained("logo budget:>100 ")
    assert told.parts[1].startswith("budget over USD 100 (≈ at the rates of Tue 24 Nov 2026)")
    assert told.notes == ("1 job is left out: there is no rate for XTS",)
    assert ids(market, "logo budget:>100 ") == [201]
    assert market.projects.explained("poster budget:>100 ").notes == ()


def test_what_an_empty_answer_could_do_without(market: Workspace) -> None:
    assert ids(market, "poster skill:logo bids:<5 ") == []
    lacking = market.projects.lacking("poster skill:logo bids:<5 ")
    assert lacking == ("poster", "skill Logo Design")
    assert market.projects.lacking("xyzzy ") == ()


def test_the_best_match_is_what_the_scores_say(market: Workspace) -> None:
    market.projects.scores = lambda rows: {row.remote_id: -row.remote_id for row in rows}
    assert ids(market, "logo sort:match") == [201, 202]
    assert ids(market, "logo sort:-match") == [202, 201]


def test_an_order_tells_that_it_is_bounded(
    market: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert market.projects.explained("sort:match").notes == ()
    monkeypatch.setattr(queries, "MOST_MATCHED", 2)
    notes = market.projects.explained("sort:match").notes
    assert notes == ("only the 2 newest that match are put in order",)


def test_completions_know_what_came_last(market: Workspace) -> None:
    assert [one.word for one in market.projects.completions("skill:l")] == ['"logo design"']
    with market.cache.transaction() as connection:
        job = a_project(204, skills=(Skill(6, "Lua"),))
        facts.store(connection, Feed("projects"), Page((job,), None, False, NOON))
    assert [one.word for one in market.projects.completions("skill:l")] == ['"logo design"', "lua"]


def test_a_stopped_question_says_so(market: Workspace) -> None:
    stop = Stop()
    stop.set()
    with pytest.raises(Interrupted):
        market.projects.explained("logo ", stop=stop)
