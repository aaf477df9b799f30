"""Ledger: the tables of invoices as they were first made, and the triggers that guard them.

What is issued is frozen by the file itself, whatever program writes; and every sum is kept up in
the transaction that moves it.
"""

import sqlite3
from typing import Final

_TABLES: Final = (
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
    CREATE INDEX invoices_open ON invoices
    (currency, own_currency, kind, due_on, client_id, payable, paid, settled, own_payable, own_gone)
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
_FIGURES: Final = """
    CREATE TABLE figures (
        month TEXT NOT NULL,
        client_id TEXT NOT NULL,
        currency TEXT NOT NULL,
        own_currency TEXT NOT NULL,
        invoiced INTEGER NOT NULL,
        withheld INTEGER NOT NULL,
        paid INTEGER NOT NULL,
        own_invoiced INTEGER NOT NULL,
        own_withheld INTEGER NOT NULL,
        own_paid INTEGER NOT NULL,
        PRIMARY KEY (month, currency, own_currency, client_id)
    ) STRICT
"""
"""Sums that the triggers below keep up: adding 100,000 documents up takes too long to wait for.

Each document and movement counts in its month, `2026-11` with no client, and in its year, `2026`
with its client.
"""


def begin(connection: sqlite3.Connection) -> None:
    """Make the tables; one step of the work file's migrations."""
    moves = "{0}.kind <> 'set-off'"
    for statement in (*_TABLES, _FIGURES):
        connection.execute(statement)
    _count_documents(connection)
    for name, event, row, sign in (
        ("paid", "INSERT", "NEW", "+"),
        ("unpaid", "DELETE", "OLD", "-"),
    ):
        then = _adding(row, sign, is_payment=True)
        _trigger(connection, name, f"{event} ON payments", moves.format(row), then)


_MADE: Final = (
    "ALTER TABLE invoices ADD COLUMN made_from TEXT",
    "CREATE INDEX invoices_made ON invoices (made_from) WHERE made_from IS NOT NULL",
    "CREATE INDEX invoices_quotes ON invoices (state, updated_at DESC, id) WHERE kind = 'quote'",
    """
    CREATE TABLE recurrences (
        id TEXT NOT NULL PRIMARY KEY,
        document_id TEXT NOT NULL UNIQUE,
        first_on TEXT NOT NULL,
        unit TEXT NOT NULL,
        every INTEGER NOT NULL,
        day INTEGER NOT NULL,
        until TEXT,
        times INTEGER,
        next_place INTEGER NOT NULL,
        is_paused INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE occurrences (
        rule_id TEXT NOT NULL,
        place INTEGER NOT NULL,
        due_on TEXT NOT NULL,
        invoice_id TEXT NOT NULL,
        PRIMARY KEY (rule_id, place)
    ) STRICT
    """,
    """
    CREATE TABLE rates (
        currency TEXT NOT NULL,
        own TEXT NOT NULL,
        day TEXT NOT NULL,
        unit INTEGER NOT NULL,
        rate TEXT NOT NULL,
        source TEXT NOT NULL,
        PRIMARY KEY (currency, own, day)
    ) STRICT
    """,
    """
    CREATE TABLE payouts (
        milestone_id INTEGER PRIMARY KEY,
        released_on TEXT,
        is_seen INTEGER NOT NULL
    ) STRICT
    """,
)


def widen(connection: sqlite3.Connection) -> None:
    """Let there be quotes, which no sum counts, and documents that are made from others."""
    for statement in _MADE:
        connection.execute(statement)
    for name in ("added", "issued", "void"):
        connection.execute(f"DROP TRIGGER figures_{name}")
    _count_documents(connection, "AND {0}.kind <> 'quote'")


def _count_documents(connection: sqlite3.Connection, besides: str = "") -> None:
    """Let documents be added to the figures when they begin to count, and taken off after."""
    counts = "{0}.state NOT IN ('draft', 'void') " + besides
    for name, event, when, then in (
        ("added", "INSERT ON invoices",
         counts.format("NEW"), _adding("NEW", "+", is_payment=False)),
        ("issued", "UPDATE OF state ON invoices",
         f"OLD.state = 'draft' AND {counts.format('NEW')}", _adding("NEW", "+", is_payment=False)),
        ("void", "UPDATE OF state ON invoices",
         f"{counts.format('OLD')} AND NEW.state = 'void'", _adding("OLD", "-", is_payment=False)),
    ):  # fmt: skip
        _trigger(connection, name, event, when, then)


def _trigger(connection: sqlite3.Connection, name: str, event: str, when: str, then: str) -> None:
    connection.execute(f"CREATE TRIGGER figures_{name} AFTER {event} WHEN {when} BEGIN {then}; END")


def _adding(row: str, sign: str, *, is_payment: bool) -> str:
    """Give the statement that adds a document or a movement to its figures."""
    whose = "kind = 'refund'" if is_payment else "kind = 'credit_note'"
    sign = f"{sign} CASE WHEN {row}.{whose} THEN -1 ELSE 1 END"
    kept = ("amount", "own") if is_payment else ("total", "withheld", "own_total", "own_withheld")
    sums = [f"{sign} * coalesce({row}.{name}, 0)" for name in kept]
    first, *others = sums
    values = ("0", "0", first, "0", "0", *others) if is_payment else (
        *sums[:2], "0", *sums[2:], "0"
    )  # fmt: skip
    names = ("invoiced", "withheld", "paid", "own_invoiced", "own_withheld", "own_paid")
    day = "paid_on" if is_payment else "issued_on"
    rest = f"{row}.currency, coalesce({row}.own_currency, ''), {', '.join(values)}"
    return (
        f"INSERT INTO figures VALUES (substr({row}.{day}, 1, 7), '', {rest}),"
        f" (substr({row}.{day}, 1, 4), {row}.client_id, {rest}) ON CONFLICT DO UPDATE SET "
        + ", ".join(f"{name} = {name} + excluded.{name}" for name in names)
    )
