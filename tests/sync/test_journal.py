"""Journal: what the log of the sync says of the events of turns."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from freelancer_tui.domain.feeds import Feed
from freelancer_tui.services.sync_log import SyncLog
from freelancer_tui.store.sync_log import SyncLogFile
from freelancer_tui.sync.events import (
    Elsewhere,
    Event,
    Failed,
    Finished,
    Moved,
    Paused,
    Pulled,
    SignInNeeded,
    Started,
    Unmarked,
    WentOffline,
)
from freelancer_tui.sync.journal import Journal
from tests.factories import NOW, a_reply_intent, an_entry

LATER = NOW + timedelta(minutes=12)
DONE = Finished(NOW, LATER, requests=4)
OFF = WentOffline(NOW, LATER, "The marketplace cannot be reached.")


class Desk:
    """A log, what writes it, and what it says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = SyncLogFile(folder)
        self.journal = self.another()

    def another(self) -> Journal:
        """Give the journal of another program on the same account."""
        return Journal(self.file, lambda: NOW, ZoneInfo("Asia/Makassar"))

    def take(self, *events: Event) -> None:
        for event in events:
            self.journal.take(event)

    @property
    def said(self) -> list[tuple[str, str, str]]:
        """The lines, oldest first."""
        lines = reversed(SyncLog(self.file).lines())
        return [(line.kind, line.about, line.text) for line in lines]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.file.close()


def test_where_each_entry_ended(desk: Desk) -> None:
    reply = a_reply_intent()
    desk.take(
        Started(NOW),
        Moved(an_entry(state="sending", attempts=1)),
        Moved(an_entry(state="sent", attempts=1)),
        Moved(an_entry("e2", intent=reply, about="Sari", state="refused", reason="No links.")),
        DONE,
    )
    assert desk.said == [
        ("sent", "Build a web shop", "Bid"),
        ("refused", "Sari", "Message: No links."),
    ]


def test_of_a_doubt_only_the_first_look_and_the_question(desk: Desk) -> None:
    doubt = an_entry(state="doubtful", attempts=1)
    ask = an_entry(state="doubtful", attempts=1, asks=True, reason="It was not found.")
    desk.take(*map(Moved, (doubt, doubt, doubt, ask, ask)))
    again = an_entry(state="doubtful", attempts=2)
    desk.take(Moved(again), Moved(an_entry(state="sent", attempts=2)))
    assert [kind for kind, _about, _text in desk.said] == ["doubtful", "asked", "doubtful", "sent"]
    assert desk.said[1][2] == "Bid: It was not found."


def test_a_line_a_turn_for_what_is_new_and_none_when_nothing_is(desk: Desk) -> None:
    page = Pulled(Feed("projects"), 40, 100, 200)
    desk.take(Started(NOW), Pulled(Feed("messages", "30"), 1, 1, 1), page, page)
    desk.take(Pulled(Feed("skills"), 9, 9, 9), DONE)
    desk.take(Started(NOW), Pulled(Feed("projects"), 0, 100, 100), DONE)
    assert desk.said == [("changed", "", "New or changed: 80 jobs, 1 message")]


def test_what_came_before_the_line_broke_is_told_as_well(desk: Desk) -> None:
    desk.take(Started(NOW), Pulled(Feed("bids"), 2, 2, 2), OFF)
    assert [kind for kind, _about, _text in desk.said] == ["changed", "offline"]


def test_an_outage_is_told_once_and_so_is_its_end(desk: Desk) -> None:
    desk.take(Started(NOW), OFF, Started(NOW), WentOffline(NOW, LATER, "Other words."))
    desk.journal = desk.another()
    desk.take(Started(NOW), OFF, Started(NOW), DONE, Started(NOW), DONE)
    assert [kind for kind, _about, _text in desk.said] == ["offline", "online"]


def test_a_pause_says_until_when_on_the_users_clock(desk: Desk) -> None:
    desk.take(Started(NOW), Paused(LATER), Finished(NOW, LATER))
    desk.take(Started(NOW), Paused(LATER), Finished(NOW, LATER, requests=2))
    desk.take(Started(NOW), DONE)
    assert desk.said == [
        ("paused", "", "The marketplace asks to wait until 17:42."),
        ("online", "", "The marketplace answers again."),
    ]


def test_a_refused_token_is_told_once(desk: Desk) -> None:
    desk.take(*(Started(NOW), SignInNeeded("The token expired.")) * 3)
    assert desk.said == [("sign_in", "", "The token expired.")]


def test_a_feed_that_fails_again_after_it_worked_is_told_again(desk: Desk) -> None:
    failed = Failed(Feed("projects"), "The answer is no JSON.")
    desk.take(failed, failed, Pulled(Feed("projects"), 0, 1, 1), failed, Elsewhere())
    assert desk.said == [("failed", "jobs", "The answer is no JSON.")] * 2


def test_a_mark_that_is_not_taken_says_that_it_stays(desk: Desk) -> None:
    desk.take(Unmarked("There is no such thread."))
    ((kind, _about, text),) = desk.said
    assert (kind, "stays here only" in text, text[-24:]) == (
        "failed",
        True,
        "There is no such thread.",
    )


def test_a_fault_of_ours_is_told_once_until_a_turn_succeeds(desk: Desk) -> None:
    desk.journal.fault("The disk is full.")
    desk.journal.fault("The disk is full.")
    desk.take(DONE)
    desk.journal.fault("The disk is full.")
    assert [kind for kind, _about, _text in desk.said] == ["failed"] * 2


def test_left_out_items_are_told_once_and_never_wash_the_rest_away(desk: Desk) -> None:
    odd = tuple(f"Job {number} has no price." for number in range(1000))
    desk.take(Started(NOW), Pulled(Feed("projects"), 0, 1, 1, odd[:1]))
    desk.take(Started(NOW), Pulled(Feed("projects"), 0, 1, 1, odd[:1]))
    assert desk.said == [("skipped", "jobs", odd[0])]
    desk.take(Started(NOW), Pulled(Feed("projects"), 0, 1, 1, odd))
    assert len(desk.said) < 30


def test_hostile_words_are_cleaned(desk: Desk) -> None:
    desk.take(Moved(an_entry(about="Sari\x1b[31m\u202e", state="refused", reason="a\nb\x07" * 999)))
    ((_kind, about, text),) = desk.said
    assert about == "Sari"
    assert text.startswith("Bid: a ba b")
    assert len(text) <= 500


def test_the_rebuilt_cache_is_told_once(desk: Desk) -> None:
    desk.journal.rebuilt("The cache was damaged.")
    desk.journal.rebuilt("The cache was damaged.")
    assert desk.said == [("rebuilt", "", "The cache was damaged.")]


def test_a_log_that_cannot_be_written_stops_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (desk.folder / "log.db").mkdir()
    desk.take(Moved(an_entry(state="sent")), OFF, DONE)
    assert "could not be written" in caplog.text
