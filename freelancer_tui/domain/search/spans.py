"""Spans: amounts, counts and ages as people type them: `>5jt`, `500..2000`, `<2d`."""

import re
from decimal import Decimal
from typing import Final

from freelancer_tui.domain.currencies import CODES
from freelancer_tui.domain.search.query import Amount, Edge, Span, SpanKey

_BEGUN: Final = re.compile(r"[<>=.]*([a-z$€£₹]*)|[<>=]*[0-9.,]+")
_MARKS: Final = {"rp": "IDR", "us$": "USD", "$": "USD", "€": "EUR", "£": "GBP", "₹": "INR"}
_SCALES: Final = {
    **dict.fromkeys(("k",), (1000, "")),
    **dict.fromkeys(("rb", "ribu"), (1000, "IDR")),
    **dict.fromkeys(("jt", "juta"), (10**6, "IDR")),
    **dict.fromkeys(("miliar", "milyar"), (10**9, "IDR")),
    **dict.fromkeys(("mio", "million"), (10**6, "")),
}
_AMOUNT: Final = re.compile(
    r"(?P<before>rp|us\$|[$€£₹]|[a-z]{3})?\.?(?P<digits>[0-9]+(?:[.,][0-9]+)*)"
    rf"(?P<unit>{'|'.join(sorted(_SCALES, key=len, reverse=True))}|m)?(?P<after>[a-z]{{3}})?"
)
_THOUSANDS: Final = re.compile(r"[0-9]{1,3}([.,][0-9]{3})+")
_HOURS: Final = {
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "j", "jam"), 1),
    **dict.fromkeys(("d", "day", "days", "hari"), 24),
    **dict.fromkeys(("w", "wk", "week", "weeks", "mg", "minggu", "pekan"), 168),
    **dict.fromkeys(("mo", "month", "months", "bln", "bulan"), 720),
    **dict.fromkeys(("y", "yr", "year", "years", "th", "thn", "tahun"), 8760),
}
_AGE: Final = re.compile(r"([0-9]{1,6})([a-z]+)")
_MOST_SIGNS: Final = 40
_MOST: Final = 10**15
_MOST_HOURS: Final = 999_999
_UNITS: Final = (("w", 168), ("d", 24), ("h", 1))


def span(key: SpanKey, text: str) -> Span | None:
    """Read a span; None when it is none."""
    text = text.replace("≥", ">=").replace("≤", "<=").replace("–", "..").replace("…", "..")
    if found := re.fullmatch(r"([<>]=?)(.+)", text):
        if (value := _value(key, found[2])) is None:
            return None
        edge = Edge(value, is_open=found[1] in "<>")
        return Span(key, low=edge) if ">" in found[1] else Span(key, high=edge)
    if text.endswith("+"):
        text = text[:-1] + ".."
    for gap in ("..", "-"):
        if gap in text:
            low, _gap, high = text.partition(gap)
            return _between(key, low.strip("."), high.strip("."))
    value = _value(key, text)
    if value is None:
        return None
    edge = Edge(value)
    return Span(key, high=edge) if key == "posted" else Span(key, edge, edge)


def written(found: Span) -> str:
    """Write a span so that it is read as the same one."""
    low, high = found.low, found.high
    if low and high:
        if low == high and found.key != "posted":
            return _written(found.key, low.value)
        return f"{_written(found.key, low.value)}..{_written(found.key, high.value)}"
    edge, signs = (low, ">>=") if low else (high, "<<=")
    if edge is None:
        return ""
    return (signs[0] if edge.is_open else signs[1:]) + _written(found.key, edge.value)


def is_begun(text: str) -> bool:
    """Tell whether an amount, a count or an age can still come of what was typed so far."""
    found = _BEGUN.fullmatch(text)
    before = found[1] or "" if found else ""
    known = (*_MARKS, *(code.lower() for code in CODES))
    return found is not None and any(name.startswith(before) for name in known)


def _between(key: SpanKey, low: str, high: str) -> Span | None:
    """Read two edges, in either order; a unit only behind the second is meant for both."""
    first, last = _value(key, low), _value(key, high)
    if unit := re.search(r"[a-z]+$", high):
        first = _value(key, low + unit[0]) if low and re.fullmatch(r"[0-9.,]+", low) else first
    if (low and first is None) or (high and last is None) or not (low or high):
        return None
    if _is_turned(first, last):
        first, last = last, first
    return Span(
        key,
        None if first is None else Edge(first),
        None if last is None else Edge(last),
    )


def _is_turned(first: Amount | int | None, last: Amount | int | None) -> bool:
    """Tell whether the higher edge stands first; between two currencies nobody knows here."""
    if isinstance(first, Amount) and isinstance(last, Amount):
        alike = (first.currency, first.is_m) == (last.currency, last.is_m)
        return alike and first.value > last.value
    return isinstance(first, int) and isinstance(last, int) and first > last


def _value(key: SpanKey, text: str) -> Amount | int | None:
    if key == "budget":
        return _amount(text)
    if key == "bids":
        return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None
    found = _AGE.fullmatch(text)
    hours = int(found[1]) * _HOURS.get(found[2], _MOST_HOURS + 1) if found else _MOST_HOURS + 1
    return hours if hours <= _MOST_HOURS else None


def _amount(text: str) -> Amount | None:
    found = _AMOUNT.fullmatch(text)
    if not found or len(found["digits"]) > _MOST_SIGNS:
        return None
    if found["before"] and (found["after"] or found["before"] in _SCALES):
        return None
    digits, unit = found["digits"], found["unit"] or ""
    if _THOUSANDS.fullmatch(digits):
        digits = re.sub("[.,]", "", digits)
    elif len(re.findall("[.,]", digits)) > 1:
        return None
    scale, meant = _SCALES.get(unit, (1, ""))
    mark = found["before"] or found["after"] or ""
    currency = _MARKS.get(mark, mark.upper()) or meant
    value = Decimal(digits.replace(",", ".")) * scale
    return Amount(value, currency, unit == "m") if value < _MOST else None


def _written(key: SpanKey, value: Amount | int) -> str:
    if isinstance(value, Amount):
        digits = f"{value.value.normalize():f}"
        if "." in digits and len(digits.partition(".")[2]) == 3:
            digits += "0"  # three would be read as thousands
        return digits + ("m" if value.is_m else "") + value.currency.lower()
    if key == "bids":
        return str(value)
    unit, hours = next((unit, size) for unit, size in _UNITS if value % size == 0)
    return f"{value // hours}{unit}"
