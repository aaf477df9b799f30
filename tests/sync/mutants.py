"""Mutants: the shipped engine, broken on purpose in one place each; the simulation must notice."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final
from unittest.mock import patch

from freelancer_tui.domain.conflicts import Offering, Seen, filled, seen
from freelancer_tui.domain.facts import Page
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.intents import (
    BidAction,
    EscrowAction,
    Intent,
    OutboxEntry,
    PlaceBid,
    Receipt,
    RequestMilestone,
    RetractBid,
)
from freelancer_tui.domain.proposals import Proposal
from freelancer_tui.domain.signals import Signal
from freelancer_tui.errors import MarketplaceError, Offline, OutcomeUnknown, RateLimited, Refused
from freelancer_tui.marketplaces.freelancer import landing
from freelancer_tui.services import keeping
from freelancer_tui.services import outbox as decisions
from freelancer_tui.store import lock
from freelancer_tui.store.cache import checks, cursors, facts
from freelancer_tui.store.work import outbox, proposals, reads, thread_signals
from freelancer_tui.sync import (
    asking,
    calls,
    carrier,
    conflicts,
    outcomes,
    parents,
    pauses,
    plan,
    reader,
)
from tests.sync.values import NOON

Patch = tuple[object, str, object]


@dataclass(frozen=True)
class Mutant:
    """One way to break the engine."""

    name: str
    why: str
    """What the engine does wrong by it."""
    patches: tuple[Patch, ...]
    lives: str = ""
    """Why the simulation does not notice, where it does not."""

    @contextmanager
    def applied(self) -> Iterator[None]:
        with ExitStack() as stack:
            for owner, name, what in self.patches:
                stack.enter_context(patch.object(owner, name, what))
            yield


_claimed, _missed, _store = outcomes.claimed, outcomes.missed, facts.store
_replace = outbox.replace
_push, _receipt = calls.Calls.push, calls.Calls.receipt
_startable, _seen = plan._startable, outcomes.seen
_look_before = carrier.Carrier._look_before
_followed, _refused = outcomes.followed, outcomes.refused


def _no_intent(entry: OutboxEntry, watermark: int | None) -> OutboxEntry:
    """The claim is written, but still says that nothing was begun."""
    return replace(_claimed(entry, watermark), state="queued")


def _from_queued(session: Any, expected: Any, entry: OutboxEntry) -> bool:
    return _replace(session, "queued" if expected == "sending" else expected, entry)


def _resend_on_miss(entry: OutboxEntry, sighting: Any, *rest: Any) -> OutboxEntry:
    if isinstance(entry.intent, RequestMilestone):
        return _missed(entry, sighting, *rest)
    return outcomes.unsent(entry)


def _resend_money(entry: OutboxEntry, sighting: Any, *rest: Any) -> OutboxEntry:
    if isinstance(entry.intent, RequestMilestone):
        return outcomes.unsent(entry)
    return _missed(entry, sighting, *rest)


def _give_up_at_once(entry: OutboxEntry, sighting: Any, *rest: Any) -> OutboxEntry:
    """No window: what is not found at the first look is taken for never sent."""
    missed = _missed(entry, sighting, *rest)
    return missed if missed.state == "queued" else outcomes.asking(entry, "not found")


def _by_our_clock(entry: OutboxEntry, sighting: Any, now: Any, *rest: Any) -> OutboxEntry:
    return _missed(entry, replace(sighting, at=now), now, *rest)


def _never_asks(entry: OutboxEntry, sighting: Any, now: Any, wait: Any, _p: Any) -> OutboxEntry:
    return replace(entry, next_try_at=now + wait)


async def _pushed_as(self: Any, intent: Intent, found: Any, told: Exception) -> Any:
    try:
        return await _push(self, intent)
    except found as error:
        if isinstance(error, Refused | Offline):
            raise
        raise told from error


async def _unknown_is_refused(self: Any, intent: Intent, _tell: Any) -> Any:
    return await _pushed_as(self, intent, OutcomeUnknown, Refused("500", "5xx"))


async def _unknown_is_unsent(self: Any, intent: Intent, _tell: Any) -> Any:
    return await _pushed_as(self, intent, OutcomeUnknown, Offline("timeout"))


async def _limit_is_refused(self: Any, intent: Intent, _tell: Any) -> Any:
    return await _pushed_as(self, intent, RateLimited, Refused("429", "slow down"))


async def _odd_is_sent(self: Any, intent: Intent, _tell: Any) -> Any:
    """A page of HTML with 200 counts as done."""
    try:
        return await _push(self, intent)
    except MarketplaceError as error:
        if isinstance(error, Offline | RateLimited | Refused | OutcomeUnknown):
            raise
        return Receipt(1, NOON)


async def _offline_is_refused(self: Any, intent: Intent, _tell: Any) -> Any:
    try:
        return await _push(self, intent)
    except Offline as error:
        raise Refused("OFFLINE", "no line") from error


async def _twice(self: Any, intent: Intent, _tell: Any) -> Any:
    """Writes are tried again by the HTTP layer, as reads are."""
    try:
        return await _push(self, intent)
    except OutcomeUnknown:
        return await _push(self, intent)


def _any_of_entity(entries: Sequence[OutboxEntry], held: Any) -> Iterator[OutboxEntry]:
    """Every queued entry may start, the newest first."""
    for entry in reversed(entries):
        if entry.state == "queued" and not entry.asks and entry.subject_id not in held:
            yield entry


def _past_the_doubtful(entries: Sequence[OutboxEntry], held: Any) -> Iterator[OutboxEntry]:
    """An entry in doubt does not hold those behind it."""
    return _startable([one for one in entries if one.state != "doubtful"], held)


def _without_compare(session: Any, expected: Any, entry: OutboxEntry) -> bool:
    current = outbox.get(session, entry.id)
    if current is not None:
        _replace(session, current.state, entry)
    return True


async def _seen_from_zero(self: Any, intent: Intent, watermark: int | None) -> Any:
    return await _receipt(self, intent, 0)


def _all_sent(entry: OutboxEntry, sighting: Any) -> OutboxEntry | None:
    """A look that went through counts as a hit, whatever it found."""
    return _seen(entry, sighting) or outcomes.landed(entry, Receipt(1, sighting.at))


def _places_first(connection: Any, feed: Feed, page: Page) -> int:
    """The place moves, the rows come in a transaction of their own: it may never begin."""
    cursors.move(connection, feed, page)
    return 0 if len(page.facts) % 3 == 1 else _store(connection, feed, page)


def _by_the_newest(connection: Any, feed: Feed, page: Page) -> int:
    """Only what is newer than anything known is kept."""
    known = connection.execute("SELECT max(sent_at) FROM messages").fetchone()[0]
    newer = tuple(
        one
        for one in page.facts
        if known is None or feed.kind != "messages" or one.sent_at.timestamp() * 1_000_000 > known  # type: ignore[union-attr]
    )
    return _store(connection, feed, replace(page, facts=newer))


def _overwrites(session: Any, sheet: Proposal, mine: Offering, known: Seen, _tools: Any) -> Seen:
    return seen(proposals.put(session, filled(sheet, mine)))


async def _edit_blindly(self: Any, entry: OutboxEntry, intent: Intent) -> Any:
    return await self._calls.watermark(intent), None


def _ends_well(entry: OutboxEntry, parent: Any, bid: int | None, _policy: Any) -> OutboxEntry:
    """What waits does not wait."""
    intent = entry.intent
    if isinstance(intent, RequestMilestone) and intent.bid_remote_id is None:
        return replace(entry, intent=replace(intent, bid_remote_id=bid or 1))
    return entry


def _loses_text(self: Any, session: Any, intent: Any) -> None:
    return None


def _tries_on(entry: OutboxEntry, error: Refused) -> OutboxEntry:
    return outcomes.unsent(entry)


def _no_claim(self: Any, entry: OutboxEntry, intent: Intent, watermark: int | None) -> OutboxEntry:
    """Nothing is written before the request leaves; what came of it is."""
    return replace(_claimed(entry, watermark), intent=intent)


def _claim_unseen(
    self: Any, entry: OutboxEntry, intent: Intent, watermark: int | None
) -> OutboxEntry:
    """What was read before the look is claimed, whatever the user did to it since."""
    claimed = replace(_claimed(entry, watermark), intent=intent)
    with self._equipment.work.transaction() as session:
        _replace(session, "queued", claimed)
    return claimed


async def _action_is_done(self: Any, intent: Intent, _tell: Any) -> Any:
    """An action is idempotent, so whoever lost its answer takes it for done."""
    try:
        return await _push(self, intent)
    except OutcomeUnknown:
        if not isinstance(intent, BidAction):
            raise
        return Receipt(intent.bid_remote_id, NOON)


def _stays_placed(proposal: Proposal, entry: OutboxEntry, now: Any) -> Proposal:
    kept = _followed(proposal, entry, now)
    return replace(kept, state="placed") if isinstance(entry.intent, RetractBid) else kept


def _no_is_done(entry: OutboxEntry, error: Refused) -> OutboxEntry:
    """Whatever is refused to an action counts as done by another hand."""
    if isinstance(entry.intent, BidAction):
        return outcomes.landed(entry, Receipt(entry.intent.bid_remote_id, NOON))
    return _refused(entry, error)


def _resend_escrow(entry: OutboxEntry, sighting: Any, *rest: Any) -> OutboxEntry:
    """What the status does not show is done again, as it is with a bid."""
    if isinstance(entry.intent, EscrowAction) and sighting.proves_absence:
        return outcomes.unsent(entry)
    return _missed(entry, sighting, *rest)


async def _escrow_is_done(self: Any, intent: Intent, _tell: Any) -> Any:
    """Money's own actions are idempotent, so whoever lost an answer takes it for done."""
    try:
        return await _push(self, intent)
    except OutcomeUnknown:
        if not isinstance(intent, EscrowAction):
            raise
        return Receipt(intent.remote_id, NOON)


async def _escrow_is_blind(self: Any, entry: OutboxEntry, intent: Intent) -> Any:
    """Nobody looks at the money before something is done to it."""
    if isinstance(intent, EscrowAction):
        return None, None
    return await _look_before(self, entry, intent)


async def _old_is_new(self: Any, intent: Intent, watermark: int | None) -> Any:
    """A withdrawn bid of the same words is taken for the new one."""
    if isinstance(intent, PlaceBid):
        intent = replace(intent, newer_than=0)
    return await _receipt(self, intent, watermark)


def _any_wish(session: Any, signal: Signal) -> Any:
    return session.get(thread_signals.ThreadSignalRow, (signal.thread_id, signal.kind))


_Any = Callable[..., Any]
_yes: Final[_Any] = lambda *_: True  # noqa: E731
_no: Final[_Any] = lambda *_: False  # noqa: E731
_nothing: Final[_Any] = lambda *_, **__: None  # noqa: E731
_C, _K, _R = carrier.Carrier, calls.Calls, reader.Reader

MUTANTS: Final[tuple[Mutant, ...]] = (
    Mutant(
        "no intent before the call",
        "sends, then writes it",
        ((_C, "_claim", _no_claim), (outbox, "replace", _from_queued)),
    ),
    Mutant(
        "claim says nothing",
        "the claim leaves the state at queued",
        ((outcomes, "claimed", _no_intent), (outbox, "replace", _from_queued)),
    ),
    Mutant("resend on miss", "not found is sent again", ((outcomes, "missed", _resend_on_miss),)),
    Mutant("money again on miss", "money is asked again", ((outcomes, "missed", _resend_money),)),
    Mutant("no settle window", "asks at the first miss", ((outcomes, "missed", _give_up_at_once),)),
    Mutant("settle by our clock", "a jump ends the window", ((outcomes, "missed", _by_our_clock),)),
    Mutant("never asks", "looks for ever", ((outcomes, "missed", _never_asks),)),
    Mutant("5xx is refused", "unknown is taken as no", ((_K, "push", _unknown_is_refused),)),
    Mutant("timeout is unsent", "unknown is sent again", ((_K, "push", _unknown_is_unsent),)),
    Mutant("429 is refused", "a limit is taken as no", ((_K, "push", _limit_is_refused),)),
    Mutant("offline is refused", "no line is taken as no", ((_K, "push", _offline_is_refused),)),
    Mutant("HTML is sent", "a page with 200 counts as done", ((_K, "push", _odd_is_sent),)),
    Mutant("writes retried", "a write is tried again at once", ((_K, "push", _twice),)),
    Mutant("no queue", "newest first, all at once", ((plan, "_startable", _any_of_entity),)),
    Mutant("doubt holds nobody", "the next overtakes", ((plan, "_startable", _past_the_doubtful),)),
    Mutant(
        "no compare and set",
        "the newest writer wins",
        ((outbox, "replace", _without_compare),),
        lives="claim and record read the entry anew inside their write transaction, and only th"
        "e holder of the lock moves states: a second guard (see the claim's own mutant)",
    ),
    Mutant(
        "claim is no compare and set", "a taken-out one is sent", ((_C, "_claim", _claim_unseen),)
    ),
    Mutant("watermark ignored", "an old word is a hit", ((_K, "receipt", _seen_from_zero),)),
    Mutant(
        "another's word is ours",
        "no matching",
        ((_C, "_is_anothers", _no),),
        lives="the watermark of an entry lies above all that was sent before it in its thread, "
        "so a match is never another's: a second guard",
    ),
    Mutant("a look is a hit", "absence is not seen", ((outcomes, "seen", _all_sent),)),
    Mutant("sending stays", "nothing recovers at start", ((outbox, "recover", _nothing),)),
    Mutant("cursor before rows", "a place without rows", ((facts, "store", _places_first),)),
    Mutant("cursor by the newest", "older rows are skipped", ((facts, "store", _by_the_newest),)),
    Mutant("cut list buries", "absent is gone", ((asking, "is_definite", _yes),)),
    Mutant("lock ignored", "both programs sync", ((lock.SyncLock, "acquire", _yes),)),
    Mutant("pause ignored", "calls in a pause", ((pauses, "paused_until", _nothing),)),
    Mutant("conflicts dropped", "theirs is not noted", ((conflicts, "_note", _nothing),)),
    Mutant(
        "held is sent",
        "an open conflict holds nothing",
        ((parents, "held", lambda _: frozenset()),),
    ),
    Mutant(
        "edit is blind",
        "a change goes over theirs",
        ((_C, "_look_before", _edit_blindly),),
        lives="the website has to change a bid while a change of ours waits: too rare in five "
        "hundred worlds, so small tests do it (test_changes)",
    ),
    Mutant(
        "child before parent",
        "nothing waits",
        ((outcomes, "freed", _ends_well), (plan, "_startable", _any_of_entity)),
    ),
    Mutant(
        "orphans wait",
        "a refused parent refuses nobody",
        ((outbox, "refuse_waiting", lambda *_: []),),
        lives="the send asks for the parent again, and refuses what it finds refused: a second "
        "guard",
    ),
    Mutant("autosave overwrites", "the revision is ignored", ((keeping, "keep", _overwrites),)),
    Mutant(
        "discard loses words", "no draft is kept", ((decisions.Outbox, "_keep_text", _loses_text),)
    ),
    Mutant("a no is tried for ever", "refused goes back", ((outcomes, "refused", _tries_on),)),
    Mutant("an action is done", "unknown is taken as yes", ((_K, "push", _action_is_done),)),
    Mutant("a no is done", "refused is taken as done", ((outcomes, "refused", _no_is_done),)),
    Mutant(
        "withdrawn stays", "its sheet is still placed", ((outcomes, "followed", _stays_placed),)
    ),
    Mutant(
        "the old bid is the new",
        "no matching by id",
        ((_K, "receipt", _old_is_new),),
        lives="a request has to be lost that offers again what was withdrawn, in the same words: "
        "too rare, so a small test of its own does it (test_actions)",
    ),
    Mutant(
        "escrow again on miss", "money, and nobody asks", ((outcomes, "missed", _resend_escrow),)
    ),
    Mutant("escrow is done", "unknown is taken as yes", ((_K, "push", _escrow_is_done),)),
    Mutant(
        "escrow is blind",
        "no look before the push",
        ((_C, "_look_before", _escrow_is_blind),),
        lives="the marketplace refuses what was done already, and a look follows each refusal: a "
        "second guard; a small test of its own counts the calls (test_escrow)",
    ),
    Mutant("files are no sign", "equal words are enough", ((landing, "_same_files", _yes),)),
    Mutant("copies go early", "what waits is swept", ((outbox, "upload_paths", lambda _: set()),)),
    Mutant("discard loses files", "only words come back", ((decisions, "joined", lambda *_: ()),)),
    Mutant(
        "a wish made meanwhile is lost",
        "whatever waits of its kind counts as told",
        ((thread_signals, "_same", _any_wish),),
    ),
    Mutant("a word unseen is read", "our reading covers it", ((reads, "told", _nothing),)),
    Mutant("places remembered", "a new cache stays empty", ((_R, "_give_up_lost", _nothing),)),
    Mutant("no sweep", "what closed is never asked for", ((checks, "due", lambda *_: []),)),
)
