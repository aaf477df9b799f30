"""Clients: those whom the user bills, and who the user is on documents."""

import sqlite3
from datetime import datetime
from typing import Final

from freelancer_tui.domain.billing import Client, Seller
from freelancer_tui.store.columns import micros
from freelancer_tui.store.work import papers

MOST: Final = 5_000
_ME: Final = "me"
_PUT: Final = """
    INSERT INTO clients (id, name, sheet, updated_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE
    SET name = excluded.name, sheet = excluded.sheet, updated_at = excluded.updated_at
"""
_PUT_SELLER: Final = """
    INSERT INTO sellers (id, sheet) VALUES (?, ?)
    ON CONFLICT (id) DO UPDATE SET sheet = excluded.sheet
"""


def all(connection: sqlite3.Connection) -> list[Client]:
    """Give all, by name."""
    query = "SELECT sheet, id, updated_at FROM clients ORDER BY lower(name), id LIMIT ?"
    return [papers.read_client(*row) for row in connection.execute(query, (MOST,))]


def get(connection: sqlite3.Connection, client_id: str) -> Client | None:
    """Give a client; None when there is none of that id."""
    query = "SELECT sheet, id, updated_at FROM clients WHERE id = ?"
    row = connection.execute(query, (client_id,)).fetchone()
    return papers.read_client(*row) if row else None


def put(connection: sqlite3.Connection, client: Client, now: datetime) -> None:
    """Keep a client as it now is."""
    row = (client.id, client.party.name, papers.write_client(client), micros(now))
    connection.execute(_PUT, row)


def drop(connection: sqlite3.Connection, client_id: str) -> None:
    """Forget a client; documents keep what they say of it."""
    connection.execute("DELETE FROM clients WHERE id = ?", (client_id,))


def seller(connection: sqlite3.Connection) -> Seller:
    """Give who the user is on documents; nobody before it was said."""
    row = connection.execute("SELECT sheet FROM sellers WHERE id = ?", (_ME,)).fetchone()
    return papers.read_seller(row[0]) if row else Seller()


def put_seller(connection: sqlite3.Connection, seller: Seller) -> None:
    """Keep who the user is on documents."""
    connection.execute(_PUT_SELLER, (_ME, papers.write_seller(seller)))
