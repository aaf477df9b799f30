"""The start: what a quick command does not load, for loading is what makes a start slow."""

import json
import os
import subprocess
import sys

import pytest

from tests.cli.shell import Shell

LOOK = (
    "import sys, json; from freelancer_tui.cli import run; code = run(json.loads(sys.argv[1]));"
    "print(json.dumps([code, sorted(name.partition('.')[0] for name in sys.modules)]),"
    " file=sys.stderr)"
)
SLOW = {"textual", "rich", "sqlmodel", "sqlalchemy", "httpx", "msgspec", "filelock", "keyring"}
SERVER = {"starlette", "uvicorn"}


def loaded(*words: object) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", LOOK, json.dumps([str(word) for word in words])],
        capture_output=True,
        text=True,
        env=os.environ.copy(),
        timeout=20,
    )
    code, modules = json.loads(done.stderr.splitlines()[-1])
    assert code == 0, done.stderr
    return set(modules)


@pytest.mark.parametrize("words", [("--version",), ("--help",), ("jobs", "search", "--help")])
def test_nothing_heavy_for_help(shell: Shell, words: tuple[str, ...]) -> None:
    assert loaded(*words) & (SLOW | SERVER) == set()


def test_nothing_heavy_for_jobs(synced: Shell) -> None:
    job = synced.ok("jobs", "search", "--limit", 1)[0]["remote_id"]
    assert loaded("jobs", "search", "--json") & (SLOW | SERVER) == set()
    assert loaded("jobs", "show", job) & (SLOW | SERVER) == set()


def test_no_screen_for_headless_commands(synced: Shell) -> None:
    assert loaded("outbox", "list") & ({"textual", "rich", "httpx"} | SERVER) == set()
    assert loaded("sync") & ({"textual"} | SERVER) == set()  # httpx itself looks for rich


def test_as_a_module(synced: Shell) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "freelancer_tui", "jobs", "search", "--json", "--limit", "3"],
        capture_output=True,
        text=True,
        timeout=20,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == synced.ok("jobs", "search", "--limit", 3)


def test_a_reader_that_has_seen_enough(synced: Shell) -> None:
    command = f"'{sys.executable}' -m freelancer_tui jobs search --limit 1000 | head -n 1"
    done = subprocess.run(
        ["sh", "-c", command], capture_output=True, text=True, timeout=20, check=True
    )
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""
