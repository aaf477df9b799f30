"""Messages: conversations with what waits laid over them."""

import errno
import os
import re
import shutil
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from freelancer_tui.domain.attachments import Upload
from freelancer_tui.domain.intents import OutboxEntry, SendMessage
from freelancer_tui.errors import NotAllowed, NotFound
from freelancer_tui.services import files
from freelancer_tui.services.messages import client_message_id
from freelancer_tui.workspace import Workspace
from tests.services.desk import ME, NOON, a_message, a_thread, desk, force, lay, lay_world


def texts(workspace: Workspace) -> list[str]:
    return [f"{line.state}: {line.text}" for line in workspace.messages.conversation(40)]


def entry_of(workspace: Workspace, entry_id: str) -> tuple[OutboxEntry, SendMessage]:
    entry = workspace.outbox.show(entry_id)
    assert isinstance(entry.intent, SendMessage)
    return entry, entry.intent


def test_a_thread_is_shown_with_names(workspace: Workspace) -> None:
    (view,) = workspace.messages.threads()
    assert view.with_names == ("Acme Ltd",)
    assert view.project_title == "Shop backend in Python"
    assert (view.thread.unread, view.waiting, view.draft) == (2, 0, "")
    assert workspace.messages.of_project(100) == 40
    assert workspace.messages.of_project(101) is None


def test_reading_lasts_until_something_new_comes(workspace: Workspace) -> None:
    workspace.messages.mark_read(40)
    assert workspace.messages.thread(40).thread.unread == 0
    lay(workspace, a_thread(updated_at=NOON + timedelta(minutes=1), unread=3))
    assert workspace.messages.thread(40).thread.unread == 3


def test_a_reply_waits_at_the_end(workspace: Workspace) -> None:
    workspace.messages.keep_draft(40, "Yes")
    line = workspace.messages.send(40, "Yes, on Monday. ")
    assert (line.mine, line.state, line.remote_id) == (True, "queued", None)
    assert texts(workspace) == ["sent: Can you start?", "queued: Yes, on Monday."]
    assert workspace.messages.draft(40) == ""
    assert workspace.messages.thread(40).waiting == 1
    assert workspace.messages.conversation(40)[1].from_name == "Made Wirawan"


def test_a_sent_reply_is_shown_once(workspace: Workspace) -> None:
    entry, _ = entry_of(workspace, workspace.messages.send(40, "Yes").id)
    force(workspace, entry, state="sent", remote_id=901)
    assert texts(workspace) == ["sent: Can you start?", "sent: Yes"]
    lay(workspace, a_message(901, from_id=ME.remote_id, text="Yes"))
    assert texts(workspace) == ["sent: Can you start?", "sent: Yes"]
    assert workspace.messages.conversation(40)[1].id == "901"


def test_a_reply_in_doubt_that_came_back_is_shown_once(workspace: Workspace) -> None:
    entry, intent = entry_of(workspace, workspace.messages.send(40, "Yes").id)
    force(workspace, entry, state="doubtful")
    assert workspace.messages.conversation(40)[1].reason == "Looking whether it arrived"
    echo = intent.client_message_id
    lay(workspace, a_message(901, from_id=ME.remote_id, text="Yes", client_message_id=echo))
    assert texts(workspace) == ["sent: Can you start?", "sent: Yes"]


def test_a_refused_reply_tells_why(workspace: Workspace) -> None:
    entry, _ = entry_of(workspace, workspace.messages.send(40, "Yes").id)
    force(workspace, entry, state="refused", reason="The thread is closed")
    assert workspace.messages.conversation(40)[1].reason == "The thread is closed"


def test_client_ids_are_fifteen_digits_and_differ(workspace: Workspace) -> None:
    ids = set()
    for number in range(20):
        _, intent = entry_of(workspace, workspace.messages.send(40, f"No {number}").id)
        assert re.fullmatch(r"\d{15}", intent.client_message_id)
        ids.add(intent.client_message_id)
    assert len(ids) == 20
    assert client_message_id(NOON, "abcd") != client_message_id(NOON, "abce")


@pytest.mark.parametrize(("text", "words"), [(" \n", "Write something"), ("x" * 10001, "10001")])
def test_texts_that_are_not_queued(workspace: Workspace, text: str, words: str) -> None:
    with pytest.raises(NotAllowed, match=words):
        workspace.messages.send(40, text)
    assert workspace.outbox.entries() == []


def test_an_unknown_thread(workspace: Workspace) -> None:
    for ask in (workspace.messages.conversation, workspace.messages.mark_read):
        with pytest.raises(NotFound, match="no thread 41"):
            ask(41)
    with pytest.raises(NotFound):
        workspace.messages.send(41, "Yes")


def test_attachments_are_copied(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for where in (tmp_path / "offer.pdf", tmp_path / "a" / "offer.pdf"):
        where.write_bytes(b"%PDF " + where.parent.name.encode())
    sent = workspace.messages.send(40, "", [tmp_path / "offer.pdf", tmp_path / "a" / "offer.pdf"])
    assert sent.attachments == ("offer.pdf", "offer-2.pdf")
    (tmp_path / "offer.pdf").unlink()
    _, intent = entry_of(workspace, sent.id)
    assert Path(intent.uploads[1].path).read_bytes() == b"%PDF a"
    assert intent.uploads[1].size == 6


def test_copies_go_when_their_message_is_gone(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("b")
    first = workspace.messages.send(40, "1", [tmp_path / "b.txt"])
    workspace.outbox.discard(first.id)
    second = workspace.messages.send(40, "2", [tmp_path / "b.txt"])
    assert [one.name for one in files.folders(workspace.folder / "files")] == [second.id]


def test_files_that_are_not_queued(workspace: Workspace, tmp_path: Path) -> None:
    big = tmp_path / "big"
    with big.open("wb") as file:
        file.truncate(files.MOST_BYTES + 1)
    for path, words in (
        (big, "20 MB"),
        (tmp_path / "none", "no file"),
        (tmp_path, "no file"),
    ):
        with pytest.raises(NotAllowed, match=words):
            workspace.messages.send(40, "see file", [path])
    with pytest.raises(NotAllowed, match="at most"):
        workspace.messages.send(40, "see files", [big] * 11)
    assert workspace.outbox.entries() == []
    assert not (workspace.folder / "files").exists()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("offer.pdf", "offer.pdf"),
        (".hidden", "_hidden"),
        ("a\x1b[31mb.txt", "ab.txt"),
        ('q"u:o*t.e?', "q_u_o_t.e_"),
        ("报价 单.pdf", "报价 单.pdf"),
        ("...", "_"),
        ("con.txt", "_con.txt"),
        ("LPT1", "_LPT1"),
        ("contract.pdf", "contract.pdf"),
        ("a/../b", "a_.._b"),
        ("\u202egpj.exe", "gpj.exe"),
        ("ends. . ", "ends"),
    ],
)
def test_safe_names(name: str, safe: str) -> None:
    assert files.safe_name(name) == safe


@pytest.mark.parametrize("name", ["x" * 300 + ".tar.gz", "报" * 90 + ".gz", "é" * 150 + ".gz"])
def test_long_names_keep_their_ending(name: str) -> None:
    safe = files.safe_name(name)
    assert safe.endswith(".gz")
    assert 100 < len(safe.encode()) <= 180


def test_each_thread_has_its_own_draft(workspace: Workspace) -> None:
    lay(workspace, a_thread(41, updated_at=NOON + timedelta(minutes=1)))
    workspace.messages.keep_draft(40, "To the first\x1b[31m")
    workspace.messages.keep_draft(41, "To the second")
    workspace.messages.send(41, "Something else")
    assert (workspace.messages.draft(40), workspace.messages.draft(41)) == ("To the first", "")
    views = {view.thread.remote_id: view for view in workspace.messages.threads()}
    assert {key: (view.draft, view.waiting) for key, view in views.items()} == {
        40: ("To the first", 0),
        41: ("", 1),
    }
    workspace.messages.keep_draft(40, "")
    assert workspace.messages.thread(40).draft == ""


def test_reading_one_thread_leaves_the_others_unread(workspace: Workspace) -> None:
    lay(workspace, a_thread(41))
    workspace.messages.mark_read(40)
    unread = {view.thread.remote_id: view.thread.unread for view in workspace.messages.threads()}
    assert unread == {40: 0, 41: 2}


def test_the_latest_thread_comes_first_and_the_list_is_bounded(workspace: Workspace) -> None:
    lay(
        workspace, *(a_thread(41 + n, updated_at=NOON + timedelta(minutes=n + 1)) for n in range(3))
    )
    shown = [view.thread.remote_id for view in workspace.messages.threads()]
    assert shown == [43, 42, 41, 40]
    assert len(workspace.messages.threads(limit=2)) == 2


def test_a_long_conversation_shows_its_end(workspace: Workspace) -> None:
    said = [a_message(1000 + n, text=str(n), sent_at=NOON + timedelta(seconds=n)) for n in range(9)]
    lay(workspace, *said)
    shown = workspace.messages.conversation(40, limit=3)
    assert [line.text for line in shown] == ["6", "7", "8"]


def test_a_sent_message_further_up_than_shown_is_not_shown_again(workspace: Workspace) -> None:
    entry, _ = entry_of(workspace, workspace.messages.send(40, "Mine").id)
    force(workspace, entry, state="sent", remote_id=901)
    lay(workspace, a_message(901, from_id=ME.remote_id, text="Mine"))
    lay(workspace, *(a_message(950 + n, sent_at=NOON + timedelta(minutes=n)) for n in range(5)))
    assert "Mine" not in [line.text for line in workspace.messages.conversation(40, limit=3)]
    assert [line.text for line in workspace.messages.conversation(40)].count("Mine") == 1


def test_the_same_words_said_twice_are_two_lines(workspace: Workspace) -> None:
    for remote_id in (901, 902):
        entry, _ = entry_of(workspace, workspace.messages.send(40, "Hello?").id)
        force(workspace, entry, state="sent", remote_id=remote_id)
    lay(workspace, a_message(901, from_id=ME.remote_id, text="Hello?"))
    assert texts(workspace).count("sent: Hello?") == 2


def test_a_message_without_a_known_sender_is_shown_by_number(workspace: Workspace) -> None:
    lay(workspace, a_message(905, from_id=12345))
    assert workspace.messages.conversation(40)[-1].from_name == "12345"


def test_a_source_may_change_after_it_was_attached(workspace: Workspace, tmp_path: Path) -> None:
    source = tmp_path / "offer.txt"
    source.write_text("as it was")
    sent = workspace.messages.send(40, "see file", [source])
    source.write_text("changed")
    _, intent = entry_of(workspace, sent.id)
    (upload,) = intent.uploads
    assert Path(upload.path).read_text() == "as it was"
    assert Path(upload.path).is_relative_to(workspace.folder / "files")
    assert (upload.name, upload.size) == ("offer.txt", 9)


def test_names_that_differ_only_in_case_do_not_meet(workspace: Workspace, tmp_path: Path) -> None:
    sources = [tmp_path / "a" / "Logo.PNG", tmp_path / "b" / "logo.png"]
    for source in sources:
        source.parent.mkdir()
        source.write_text(source.parent.name)
    sent = workspace.messages.send(40, "", sources)
    assert sent.attachments == ("Logo.PNG", "logo-2.png")


def test_a_file_of_just_20_mb_is_queued(workspace: Workspace, tmp_path: Path) -> None:
    big = tmp_path / "big.bin"
    with big.open("wb") as file:
        file.truncate(files.MOST_BYTES)
    _, intent = entry_of(workspace, workspace.messages.send(40, "", [big]).id)
    assert intent.uploads[0].size == 20_000_000


def test_one_bad_file_queues_none(workspace: Workspace, tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text("good")
    workspace.messages.keep_draft(40, "see files")
    with pytest.raises(NotAllowed):
        workspace.messages.send(40, "see files", [good, tmp_path / "none"])
    assert workspace.messages.draft(40) == "see files"
    assert list(files.folders(workspace.folder / "files")) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_no_file(workspace: Workspace, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotAllowed, match="no file"):
        workspace.messages.send(40, "", [tmp_path / "pipe"])


def test_a_full_disk_queues_nothing(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Path, target: Path) -> None:
        target.write_text("half")
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "a.txt").write_text("a")
    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(NotAllowed, match="No space left"):
        workspace.messages.send(40, "", [tmp_path / "a.txt"])
    assert list(files.folders(workspace.folder / "files")) == []
    assert workspace.outbox.entries() == []


def test_copies_of_what_waits_stay_and_others_go(workspace: Workspace, tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("a")
    waiting = workspace.messages.send(40, "1", [source])
    refused = workspace.messages.send(40, "2", [source])
    sent = workspace.messages.send(40, "3", [source])
    force(workspace, workspace.outbox.show(refused.id), state="refused")
    force(workspace, workspace.outbox.show(sent.id), state="sent", remote_id=903)
    (workspace.folder / "files" / "left-by-a-crash").mkdir()
    last = workspace.messages.send(40, "4", [source])
    kept = {one.name for one in files.folders(workspace.folder / "files")}
    assert kept == {waiting.id, refused.id, last.id}


def test_client_ids_differ_even_in_one_moment(tmp_path: Path) -> None:
    with desk(tmp_path, clock=lambda: NOON) as workspace:
        lay_world(workspace)
        sent = [workspace.messages.send(40, str(number)).id for number in range(60)]
        ids = [entry_of(workspace, one)[1].client_message_id for one in sent]
    assert len(set(ids)) == 60
    assert all(re.fullmatch(r"\d{15}", one) for one in ids)


def test_a_sweep_leaves_what_another_program_is_copying(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "a.txt"
    source.write_text("a")
    inner: list[str] = []

    def copy_and_be_overtaken(sources: Sequence[Path], folder: Path) -> tuple[Upload, ...]:
        uploads = copied(sources, folder)
        if not inner:
            inner.append("")
            inner[0] = workspace.messages.send(40, "quick", [source]).id
        return uploads

    copied = files.copy
    monkeypatch.setattr(files, "copy", copy_and_be_overtaken)
    slow = workspace.messages.send(40, "slow", [source])
    for sent in (slow.id, inner[0]):
        _, intent = entry_of(workspace, sent)
        assert Path(intent.uploads[0].path).read_text() == "a"


def test_copies_abandoned_long_ago_go(workspace: Workspace, tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("a")
    root = workspace.folder / "files"
    for name, age_hours in (("old.new", 30), ("young.new", 1)):
        (root / name).mkdir(parents=True)
        then = time.time() - age_hours * 3600
        os.utime(root / name, (then, then))
    workspace.messages.send(40, "", [source])
    assert not (root / "old.new").exists()
    assert (root / "young.new").exists()
