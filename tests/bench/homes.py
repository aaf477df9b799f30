"""Homes: account folders filled with the sandbox's jobs, as a long-time user would have them."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from freelancer_tui.domain.feeds import Feed, Page
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.projects import Budget, Project, Skill
from freelancer_tui.sandbox.records import ProjectRecord
from freelancer_tui.sandbox.seed import world
from freelancer_tui.settings import load, places_of
from freelancer_tui.store.cache import facts
from freelancer_tui.store.cache.database import CacheDatabase

PAGE = 1000
NOWHERE = "http://127.0.0.1:9"
"""An address where nothing listens: the program is offline."""


def fill(cache: CacheDatabase, count: int) -> None:
    """Store so many jobs of a generated world, without any network."""
    rows = _projects(count)
    while batch := tuple(islice(rows, PAGE)):
        with cache.transaction() as connection:
            facts.store(connection, Feed("projects"), Page(batch, None, False, datetime.now(UTC)))
    cache.checkpoint()


def environ(home: Path, url: str = NOWHERE, token: str = "none") -> dict[str, str]:
    """Give an environment in which the program uses a home and an account of its own."""
    return {
        **os.environ,
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


def _projects(count: int) -> Iterator[Project]:
    made = world(1, count, int(time.time()))
    names = {skill.id: skill.name for skill in made.skills}
    for record in made.projects:
        yield _project(record, names)


def _project(record: ProjectRecord, names: dict[int, str]) -> Project:
    currency = record.currency_code
    most = record.maximum
    return Project(
        remote_id=record.id,
        title=record.title,
        kind="hourly" if record.kind == "hourly" else "fixed",
        status="open",
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
        language=record.language,
    )
