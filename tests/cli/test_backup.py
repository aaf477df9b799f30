"""Backup, restore and damage: copies taken and put back, and what is told when files fail."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from freelancer_tui.store.work.migrations import MIGRATIONS
from tests.cli.shell import Ran, Shell
from tests.cli.test_odd import open_job

PARTS = ("", "-wal", "-shm")
PAGE = 4096


def queued(shell: Shell) -> tuple[int, str]:
    """Queue a proposal; give the job and the sheet's id."""
    job = open_job(shell)
    sheet = shell.draft(job, "300")
    shell.ok("proposals", "submit", sheet["id"])
    return job, sheet["id"]


def spoil(shell: Shell, content: bytes = b"rubbish" * 3000) -> None:
    """Damage the user's own file."""
    for part in PARTS[1:]:
        (shell.folder() / f"work.db{part}").unlink(missing_ok=True)
    (shell.folder() / "work.db").write_bytes(content)


def finding(shell: Shell, check: str) -> dict[str, object]:
    return next(one for one in shell.ok("doctor") if one["check"] == check)


def drafts(shell: Shell) -> list[str]:
    return [one["id"] for one in shell.ok("proposals", "list", "--state", "draft")]


def test_a_backup_comes_back_and_what_was_unsent_in_it_is_never_sent_twice(
    synced: Shell, tmp_path: Path
) -> None:
    _job, sheet = queued(synced)
    thread = synced.ok("messages", "threads")[0]["remote_id"]
    synced.ok("messages", "send", thread, "--text-file", "-", text="Only once, please.")
    file = tmp_path / "copies" / "mine.db"
    told = synced.ok("backup", file)
    assert told == {
        "file": str(file),
        "bytes": file.stat().st_size,
        "proposals": 1,
        "outbox": 2,
        "files": 0,
    }
    assert synced.ok("sync")["pushed"] == 2
    later = synced.draft(open_job(synced), "310")["id"]

    back = synced.ok("restore", file)
    assert (back["proposals"], back["asks"]) == (1, 2)
    assert Path(back["kept"], "work.db").exists()
    entries = synced.ok("outbox", "list")
    assert [(one["state"], one["asks"]) for one in entries] == [("doubtful", True)] * 2
    assert {one["reason_code"] for one in entries} == {"maybe_sent"}
    assert synced.ok("sync")["pushed"] == 0
    said = synced.ok("messages", "show", thread)
    there = [one for one in said if one["text"] == "Only once, please." and one["remote_id"]]
    assert len(there) == 1
    assert synced.ok("outbox", "arrived", entries[0]["id"])["state"] == "sent"
    assert synced("proposals", "show", later).code == 6

    missing = synced.ok("restore", Path(back["kept"], "work.db"), "--missing")
    assert missing["added"] >= 1
    assert synced.ok("proposals", "show", later)["state"] == "draft"
    assert synced.ok("proposals", "show", sheet)["state"] == "placed"


def test_a_backup_says_that_attached_files_are_not_in_it(synced: Shell, tmp_path: Path) -> None:
    thread = synced.ok("messages", "threads")[0]["remote_id"]
    plan, file = tmp_path / "plan.pdf", tmp_path / "mine.db"
    plan.write_bytes(b"%PDF the plan")
    synced.ok("messages", "send", thread, "--attach", plan)
    assert "1 attached file is not in it" in synced("backup", file).out
    assert synced.ok("restore", file)["files_lost"] == 0  # the copy lies where it lay
    [copy] = (synced.folder() / "files").iterdir()
    copy.unlink()
    assert "1 attached file is not here any more" in synced("restore", file).out
    [entry] = synced.ok("outbox", "list")
    assert (entry["state"], entry["asks"]) == ("doubtful", True)
    assert synced("outbox", "retry", entry["id"]).code == 0
    assert synced("sync", "--json").document["refused"] == 1
    [entry] = synced.ok("outbox", "list")
    assert "attach it again" in entry["reason"]


def test_what_is_no_backup_changes_nothing(synced: Shell, tmp_path: Path) -> None:
    synced.draft(open_job(synced), "300")
    newer, foreign, text, cut = (tmp_path / name for name in ("newer", "foreign", "text", "cut"))
    synced.ok("backup", newer)
    shutil.copy(newer, cut)
    os.truncate(cut, cut.stat().st_size // 2)
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    text.write_text("Dear client, " * 100)
    for file, code in ((newer, 7), (cut, 7), (foreign, 2), (text, 2), (tmp_path / "none", 2)):
        ran = synced("restore", file, "--json")
        assert ran.code == code, file
        assert ran.error["hint"], file
    assert synced("restore").code == 2
    assert synced("backup", text, "--json").error["hint"]
    assert text.read_text().startswith("Dear")
    assert synced("backup", tmp_path).code == 2
    assert len(drafts(synced)) == 1
    copy = tmp_path / "again.db"
    synced.ok("backup", copy)
    assert synced.ok("backup", copy)["proposals"] == 1  # a backup may be written over


def test_a_damaged_file_is_told_once_and_mended_with_a_backup_offered(synced: Shell) -> None:
    sheet = synced.draft(open_job(synced), "300")["id"]
    folder = synced.folder()
    with closing(sqlite3.connect(folder / "work.db")) as work:  # today's backup, as of now
        [copy] = (folder / "backups").iterdir()
        with closing(sqlite3.connect(copy)) as backup:
            work.backup(backup)
    spoil(synced)
    searched = synced("jobs", "search", "--limit", 1)
    assert searched.code == 0
    assert "marks are missing" in searched.err
    listed = synced("proposals", "list", "--state", "draft", "--json")
    assert (listed.code, listed.out) == (7, "")
    assert "damaged" in listed.error["message"]
    again = synced("proposals", "list", "--state", "draft", "--json")
    assert (again.code, again.document, again.err) == (0, [], "")
    found = finding(synced, "work file")
    assert found["ok"] is False
    assert "work.db.damaged-1" in str(found["detail"])
    assert "restore --missing" in str(found["remedy"])
    assert synced.ok("restore", "--missing")["added"] >= 1
    assert synced.ok("proposals", "show", sheet)["state"] == "draft"
    assert finding(synced, "work file")["ok"] is True
    assert (folder / "work.db.damaged-1" / "work.db").read_bytes().startswith(b"rubbish")


def test_doctor_looks_at_both_files(synced: Shell) -> None:
    assert finding(synced, "work file")["ok"] is True
    assert finding(synced, "cache file")["ok"] is True
    for part in PARTS:
        (synced.folder() / f"cache.db{part}").unlink(missing_ok=True)
    found = finding(synced, "cache file")
    assert found["ok"] is False
    assert "sync" in str(found["remedy"])
    assert synced.ok("sync")["pulled"]["projects"] > 0
    assert finding(synced, "cache file")["ok"] is True


@contextmanager
def mounted(place: Path, *options: str) -> Iterator[None]:
    """Mount a file system for the length of a block; skip the test where that is not allowed."""
    if sys.platform != "linux":
        pytest.skip("mounts as on Linux")
    tried = subprocess.run(["mount", *options, str(place)], capture_output=True, check=False)
    if tried.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)


def readonly(shell: Shell, *words: object) -> Ran:
    """Run a command on a home that may only be read."""
    home = str(shell.home)
    with mounted(shell.home, "--bind", home):
        subprocess.run(["mount", "-o", "remount,ro,bind", home], check=True)
        return shell(*words)


@pytest.mark.parametrize(
    "words", [("jobs", "search"), ("proposals", "list"), ("jobs", "mark", "1", "star"), ()]
)
def test_a_home_that_may_only_be_read_is_told_at_once(
    synced: Shell, words: tuple[str, ...]
) -> None:
    synced.ok("proposals", "list")
    ran = readonly(synced, *words)
    assert ran.code == 7
    assert "may not be written" in ran.err
    assert "--home" in ran.err
    assert len(ran.err.strip().splitlines()) <= 2
    assert "Traceback" not in ran.err


def test_a_file_that_may_only_be_read_is_told_at_once(synced: Shell) -> None:
    synced.ok("proposals", "list")
    file = synced.folder() / "work.db"
    if os.geteuid() == 0:
        place = str(file)
        with mounted(file, "--bind", place):
            subprocess.run(["mount", "-o", "remount,ro,bind", place], check=True)
            ran = synced("proposals", "list")
    else:
        file.chmod(0o400)
        ran = synced("proposals", "list")
        file.chmod(0o600)
    assert ran.code == 7
    assert "work.db may not be written" in ran.err


def test_a_full_disk_is_told_and_the_store_comes_back_with_room(synced: Shell) -> None:
    job = open_job(synced)
    text = "A long letter about the work. " * 3000
    words = ("proposals", "draft", job, "--amount", 300, "--days", 5, "--text-file", "-")
    synced.ok(*words, text=text[:500])
    kept = synced.folder()
    elsewhere = kept.with_name("elsewhere")
    kept.rename(elsewhere)
    kept.mkdir()
    with mounted(kept, "-t", "tmpfs", "-o", "size=8m", "none"):
        shutil.copytree(elsewhere, kept, dirs_exist_ok=True)
        ballast = kept / "ballast"
        with ballast.open("wb", buffering=0) as file, suppress(OSError):
            while file.write(b"x" * PAGE):
                pass
        ran = synced(*words, "--json", text=text)
        assert ran.code == 7
        assert "disk is full" in ran.error["message"]
        assert "Traceback" not in ran.err
        ballast.unlink()
        assert len(synced.ok(*words, text=text)["text"]) == len(text)
        assert finding(synced, "work file")["ok"] is True
