"""Attachments from the shell: listed, saved where one says, and nothing is overwritten or runs."""

import os
import stat
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from freelancer_tui import workspace
from freelancer_tui.domain.attachments import Attachment
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.text import one_line
from freelancer_tui.store.cache import facts
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.sync.marketplace import Take
from tests.cli.shell import Shell
from tests.factories import a_message, a_page, a_person, a_thread
from tests.hostile import NAMES, UNSAFE, faults, tree
from tests.sandbox.server import Sandbox

FILE = {"message_remote_id", "from", "mine", "sent_at", "name", "size", "type", "path", "checksum"}


def test_files_are_listed_and_saved_and_what_is_here_needs_no_line(
    synced: Shell, sandbox: Sandbox, tmp_path: Path
) -> None:
    thread = synced.ok("messages", "threads")[0]["remote_id"]
    (tmp_path / "offer one.pdf").write_bytes(b"%PDF the offer")
    (tmp_path / "run.sh").write_text("#!/bin/sh\nexit 1\n")
    sending = ("messages", "send", thread, "--attach", tmp_path / "offer one.pdf")
    queued = synced.ok(*sending, "--attach", tmp_path / "run.sh")
    assert queued == synced.ok("messages", "show", thread)[-1]
    assert synced.ok("sync")["pushed"] == 1
    listed = synced.ok("messages", "files", thread)
    assert [one["name"] for one in listed] == ["offer one.pdf", "run.sh"]
    assert set(listed[0]) >= FILE
    assert listed[0]["path"] is None
    message = listed[0]["message_remote_id"]

    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "run.sh").write_text("mine")
    saved = synced.ok("messages", "download", message, "--to", folder)
    assert [Path(one["path"]).name for one in saved] == ["offer one.pdf", "run-2.sh"]
    assert (folder / "run.sh").read_text() == "mine"
    assert (folder / "offer one.pdf").read_bytes() == b"%PDF the offer"
    assert saved[0]["checksum"] == sha256(b"%PDF the offer").hexdigest()
    if os.name == "posix":
        assert not any(one.stat().st_mode & stat.S_IXUSR for one in folder.iterdir())
    listed = synced.ok("messages", "files", thread)
    assert [one["path"] for one in listed] == [one["path"] for one in saved]

    one = ("messages", "download", message, "--file", "offer one.pdf")
    first = synced.ok(*one)
    assert Path(first[0]["path"]).parent == Path.home() / "Downloads"
    sandbox.faults.add("expired_token", times=None)
    assert synced.ok(*one) == first
    told = synced(*one, "--again", "--json")
    assert (told.code, told.error["code"]) == (4, "unauthorized")
    assert synced(*one, "--to", tmp_path / "else", "--json").code == 4
    assert synced("messages", "download", message, "--file", "none", "--json").code == 6
    assert synced("messages", "download", 2**40, "--json").error["hint"]


class Market:
    """A marketplace that gives one letter for every file."""

    async def download(self, message: int, key: str, take: Take, stop: Callable[[], bool]) -> None:
        take(0, b"x", 1)

    async def close(self) -> None:
        pass


def test_hostile_names_in_the_shell_and_on_the_disk(shell: Shell, tmp_path: Path) -> None:
    shell.patch.setattr(workspace, "freelancer_marketplace", lambda *_: Market())
    shell.sign_in("http://127.0.0.1:9", "none")
    assert shell.ok("messages", "threads") == []
    files = tuple(Attachment(one_line(name), 1, key="k") for name in NAMES)
    with closing(CacheDatabase(shell.folder())) as cache, cache.transaction() as connection:
        facts.store(connection, Feed("threads"), a_page(a_person(), a_thread(30)))
        facts.store(connection, Feed("messages", "30"), a_page(a_message(attachments=files)))
    assert [one["name"] for one in shell.ok("messages", "files", 30)] == [one.name for one in files]
    folder = tmp_path / "world" / "in" / "here"
    folder.mkdir(parents=True)
    before = tree(tmp_path / "world")
    saved = shell.ok("messages", "download", 300, "--to", folder)
    after = tree(tmp_path / "world")
    assert {path for path in after if not path.startswith(f"in{os.sep}here{os.sep}")} == set(before)
    found = sorted(one.name for one in folder.iterdir())
    assert sorted(Path(one["path"]).name for one in saved) == found
    assert len(found) == len(NAMES)
    assert not [name for name in found if faults(name)]
    for words in (("files", 30), ("show", 30), ("download", 300, "--to", folder)):
        told = shell("messages", *words)
        assert (told.code, told.err) == (0, "")
        assert not UNSAFE.search(told.out)
