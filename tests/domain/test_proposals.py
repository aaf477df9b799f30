"""Proposals: what could be objected to, and where a proposal stands."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from time import perf_counter
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from freelancer_tui.domain.money import Money
from freelancer_tui.domain.projects import Budget
from freelancer_tui.domain.proposals import (
    ADVICE,
    AwardStatus,
    Bid,
    Problem,
    Proposal,
    ProposalState,
    Standing,
    problems,
    standing,
)

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


GOOD = Proposal("p1", 7, "USD", text="x" * 100, price=usd("150"), days=7)
BUDGET = Budget("USD", usd("100"), usd("250"))
BID = Bid(9, 7, 1, usd("150"), 7, "x" * 100, NOW)


def test_a_good_proposal_may_be_submitted() -> None:
    assert problems(GOOD, BUDGET, "open") == []
    assert problems(GOOD, None, None) == []


@pytest.mark.parametrize(
    ("proposal", "found"),
    [
        (replace(GOOD, text="short"), ["text_short"]),
        (replace(GOOD, text=" " * 200), ["text_short"]),
        (replace(GOOD, price=None), ["price_missing"]),
        (replace(GOOD, price=usd("0")), ["price_zero"]),
        (replace(GOOD, price=usd("99.99")), ["price_below_budget"]),
        (replace(GOOD, price=usd("250.01")), ["price_above_budget"]),
        (replace(GOOD, days=None), ["days_missing"]),
        (replace(GOOD, days=0), ["days_range"]),
        (Proposal("p2", 7, "USD"), ["text_short", "price_missing", "days_missing"]),
    ],
)
def test_objections(proposal: Proposal, found: list[Problem]) -> None:
    assert problems(proposal, BUDGET, "open") == found


def test_a_closed_project_takes_no_proposal() -> None:
    assert problems(GOOD, BUDGET, "closed") == ["project_closed"]


def test_a_price_outside_the_budget_is_advice_only() -> None:
    assert set(problems(replace(GOOD, price=usd("1")), BUDGET, "open")) <= ADVICE


@pytest.mark.parametrize(
    ("bid", "stands"),
    [
        (BID, "placed"),
        (replace(BID, award_status="pending"), "placed"),
        (replace(BID, shortlisted=True), "shortlisted"),
        (replace(BID, award_status="awarded"), "awarded"),
        (replace(BID, award_status="awarded", accepted_at=NOW), "accepted"),
        (replace(BID, award_status="rejected"), "lost"),
        (replace(BID, award_status="revoked"), "lost"),
        (replace(BID, award_status="canceled"), "declined"),
        (replace(BID, retracted=True), "withdrawn"),
    ],
)
def test_the_marketplace_tells_how_a_placed_one_stands(bid: Bid, stands: Standing) -> None:
    assert standing("placed", bid) == stands


@given(
    st.sampled_from(get_args(ProposalState)),
    st.sampled_from([None, *get_args(AwardStatus)]),
    st.booleans(),
)
def test_every_mixture_stands_somewhere(
    state: ProposalState, award: AwardStatus | None, shortlisted: bool
) -> None:
    bid = replace(BID, award_status=award, shortlisted=shortlisted)
    assert standing(state, bid) in get_args(Standing)
    assert standing(state, None) == state


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"text": "x" * 1501}, ["text_long"]),
        ({"text": "x" * 100 + " write to me@example.org"}, ["text_email"]),
        ({"text": "x" * 100 + " me (at) example (dot) org"}, ["text_reach"]),
        ({"text": "x" * 100 + " WhatsApp: +62 812 3456 7890"}, ["text_reach"]),
        ({"text": "x" * 100 + " call 0812-3456-7890"}, ["text_reach"]),
        ({"text": "x" * 100 + " a WhatsApp bot for Rp 1.250.000.000 in 2026-2027"}, []),
        ({"text": "x" * 100 + " {client} {id}"}, ["text_holes"]),
        ({"text": "x" * 100 + " {me_too}", "holes": ("me_too", "gone")}, ["text_holes"]),
        ({"price": None, "unread_price": "EUR 150"}, ["price_currency"]),
        ({"price": None, "unread_price": "soon"}, ["price_missing"]),
        ({"price": Money(Decimal(150), "EUR")}, ["price_currency"]),
        ({"plan": "50 first\n100 rest"}, []),
        ({"plan": "50 first\n100.01 rest"}, ["plan_sum"]),
        ({"plan": "50 first\nrest"}, ["plan_unread"]),
        ({"plan": "29 first\n121 rest"}, ["plan_share"]),
        ({"plan": "50 first", "price": None}, ["price_missing", "plan_sum"]),
    ],
)
def test_what_the_marketplace_would_refuse_or_the_client_doubt(
    changes: dict[str, Any], found: list[Problem]
) -> None:
    assert problems(replace(GOOD, **changes), BUDGET, "open") == found


def test_no_bids_left_is_worth_a_word_but_the_marketplace_decides() -> None:
    assert problems(GOOD, BUDGET, "open", 0) == ["bids_left"]
    assert problems(GOOD, BUDGET, "open", 1) == []
    assert "bids_left" in ADVICE


@pytest.mark.parametrize("part", ["x", "x@", "+1 ", "(0 ", "wa ", "x [at] ", "{", "1 1,"])
def test_a_long_text_is_looked_through_at_once(part: str) -> None:
    text = part * (200_000 // len(part))
    begun = perf_counter()
    problems(replace(GOOD, text=text, plan=text[:5000]), BUDGET, "open")
    assert perf_counter() - begun < 5  # a search that goes back and forth takes minutes
