"""Filters: the statement brings exactly those jobs that the query describes."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from freelancer_tui.domain import search
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.projects import Budget, Project, ProjectStatus, Skill
from freelancer_tui.domain.search import Known
from freelancer_tui.store.cache import facets, facts, reference, seeking
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.work.marks import Marks
from tests.factories import NOW, a_currency, a_person, a_project
from tests.store.desk import keep

DICE = Random(4)
SKILLS = (Skill(1, "Django"), Skill(2, "Graphic Design"), Skill(3, "Logo Design"))
STATUSES: tuple[ProjectStatus, ...] = ("open", "open", "open", "closed", "in_progress", "awarded")
WORDS = ("web shop", "logo for a shop", "mobile app", "shop web", "toko batik")
RATES = {"USD": "1", "IDR": "0.0000625", "EUR": "1.2"}
STARRED, GONE = {3, 40, 77}, {5, 6}


def a_job(number: int) -> Project:
    currency = DICE.choice(("USD", "IDR", "EUR", "XTS"))
    unit = 16_000 if currency == "IDR" else 1
    low = DICE.choice((10, 100, 400, 2000)) * unit
    high = DICE.choice((None, low, low * 2))
    budget = Budget(
        currency,
        DICE.choice((None, Money(Decimal(low), currency))),
        None if high is None else Money(Decimal(high), currency),
    )
    return a_project(
        number,
        title=DICE.choice(WORDS),
        description="",
        kind=DICE.choice(("fixed", "hourly")),
        status=DICE.choice(STATUSES),
        budget=budget,
        posted_at=NOW - timedelta(hours=3 * (120 - number)),
        bid_count=DICE.randrange(40),
        skills=tuple(DICE.sample(SKILLS, DICE.randrange(3))),
        country=DICE.choice(("Indonesia", "United States", "Atlantis")),
        language=DICE.choice(("id", "en", "")),
        owner_id=DICE.choice((1, 2)),
    )


JOBS = {number: a_job(number) for number in range(1, 121)}


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CacheDatabase]:
    folder = Path(tmp_path_factory.mktemp("market"))
    cache = CacheDatabase(folder)
    currencies = [
        a_currency(remote_id=place, code=code, usd_rate=Decimal(rate))
        for place, (code, rate) in enumerate(RATES.items(), 1)
    ]
    keep(cache, *currencies, feed=Feed("currencies"))
    keep(cache, a_person(1, payment_verified=True), a_person(2, payment_verified=False))
    keep(cache, *JOBS.values())
    with cache.transaction() as connection:
        facts.bury(connection, Feed("projects"), GONE, NOW)
    marks = Marks(folder)
    for number in STARRED:
        marks.put(number, "star", NOW)
    yield cache
    marks.close()
    cache.close()


def found(
    cache: CacheDatabase, text: str, limit: int = 1000, *, at_once: bool = False
) -> list[int]:
    with cache.read() as connection:
        known = Known(facets.names(connection), reference.rates(connection), "USD")
        reading = search.read(search.parse(text), known, NOW)
        assert not reading.mistakes
        return list(seeking.found(connection, reading, limit, at_once=at_once))


def status(job: Project) -> str:
    return "removed" if job.remote_id in GONE else job.status


def dollars(money: Money | None) -> Decimal | None:
    return None if money is None else money.amount * Decimal(RATES[money.currency])


def is_worth(job: Project, low: int | None, high: int | None) -> bool:
    """Tell whether a budget has an amount in common with a span that leaves its ends out."""
    budget = job.budget
    if budget.currency not in RATES or (budget.minimum is None and budget.maximum is None):
        return False
    most, least = dollars(budget.maximum), dollars(budget.minimum) or Decimal(0)
    return (low is None or most is None or most > low) and (high is None or least < high)


def has(name: str) -> Callable[[Project], bool]:
    return lambda job: any(name in skill.name for skill in job.skills)


FITS: dict[str, Callable[[Project], bool]] = {
    "web ": lambda job: "web" in job.title,
    "-web ": lambda job: "web" not in job.title,
    '"web shop"': lambda job: job.title == "web shop",
    '-"web shop"': lambda job: job.title != "web shop",
    "web or toko ": lambda job: "web" in job.title or "toko" in job.title,
    '"web shop" or toko ': lambda job: job.title in ("web shop", "toko batik"),
    "web or -shop ": lambda job: "web" in job.title or "shop" not in job.title,
    "sh": lambda job: "shop" in job.title,
    "is:open ": lambda job: status(job) == "open",
    "-is:open ": lambda job: status(job) != "open",
    "is:closed ": lambda job: status(job) != "open",
    "is:awarded ": lambda job: status(job) in ("awarded", "in_progress"),
    "is:removed ": lambda job: job.remote_id in GONE,
    "type:hourly ": lambda job: job.kind == "hourly",
    "type:fixed web ": lambda job: job.kind == "fixed" and "web" in job.title,
    "skill:django ": has("Django"),
    "skill:design ": has("Design"),
    "-skill:logo-design ": lambda job: not has("Logo Design")(job),
    "country:id ": lambda job: job.country == "Indonesia",
    "country:atlantis,us ": lambda job: job.country != "Indonesia",
    "lang:en ": lambda job: job.language == "en",
    "bids:<5 ": lambda job: job.bid_count < 5,
    "bids:10..20 is:open ": lambda job: 10 <= job.bid_count <= 20 and status(job) == "open",
    "posted:<2d ": lambda job: NOW - job.posted_at <= timedelta(days=2),
    "posted:>5d web ": lambda job: NOW - job.posted_at >= timedelta(days=5) and "web" in job.title,
    "budget:>700 ": lambda job: is_worth(job, 700, None),
    "budget:>3900 ": lambda job: is_worth(job, 3900, None),
    "budget:<50 ": lambda job: is_worth(job, None, 50),
    "-budget:<50 ": lambda job: not is_worth(job, None, 50),
    "budget:>8jt web ": lambda job: is_worth(job, 500, None) and "web" in job.title,
    "budget:>3900 or bids:<3 ": lambda job: is_worth(job, 3900, None) or job.bid_count < 3,
    "client:verified ": lambda job: job.owner_id == 1,
    "-client:verified shop ": lambda job: job.owner_id == 2 and "shop" in job.title,
    "is:starred ": lambda job: job.remote_id in STARRED,
    "is:starred is:open ": lambda job: job.remote_id in STARRED and status(job) == "open",
    "-is:starred web ": lambda job: job.remote_id not in STARRED and "web" in job.title,
    "is:starred or is:removed ": lambda job: job.remote_id in STARRED | GONE,
    "is:new ": lambda job: False,
    "is:noted or bids:<2 ": lambda job: job.bid_count < 2,
}


@pytest.mark.parametrize("text", FITS)
def test_a_query_brings_what_it_describes(market: CacheDatabase, text: str) -> None:
    assert found(market, text) == [
        number for number in sorted(JOBS)[::-1] if FITS[text](JOBS[number])
    ]


def test_where_few_of_those_looked_at_fit_the_index_finds_the_same(
    market: CacheDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seeking, "_LOOKED_AT", 3)
    monkeypatch.setattr(seeking, "_MOST_IN_BANDS", 0.0)
    for text in ("budget:>700 sh", "budget:<50 is:open ", "budget:300..900 -web bids:<20 "):
        expected = found(market, text)
        assert expected
        assert [found(market, text, most) for most in (1, 2, 3)] == [
            expected[:most] for most in (1, 2, 3)
        ]


def test_at_once_only_the_newest_are_put_in_order(
    market: CacheDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seeking, "_AT_ONCE", 5)
    assert sorted(found(market, "sort:bids", at_once=True)) == sorted(found(market, "", 5))
    assert set(found(market, "sort:bids")) == set(JOBS)


def test_orders(market: CacheDatabase) -> None:
    by_bids = [JOBS[one].bid_count for one in found(market, "sort:bids")]
    assert by_bids == sorted(by_bids)
    assert found(market, "sort:oldest web ") == found(market, "web ")[::-1]
    worths = [
        dollars(JOBS[one].budget.maximum or JOBS[one].budget.minimum)
        for one in found(market, "sort:budget budget:>0 ")
    ]
    assert worths == sorted((worth for worth in worths if worth is not None), reverse=True)
    assert found(market, "sort:budget", 5) == found(market, "sort:budget")[:5]


def test_jobs_without_a_rate_are_counted(market: CacheDatabase) -> None:
    with market.read() as connection:
        known = Known(facets.names(connection), reference.rates(connection), "USD")
        reading = search.read(search.parse("budget:>1 is:open "), known, NOW)
        assert reading.rateless == ("XTS",)
        strange = [
            job for job in JOBS.values() if job.budget.currency == "XTS" and status(job) == "open"
        ]
        assert seeking.left_out(connection, reading, 100) == len(strange)
        assert seeking.left_out(connection, reading, 3) == 3


def test_a_client_who_becomes_known_later_counts(cache: CacheDatabase) -> None:
    keep(cache, a_project(1, owner_id=7))
    assert found(cache, "client:verified ") == []
    keep(cache, a_person(7, payment_verified=True))
    assert found(cache, "client:verified ") == [1]


def test_what_changed_is_found_by_what_it_is_now(cache: CacheDatabase) -> None:
    keep(cache, a_project(1, status="open", country="Indonesia"))
    later = NOW + timedelta(hours=1)
    keep(cache, a_project(1, status="closed", country="Atlantis", updated_at=later))
    assert found(cache, "is:open ") == []
    assert found(cache, "is:closed country:atlantis ") == [1]
