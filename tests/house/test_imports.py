"""The floors hold: who may import whom, and what a quick command does not load."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from freelancer_tui.settings import load, places_of
from freelancer_tui.store.cache.database import CacheDatabase
from tests.factories import a_project
from tests.house.measure import ROOT
from tests.store.desk import keep

HEAVY = ("textual", "rich", "sqlmodel", "sqlalchemy", "httpx", "keyring", "starlette", "uvicorn")


def test_the_import_contracts_hold() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as c; c()",
            "--no-cache",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("code", "forbidden"),
    [
        ("from freelancer_tui.cli import run; run(['--version'])", (*HEAVY, "msgspec", "filelock")),
        ("import freelancer_tui.cli", (*HEAVY, "msgspec", "filelock")),
        ("import freelancer_tui.services.projects", (*HEAVY, "msgspec", "filelock")),
        ("import freelancer_tui.workspace", (*HEAVY, "msgspec")),
        ("import freelancer_tui.tui.app", HEAVY[2:]),
        ("import freelancer_tui.sync.engine", ("textual", "httpx", "keyring", "starlette")),
        ("import freelancer_tui.cli.invoices", ("typst", "segno", "freelancer_tui.documents")),
        ("import freelancer_tui.services.papers", ("typst", "segno", "textual", "httpx")),
        ("import freelancer_tui.domain.feeds", (*HEAVY, "sqlite3", "asyncio", "json")),
    ],
)
def test_what_a_part_does_not_load(code: str, forbidden: tuple[str, ...]) -> None:
    loaded = f"[name for name in {forbidden!r} if name in sys.modules]"
    report = f"{code}\nimport sys\nloaded = {loaded}\nassert not loaded, loaded"
    done = subprocess.run(
        [sys.executable, "-c", report], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


BEHIND_THE_FIRST_PAINT = (
    "domain.facts",
    "domain.flags",
    "domain.happenings",
    "domain.intents",
    "domain.invoices",
    "domain.learning",
    "domain.match",
    "domain.messages",
    "domain.milestones",
    "domain.proposals",
    "domain.search",
    "domain.searches",
    "domain.sync_log",
    "domain.templates",
    "problems",
    "services.judging",
    "services.outbox",
    "services.queries",
    "services.searches",
    "store.cache.seeking",
    "store.work.database",
    "store.work.recovery",
    "sync.engine",
    "tui.screens.columns",
    "tui.screens.searches",
    "tui.screens.sorting",
)
"""Modules of ours that nobody has to wait for who wants to see the jobs."""

FIRST_PAINT = """
import sys
from freelancer_tui.cli.welcome import open_tui
from freelancer_tui.settings import load, places_of
from freelancer_tui.tui.app import FreelancerApp
from freelancer_tui.tui.screens.projects import ProjectsScreen
from freelancer_tui.workspace import open_workspace

def painted(screen):
    screen.app.exit((len(screen.listing.table.rows), sorted(sys.modules)))

ProjectsScreen._listed = painted
workspace = open_workspace(load(places_of(None)))
listed, loaded = FreelancerApp(workspace).run(headless=True)
workspace.close()
print(listed, *loaded)
"""


def test_what_the_first_painted_jobs_do_not_wait_for(tmp_path: Path) -> None:
    environ = {
        **os.environ,
        "FREELANCER_TUI_HOME": str(tmp_path),
        "FREELANCER_TUI_URL": "http://127.0.0.1:9",
        "FREELANCER_TUI_TOKEN": "none",
    }
    settings = load(places_of(str(tmp_path)), environ)
    cache = CacheDatabase(settings.folder(settings.choose()))
    keep(cache, a_project(1), a_project(2))
    cache.close()
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    listed, *loaded = done.stdout.split()
    assert listed == "2"
    dear = {*HEAVY[2:], *(f"freelancer_tui.{name}" for name in BEHIND_THE_FIRST_PAINT)}
    assert dear.isdisjoint(loaded), dear.intersection(loaded)
