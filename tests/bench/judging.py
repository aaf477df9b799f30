"""Judging: the scores of a hundred rows, and the whole judgement of one job."""

import tempfile
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random

from freelancer_tui.domain.facts import Page
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.people import Person, Profile
from freelancer_tui.settings import Account, Places, Settings
from freelancer_tui.store.cache import facts
from freelancer_tui.workspace import Workspace, open_workspace
from tests.bench.homes import NOWHERE, fill
from tests.bench.table import Row, at_most, milliseconds, percentile

JOBS = 20_000
ROWS = 100


def run(jobs: int = JOBS) -> list[Row]:
    """Judge jobs of a generated world as the screen does."""
    with tempfile.TemporaryDirectory() as folder:
        account = Account("bench", NOWHERE, "environment")
        settings = Settings(Places.under(Path(folder)), accounts=(account,))
        workspace = open_workspace(settings, random=Random(1))
        fill(workspace.cache, jobs)
        _profile(workspace)
        rows = _measure(workspace)
        workspace.close()
    return rows


def _measure(workspace: Workspace) -> list[Row]:
    shown = workspace.projects.search("", limit=2 * ROWS)[:ROWS]
    scores = [milliseconds(partial(workspace.judging.scores, shown)) for _ in range(50)]
    views = [workspace.projects.show(row.remote_id) for row in shown]
    first = [milliseconds(partial(workspace.judging.judge, view)) for view in views]
    again = [milliseconds(partial(workspace.judging.judge, view)) for view in views]
    return [
        at_most(f"scores of {len(shown)} rows, median", percentile(scores, 0.5), 5, "ms"),
        Row("scores, p95", percentile(scores, 0.95), "ms"),
        Row("one job judged, usual pay not known yet, median", percentile(first, 0.5), "ms"),
        Row("the same, p95", percentile(first, 0.95), "ms"),
        Row("one job judged, usual pay known, median", percentile(again, 0.5), "ms"),
        Row("the same, p95", percentile(again, 0.95), "ms"),
    ]


def _profile(workspace: Workspace) -> None:
    page = Page((Profile(Person(1, "me")),), None, False, datetime.now(UTC))
    with workspace.cache.transaction() as connection:
        facts.store(connection, Feed("self"), page)
