"""Checks: what must be true at each step of a world, and what at its end."""

import sqlite3
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING, Final

from freelancer_tui.domain.conflicts import terms_of
from freelancer_tui.domain.intents import (
    PARENT_REFUSED,
    BidAction,
    EditBid,
    EscrowAction,
    Intent,
    OutboxEntry,
    RequestMilestone,
    SendMessage,
)
from freelancer_tui.domain.proposals import Proposal
from freelancer_tui.store.cache import bids, messages, milestones, projects, threads
from freelancer_tui.store.work import conflicts, intents, outbox, proposals
from freelancer_tui.sync.outcomes import PLACED_ELSEWHERE
from tests.sync.market import is_unliked
from tests.sync.people import THREADS, mark_of

if TYPE_CHECKING:
    from tests.sync.world import World

_TEXTS: Final = """
    SELECT text FROM proposals UNION ALL SELECT text FROM replies
    UNION ALL SELECT intent FROM outbox
    UNION ALL SELECT coalesce(base, '') || coalesce(mine, '') || theirs FROM conflicts
"""


_SENT_IN_CONFLICT: Final = """
    SELECT conflicts.id FROM outbox JOIN conflicts USING (subject_id)
    WHERE outbox.state = 'sending' AND conflicts.settled_at IS NULL
"""

HIDES: Final = ("AWARD_RENEWED", "MILESTONE_CANCELED", "MILESTONE_DISPUTED")
"""Reasons by which the user learns that nobody can see any more what became of an action."""


class Checks:
    """Looks at the files with its own connections, and at the market itself."""

    def __init__(self, world: "World") -> None:
        self.world = world
        self.market = world.market
        self.conflicts: set[str] = set()
        self.open()

    def open(self) -> None:
        folder = self.world.folder
        self._work = sqlite3.connect(folder / "work.db", isolation_level=None)
        self._cache = sqlite3.connect(folder / "cache.db", isolation_level=None)

    def close(self) -> None:
        self._work.close()
        self._cache.close()

    def applied(self, intent: Intent) -> int:
        mark = mark_of(intent)
        return sum(mark_of(one) == mark for one in self.market.landed)

    def asked(self, entry: OutboxEntry) -> None:
        """The user is only asked about what is in doubt."""
        marks = {mark_of(one) for one in self.market.doubted}
        is_due = mark_of(entry.intent) in marks or isinstance(entry.intent, EditBid)
        assert is_due or self.world.may_crash, f"{entry.id} asks without need"

    def pushes(self) -> None:
        """Nothing goes out before the file says so, or while a conflict about it is open."""
        begun = self._work.execute("SELECT intent FROM outbox WHERE state = 'sending'")
        written = {row[0] for row in begun}
        assert self.market.pushed is not None
        assert intents.written(self.market.pushed) in written, "sent before it was written down"
        if isinstance(self.market.pushed, RequestMilestone | EscrowAction):
            assert self.market.pushed not in self.market.doubted, "money again, and nobody asked"
        held = {row[0] for row in self._work.execute(_SENT_IN_CONFLICT)} & self.conflicts
        assert not held, "sent, though a conflict is open"

    # Each step

    def always(self) -> None:
        self._nothing_is_doubled()
        self._work_stays()
        self.world.people.senders.check(self._work)
        self.world.people.markers.always()
        self._places_have_their_rows()
        self._what_is_buried_is_gone()

    def _nothing_is_doubled(self) -> None:
        landed = self.market.landed
        times = Counter(mark_of(one) for one in landed if not isinstance(one, EditBid))
        wished = Counter(self.world.people.intents.values()) + self.world.people.answers.loose
        for one in set(landed):
            if isinstance(one, BidAction | EscrowAction):
                assert times[mark_of(one)] <= wished[one], f"{one} was done without a wish"
            elif not isinstance(one, EditBid):
                count = times[mark_of(one)]
                assert count <= 1, f"{mark_of(one)} was applied {count} times"
        assert not self.market.overwritten, "a change went over another's"
        late = self.world.people.never.intersection(times)
        assert not late, f"{late} was taken out before it was tried, and applied"
        order = {mark_of(one): n for n, one in enumerate(self.world.people.intents.values())}
        for thread in THREADS:
            said = [
                order[mark_of(one)]
                for one in landed
                if isinstance(one, SendMessage)
                and one.thread_remote_id == thread
                and mark_of(one) in order
            ]
            assert said == sorted(said), f"thread {thread} is out of order"

    def _work_stays(self) -> None:
        people = self.world.people
        kept = {row[0] for row in self._work.execute("SELECT id FROM outbox")}
        assert kept == people.intents.keys(), f"entries: {kept ^ people.intents.keys()}"
        sheets = {row[0] for row in self._work.execute("SELECT id FROM proposals")}
        assert sheets == people.sheets, f"sheets: {sheets ^ people.sheets}"
        found = {row[0] for row in self._work.execute("SELECT id FROM conflicts")}
        assert found >= self.conflicts, "a conflict is gone"
        self.conflicts = found
        if people.texts:
            reachable = "\n".join(row[0] for row in self._work.execute(_TEXTS))
            for text in people.texts:
                assert text in reachable, f"nobody can reach {text!r} any more"

    def _places_have_their_rows(self) -> None:
        market = self.market
        places = self._cache.execute("SELECT kind, key, cursor FROM cursors").fetchall()
        for kind, key, cursor in places:
            behind = int(cursor) if cursor and cursor.isdecimal() else 0
            if kind == "projects" and key == "":
                over = self.world.people.ever_vanished
                ids = {
                    one.remote_id
                    for one in market.projects[:behind]
                    if one.status == "open" and one.remote_id not in over
                }
                assert projects.known(self._cache, ids) == ids, "a place without its projects"
            if kind == "messages":
                words = {one.remote_id for one in market.messages[int(key)][:behind]}
                assert messages.known(self._cache, words) == words, "a place without its words"

    def _what_is_buried_is_gone(self) -> None:
        gone = self._cache.execute("SELECT remote_id FROM projects WHERE gone_at IS NOT NULL")
        buried = {row[0] for row in gone}
        assert buried <= self.world.people.ever_vanished, "buried, though it is there"
        bid = self._cache.execute("SELECT 1 FROM bids WHERE gone_at IS NOT NULL").fetchone()
        assert bid is None, "a bid is buried, though it is there"

    # At the end

    def end(self) -> None:
        self.always()
        program = self.world.programs[0]
        with program.work.read() as session:
            assert outbox.live(session) == [], "something is stuck"
            entries = [outbox.get(session, one) for one in self.world.people.intents]
            for entry in entries:
                assert entry is not None
                self._ended_well(entry)
            self._actions_are_told([one for one in entries if one])
            held = conflicts.kinds(session).keys()
            for sheet in proposals.all(session, 1000):
                self._agrees(sheet, sheet.id in held)
        self.world.people.markers.end()
        self._cache_is_the_server()
        self._files_are_whole()

    def _ended_well(self, entry: OutboxEntry) -> None:
        self.world.figures[entry.state] += 1
        intent, times = entry.intent, self.applied(entry.intent)
        if entry.state == "refused":
            assert self._was_refused(entry), f"{entry.id} was refused by nobody: {entry.reason}"
            if not isinstance(intent, BidAction | EscrowAction):
                assert times == 0, f"{entry.id} is refused, and applied"
        elif isinstance(intent, BidAction):
            assert self.world.people.answers.done(intent), f"{entry.id} is sent, and not done"
        elif isinstance(intent, EscrowAction):
            assert self.market.purse.done(intent), f"{entry.id} is sent, and not done"
        elif isinstance(intent, EditBid):
            said = self.market.said_by_bid[intent.bid_remote_id]
            assert intent.mine in said, f"{entry.id} is sent, and the bid never said so"
        elif entry.reason_code == PLACED_ELSEWHERE:
            assert times <= 1  # ours was there first, and was changed at the website since
        else:
            assert times == 1, f"{entry.id} is sent, and applied {times} times"
            self.world.people.senders.ended_well(entry)

    def _was_refused(self, entry: OutboxEntry) -> bool:
        """Tell whether the marketplace did refuse it, for the reason that the user reads."""
        intent, bids = entry.intent, self.market.all_bids()
        if isinstance(intent, BidAction):
            return self.world.people.answers.could_be_refused(intent, entry.reason_code)
        if isinstance(intent, EscrowAction):
            return self.market.purse.could_be_refused(intent, entry.reason_code)
        if entry.reason_code == PARENT_REFUSED or is_unliked(intent):
            return True
        is_gone = isinstance(intent, EditBid | RequestMilestone) and (
            intent.bid_remote_id in bids and bids[intent.bid_remote_id].retracted
        )
        return is_gone and entry.reason_code == "NOT_FOUND"

    def _actions_are_told(self, entries: list[OutboxEntry]) -> None:
        """What was done to a bid by us is told as sent, unless the user took it out.

        An award that was given anew, and money that the client moved on, hide what became of
        the action before: that is told.
        """
        told = Counter(
            one.intent for one in entries if one.state == "sent" or one.reason_code in HIDES
        )
        loose = self.world.people.answers.loose
        for one, count in Counter(self.market.landed).items():
            if isinstance(one, BidAction | EscrowAction):
                assert count <= told[one] + loose[one], f"{one} was done, and is not told so"

    def _agrees(self, sheet: Proposal, is_held: bool) -> None:
        """What the user wrote is there, or they know of what is there instead."""
        there_are = self.market.all_bids()
        if sheet.state == "withdrawn":
            assert there_are[sheet.bid_remote_id or 0].retracted, f"{sheet.id} stands there"
        if sheet.state != "placed" or is_held:
            return
        assert sheet.bid_remote_id, f"{sheet.id} is placed nowhere"
        bid = there_are[sheet.bid_remote_id]
        if bid.retracted:
            assert not self._told_to_withdraw(sheet), f"{sheet.id} is withdrawn, and not told so"
            return
        there, known = terms_of(bid), sheet.placed
        same = there.text == sheet.text and there.amount == sheet.price and there.days == sheet.days
        assert same or there == known, f"{sheet.id} differs silently"

    def _told_to_withdraw(self, sheet: Proposal) -> bool:
        """Tell whether a withdrawal that this sheet carries was sent."""
        sent = "SELECT intent FROM outbox WHERE subject_id = ? AND state = 'sent'"
        rows = self._work.execute(sent, (sheet.id,))
        return any('"retract_bid"' in row[0] for row in rows)

    def _cache_is_the_server(self) -> None:
        market = self.market
        with self.world.programs[0].cache.read() as connection:
            for thread in THREADS:
                ours = messages.in_thread(connection, thread, 1000)
                assert ours == market.messages[thread], f"thread {thread} differs"
            mine = {bid.remote_id: bid for bid in bids.mine(connection)}
            assert mine == market.all_bids(), "bids differ"
            talks = {one for one in THREADS if market.messages[one]}
            assert {one.remote_id for one in threads.recent(connection, 10)} == talks
            money = set(milestones.lines(connection, 1000))
            assert money == {*market.wishes, *market.purse.held.values()}, "money differs"
            for project in {one.remote_id: one for one in market.projects}.values():
                ours_of_it = projects.get(connection, project.remote_id)
                if project.remote_id in market.vanished:
                    over = {"removed", project.status} - {"open"}  # what closed is not asked for
                    is_gone = ours_of_it is None or ours_of_it.status in over
                    assert is_gone, f"project {project.remote_id} is gone there"
                elif project.status == "open":
                    assert ours_of_it == project, f"project {project.remote_id} differs"
                else:
                    assert ours_of_it is None or ours_of_it.status == project.status

    def _files_are_whole(self) -> None:
        """Ask SQLite, and the text index whether it says what the rows say."""
        for name in ("work.db", "cache.db"):
            with closing(sqlite3.connect(self.world.folder / name)) as connection:
                assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
                assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                if name == "cache.db":
                    whole = "INSERT INTO project_words (project_words, rank) VALUES (?, 1)"
                    connection.execute(whole, ("integrity-check",))
                    connection.rollback()
