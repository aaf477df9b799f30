"""Briefs: storing projects together with their text index, only where something changed."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from freelancer_tui.domain.projects import Project
from freelancer_tui.store.cache import facets
from freelancer_tui.store.cache.changes import AMONG, Row, fingerprint, listed
from freelancer_tui.store.cache.words import glyphs
from freelancer_tui.store.columns import DAY, maybe_minor, micros, to_json

_TOLD: Final = (
    "title kind status currency minimum maximum posted_at updated_at bid_count skills country url "
    "owner_id average language bid_period_days traits preview description"
).split()
_COLUMNS: Final = ("remote_id", "hash", "text_hash", "glyphs", "facets", *_TOLD)
_KNOWN: Final = f"""
    SELECT remote_id, hash, text_hash, updated_at, description IS NOT NULL
    FROM projects WHERE remote_id {AMONG}
"""
_DESCRIPTIONS: Final = f"SELECT remote_id, description FROM projects WHERE remote_id {AMONG}"
_UPSERT: Final = f"""
    INSERT INTO projects ({", ".join(_COLUMNS)}) VALUES ({", ".join("?" * len(_COLUMNS))})
    ON CONFLICT (remote_id) DO UPDATE
    SET {", ".join(f"{column} = excluded.{column}" for column in _COLUMNS[1:])}
    WHERE excluded.updated_at >= projects.updated_at
"""
# Two statements for a whole page: triggers would flush the index once for each row.
_UNINDEX: Final = f"""
    INSERT INTO project_words (project_words, rowid, title, body, glyphs, facets)
    SELECT 'delete', remote_id, title, body, glyphs, facets
    FROM project_texts WHERE remote_id {AMONG}
"""
_INDEX: Final = f"""
    INSERT INTO project_words (rowid, title, body, glyphs, facets)
    SELECT remote_id, title, body, glyphs, facets FROM project_texts WHERE remote_id {AMONG}
"""
_RESTATE: Final = f"""
    UPDATE projects
    SET facets = ? || substr(facets, instr(facets || ' ', ' ')), text_hash = 0
    WHERE remote_id {AMONG}
"""
# Narrow rows: what is compared with numbers is read without the kilobyte of text beside it.
_FIGURES: Final = f"""
    INSERT OR REPLACE INTO figures
        (remote_id, posted_at, bid_count, currency, least, most, owner_id)
    SELECT p.remote_id, posted_at, bid_count, f.id, minimum, maximum, owner_id
    FROM projects p JOIN facets f ON f.key = 'currency:' || p.currency
    WHERE p.remote_id {AMONG}
"""
_DAYS: Final = f"""
    INSERT INTO days (day, first_id, last_id)
    SELECT posted_at / {DAY}, min(remote_id), max(remote_id) FROM figures
    WHERE remote_id {AMONG} GROUP BY 1
    ON CONFLICT (day) DO UPDATE
    SET first_id = min(first_id, excluded.first_id), last_id = max(last_id, excluded.last_id)
"""
_COUNT: Final = "UPDATE totals SET value = value + ? WHERE name = 'projects'"


class _Known(NamedTuple):
    """What the cache has of a project, as far as it decides whether to write."""

    hash: int
    text_hash: int
    updated_at: int
    described: bool


class _Change(NamedTuple):
    """A project to write, and whether its words are other ones than those in the index."""

    row: Row
    retold: bool


def store(connection: sqlite3.Connection, projects: Iterable[Project]) -> int:
    """Store projects that are new or changed and not older than what is there; count them."""
    newest: dict[int, Project] = {}
    for project in projects:
        before = newest.get(project.remote_id)
        if before is None or before.updated_at <= project.updated_at:
            newest[project.remote_id] = project
    if not newest:
        return 0
    known = {row[0]: _Known(*row[1:]) for row in connection.execute(_KNOWN, (listed(newest),))}
    whole = _with_known_texts(connection, list(newest.values()), known)
    met = facets.met(connection, whole)
    changes = [change for project in whole if (change := _change(project, known, met))]
    _write(connection, changes, known)
    return len(changes)


def _with_known_texts(
    connection: sqlite3.Connection, projects: Sequence[Project], known: dict[int, _Known]
) -> list[Project]:
    """Give projects the text that was read before, where only the preview came this time."""
    short = [
        project.remote_id
        for project in projects
        if project.description is None
        and (before := known.get(project.remote_id))
        and before.described
    ]
    if not short:
        return list(projects)
    texts = dict(connection.execute(_DESCRIPTIONS, (listed(short),)))
    return [
        replace(project, description=texts[project.remote_id])
        if project.remote_id in texts
        else project
        for project in projects
    ]


def restate(connection: sqlite3.Connection, ids: Iterable[int], status: str) -> None:
    """Index projects under another status than the marketplace told last.

    What is indexed of them is then no longer what was told, so the next that is told is indexed
    anew, whatever of it changed.
    """
    kept = listed(ids)
    connection.execute(_UNINDEX, (kept,))
    connection.execute(_RESTATE, (facets.status(connection, status), kept))
    connection.execute(_INDEX, (kept,))


def _change(project: Project, known: dict[int, _Known], met: facets.Met) -> _Change | None:
    before = known.get(project.remote_id)
    if before and micros(project.updated_at) < before.updated_at:
        return None
    told = _told(project)
    content = fingerprint(told)
    if before and before.hash == content:
        return None
    body = project.preview if project.description is None else project.description
    signs = met.signs(project)
    text = fingerprint((project.title, body, signs))
    row = (project.remote_id, content, text, glyphs(f"{project.title}\n{body}"), signs, *told)
    return _Change(row, before is None or before.text_hash != text)


def _write(
    connection: sqlite3.Connection, changes: Sequence[_Change], known: dict[int, _Known]
) -> None:
    if not changes:
        return
    retold = [change.row[0] for change in changes if change.retold]
    connection.execute(_UNINDEX, (listed(one for one in retold if one in known),))
    connection.executemany(_UPSERT, [change.row for change in changes])
    connection.execute(_INDEX, (listed(retold),))
    written = listed(change.row[0] for change in changes)
    connection.execute(_FIGURES, (written,))
    connection.execute(_DAYS, (written,))
    connection.execute(_COUNT, (sum(change.row[0] not in known for change in changes),))


def _told(project: Project) -> Row:
    return (
        project.title,
        project.kind,
        project.status,
        project.budget.currency,
        maybe_minor(project.budget.minimum),
        maybe_minor(project.budget.maximum),
        micros(project.posted_at),
        micros(project.updated_at),
        project.bid_count,
        to_json([[skill.remote_id, skill.name, skill.category] for skill in project.skills]),
        project.country,
        project.url,
        project.owner_id,
        maybe_minor(project.bid_average),
        project.language,
        project.bid_period_days,
        to_json(project.traits) if project.traits else "[]",
        project.preview,
        project.description,
    )
