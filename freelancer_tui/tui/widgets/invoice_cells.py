"""Invoice cells: how each part of an invoice line is typed, read and shown."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, Literal, cast, get_args

from freelancer_tui.domain.billing import MOST, PERCENT_DIGITS, has_digits, is_percent
from freelancer_tui.domain.invoices import SCALE, InvoiceLine, Tax, TaxCode
from freelancer_tui.domain.money import parse_number
from freelancer_tui.domain.text import one_line
from freelancer_tui.i18n import N_, _, language

Cell = Literal["text", "quantity", "unit", "price", "discount", "tax"]
CELLS: Final[tuple[Cell, ...]] = get_args(Cell)
NAMES: Final[dict[Cell, str]] = {
    "text": N_("What for"),
    "quantity": N_("Qty"),
    "unit": N_("Unit"),
    "price": N_("Price"),
    "discount": N_("Off %"),
    "tax": N_("Tax"),
}
HINTS: Final[dict[Cell, str]] = {
    "text": N_("What the client reads, such as: Landing page, second half"),
    "quantity": N_("How many: 1, 7.5"),
    "unit": N_("Of what: hour, page, piece; may stay empty"),
    "price": N_("For one unit: 250, 1.250.000, 1,5jt"),
    "discount": N_("Percent off this line; may stay empty"),
    "tax": N_("Percent, or E exempt, AE reverse charge, G export, Z zero; empty: no tax"),
}
BLANK: Final = InvoiceLine("", Decimal(1), Decimal(0))
_TAX: Final = re.compile(r"(AE|[SZEGO])?\s*(\d{1,3}(?:[.,]\d{1,2})?)?\s*%?", re.IGNORECASE)
_MOST_TEXT: Final = 500
_ROOM: Final[dict[Cell, int]] = {
    "text": 0, "quantity": 6, "unit": 7, "price": 12, "discount": 5, "tax": 6,
}  # fmt: skip
NET_ROOM: Final = 15


@dataclass(frozen=True, slots=True)
class Column:
    """Where a cell stands."""

    cell: Cell
    x: int
    width: int


def columns(width: int) -> tuple[Column, ...]:
    """Lay the cells out in a width; what is left over is for the text."""
    rest = sum(_ROOM.values()) + NET_ROOM + len(CELLS) + 2
    found, x = [], 1
    for cell in CELLS:
        room = _ROOM[cell] or max(width - rest, 12)
        found.append(Column(cell, x, room))
        x += room + 1
    return tuple(found)


def typed(line: InvoiceLine, cell: Cell) -> str:
    """Write a cell as one would type it, so that reading it gives the same again."""
    match cell:
        case "text":
            return line.text
        case "unit":
            return line.unit
        case "quantity":
            return _plain(line.quantity)
        case "price":
            return _plain(line.unit_price) if line.unit_price else ""
        case "discount":
            return _plain(line.discount_percent) if line.discount_percent else ""
        case "tax":
            return _typed_tax(line.tax)


def shown(line: InvoiceLine, cell: Cell) -> str:
    """Write a cell as it is shown while one is elsewhere."""
    if cell in ("text", "unit", "tax"):
        return typed(line, cell)
    value = {"quantity": line.quantity, "price": line.unit_price}.get(cell, line.discount_percent)
    if not value:
        return ""
    text = f"{value.normalize():,f}"
    return text.translate(str.maketrans(",.", ".,")) if language() == "id" else text


def read(line: InvoiceLine, cell: Cell, body: str, currency: str) -> InvoiceLine:
    """Give a line with a cell as it was typed; raise ValueError with what is wrong."""
    body = body.strip()
    match cell:
        case "text":
            return replace(line, text=one_line(body, _MOST_TEXT))
        case "unit":
            return replace(line, unit=one_line(body, 20))
        case "quantity":
            return replace(line, quantity=_number(body, currency) if body else Decimal(1))
        case "price":
            return replace(line, unit_price=_number(body, currency) if body else Decimal(0))
        case "discount":
            return replace(line, discount_percent=_percent(body.rstrip("% ")))
        case "tax":
            return replace(line, tax=_tax(body))


def _number(body: str, currency: str) -> Decimal:
    try:
        value = parse_number(body, currency)
    except ValueError:
        raise ValueError(_("Not a number, or one that can be read in two ways.")) from None
    if not has_digits(value, SCALE):
        raise ValueError(_("At most {digits} digits behind the point.").format(digits=SCALE))
    if value >= MOST:
        raise ValueError(_("That is more than any invoice bears."))
    return value


def _percent(body: str) -> Decimal:
    value = Decimal(0)
    if body:
        try:
            value = parse_number(body, "USD")
        except ValueError:
            raise ValueError(_("Not a percentage.")) from None
    if not is_percent(value):
        words = _("From 0 to 100 %, with at most {digits} digits behind the point.")
        raise ValueError(words.format(digits=PERCENT_DIGITS))
    return value


def _tax(body: str) -> Tax:
    found = _TAX.fullmatch(body)
    if found is None:
        raise ValueError(_("Write a percentage, or one of: E, AE, G, Z, O."))
    percent = _percent(found[2] or "")
    code = (found[1] or ("S" if percent else "O")).upper()
    if percent and code != "S":
        raise ValueError(_("Only the standard rate has a percentage."))
    if code == "S" and not percent:
        raise ValueError(_("Say how many percent, such as S 11."))
    return Tax(cast(TaxCode, code), percent)


def _typed_tax(tax: Tax) -> str:
    if tax.percent:
        return f"{_plain(tax.percent)} %"
    return "" if tax.code == "O" else tax.code


def _plain(value: Decimal) -> str:
    """Write a number so that it can only be read in one way."""
    text = f"{value.normalize():f}"
    _whole, point, fraction = text.partition(".")
    return text + "0" if point and len(fraction) == 3 else text
