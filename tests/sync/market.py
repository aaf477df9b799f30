"""Market: a marketplace in memory, with a line to it that fails when it is told to."""

import hashlib
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from freelancer_tui.domain.attachments import Attachment, Transfer
from freelancer_tui.domain.facts import Fact, Page
from freelancer_tui.domain.feeds import Cursor, Feed
from freelancer_tui.domain.intents import (
    AcceptAward,
    BidAction,
    DeclineAward,
    EditBid,
    EscrowAction,
    Intent,
    PlaceBid,
    Receipt,
    RequestMilestone,
    RetractBid,
    SendMessage,
    Sighting,
    Terms,
)
from freelancer_tui.domain.messages import Message, Thread
from freelancer_tui.domain.milestones import MilestoneRequest
from freelancer_tui.domain.people import Person, Profile
from freelancer_tui.domain.projects import Budget, Project
from freelancer_tui.domain.proposals import Bid
from freelancer_tui.domain.signals import SignalAction
from freelancer_tui.errors import OutcomeUnknown, Refused, WireMismatch
from freelancer_tui.marketplaces.freelancer import landing
from freelancer_tui.sync.marketplace import Take, Tell, ignore
from tests.sync.pins import Marking, Pins
from tests.sync.purse import Purse
from tests.sync.values import CLIENT, ME, NOON

__all__ = ["CLIENT", "ME"]

Doing = Intent | Marking
"""What a call does there, or would do."""


class Clock:
    """A time that moves only when it is told to."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass(frozen=True)
class Fault:
    """What goes wrong in one call."""

    error: Exception | None
    """None where the answer comes all the same."""
    lands: bool = False
    """True when it happened there all the same, and only the answer was lost."""
    lands_later: float | None = None
    """Seconds after which it happens there: a request that lingered in some proxy."""
    takes: float = 0
    """Seconds until whoever asked gives up."""
    cuts: bool = False
    """True when a list comes without its end."""


class Market:
    """Enough of a marketplace to sync with: threads, messages, bids and projects."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.owner = ME
        self.page_size = 100
        self.echoes = True
        self.drops_repeats = False
        """True when a client id that was seen before makes no second message."""
        self.latency = 0.1
        self.skew = timedelta()
        """How far their clock is ahead of ours."""
        self.messages: dict[int, list[Message]] = defaultdict(list)
        self.tells_sizes = True
        self.packed: dict[str, tuple[bytes, ...]] = {}
        """The bytes that went along with a message, by its client id."""
        self.files: dict[int, tuple[bytes, ...]] = {}
        """The bytes that came with a message, by its id."""
        self.about: dict[int, int] = {}
        """The project that a thread is about."""
        self.bids: dict[int, Bid] = {}
        """The newest of each project."""
        self.past_bids: list[Bid] = []
        """Withdrawn ones in whose place another was put."""
        self.wishes: list[MilestoneRequest] = []
        """What was asked of clients, the oldest first."""
        self.purse = Purse(self.wishes, self.time)
        self.pins = Pins(self.messages)
        self.projects: list[Project] = []
        """Every change in its order; what is over or vanished is on no list."""
        self.vanished: set[int] = set()
        """Projects and bids of which the marketplace says nothing, though it had them."""
        self.calls: list[str] = []
        self.landed: list[Intent] = []
        """What had an effect, in the order in which it did: the truth, whatever is echoed."""
        self.doubted: set[Intent] = set()
        """What may have had an effect, for all that the sender was told."""
        self.lingering: list[tuple[datetime, Doing]] = []
        self.scripted: dict[str, deque[Fault]] = defaultdict(deque)
        self.on_call: Callable[[str], Fault | None] = lambda name: None
        self.last_id = 1000
        self.doing: Doing | None = None
        """What the call that is under way would do."""
        self.pushed: Intent | None = None
        """The same, where it is an intent."""
        self.cut = False
        """True while a list is answered without its end."""
        self.overwritten: list[EditBid] = []
        """Changes that came over something the sender did not know of."""
        self.revoked: set[int] = set()
        self.renewed: set[int] = set()
        self.awarded: dict[int, datetime] = {}
        """When each bid was awarded last."""
        self.declined: set[int] = set()
        """Bids of which an award was ever taken back, or refused by the user."""
        self.said_by_bid: dict[int, list[Terms]] = defaultdict(list)
        """All that a bid ever said, the oldest first."""

    def fail(self, name: str, *errors: Exception, lands: bool = False) -> None:
        self.scripted[name] += [Fault(error, lands) for error in errors]

    def says(
        self,
        thread: int,
        text: str,
        sender: int = CLIENT,
        client_id: str = "",
        files: tuple[Attachment, ...] = (),
    ) -> Message:
        message = Message(self.new_id(), thread, sender, text, self.time(), client_id, files)
        self.messages[thread].append(message)
        return message

    def posts(self, count: int) -> None:
        for _ in range(count):
            self.projects.append(a_project(self.new_id(), self.time()))

    def closes(self, project: int) -> None:
        """End a project: it leaves the list of open ones, and no list says so."""
        for place, one in enumerate(self.projects):
            if one.remote_id == project:
                self.projects[place] = replace(one, status="closed")

    def rewrites(self, project: int, **changes: Any) -> None:
        """Change what a client wrote of a job; it is then on the list as the newest change."""
        known = {one.remote_id: one for one in self.projects}
        self.projects.append(replace(known[project], updated_at=self.time(), **changes))

    def vanishes(self, remote_id: int) -> None:
        """Take a project or a bid away: asking for its id brings nothing."""
        self.vanished.add(remote_id)

    def comes_back(self, remote_id: int) -> None:
        """Have it again; a project is then on the list as the newest change."""
        self.vanished.discard(remote_id)
        known = {one.remote_id: one for one in self.projects}
        if remote_id in known:
            self.projects.append(replace(known[remote_id], updated_at=self.time()))

    def time(self) -> datetime:
        return (self.clock.now + self.skew).replace(microsecond=0)

    def said(self, thread: int) -> list[str]:
        return [message.text for message in self.messages[thread] if message.from_id == ME]

    def named(self, name: str) -> list[str]:
        return [call for call in self.calls if call.split()[0] == name]

    # The verbs

    async def pull(self, feed: Feed, cursor: Cursor | None) -> Page:
        self._begin("pull", f"{feed} from {cursor}")
        page = self._listed(feed, cursor)
        if not self.cut or feed.kind == "self":
            return page
        # A list that lost its end, which the adapter noticed: it says so, and keeps no new place.
        some, is_paged = page.facts[: len(page.facts) // 2], page.total is not None
        return replace(page, facts=some, cursor=cursor, more=is_paged, complete=False)

    def _listed(self, feed: Feed, cursor: Cursor | None) -> Page:
        match feed.kind:
            case "self":
                me = Profile(Person(self.owner, "me"))
                return Page((me,), None, False, self.time())
            case "threads":
                return Page(tuple(self._threads()), "all", False, self.time(), complete=True)
            case "messages":
                return self._paged(self.messages[int(feed.key)], cursor)
            case "bids":
                all_bids = self.all_bids().values()
                there = [one for one in all_bids if one.remote_id not in self.vanished]
                if feed.key:
                    asked = {int(one) for one in feed.key.removeprefix("of:").split(",")}
                    there = [one for one in there if one.project_remote_id in asked]
                return Page(tuple(there), None, False, self.time(), complete=True)
            case "milestones":
                money: tuple[Fact, ...] = (*self.purse.held.values(), *self.wishes)
                return Page(money, None, False, self.time(), complete=True)
            case "projects" if feed.key.startswith("ids:"):
                ids = {int(one) for one in feed.key.removeprefix("ids:").split(",")}
                ids -= self.vanished
                found = tuple(one for one in self.projects if one.remote_id in ids)
                return Page(found, None, False, self.time(), complete=True)
            case "projects" if not feed.key:
                return self._paged(self.projects, cursor)
            case _:
                return Page((), None, False, self.time())

    async def watermark(self, intent: Intent) -> int | None:
        self._begin("watermark")
        return self.last_id if isinstance(intent, SendMessage | RequestMilestone) else None

    async def push(self, intent: Intent, tell: Tell = ignore) -> Receipt:
        if isinstance(intent, SendMessage):
            self._pack(intent, tell)
        self._begin("push", words_of(intent), intent)
        return self._apply(intent)

    async def receipt(self, intent: Intent, watermark: int | None) -> Sighting:
        self._begin("receipt", words_of(intent))
        if isinstance(intent, PlaceBid):
            return self._look_for_bid(intent)
        if isinstance(intent, BidAction):
            return self._look_at_action(intent)
        if isinstance(intent, EscrowAction):
            return self.purse.look(intent)
        if isinstance(intent, EditBid):
            return self._look_at(intent)
        if isinstance(intent, RequestMilestone):
            return Sighting(self._wish(intent, watermark), self.time())
        for message in self.messages[intent.thread_remote_id]:
            if landing.Wanted(intent, ME, watermark).fits(message):
                return Sighting(Receipt(message.remote_id, message.sent_at), self.time())
        return Sighting(None, self.time())

    async def mark(self, action: SignalAction, thread_ids: Sequence[int]) -> datetime:
        call = Marking(action, tuple(thread_ids))
        self._begin("mark", f"{action} {call.thread_ids}", call)
        self.pins.take(call)
        return self.time()

    async def download(
        self, message_remote_id: int, key: str, take: Take, stop: Callable[[], bool]
    ) -> None:
        raise NotImplementedError

    async def ping(self) -> None:
        self._begin("ping")

    async def close(self) -> None:
        self.calls.append("close")

    # Behind the counter

    def land_what_lingers(self, until: datetime) -> None:
        due = [intent for when, intent in self.lingering if when <= until]
        self.lingering = [(when, intent) for when, intent in self.lingering if when > until]
        for intent in due:
            self._land(intent)
            if isinstance(intent, Marking):
                self.pins.came_late(intent)

    def _land(self, intent: Doing) -> None:
        with suppress(Refused):
            if isinstance(intent, Marking):
                self.pins.take(intent)
            else:
                self._apply(intent)

    def _begin(self, name: str, words: str = "", intent: Doing | None = None) -> None:
        self.calls.append(f"{name} {words}".strip())
        self.doing = intent
        self.pushed = None if isinstance(intent, Marking) else intent
        self.clock.pass_(self.latency)
        self.land_what_lingers(self.clock.now)
        fault = self.on_call(name)
        if fault is None and self.scripted[name]:
            fault = self.scripted[name].popleft()
        self.cut = fault is not None and fault.cuts
        if fault is None:
            return
        self.clock.pass_(fault.takes)
        if self.pushed and isinstance(fault.error, OutcomeUnknown | WireMismatch):
            self.doubted.add(self.pushed)
        if intent and fault.lands:
            self._land(intent)
        if intent and fault.lands_later is not None:
            self.lingering.append((self.clock.now + timedelta(seconds=fault.lands_later), intent))
        if fault.error is not None:
            raise fault.error

    def _apply(self, intent: Intent) -> Receipt:
        if is_unliked(intent):
            raise Refused("NOT_LIKED", "We do not like it.")
        if isinstance(intent, SendMessage):
            return self._hear(intent)
        if isinstance(intent, EditBid):
            return self._edit(intent)
        if isinstance(intent, RequestMilestone):
            return self._ask(intent)
        if isinstance(intent, BidAction):
            return self._act(intent)
        if isinstance(intent, EscrowAction):
            if self.purse.acts(intent):
                self.landed.append(intent)
            return Receipt(intent.remote_id, self.time())
        there = self.bids.get(intent.project_remote_id)
        if there is None or there.retracted:
            self.landed.append(intent)
            there = a_bid_of(ME, self.new_id(), intent, self.time())
            self.places(there)
        return _receipt_of(there, intent)

    def places(self, bid: Bid) -> None:
        """Have a bid as it now is."""
        before = self.bids.get(bid.project_remote_id)
        if before is not None and before.remote_id != bid.remote_id:
            self.past_bids.append(before)
        self.bids[bid.project_remote_id] = bid
        self.said_by_bid[bid.remote_id].append(terms_of(bid))

    def _hear(self, intent: SendMessage) -> Receipt:
        for known in self.messages[intent.thread_remote_id] if self.drops_repeats else ():
            if known.client_message_id == intent.client_message_id:
                return Receipt(known.remote_id, known.sent_at)
        self.landed.append(intent)
        client_id = intent.client_message_id if self.echoes else ""
        files = tuple(
            Attachment(one.name, one.size if self.tells_sizes else None, "", one.name)
            for one in intent.uploads
        )
        message = self.says(intent.thread_remote_id, intent.text, ME, client_id, files)
        self.files[message.remote_id] = self.packed.get(intent.client_message_id, ())
        return Receipt(message.remote_id, message.sent_at)

    def _pack(self, intent: SendMessage, tell: Tell) -> None:
        """Take the bytes of its files along, as whoever sends does before the line is tried."""
        contents = []
        for one in intent.uploads:
            path = Path(one.path)
            if not path.exists() or _checksum(path.read_bytes()) != one.checksum:
                raise Refused("FILE_MISSING", "A file is gone.")
            contents.append(path.read_bytes())
            tell(Transfer(sum(map(len, contents)), sum(each.size for each in intent.uploads)))
        self.packed[intent.client_message_id] = tuple(contents)

    def _bid(self, bid_remote_id: int | None) -> Bid:
        found = [bid for bid in self.bids.values() if bid.remote_id == bid_remote_id]
        if not found or found[0].retracted:
            raise Refused("NOT_FOUND", "It is gone.")
        return found[0]

    def _edit(self, intent: EditBid) -> Receipt:
        bid = self._bid(intent.bid_remote_id)
        if terms_of(bid) != intent.mine:
            if self.pushed is intent and terms_of(bid) != intent.base:
                self.overwritten.append(intent)
            self.landed.append(intent)
            self.places(says(bid, intent.mine))
        return Receipt(bid.remote_id, self.time())

    def all_bids(self) -> dict[int, Bid]:
        """Give every bid by its id."""
        return {one.remote_id: one for one in (*self.past_bids, *self.bids.values())}

    def awards(self, project: int) -> None:
        """Offer the work to the user, or take the offer back.

        An award is known by its second.
        """
        bid = self.bids[project]
        if bid.retracted or bid.accepted_at:
            return
        if bid.award_status == "awarded":
            self.revoked.add(bid.remote_id)
            self.places(replace(bid, award_status="revoked", awarded_at=None))
        elif self.awarded.get(bid.remote_id) != self.time():  # nobody awards twice in a second
            if bid.remote_id in self.awarded:
                self.renewed.add(bid.remote_id)
            self.awarded[bid.remote_id] = self.time()
            self.places(replace(bid, award_status="awarded", awarded_at=self.time()))

    def acts(self, intent: BidAction) -> bool:
        """Do something to a bid; False where that was done already. Refused where it cannot be.

        No request names the award that it means.
        """
        if not isinstance(intent, RetractBid):
            intent = replace(intent, awarded_at=None)
        if self._look_at_action(intent).receipt is not None:
            return False
        bid = self._bid(intent.bid_remote_id)
        match intent:
            case RetractBid():
                self.places(replace(bid, retracted=True, award_status=None))
            case AcceptAward():
                self.places(replace(bid, accepted_at=self.time()))
            case DeclineAward():
                self.declined.add(bid.remote_id)
                self.places(replace(bid, award_status="canceled"))
        return True

    def _act(self, intent: BidAction) -> Receipt:
        """Do it; what was done already, by whomever, is no refusal: the adapter looks."""
        if self.acts(intent):
            self.landed.append(intent)
        return Receipt(intent.bid_remote_id, self.time())

    def _look_at_action(self, intent: BidAction) -> Sighting:
        there = self.all_bids().get(intent.bid_remote_id)
        return landing.action(intent, there, self.time())

    def _look_for_bid(self, intent: PlaceBid) -> Sighting:
        bid = self.bids.get(intent.project_remote_id)
        if bid is not None and bid.retracted:
            is_it = bid.remote_id > intent.newer_than and terms_of(bid) == intent.mine
            bid = bid if is_it else None
        return Sighting(_receipt_of(bid, intent) if bid else None, self.time(), bid is None)

    def _look_at(self, intent: EditBid) -> Sighting:
        bid = self._bid(intent.bid_remote_id)
        there = terms_of(bid)
        if there == intent.mine:
            return Sighting(Receipt(bid.remote_id, self.time()), self.time())
        if there == intent.base:
            return Sighting(None, self.time(), proves_absence=True)
        return Sighting(None, self.time(), found=there)

    def _ask(self, intent: RequestMilestone) -> Receipt:
        bid = self._bid(intent.bid_remote_id)
        self.landed.append(intent)
        wish = MilestoneRequest(
            remote_id=self.new_id(),
            project_remote_id=bid.project_remote_id,
            bid_remote_id=bid.remote_id,
            bidder_id=ME,
            amount=intent.amount,
            text=intent.marked_text,
            status="pending",
            requested_at=self.time(),
        )
        self.wishes.append(wish)
        return Receipt(wish.remote_id, wish.requested_at)

    def _wish(self, intent: RequestMilestone, watermark: int | None) -> Receipt | None:
        for wish in self.wishes:
            if wish.remote_id > (watermark or 0) and intent.mark in wish.text:
                return Receipt(wish.remote_id, wish.requested_at)
        return None

    def _threads(self) -> list[Thread]:
        return [
            Thread(
                thread,
                said[-1].sent_at,
                (ME, CLIENT),
                self.about.get(thread),
                self.pins.unread(thread),
                last_from_id=said[-1].from_id,
                muted=(thread, "mute") in self.pins.on,
            )
            for thread, said in self.messages.items()
            if said
        ]

    def _paged(self, facts: list[Message] | list[Project], cursor: Cursor | None) -> Page:
        begin = int(cursor or 0)
        end = min(begin + self.page_size, len(facts))
        page: tuple[Fact, ...] = tuple(filter(self._is_listed, facts[begin:end]))
        more = end < len(facts)
        return Page(page, str(end), more, self.time(), done=end, total=len(facts))

    def _is_listed(self, fact: Fact) -> bool:
        return not isinstance(fact, Project) or (
            fact.status == "open" and fact.remote_id not in self.vanished
        )

    def new_id(self) -> int:
        self.last_id += 1
        return self.last_id


def a_project(remote_id: int, when: datetime, status: str = "open") -> Project:
    project = Project(remote_id, f"Job {remote_id}", "fixed", "open", Budget("USD"), when, when)
    return project if status == "open" else replace(project, status="closed")


def a_bid_of(bidder: int, remote_id: int, intent: PlaceBid, when: datetime) -> Bid:
    project, amount, days = intent.project_remote_id, intent.amount, intent.days
    return Bid(remote_id, project, bidder, amount, days, intent.text, when)


def terms_of(bid: Bid) -> Terms:
    return Terms(bid.amount, bid.days, bid.text)


def says(bid: Bid, terms: Terms) -> Bid:
    """Give a bid that says something else."""
    return replace(bid, amount=terms.amount, days=terms.days, text=terms.text)


def words_of(intent: Intent) -> str:
    """Give what an intent says; an action says its name."""
    if isinstance(intent, BidAction | EscrowAction):
        return type(intent).__name__
    return intent.text


def _receipt_of(bid: Bid, intent: PlaceBid) -> Receipt:
    there = terms_of(bid)
    return Receipt(bid.remote_id, bid.submitted_at, None if there == intent.mine else there)


def is_unliked(intent: Intent) -> bool:
    """Tell whether the marketplace refuses it: words that begin so, or a program."""
    if isinstance(intent, SendMessage) and any(one.name.endswith(".exe") for one in intent.uploads):
        return True
    return words_of(intent).startswith("NO")


def _checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
