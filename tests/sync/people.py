"""People: what the user, a client and the user at the website do while the line is bad."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from freelancer_tui.domain.conflicts import Offering, Seen, seen
from freelancer_tui.domain.intents import (
    AcceptAward,
    AskRelease,
    BidAction,
    DeclineAward,
    EditBid,
    EscrowAction,
    Intent,
    OutboxEntry,
    PlaceBid,
    RequestMilestone,
    RetractBid,
    SendMessage,
    Terms,
    WithdrawRequest,
)
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.projects import Budget
from freelancer_tui.domain.proposals import Proposal
from freelancer_tui.errors import FreelancerError
from freelancer_tui.store.cache import bids
from freelancer_tui.store.work import conflicts, outbox, proposals, replies
from tests.sync.answers import Answers
from tests.sync.markers import Markers
from tests.sync.market import CLIENT, ME, a_bid_of, says, terms_of
from tests.sync.payers import Payers
from tests.sync.programs import Program
from tests.sync.senders import Senders

if TYPE_CHECKING:
    from tests.sync.world import World

THREADS: Final = (34, 35)
_WORDS: Final = ("ok", "ok", "yes", "NO way", "I will look at it tomorrow.")


@dataclass
class Window:
    """An editor that is open on a sheet: what it knows, and what it shows."""

    program: Program
    sheet_id: str
    known: Seen
    shown: str


class People:
    """Draws acts and does them; knows what must therefore be on the desk."""

    def __init__(self, world: "World") -> None:
        self.world = world
        self.random = world.random
        self.market = world.market
        self.intents: dict[str, Intent] = {}
        """What is queued or was sent, by the entry's id, in that order; what the user took out
        is not here."""
        self.never: set[object] = set()
        """Marks of what was taken out before anybody tried to send it."""
        self.sheets: set[str] = set()
        self.texts: dict[str, None] = {}
        """Words that the user typed last, somewhere; a set that keeps its order."""
        self.by_hand: set[str] = set()
        """Entries that the user settled after a look at the website."""
        self.ever_vanished: set[int] = set()
        self.windows: list[Window] = []
        self.counted = 0
        self.answers = Answers(world)
        self.payers = Payers(world)
        self.senders = Senders(world)
        self.markers = Markers(world)
        self._acts: tuple[Callable[[Program], None], ...] = (
            self._says,
            self._says,
            self._says,
            self.senders.sends,
            self.senders.sends,
            self.senders.sends,
            self.senders.sends,
            self._bids,
            self._bids,
            self._changes_a_bid,
            self.asks_for_money,
            self.asks_for_money,
            self._types,
            self._types,
            self._takes_out,
            self._tries_again,
            self._hears,
            self._work_is_posted,
            self._a_project_ends,
            self._a_job_changes,
            self._uses_the_website,
            self._settles_a_conflict,
            self.answers.user_acts,
            self.answers.client_acts,
            self.payers.user_acts,
            self.payers.client_acts,
            self.markers.user_acts,
            self.markers.user_acts,
            self.markers.website_acts,
        )

    def act(self) -> None:
        """Let somebody do something."""
        program = self.random.choice(self.world.programs)
        act = self.random.choice(self._acts)
        self.world.note(f"act_{act.__name__.removeprefix('_')} at {program.number}")
        with self.world.unhurt():
            act(program)

    def act_on_money(self) -> None:
        """Let the user ask for money: what may never be done twice is tried more often."""
        with self.world.unhurt():
            self.asks_for_money(self.random.choice(self.world.programs))

    def act_on_a_job(self) -> None:
        """Let a client change a job, where something of ours waits for it if anything does."""
        program = self.random.choice(self.world.programs)
        with self.world.unhurt():
            self._a_job_changes(program)

    def reopen(self, program: Program) -> None:
        """Forget the windows of a program that ended."""
        self.windows = [one for one in self.windows if one.program is not program]

    # Writing and queueing

    def _says(self, program: Program) -> None:
        thread = self.random.choice(THREADS)
        self.counted += 1
        intent = SendMessage(thread, self.random.choice(_WORDS), f"{self.counted}")
        self.queue(program, intent, f"thread:{thread}")

    def _bids(self, program: Program) -> None:
        """Write an offer and queue it: what `submit` does, without the rules of length."""
        free = [one for one in self._jobs() if one not in self._taken(program)]
        if not free:
            return
        project = self.random.choice(free)
        sheet = self._sheet(program, project, self.random.choice(["I can do this.", "NO way"]))
        self.submit(program, sheet)

    def _earlier(self, program: Program, project: int) -> int:
        """Give the bid on a project that was withdrawn, 0 where there is none."""
        sheets = [one for one in self._all_sheets(program) if one.project_remote_id == project]
        withdrawn = [one.bid_remote_id or 0 for one in sheets if one.state == "withdrawn"]
        return max(withdrawn, default=0)

    def _sheet(self, program: Program, project: int, words: str, state: str = "draft") -> Proposal:
        price = Money(Decimal(250), "USD")
        again = [one.text for one in self._all_sheets(program) if one.project_remote_id == project]
        text = self.random.choice([self._new_words(words), *again])
        sheet = Proposal(program.mint(), project, "USD", text, price, 7)
        with program.work.transaction() as session:
            proposals.put(session, sheet)
        self.sheets.add(sheet.id)
        self.texts[text] = None
        return sheet

    def submit(self, program: Program, sheet: Proposal) -> None:
        if sheet.price is None or sheet.days is None:
            return
        with program.work.transaction() as session:
            kept = proposals.get(session, sheet.id)
            if kept is None or kept.state != "draft" or kept.price is None or kept.days is None:
                return
            proposals.put(session, replace(kept, state="queued"))
            terms = (kept.price, kept.days, kept.text)
            project = kept.project_remote_id
            intent = PlaceBid(project, *terms, newer_than=self._earlier(program, project))
            entity = f"project:{kept.project_remote_id}"
            outbox.add(session, self._entry(program, intent, entity, kept.id))

    def _changes_a_bid(self, program: Program) -> None:
        """Change a bid that stands, over what the user knows of it."""
        placed = [one for one in self._all_sheets(program) if one.state == "placed"]
        if not placed:
            return
        sheet = self.random.choice(placed)
        with program.work.transaction() as session:
            waits = outbox.of_subject(session, sheet.id)
            is_held = conflicts.is_held(session, sheet.id)
            if waits or is_held or sheet.placed is None or sheet.bid_remote_id is None:
                return
            there = sheet.placed
            text = self._new_words(self.random.choice(["Better words", "NO worse"]))
            mine = Terms(there.amount, there.days, text)
            intent = change(sheet.bid_remote_id, sheet.project_remote_id, mine, there)
            entity = f"project:{sheet.project_remote_id}"
            outbox.add(session, self._entry(program, intent, entity, sheet.id))
            proposals.put(session, replace(sheet, text=text))
        self.texts.pop(sheet.text, None)
        self.texts[text] = None

    def asks_for_money(self, program: Program) -> None:
        """Ask on a bid that stands, or along with one that waits; now and then in vain."""
        waiting = [one.id for one in self._all_sheets(program) if one.state == "queued"]
        with program.cache.read() as connection:
            placed = [one.remote_id for one in bids.mine(connection) if not one.retracted]
        if not waiting and not placed:
            return
        amount = Money(Decimal(self.random.randrange(10, 90)), "USD")
        words = self.random.choice(["First part", "First part", "NO money"])
        waits_or_stands: list[str | int] = [*waiting, *placed]
        chosen = self.random.choice(waits_or_stands)
        try:
            if isinstance(chosen, str):
                entry = program.milestones.request_with(chosen, amount, words)
            else:
                entry = program.milestones.request(chosen, amount, words)
        except FreelancerError:
            return  # it is a change that waits, or the bid did not win
        self.intents[entry.id] = entry.intent

    def _types(self, program: Program) -> None:
        """Type on in a window, whatever another window did to the same sheet."""
        windows = [one for one in self.windows if one.program is program]
        if not windows or self.random.random() < 0.3:
            drafts = [one for one in self._all_sheets(program) if one.state == "draft"]
            free = [one for one in self._jobs() if one not in self._taken(program)]
            if drafts:
                sheet = self.random.choice(drafts)
            elif free:
                sheet = self._sheet(program, self.random.choice(free), "A draft")
            else:
                return
            windows = [Window(program, sheet.id, seen(sheet), sheet.text)]
            self.windows += windows
        window = self.random.choice(windows)
        text = self._new_words("Typed")
        try:
            window.known = program.proposals.keep(
                window.sheet_id, Offering(text, Money(Decimal(250), "USD"), 7), window.known
            )
        except FreelancerError:
            self.windows.remove(window)  # it is no draft any more
            return
        self.texts.pop(window.shown, None)  # whoever typed saw it, and wrote over it
        window.shown = text
        self.texts[text] = None

    # Deciding

    def _takes_out(self, program: Program) -> None:
        """Take back, or discard, what can still be: the words stay."""
        entries = program.outbox.entries()
        if not entries:
            return
        entry = self.random.choice(entries)
        is_bids = isinstance(entry.intent, PlaceBid | EditBid | BidAction)
        take_back = is_bids and self.random.random() < 0.5
        try:
            with self.noticing(program):
                if take_back:
                    program.proposals.take_back(entry.subject_id)
                else:
                    program.outbox.discard(entry.id)
        except FreelancerError:
            return
        if isinstance(entry.intent, SendMessage):
            with program.work.read() as session:
                begun = replies.draft(session, entry.intent.thread_remote_id)
            assert entry.intent.text in begun, "a discarded reply is gone"
            self.senders.attached |= {
                (entry.intent.thread_remote_id, one.checksum) for one in entry.intent.uploads
            }
        if isinstance(entry.intent, PlaceBid) and self.random.random() < 0.5:
            with program.work.read() as session:
                sheet = proposals.get(session, entry.subject_id)
            if sheet is not None:
                self.submit(program, sheet)

    def _tries_again(self, program: Program) -> None:
        refused = [one for one in program.outbox.entries() if one.state == "refused"]
        if refused:
            self._retry(program, self.random.choice(refused))

    def _retry(self, program: Program, entry: OutboxEntry) -> None:
        try:
            fresh = program.outbox.retry(entry.id)
        except FreelancerError:
            return
        self.intents[entry.id] = fresh.intent
        self.market.doubted.discard(fresh.intent)

    def answer_what_asks(self) -> int:
        """Look at the website: what is there is settled, what is not goes out again."""
        program = self.world.programs[0]
        with self.world.unhurt():
            asking = [one for one in program.outbox.entries() if one.asks]
            for entry in asking:
                self.world.figures["asked"] += 1
                self.world.checks.asked(entry)
                if self.market_has(entry):
                    self.by_hand.add(entry.id)
                    program.outbox.arrived(entry.id)
                else:
                    self._retry(program, entry)
        return len(asking)

    def market_has(self, entry: OutboxEntry) -> bool:
        if isinstance(entry.intent, EditBid):
            bid = self.market.all_bids()[entry.intent.bid_remote_id]
            return terms_of(bid) == entry.intent.mine
        if isinstance(entry.intent, BidAction):
            return self.answers.done(entry.intent)
        if isinstance(entry.intent, EscrowAction):
            return self.market.purse.done(entry.intent)
        return self.world.checks.applied(entry.intent) > 0

    def _settles_a_conflict(self, program: Program) -> None:
        found = program.conflicts.unsettled()
        if found:
            view = self.random.choice(found)
            self.settle(program, view.conflict.id, self.random.choice(view.choices))

    def settle_all(self) -> int:
        """Decide whatever is open; give how much that was."""
        program = self.world.programs[0]
        with self.world.unhurt():
            found = program.conflicts.unsettled()
            for view in found:
                self.settle(program, view.conflict.id, self.random.choice(view.choices))
        return len(found)

    def settle(self, program: Program, conflict_id: str, choice: str) -> None:
        with self.noticing(program):
            try:
                program.conflicts.settle(conflict_id, choice)  # type: ignore[arg-type]
            except FreelancerError:
                return
        self.world.figures["settled"] += 1

    @contextmanager
    def noticing(self, program: Program) -> Iterator[None]:
        """Notice what a verb of the user's puts into the outbox, and takes out of it."""
        before = {one.id: one for one in program.outbox.entries(5000)}
        yield
        after = {one.id: one for one in program.outbox.entries(5000)}
        for gone in sorted(before.keys() - after.keys()):
            self._took_out(before[gone])
        for fresh in [one for one in after.values() if one.id not in before]:
            self.intents[fresh.id] = fresh.intent
            self.never.discard(mark_of(fresh.intent))
            self.market.doubted.discard(fresh.intent)

    def _took_out(self, entry: OutboxEntry) -> None:
        self.intents.pop(entry.id)
        untried = entry.attempts == 0 and entry.state == "queued"
        if isinstance(entry.intent, BidAction | EscrowAction):
            self.answers.loose[entry.intent] += not untried
        elif untried:
            self.never.add(mark_of(entry.intent))
        self.world.figures["taken out"] += 1

    # What others do

    def _hears(self, program: Program) -> None:
        """Hear from a client, or say something at the website.

        Not while bare words of ours wait in that thread: nobody could tell two equal ones apart.
        """
        thread, words = self.random.choice(THREADS), self.random.choice(_WORDS)
        waits = any(
            isinstance(one.intent, SendMessage)
            and one.intent.thread_remote_id == thread
            and not one.intent.uploads
            for one in program.outbox.entries()
        )
        is_mine = not waits and self.random.random() < 0.5
        self.market.says(thread, words, ME if is_mine else CLIENT)

    def _work_is_posted(self, program: Program) -> None:
        self.market.posts(self.random.randrange(1, 4))

    def _a_project_ends(self, program: Program) -> None:
        project = self.random.choice(self._jobs())
        if not self.world.sweeps or project in self.market.bids or project == self._jobs()[0]:
            return
        if project in self.market.vanished:
            self.market.comes_back(project)
        elif self.random.random() < 0.5:
            self.market.closes(project)
        else:
            self.market.vanishes(project)
            self.ever_vanished.add(project)

    def _a_job_changes(self, program: Program) -> None:
        budget = Budget("USD", Money(Decimal(self.random.randrange(50, 500)), "USD"))
        project = self.random.choice(self._where_it_hurts(program) or self._jobs())
        self.market.rewrites(project, budget=budget)

    def _uses_the_website(self, program: Program) -> None:
        """Place or change a bid with another program, while none of ours is at that bid.

        What is changed there in the moment between our look and our request is lost under
        ours: the marketplace has no way to say "only if it is still so".
        """
        if self.world.is_turning or self.market.lingering:
            return
        project = self.random.choice(self._where_it_hurts(program) or self._jobs())
        bid = self.market.bids.get(project)
        text = f"From the website {self._number()}"
        price = Money(Decimal(self.random.randrange(100, 900)), "USD")
        if bid is not None and self.random.random() < 0.1:
            self.answers.at_the_website(project)
        elif bid is None or bid.retracted:
            intent = PlaceBid(project, price, 9, text)
            self.market.places(a_bid_of(ME, self.market.new_id(), intent, self.market.time()))
        else:
            self.market.places(says(bid, Terms(price, 9, text)))

    def _where_it_hurts(self, program: Program) -> list[int]:
        """Give, half of the time, the jobs about whose bid something of ours waits."""
        if self.random.random() < 0.5:
            return []
        kinds = (PlaceBid, EditBid, RequestMilestone)
        waiting = [one.intent for one in program.outbox.entries()]
        return [one.project_remote_id for one in waiting if isinstance(one, kinds)]

    # What is there

    def _jobs(self) -> list[int]:
        return list(dict.fromkeys(one.remote_id for one in self.market.projects))

    def _taken(self, program: Program) -> set[int]:
        return {
            one.project_remote_id
            for one in self._all_sheets(program)
            if one.state != "withdrawn" or self.random.random() < 0.3
        }

    def _all_sheets(self, program: Program) -> list[Proposal]:
        with program.work.read() as session:
            return sorted(proposals.all(session, 1000), key=lambda one: one.id)

    def queue(self, program: Program, intent: Intent, entity: str) -> None:
        with program.work.transaction() as session:
            outbox.add(session, self._entry(program, intent, entity))

    def _entry(
        self, program: Program, intent: Intent, entity: str, subject: str = ""
    ) -> OutboxEntry:
        entry_id, now = program.mint(), self.world.clock()
        self.intents[entry_id] = intent
        self.never.discard(mark_of(intent))
        return OutboxEntry(entry_id, intent, subject or entry_id, entity, "a job", "queued", now)

    def _new_words(self, words: str) -> str:
        return f"{words} #{self._number()}."

    def _number(self) -> int:
        self.counted += 1
        return self.counted


def mark_of(intent: Intent) -> object:
    """Give what stays the same of an intent from the keyboard to the marketplace."""
    match intent:
        case SendMessage():
            return "message", intent.client_message_id
        case PlaceBid():
            return "bid", intent.project_remote_id, intent.text, intent.newer_than
        case EditBid():
            return "edit", intent.bid_remote_id, intent.text
        case RequestMilestone():
            return "money", intent.mark
        case RetractBid():
            return "withdrawal", intent.bid_remote_id
        case AcceptAward() | DeclineAward():
            return type(intent).__name__, intent.bid_remote_id, intent.awarded_at
        case AskRelease() | WithdrawRequest():
            return type(intent).__name__, intent.remote_id


def change(bid: int, project: int, mine: Terms, there: Terms) -> EditBid:
    return EditBid(
        bid,
        project,
        *(mine.amount, mine.days, mine.text),
        *(there.amount, there.days, there.text),
    )
