"""Wording: every value has words, and money has the shape of its language."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest

from freelancer_tui import i18n, wording
from freelancer_tui.domain.intents import IntentName, OutboxEntry, OutboxState, PlaceBid
from freelancer_tui.domain.messages import MessageState
from freelancer_tui.domain.milestones import EscrowState
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.projects import Budget, ProjectKind, ProjectStatus, Verdict
from freelancer_tui.domain.proposals import Problem, Standing
from freelancer_tui.problems import problem
from tests.factories import an_entry

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
        ("0", "IDR", "IDR 0", "Rp0"),
        ("-1250", "USD", "USD -1,250", "-US$1.250"),
        ("1234.567", "KWD", "KWD 1,234.567", "KWD 1.234,567"),
        ("99999999999999.99", "EUR", "EUR 99,999,999,999,999.99", "€99.999.999.999.999,99"),
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


def test_budgets_in_indonesian() -> None:
    i18n.use("id")
    wide = Budget("IDR", money("1500000", "IDR"), money("12500000.50", "IDR"))
    assert wording.budget(wide) == "Rp1.500.000–12.500.000,50"
    assert wording.budget(Budget("USD", money("8", "USD")), "hourly") == "US$8+ per jam"
    assert wording.budget(Budget("USD", None, money("99", "USD"))) == "hingga US$99"
    assert wording.budget(Budget("USD")) == "tidak disebutkan"


UNIONS: list[tuple[object, Callable[[Any], str]]] = [
    (Problem, problem),
    (Standing, wording.standing),
    (EscrowState, wording.escrow),
    (ProjectStatus, wording.status),
    (ProjectStatus, wording.fate),
    (ProjectKind, wording.kind),
    (Verdict, wording.verdict),
    (IntentName, wording.intent),
    (MessageState, wording.message_state),
]


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize(("union", "say"), UNIONS)
def test_every_value_has_words(language: str, union: object, say: Callable[[Any], str]) -> None:
    i18n.use(language)
    said = [say(value) for value in get_args(union)]
    assert all(said)
    assert len(set(said)) == len(said), "two values must not read the same"
    assert not any("{" in words for words in said)


@pytest.mark.parametrize("state", get_args(OutboxState))
@pytest.mark.parametrize("asks", [False, True])
@pytest.mark.parametrize("attempts", [0, 3])
def test_every_state_of_an_entry_has_words(state: OutboxState, asks: bool, attempts: int) -> None:
    entry = an_entry(state=state, asks=asks, attempts=attempts)
    assert wording.outbox_state(entry)


def test_no_verdict_is_no_word() -> None:
    assert wording.verdict(None) == ""


def test_a_problem_names_the_budget() -> None:
    budget = Budget("USD", money("250", "USD"), money("750", "USD"))
    assert "USD 250–750" in problem("price_above_budget", budget)
    assert "100" in problem("text_short")


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


def test_ages_in_indonesian() -> None:
    i18n.use("id")
    for ago, text in (
        (timedelta(0), "kini"),
        (timedelta(minutes=5), "5 mnt"),
        (timedelta(hours=3), "3 jam"),
        (timedelta(days=2), "2 hr"),
        (timedelta(days=20), "2 mgg"),
        (timedelta(days=70), "2 bln"),
        (timedelta(days=800), "2 thn"),
    ):
        assert wording.age(NOW - ago, NOW) == text


def test_the_oldest_age_there_is() -> None:
    assert wording.age(datetime.min.replace(tzinfo=UTC), NOW).endswith(" yr")


def test_ages_never_go_back() -> None:
    steps = [timedelta(minutes=7 * step) for step in range(0, 600_000 // 7, 97)]
    units = ["now", "min", "h", "d", "wk", "mo", "yr"]
    ranks = []
    for step in steps:
        said = wording.age(NOW - step, NOW)
        count, unit = said.split() if said != "now" else ("1", "now")
        assert int(count) >= 1
        ranks.append(units.index(unit))
    assert ranks == sorted(ranks)


def test_moments() -> None:
    assert wording.moment(NOW, ZoneInfo("Asia/Makassar")) == "Tue 24 Nov 2026, 09:05"
    assert wording.moment(NOW, UTC) == "Tue 24 Nov 2026, 01:05"
    assert wording.moment(NOW) == "Tue 24 Nov 2026, 09:05", "the system's zone"


FREEDOM = datetime(2026, 8, 17, 1, 0, tzinfo=UTC)


def test_dates_in_indonesian() -> None:
    i18n.use("id")
    makassar = ZoneInfo("Asia/Makassar")
    assert wording.day(FREEDOM, makassar) == "Senin, 17 Agustus 2026"
    assert wording.moment(FREEDOM, makassar) == "Senin, 17 Agustus 2026, 09.00"
    assert wording.hour(FREEDOM, makassar) == "09.00"
    assert wording.hour(FREEDOM, ZoneInfo("Asia/Jakarta")) == "08.00"
    assert wording.short_day(FREEDOM, makassar) == "Sen, 17 Agu 2026"
    assert wording.days(3) == "3 hari"


def test_dates_in_english() -> None:
    assert wording.day(FREEDOM, UTC) == "Mon 17 Aug 2026"
    assert wording.short_day(FREEDOM, UTC) == "Mon 17 Aug 2026"
    assert wording.hour(FREEDOM, UTC) == "01:00"
    assert (wording.days(1), wording.days(2)) == ("1 day", "2 days")


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_day_of_a_year_has_its_own_words(language: str) -> None:
    i18n.use(language)
    days = [FREEDOM + timedelta(days=number) for number in range(365)]
    assert len({wording.day(one, UTC) for one in days}) == 365
    assert len({wording.short_day(one, UTC) for one in days}) == 365
    assert max(len(wording.short_day(one, UTC)) for one in days) <= 16


def test_a_zone_moves_the_date() -> None:
    late = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert wording.day(late, ZoneInfo("Asia/Jayapura")) == "Fri 1 Jan 2027"


def test_what_asks_says_so() -> None:
    intent = PlaceBid(1, money("5", "USD"), 1, "x")
    entry = OutboxEntry("a", intent, "b", "project:1", "Shop", "queued", NOW)
    assert wording.outbox_state(entry) == "Waiting to be sent"
    tried = OutboxEntry("a", intent, "b", "project:1", "Shop", "queued", NOW, attempts=2)
    assert wording.outbox_state(tried) == "Waiting to be tried again"
    asking = OutboxEntry("a", intent, "b", "project:1", "Shop", "doubtful", NOW, asks=True)
    assert "you decide" in wording.outbox_state(asking)
