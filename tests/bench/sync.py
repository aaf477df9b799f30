"""Sync: a first sync of many jobs against the same pages fetched, parsed and stored bare."""

import asyncio
import gc
import json
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import httpx

from freelancer_tui.settings import load, places_of
from freelancer_tui.sync.events import Finished
from freelancer_tui.workspace import Workspace, open_workspace, utc_now
from tests.bench.homes import environ
from tests.bench.table import Row, against, at_most, percentile

JOBS = 10_000
"""About so many match the skills of the user; `sync=100000` asks for more."""
_SHARE = 1.39
"""So many have to be posted for one that matches."""
TICK = 0.002
AGAIN = 20
"""Syncs with nothing new: one is over too soon to say how late the loop was."""
STEP = 99
"""Rows that a page adds: it overlaps the one before."""
Pairs = list[tuple[str, str | int | float | bool | None]]


@dataclass
class Watch:
    """What is seen beside a sync: how late the event loop is, and how long the log grows."""

    log: Path
    lags: list[float] = field(default_factory=list)
    log_bytes: int = 0

    async def look(self) -> None:
        """Look again and again."""
        while True:
            start = time.perf_counter()
            await asyncio.sleep(TICK)
            self.lags.append(max(0.0, (time.perf_counter() - start - TICK) * 1000))
            if len(self.lags) % 50 == 0 and self.log.exists():
                self.log_bytes = max(self.log_bytes, self.log.stat().st_size)


def run(jobs: int = JOBS) -> list[Row]:
    """Sync twice (first, then with nothing new) and do the floor in between."""
    posted = int(jobs * _SHARE)
    with tempfile.TemporaryDirectory() as name, _sandbox(Path(name), posted) as (url, token):
        folder = Path(name)
        workspace = _opened(folder / "home", url, token)
        first, watch = asyncio.run(_synced(workspace))
        jobs = workspace.projects.total()
        floor, bare = asyncio.run(_watched_floor(folder / "floor.db", url, token))
        later = Watch(folder / "home" / "none")
        for _again in range(AGAIN):
            second, watched = asyncio.run(_synced(_opened(folder / "home", url, token)))
            later.lags += watched.lags
        _make_due(workspace.cache.path)
        swept, _ = asyncio.run(_synced(_opened(folder / "home", url, token)))
        had, resumed = _killed(folder / "killed", url, token, jobs // 2)
    left = (jobs - had) / STEP
    return [
        against(f"first sync, {jobs:,} jobs", first.seconds, floor, "s", 1.5),
        _lag("event-loop lag meanwhile, p99", watch, bare),
        Row("event-loop lag meanwhile, worst", max(watch.lags), "ms", max(bare.lags)),
        at_most("the cache's log, longest", watch.log_bytes / 2**20, 64, "MiB"),
        Row("requests of the first sync", first.requests, ""),
        Row("a second sync, nothing new", second.seconds, "s"),
        at_most("requests of the second", second.requests, 12, ""),
        _lag(f"event-loop lag of {AGAIN} such syncs, p99", later, bare),
        at_most(f"requests of a sync, {jobs:,} jobs to look after", swept.requests, 12, ""),
        Row(f"a killed first sync had {had:,} jobs; pages left", left, ""),
        at_most("requests to its end", resumed.requests, int(left) + 20, ""),
    ]


def _opened(home: Path, url: str, token: str) -> Workspace:
    settings = load(places_of(str(home)), environ(home, url, token))
    workspace = open_workspace(settings, clock=utc_now, random=Random(1))
    workspace.token.remember(token)
    return workspace


def _make_due(cache: Path) -> None:
    """Let so much time pass that every job has to be asked for again."""
    connection = sqlite3.connect(cache)
    with connection:
        connection.execute("UPDATE checks SET due_at = 0")
    connection.close()


def _killed(home: Path, url: str, token: str, jobs: int) -> tuple[int, Finished]:
    """Kill a first sync once it has so many jobs, and end it; give what it had, and the end."""
    workspace = _opened(home, url, token)
    command = [sys.executable, "-m", "freelancer_tui", "sync"]
    with subprocess.Popen(command, env=environ(home, url, token)) as process:
        while workspace.projects.total() < jobs and process.poll() is None:
            time.sleep(0.05)
        process.kill()
    had = workspace.projects.total()
    return had, asyncio.run(_synced(workspace))[0]


async def _synced(workspace: Workspace) -> tuple[Finished, Watch]:
    watch = Watch(workspace.cache.path.with_name("cache.db-wal"))
    engine = await asyncio.to_thread(lambda: workspace.engine)
    before = gc.get_threshold()
    gc.set_threshold(*before[:2], 10**6)  # as in the program: full collections wait for a pause
    ticker = asyncio.create_task(watch.look())
    finished = [event async for event in engine.turn(by_hand=True) if isinstance(event, Finished)]
    ticker.cancel()
    gc.set_threshold(*before)
    await engine.close()
    workspace.close()
    return finished[0], watch


def _lag(what: str, watch: Watch, bare: Watch) -> Row:
    """Build a row that has the lag of the bare sync for its floor: a busy machine shows in both."""
    lag, floor = percentile(watch.lags, 0.99), percentile(bare.lags, 0.99)
    return Row(what, lag, "ms", floor, "≤ 16 ms", lag <= 16)


async def _watched_floor(path: Path, url: str, token: str) -> tuple[float, Watch]:
    watch = Watch(path.with_name(f"{path.name}-wal"))
    ticker = asyncio.create_task(watch.look())
    seconds = await _floor(path, url, token)
    ticker.cancel()
    return seconds, watch


async def _floor(path: Path, url: str, token: str) -> float:
    """Fetch the same pages with the same client, four at a time, and store them set-wise."""
    headers = {"Freelancer-OAuth-V1": token}
    async with httpx.AsyncClient(base_url=f"{url}/api", headers=headers) as client:
        profile = (await client.get("/users/0.1/self/", params={"jobs": 1})).json()["result"]
        asked: Pairs = [("jobs[]", str(job["id"])) for job in profile["jobs"]]
        asked += [(flag, "1") for flag in ("full_description", "job_details", "user_details")]
        connection = _empty(path)
        start = time.perf_counter()
        offset, total = 0, 1
        while offset < total:
            offsets = range(offset, min(offset + 400, max(total, 100)), 100)
            answers = await asyncio.gather(*(_page(client, asked, place) for place in offsets))
            await asyncio.to_thread(
                _store, connection, [row for rows, _ in answers for row in rows]
            )
            offset, total = offset + 100 * len(offsets), answers[0][1]
        seconds = time.perf_counter() - start
        connection.close()
    return seconds


async def _page(
    client: httpx.AsyncClient, asked: Pairs, offset: int
) -> tuple[list[dict[str, Any]], int]:
    place: Pairs = [("limit", "100"), ("offset", str(offset))]
    answer = await client.get("/projects/0.1/projects/active/", params=asked + place)
    result = json.loads(answer.content)["result"]
    return result["projects"], result["total_count"]


def _empty(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute(
        "CREATE TABLE jobs (id INTEGER PRIMARY KEY, title, description, budget, skills, updated)"
    )
    connection.execute(
        "CREATE VIRTUAL TABLE words USING fts5(title, description, content='jobs',"
        " content_rowid='id', detail=column, prefix='2 3',"
        " tokenize='unicode61 remove_diacritics 2')"
    )
    return connection


def _store(connection: sqlite3.Connection, rows: list[dict[str, Any]]) -> None:
    values = [
        (
            row["id"],
            row["title"],
            row["description"],
            json.dumps(row["budget"]),
            json.dumps(row["jobs"]),
            row["time_updated"],
        )
        for row in rows
    ]
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        "INSERT INTO jobs VALUES (?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET title=excluded.title,"
        " description=excluded.description, budget=excluded.budget, updated=excluded.updated",
        values,
    )
    connection.executemany(
        "INSERT INTO words (rowid, title, description) VALUES (?,?,?)",
        [value[:3] for value in values],
    )
    connection.execute("COMMIT")


@contextmanager
def _sandbox(folder: Path, posted: int) -> Iterator[tuple[str, str]]:
    """Serve a large world in a process of its own; give its address and a freelancer's token."""
    command = [sys.executable, "-m", "freelancer_tui", "sandbox", "--port", "0", "--no-clients"]
    command += ["--data", str(folder / "sandbox.db"), "--projects", str(posted)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        drain = threading.Thread(target=process.stdout.read, daemon=True)
        drain.start()
        try:
            yield ready["url"], ready["users"][0]["token"]
        finally:
            process.terminate()
            process.wait()
