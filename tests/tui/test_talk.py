"""Talk: searching all messages, long conversations, filters, quotation, and what is taken back."""

from datetime import timedelta
from pathlib import Path

import pytest

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.services.talks import PAGE
from freelancer_tui.tui.screens import hearing as screens
from freelancer_tui.tui.screens.links import Suspend
from freelancer_tui.tui.screens.messages import MessagesScreen
from freelancer_tui.tui.widgets.search_field import SearchField
from tests.factories import CLIENT, ME, NOW, a_message, a_person, a_project, a_thread
from tests.tui.desk import Desk, User, at
from tests.tui.scenes import talk


def long(desk: Desk) -> None:
    """Let a client in Lisbon have said a thousand things, an hour apart."""
    person = a_person(display_name="Sari", timezone="Europe/Lisbon")
    desk.keep(Feed("threads"), person, a_thread(30))
    start = NOW - timedelta(hours=1000)
    more = [
        a_message(1000 + number, text=f"Line {number}.", sent_at=start + timedelta(hours=number))
        for number in range(1000)
    ]
    more[100] = a_message(1100, text="The needle, here.", sent_at=more[100].sent_at)
    more[101] = a_message(
        1101, text="See https://a.example/x and www.b.example.", sent_at=more[101].sent_at
    )
    desk.keep(Feed("messages", "30"), *more)


def several(desk: Desk) -> None:
    """Let three clients have written; the user answered one of them."""
    desk.keep(Feed("projects"), a_project(2, title="A logo"))
    for number, name in ((CLIENT, "Sari"), (901, "Budi"), (902, "Acme")):
        desk.keep(Feed("threads"), a_person(number, display_name=name))
        thread = 30 + number % 900 if number != CLIENT else 30
        who = ME if number == 901 else number
        desk.keep(
            Feed("threads"),
            a_thread(
                thread,
                member_ids=(ME, number),
                unread=number == 902,
                project_remote_id=2 if number == 902 else 1,
                updated_at=NOW - timedelta(hours=number % 900),
            ),
        )
        said = a_message(300 + thread, thread_remote_id=thread, from_id=who)
        desk.keep(Feed("messages", str(thread)), said)


def screen(user: User) -> MessagesScreen:
    section = user.host.section
    assert isinstance(section, MessagesScreen)
    return section


async def search(user: User, words: str) -> None:
    await user.press("slash")
    user.host.section.query_one(SearchField).value = words
    await user.pilot.pause(0.05)
    await user.settle()


async def test_a_search_leads_to_the_message_and_back(tmp_path: Path) -> None:
    async with at(tmp_path, "messages", long, (80, 24)) as user:
        await search(user, "needle")
        assert user.sees("The needle, here.")
        assert user.sees("Build a web shop")
        await user.press("enter", "enter")
        assert screen(user).has_class("-open")
        assert screen(user).talk.said.cursor_key == "1100"
        assert user.sees("Line 99.")
        await user.press("escape")
        assert user.sees("The needle, here.")
        assert not user.sees("Line 99.")
        await user.press("escape")
        assert not screen(user).inbox.is_finding
        assert user.sees("Sari")


async def test_words_that_nobody_said(tmp_path: Path) -> None:
    async with at(tmp_path, "messages", long) as user:
        await search(user, "haystack")
        assert user.sees("Nobody said this")


async def test_a_long_conversation_is_read_in_parts(tmp_path: Path) -> None:
    async with at(tmp_path, "messages", long) as user:
        await user.press("enter")
        said = screen(user).talk.said
        assert len(said._stretch.said) == PAGE
        for _page in range(6):
            said.move_to(said.stack.first())
            await user.press("k")
        assert len(said._stretch.said) == 300
        assert said._stretch.newer > 0
        where = said.cursor_key
        desk = user.desk
        desk.keep(Feed("messages", "30"), a_message(5000, text="New", sent_at=NOW))
        await user.syncs()
        await screen(user).show()
        assert said.cursor_key == where
        assert said.below == 1
        await user.press("g")
        assert user.sees("Line 0.")
        await user.press("G")
        assert user.sees("New")
        assert said.below == 0


async def test_a_day_is_gone_to_and_links_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    async def take(url: str, _suspend: Suspend) -> bool:
        opened.append(url)
        return len(opened) < 2

    monkeypatch.setattr(screens, "open_link", take)
    async with at(tmp_path, "messages", long) as user:
        await user.press("enter", "d")
        await user.type("2026-10-17x")
        await user.press("enter")
        assert screen(user).talk.day.has_class("-unread")
        assert user.told().startswith("2026-10-17x: no day.")
        user.host.app_focus = False  # somebody looks at another window, and comes back
        await user.settle()
        user.host.app_focus = True
        await user.settle()
        assert screen(user).talk.day.value == "2026-10-17x"
        await user.press("backspace", "backspace", "8", "enter")
        assert user.sees("─ Sun 18 Oct 2026 ─")
        said = screen(user).talk.said
        said.move_to("1101")
        await user.press("b", "right_square_bracket", "b")
        assert opened == ["https://a.example/x", "https://www.b.example"]
        assert user.told() == "There is no browser here; the address is copied."


async def test_both_clocks_are_shown(tmp_path: Path) -> None:
    async with at(tmp_path, "messages", long) as user:
        assert user.sees("you 17:30 · there 09:30")
        assert user.sees("16:30 · 08:30 there")
        user.desk.now = NOW + timedelta(hours=14)
        screen(user).reload()
        await user.settle()
        assert user.sees("you 07:30 · there 23:30, night")


async def test_filters_by_whose_turn_it_is_and_with_whom(tmp_path: Path) -> None:
    async with at(tmp_path, "messages", several) as user:
        assert user.sees(" All 3   Unread 1   On you 2")
        assert screen(user).inbox.threads.stack.first() == "32"
        assert user.sees("on you, ")
        await user.press("right_square_bracket", "right_square_bracket")
        assert not user.sees("Budi")
        assert not user.sees("‹")
        await user.press("right_square_bracket")
        assert user.sees("Budi")
        assert user.sees("on them, ")
        assert user.sees("‹ Unread 1   On you 2   On them 1")
        await user.press("escape", "w")
        assert user.sees("Budi 1")
        assert not user.sees("Acme")
        await user.press("escape")
        assert user.sees("Acme")


async def test_a_message_is_quoted_and_a_waiting_one_taken_back(tmp_path: Path) -> None:
    async with at(tmp_path, "messages", talk) as user:
        await user.press("enter")
        said, writing = screen(user).talk.said, screen(user).talk.composer.writing
        said.move_to("305")
        await user.press("greater_than_sign")
        assert writing.text == "> Could you show me a first draft on Friday?\n\n"
        writing.put("")
        await user.press("escape")
        said.move_to("m1")
        await user.press("e")
        assert writing.text == "Friday is fine. You get the address of a test page at noon."
        assert writing.has_focus
        assert [entry.id for entry in user.desk.outbox.entries()] == ["m2"]
        assert user.told() == "Taken back: nothing was sent."


async def test_templates_lead_to_the_reply(tmp_path: Path) -> None:
    async with at(tmp_path, "messages", talk) as user:
        await user.press("enter", "f2")
        assert user.host.wished == [("templates", "reply:30")]
        messages = user.desk.messages
        messages.keep_draft(30, "Before.")
        messages.put_in(30, " After.", None)
        assert messages.draft(30) == "Before. After."
