"""Rate table: what currencies were worth on days, as the user keeps it or a file lists it."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from freelancer_tui.domain import currencies

MOST_ROWS: Final = 100_000
MOST_UNIT: Final = 1_000_000
HEADS: Final = ("date", "currency", "unit", "rate")
_NUMBER: Final = re.compile(r"[0-9]{1,15}(?:[.][0-9]{1,12})?")
_GROUPS: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:[.][0-9]{1,12})?")
RateFault = Literal["columns", "day", "currency", "own", "unit", "rate", "twice", "many", "empty"]


@dataclass(frozen=True, slots=True)
class DayRate:
    """What so many units of a currency were worth in the user's own, on a day."""

    currency: str
    day: date
    unit: int
    """1, or 100 where that many are quoted (JPY)."""
    rate: Decimal
    source: str = ""

    @property
    def of_one(self) -> Decimal:
        """What one unit was worth."""
        return self.rate / self.unit


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line of a file that cannot be read, and why."""

    number: int
    fault: RateFault
    text: str = ""


def read_table(text: str, own: str, source: str = "") -> tuple[list[DayRate], list[BadLine]]:
    """Read lines of date, currency, unit and rate; give what was read, and each bad line.

    Commas or semicolons part the columns; with semicolons a decimal comma is understood.
    """
    is_semicolon = ";" in text.partition("\n")[0]
    rows = csv.reader(text.splitlines(), delimiter=";" if is_semicolon else ",")
    found: list[DayRate] = []
    bad: list[BadLine] = []
    seen = set[tuple[str, date]]()
    for number, row in _said(rows):
        if len(found) >= MOST_ROWS:
            return found, [*bad, BadLine(number, "many", str(MOST_ROWS))]
        try:
            one = read_row(row, own, source, is_comma=is_semicolon)
        except BadRate as error:
            bad.append(BadLine(number, error.fault, error.text))
            continue
        if (one.currency, one.day) in seen:
            bad.append(BadLine(number, "twice", f"{one.currency} {one.day.isoformat()}"))
        seen.add((one.currency, one.day))
        found.append(one)
    return found, bad if found or bad else [BadLine(1, "empty")]


def read_rate(text: str) -> Decimal:
    """Read a rate as it is typed, a point or a comma before its decimals; or raise BadRate."""
    body = text.strip()
    try:
        return _rate(body, is_comma=False)
    except BadRate:
        if "," not in body:
            raise
        return _rate(body, is_comma=True)


class BadRate(ValueError):
    """A row that cannot be read: which fault it has, and in which text."""

    def __init__(self, fault: RateFault, text: str) -> None:
        super().__init__(fault)
        self.fault: RateFault = fault
        self.text = text


def _said(rows: Iterable[list[str]]) -> Iterable[tuple[int, list[str]]]:
    """Number the rows that say something; the names of the columns are no row."""
    for number, row in enumerate(rows, 1):
        cells = [cell.strip() for cell in row]
        heads = tuple(cell.casefold().lstrip("\ufeff") for cell in cells)
        if any(cells) and not (number == 1 and heads == HEADS):
            yield number, cells


def read_row(row: list[str], own: str, source: str, *, is_comma: bool = False) -> DayRate:
    """Read one row; raise BadRate with what is wrong."""
    if len(row) != len(HEADS):
        raise BadRate("columns", str(len(row)))
    day, currency, unit, rate = row
    code = currency.upper()
    if not currencies.is_known(code):
        raise BadRate("currency", currency)
    if code == own:
        raise BadRate("own", code)
    if not (unit.isascii() and unit.isdecimal() and 1 <= int(unit[:9]) <= MOST_UNIT):
        raise BadRate("unit", unit)
    return DayRate(code, _day(day.lstrip("\ufeff")), int(unit), _rate(rate, is_comma), source)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadRate("day", text) from None


def _rate(text: str, is_comma: bool) -> Decimal:
    body = text.replace(".", "").replace(",", ".") if is_comma and "," in text else text
    if _GROUPS.fullmatch(body) and not is_comma:
        body = body.replace(",", "")
    if not _NUMBER.fullmatch(body) or not Decimal(body):
        raise BadRate("rate", text)
    return Decimal(body)
