"""Board: proposals by the thousand, gathered, picked by words, and shown within a frame."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from freelancer_tui.domain.deck import Deck, DeckWish
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.store.work import proposals
from freelancer_tui.tui.widgets.board import Board
from tests.bench.table import Row, at_most, median, milliseconds
from tests.factories import NOW, a_bid, a_project, a_proposal
from tests.tui.desk import Desk, Host, User

TEXT = "I have built twenty shops like this one, and would begin with a draft on Monday. " * 18
WISHES = {
    "as it opens": DeckWish(),
    "words": DeckWish(words="monday 4321"),
    "by client": DeckWish(order="client"),
    "one state, by title": DeckWish("lost", order="title"),
}
FRAME = 16
CHUNK = 500


def run(count: int = 5000) -> list[Row]:
    """Measure the median of five of each; gathering and picking are done off the event loop."""
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        try:
            _fill(desk, count)
            deck = desk.decks.lay()
            rows = [Row(f"gather {count:,} proposals, on a thread", _median(desk.decks.lay), "ms")]
            rows += [
                Row(f"pick {what}, on a thread", _median(partial(deck.pick, wish)), "ms")
                for what, wish in WISHES.items()
            ]
            rows.append(
                Row("all figures of learning, on a thread", _median(desk.learning.lessons), "ms")
            )
            return [*rows, *asyncio.run(_shown(desk, deck))]
        finally:
            desk.close()


async def _shown(desk: Desk, deck: Deck) -> list[Row]:
    """Measure what is done on the event loop, where nothing may take longer than a frame."""
    async with Host(desk.build("proposals")).run_test(size=(120, 40)) as pilot:
        user = User(pilot, desk)
        await user.settle()
        board = user.host.section.query_one(Board)
        spent = _median(partial(board.show, deck.pick(DeckWish())))
        return [at_most("show them all, on the event loop", spent, FRAME, "ms")]


def _fill(desk: Desk, count: int) -> None:
    for first in range(1, count + 1, CHUNK):
        numbers = range(first, min(first + CHUNK, count + 1))
        desk.keep(Feed("projects"), *(a_project(one, title=f"Shop {one}") for one in numbers))
        desk.keep(
            Feed("bids"),
            *(
                a_bid(
                    10**6 + one,
                    project_remote_id=one,
                    text=TEXT,
                    submitted_at=NOW - timedelta(hours=one),
                    award_status="rejected" if one % 3 else None,
                )
                for one in numbers
            ),
        )
        sheets = [
            a_proposal(f"p{one}", project_remote_id=one, state="placed", text=TEXT)
            for one in numbers
        ]
        with desk.work.transaction() as session:
            for sheet in sheets:
                proposals.put(session, sheet)


def _median(call: Callable[[], object]) -> float:
    return median([milliseconds(call) for _ in range(5)])
