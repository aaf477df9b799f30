"""Real keyring: what the command line does with the one of this session (mark `keyring`)."""

import io
import json
import sys
from pathlib import Path

import pytest

from freelancer_tui.cli import run
from freelancer_tui.credentials import Keyring, Redactor, Source, Token
from freelancer_tui.errors import Unauthorized

pytestmark = pytest.mark.keyring
TOKEN = "tok-1234567890abcdef"
URL = "https://example.org"


def test_a_secret_is_written_read_and_deleted() -> None:
    assert Keyring().probe().startswith("keyring.backends.")
    keyring = Keyring()
    keyring.write("test-account", TOKEN)
    assert Keyring().read("test-account") == TOKEN
    keyring.write("test-account", "x" * 1200)
    assert Keyring().read("test-account") == "x" * 1200
    keyring.delete("test-account")
    keyring.delete("test-account")
    assert Keyring().read("test-account") is None


def test_the_trial_leaves_nothing_behind() -> None:
    Keyring().probe()
    assert Keyring().read(".trial") is None


def test_an_account_is_added_renewed_and_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = ["--home", str(tmp_path / "home")]

    def told(*arguments: str, piped: str = "") -> str:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(piped.encode())))
        assert run([*home, *arguments]) == 0
        shown = capsys.readouterr()
        return shown.out + shown.err

    texts = [told("account", "add", "trial", "--url", URL, "--token-file", "-", piped=f"{TOKEN}\n")]
    (row,) = json.loads(told("--json", "account", "list"))
    assert (row["name"], row["url"], row["secret_source"]) == ("trial", URL, "keyring")
    accounts = (tmp_path / "home" / "config" / "accounts.json").read_text()
    backend = json.loads(accounts)["accounts"]["trial"]["keyring_backend"]
    assert backend.startswith("keyring.backends.")
    assert token_of("trial", backend) == TOKEN
    texts.append(told("account", "token", "trial", "--token-file", "-", piped="tok-renewed-22"))
    assert token_of("trial", backend) == "tok-renewed-22"
    texts.append(told("account", "remove", "trial"))
    assert Keyring(backend).read("trial") is None
    with pytest.raises(Unauthorized, match="no token"):
        token_of("trial", backend)
    everything = "".join(texts) + accounts
    assert TOKEN not in everything
    assert "tok-renewed-22" not in everything


def token_of(account: str, backend: str) -> str:
    return Token(Source(account, URL, keyring=backend), Redactor(), environ={})()
