"""Every table: rows for all tables of a work file of any version, made by what their columns are.

A table that a later migration adds gets rows as well, without a word here.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from freelancer_tui.domain.billing import Client, Seller
from freelancer_tui.domain.conflicts import Offering
from freelancer_tui.domain.invoices import Invoice, InvoiceLine, Party
from freelancer_tui.store.database import migrate
from freelancer_tui.store.work import intents, papers, sides
from freelancer_tui.store.work.migrations import MIGRATIONS
from freelancer_tui.store.work.recovery import tables_of
from tests.factories import a_reply_intent

LONG: Final = 900
"""Letters of a text: so that a few dozen rows lie on several pages."""
FOLLOWS: Final = ("figures", "meta")
"""What follows from other tables, and words about the file itself."""
_PARTY: Final = Party("Acme", ("Weg 1",), "DE")
_ONE: Final = Decimal(1)
_DATES: Final = (
    "issued_on", "due_on", "paid_on", "first_on", "until", "day", "released_on",
)  # fmt: skip
_SAID: Final[dict[tuple[str, str], Callable[[int], Any]]] = {
    ("proposals", "state"): lambda n: "draft",
    ("outbox", "state"): lambda n: "sent",
    ("outbox", "intent"): lambda n: intents.written(a_reply_intent(text=_text("said", n))),
    ("conflicts", "base"): lambda n: _offer(n),
    ("conflicts", "mine"): lambda n: _offer(n),
    ("conflicts", "theirs"): lambda n: _offer(n),
    ("versions", "said"): lambda n: _offer(n),
    ("discarded", "sheet"): lambda n: "{}",
    ("kept", "told"): lambda n: f'{{"title": "{_text("job", n)}"}}',
    ("invoices", "kind"): lambda n: "quote" if n % 4 == 0 else "invoice",
    ("invoices", "state"): lambda n: "issued",
    ("invoices", "series"): lambda n: f"name {n} {'x' * LONG}",
    ("invoices", "sheet"): lambda n: papers.written(
        Invoice("", "EUR", client=_PARTY, lines=(InvoiceLine(_text("work", n), _ONE, _ONE),))
    ),
    ("payments", "kind"): lambda n: "payment",
    ("clients", "sheet"): lambda n: papers.write_client(Client("", _PARTY)),
    ("sellers", "sheet"): lambda n: papers.write_seller(Seller(_PARTY)),
    ("recurrences", "day"): lambda n: n % 28,
    ("rates", "rate"): lambda n: f"{n}.25",
}
_EMPTY: Final = {("proposals", "brief"), ("proposals", "placed"), ("outbox", "found")}
Rows = dict[str, list[tuple[Any, ...]]]


def old_file(path: Path, version: int, count: int) -> Rows:
    """Make a work file as it was at a version, with rows in every table; give those."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, MIGRATIONS[:version], path)
        fill(connection, count)
        return rows_of(connection)


def fill(connection: sqlite3.Connection, count: int) -> None:
    """Put so many rows into each table, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    for table, columns in tables_of(connection).items():
        kinds = {row[1]: row[2] for row in connection.execute(f"PRAGMA table_info({table})")}
        holes = ", ".join("?" * len(columns))
        for number in range(1, count + 1) if table not in FOLLOWS else ():
            row = [_value(table, name, kinds[name], number) for name in columns]
            connection.execute(f"INSERT INTO {table} VALUES ({holes})", row)
    connection.execute("COMMIT")


def rows_of(connection: sqlite3.Connection, like: Rows | None = None) -> Rows:
    """Give the rows of every table, or only the tables and the columns that others have."""
    found: Rows = {}
    for table, columns in tables_of(connection).items():
        if table in FOLLOWS or (like is not None and table not in like):
            continue
        width = len(columns) if like is None else len(like[table][0])
        names = ", ".join(columns[:width])  # a migration adds columns behind the others
        found[table] = sorted(connection.execute(f"SELECT {names} FROM {table}"), key=repr)
    return found


def _value(table: str, column: str, kind: str, number: int) -> Any:
    if (table, column) in _EMPTY:
        return None
    if (table, column) in _SAID:
        return _SAID[table, column](number)
    if kind == "INTEGER":
        return 0 if column in ("paid", "settled", "own_gone") else number
    if column in _DATES:
        return f"{2020 + number // 300}-{1 + number % 12:02}-{1 + number % 28:02}"
    return _text(column, number)


def _text(name: str, number: int) -> str:
    return f"{name} {number} {'x' * LONG}"


def _offer(number: int) -> str | None:
    return sides.written(Offering(_text("offer", number), None, None))
