"""Recovery: the rows that can still be read in a damaged work file, laid into a new one."""

import json
import shutil
import sqlite3
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from freelancer_tui.i18n import N_
from freelancer_tui.store.database import Migration, look, migrate, version_of
from freelancer_tui.store.work import books, intents, papers, sides

MAYBE_SENT: Final = "maybe_sent"
"""The reason code of an entry that came out of a damaged file or a backup."""
_WHY: Final = N_(
    "It comes from a damaged file or a backup, so it may have been sent since. Look there first."
)
_LEAST_ROWID, _MOST_ROWID = -(2**63), 2**63 - 1
_MOST_PROBES: Final = 2_000
"""Looks into what lies between unreadable pages, for each table."""
_PAGE: Final = 4096
_MAGIC: Final = b"SQLite format 3\0"
_READS: Final[dict[tuple[str, str], Callable[[str], object]]] = {
    ("outbox", "intent"): intents.read,
    ("outbox", "found"): intents.read_terms,
    ("proposals", "brief"): sides.read_brief,
    ("proposals", "placed"): intents.read_terms,
    ("conflicts", "base"): sides.read,
    ("conflicts", "mine"): sides.read,
    ("conflicts", "theirs"): sides.read,
    ("versions", "said"): sides.read,
    ("discarded", "sheet"): json.loads,
    ("kept", "told"): json.loads,
    ("invoices", "sheet"): papers.check,
    ("clients", "sheet"): papers.read_client,
    ("sellers", "sheet"): papers.read_seller,
    ("recurrences", "first_on"): date.fromisoformat,
    ("recurrences", "until"): date.fromisoformat,
    ("rates", "day"): date.fromisoformat,
    ("rates", "rate"): Decimal,
    ("payouts", "released_on"): date.fromisoformat,
}
"""What reads a column later: a value that it could not read is not taken over."""
_NEEDED: Final = ("intent", "theirs", "said", "sheet", "told")
_SHEETS: Final = ("draft", "queued", "placed", "refused", "withdrawn", "shortlisted", "awarded",
                  "accepted", "declined", "lost")  # fmt: skip

OURS: Final = frozenset({"proposals", "outbox", "meta"})
"""Tables that every work file has."""

Row = tuple[Any, ...]


def recover(damaged: Path, fresh: Path, steps: Sequence[Migration], donors: Sequence[Path]) -> None:
    """Build a work file of the newest version from what is readable in a damaged one.

    Where not even the list of tables is, a donor, which is a backup, lends that page; and also
    what is missing at the end, if there is a log of what changed since.
    """
    best: tuple[int, dict[str, list[dict[str, Any]]], int] = (0, {}, len(steps))
    for donor in (None, *donors):
        reading = fresh.with_name("reading.db")
        try:
            _lay_out(damaged, reading, donor)
            found, version = _readable(reading, len(steps))
        finally:
            for part in ("", "-wal", "-shm", "-journal"):
                reading.with_name(reading.name + part).unlink(missing_ok=True)
        count = sum(map(len, found.values()))
        if count > best[0]:
            best = count, found, version
        if donor is None and found.keys() >= OURS:
            break
    _build(fresh, steps, best[1], best[2])


def settle(connection: sqlite3.Connection) -> None:
    """Let all that came from an older truth ask before it is sent."""
    connection.execute(
        "UPDATE outbox SET state = 'doubtful', asks = 1, next_try_at = NULL,"
        " reason_code = ?, reason = ? WHERE state <> 'sent'",
        (MAYBE_SENT, _WHY),
    )
    settle_sheets(connection)
    books.settle(connection)


def settle_sheets(connection: sqlite3.Connection) -> None:
    """Let no sheet wait for an entry that is not there: it is placed, or a draft again."""
    known = ", ".join(f"'{state}'" for state in _SHEETS)
    entry = (
        "EXISTS (SELECT 1 FROM outbox WHERE subject_id = proposals.id AND outbox.state {} 'sent')"
    )
    connection.execute(
        f"UPDATE proposals SET state = CASE WHEN bid_remote_id IS NOT NULL OR {entry.format('=')}"
        f" THEN 'placed' ELSE 'draft' END WHERE state NOT IN ({known})"
        f" OR state = 'queued' AND NOT {entry.format('<>')}"
    )


def tables_of(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Give the tables of a file, each with its columns."""
    names = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    return {
        name: [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')]
        for (name,) in names
    }


def _lay_out(damaged: Path, reading: Path, donor: Path | None) -> None:
    """Copy what is there to where it may be changed, so that SQLite agrees to look at it."""
    for ending in ("", "-wal", "-journal"):
        source = damaged.with_name(damaged.name + ending)
        if source.exists():
            shutil.copy2(source, reading.with_name(reading.name + ending))
    content = reading.read_bytes() if reading.exists() else b""
    if donor is not None:
        lent = donor.read_bytes()
        first = lent[:32] + bytes(8) + lent[40:_PAGE]  # it knows of no free pages
        content = first + content[_PAGE:]
        if reading.with_name(f"{reading.name}-wal").exists():  # what changed since is in there
            content += lent[max(len(content), _PAGE) :]
    if len(content) % _PAGE or not content:  # SQLite throws the log of an empty file away
        content += bytes(_PAGE - len(content) % _PAGE)
    if content.startswith(_MAGIC):
        pages = (len(content) // _PAGE).to_bytes(4, "big")  # a larger number would be refused
        content = content[:28] + pages + content[32:92] + content[24:28] + content[96:]
    reading.write_bytes(content)


def _readable(reading: Path, newest: int) -> tuple[dict[str, list[dict[str, Any]]], int]:
    """Give every row that can be read, by table, and the version of the file."""
    found: dict[str, list[dict[str, Any]]] = {}
    version = newest
    with suppress(sqlite3.Error), closing(sqlite3.connect(reading)) as connection:
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        if 0 < version_of(connection) <= newest:
            version = version_of(connection)
        for table, columns in tables_of(connection).items():
            found[table] = list(_rows(connection, table, columns))
    return found, version


def _rows(
    connection: sqlite3.Connection, table: str, columns: list[str]
) -> Iterator[dict[str, Any]]:
    """Yield a table's readable rows: from both ends, then ever smaller pieces between."""
    names = ", ".join(f'"{column}"' for column in columns)
    select = f'SELECT rowid, {names} FROM "{table}" WHERE rowid BETWEEN ? AND ? ORDER BY rowid'
    pieces = deque([(_LEAST_ROWID, _MOST_ROWID)])
    for _probe in range(_MOST_PROBES):
        if not pieces:
            return
        low, high = pieces.popleft()
        for direction in ("ASC", "DESC"):
            rows, ended = _until_damage(connection.cursor(), f"{select} {direction}", low, high)
            yield from (dict(zip(columns, row[1:], strict=True)) for row in rows)
            if ended:
                break
            if rows and direction == "ASC":
                low = rows[-1][0] + 1
            elif rows:
                high = rows[-1][0] - 1
        else:
            if low < high:
                middle = (low + high) // 2
                pieces += [(low, middle), (middle + 1, high)]


def _until_damage(
    cursor: sqlite3.Cursor, select: str, low: int, high: int
) -> tuple[list[Row], bool]:
    """Give the rows before the first that cannot be read, and whether there was none such."""
    rows: list[Row] = []
    try:
        for row in cursor.execute(select, (low, high)):
            rows.append(row)
    except sqlite3.Error:
        return rows, False
    return rows, True


def _build(
    fresh: Path, steps: Sequence[Migration], found: dict[str, list[dict[str, Any]]], version: int
) -> None:
    with closing(sqlite3.connect(fresh, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        migrate(connection, steps[:version], fresh)
        connection.execute("BEGIN IMMEDIATE")
        for table, columns in tables_of(connection).items():
            for row in found.get(table, ()):
                if set(row) <= set(columns) and _made_sound(table, row):
                    _insert(connection, table, row)
        connection.execute("COMMIT")
        migrate(connection, steps, fresh)
        settle(connection)


def _made_sound(table: str, row: dict[str, Any]) -> bool:
    """Tell whether a row can be used; a value in it that is no sense, but may lack, is dropped."""
    for (of_table, column), read in _READS.items():
        if of_table != table or row.get(column) is None:
            continue
        try:
            read(row[column])
        except (ValueError, TypeError, KeyError, IndexError, ArithmeticError, AttributeError):
            if column in _NEEDED:
                return False
            row[column] = None
    return True


def _insert(connection: sqlite3.Connection, table: str, row: dict[str, Any]) -> None:
    names = ", ".join(f'"{column}"' for column in row)
    holes = ", ".join("?" * len(row))
    with suppress(sqlite3.IntegrityError):  # a value of another kind, or a second row of one key
        connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({holes})', tuple(row.values()))


def is_whole(path: Path) -> bool:
    """Tell whether a file is a work file of any version, without a fault in it."""
    with suppress(Exception), closing(look(path)) as connection:
        tables = tables_of(connection)
        whole: bool = connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        return whole and tables.keys() >= OURS
    return False
