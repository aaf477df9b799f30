"""Autosave: one save of a draft, alone and while a first sync writes pages."""

import os
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

from freelancer_tui.domain.conflicts import Offering, seen
from freelancer_tui.domain.drafts import Place
from freelancer_tui.domain.ids import new_id
from freelancer_tui.domain.proposals import Proposal
from freelancer_tui.services.proposals import Proposals
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.work import proposals
from freelancer_tui.store.work.database import WorkDatabase
from freelancer_tui.workspace import SWITCH_SECONDS, utc_now
from tests.bench.homes import fill
from tests.bench.table import Row, at_most, milliseconds, percentile

SAVES = 200


def run() -> list[Row]:
    """Time saves of a 2 KB text against the same commit on an idle file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        work, cache = WorkDatabase(folder), CacheDatabase(folder)
        before = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_SECONDS)  # as while the engine runs
        window = _Window(cache, work)
        idle = _saves(window)
        writer = threading.Thread(target=fill, args=(cache, 20_000))
        writer.start()
        busy = _saves(window, until=lambda: not writer.is_alive())
        writer.join()
        sys.setswitchinterval(before)
        floor = _floor(folder)
        cache.close()
        work.close()
    median_floor = percentile(floor, 0.5)
    return [
        Row(
            "idle file, median (floor: bare sqlite3, FULL)",
            percentile(idle, 0.5),
            "ms",
            median_floor,
        ),
        at_most("idle file, p95", percentile(idle, 0.95), 20, "ms"),
        at_most(f"while pages are written, p95 of {len(busy)}", percentile(busy, 0.95), 20, "ms"),
    ]


class _Window:
    """A window on a draft that grows: each save is what the screen does, history included."""

    def __init__(self, cache: CacheDatabase, work: WorkDatabase) -> None:
        self._proposals = Proposals(cache, work, utc_now, lambda: new_id(utc_now(), Random(1)))
        draft = Proposal("p1", 7, "USD", created_at=utc_now(), updated_at=utc_now())
        with work.transaction() as session:
            self._seen = seen(proposals.put(session, draft))

    def save(self, text: str) -> None:
        """Keep what was typed, and where the cursor is."""
        self._seen = self._proposals.keep("p1", Offering(text), self._seen, Place(3, len(text), 0))


def _saves(window: _Window, until: Callable[[], bool] | None = None) -> list[float]:
    random = Random(1)
    times: list[float] = []
    while len(times) < SAVES if until is None else not until():
        text = random.randbytes(1000).hex()
        times.append(milliseconds(partial(window.save, text)))
        time.sleep(0.005)
    return times


def _floor(folder: Path) -> list[float]:
    connection = sqlite3.connect(folder / "floor.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE drafts (id TEXT PRIMARY KEY, text TEXT)")

    def save() -> None:
        connection.execute(
            "INSERT INTO drafts VALUES ('p1', ?)"
            " ON CONFLICT (id) DO UPDATE SET text = excluded.text",
            (os.urandom(1000).hex(),),
        )

    times = [milliseconds(save) for _ in range(SAVES)]
    connection.close()
    return times
