"""Odd situations: two homes of one user, numbers that are no ids, damage, and what is told."""

from pathlib import Path

import pytest

from tests.cli.shell import LETTER, Shell
from tests.sandbox.server import Sandbox


def open_job(shell: Shell) -> int:
    jobs = shell.ok("jobs", "search", "--limit", 100)
    bids = {one["project_remote_id"] for one in shell.ok("proposals", "list")}
    fitting = [
        job["remote_id"]
        for job in jobs
        if job["status"] == "open"
        and job["type"] == "fixed"
        and job["budget"]["currency"] == "USD"
        and job["budget"]["minimum"] == "250.00"
        and job["remote_id"] not in bids
    ]
    return int(fitting[0])


def test_a_bid_placed_from_another_home_is_shown_as_it_stands_there(
    synced: Shell,
    sandbox: Sandbox,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    job = open_job(synced)
    first = synced.draft(job, "300")
    synced.ok("proposals", "submit", first["id"])

    monkeypatch.setenv("FREELANCER_TUI_HOME", str(tmp_path / "other"))
    other = Shell(tmp_path / "other", capsys, monkeypatch)
    other.ok("sync")
    own = "Quite other words than before. " + LETTER
    words = ("--amount", "400", "--days", 9, "--text-file", "-")
    second = other.ok("proposals", "draft", job, *words, text=own)
    other.ok("proposals", "submit", second["id"])

    monkeypatch.setenv("FREELANCER_TUI_HOME", str(synced.home))
    assert synced.ok("sync")["pushed"] == 1

    monkeypatch.setenv("FREELANCER_TUI_HOME", str(other.home))
    ran = other("sync", "--json")
    assert ran.code == 0
    assert "Another bid of yours was already placed there." in ran.err
    shown = other.ok("proposals", "show", second["id"])
    assert (shown["state"], shown["days"], shown["text"]) == ("placed", 5, LETTER)
    assert shown["amount"] == {"amount": "300.00", "currency": "USD"}
    assert (shown["own_text"], shown["reason_code"]) == (own, "placed_elsewhere")
    assert shown["conflict"] == "placed_elsewhere"


@pytest.mark.parametrize(
    "words",
    [
        ("jobs", "show"),
        ("messages", "show"),
        ("proposals", "draft", "--amount", "5", "--days", "5"),
    ],
)
def test_a_number_that_can_be_no_id_is_wrong_use(shell: Shell, words: tuple[str, ...]) -> None:
    ran = shell(*words, "9" * 30, "--json")
    assert ran.code == 2
    assert ran.error["code"] == "usage"


def test_shared_options_stand_anywhere(synced: Shell) -> None:
    for words in (
        ("--json", "jobs", "search", "--limit", 1),
        ("jobs", "--json", "search", "--limit", 1),
        ("jobs", "search", "--limit", 1, "--json"),
    ):
        ran = synced(*words)
        assert ran.code == 0
        assert len(ran.document) == 1


def test_every_failure_says_what_to_do_next(synced: Shell, tmp_path: Path) -> None:
    thread = synced.ok("messages", "threads")[0]["remote_id"]
    attach = ("messages", "send", thread, "--attach", tmp_path / "none")
    assert synced(*attach, "--json").error["hint"]
    synced.patch.setenv("FREELANCER_TUI_TOKEN", "wrong-token-entirely")
    assert synced("account", "check", "--json").error["hint"]
    synced.patch.setenv("FREELANCER_TUI_URL", "http://127.0.0.1:9")
    assert synced("account", "check", "--json").error["hint"]


def test_an_empty_cache_after_damage_is_explained(synced: Shell) -> None:
    for file in synced.folder().glob("cache.db*"):
        file.write_bytes(b"rubbish" * 1000)
    ran = synced("jobs", "search")
    assert ran.code == 0
    assert ran.err.strip()
