"""Values: outbox entries, intents and times with defaults, for the tests of sync."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from freelancer_tui.domain.intents import (
    EditBid,
    Intent,
    OutboxEntry,
    PlaceBid,
    RequestMilestone,
    SendMessage,
)
from freelancer_tui.domain.money import Money

ME, CLIENT = 7, 99
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def a_bid(project: int = 12, text: str = "I have built three of these.") -> PlaceBid:
    return PlaceBid(project, Money(Decimal(250), "USD"), 7, text)


def a_message(thread: int = 34, text: str = "ok", client_message_id: str = "1") -> SendMessage:
    return SendMessage(thread, text, client_message_id)


def an_edit(bid: int = 77, project: int = 12, text: str = "New words.", **other: Any) -> EditBid:
    """Give a change of the words of what `a_bid` placed."""
    old = a_bid(project)
    same = (old.amount, old.days)
    return replace(EditBid(bid, project, *same, text, *same, old.text), **other)


def a_wish(
    bid: int | None = 77, project: int = 12, text: str = "First part", mark: str = "k7m2qd"
) -> RequestMilestone:
    return RequestMilestone(project, bid, Money(Decimal(100), "USD"), text, mark)


def an_entry(id: str = "e1", entity: str = "thread:34", **changes: Any) -> OutboxEntry:
    if entity.startswith("project:"):
        intent: Intent = a_bid(int(entity.split(":")[1]))
    else:
        intent = a_message(int(entity.split(":")[1]))
    plain = OutboxEntry(
        id=id,
        intent=intent,
        subject_id=f"subject-{id}",
        entity=entity,
        about="A website",
        state="queued",
        queued_at=NOON,
    )
    return replace(plain, **changes)
