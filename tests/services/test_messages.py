"""Messages: conversations with what waits laid over them."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from freelancer_tui.domain.intents import OutboxEntry, SendMessage
from freelancer_tui.errors import NotAllowed, NotFound
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


def test_client_ids_differ_even_in_one_moment(tmp_path: Path) -> None:
    with desk(tmp_path, clock=lambda: NOON) as workspace:
        lay_world(workspace)
        sent = [workspace.messages.send(40, str(number)).id for number in range(60)]
        ids = [entry_of(workspace, one)[1].client_message_id for one in sent]
    assert len(set(ids)) == 60
    assert all(re.fullmatch(r"\d{15}", one) for one in ids)
