"""Papers: how documents, clients and the user's own details are written as JSON, and read back.

Decimals are written as text: JSON's own numbers would pass through float.
"""

import json
from dataclasses import asdict, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from freelancer_tui.domain.billing import Client, Seller
from freelancer_tui.domain.invoices import (
    Invoice,
    InvoiceLine,
    Note,
    Party,
    RateNote,
    Step,
    Tax,
    Ways,
    Withholding,
)
from freelancer_tui.store.columns import instant, to_json

_PLAIN: Final = ("terms_days", "po_number", "note", "language", "logo")
_SELLER: Final = (
    "logo", "scheme", "credit_scheme", "quote_scheme", "is_taxed", "terms_days", "language",
)  # fmt: skip
_CLIENT: Final = ("language", "currency", "terms_days", "withholding", "remote_id")


def written(invoice: Invoice) -> str:
    """Give what never changes once a document is issued, but for what columns of their own say."""
    sheet: dict[str, Any] = {name: getattr(invoice, name) for name in _PLAIN}
    if invoice.is_deposit:
        sheet["is_deposit"] = True
    sheet["client"] = asdict(invoice.client)
    sheet["seller"] = asdict(invoice.seller)
    sheet["ways"] = _said(asdict(invoice.ways))
    sheet["notes"] = [asdict(one) for one in invoice.notes]
    sheet["lines"] = [_line(one) for one in invoice.lines]
    sheet["withholdings"] = [_withholding(one) for one in invoice.withholdings]
    sheet["period"] = [day.isoformat() for day in invoice.period] if invoice.period else None
    if (rate := invoice.rate) is not None:
        sheet["rate"] = [rate.currency, str(rate.rate), rate.on.isoformat(), rate.source]
    return to_json(sheet)


def read(text: str, bare: Invoice) -> Invoice:
    """Give a document with what its sheet says."""
    sheet = json.loads(text)
    period = sheet["period"]
    rate = sheet.get("rate")
    return replace(
        bare,
        **{name: sheet[name] for name in _PLAIN},
        is_deposit=bool(sheet.get("is_deposit")),
        client=_party(sheet["client"]),
        seller=_party(sheet["seller"]),
        ways=Ways(**sheet["ways"]),
        notes=tuple(Note(**one) for one in sheet["notes"]),
        lines=tuple(map(_read_line, sheet["lines"])),
        withholdings=tuple(map(_read_withholding, sheet["withholdings"])),
        period=(date.fromisoformat(period[0]), date.fromisoformat(period[1])) if period else None,
        rate=RateNote(rate[0], Decimal(rate[1]), date.fromisoformat(rate[2]), rate[3])
        if rate
        else None,
    )


def check(text: str) -> Invoice:
    """Read a sheet by itself; raise what reading raises when it is no sense."""
    return read(text, Invoice("", ""))


def write_slips(invoice: Invoice) -> str:
    """Give the slips of what was withheld, in the order of the withholdings."""
    return to_json([[one.slip_number, _day(one.slip_date)] for one in invoice.withholdings])


def with_slips(invoice: Invoice, text: str) -> Invoice:
    """Give a document with its slips."""
    slips = json.loads(text)
    kept = tuple(
        replace(one, slip_number=number, slip_date=date.fromisoformat(day) if day else None)
        for one, (number, day) in zip(invoice.withholdings, slips, strict=False)
    )
    return replace(invoice, withholdings=(*kept, *invoice.withholdings[len(kept) :]))


def write_client(client: Client) -> str:
    """Give a client as JSON; the id has a column of its own."""
    return to_json({"party": asdict(client.party), **_chosen(client, _CLIENT)})


def read_client(text: str, client_id: str = "", updated_at: int = 0) -> Client:
    """Give a client with what stands beside its sheet."""
    sheet = json.loads(text)
    party = _party(sheet.pop("party"))
    return Client(client_id, party, **sheet, updated_at=instant(updated_at))


def write_seller(seller: Seller) -> str:
    """Give the user's own details as JSON."""
    ways = _said(asdict(seller.ways))
    return to_json({"party": asdict(seller.party), "ways": ways, **_chosen(seller, _SELLER)})


def read_seller(text: str) -> Seller:
    """Give the user's own details."""
    sheet = json.loads(text)
    return Seller(_party(sheet.pop("party")), Ways(**sheet.pop("ways")), **sheet)


def _chosen(value: Client | Seller, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names}


def _said(texts: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if text}


def _party(row: dict[str, Any]) -> Party:
    row = {one.name: row[one.name] for one in fields(Party)}
    ids = tuple((kind, number) for kind, number in row["tax_ids"])
    return Party(**{**row, "address": tuple(row["address"]), "tax_ids": ids})


def _line(line: InvoiceLine) -> list[Any]:
    numbers = (line.quantity, line.unit_price, line.discount_percent, line.tax.percent)
    row = [line.text, line.unit, line.tax.code, line.milestone_remote_id, *map(str, numbers)]
    return [*row, line.deducts] if line.deducts else row


def _read_line(row: list[Any]) -> InvoiceLine:
    text, unit, code, milestone, *rest = row
    quantity, price, discount, percent = map(Decimal, rest[:4])
    deducts = str(rest[4]) if len(rest) > 4 else ""
    tax = Tax(code, percent)
    return InvoiceLine(text, quantity, price, unit, discount, tax, milestone, deducts)


def _withholding(one: Withholding) -> list[Any]:
    steps = [[None if s.up_to is None else str(s.up_to), str(s.percent)] for s in one.steps]
    return [one.name, str(one.percent), one.steps_currency, steps]


def _read_withholding(row: list[Any]) -> Withholding:
    name, percent, currency, steps = row
    read = tuple(
        Step(None if up_to is None else Decimal(up_to), Decimal(share)) for up_to, share in steps
    )
    return Withholding(name, Decimal(percent), steps=read, steps_currency=currency)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
