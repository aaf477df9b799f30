"""The line to the marketplace: cut, refusing, busy, and a program killed in the middle of it."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.cli.shell import LETTER, Shell, first, ready_line, started
from tests.sandbox.server import Sandbox

HOLD = (
    "import sys; from pathlib import Path; from freelancer_tui.store.lock import SyncLock;"
    "lock = SyncLock(Path(sys.argv[1])); assert lock.acquire();"
    "print('held', flush=True); sys.stdin.read()"
)
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals are sent the Unix way")


def submitted(shell: Shell) -> dict[str, Any]:
    """A proposal in the queue."""
    jobs = shell.ok("jobs", "search", "--limit", 1000)
    taken = {row["project_remote_id"] for row in shell.ok("proposals", "list")}
    job = first(
        jobs,
        lambda row: (
            row["budget"]["currency"] == "IDR"
            and row["type"] == "fixed"
            and row["status"] == "open"
            and row["remote_id"] not in taken
        ),
    )
    draft = shell.draft(job["remote_id"], job["budget"]["maximum"])
    queued: dict[str, Any] = shell.ok("proposals", "submit", draft["id"])
    assert queued["state"] == "queued"
    return queued


def bids_on(sandbox: Sandbox, project_id: int, text: str = LETTER) -> int:
    return sandbox.market.database.number(
        "SELECT count(*) FROM bids WHERE project_id = ? AND description = ?", (project_id, text)
    )


def messages_of(sandbox: Sandbox, beginning: str) -> Counter[str]:
    rows = sandbox.market.database.all(
        "SELECT text FROM messages WHERE text LIKE ? || '%'", (beginning,)
    )
    return Counter(row["text"] for row in rows)


def test_a_bid_from_draft_to_placed(synced: Shell, sandbox: Sandbox) -> None:
    queued = submitted(synced)
    assert bids_on(sandbox, queued["project_remote_id"]) == 0
    told = synced.ok("sync")
    assert (told["pushed"], told["waiting"], told["refused"]) == (1, 0, 0)
    placed = first(
        synced.ok("proposals", "list", "--state", "placed"), lambda row: row["id"] == queued["id"]
    )
    assert placed["amount"] == queued["amount"]
    assert isinstance(placed["remote_id"], int)
    assert bids_on(sandbox, queued["project_remote_id"]) == 1
    assert synced.ok("sync")["pushed"] == 0
    assert synced.ok("outbox", "list") == []


def test_a_refused_bid_is_a_draft_again_once_edited(synced: Shell, sandbox: Sandbox) -> None:
    queued = submitted(synced)
    job = sandbox.market.projects.get(queued["project_remote_id"])
    sandbox.market.postings.close(job["owner_id"], job["id"])
    refused = synced("sync", "--json")
    assert refused.code == 5
    assert (refused.document["pushed"], refused.document["refused"]) == (0, 1)
    assert '"code": "refused"' in refused.err
    assert "PROJECT_NOT_ACTIVE" in refused.err
    (entry,) = synced.ok("outbox", "list")
    assert entry["state"] == "refused"
    assert entry["reason"]
    shown = synced.ok("proposals", "show", queued["id"])
    assert (shown["state"], shown["text"]) == ("refused", LETTER)
    assert shown["reason"]
    assert synced("sync").code == 0  # told once
    edited = synced.ok("proposals", "edit", queued["id"], "--days", 7)
    assert (edited["state"], edited["text"], edited["days"]) == ("draft", LETTER, 7)
    assert synced.ok("outbox", "list") == []


def test_a_server_that_goes_and_comes_back(shell: Shell, tmp_path: Path) -> None:
    serve = ("sandbox", "--no-clients", "--projects", 300, "--data", tmp_path / "market.db")
    with started(*serve) as process:
        ready = ready_line(process)
        shell.sign_in(ready["url"], ready["users"][0]["token"])
        shell.ok("sync")
    queued = submitted(shell)
    for _ in range(2):
        told = shell("sync", "--json")
        assert (told.code, told.error["code"]) == (3, "offline")
        assert "stays queued" in told.error["hint"]
        assert shell.ok("proposals", "show", queued["id"]) == queued
        assert [one["state"] for one in shell.ok("outbox", "list")] == ["queued"]
    assert shell("account", "check").code == 3
    with started(*serve, "--port", ready["url"].rpartition(":")[2]) as process:
        ready_line(process)
        assert shell.ok("sync")["pushed"] == 1
        assert shell.ok("sync")["pushed"] == 0
        assert shell.ok("proposals", "show", queued["id"])["state"] == "placed"
    with sqlite3.connect(tmp_path / "market.db") as market:
        texts = market.execute("SELECT count(*) FROM bids WHERE description = ?", (LETTER,))
        assert texts.fetchone() == (1,)
    market.close()


def test_a_wrong_token(signed_in: Shell, sandbox: Sandbox) -> None:
    signed_in.sign_in(sandbox.url, "not-the-token")
    for words in (("sync",), ("account", "check")):
        told = signed_in(*words, "--json")
        assert (told.code, told.error["code"]) == (4, "unauthorized")
        assert "not-the-token" not in told.err
    assert "FREELANCER_TUI_TOKEN" in signed_in("sync").err


def test_another_program_that_syncs(synced: Shell) -> None:
    lock = str(synced.folder() / "sync.lock")
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, lock], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        told = synced("sync", "--json")
        assert (told.code, told.error["code"]) == (7, "store")
        assert told.error["hint"]
        queued = submitted(synced)  # all else goes on
        assert synced.ok("proposals", "show", queued["id"])["state"] == "queued"
    assert synced.ok("sync")["pushed"] == 1


def test_a_message_with_files(synced: Shell, sandbox: Sandbox, tmp_path: Path) -> None:
    thread = synced.ok("messages", "threads")[0]["remote_id"]
    files = [tmp_path / "sketch one.txt", tmp_path / "gambar é.png"]
    for file in files:
        file.write_bytes(b"data of " + file.name.encode())
    sending = ("messages", "send", thread, "--text-file", "-", "--attach", files[0])
    sent = synced.ok(*sending, "--attach", files[1], text="Ini gambarnya")
    assert sent["attachments"] == [file.name for file in files]
    for file in files:
        file.unlink()  # what was queued is a copy
    assert synced.ok("sync")["pushed"] == 1
    last = synced.ok("messages", "show", thread)[-1]
    assert (last["text"], last["state"]) == ("Ini gambarnya", "sent")
    assert last["attachments"] == sent["attachments"]
    user_id = sandbox.market.tokens.sign_ins()[0].user_id
    for file in files:
        kept = sandbox.market.messages.file(user_id, last["remote_id"], file.name)
        assert kept.content == b"data of " + file.name.encode()


@POSIX
def test_a_sync_killed_in_the_middle(synced: Shell, sandbox: Sandbox) -> None:
    thread = synced.ok("messages", "threads")[0]["remote_id"]
    texts = [f"Pesan nomor {number}" for number in range(3)]
    for text in texts:
        synced.ok("messages", "send", thread, "--text-file", "-", text=text)
    queued = submitted(synced)
    with started("sync") as process:
        sandbox.faults.add("delay", method="POST", path="*/messages", times=1, seconds=0)
        sandbox.faults.add("slow_body", method="POST", path="*/messages", times=1, seconds=20)
        _wait(lambda: "slow_body" in sandbox.faults.hits)
        _wait(lambda: messages_of(sandbox, "Pesan nomor")[texts[1]] == 1)
        process.send_signal(signal.SIGKILL)
        assert process.wait(10) == -signal.SIGKILL
    left = synced.ok("outbox", "list")
    assert len(left) >= 2
    states = {row["text"]: row["state"] for row in synced.ok("messages", "show", thread)}
    assert states[texts[0]] == "sent"
    assert all(states[text] in ("queued", "doubtful") for text in texts[1:])
    sandbox.faults.clear()
    told = synced.ok("sync")
    assert (told["waiting"], told["doubtful"]) == (0, 0)
    assert messages_of(sandbox, "Pesan nomor") == Counter(texts)
    assert bids_on(sandbox, queued["project_remote_id"]) == 1
    shown = [row["text"] for row in synced.ok("messages", "show", thread)]
    assert [text for text in shown if text in texts] == texts
    assert synced.ok("outbox", "list") == []


@POSIX
def test_a_first_sync_killed_in_the_middle(signed_in: Shell, sandbox: Sandbox) -> None:
    sandbox.faults.add("delay", path="*/messages", times=1, seconds=20)
    with started("sync") as process:
        _wait(lambda: "delay" in sandbox.faults.hits)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    sandbox.faults.clear()
    jobs = signed_in.ok("jobs", "search", "--limit", 1000)
    assert signed_in.ok("sync")["pulled"]["messages"] > 0
    assert {row["remote_id"] for row in signed_in.ok("jobs", "search", "--limit", 1000)} >= {
        row["remote_id"] for row in jobs
    }
    for file in ("work.db", "cache.db"):
        with sqlite3.connect(signed_in.folder() / file) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        database.close()


@POSIX
def test_ctrl_c_leaves_the_store_whole(synced: Shell, sandbox: Sandbox) -> None:
    thread = synced.ok("messages", "threads")[0]["remote_id"]
    synced.ok("messages", "send", thread, "--text-file", "-", text="Sekali saja")
    sandbox.faults.add("delay", method="POST", path="*/messages", times=1, seconds=0.5)
    with started("sync") as process:
        _wait(lambda: "delay" in sandbox.faults.hits)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()
    synced.ok("sync")
    assert messages_of(sandbox, "Sekali saja") == Counter(["Sekali saja"])


def _wait(happened: Any) -> None:
    until = time.monotonic() + 15
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.01)
