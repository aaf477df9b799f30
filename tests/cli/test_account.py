"""Accounts: where tokens live, and that they are nowhere else."""

import json
import shlex
import sys
from pathlib import Path

import pytest

from tests.cli.shell import Ran, Shell
from tests.sandbox.server import Sandbox


@pytest.fixture
def keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A keyring that works; the file that holds its entries."""
    file = tmp_path / "keyring.json"
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.cli.fake_keyring.FileKeyring")
    monkeypatch.setenv("FAKE_KEYRING", str(file))
    return file


def token_of(sandbox: Sandbox) -> str:
    return next(iter(sandbox.tokens.values()))


def nowhere(token: str, shell: Shell, *said: Ran) -> None:
    """Find a token in no output, file or database."""
    for ran in said:
        assert token not in ran.out + ran.err
    files = [file for file in shell.home.rglob("*") if file.is_file()]
    assert files
    for file in files:
        assert token.encode() not in file.read_bytes(), file


def test_an_account_with_its_token_in_the_keyring(
    shell: Shell, sandbox: Sandbox, keyring: Path
) -> None:
    token = token_of(sandbox)
    said = [
        shell("account", "add", "work", "--url", sandbox.url, "--token-file", "-", text=token),
        shell("--debug", "account", "check", "work", "--json"),
        shell("--debug", "sync", "--json"),
        shell("sync"),
        shell("doctor", "--json"),
        shell("doctor"),
        shell("account", "list", "--json"),
        shell("account", "list"),
    ]
    assert [(ran.code, ran.err) for ran in said] == [(0, "")] * len(said)
    assert json.loads(keyring.read_text()) == {"freelancer-tui/work": token}
    nowhere(token, shell, *said)
    assert said[-2].document == [
        {
            "name": "work",
            "url": sandbox.url,
            "default": True,
            "secret_source": "keyring",
            "user": "sariwulandari",
        }
    ]


def test_the_address_may_be_given_with_api(shell: Shell, sandbox: Sandbox, keyring: Path) -> None:
    adding = ("account", "add", "work", "--url", f"{sandbox.url}/api/", "--token-file", "-")
    assert shell.ok(*adding, text=token_of(sandbox))[0]["url"] == sandbox.url
    assert shell.ok("account", "check")["user"] == "sariwulandari"


def test_a_second_account_and_its_removal(shell: Shell, sandbox: Sandbox, keyring: Path) -> None:
    first, second = list(sandbox.tokens.values())[:2]
    for name, token in (("one", first), ("two", second)):
        shell.ok(
            "account", "add", name, "--url", sandbox.url, "--token-file", "-", text=f"{token}\n"
        )
    assert shell.ok("account", "check", "two")["user"] == "yohaneswenda"
    assert shell.ok("--account", "two", "account", "check")["name"] == "two"
    shell.patch.setenv("FREELANCER_TUI_ACCOUNT", "two")
    assert shell.ok("account", "check")["name"] == "two"
    assert shell.ok("account", "check", "--account", "one")["name"] == "one"
    shell.patch.delenv("FREELANCER_TUI_ACCOUNT")
    shell.ok("sync")
    rows = shell.ok("account", "remove", "one")
    assert [(row["name"], row["default"]) for row in rows] == [("two", True)]
    assert json.loads(keyring.read_text()) == {"freelancer-tui/two": second}
    assert (shell.home / "data" / "accounts" / "one" / "work.db").exists()
    assert shell("account", "check", "one").code == 6


def test_a_token_is_renewed(shell: Shell, sandbox: Sandbox, keyring: Path) -> None:
    adding = ("account", "add", "work", "--url", sandbox.url, "--token-file", "-")
    shell.ok(*adding, text="wrong-token")
    refused = shell("sync", "--json")
    assert refused.code == 4
    assert "account token work" in refused.error["hint"]
    shell.ok("account", "token", "work", "--token-file", "-", text=token_of(sandbox))
    shell.ok("sync")
    nowhere("wrong-token", shell, refused)


def test_an_account_with_a_command_of_the_users(
    shell: Shell, sandbox: Sandbox, tmp_path: Path
) -> None:
    token = token_of(sandbox)
    secret = tmp_path / "secret"
    secret.write_text(f"{token}\nsecond line\n")
    show = "import sys; print(open(sys.argv[1]).read())"
    command = shlex.join([sys.executable, "-c", show, str(secret)])
    adding = ("account", "add", "work", "--url", sandbox.url, "--secret-command", command)
    said = [shell(*adding), shell("account", "check"), shell("--debug", "sync"), shell("doctor")]
    assert [(ran.code, ran.err) for ran in said] == [(0, "")] * len(said)
    assert shell.ok("account", "list")[0]["secret_source"] == "command"
    nowhere(token, shell, *said)
    secret.unlink()
    failed = shell("sync", "--json")
    assert (failed.code, failed.error["code"]) == (4, "unauthorized")
    assert shell("account", "token", "work", "--token-file", "-", text="x").code == 2


def test_a_command_that_fails_adds_no_account(shell: Shell) -> None:
    command = shlex.join([sys.executable, "-c", "raise SystemExit(3)"])
    adding = ("account", "add", "work", "--url", "https://example.com", "--secret-command", command)
    failed = shell(*adding, "--json")
    assert failed.code == 4
    assert "exit code 3" in failed.error["message"]
    assert shell.ok("account", "list") == []


def test_without_a_keyring_the_way_out_is_told(shell: Shell) -> None:
    adding = ("account", "add", "work", "--url", "https://example.com", "--token-file", "-")
    failed = shell(*adding, "--json", text="secret-token")
    assert failed.code == 4
    assert "--secret-command" in failed.error["hint"]
    assert "FREELANCER_TUI_TOKEN" in failed.error["hint"]
    assert shell.ok("account", "list") == []
    assert "secret-token" not in failed.err
    assert not (shell.home / "config" / "accounts.json").exists()


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("env", "https://example.com"),
        ("Upper Case", "https://example.com"),
        ("../up", "https://example.com"),
        ("work", "example.com"),
        ("work", "http://example.com"),
        ("work", "https://me:pass@example.com"),
    ],
)
def test_what_cannot_be_an_account(shell: Shell, keyring: Path, name: str, url: str) -> None:
    refused = shell(
        "account", "add", name, "--url", url, "--token-file", "-", "--json", text="token"
    )
    assert refused.code == 2
    assert "pass@" not in refused.error["message"]
    assert not keyring.exists()


def test_a_name_is_taken_once(shell: Shell, keyring: Path) -> None:
    adding = ("account", "add", "work", "--url", "https://example.com", "--token-file", "-")
    shell.ok(*adding, text="token-one")
    assert shell(*adding, text="token-two").code == 2
    assert json.loads(keyring.read_text()) == {"freelancer-tui/work": "token-one"}


def test_an_account_goes_even_where_its_keyring_is_gone(shell: Shell, keyring: Path) -> None:
    adding = ("account", "add", "work", "--url", "https://example.com", "--token-file", "-")
    shell.ok(*adding, text="token-one")
    accounts = shell.home / "config" / "accounts.json"
    accounts.write_text(accounts.read_text().replace("FileKeyring", "Gone"))
    removed = shell("account", "remove", "work")
    assert removed.code == 0
    assert "keyring" in removed.err
    assert shell.ok("account", "list") == []


def test_one_source_of_the_token_at_a_time(shell: Shell, keyring: Path) -> None:
    both = ("--token-file", "-", "--secret-command", "true")
    assert shell("account", "add", "work", "--url", "https://example.com", *both).code == 2


def test_a_config_that_names_a_lost_account_stops_no_list(shell: Shell, keyring: Path) -> None:
    (shell.home / "config").mkdir(parents=True)
    (shell.home / "config" / "config.toml").write_text('account = "lost"\n')
    adding = ("account", "add", "work", "--url", "https://example.com", "--token-file", "-")
    assert shell.ok(*adding, text="token-one")[0]["default"] is False
    lost = shell("jobs", "search", "--json")
    assert lost.code == 6
    assert "lost" in lost.error["message"]
