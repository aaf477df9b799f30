"""Wording: every value has words, and money has the shape of its language."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from freelancer_tui import i18n, wording
from freelancer_tui.domain.intents import OutboxEntry, PlaceBid
from freelancer_tui.domain.messages import MessageState
from freelancer_tui.domain.milestones import EscrowState
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.projects import Budget, ProjectStatus
from freelancer_tui.domain.proposals import Problem, Standing

NOW = datetime(2026, 11, 24, 1, 5, tzinfo=UTC)


def money(amount: str, currency: str) -> Money:
    return Money(Decimal(amount), currency)


@pytest.mark.parametrize(
    ("amount", "currency", "english", "indonesian"),
    [
        ("1250000", "IDR", "IDR 1,250,000", "Rp1.250.000"),
        ("1250000.50", "IDR", "IDR 1,250,000.50", "Rp1.250.000,50"),
        ("250", "USD", "USD 250", "US$250"),
        ("250.5", "USD", "USD 250.50", "US$250,50"),
        ("5000", "JPY", "JPY 5,000", "¥5.000"),
        ("7", "ZMW", "ZMW 7", "ZMW 7"),
    ],
)
def test_money(amount: str, currency: str, english: str, indonesian: str) -> None:
    assert wording.money(money(amount, currency)) == english
    i18n.use("id")
    assert wording.money(money(amount, currency)) == indonesian


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        ("250", "750", "USD 250–750"),
        ("250", "250", "USD 250"),
        ("30", None, "USD 30+"),
        (None, "99", "up to USD 99"),
        (None, None, "not told"),
    ],
)
def test_budgets(low: str | None, high: str | None, text: str) -> None:
    budget = Budget("USD", low and money(low, "USD"), high and money(high, "USD"))  # type: ignore[arg-type]
    assert wording.budget(budget) == text
    assert wording.budget(budget, "hourly").startswith(text)


def test_every_value_has_words() -> None:
    assert all(wording.problem(one) for one in get_args(Problem))
    assert all(wording.standing(one) for one in get_args(Standing))
    assert all(wording.escrow(one) for one in get_args(EscrowState))
    assert all(wording.status(one) for one in get_args(ProjectStatus))
    assert all(wording.message_state(one) for one in get_args(MessageState))


def test_a_problem_names_the_budget() -> None:
    budget = Budget("USD", money("250", "USD"), money("750", "USD"))
    assert "USD 250–750" in wording.problem("price_above_budget", budget)
    assert "100" in wording.problem("text_short")


@pytest.mark.parametrize(
    ("ago", "text"),
    [
        (timedelta(seconds=-5), "now"),
        (timedelta(seconds=59), "now"),
        (timedelta(minutes=59), "59 min"),
        (timedelta(hours=23), "23 h"),
        (timedelta(days=13), "13 d"),
        (timedelta(days=20), "2 wk"),
        (timedelta(days=70), "2 mo"),
        (timedelta(days=800), "2 yr"),
    ],
)
def test_ages(ago: timedelta, text: str) -> None:
    assert wording.age(NOW - ago, NOW) == text


def test_moments() -> None:
    assert wording.moment(NOW, ZoneInfo("Asia/Makassar")) == "Tue 24 Nov 2026, 09:05"
    assert wording.moment(NOW, UTC) == "Tue 24 Nov 2026, 01:05"


def test_what_asks_says_so() -> None:
    intent = PlaceBid(1, money("5", "USD"), 1, "x")
    entry = OutboxEntry("a", intent, "b", "project:1", "Shop", "queued", NOW)
    assert wording.outbox_state(entry) == "Waiting to be sent"
    tried = OutboxEntry("a", intent, "b", "project:1", "Shop", "queued", NOW, attempts=2)
    assert wording.outbox_state(tried) == "Waiting to be tried again"
    asking = OutboxEntry("a", intent, "b", "project:1", "Shop", "doubtful", NOW, asks=True)
    assert "you decide" in wording.outbox_state(asking)
