"""Migrations of the work file: numbered steps, forward only; never change one that was released."""

import sqlite3
from typing import Final

from freelancer_tui.store.database import Migration
from freelancer_tui.store.work import ledger

_FIRST: Final = (
    """
    CREATE TABLE proposals (
        id TEXT NOT NULL PRIMARY KEY,
        project_remote_id INTEGER NOT NULL,
        currency TEXT NOT NULL,
        text TEXT NOT NULL,
        price INTEGER,
        days INTEGER,
        state TEXT NOT NULL,
        bid_remote_id INTEGER,
        refusal_code TEXT NOT NULL,
        refusal TEXT NOT NULL,
        created_at INTEGER,
        updated_at INTEGER
    ) STRICT
    """,
    "CREATE INDEX proposals_of_project ON proposals (project_remote_id)",
    "CREATE INDEX proposals_by_time ON proposals (updated_at)",
    """
    CREATE TABLE replies (
        thread_id INTEGER PRIMARY KEY,
        text TEXT NOT NULL,
        updated_at INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE outbox (
        id TEXT NOT NULL PRIMARY KEY,
        intent TEXT NOT NULL,
        subject_id TEXT NOT NULL,
        entity TEXT NOT NULL,
        about TEXT NOT NULL,
        state TEXT NOT NULL,
        queued_at INTEGER NOT NULL,
        attempts INTEGER NOT NULL,
        next_try_at INTEGER,
        watermark INTEGER,
        looked_first_at INTEGER,
        asks INTEGER NOT NULL,
        reason_code TEXT NOT NULL,
        reason TEXT NOT NULL,
        remote_id INTEGER
    ) STRICT
    """,
    "CREATE INDEX outbox_by_state ON outbox (state, queued_at, id)",
    "CREATE INDEX outbox_of_entity ON outbox (entity, queued_at, id)",
    "CREATE INDEX outbox_of_subject ON outbox (subject_id)",
    """
    CREATE TABLE marks (
        remote_id INTEGER PRIMARY KEY,
        verdict TEXT NOT NULL,
        marked_at INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE reads (
        thread_id INTEGER PRIMARY KEY,
        read_at INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT",
)


def _begin(connection: sqlite3.Connection) -> None:
    for statement in _FIRST:
        connection.execute(statement)


def _keep_unread_numbers(connection: sqlite3.Connection) -> None:
    for column in ("unread_price", "unread_days"):
        connection.execute(f"ALTER TABLE proposals ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")


def _let_entries_wait(connection: sqlite3.Connection) -> None:
    for column in ("after", "found"):
        connection.execute(f"ALTER TABLE outbox ADD COLUMN {column} TEXT")
    connection.execute("CREATE INDEX outbox_after ON outbox (after) WHERE after IS NOT NULL")


def _keep_conflicts(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE proposals ADD COLUMN revision INTEGER NOT NULL DEFAULT 0")
    for column in ("brief", "placed"):
        connection.execute(f"ALTER TABLE proposals ADD COLUMN {column} TEXT")
    connection.execute(
        """
        CREATE TABLE conflicts (
            id TEXT NOT NULL PRIMARY KEY,
            kind TEXT NOT NULL,
            subject_id TEXT NOT NULL,
            base TEXT,
            mine TEXT,
            theirs TEXT NOT NULL,
            opened_at INTEGER NOT NULL,
            settled_at INTEGER,
            choice TEXT
        ) STRICT
        """
    )
    connection.execute(
        "CREATE INDEX conflicts_open ON conflicts (subject_id) WHERE settled_at IS NULL"
    )


def _keep_last_look(connection: sqlite3.Connection) -> None:
    for column in ("looked_at", "looked_among"):
        connection.execute(f"ALTER TABLE outbox ADD COLUMN {column} INTEGER")


def _keep_versions(connection: sqlite3.Connection) -> None:
    connection.execute(
        """
        CREATE TABLE versions (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            subject_id TEXT NOT NULL,
            made_at INTEGER NOT NULL,
            said TEXT NOT NULL
        ) STRICT
        """
    )
    connection.execute("CREATE INDEX versions_of_subject ON versions (subject_id, number)")
    connection.execute(
        """
        CREATE TABLE places (
            subject_id TEXT NOT NULL PRIMARY KEY,
            line INTEGER NOT NULL,
            letter INTEGER NOT NULL,
            top INTEGER NOT NULL
        ) STRICT
        """
    )
    connection.execute(
        """
        CREATE TABLE discarded (
            id TEXT NOT NULL PRIMARY KEY,
            sheet TEXT NOT NULL,
            discarded_at INTEGER NOT NULL
        ) STRICT
        """
    )


def _keep_triage(connection: sqlite3.Connection) -> None:
    connection.execute(
        """
        CREATE TABLE notes (
            remote_id INTEGER PRIMARY KEY,
            text TEXT NOT NULL,
            noted_at INTEGER NOT NULL
        ) STRICT
        """
    )
    connection.execute("CREATE TABLE seen (remote_id INTEGER PRIMARY KEY) STRICT")
    connection.execute(
        """
        CREATE TABLE searches (
            id TEXT NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            query TEXT NOT NULL,
            alert TEXT NOT NULL,
            place INTEGER NOT NULL,
            told_to INTEGER,
            waiting INTEGER NOT NULL
        ) STRICT
        """
    )


def _keep_templates(connection: sqlite3.Connection) -> None:
    for column in ("plan", "template_id", "template_name", "holes"):
        connection.execute(f"ALTER TABLE proposals ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")
    connection.execute(
        """
        CREATE TABLE templates (
            id TEXT NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            kind TEXT NOT NULL,
            english TEXT NOT NULL,
            indonesian TEXT NOT NULL,
            updated_at INTEGER NOT NULL
        ) STRICT
        """
    )


def _keep_files(connection: sqlite3.Connection) -> None:
    connection.execute(
        """
        CREATE TABLE reply_files (
            thread_id INTEGER NOT NULL,
            place INTEGER NOT NULL,
            name TEXT NOT NULL,
            path TEXT NOT NULL,
            size INTEGER NOT NULL,
            content_type TEXT NOT NULL,
            checksum TEXT NOT NULL,
            PRIMARY KEY (thread_id, place)
        ) STRICT
        """
    )
    connection.execute(
        """
        CREATE TABLE downloads (
            message_remote_id INTEGER NOT NULL,
            name TEXT NOT NULL,
            path TEXT NOT NULL,
            size INTEGER NOT NULL,
            checksum TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (message_remote_id, name)
        ) STRICT
        """
    )


def _keep_contacts(connection: sqlite3.Connection) -> None:
    connection.execute(
        """
        CREATE TABLE thread_marks (
            thread_id INTEGER PRIMARY KEY,
            starred INTEGER NOT NULL,
            muted INTEGER NOT NULL,
            archived_at INTEGER
        ) STRICT
        """
    )
    connection.execute(
        """
        CREATE TABLE contact_notes (
            remote_id INTEGER PRIMARY KEY,
            text TEXT NOT NULL,
            noted_at INTEGER NOT NULL
        ) STRICT
        """
    )


def _keep_jobs(connection: sqlite3.Connection) -> None:
    connection.execute(
        """
        CREATE TABLE kept (
            remote_id INTEGER PRIMARY KEY,
            stamp TEXT NOT NULL,
            told TEXT NOT NULL
        ) STRICT
        """
    )


def _keep_signals(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE reads ADD COLUMN told_to INTEGER")
    connection.execute(
        """
        CREATE TABLE thread_signals (
            thread_id INTEGER NOT NULL,
            kind TEXT NOT NULL,
            is_on INTEGER NOT NULL,
            since INTEGER NOT NULL,
            attempts INTEGER NOT NULL,
            next_try_at INTEGER,
            given_up INTEGER NOT NULL,
            PRIMARY KEY (thread_id, kind)
        ) STRICT
        """
    )
    for kind, column in (("star", "starred"), ("mute", "muted")):  # marks nobody was told of
        connection.execute(
            "INSERT INTO thread_signals (thread_id, kind, is_on, since, attempts, given_up)"
            f" SELECT thread_id, ?, 1, 0, 0, 0 FROM thread_marks WHERE {column}",
            (kind,),
        )


MIGRATIONS: Final[tuple[Migration, ...]] = (
    _begin,
    _keep_unread_numbers,
    _let_entries_wait,
    _keep_conflicts,
    _keep_last_look,
    _keep_versions,
    _keep_triage,
    _keep_templates,
    ledger.begin,
    ledger.widen,
    _keep_files,
    _keep_contacts,
    _keep_jobs,
    _keep_signals,
)
"""The step at place n brings a file of version n to version n + 1."""
