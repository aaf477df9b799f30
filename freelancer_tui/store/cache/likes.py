"""Likes: earlier jobs much like one, by the same client or in the same words."""

import sqlite3
from itertools import combinations
from typing import Any, Final

from freelancer_tui.domain.happenings import Similar, likeness, words_of
from freelancer_tui.domain.projects import Budget, Project
from freelancer_tui.store.columns import instant, maybe_money

MOST_SHOWN: Final = 5
_LEAST: Final = 0.3
"""Of words in common in two titles; below it they are about different things."""
_CANDIDATES: Final = 100
_TOLD: Final = 4
"""Words of the title that are asked for, the longest; two of them have to be there."""
_COLUMNS: Final = """
    p.remote_id, p.title, CASE WHEN p.gone_at IS NULL THEN p.status ELSE 'removed' END,
    p.currency, p.minimum, p.maximum, p.kind, p.posted_at, p.owner_id, p.preview, b.award_status
"""
_BESIDE: Final = """
    LEFT JOIN bids b ON b.project_remote_id = p.remote_id AND b.retracted = 0
        AND b.bidder_id = (SELECT remote_id FROM profile)
"""
_BY_CLIENT: Final = f"""
    SELECT {_COLUMNS} FROM projects p {_BESIDE}
    WHERE p.owner_id = ? AND p.remote_id < ? ORDER BY p.remote_id DESC LIMIT ?
"""
_BY_WORDS: Final = f"""
    SELECT {_COLUMNS} FROM (
        SELECT rowid AS hit FROM project_words WHERE project_words MATCH ? AND rowid < ?
        ORDER BY rowid DESC LIMIT ?
    ) JOIN projects p ON p.remote_id = hit {_BESIDE}
"""


def similar(connection: sqlite3.Connection, project: Project) -> tuple[Similar, ...]:
    """Give the earlier jobs that are most like one, those of its own client first."""
    found: dict[int, Similar] = {}
    if project.owner_id is not None:
        asked = (project.owner_id, project.remote_id, _CANDIDATES)
        for row in connection.execute(_BY_CLIENT, asked):
            found[row[0]] = _similar(row, project)
    if expression := _expression(project.title):
        for row in connection.execute(_BY_WORDS, (expression, project.remote_id, _CANDIDATES)):
            found.setdefault(row[0], _similar(row, project))
    kept = (one for one in found.values() if one.same_client or one.likeness >= _LEAST)
    ranked = sorted(kept, key=lambda one: (one.likeness, one.remote_id), reverse=True)
    return tuple(sorted(ranked[:MOST_SHOWN], key=lambda one: not one.same_client))


def _expression(title: str) -> str:
    """Ask for two of the words that tell most, in the title; nothing where there are no two."""
    words = sorted(words_of(title), key=lambda word: (-len(word), word))
    telling = [word for word in words if word.isalpha() and word.isascii()][:_TOLD]
    pairs = [f'(title:"{one}" AND title:"{other}")' for one, other in combinations(telling, 2)]
    return " OR ".join(pairs)


def _similar(row: tuple[Any, ...], project: Project) -> Similar:
    remote_id, title, status, currency, minimum, maximum, kind, posted, owner, preview, bid = row
    same_client = owner is not None and owner == project.owner_id
    alike = likeness(words_of(title), words_of(project.title))
    if same_client and preview and project.preview:
        texts = likeness(words_of(preview), words_of(project.preview))
        alike = (alike + texts) / 2
    return Similar(
        remote_id=remote_id,
        title=title,
        status=status,
        budget=Budget(currency, maybe_money(minimum, currency), maybe_money(maximum, currency)),
        kind=kind,
        posted_at=instant(posted),
        likeness=alike,
        same_client=same_client,
        bid_status=bid,
    )
