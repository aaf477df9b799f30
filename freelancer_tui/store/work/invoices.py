"""Invoices: our documents, a row for each; what is issued stays as it is, and its number too."""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, cast

from freelancer_tui.domain.billing import Summary
from freelancer_tui.domain.invoices import (
    DocumentState,
    Invoice,
    InvoiceState,
    Totals,
    in_own,
    totals,
)
from freelancer_tui.domain.money import Money
from freelancer_tui.store.columns import instant, micros
from freelancer_tui.store.work import papers, payments

_COLUMNS: Final = (
    "kind", "state", "number", "client_id", "client_name", "currency", "issued_on", "due_on",
    "total", "withheld", "payable", "paid", "settled", "own_currency", "own_total",
    "own_withheld", "own_payable", "own_gone", "project_remote_id", "corrects", "sheet", "slips",
    "void_reason", "updated_at", "revision", "made_from",
)  # fmt: skip
_SET: Final = ", ".join(f"{name} = ?" for name in _COLUMNS)
_INSERT: Final = (
    f"INSERT INTO invoices ({', '.join(_COLUMNS)}, id) VALUES ({', '.join('?' * len(_COLUMNS))}, ?)"
)
_UPDATE: Final = f"UPDATE invoices SET {_SET} WHERE id = ? AND state = 'draft'"
_READ: Final = (
    "id, currency, kind, state, number, client_id, issued_on, due_on, project_remote_id, corrects,"
    " void_reason, updated_at, revision, sheet, slips, made_from"
)
_GET: Final = f"SELECT {_READ} FROM invoices WHERE id = ?1 OR number = ?1"
_SHORT: Final = (
    "id, kind, state, number, client_id, client_name, currency, total, payable, paid, settled,"
    " own_currency, own_payable, issued_on, due_on, project_remote_id, updated_at"
)
_OWED: Final = "('issued', 'part-paid')"
_KEPT: Final = ("draft", "void", "accepted", "declined")
"""States that do not follow from payments."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which documents a list shows."""

    states: Sequence[InvoiceState] = ()
    """Empty for all."""
    client_id: str = ""
    year: int | None = None
    """Of the day of issue; drafts have none."""
    due_before: date | None = None
    project_remote_id: int | None = None
    are_quotes: bool = False
    """True for quotes only; without it, for all but them."""


def get(connection: sqlite3.Connection, named: str) -> Invoice | None:
    """Give a document by its id or number, with its payments; None when there is none."""
    row = connection.execute(_GET, (named,)).fetchone()
    return _invoice(connection, row) if row else None


def put_draft(connection: sqlite3.Connection, invoice: Invoice) -> None:
    """Keep a draft as it now is."""
    assert invoice.state == "draft"
    row = _row(invoice)
    if not connection.execute(_UPDATE, (*row, invoice.id)).rowcount:
        connection.execute(_INSERT, (*row, invoice.id))


def issue(connection: sqlite3.Connection, invoice: Invoice, series: str, sequence: int) -> None:
    """Let a draft be issued as it now is, under a number; from here on it is frozen."""
    done = connection.execute(
        f"UPDATE invoices SET {_SET}, series = ?, sequence = ? WHERE id = ? AND state = 'draft'",
        (*_row(invoice), series, sequence, invoice.id),
    )
    assert done.rowcount == 1
    payments.balance(connection, invoice.id)


def void(connection: sqlite3.Connection, invoice_id: str, reason: str, now: datetime) -> None:
    """Let a document count no more; it keeps its number."""
    connection.execute(
        "UPDATE invoices SET state = 'void', void_reason = ?, updated_at = ? WHERE id = ?",
        (reason, micros(now), invoice_id),
    )


def keep_slips(connection: sqlite3.Connection, invoice: Invoice, now: datetime) -> None:
    """Keep the slips of what was withheld."""
    connection.execute(
        "UPDATE invoices SET slips = ?, updated_at = ? WHERE id = ?",
        (papers.write_slips(invoice), micros(now), invoice.id),
    )


def touch(connection: sqlite3.Connection, invoice_id: str, now: datetime) -> None:
    """Note when something happened to a document, and bring its sums up to its movements."""
    payments.balance(connection, invoice_id)
    connection.execute("UPDATE invoices SET updated_at = ? WHERE id = ?", (micros(now), invoice_id))


def drop(connection: sqlite3.Connection, invoice_id: str) -> None:
    """Throw a draft away; a document that was issued cannot be."""
    connection.execute("DELETE FROM invoices WHERE id = ?", (invoice_id,))


def decide(connection: sqlite3.Connection, quote: Invoice, now: datetime) -> None:
    """Keep what became of a quote that was issued."""
    connection.execute(
        "UPDATE invoices SET state = ?, updated_at = ? WHERE id = ? AND kind = 'quote'",
        (quote.state, micros(now), quote.id),
    )


def made_of(connection: sqlite3.Connection, invoice_id: str) -> list[Invoice]:
    """Give the documents that were made from another and count, drafts too."""
    query = f"SELECT {_READ} FROM invoices WHERE made_from = ? AND state <> 'void' ORDER BY id"
    return [_invoice(connection, row) for row in connection.execute(query, (invoice_id,))]


def correcting(connection: sqlite3.Connection, invoice_id: str) -> list[Invoice]:
    """Give the credit notes for a document, those of no force left out."""
    query = f"SELECT {_READ} FROM invoices WHERE corrects = ? AND state <> 'void' ORDER BY id"
    return [_invoice(connection, row) for row in connection.execute(query, (invoice_id,))]


def billed_milestones(connection: sqlite3.Connection) -> dict[int, str]:
    """Give the milestones that stand on a document which counts, a draft too, and its id."""
    found = connection.execute(
        "SELECT json_extract(line.value, '$[3]'), invoices.id"
        " FROM invoices, json_each(invoices.sheet, '$.lines') AS line"
        " WHERE state <> 'void' AND kind = 'invoice' AND project_remote_id IS NOT NULL"
        " AND json_extract(line.value, '$[3]') IS NOT NULL"
    )
    return {int(milestone): document for milestone, document in found}


def summaries(connection: sqlite3.Connection, which: Filter, limit: int) -> list[Summary]:
    """List documents, what changed last first."""
    where, arguments = _conditions(which)
    query = f"SELECT {_SHORT} FROM invoices WHERE {where} ORDER BY updated_at DESC, id LIMIT ?"
    return [_summary(row) for row in connection.execute(query, (*arguments, limit))]


def counts(connection: sqlite3.Connection) -> dict[InvoiceState, int]:
    """Count the documents in each state, quotes left out."""
    query = "SELECT state, count(*) FROM invoices {} GROUP BY state"
    # Each of the two is counted along an index; leaving quotes out in one would read every row.
    found = Counter(dict(connection.execute(query.format(""))))
    found.subtract(dict(connection.execute(query.format("WHERE kind = 'quote'"))))
    return {state: count for state, count in found.items() if count}


def count_overdue(connection: sqlite3.Connection, today: date) -> int:
    """Count the invoices whose money should have come by now."""
    query = (
        "SELECT count(*) FROM invoices INDEXED BY invoices_open"
        f" WHERE state IN {_OWED} AND kind = 'invoice' AND due_on < ?"
    )
    return int(connection.execute(query, (today.isoformat(),)).fetchone()[0])


def _conditions(which: Filter) -> tuple[str, list[Any]]:
    found, arguments = ["kind = 'quote'" if which.are_quotes else "kind <> 'quote'"], list[Any]()
    if which.states:
        found.append(f"state IN ({', '.join('?' * len(which.states))})")
        arguments += which.states
    if which.client_id:
        found.append("client_id = ?")
        arguments.append(which.client_id)
    if which.year is not None:
        found.append("issued_on BETWEEN ? AND ?")
        arguments += [f"{which.year:04}-01-01", f"{which.year:04}-12-31"]
    if which.due_before is not None:
        found.append(f"state IN {_OWED} AND kind = 'invoice' AND due_on < ?")
        arguments.append(which.due_before.isoformat())
    if which.project_remote_id is not None:
        found.append("project_remote_id = ?")
        arguments.append(which.project_remote_id)
    return " AND ".join(found), arguments


def _row(invoice: Invoice) -> tuple[Any, ...]:
    sums = totals(invoice)
    assert invoice.updated_at is not None
    return (
        invoice.kind, invoice.state, invoice.number or None, invoice.client_id,
        invoice.client.name, invoice.currency, _day(invoice.issued_on), _day(invoice.due_on),
        *_sums(sums), *_own(invoice, sums), invoice.project_remote_id, invoice.corrects or None,
        papers.written(invoice), papers.write_slips(invoice), invoice.void_reason,
        micros(invoice.updated_at), invoice.revision, invoice.made_from or None,
    )  # fmt: skip


def _sums(sums: Totals) -> tuple[int, ...]:
    kept = (sums.total, sums.withheld, sums.payable, sums.paid, sums.settled)
    return tuple(one.minor for one in kept)


def _own(invoice: Invoice, sums: Totals) -> tuple[Any, ...]:
    if invoice.rate is None:
        return (None,) * 5
    kept = (in_own(invoice.rate, one) for one in (sums.total, sums.withheld, sums.payable))
    return (invoice.rate.currency, *(one.minor for one in kept), 0)


def _invoice(connection: sqlite3.Connection, row: tuple[Any, ...]) -> Invoice:
    key, currency, kind, state, number, client_id, issued, due, project, corrects, *rest = row
    reason, updated_at, revision, sheet, slips, made_from = rest
    paid, settled = payments.of(connection, key)
    bare = Invoice(
        id=key,
        currency=currency,
        client_id=client_id,
        kind=kind,
        state=cast(DocumentState, state if state in _KEPT else "issued"),
        number=number or "",
        payments=paid,
        set_offs=settled,
        issued_on=_read_day(issued),
        due_on=_read_day(due),
        project_remote_id=project,
        corrects=corrects or "",
        made_from=made_from or "",
        void_reason=reason,
        updated_at=instant(updated_at),
        revision=revision,
    )
    return papers.with_slips(papers.read(sheet, bare), slips)


def _summary(row: tuple[Any, ...]) -> Summary:
    key, kind, state, number, client_id, client_name, currency, *rest = row
    *amounts, own_currency, own, issued, due, project, updated_at = rest
    total, payable, paid, settled = (Money.of_minor(one, currency) for one in amounts)
    return Summary(
        key, kind, state, number or "", client_id, client_name, total, payable, paid, settled,
        None if own is None else Money.of_minor(own, own_currency),
        _read_day(issued), _read_day(due), project, instant(updated_at),
    )  # fmt: skip


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _read_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
