"""Log of the sync from the shell: what `sync` did can be looked up."""

from freelancer_tui.sandbox.faults import Kind
from tests.cli.shell import Shell
from tests.cli.test_shapes import check
from tests.sandbox.server import Sandbox

LINE = {"at": str, "kind": str, "about": str, "text": str}
FAULT: Kind = "drop_before"


def test_what_sync_did_is_in_the_log(synced: Shell, sandbox: Sandbox) -> None:
    thread = synced.ok("messages", "threads")[0]
    synced.ok("messages", "send", thread["remote_id"], "--text-file", "-", text="Halo")
    sandbox.faults.add(FAULT, times=None)
    synced("sync")
    synced("sync")
    sandbox.faults.clear()
    synced.ok("sync")
    rows = synced.ok("outbox", "log")
    for row in rows:
        check(row, LINE)
    kinds = [row["kind"] for row in reversed(rows)]
    assert kinds[0] == "changed"
    assert kinds.count("offline") == kinds.count("online") == kinds.count("sent") == 1
    (sent,) = synced.ok("outbox", "log", thread["with"].split(",")[0], "sent")
    assert thread["with"] in sent["about"]
    assert {row["kind"] for row in synced.ok("outbox", "log", "--trouble")} == {"offline"}
    assert len(synced.ok("outbox", "log", "--limit", 1)) == 1


def test_a_turn_that_fails_is_in_the_log(synced: Shell, sandbox: Sandbox) -> None:
    _first, another, *_rest = sandbox.tokens.values()
    synced.sign_in(sandbox.url, another)
    assert synced("sync").code != 0
    (line,) = synced.ok("outbox", "log", "--trouble")
    assert line["kind"] == "failed"
    assert "user" in line["text"]


def test_an_empty_log_says_so(signed_in: Shell) -> None:
    assert signed_in.ok("outbox", "log") == []
    assert signed_in("outbox", "log").out == "The log has no such line.\n"


def test_a_cache_that_began_anew_is_in_the_log(synced: Shell) -> None:
    (cache,) = synced.home.rglob("cache.db")
    for part in cache.parent.glob("cache.db-*"):
        if part.suffix != ".lock":
            part.unlink()
    cache.write_bytes(b"no database at all " * 400)
    synced("jobs", "search")
    assert synced.ok("outbox", "log")[0]["kind"] == "rebuilt"
