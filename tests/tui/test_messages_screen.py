"""Messages: what somebody does among conversations and in one."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.errors import StoreError
from freelancer_tui.sync.events import Moved, Pulled
from freelancer_tui.tui.screens.messages import MessagesScreen
from freelancer_tui.tui.widgets.thread_view import ThreadView
from freelancer_tui.tui.widgets.writing import Writing
from tests.factories import CLIENT, ME, NOW, a_message, a_person, a_thread
from tests.tui.desk import Desk, User, at
from tests.tui.scenes import talk


def short(desk: Desk) -> None:
    """Let one client have said two things."""
    desk.keep(Feed("threads"), a_person(display_name="Sari"), a_thread(30, unread=1))
    said = [a_message(300, text="Good morning."), a_message(301, text="Are you there?")]
    desk.keep(Feed("messages", "30"), *said)


def long(desk: Desk) -> None:
    """Let a client have said more than fits."""
    desk.keep(Feed("threads"), a_person(display_name="Sari"), a_thread(30))
    more = (a_message(300 + number, text=f"Line {number}.") for number in range(60))
    desk.keep(Feed("messages", "30"), *more)


def screen(user: User) -> MessagesScreen:
    section = user.host.section
    assert isinstance(section, MessagesScreen)
    return section


async def says(user: User, remote_id: int, text: str) -> None:
    """Let the client say something, and the sync bring it."""
    user.desk.keep(Feed("messages", "30"), a_message(remote_id, text=text))
    await user.syncs(Pulled(Feed("messages", "30"), 1, 1, None))


async def test_the_list_tells_who_about_what_and_what_waits(tmp_path: Path) -> None:
    async with at(tmp_path, "messages", talk, (80, 24)) as user:
        assert user.sees("● Sari Lestari  Landing page for a coffee roastery in Toraja")
        assert user.sees("↑ 1 waiting 2 new")
        assert user.sees("✎ draft")
        assert user.sees("山田 花子")


async def test_looking_at_a_conversation_does_not_mark_it_read_but_opening_does(
    tmp_path: Path,
) -> None:
    async with at(tmp_path, "messages", short) as user:
        assert user.sees("Are you there?")
        assert user.desk.messages.thread(30).thread.unread == 1
        await user.press("enter")
        assert user.desk.messages.thread(30).thread.unread == 0
        assert user.sees("─ new ─")
        assert user.host.read == 1


async def test_a_reply_is_queued_at_once_and_says_how_far_it_is(tmp_path: Path) -> None:
    async with at(tmp_path, "messages", short) as user:
        await user.press("enter", "c")
        await user.type("Yes\nI am")
        await user.press("ctrl+s")
        assert user.sees("You  17:30  ↑ Waiting to be sent")
        assert user.sees("┃ Yes")
        assert user.sees("┃ I am")
        assert user.host.queued == 1
        assert screen(user).talk.composer.writing.text == ""
        [entry] = user.desk.outbox.entries()
        sent = replace(entry, state="sent", remote_id=302)
        user.desk.move(entry, sent)
        user.desk.keep(
            Feed("messages", "30"), a_message(302, from_id=ME, text="Yes\nI am", sent_at=NOW)
        )
        await user.syncs(Moved(sent))
        assert user.sees("✓ Sent")
        assert not user.sees("Waiting to be sent")


async def test_each_conversation_keeps_its_own_draft(tmp_path: Path) -> None:
    async with at(tmp_path, "messages", talk) as user:
        await user.press("enter", "c")
        await user.type("For Sari")
        await user.press("escape", "escape", "j", "enter", "c")
        writing = screen(user).talk.composer.writing
        assert writing.text == "Glad to hear it. Shall I"
        await user.press("escape", "escape", "k", "enter", "c")
        assert writing.text == "For Sari"
        assert user.desk.messages.draft(30) == "For Sari"


async def test_the_draft_is_there_after_the_program_ended(tmp_path: Path) -> None:
    async with at(tmp_path, "messages", short) as user:
        await user.press("c")
        await user.type("Half a sen")
        await user.save()
        assert user.reads("#reply-saved") == "saved 17:30"
    async with at(tmp_path, "messages", lambda desk: None) as user:
        await user.press("c")
        assert screen(user).talk.composer.writing.text == "Half a sen"


async def test_who_reads_the_end_sees_what_comes(tmp_path: Path) -> None:
    async with at(tmp_path, "messages", long) as user:
        await user.press("enter")
        assert user.sees("Line 59.")
        await says(user, 400, "One more.")
        assert user.sees("One more.")
        assert not user.sees("new message below")


async def test_who_reads_above_stays_there_and_is_told(tmp_path: Path) -> None:
    async with at(tmp_path, "messages", long) as user:
        await user.press("enter", "g")
        seen = [f"Line {number}." for number in range(9)]
        await says(user, 400, "One more.")
        await says(user, 401, "And another.")
        assert all(user.sees(line) for line in seen)
        assert user.sees("↓ 2 new messages below")
        await user.press("G")
        assert user.sees("And another.")
        assert not user.sees("new messages below")


async def test_a_refused_message_says_why_and_leads_to_the_outbox(tmp_path: Path) -> None:
    async with at(tmp_path, "messages", talk) as user:
        await user.press("enter")
        assert user.sees("✗ Refused")
        assert user.sees("Messages with links to other sites are not allowed.")
        await user.press("enter")
        assert user.host.wished == [("outbox", "m2")]


async def test_a_long_message_unfolds(tmp_path: Path) -> None:
    async with at(tmp_path, "messages", talk) as user:
        await user.press("enter", "k", "k", "k", "k", "k")
        assert user.sees("more lines, space unfolds")
        await user.press("space")
        assert not user.sees("more lines, space unfolds")


async def test_on_a_narrow_screen_list_and_conversation_take_turns(tmp_path: Path) -> None:
    async with at(tmp_path, "messages", short, (80, 24)) as user:
        assert not user.sees("Good morning.")
        await user.press("enter")
        assert user.sees("Good morning.")
        assert isinstance(user.host.focused, ThreadView)
        await user.press("enter")
        assert isinstance(user.host.focused, Writing)
        await user.press("escape", "escape")
        assert not user.sees("Good morning.")


async def test_what_could_not_be_sent_is_back_in_the_composer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at(tmp_path, "messages", short) as user:

        def fail(*_values: object) -> None:
            raise StoreError("The disk is full.")

        await user.press("c")
        await user.type("Precious")
        monkeypatch.setattr(screen(user).messages, "send", fail)
        await user.press("ctrl+s")
        assert screen(user).talk.composer.writing.text == "Precious"
        assert user.told() == "The disk is full."
        await user.save()
        assert user.desk.messages.draft(30) == "Precious"


async def test_hostile_words_are_only_words(tmp_path: Path) -> None:
    def hostile(desk: Desk) -> None:
        desk.keep(Feed("threads"), a_person(display_name="[red]Eve[/]"), a_thread(30))
        text = "[@click=app.quit]press[/] \\[b] $primary {name} %s\tA" + "\u0301" * 40
        desk.keep(Feed("messages", "30"), a_message(300, text=text))

    async with at(tmp_path, "messages", hostile) as user:
        assert user.sees("[red]Eve[/]")
        assert user.sees("[@click=app.quit]press[/] \\[b] $primary {name} %s")


async def test_without_conversations_the_screen_says_what_will_be_here(tmp_path: Path) -> None:
    async with at(tmp_path, "messages", lambda desk: None) as user:
        assert user.sees("No conversations yet")
        assert user.sees("Press r to look for new ones.")
        await screen(user).open(77)
        await user.settle()
        assert "This conversation is not here yet." in user.told()


async def test_an_older_day_has_a_line(tmp_path: Path) -> None:
    def days(desk: Desk) -> None:
        desk.keep(Feed("threads"), a_person(CLIENT), a_thread(30))
        old = a_message(300, sent_at=NOW - timedelta(days=1))
        desk.keep(Feed("messages", "30"), old, a_message(301))

    async with at(tmp_path, "messages", days) as user:
        assert user.sees("─ Mon 23 Nov 2026 ─")
        assert user.sees("─ Tue 24 Nov 2026 ─")


async def test_a_text_taken_out_of_the_outbox_is_back_in_the_open_reply(tmp_path: Path) -> None:
    async with at(tmp_path, "messages", short) as user:
        await user.press("c")
        await user.type("On my way")
        await user.press("ctrl+s")
        [entry] = user.desk.outbox.entries()
        user.desk.outbox.discard(entry.id)
        await user.syncs(Moved(entry))
        assert screen(user).talk.composer.writing.text == "On my way"


async def test_what_is_typed_while_the_sync_runs_is_left_alone(tmp_path: Path) -> None:
    async with at(tmp_path, "messages", short) as user:
        await user.press("c")
        for number in range(5):
            await user.pilot.press("a", "b")
            await says(user, 400 + number, "Hello?")
        assert screen(user).talk.composer.writing.text == "ab" * 5


async def test_a_monstrous_message_is_shown_by_its_beginning(tmp_path: Path) -> None:
    def monstrous(desk: Desk) -> None:
        desk.keep(Feed("threads"), a_person(), a_thread(30))
        desk.keep(Feed("messages", "30"), a_message(300, text="monster " * 20_000))

    async with at(tmp_path, "messages", monstrous) as user:
        assert user.sees("… much more, space unfolds")
        await user.press("enter", "space")
        assert user.sees("monster monster")
        assert not user.sees("much more")
