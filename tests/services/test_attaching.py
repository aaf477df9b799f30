"""Attaching: files that go with a message are copied at once, and kept as long as they wait."""

import errno
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from freelancer_tui.domain.attachments import Transfer, Upload
from freelancer_tui.domain.intents import SendMessage
from freelancer_tui.errors import NotAllowed, NotFound, Stopped
from freelancer_tui.services import files
from freelancer_tui.store.copies import Copies
from freelancer_tui.workspace import Workspace
from tests.services.desk import force


def uploads_of(workspace: Workspace, entry_id: str) -> tuple[Upload, ...]:
    intent = workspace.outbox.show(entry_id).intent
    assert isinstance(intent, SendMessage)
    return intent.uploads


def a_file(folder: Path, name: str = "a.txt", content: str = "a") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(content)
    return folder / name


def copies_in(workspace: Workspace) -> set[str]:
    folder = workspace.folder / "files"
    return {one.read_text() for one in folder.iterdir()} if folder.exists() else set()


def test_what_is_attached_is_copied_and_waits_with_the_draft(
    workspace: Workspace, tmp_path: Path
) -> None:
    source = a_file(tmp_path, "offer.txt", "as it was")
    told: list[Transfer] = []
    (upload,) = workspace.messages.attach(40, source, told.append)
    source.unlink()
    assert (upload.name, upload.size, upload.content_type) == ("offer.txt", 9, "text/plain")
    assert told[-1] == Transfer(9, 9)
    assert Path(upload.path).parent == workspace.folder / "files"
    assert Path(upload.path).name == upload.checksum
    assert Path(upload.path).read_text() == "as it was"
    sent = workspace.messages.send(40, "see file")
    assert uploads_of(workspace, sent.id) == (upload,)
    assert workspace.messages.files(40) == ()


def test_files_of_one_name_get_two_and_one_file_goes_once(
    workspace: Workspace, tmp_path: Path
) -> None:
    first = a_file(tmp_path / "a", "Logo.PNG", "a")
    workspace.messages.attach(40, first)
    workspace.messages.attach(40, first)
    sent = workspace.messages.send(40, "", [a_file(tmp_path / "b", "logo.png", "b"), first])
    assert [one.name for one in uploads_of(workspace, sent.id)] == ["Logo.PNG", "logo-2.png"]
    assert [Path(one.path).read_text() for one in uploads_of(workspace, sent.id)] == ["a", "b"]


@pytest.mark.parametrize("verb", ["edit", "discard"])
def test_what_is_taken_back_comes_back_with_its_files(
    workspace: Workspace, tmp_path: Path, verb: str
) -> None:
    sent = workspace.messages.send(40, "first", [a_file(tmp_path)])
    workspace.messages.attach(40, a_file(tmp_path / "b", "a.txt", "b"))
    take_back: Callable[[str], Any] = getattr(workspace.outbox, verb)
    take_back(sent.id)
    assert [(one.name, Path(one.path).read_text()) for one in workspace.messages.files(40)] == [
        ("a.txt", "a"),
        ("a-2.txt", "b"),
    ]
    again = workspace.messages.send(40, workspace.messages.draft(40))
    assert len(uploads_of(workspace, again.id)) == 2


def test_copies_go_when_nothing_refers_to_them(workspace: Workspace, tmp_path: Path) -> None:
    ways = {}
    for name in ("waits", "refused", "sent", "attached", "taken off"):
        source = a_file(tmp_path, f"{name}.txt", name)
        if name in ("attached", "taken off"):
            workspace.messages.attach(40, source)
        else:
            ways[name] = workspace.messages.send(40, name, [source]).id
    force(workspace, workspace.outbox.show(ways["refused"]), state="refused")
    force(workspace, workspace.outbox.show(ways["sent"]), state="sent", remote_id=903)
    workspace.messages.detach(40, workspace.messages.files(40)[1])
    assert copies_in(workspace) == {"waits", "refused", "attached"}


def test_a_copy_in_the_way_of_an_older_version_stays_while_it_waits(
    workspace: Workspace, tmp_path: Path
) -> None:
    old = workspace.folder / "files" / "e1"
    old.mkdir(parents=True)
    (old / "plan.pdf").write_text("old")
    sent = workspace.messages.send(40, "old", [])
    entry = workspace.outbox.show(sent.id)
    intent = SendMessage(40, "old", "1", (Upload("plan.pdf", str(old / "plan.pdf"), 3),))
    force(workspace, entry, intent=intent)
    workspace.messages.send(40, "new", [a_file(tmp_path)])
    assert (old / "plan.pdf").read_text() == "old"
    workspace.outbox.discard(sent.id)
    workspace.messages.detach(40, workspace.messages.files(40)[0])
    assert not old.exists()


def test_files_that_are_not_queued(workspace: Workspace, tmp_path: Path) -> None:
    big = tmp_path / "big"
    with big.open("wb") as file:
        file.truncate(files.MOST_BYTES + 1)
    for path, words in ((big, "20 MB"), (tmp_path / "none", "no file"), (tmp_path, "a folder")):
        workspace.messages.keep_draft(40, "see files")
        with pytest.raises(NotAllowed, match=words):
            workspace.messages.send(40, "see files", [a_file(tmp_path), path])
        with pytest.raises(NotAllowed, match=words):
            workspace.messages.attach(40, path)
    with pytest.raises(NotAllowed, match="at most"):
        workspace.messages.send(40, "see files", [big] * 11)
    with pytest.raises(NotFound):
        workspace.messages.attach(41, a_file(tmp_path))
    assert (workspace.messages.draft(40), workspace.messages.files(40)) == ("see files", ())
    assert workspace.outbox.entries() == []
    assert copies_in(workspace) == set()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_no_file(workspace: Workspace, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotAllowed, match="no file"):
        workspace.messages.send(40, "", [tmp_path / "pipe"])


def test_a_full_disk_or_a_stop_leaves_nothing(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(Stopped):
        workspace.messages.attach(40, a_file(tmp_path), stop=lambda: True)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotAllowed, match="No space left"):
        workspace.messages.send(40, "", [a_file(tmp_path)])
    assert copies_in(workspace) == set()
    assert workspace.outbox.entries() == []


def test_a_copy_that_is_gone_is_told_before_anything_is_queued(
    workspace: Workspace, tmp_path: Path
) -> None:
    (upload,) = workspace.messages.attach(40, a_file(tmp_path))
    Path(upload.path).unlink()
    with pytest.raises(NotAllowed, match="is gone"):
        workspace.messages.send(40, "see file")
    assert workspace.messages.files(40) == (upload,)


def test_a_sweep_leaves_what_another_program_is_copying(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = a_file(tmp_path)
    inner: list[str] = []

    def copy_and_be_overtaken(*args: Any) -> Upload:
        upload = take(*args)
        if not inner:
            inner.append("")
            inner[0] = workspace.messages.send(40, "quick", [source]).id
        return upload

    take = files.copied
    monkeypatch.setattr(files, "copied", copy_and_be_overtaken)
    slow = workspace.messages.send(40, "slow", [source])
    for sent in (slow.id, inner[0]):
        assert Path(uploads_of(workspace, sent)[0].path).read_text() == "a"


def test_copies_abandoned_long_ago_go(tmp_path: Path) -> None:
    for name, age_hours in (("old.new", 30), ("young.new", 1)):
        a_file(tmp_path, name)
        then = time.time() - age_hours * 3600
        os.utime(tmp_path / name, (then, then))
    Copies(tmp_path).sweep(set())
    assert [one.name for one in tmp_path.iterdir()] == ["young.new"]


def test_a_message_from_the_shell_leaves_the_draft_and_its_files_alone(
    workspace: Workspace, tmp_path: Path
) -> None:
    kept = workspace.messages.attach(40, a_file(tmp_path, "draft.txt"))
    workspace.messages.keep_draft(40, "Half a sen")
    sent = workspace.messages.send(40, "", [a_file(tmp_path, "b.txt")], uses_draft=False)
    assert [one.name for one in uploads_of(workspace, sent.id)] == ["b.txt"]
    assert (workspace.messages.draft(40), workspace.messages.files(40)) == ("Half a sen", kept)
    assert workspace.messages.thread(40).has_files
