"""Recurrences: by which rules documents are made anew, and what was made by them."""

import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

from freelancer_tui.domain.recurring import Rhythm, Unit

_COLUMNS: Final = "id, document_id, first_on, unit, every, day, until, times, next_place, is_paused"
_PUT: Final = f"""
    INSERT INTO recurrences ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (document_id) DO UPDATE SET id = excluded.id, first_on = excluded.first_on,
        unit = excluded.unit, every = excluded.every, day = excluded.day, until = excluded.until,
        times = excluded.times, next_place = excluded.next_place, is_paused = excluded.is_paused
"""
_ALIVE: Final = f"""
    SELECT {_COLUMNS} FROM recurrences
    WHERE EXISTS (SELECT 1 FROM invoices WHERE invoices.id = document_id)
"""
MOST: Final = 1_000


@dataclass(frozen=True, slots=True)
class Rule:
    """How one document comes again."""

    id: str
    document_id: str
    rhythm: Rhythm
    next_place: int = 0
    """Of the occurrence that comes next."""
    is_paused: bool = False


def all(connection: sqlite3.Connection) -> list[Rule]:
    """Give the rules whose document is there."""
    query = f"{_ALIVE} ORDER BY id LIMIT ?"
    return [_rule(row) for row in connection.execute(query, (MOST,))]


def of(connection: sqlite3.Connection, document_id: str) -> Rule | None:
    """Give the rule of a document; None where it does not come again."""
    row = connection.execute(f"{_ALIVE} AND document_id = ?", (document_id,)).fetchone()
    return _rule(row) if row else None


def put(connection: sqlite3.Connection, rule: Rule) -> None:
    """Keep a rule as it now is; a document has one at most."""
    one = rule.rhythm
    until = one.until.isoformat() if one.until else None
    connection.execute(_PUT, (
        rule.id, rule.document_id, one.first_on.isoformat(), one.unit, one.every, one.day, until,
        one.times, rule.next_place, int(rule.is_paused),
    ))  # fmt: skip


def drop(connection: sqlite3.Connection, document_id: str) -> None:
    """Let a document come no more; what was made stays."""
    connection.execute("DELETE FROM recurrences WHERE document_id = ?", (document_id,))


def take(connection: sqlite3.Connection, rule: Rule, place: int, on: date, invoice_id: str) -> bool:
    """Note that an occurrence was made; False where it was made before, by whomever."""
    done = connection.execute(
        "INSERT OR IGNORE INTO occurrences VALUES (?, ?, ?, ?)",
        (rule.id, place, on.isoformat(), invoice_id),
    )
    return done.rowcount == 1


def _rule(row: tuple[Any, ...]) -> Rule:
    key, document_id, first_on, unit, every, day, until, times, next_place, is_paused = row
    last = date.fromisoformat(until) if until else None
    rhythm = Rhythm(date.fromisoformat(first_on), cast(Unit, unit), every, day, last, times)
    return Rule(key, document_id, rhythm, next_place, bool(is_paused))
