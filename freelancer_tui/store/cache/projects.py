"""Projects in the cache: looked up by id, and searched newest first."""

import json
import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from typing import Any, Final

from freelancer_tui.domain.projects import Budget, Project, ProjectSummary, Skill
from freelancer_tui.store.cache import people
from freelancer_tui.store.cache.changes import AMONG, known_ids, listed
from freelancer_tui.store.columns import instant, maybe_money

_STATUS: Final = "CASE WHEN gone_at IS NULL THEN status ELSE 'removed' END"
"""What it was last, or that the marketplace does not have it any more."""
_SUMMARY: Final = f"""
    p.remote_id, p.title, p.kind, {_STATUS}, p.currency, p.minimum, p.maximum, p.posted_at,
    p.updated_at, p.bid_count, p.skills, coalesce(nullif(p.country, ''), c.country, ''), p.url,
    m.verdict, p.owner_id, p.average, c.employer_reputation, n.remote_id IS NOT NULL,
    p.remote_id > (SELECT remote_id FROM new_since) AND s.remote_id IS NULL
"""
_BESIDE: Final = """
    LEFT JOIN marks m ON m.remote_id = p.remote_id LEFT JOIN people c ON c.remote_id = p.owner_id
    LEFT JOIN notes n ON n.remote_id = p.remote_id LEFT JOIN seen s ON s.remote_id = p.remote_id
"""
_THESE: Final = f"""
    SELECT {_SUMMARY} FROM projects p {_BESIDE}
    WHERE p.remote_id {AMONG}
"""
_OF_OWNER: Final = f"""
    SELECT {_SUMMARY} FROM projects p {_BESIDE}
    WHERE p.owner_id = ? ORDER BY p.remote_id DESC LIMIT ?
"""
_NEWEST: Final = """
    SELECT remote_id FROM figures ORDER BY remote_id DESC LIMIT ?
"""
_WHOLE: Final = """
    SELECT remote_id, title, kind, {status}, currency, minimum, maximum, posted_at, updated_at,
        owner_id, description, preview, url, bid_count, average, skills, country, language,
        bid_period_days, traits
    FROM projects WHERE remote_id = ?
"""


def newest(connection: sqlite3.Connection, limit: int) -> "array[int]":
    """Give the ids of the newest projects."""
    return array("q", (row[0] for row in connection.execute(_NEWEST, (limit,))))


def listed_in_order(connection: sqlite3.Connection, ids: Sequence[int]) -> list[ProjectSummary]:
    """Give those of the projects that the cache has, in the order of their ids."""
    rows = summaries(connection, ids)
    return [rows[one] for one in ids if one in rows]


def get(connection: sqlite3.Connection, remote_id: int) -> Project | None:
    """Give a project with its text; None when the cache does not have it."""
    row = connection.execute(_WHOLE.format(status=_STATUS), (remote_id,)).fetchone()
    return of_row(row) if row else None


def row_of(connection: sqlite3.Connection, remote_id: int) -> tuple[Any, ...]:
    """Give a project that the cache has as `of_row` takes it, as the marketplace told it last."""
    return tuple(connection.execute(_WHOLE.format(status="status"), (remote_id,)).fetchone())


def summaries(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, ProjectSummary]:
    """Give those of the projects that the cache has, by id."""
    return {row[0]: _summary(row) for row in connection.execute(_THESE, (listed(ids),))}


def of_owner(connection: sqlite3.Connection, owner_id: int, limit: int) -> list[ProjectSummary]:
    """Give the projects of a client, the newest first."""
    return [_summary(row) for row in connection.execute(_OF_OWNER, (owner_id, limit))]


def titles(connection: sqlite3.Connection, ids: Iterable[int | None]) -> dict[int, str]:
    """Give the titles of those of the projects that the cache has."""
    query = f"SELECT remote_id, title FROM projects WHERE remote_id {AMONG}"
    return dict(connection.execute(query, (listed(ids),)))


def known(connection: sqlite3.Connection, ids: Iterable[int]) -> set[int]:
    """Give those of the ids that the cache has."""
    return known_ids(connection, "projects", ids)


def count(connection: sqlite3.Connection) -> int:
    """Give how many projects there are, without counting them."""
    query = "SELECT value FROM totals WHERE name = 'projects'"
    return int(connection.execute(query).fetchone()[0])


def _summary(row: tuple[Any, ...]) -> ProjectSummary:
    remote_id, title, kind, status, currency, minimum, maximum, posted, updated, bids, *rest = row
    skills, country, url, verdict, owner, average, reputation, is_noted, is_new = rest
    known = people.reputation_of(reputation)
    return ProjectSummary(
        remote_id=remote_id,
        title=title,
        kind=kind,
        status=status,
        budget=_budget(currency, minimum, maximum),
        posted_at=instant(posted),
        updated_at=instant(updated),
        bid_count=bids,
        skills=tuple(skill[1] for skill in json.loads(skills)),
        country=country,
        url=url,
        verdict=verdict,
        owner_id=owner,
        bid_average=maybe_money(average, currency),
        client_rating=known.overall if known else None,
        client_reviews=known.reviews if known else 0,
        is_noted=bool(is_noted),
        is_new=bool(is_new),
    )


def of_row(row: Sequence[Any]) -> Project:
    """Give the project that a row tells of."""
    remote_id, title, kind, status, currency, minimum, maximum, posted, updated, *rest = row
    owner, description, preview, url, bids, average, skills, country, language, *more = rest
    return Project(
        remote_id=remote_id,
        title=title,
        kind=kind,
        status=status,
        budget=_budget(currency, minimum, maximum),
        posted_at=instant(posted),
        updated_at=instant(updated),
        owner_id=owner,
        description=description,
        preview=preview,
        url=url,
        bid_count=bids,
        bid_average=maybe_money(average, currency),
        skills=tuple(Skill(*skill) for skill in json.loads(skills)),
        country=country,
        language=language,
        bid_period_days=more[0],
        traits=tuple(json.loads(more[1])),
    )


def _budget(currency: str, minimum: int | None, maximum: int | None) -> Budget:
    return Budget(currency, maybe_money(minimum, currency), maybe_money(maximum, currency))
