"""Sides as text: what an offer said, and what a job looked like, as the work file keeps them."""

import json
from dataclasses import replace
from typing import Any

from freelancer_tui.domain.briefs import Brief
from freelancer_tui.domain.conflicts import Offering, Side
from freelancer_tui.domain.projects import Budget
from freelancer_tui.store.columns import maybe_minor, maybe_money, to_json


def written(side: Side | None) -> str | None:
    """Give a side as JSON; amounts are whole numbers of the smallest unit."""
    match side:
        case None:
            return None
        case Offering():
            return to_json(_offering_fields(side))
        case Brief():
            return to_json(_brief_fields(side))


def read(text: str | None) -> Side | None:
    """Give the side that `written` wrote."""
    if text is None:
        return None
    kept: dict[str, Any] = json.loads(text)
    return _brief(kept) if kept["name"] == "brief" else _offering(kept)


def read_brief(text: str | None) -> Brief | None:
    """Give the brief that `written` wrote."""
    return None if text is None else _brief(json.loads(text))


def _offering_fields(side: Offering) -> dict[str, object]:
    return {
        "name": "offering",
        "text": side.text,
        "price": maybe_minor(side.price),
        "currency": side.price.currency if side.price else "",
        "days": side.days,
        "unread": [side.unread_price, side.unread_days],
        **({"plan": side.plan} if side.plan else {}),
    }


def _offering(kept: dict[str, Any]) -> Offering:
    price = maybe_money(kept["price"], kept["currency"])
    offer = Offering(kept["text"], price, kept["days"], *kept["unread"])
    return replace(offer, plan=kept.get("plan", ""))  # older ones have none


def _brief_fields(side: Brief) -> dict[str, object]:
    budget = side.budget
    return {
        "name": "brief",
        "title": side.title,
        "kind": side.kind,
        "status": side.status,
        "currency": budget.currency,
        "budget": [maybe_minor(budget.minimum), maybe_minor(budget.maximum)],
        "description": side.description,
    }


def _brief(kept: dict[str, Any]) -> Brief:
    minimum, maximum = (maybe_money(units, kept["currency"]) for units in kept["budget"])
    budget = Budget(kept["currency"], minimum, maximum)
    return Brief(kept["title"], kept["kind"], kept["status"], budget, kept["description"])
