"""Migrations of the work file: numbered steps, forward only; never change one that was released."""

import sqlite3
from typing import Final

from freelancer_tui.store.database import Migration

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


_INVOICES: Final = (
    """
    CREATE TABLE invoices (
        id TEXT NOT NULL PRIMARY KEY,
        kind TEXT NOT NULL,
        state TEXT NOT NULL,
        number TEXT UNIQUE,
        series TEXT,
        sequence INTEGER,
        client_id TEXT NOT NULL,
        client_name TEXT NOT NULL,
        currency TEXT NOT NULL,
        issued_on TEXT,
        due_on TEXT,
        total INTEGER NOT NULL,
        withheld INTEGER NOT NULL,
        payable INTEGER NOT NULL,
        paid INTEGER NOT NULL,
        settled INTEGER NOT NULL,
        own_currency TEXT,
        own_total INTEGER,
        own_withheld INTEGER,
        own_payable INTEGER,
        own_gone INTEGER,
        project_remote_id INTEGER,
        corrects TEXT,
        sheet TEXT NOT NULL,
        slips TEXT NOT NULL,
        void_reason TEXT NOT NULL,
        updated_at INTEGER NOT NULL,
        revision INTEGER NOT NULL,
        UNIQUE (series, sequence)
    ) STRICT
    """,
    "CREATE INDEX invoices_by_time ON invoices (updated_at DESC, id)",
    "CREATE INDEX invoices_by_state ON invoices (state, updated_at DESC, id)",
    "CREATE INDEX invoices_of_client ON invoices (client_id, updated_at DESC, id)",
    "CREATE INDEX invoices_by_day ON invoices (issued_on)",
    "CREATE INDEX invoices_corrected ON invoices (corrects) WHERE corrects IS NOT NULL",
    """
    CREATE INDEX invoices_figures ON invoices
    (kind, state, currency, issued_on, client_id, own_currency,
     total, withheld, payable, own_total, own_withheld, own_payable)
    """,
    """
    CREATE INDEX invoices_open ON invoices
    (currency, due_on, kind, client_id, own_currency, payable, paid, settled, own_payable, own_gone)
    WHERE state IN ('issued', 'part-paid')
    """,
    """
    CREATE TRIGGER invoices_frozen BEFORE UPDATE ON invoices
    WHEN OLD.state <> 'draft' AND (
        NEW.state = 'draft' OR OLD.state = 'void' AND NEW.state <> 'void'
        OR (OLD.id, OLD.kind, OLD.number, OLD.series, OLD.sequence, OLD.client_id, OLD.currency,
            OLD.issued_on, OLD.due_on, OLD.total, OLD.withheld, OLD.payable, OLD.corrects,
            OLD.sheet)
        IS NOT (NEW.id, NEW.kind, NEW.number, NEW.series, NEW.sequence, NEW.client_id,
            NEW.currency, NEW.issued_on, NEW.due_on, NEW.total, NEW.withheld, NEW.payable,
            NEW.corrects, NEW.sheet)
    ) BEGIN SELECT RAISE(ABORT, 'an issued document is frozen'); END
    """,
    """
    CREATE TRIGGER invoices_kept BEFORE DELETE ON invoices WHEN OLD.state <> 'draft'
    BEGIN SELECT RAISE(ABORT, 'an issued document is kept'); END
    """,
    """
    CREATE TABLE payments (
        id TEXT NOT NULL PRIMARY KEY,
        invoice_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        paid_on TEXT NOT NULL,
        currency TEXT NOT NULL,
        amount INTEGER NOT NULL,
        own_currency TEXT,
        own INTEGER,
        client_id TEXT NOT NULL,
        other_id TEXT,
        note TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX payments_of_invoice ON payments (invoice_id)",
    """
    CREATE INDEX payments_figures ON payments
    (kind, currency, paid_on, client_id, own_currency, amount, own)
    """,
    "CREATE TABLE series (name TEXT NOT NULL PRIMARY KEY, last INTEGER NOT NULL) STRICT",
    """
    CREATE TABLE clients (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        sheet TEXT NOT NULL,
        updated_at INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE TABLE sellers (id TEXT NOT NULL PRIMARY KEY, sheet TEXT NOT NULL) STRICT",
)


def _keep_invoices(connection: sqlite3.Connection) -> None:
    for statement in _INVOICES:
        connection.execute(statement)


MIGRATIONS: Final[tuple[Migration, ...]] = (
    _begin,
    _keep_unread_numbers,
    _let_entries_wait,
    _keep_conflicts,
    _keep_last_look,
    _keep_versions,
    _keep_triage,
    _keep_templates,
    _keep_invoices,
)
"""The step at place n brings a file of version n to version n + 1."""
