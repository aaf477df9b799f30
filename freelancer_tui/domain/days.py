"""Days: a day as somebody types it in a hurry."""

import re
from datetime import date, timedelta
from typing import Final

_WHOLE: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SHORT: Final = re.compile(r"(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?")
_AGO: Final = re.compile(r"(\d{1,4})\s*([dhwm])", re.IGNORECASE)
_LENGTHS: Final = {"d": 1, "h": 1, "w": 7, "m": 30}
"""Days of a unit; `h` is hari, the Indonesian day."""


def day_of(typed: str, today: date) -> date | None:
    """Read `2026-11-24`, `24.11.2026`, `24/11` (the last one there was), `3d`, `2w`, `6m` ago."""
    typed = typed.strip()
    try:
        if found := _WHOLE.fullmatch(typed):
            year, month, day = map(int, found.groups())
            return date(year, month, day)
        if found := _SHORT.fullmatch(typed):
            return _short(found[1], found[2], found[3], today)
        if found := _AGO.fullmatch(typed):
            return today - timedelta(days=int(found[1]) * _LENGTHS[found[2].lower()])
    except (ValueError, OverflowError):
        return None
    return None


def _short(day: str, month: str, year: str | None, today: date) -> date:
    if year is not None:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    found = date(today.year, int(month), int(day))
    return found if found <= today else found.replace(year=today.year - 1)
