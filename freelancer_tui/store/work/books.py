"""Books: numbers and sums brought in line with the documents, after rows came from elsewhere."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from freelancer_tui.errors import StoreError
from freelancer_tui.store.database import look
from freelancer_tui.store.work import figures, payments, series

_STATES: Final = "('draft', 'issued', 'part-paid', 'paid', 'void', 'accepted', 'declined')"


def settle(connection: sqlite3.Connection) -> None:
    """Let sums follow from the rows that are there, and no number be given out twice."""
    connection.execute(
        "UPDATE invoices SET state = iif(number IS NULL, 'draft', 'issued')"
        f" WHERE state NOT IN {_STATES}"
    )
    payments.balance(connection)
    series.lift_to_documents(connection)
    figures.rebuild(connection)


def keep_numbers(old: Path, fresh: sqlite3.Connection) -> None:
    """Let a file go on counting where the one before it was, as far as that can be read."""
    with suppress(sqlite3.Error, StoreError), closing(look(old)) as before:
        series.lift(fresh, series.all(before))
