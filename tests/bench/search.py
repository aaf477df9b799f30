"""Search: what one keystroke costs over a million cached jobs, for each kind of filter."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from time import thread_time

from freelancer_tui.domain.search import Known, parse, read
from freelancer_tui.services.projects import Projects
from freelancer_tui.store.cache import facets, reference, schema, seeking
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.work.marks import Marks
from freelancer_tui.workspace import utc_now
from tests.bench.homes import fill
from tests.bench.table import Row, at_most, milliseconds, percentile

JOBS = 1_000_000
PAGE = 100
"""Rows that the screen asks for first."""
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
FILTERS = (
    "is:open",
    "is:closed",
    "type:hourly",
    "country:id",
    "skill:django",
    "lang:id",
    "budget:>5jt",
    "budget:>2m",
    "bids:<20",
    "posted:<2d",
    "client:verified",
    "-php",
    "is:new",
    "is:starred",
    "is:open type:fixed budget:500..2000usd",
)
WHOLE = (
    "",
    '"landing page" ',
    "sort:budget",
    "logo sort:bids",
    "is:open sort:-newest",
    "posted:>20d web ",
    "web or mobile is:open ",
)
"""Queries that are timed as a whole, not letter by letter."""
ORDERED = ("sort:budget", "logo sort:bids", "logo ")
PLANNED = ("web scraping pyth", "is:open skill:django budget:>5jt web", "sort:budget logo ")


def run(jobs: int = JOBS) -> list[Row]:
    """Type eight queries letter by letter, bare and behind each filter, and time each search."""
    with closing(CacheDatabase(filled(jobs))) as cache:
        projects = Projects(cache, Marks(cache.path.parent), utc_now, lambda: "IDR")
        projects.search("warm ")
        all_times, all_busy, rows = [], [], []
        for name in ("", *FILTERS):
            times, busy = _timed(projects, [f"{name} {typed}".strip() for typed in _keystrokes()])
            all_times += times
            all_busy += busy
            rows += _rows(name or "words alone", times, busy)
        for query in WHOLE:
            times, busy = _timed(projects, [query] * 5)
            rows += _rows(f"{query.strip() or 'no words'!r}", times, busy)
        rows += [
            Row(f"{query!r}: every id", milliseconds(partial(projects.ids, query)), "ms")
            for query in ORDERED
        ]
        total = at_most("p95 of all keystrokes", percentile(all_times, 0.95), 16, "ms")
        for query in PLANNED:
            _show_plan(cache, query)
    work = Row("  of which the processor worked", percentile(all_busy, 0.95), "ms")
    return [Row(f"keystrokes over {jobs:,} jobs", len(all_times), ""), total, work, *rows]


def filled(jobs: int) -> Path:
    """Give a folder with so many jobs in its cache; it is filled once and kept."""
    shape = hashlib.sha256(Path(schema.__file__).read_bytes()).hexdigest()[:8]
    folder = Path(tempfile.gettempdir()) / f"freelancer-tui-bench-{jobs}-{shape}"
    with closing(CacheDatabase(folder)) as cache:
        known = Projects(cache, Marks(folder), utc_now).total()
        if known == 0:
            fill(cache, jobs)
        elif known != jobs:
            raise SystemExit(f"{folder} is half filled: remove it")
    return folder


def _keystrokes() -> Iterator[str]:
    for typed in TYPED:
        yield from (typed[: end + 1] for end in range(1, len(typed)))


def _timed(projects: Projects, queries: list[str]) -> tuple[list[float], list[float]]:
    """Give the milliseconds that searches took, and those that a processor worked on them."""
    calls = [partial(projects.search, query, limit=PAGE, at_once=True) for query in queries]
    times, busy = [], []
    for call in calls:
        start = thread_time()
        times.append(milliseconds(call))
        busy.append((thread_time() - start) * 1000)
    return times, busy


def _rows(what: str, times: list[float], busy: list[float]) -> list[Row]:
    middle = percentile(times, 0.5)
    return [
        at_most(f"{what}: p95 (p50 {middle:.1f})", percentile(times, 0.95), 16, "ms"),
        Row("  of which the processor worked", percentile(busy, 0.95), "ms"),
    ]


def _show_plan(cache: CacheDatabase, query: str) -> None:
    """Print how SQLite answers a query."""
    with cache.read() as connection:
        known = Known(facets.names(connection), reference.rates(connection), "IDR")
        reading = read(parse(query), known, utc_now())
        print(f"  {query}")
        for line in seeking.plan(connection, reading, PAGE):
            print(f"    {line}")
