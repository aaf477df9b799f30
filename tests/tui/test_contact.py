"""Contact: the card of a client: the money between us, what one can go to, and the note."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.money import Money
from freelancer_tui.tui.widgets.sync_bar import SyncStatus
from freelancer_tui.tui.widgets.thread_view import ThreadView
from tests.factories import CLIENT, NOW, a_message, a_thread, usd
from tests.tui.desk import Desk, at
from tests.tui.scenes import dealt


def test_money_is_summed_by_currency_and_in_the_own_one(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    dealt(desk)
    card = desk.contacts.card(desk.contacts.of_thread(30))
    assert card.person.name == "Sari Lestari"
    [purse] = card.purses
    assert (purse.won, purse.held, purse.released) == (usd("500"), usd("200"), usd("300"))
    assert purse.billed == purse.open == usd("0")  # a draft is no money yet
    assert card.in_own([purse.held]) == Money(Decimal(3_200_000), "IDR")
    assert card.dealings[0].project.title == "Roastery page"
    assert desk.contacts.of_job(8) == CLIENT
    desk.close()


async def test_one_goes_from_a_conversation_to_the_card_and_on(tmp_path: Path) -> None:
    async with at(tmp_path, "messages", dealt) as user:
        await user.press("enter", "f6")
        assert user.host.wished[-1] == ("contact", "messages:30")
    async with at(tmp_path, "contact", lambda _desk: None, (80, 40)) as user:
        await user.host.section.open("messages:30")
        await user.settle()
        assert user.sees("Sari Lestari")
        assert user.sees("USD 500 won · USD 200 held · USD 300 released")
        assert user.sees("at the rates of")
        await user.press("enter")
        assert user.host.wished[-1] == ("messages", 30)
        await user.press("j", "enter")
        assert user.host.wished[-1] == ("jobs", 7)
        await user.press("G", "enter")
        section, document = user.host.wished[-1]
        assert section == "invoice"
        assert isinstance(document, str)
        await user.press("n")
        await user.type("Pays fast")
        await user.save()
        assert user.desk.contacts.card(CLIENT).note == "Pays fast"
        await user.press("escape")
        assert user.sees("Pays fast")
        await user.press("escape")
        assert user.host.wished[-1] == ("messages", None)  # nothing is opened, and so read, by that


async def test_a_conversation_is_starred_muted_and_put_away_until_somebody_writes(
    tmp_path: Path,
) -> None:
    async with at(tmp_path, "messages", dealt) as user:
        await user.press("s", "m", "x")
        assert user.told().startswith("u undoes · Put away until somebody writes: Sari")
        assert not user.sees("Good morning.")
        assert user.sees("No conversation here")
        await user.press("left_square_bracket")
        assert user.sees("put away")
        await user.press("right_square_bracket")
        view = user.desk.messages.thread(30)
        assert view.mark.starred
        assert view.is_archived
        assert not view.calls
        await user.press("u", "u")
        assert user.sees("Good morning.")
        view = user.desk.messages.thread(30)
        assert view.mark.starred
        assert view.calls
        await user.press("x")
        assert user.desk.messages.thread(30).is_archived
        later = NOW + timedelta(minutes=1)
        user.desk.keep(Feed("threads"), a_thread(30, project_remote_id=7, updated_at=later))
        assert not user.desk.messages.thread(30).is_archived


def test_what_came_is_told_once_and_the_muted_never(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    dealt(desk)
    kept = desk.messages.threads_kept
    assert kept.news() == []  # what was here before is no news
    for minute, thread in enumerate((30, 31), 1):
        at_ = NOW + timedelta(minutes=minute)
        desk.keep(Feed("threads"), a_thread(thread, unread=1, updated_at=at_, last_from_id=CLIENT))
    kept.turn(31, "muted")
    assert [one.thread.remote_id for one in kept.news()] == [30]
    assert desk.messages.threads_kept.news() == []
    desk.close()


async def test_one_steps_through_what_was_said_in_a_conversation(tmp_path: Path) -> None:
    def long(desk: Desk) -> None:
        dealt(desk)
        texts = ("The draft is late." if n in (3, 150, 190) else f"Line {n}." for n in range(200))
        said = (a_message(301 + n, text=text) for n, text in enumerate(texts))
        desk.keep(Feed("messages", "30"), *said)

    async with at(tmp_path, "messages", long, (80, 24)) as user:
        user.host.section.status = SyncStatus("online", NOW)
        await user.press("enter", "slash")
        assert user.sees("looks every 5 s")
        await user.type("draft\n")
        assert "1 of 3" in user.told()
        assert user.host.section.query_one(ThreadView).cursor_key == "491"
        await user.press("n", "n")
        assert "3 of 3" in user.told()
        assert user.host.section.query_one(ThreadView).cursor_key == "304"
        await user.press("n", "N")
        assert user.host.section.query_one(ThreadView).cursor_key == "304"
        await user.press("slash")
        await user.type("nowhere\n")
        assert user.told() == "Nobody said this here: nowhere"
        await user.press("escape")
        assert user.sees("looks every 10 s")
