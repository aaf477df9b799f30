"""Desk: a workspace on a temporary folder, and the facts to lay on it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from freelancer_tui.domain.facts import Fact, Page
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.intents import OutboxEntry
from freelancer_tui.domain.messages import Message, Thread
from freelancer_tui.domain.milestones import Milestone, MilestoneRequest
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.people import Person, Profile
from freelancer_tui.domain.projects import Budget, Project, Skill
from freelancer_tui.domain.proposals import Bid
from freelancer_tui.settings import Account, Places, Settings
from freelancer_tui.store.cache import facts
from freelancer_tui.store.work import outbox
from freelancer_tui.workspace import Workspace, open_workspace

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
LONG = "I have built three such systems and can start on Monday. " * 3
ME = Person(7, "made", "Made Wirawan")
CLIENT = Person(9, "acme", "Acme Ltd", country="Australia", country_code="AU")


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def a_project(remote_id: int = 100, **changes: Any) -> Project:
    project = Project(
        remote_id=remote_id,
        title="Shop backend in Python",
        kind="fixed",
        status="open",
        budget=Budget("USD", usd("250"), usd("750")),
        posted_at=NOON,
        updated_at=NOON,
        owner_id=CLIENT.remote_id,
        description="We sell coffee and need an API.",
        url="https://example.org/projects/100",
        bid_count=4,
        skills=(Skill(3, "Python"),),
        country="Australia",
    )
    return replace(project, **changes)


def a_bid(remote_id: int = 500, project_id: int = 100, **changes: Any) -> Bid:
    bid = Bid(remote_id, project_id, ME.remote_id, usd("400"), 7, LONG, NOON)
    return replace(bid, **changes)


def a_thread(remote_id: int = 40, **changes: Any) -> Thread:
    thread = Thread(
        remote_id, NOON, (ME.remote_id, CLIENT.remote_id), project_remote_id=100, unread=2
    )
    return replace(thread, **changes)


def a_message(remote_id: int = 900, **changes: Any) -> Message:
    message = Message(remote_id, 40, CLIENT.remote_id, "Can you start?", NOON)
    return replace(message, **changes)


def a_milestone(remote_id: int = 70, **changes: Any) -> Milestone:
    milestone = Milestone(
        remote_id, 100, 500, ME.remote_id, usd("200"), "First half", "frozen", NOON
    )
    return replace(milestone, **changes)


def a_request(remote_id: int = 71, **changes: Any) -> MilestoneRequest:
    request = MilestoneRequest(
        remote_id, 100, 500, ME.remote_id, usd("300"), "Second half", "pending", NOON
    )
    return replace(request, **changes)


def settings_in(folder: Path) -> Settings:
    account = Account("main", "http://127.0.0.1:9", "keyring")
    return Settings(Places.under(folder), accounts=(account,))


@contextmanager
def desk(folder: Path, **parts: Any) -> Iterator[Workspace]:
    """Open a workspace that needs no marketplace."""
    clock: Callable[[], datetime] = parts.pop("clock", None) or Clock()
    random = parts.pop("random", None) or Random(1)
    workspace = open_workspace(settings_in(folder), clock=clock, random=random, **parts)
    try:
        yield workspace
    finally:
        workspace.close()


def lay(workspace: Workspace, *known: Fact) -> None:
    """Store facts as if a sync had brought them."""
    by_kind: dict[type, Feed] = {
        Profile: Feed("self"),
        Bid: Feed("bids"),
        Thread: Feed("threads"),
        Message: Feed("messages", "40"),
        Milestone: Feed("milestones"),
        MilestoneRequest: Feed("milestones"),
    }
    for fact in known:
        feed = by_kind.get(type(fact), Feed("projects"))
        with workspace.cache.transaction() as connection:
            facts.store(connection, feed, Page((fact,), None, False, NOON))


def lay_world(workspace: Workspace) -> None:
    """Store a small world: us, a client, a job, a thread with one message."""
    lay(workspace, Profile(ME), CLIENT, a_project(), a_thread(), a_message())


def force(workspace: Workspace, entry: OutboxEntry, **changes: Any) -> OutboxEntry:
    """Bring an outbox entry into a state that only the engine gives."""
    fresh = replace(entry, **changes)
    with workspace.work.transaction() as session:
        assert outbox.replace(session, entry.state, fresh)
    return fresh
