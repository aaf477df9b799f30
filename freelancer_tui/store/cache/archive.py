"""Archive in the cache: what jobs paid, what is known around some, and how own bids ended."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from freelancer_tui.domain.money import Money
from freelancer_tui.domain.people import Reputation
from freelancer_tui.domain.projects import Budget, ProjectKind
from freelancer_tui.store.cache import facets, people
from freelancer_tui.store.cache.changes import AMONG, listed
from freelancer_tui.store.columns import maybe_money

MOST: Final = 1000
"""The newest jobs with a skill: enough for its usual pay, and quickly read."""
_PAID: Final = """
    SELECT substr(c.key, length('currency:') + 1), f.least, f.most FROM (
        SELECT rowid AS hit FROM project_words WHERE project_words MATCH ?
        ORDER BY rowid DESC LIMIT ?
    ) JOIN figures f ON f.remote_id = hit JOIN facets c ON c.id = f.currency
"""
_AROUND: Final = f"""
    SELECT p.remote_id, p.language, c.payment_verified, c.timezone, c.country_code,
        c.employer_reputation
    FROM projects p LEFT JOIN people c ON c.remote_id = p.owner_id WHERE p.remote_id {AMONG}
"""
_OUTCOMES: Final = """
    SELECT b.currency, b.amount, b.retracted OR b.gone_at IS NOT NULL, b.award_status,
        b.accepted_at IS NOT NULL OR b.complete, p.kind, p.status, p.skills
    FROM bids b JOIN projects p ON p.remote_id = b.project_remote_id
    WHERE b.bidder_id = (SELECT remote_id FROM profile)
    ORDER BY b.submitted_at DESC LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Around:
    """What a list of jobs does not show and a match weighs."""

    language: str
    payment_verified: bool | None
    timezone: str
    country_code: str
    reputation: Reputation | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A bid of the user's, and what became of it."""

    price: Money
    kind: ProjectKind
    skills: tuple[str, ...]
    is_won: bool | None
    """None while it can still go either way."""


def paid(connection: sqlite3.Connection, skill_id: int, kind: ProjectKind) -> list[Budget]:
    """Give the budgets of the newest jobs with a skill that pay this way."""
    keys = (f"skill:{skill_id}", f"type:{kind}")
    numbers = facets.numbered(connection, keys)
    if len(numbers) < len(keys):
        return []
    expression = " AND ".join(f'facets : "{facets.sign(numbers[key])}"' for key in keys)
    rows = connection.execute(_PAID, (expression, MOST))
    return [
        Budget(code, maybe_money(least, code), maybe_money(most, code))
        for code, least, most in rows
    ]


def around(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, Around]:
    """Give what is known around those of the jobs that are here, by id."""
    return {
        number: Around(
            language,
            None if verified is None else bool(verified),
            timezone or "",
            code or "",
            people.reputation_of(reputation),
        )
        for number, language, verified, timezone, code, reputation in connection.execute(
            _AROUND, (listed(ids),)
        )
    }


def outcomes(connection: sqlite3.Connection, limit: int = 2000) -> list[Outcome]:
    """Give the user's own bids with their ends, newest first."""
    found = []
    for currency, amount, is_back, award, is_taken, kind, status, skills in connection.execute(
        _OUTCOMES, (limit,)
    ):
        names = tuple(skill[1] for skill in json.loads(skills))
        is_won = True if is_taken or award == "awarded" else _lost(bool(is_back), award, status)
        found.append(Outcome(Money.of_minor(amount, currency), kind, names, is_won))
    return found


def _lost(is_back: bool, award: str | None, status: str) -> bool | None:
    """Tell whether a bid that was not taken was turned down; None while nobody knows."""
    if is_back:  # taken back by the user: no word of the client's
        return None
    is_over = status in ("awarded", "in_progress", "complete", "closed")
    return False if is_over or award in ("rejected", "revoked", "canceled") else None
