"""Search: what one keystroke costs over 100,000 cached jobs."""

import tempfile
from functools import partial
from pathlib import Path

from freelancer_tui.domain.search import parse
from freelancer_tui.services.projects import Projects
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.work.marks import Marks
from freelancer_tui.workspace import utc_now
from tests.bench.homes import fill
from tests.bench.table import Row, at_most, milliseconds, percentile

JOBS = 100_000
TYPED = (
    "logo kemasan kopi",
    "web scraping python",
    "terjemahan indonesia inggris",
    "aplikasi kasir warung",
    "shopify store design",
    "data entry excel",
    "video youtube",
    "api",
)


def run() -> list[Row]:
    """Type eight queries letter by letter and time each search."""
    with tempfile.TemporaryDirectory() as folder:
        cache = CacheDatabase(Path(folder))
        fill(cache, JOBS)
        projects = Projects(cache, Marks(Path(folder)), utc_now)
        keystrokes = [typed[: end + 1] for typed in TYPED for end in range(len(typed))]
        times = [milliseconds(partial(projects.search, typed)) for typed in keystrokes]
        empty = [milliseconds(lambda: projects.search("")) for _ in range(50)]
        _show_plan(cache)
        cache.close()
    return [
        Row(f"median of {len(times)} keystrokes, {JOBS:,} jobs", percentile(times, 0.5), "ms"),
        at_most("p95", percentile(times, 0.95), 16, "ms"),
        at_most("slowest", max(times), 100, "ms"),
        at_most("no words, p95", percentile(empty, 0.95), 16, "ms"),
    ]


def _show_plan(cache: CacheDatabase) -> None:
    """Print how SQLite answers the words of a typical query."""
    words = " ".join(parse("web scraping python").words)
    with cache.read() as connection:
        plan = connection.execute(
            "EXPLAIN QUERY PLAN SELECT rowid FROM project_words WHERE project_words MATCH ?"
            " ORDER BY rowid DESC LIMIT 500",
            (words,),
        )
        for row in plan:
            print("  plan:", row[3])
