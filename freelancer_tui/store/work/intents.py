"""Intents as text: how what the user wants done is kept in the outbox."""

import json
from typing import Any, assert_never

from freelancer_tui.domain.intents import Intent, PlaceBid, SendMessage, Upload
from freelancer_tui.domain.money import Money
from freelancer_tui.store.columns import to_json


def written(intent: Intent) -> str:
    """Give an intent as JSON; amounts are whole numbers of the smallest unit."""
    match intent:
        case PlaceBid():
            return to_json(
                {
                    "name": "place_bid",
                    "project": intent.project_remote_id,
                    "amount": intent.amount.minor,
                    "currency": intent.amount.currency,
                    "days": intent.days,
                    "text": intent.text,
                    "milestone_percentage": intent.milestone_percentage,
                }
            )
        case SendMessage():
            return to_json(
                {
                    "name": "send_message",
                    "thread": intent.thread_remote_id,
                    "text": intent.text,
                    "client_message_id": intent.client_message_id,
                    "uploads": [[one.name, one.path, one.size] for one in intent.uploads],
                }
            )
        case _:
            assert_never(intent)


def read(text: str) -> Intent:
    """Give the intent that `written` wrote; ValueError when it is of another kind."""
    kept: dict[str, Any] = json.loads(text)
    match kept["name"]:
        case "place_bid":
            return PlaceBid(
                project_remote_id=kept["project"],
                amount=Money.of_minor(kept["amount"], kept["currency"]),
                days=kept["days"],
                text=kept["text"],
                milestone_percentage=kept["milestone_percentage"],
            )
        case "send_message":
            return SendMessage(
                thread_remote_id=kept["thread"],
                text=kept["text"],
                client_message_id=kept["client_message_id"],
                uploads=tuple(Upload(*one) for one in kept["uploads"]),
            )
        case other:
            raise ValueError(f"an intent of an unknown kind: {other!r}")
