"""The start: what a quick command does not load, and where its words go: pipes, full disks."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from freelancer_tui import __version__
from freelancer_tui.cli import output
from tests.cli.shell import Shell

LOOK = (
    "import sys, json; from freelancer_tui.cli import run; code = run(json.loads(sys.argv[1]));"
    "print(json.dumps([code, sorted(name.partition('.')[0] for name in sys.modules)]),"
    " file=sys.stderr)"
)
SLOW = {"textual", "rich", "sqlmodel", "sqlalchemy", "httpx", "msgspec", "filelock", "keyring"}
SERVER = {"starlette", "uvicorn"}
PRICED = ("--amount", "5", "--days", "5", "--text-file")


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
    program = f"'{sys.executable}' -m freelancer_tui jobs search --limit 1000"
    command = f"{{ {program}; echo $? >&2; }} | head -n 1"
    done = subprocess.run(
        ["sh", "-c", command], capture_output=True, text=True, timeout=20, check=True
    )
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == "0\n"


def test_the_screen_is_not_drawn_where_nobody_sees_it(synced: Shell) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "freelancer_tui"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=20,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("The workspace needs a terminal. ")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_is_no_fault_of_ours(shell: Shell, unbuffered: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "freelancer_tui", "--version"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=20,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_small_words_to_scripts(shell: Shell) -> None:
    assert shell.ok("--version") == {"version": __version__}
    assert shell("jobs").err == "Say which command. See: freelancer-tui jobs --help\n"
    assert " or directory. Name" in shell("proposals", "draft", 1, *PRICED, "/nowhere/at/all").err
    assert output.in_json(["é"], io.TextIOWrapper(io.BytesIO(), "ascii")) == r'["\u00e9"]'


def test_a_log_that_cannot_be_written_stops_nobody(synced: Shell) -> None:
    for file in (synced.home / "logs").glob("*"):
        file.unlink()
    (synced.home / "logs" / "freelancer-tui.log").mkdir(parents=True)
    synced.patch.setenv("FREELANCER_TUI_URL", "http://127.0.0.1:9")
    ran = synced("sync", "--debug")
    assert (ran.code, len(ran.err.splitlines())) == (3, 1)
