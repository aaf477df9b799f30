"""Shape: whether the tables of a cache are those that the schema lays, asked when a query fails."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from freelancer_tui.errors import StoreError
from freelancer_tui.store.cache import schema
from freelancer_tui.store.database import look

_TABLES: Final = "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"


def is_other(error: sqlite3.Error, path: Path) -> bool:
    """Tell whether a query failed because of the file's tables, and not by a mistake of ours."""
    if getattr(error, "sqlite_errorcode", 0) != sqlite3.SQLITE_ERROR:
        return False
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as ours:
        schema.create(ours)
        wanted = ours.execute(_TABLES).fetchall()
    try:
        with closing(look(path)) as theirs:
            return theirs.execute(_TABLES).fetchall() != wanted
    except (sqlite3.Error, StoreError, UnicodeDecodeError):
        return True
