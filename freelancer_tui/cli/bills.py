"""Bills: what is typed about a document, read; and a document as JSON and lines."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from freelancer_tui import wording
from freelancer_tui.cli import output
from freelancer_tui.domain import currencies
from freelancer_tui.domain.billing import Summary
from freelancer_tui.domain.invoices import (
    Invoice,
    InvoiceLine,
    Payment,
    Withholding,
    state_of,
    totals,
)
from freelancer_tui.domain.money import Money, parse_number
from freelancer_tui.domain.taxrules import WithholdingRule
from freelancer_tui.errors import NotAllowed
from freelancer_tui.i18n import _

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER: Final = re.compile(r"[0-9]{1,20}(\.[0-9]{1,12})?")
_EITHER: Final = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")


def read_day(text: str) -> date:
    """Read a day."""
    try:
        if not _DAY.fullmatch(text.strip()):
            raise ValueError(text)
        return date.fromisoformat(text.strip())
    except ValueError:
        raise NotAllowed(
            _("{text} is no day.").format(text=text or "''"),
            hint=_("Write it like 2026-12-31. Nothing was changed."),
        ) from None


def read_period(text: str) -> tuple[date, date]:
    """Read the days from which and to which work was done; one day alone is both."""
    first, _dots, last = text.partition("..")
    return read_day(first), read_day(last or first)


def read_currency(text: str) -> str:
    """Read the code of a currency."""
    code = text.strip().upper()
    if not currencies.is_known(code):
        raise NotAllowed(
            _("{code} is no currency.").format(code=text or "''"),
            hint=_("Give three letters of ISO 4217, such as IDR or USD."),
        )
    return code


def read_line(text: str, currency: str) -> InvoiceLine:
    """Read `text;quantity;price`, or `text;price` for one of it."""
    parts = text.rsplit(";", 2)
    words, price = parts[0], parts[-1]
    quantity = parts[1] if len(parts) == 3 else "1"
    try:
        if len(parts) < 2 or not words.strip() or not price.strip():
            raise ValueError(text)
        return InvoiceLine(words.strip(), _plain(quantity), parse_number(price, currency))
    except ValueError:
        raise NotAllowed(
            _("{text} is no line.").format(text=text or "''"),
            hint=_('Write it like "Logo design;1;250" or "Hours in May;12.5;40", none below zero.'),
        ) from None


def read_percent(text: str) -> Decimal:
    """Read a share."""
    try:
        share = _plain(text.strip().removesuffix("%"))
    except ValueError:
        share = Decimal(-1)
    if not 0 <= share <= 100:
        raise NotAllowed(
            _("{text} is no share.").format(text=text or "''"), hint=_("Give from 0 to 100 %.")
        )
    return share


def read_rate(text: str) -> Decimal:
    """Read what one unit of a currency is worth in the user's own."""
    try:
        return _plain(text)
    except ValueError:
        raise NotAllowed(
            _("{text} is no rate.").format(text=text or "''"),
            hint=_("Give what one unit is worth in your own currency, such as 16250 or 1.0850."),
        ) from None


def read_withholdings(
    texts: Sequence[str], rules: Sequence[WithholdingRule]
) -> tuple[Withholding, ...]:
    """Read keys of rules, or `name;percent`; `none` alone takes all away."""
    if [one.casefold() for one in texts] == ["none"]:
        return ()
    by_key = {rule.key: rule for rule in rules}
    found = []
    for text in texts:
        name, semicolon, percent = text.rpartition(";")
        if semicolon and name.strip():
            found.append(Withholding(name.strip(), read_percent(percent)))
        elif text.casefold() in by_key:
            found.append(by_key[text.casefold()].withholding())
        else:
            raise NotAllowed(
                _("There is no rule {key} for what is withheld.").format(key=text or "''"),
                hint=_("Choose one of: {all}").format(
                    all=", ".join((*sorted(by_key), '"NAME;PERCENT"', "none"))
                ),
            )
    return tuple(found)


def document(one: Invoice) -> dict[str, Any]:
    """Give a document as JSON has it."""
    sums = totals(one)
    return {
        "id": one.id,
        "number": one.number or None,
        "kind": one.kind,
        "state": state_of(one),
        "client": one.client.name or None,
        "client_id": one.client_id or None,
        "currency": one.currency,
        "lines": [_line(line, one.currency) for line in one.lines],
        "net": output.money(sums.net),
        "tax": output.money(sums.tax),
        "withholding": output.money(sums.withheld),
        "total": output.money(sums.total),
        "payable": output.money(sums.payable),
        "paid": output.money(sums.paid),
        "open": output.money(sums.open),
        "issued_on": _day(one.issued_on),
        "due_on": _day(one.due_on),
        "period": [_day(day) for day in one.period] if one.period else None,
        "withholdings": [
            _withheld(kept, sums.net) for kept in one.withholdings
        ],
        "payments": [_payment(paid) for paid in one.payments],
        "credited": [_payment(taken) for taken in one.set_offs],
        "corrects": one.corrects or None,
        "made_from": one.made_from or None,
        "deposit": one.is_deposit,
        "project_remote_id": one.project_remote_id,
        "po_number": one.po_number or None,
        "note": one.note or None,
        "language": one.language,
        "rate": {"currency": one.rate.currency, "rate": str(one.rate.rate),
                 "on": _day(one.rate.on), "source": one.rate.source or None}
        if one.rate else None,
        "void_reason": one.void_reason or None,
        "updated_at": output.moment(one.updated_at),
    }  # fmt: skip


def lines(one: Invoice) -> str:
    """Give a document for people to read."""
    sums = totals(one)
    rows = [
        (
            f"{_number(line.quantity)} {line.unit}".strip(),
            wording.money(line.net(one.currency)),
            output.shortened(line.text, 60),
        )
        for line in one.lines
    ]
    named = [(_("Net"), sums.net), (_("Tax"), sums.tax), (_("Total"), sums.total)]
    named += [(kept.name, kept.of(sums.net)) for kept in one.withholdings]
    named += [
        (_("Payable"), sums.payable),
        (_("Paid so far"), sums.paid),
        (_("Still open"), sums.open),
    ]
    head = (one.id, one.number or "-", wording.invoice_state(state_of(one)), one.client.name or "-")
    sections = (
        "  ".join(head),
        output.table(rows),
        output.table([(name, wording.money(amount)) for name, amount in named]),
        one.void_reason,
    )
    return "\n\n".join(part for part in sections if part)


def row(one: Summary) -> tuple[str, ...]:
    """Give a document as a line of a list."""
    return (
        one.id,
        one.number or "-",
        wording.invoice_state(one.state),
        wording.money(one.total),
        _day(one.due_on) or "-",
        output.shortened(one.client_name or "-", 40),
    )


def _line(line: InvoiceLine, currency: str) -> dict[str, Any]:
    return {
        "text": line.text,
        "quantity": _number(line.quantity),
        "unit": line.unit or None,
        "unit_price": _number(line.unit_price),
        "discount_percent": _number(line.discount_percent),
        "tax": {"code": line.tax.code, "percent": _number(line.tax.percent)},
        "net": output.money(line.net(currency)),
        "milestone_remote_id": line.milestone_remote_id,
        "deducts": line.deducts or None,
    }


def _withheld(kept: Withholding, net: Money) -> dict[str, Any]:
    amount, day = output.money(kept.of(net)), _day(kept.slip_date)
    return {"name": kept.name, "amount": amount, "slip": kept.slip_number or None, "slip_on": day}


def _payment(one: Payment) -> dict[str, Any]:
    amount = output.money(one.amount)
    return {"id": one.id, "on": _day(one.on), "amount": amount, "note": one.note or None}


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _plain(text: str) -> Decimal:
    """Read a number without groups; `1.250` could be either, so it is refused."""
    body = text.strip().replace(",", ".")
    if not _NUMBER.fullmatch(body) or _EITHER.fullmatch(body):
        raise ValueError(text)
    return Decimal(body)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
