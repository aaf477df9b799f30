"""Homes: account folders filled with the sandbox's jobs, as a long-time user would have them."""

import os
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count as count_from
from itertools import islice
from pathlib import Path
from typing import Final

from freelancer_tui.domain.facts import Fact, Page
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.money import Currency, Money
from freelancer_tui.domain.people import Person
from freelancer_tui.domain.projects import Budget, Project, ProjectStatus, Skill
from freelancer_tui.sandbox.records import ProjectRecord, UserRecord, World
from freelancer_tui.sandbox.seed import world
from freelancer_tui.settings import load, places_of
from freelancer_tui.store.cache import facts
from freelancer_tui.store.cache.database import CacheDatabase

PAGE = 1000
_PAGES_BETWEEN = 20
"""Pages after which the log is moved into the file."""
_STATUSES: Final[dict[str, ProjectStatus]] = {
    "open": "open",
    "work_in_progress": "in_progress",
    "complete": "complete",
    "pending": "pending",
    "draft": "closed",
}
NOWHERE = "http://127.0.0.1:9"
"""An address where nothing listens: the program is offline."""


def fill(cache: CacheDatabase, count: int) -> None:
    """Store so many jobs of a generated world, without any network."""
    made = world(1, count, int(time.time()))
    countries = {country.code: country.name for country in made.countries}
    with cache.transaction() as connection:
        people = tuple(_client(user, countries) for user in made.users if user.role == "employer")
        facts.store(connection, Feed("self"), _page(people))
        facts.store(connection, Feed("currencies"), _page(_currencies(made)))
    rows = _projects(made)
    for number in count_from(0):
        if not (batch := tuple(islice(rows, PAGE))):
            break
        with cache.transaction() as connection:
            facts.store(connection, Feed("projects"), _page(batch))
        if number % _PAGES_BETWEEN == 0:
            cache.checkpoint()
    cache.checkpoint()


def environ(home: Path, url: str = NOWHERE, token: str = "none") -> dict[str, str]:
    """Give an environment in which the program uses a home and an account of its own.

    It is compiled once, as an installed program is, whatever the environment here says of that.
    """
    return {
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "freelancer-tui-compiled"),
        "FREELANCER_TUI_HOME": str(home),
        "FREELANCER_TUI_URL": url,
        "FREELANCER_TUI_TOKEN": token,
        "LANG": "en_US.UTF-8",
    }


def account_folder(home: Path, url: str = NOWHERE) -> Path:
    """Give the folder in which the program keeps that account."""
    settings = load(places_of(str(home)), environ(home, url))
    return settings.folder(settings.choose())


def filled_home(home: Path, count: int) -> Path:
    """Give a home whose account has so many jobs in its cache."""
    cache = CacheDatabase(account_folder(home))
    fill(cache, count)
    cache.close()
    return home


def _page(facts_told: tuple[Fact, ...]) -> Page:
    return Page(facts_told, None, False, datetime.now(UTC))


def _currencies(made: World) -> tuple[Currency, ...]:
    return tuple(
        Currency(one.id, one.code, one.name, one.sign, one.exchange_rate) for one in made.currencies
    )


def _client(user: UserRecord, countries: dict[str, str]) -> Person:
    return Person(
        remote_id=user.id,
        username=user.username,
        country=countries.get(user.country_code, ""),
        country_code=user.country_code,
        payment_verified="payment_verified" in user.verified,
    )


def _projects(made: World) -> Iterator[Project]:
    names = {skill.id: skill.name for skill in made.skills}
    countries = {country.code: country.name for country in made.countries}
    for record in made.projects:
        yield _project(record, names, countries)


def _project(record: ProjectRecord, names: dict[int, str], countries: dict[str, str]) -> Project:
    currency = record.currency_code
    most = record.maximum
    return Project(
        remote_id=record.id,
        title=record.title,
        kind="hourly" if record.kind == "hourly" else "fixed",
        status=_STATUSES[record.frontend_status],
        budget=Budget(
            currency,
            Money.rounded(record.minimum, currency),
            None if most is None else Money.rounded(most, currency),
        ),
        posted_at=datetime.fromtimestamp(record.posted, UTC),
        updated_at=datetime.fromtimestamp(record.updated, UTC),
        owner_id=record.owner_id,
        description=record.description,
        url=record.seo_url,
        bid_count=record.bid_count,
        skills=tuple(Skill(number, names[number]) for number in record.skills),
        country=countries.get(record.country_code, ""),
        language=record.language,
    )
