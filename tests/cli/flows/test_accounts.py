"""Accounts from the shell: where tokens live, and that none is told."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring.backend
import pytest

from tests.cli.flows.shell import Shell
from tests.cli.flows.town import Town

TOKEN = "tok-1234567890abcdef"
HERE = "http://127.0.0.1:9"


class Drawer(keyring.backend.KeyringBackend):
    """A keyring in memory, found by its name as any other."""

    priority = 1
    kept: dict[tuple[str, str], str]

    def get_password(self, service: str, username: str) -> str | None:
        return KEPT.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        KEPT[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del KEPT[service, username]


KEPT: dict[tuple[str, str], str] = {}
NAME = f"{__name__}.Drawer"


@pytest.fixture
def drawer(shell: Shell) -> Iterator[dict[tuple[str, str], str]]:
    KEPT.clear()
    shell.environ["PYTHON_KEYRING_BACKEND"] = NAME
    yield KEPT
    KEPT.clear()


def add(shell: Shell, name: str, url: str = HERE, token: str = TOKEN) -> None:
    shell.ok("account", "add", name, "--url", url, "--token-file", "-", stdin=token.encode())


def test_the_token_goes_to_the_keyring(shell: Shell, drawer: dict[tuple[str, str], str]) -> None:
    add(shell, "main")
    add(shell, "second", token="tok-of-another")
    assert drawer == {
        ("freelancer-tui", "main"): TOKEN,
        ("freelancer-tui", "second"): "tok-of-another",
    }
    rows = shell.ok("account", "list")
    assert rows[0] == {
        "name": "main", "url": HERE, "default": True, "secret_source": "keyring", "user": None,
    }  # fmt: skip
    assert rows[1]["default"] is False
    assert TOKEN not in (shell.home / "config" / "accounts.json").read_text()
    assert json.loads((shell.home / "config" / "accounts.json").read_text())["default"] == "main"
    done = shell("account", "add", "main", "--url", HERE, "--token-file", "-", stdin=b"x")
    assert (done.code, drawer["freelancer-tui", "main"]) == (2, TOKEN)


def test_renewing_and_removing(shell: Shell, drawer: dict[tuple[str, str], str]) -> None:
    add(shell, "main")
    add(shell, "second")
    shell.ok("account", "token", "main", "--token-file", "-", stdin=b"fresh-token\n")
    assert drawer["freelancer-tui", "main"] == "fresh-token"
    rows = shell.ok("account", "remove", "main")
    assert [(row["name"], row["default"]) for row in rows] == [("second", True)]
    assert list(drawer) == [("freelancer-tui", "second")]
    assert shell("account", "remove", "main").code == 6
    assert shell("account", "token", "main").code == 6


def test_without_a_keyring_no_token_is_asked_for(shell: Shell) -> None:
    done = shell("account", "add", "main", "--url", HERE, "--token-file", "-", "--json")
    assert (done.code, done.error["code"]) == (4, "unauthorized")
    assert "--secret-command" in done.error["hint"]
    assert shell.ok("account", "list") == []


def test_a_secret_command(shell: Shell, town: Town, tmp_path: Path) -> None:
    (tmp_path / "my token").write_text(town.token)
    code = "import sys; print(open(sys.argv[1]).read())"
    command = f"{sys.executable} -c '{code}' '{tmp_path / 'my token'}'"
    shell.ok("account", "add", "main", "--url", f"{town.url}/api/", "--secret-command", command)
    checked = shell.ok("account", "check")
    assert (checked["user"], checked["url"]) == ("budi", town.url)
    assert shell.ok("account", "list")[0]["user"] == "budi"
    assert shell.ok("account", "list")[0]["secret_source"] == "command"
    assert shell.ok("sync")["pulled"]["threads"] == 1
    (tmp_path / "my token").unlink()
    done = shell("sync", "--json")
    assert (done.code, done.error["code"]) == (4, "unauthorized")
    assert shell("account", "token", "main").code == 2


def test_a_command_that_fails_adds_nothing(shell: Shell) -> None:
    for command in ("/no/such/thing", "'unbalanced"):
        done = shell("account", "add", "main", "--url", HERE, "--secret-command", command)
        assert done.code in (2, 4)
    assert shell.ok("account", "list") == []


def test_addresses_and_names_are_checked_first(shell: Shell) -> None:
    for name, url in (("env", HERE), ("Main", HERE), ("main", "http://example.org"), ("main", "x")):
        done = shell("account", "add", name, "--url", url, "--token-file", "-")
        assert done.code == 2, (name, url)


def test_the_account_of_the_environment(shell: Shell, town: Town) -> None:
    shell.sign_in(town.url, town.token)
    (row,) = shell.ok("account", "list")
    assert (row["name"], row["default"], row["secret_source"]) == ("env", True, "environment")
    assert shell.ok("account", "check")["user"] == "budi"
    assert shell.ok("account", "check", "env")["user"] == "budi"
    assert shell("account", "check", "other").code == 6


def test_doctor(shell: Shell, town: Town) -> None:
    checks = {one["check"]: one for one in shell.ok("doctor")}
    assert set(next(iter(checks.values()))) == {"check", "ok", "detail", "remedy"}
    assert checks["account"]["ok"] is False
    assert "account add" in checks["account"]["remedy"]
    assert checks["keyring"]["ok"] is False
    shell.sign_in(town.url, town.token)
    done = shell("doctor", "--json")
    checks = {one["check"]: one for one in done.json}
    assert all(checks[name]["ok"] for name in ("store", "keyring", "token", "network"))
    assert {"clock", "terminal"} <= set(checks)
    assert town.token not in done.out
    assert all(one["ok"] or one["remedy"] for one in done.json)
    shell.environ["FREELANCER_TUI_URL"] = HERE
    checks = {one["check"]: one for one in shell.ok("doctor")}
    assert checks["network"]["ok"] is False
    assert checks["network"]["remedy"]
