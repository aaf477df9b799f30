"""The program itself: options, mistakes, exit codes, and what it does not load."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from freelancer_tui import __version__
from freelancer_tui.cli.main import COMMANDS
from tests.cli.flows.shell import Shell


def test_version(shell: Shell) -> None:
    done = shell("--version")
    assert (done.code, done.err) == (0, "")
    assert __version__ in done.out


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help(shell: Shell, command: str) -> None:
    done = shell(*command.split(), "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Usage: freelancer-tui")


@pytest.mark.parametrize(
    "arguments",
    [("nonsense",), ("jobs", "show"), ("jobs", "show", "x"), ("jobs", "search", "--limit", "0"),
     ("--bogus",), ("proposals", "list", "--state", "happy"), ("jobs", "mark", "1", "love")],
)  # fmt: skip
def test_wrong_use(shell: Shell, arguments: tuple[str, ...]) -> None:
    done = shell(*arguments)
    assert (done.code, done.out) == (2, "")
    assert "--help" in done.err
    assert len(done.err.splitlines()) == 1
    told = shell("--json", *arguments)
    assert (told.code, told.out, told.error["code"]) == (2, "", "usage")


def test_without_an_account(shell: Shell) -> None:
    for arguments in (("jobs", "search"), ("sync",), ("outbox", "list")):
        done = shell(*arguments)
        assert (done.code, done.out) == (4, "")
        assert "account add" in done.err
        assert shell(*arguments, "--json").error["code"] == "unauthorized"


def test_shared_options_stand_anywhere(desk: Shell, tmp_path: Path) -> None:
    before = desk("--json", "jobs", "search").json
    assert before == desk("jobs", "search", "--json").json
    elsewhere = ("--home", str(tmp_path / "elsewhere"))
    assert desk.ok("jobs", "search", *elsewhere) == desk.ok(*elsewhere, "jobs", "search") == []
    assert (tmp_path / "elsewhere" / "data" / "accounts").is_dir()


def test_the_account_can_be_named(desk: Shell) -> None:
    done = desk("jobs", "search", "--account", "nobody", "--json")
    assert (done.code, done.error["code"]) == (6, "not_found")
    desk.environ["FREELANCER_TUI_ACCOUNT"] = "nobody"
    assert desk("jobs", "search").code == 6
    assert desk("jobs", "search", "--account", "env").code == 0


def test_a_mistake_in_the_config(shell: Shell) -> None:
    (shell.home / "config").mkdir(parents=True)
    (shell.home / "config" / "config.toml").write_text("theme = 5\n")
    done = shell("jobs", "search", "--json")
    assert (done.code, done.error["code"]) == (2, "settings")
    assert "config.toml, line 1: theme" in done.error["message"]


def test_languages(shell: Shell) -> None:
    assert "Bantuan" not in shell("--help").out
    english, indonesian = shell("jobs", "search"), shell("jobs", "search", "--lang", "id")
    assert english.code == indonesian.code == 4
    shell.environ["LANG"] = "id_ID.UTF-8"
    assert shell("jobs", "search").err == indonesian.err


def test_a_fault_of_ours_says_where_the_log_is(
    desk: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    from freelancer_tui.cli import query

    def fail(_: object) -> str:
        raise RuntimeError("boom")

    monkeypatch.setattr(query, "typed", fail)
    done = desk("jobs", "search", "--json")
    log = desk.home / "logs" / "freelancer-tui.log"
    assert (done.code, done.out, done.error["code"]) == (1, "", "fault")
    assert str(log) in done.error["hint"]
    assert "RuntimeError: boom" in log.read_text()


def test_a_damaged_store(desk: Shell) -> None:
    (work,) = desk.home.glob("data/accounts/*/work.db")
    desk("outbox", "list")
    for beside in work.parent.glob("work.db-*"):
        beside.unlink()
    work.write_bytes(b"not a database, sorry" * 500)
    done = desk("outbox", "list", "--json")
    assert (done.code, done.error["code"]) == (7, "store")
    assert (work.parent / "work.db.damaged-1" / "work.db").read_bytes().startswith(b"not a data")
    assert desk("outbox", "list", "--json").code == 0


def test_plain_output_has_no_controls(desk: Shell) -> None:
    for arguments in (("jobs", "search"), ("messages", "threads"), ("proposals", "list")):
        out = desk(*arguments).out
        assert out
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", out)


HEAVY = ("textual", "rich", "sqlmodel", "sqlalchemy", "httpx", "keyring", "msgspec", "filelock",
         "asyncio", "starlette", "uvicorn")  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["jobs", "search", "--json"], HEAVY),
        (["--version"], (*HEAVY, "sqlite3", "tomllib", "freelancer_tui.workspace")),
    ],
)
def test_what_a_quick_command_does_not_load(
    desk: Shell, arguments: list[str], unwanted: tuple[str, ...]
) -> None:
    code = (
        f"import sys; from freelancer_tui.cli import run; code = run({arguments!r});"
        f"loaded = [name for name in {unwanted!r} if name in sys.modules];"
        "sys.exit(f'loaded: {loaded}' if loaded else code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=os.environ | {"FREELANCER_TUI_HOME": str(desk.home), **desk.environ},
    )
    assert done.returncode == 0, done.stderr
