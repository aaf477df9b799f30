"""Messages: conversations with what waits laid over them."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from freelancer_tui.domain.intents import OutboxEntry, SendMessage
from freelancer_tui.errors import NotAllowed, NotFound
from freelancer_tui.services import files
from freelancer_tui.services.messages import client_message_id
from freelancer_tui.workspace import Workspace
from tests.services.desk import ME, NOON, a_message, a_thread, force, lay


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
