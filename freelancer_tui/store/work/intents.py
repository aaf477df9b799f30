"""Intents as text: how what the user wants done is kept in the outbox."""

import json
from collections.abc import Mapping
from dataclasses import astuple, replace
from typing import Any, Final, assert_never

from freelancer_tui.domain.attachments import Upload
from freelancer_tui.domain.intents import (
    AcceptAward,
    AskRelease,
    BidAction,
    DeclineAward,
    EditBid,
    EscrowAction,
    Intent,
    PlaceBid,
    RequestMilestone,
    RetractBid,
    SendMessage,
    Terms,
    WithdrawRequest,
)
from freelancer_tui.domain.money import Money
from freelancer_tui.store.columns import maybe_instant, maybe_micros, to_json

_ACTIONS: Final[Mapping[str, type[BidAction]]] = {
    "retract_bid": RetractBid,
    "accept_award": AcceptAward,
    "decline_award": DeclineAward,
}
_ACTION_NAMES: Final = {kind: name for name, kind in _ACTIONS.items()}
_MONEY: Final[Mapping[str, type[EscrowAction]]] = {
    "ask_release": AskRelease,
    "withdraw_request": WithdrawRequest,
}
_MONEY_NAMES: Final = {kind: name for name, kind in _MONEY.items()}


def written(intent: Intent) -> str:
    """Give an intent as JSON; amounts are whole numbers of the smallest unit."""
    return to_json(_fields(intent))


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
                newer_than=kept.get("newer_than", 0),
            )
        case "send_message":
            return SendMessage(
                thread_remote_id=kept["thread"],
                text=kept["text"],
                client_message_id=kept["client_message_id"],
                uploads=tuple(Upload(*one) for one in kept["uploads"]),
            )
        case "edit_bid":
            return _read_edit(kept)
        case "request_milestone":
            return RequestMilestone(
                project_remote_id=kept["project"],
                bid_remote_id=kept["bid"],
                amount=Money.of_minor(kept["amount"], kept["currency"]),
                text=kept["text"],
                mark=kept["mark"],
            )
        case name if name in _MONEY:
            money = Money.of_minor(kept["amount"], kept["currency"])
            return _MONEY[name](kept["remote_id"], kept["project"], money, kept["text"])
        case name if name in _ACTIONS:
            return _read_action(kept)
        case other:
            raise ValueError(f"an intent of an unknown kind: {other!r}")


def _read_action(kept: Mapping[str, Any]) -> BidAction:
    action = _ACTIONS[kept["name"]](kept["bid"], kept["project"])
    if isinstance(action, RetractBid):
        return action
    return replace(action, awarded_at=maybe_instant(kept.get("awarded_at")))


def _read_edit(kept: Mapping[str, Any]) -> EditBid:
    mine, base = _as_terms(kept["mine"]), _as_terms(kept["base"])
    return EditBid(
        kept["bid"],
        kept["project"],
        *(mine.amount, mine.days, mine.text),
        *(base.amount, base.days, base.text),
        milestone_percentage=kept.get("milestone_percentage"),
    )


def written_terms(terms: Terms | None) -> str | None:
    """Give what a bid says as JSON."""
    return None if terms is None else to_json(_terms(terms))


def read_terms(text: str | None) -> Terms | None:
    """Give what `written_terms` wrote."""
    return None if text is None else _as_terms(json.loads(text))


def _terms(terms: Terms) -> list[int | str]:
    return [terms.amount.minor, terms.amount.currency, terms.days, terms.text]


def _as_terms(kept: list[Any]) -> Terms:
    minor, currency, days, text = kept
    return Terms(Money.of_minor(minor, currency), days, text)


def _fields(intent: Intent) -> dict[str, object]:
    match intent:
        case PlaceBid():
            return {
                "name": "place_bid",
                "project": intent.project_remote_id,
                **_purse(intent.amount),
                "days": intent.days,
                "text": intent.text,
                "milestone_percentage": intent.milestone_percentage,
                "newer_than": intent.newer_than,
            }
        case SendMessage():
            return {
                "name": "send_message",
                "thread": intent.thread_remote_id,
                "text": intent.text,
                "client_message_id": intent.client_message_id,
                "uploads": [list(astuple(one)) for one in intent.uploads],
            }
        case EditBid():
            return {
                "name": "edit_bid",
                **_ids(intent),
                "mine": _terms(intent.mine),
                "base": _terms(intent.base),
                "milestone_percentage": intent.milestone_percentage,
            }
        case RequestMilestone():
            words = {"text": intent.text, "mark": intent.mark}
            return {"name": "request_milestone", **_ids(intent), **_purse(intent.amount), **words}
        case RetractBid():
            return {"name": _ACTION_NAMES[type(intent)], **_ids(intent)}
        case AcceptAward() | DeclineAward():
            awarded_at = maybe_micros(intent.awarded_at)
            return {"name": _ACTION_NAMES[type(intent)], **_ids(intent), "awarded_at": awarded_at}
        case AskRelease() | WithdrawRequest():
            return _fields_of_money(intent)
        case _:
            assert_never(intent)


def _fields_of_money(intent: EscrowAction) -> dict[str, object]:
    where = {"project": intent.project_remote_id, "remote_id": intent.remote_id}
    words = {"text": intent.text}
    return {"name": _MONEY_NAMES[type(intent)], **where, **_purse(intent.amount), **words}


def _purse(money: Money) -> dict[str, object]:
    return {"amount": money.minor, "currency": money.currency}


def _ids(intent: EditBid | RequestMilestone | BidAction) -> dict[str, object]:
    return {"project": intent.project_remote_id, "bid": intent.bid_remote_id}
