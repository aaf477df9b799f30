"""Plan: pure; from the outbox, the feeds and the time to a bounded list of steps."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from freelancer_tui.domain.feeds import Cursor, Feed, FeedKind
from freelancer_tui.domain.intents import LIVE, OutboxEntry
from freelancer_tui.domain.signals import Signal, SignalAction
from freelancer_tui.sync.policy import Policy

_NEVER: Final = datetime.min.replace(tzinfo=UTC)
_RANK: Final[Mapping[FeedKind, int]] = {
    "self": 0,
    "threads": 1,
    "currencies": 2,
    "bids": 3,
    "projects": 4,
    "messages": 5,
    "milestones": 6,
    "skills": 7,
}


@dataclass(frozen=True, slots=True)
class Send:
    """Carry an entry out."""

    entry: OutboxEntry


@dataclass(frozen=True, slots=True)
class Check:
    """Look whether a doubtful entry landed."""

    entry: OutboxEntry


@dataclass(frozen=True, slots=True)
class Pull:
    """Read on in a feed."""

    feed: Feed
    cursor: Cursor | None


@dataclass(frozen=True, slots=True)
class Mark:
    """Tell of marks on conversations, all of one action."""

    signals: tuple[Signal, ...]


Step = Send | Check | Mark | Pull


@dataclass(frozen=True, slots=True)
class Following:
    """A feed we follow, and how far we are in it."""

    feed: Feed
    every: timedelta
    cursor: Cursor | None = None
    read_at: datetime | None = None
    """When we last read in it, by our clock; None: not since the program or the user asked."""
    more: bool = False
    """True in the middle of a scan."""
    not_before: datetime | None = None
    """After a failure: when to try again."""
    news: bool = False
    """True when something in it is known to be new, so that its interval need not pass."""


def plan(
    entries: Sequence[OutboxEntry],
    feeds: Sequence[Following],
    now: datetime,
    began: datetime,
    policy: Policy,
    *,
    held: Container[str] = (),
    signals: Sequence[Signal] = (),
) -> tuple[Step, ...]:
    """List what is due: settle first, then send, mark, and pull; entries come in queue order.

    Nothing is sent of a subject or entity that is held; it may still be looked for.

    A feed is read once in the turn that `began`, unless a scan keeps the turn going: then
    the others come round again, so that a long first sync does not hide a client's message.
    """
    steps: list[Step] = [Check(entry) for entry in _to_check(entries, now, policy)]
    steps += [Send(entry) for entry in _to_send(entries, now, policy, held)]
    steps += [Mark(some) for some in _to_mark(signals, now, policy)]
    steps += [Pull(one.feed, one.cursor) for one in _to_pull(feeds, now, began, policy)]
    return tuple(steps[: policy.most_steps])


def next_due(
    entries: Sequence[OutboxEntry],
    feeds: Iterable[Following],
    now: datetime,
    policy: Policy,
    *,
    held: Container[str] = (),
    signals: Sequence[Signal] = (),
) -> datetime:
    """Give when the next turn has something to do: soon, but never at once and never far."""
    times = [
        entry.next_try_at or now for entry in (*_doubtful(entries), *_startable(entries, held))
    ]
    times += [one.next_try_at or now for one in signals]
    times += [_due_at(one, now, policy) for one in feeds]
    soonest = min(times, default=now + policy.longest_rest)
    return min(max(soonest, now + policy.shortest_rest), now + policy.longest_rest)


def _to_check(
    entries: Sequence[OutboxEntry], now: datetime, policy: Policy
) -> Iterator[OutboxEntry]:
    return (entry for entry in _doubtful(entries) if policy.reached(entry.next_try_at, now))


def _to_send(
    entries: Sequence[OutboxEntry], now: datetime, policy: Policy, held: Container[str]
) -> Iterator[OutboxEntry]:
    return (entry for entry in _startable(entries, held) if policy.reached(entry.next_try_at, now))


def _doubtful(entries: Sequence[OutboxEntry]) -> Iterator[OutboxEntry]:
    return (entry for entry in entries if entry.state == "doubtful" and not entry.asks)


def _startable(entries: Sequence[OutboxEntry], held: Container[str]) -> Iterator[OutboxEntry]:
    """The first live entry of each entity, while nothing else of that entity is under way.

    One that comes after another holds its entity, but does not start before that is sent.
    """
    under_way = {entry.entity for entry in entries if entry.state in ("sending", "doubtful")}
    unsent = {entry.id for entry in entries if entry.state != "sent"}
    seen: set[str] = set()
    for entry in entries:
        if entry.state not in LIVE or entry.entity in seen:
            continue
        seen.add(entry.entity)
        if entry.state != "queued" or entry.asks or entry.after in unsent:
            continue
        if entry.entity in under_way or entry.subject_id in held or entry.entity in held:
            continue
        yield entry


def _to_mark(
    signals: Sequence[Signal], now: datetime, policy: Policy
) -> Iterator[tuple[Signal, ...]]:
    """Those of one action together, unless one was tried before: it may be why that failed."""
    fresh: defaultdict[SignalAction, list[Signal]] = defaultdict(list)
    for one in signals:
        if one.attempts and policy.reached(one.next_try_at, now):
            yield (one,)
        elif not one.attempts and len(fresh[one.action]) < policy.ids_at_once:
            fresh[one.action].append(one)
    yield from map(tuple, filter(None, fresh.values()))


def _to_pull(
    feeds: Sequence[Following], now: datetime, began: datetime, policy: Policy
) -> list[Following]:
    """Order by which kind of feed was read longest ago, so that none starves another."""
    scanning = any(one.more for one in feeds)
    due = [one for one in feeds if _is_due(one, now, began, scanning, policy)]
    last: dict[FeedKind, datetime] = {}
    for one in feeds:
        kind = one.feed.kind
        last[kind] = max(last.get(kind, _NEVER), one.read_at or _NEVER)
    return sorted(
        due,
        key=lambda one: (
            last[one.feed.kind],
            _RANK[one.feed.kind],
            one.read_at or _NEVER,
        ),
    )


def _is_due(one: Following, now: datetime, began: datetime, scanning: bool, policy: Policy) -> bool:
    if not policy.reached(one.not_before, now):
        return False
    if one.more or one.read_at is None or one.read_at > now:
        return True
    if one.read_at >= began:
        return scanning and one.read_at + one.every <= now
    return one.news or one.read_at + one.every <= now


def _due_at(one: Following, now: datetime, policy: Policy) -> datetime:
    if not policy.reached(one.not_before, now):
        return one.not_before or now
    if one.more or one.news or one.read_at is None or one.read_at > now:
        return now
    return one.read_at + one.every
