"""Talks: finding what was said, reading any stretch of it, and whose turn it is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from freelancer_tui.domain.excerpts import excerpt, sought
from freelancer_tui.domain.facts import Page
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.inbox import PILES, Wish, sort_out
from freelancer_tui.domain.messages import Message
from freelancer_tui.services.talks import MOST_AT_ONCE, PAGE
from freelancer_tui.store.cache import facts, threads
from freelancer_tui.store.work import outbox
from freelancer_tui.workspace import Workspace
from tests.services.desk import CLIENT, ME, NOON, a_bid, a_message, a_project, a_thread, lay


def say(workspace: Workspace, *said: Message) -> None:
    """Store messages as one page."""
    with workspace.cache.transaction() as connection:
        facts.store(connection, Feed("messages", "40"), Page(said, None, False, NOON))


def found(workspace: Workspace, typed: str) -> list[int | None]:
    return [hit.said.remote_id for hit in workspace.messages.talks.search(typed)]


def test_words_in_quotation_marks_stand_together(workspace: Workspace) -> None:
    say(workspace, a_message(900, text="The first draft, by Friday"))
    say(workspace, *(a_message(901 + n, text=f"draft {n} comes first") for n in range(120)))
    assert found(workspace, '"first draft"') == [900]
    assert found(workspace, '"FIRST   draft" friday') == [900]
    assert len(found(workspace, '"first draft')) == 50  # still open: both words anywhere
    talks = workspace.messages.talks
    assert talks.found_in(40, '"first draft"') == (900,)
    assert len(talks.found_in(40, "draft")) == 121
    assert talks.found_in(41, "draft") == ()
    assert talks.found_in(40, "  ") == ()


def test_every_word_is_looked_for_and_the_last_one_may_go_on(workspace: Workspace) -> None:
    say(
        workspace,
        a_message(901, text="The first DRAFT is here"),
        a_message(902, text="A draftsman for the café", from_id=ME.remote_id),
        a_message(903, text="私は東京に住んでいます"),
    )
    assert found(workspace, "draft") == [902, 901]
    assert found(workspace, "draft ") == [901]
    assert found(workspace, "cafe draft") == [902]
    assert found(workspace, "東京") == [903]
    assert found(workspace, "東") == [903]
    assert found(workspace, "d") == found(workspace, "  ") == found(workspace, '"*') == []
    assert found(workspace, '"d') == [], "a mark of quotation is no letter"


def test_a_hit_tells_who_and_where(workspace: Workspace) -> None:
    [hit] = workspace.messages.talks.search("start")
    assert (hit.said.from_name, hit.said.mine, hit.view.thread.remote_id) == ("Acme Ltd", False, 40)
    assert hit.view.project_title == "Shop backend in Python"


def test_the_index_follows_what_changes(workspace: Workspace) -> None:
    say(workspace, a_message(900, text="Can you begin?"))
    assert found(workspace, "start") == []
    assert found(workspace, "begin") == [900]
    with workspace.cache.transaction() as connection:
        check = "INSERT INTO message_words (message_words, rank) VALUES ('integrity-check', 1)"
        connection.execute(check)


def test_hits_of_a_thread_that_is_not_here_and_page_by_page(workspace: Workspace) -> None:
    say(workspace, *(a_message(950 + n, thread_remote_id=77, text="lost words") for n in range(5)))
    talks = workspace.messages.talks
    first = talks.search("lost", limit=3)
    assert [hit.said.remote_id for hit in first] == [954, 953, 952]
    assert [hit.said.remote_id for hit in talks.search("lost", before=952)] == [951, 950]
    assert first[0].view.thread.remote_id == 77


def test_any_stretch_of_a_long_conversation(workspace: Workspace) -> None:
    minute = timedelta(minutes=1)
    say(workspace, *(a_message(1000 + n, sent_at=NOON + n * minute) for n in range(1000)))
    talks = workspace.messages.talks
    end = talks.stretch(40)
    assert (len(end.said), end.older, end.newer) == (PAGE, 1001 - PAGE, 0)
    assert end.said[-1].id == "1999"
    middle = talks.stretch(40, talks.away(40, 1500, -10), talks.away(40, 1500, 10))
    assert [middle.said[0].id, middle.said[-1].id] == ["1490", "1510"]
    assert (middle.older, middle.newer) == (491, 489)
    assert talks.away(40, 1000, -10) == 900
    assert talks.away(40, 1999, 10) == 1999
    assert len(talks.stretch(40, 0).said) == MOST_AT_ONCE
    assert talks.first_since(40, NOON + 500 * minute) == 1500
    assert talks.first_since(40, NOON + timedelta(days=9)) is None


def test_replies_on_their_way_stand_only_at_the_end(workspace: Workspace) -> None:
    say(workspace, *(a_message(1000 + n) for n in range(9)))
    workspace.messages.send(40, "Mine")
    assert workspace.messages.talks.stretch(40).said[-1].text == "Mine"
    assert workspace.messages.talks.stretch(40, 1000, 1004).said[-1].id == "1004"


def test_whose_turn_it_is_and_since_when(workspace: Workspace) -> None:
    hour = timedelta(hours=1)

    def turn() -> tuple[str, object]:
        view = workspace.messages.thread(40)
        return view.turn, view.since

    assert turn() == ("mine", NOON)
    say(workspace, a_message(901, sent_at=NOON + hour))
    assert turn() == ("mine", NOON)
    workspace.messages.send(40, "On its way")
    assert turn() == ("", None)
    mine = a_message(902, from_id=ME.remote_id, sent_at=NOON + 2 * hour)
    say(workspace, mine, a_message(903, from_id=ME.remote_id, sent_at=NOON + 3 * hour))
    [entry] = workspace.outbox.entries()
    workspace.outbox.discard(entry.id)
    assert turn() == ("theirs", NOON + 2 * hour)
    view = workspace.messages.thread(40)
    assert (view.project_status, view.zone) == ("open", "")
    assert not view.is_due(NOON + timedelta(days=9))


def test_a_reply_is_due_after_a_day_while_there_is_work(workspace: Workspace) -> None:
    view = workspace.messages.thread(40)
    assert (view.turn, view.since) == ("mine", NOON)
    day = NOON + timedelta(days=1)
    assert not view.is_due(day - timedelta(minutes=1))
    assert view.is_due(day)
    assert not replace(view, project_status="complete").is_due(day)
    lay(workspace, a_project(status="in_progress"), a_bid())
    assert workspace.messages.thread(40).is_lost
    assert not workspace.messages.thread(40).is_due(day)
    lay(workspace, a_bid(award_status="awarded"))
    assert workspace.messages.thread(40).is_due(day)


def test_of_a_thread_without_messages_the_last_words_tell(workspace: Workspace) -> None:
    lay(workspace, a_thread(41, last_from_id=CLIENT.remote_id), a_thread(42, unread=0))
    assert workspace.messages.thread(41).turn == "mine"
    assert workspace.messages.thread(42).turn == ""
    views = workspace.messages.threads()
    all_of_them = sort_out(views, Wish())
    assert [view.thread.remote_id for view in all_of_them.views] == [41, 40, 42]
    assert [all_of_them.counts[pile] for pile in PILES] == [3, 2, 2, 0, 0, 0, 0]
    unread = sort_out(views, Wish("unread", people=("Acme Ltd",), project_id=100))
    assert [view.thread.remote_id for view in unread.views] == [41, 40]
    assert sort_out(views, Wish(project_id=1)).views == ()


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("We need a draft by Friday.", "draft fri", "We need a [draft] by [Fri]day."),
        ("Drafting is a draft", "draft ", "Drafting is a [draft]"),
        ("Das Café\n\nam  Platz", "cafe", "Das [Café] am Platz"),
        ("私は東京に", "東京", "私は[東京]に"),
        ("A draft, first: a first draft!", '"first DRAFT"', "A draft, first: a [first draft]!"),
        ("no such thing", "word", "no such thing"),
        ("x" * 60 + " draft", "draft", "… [draft]"),
        ("one two three four five six seven", "seven", "… three four five six [seven]"),
        ("a" * 300, "b", "a" * 50),
    ],
)
def test_the_words_are_marked_in_what_is_shown(text: str, typed: str, shown: str) -> None:
    parts = excerpt(text, sought(typed), 50)
    assert "".join(f"[{part}]" if marked else part for part, marked in parts) == shown


def test_whoever_writes_alone_for_long_is_not_read_to_the_beginning(workspace: Workspace) -> None:
    def steps() -> int:
        counted: list[int] = []
        with workspace.cache.read() as connection:
            connection.set_progress_handler(lambda: counted.append(1), 1)
            turns = threads.turns(connection, [40])
            connection.set_progress_handler(None, 1)
        assert turns == {40: (False, NOON + timedelta(seconds=last - 199))}
        return len(counted)

    def alone(number: int) -> Message:
        return a_message(1_000 + number, sent_at=NOON + timedelta(seconds=number))

    last = 300
    say(workspace, *map(alone, range(last + 1)))
    few = steps()
    last = 3_000
    say(workspace, *map(alone, range(last + 1)))
    assert steps() <= few


def test_a_reply_that_needs_the_user_does_not_count_as_on_its_way(workspace: Workspace) -> None:
    workspace.messages.send(40, "See you on my own site.")
    [entry] = workspace.outbox.entries()
    with workspace.work.transaction() as session:
        assert outbox.replace(session, "queued", replace(entry, state="refused"))
    view = workspace.messages.thread(40)
    assert (view.waiting, view.stuck, view.turn) == (0, 1, "mine")
