"""Recurring: the days on which a document is to be made anew."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

Unit = Literal["week", "month"]
MOST_EVERY: Final = 120
MOST_TIMES: Final = 1_000


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often, from when on, and until when."""

    first_on: date
    unit: Unit = "month"
    every: int = 1
    day: int = 0
    """Of the month, from 1 to 31; a month that has no such day takes its last one."""
    until: date | None = None
    """The last day that it may fall on."""
    times: int | None = None
    """How often in all."""

    def on(self, place: int) -> date | None:
        """Give the day of an occurrence, counted from zero; None once it is over."""
        if self.times is not None and place >= self.times:
            return None
        try:
            found = self._day(place)
        except (ValueError, OverflowError):  # beyond the calendar
            return None
        return None if self.until is not None and found > self.until else found

    def due(self, place: int, today: date, most: int) -> tuple[date, ...]:
        """Give the days from an occurrence on that have come, so many at most."""
        found = list[date]()
        while len(found) < most and (day := self.on(place + len(found))) and day <= today:
            found.append(day)
        return tuple(found)

    def _day(self, place: int) -> date:
        steps = self.every * place
        if self.unit == "week":
            return self.first_on + timedelta(weeks=steps)
        year, month = divmod(self.first_on.year * 12 + self.first_on.month - 1 + steps, 12)
        return _in_month(year, month + 1, self.day or self.first_on.day)


def begin(start: date, unit: Unit = "month", every: int = 1, day: int = 0) -> Rhythm:
    """Give a rhythm whose first day is the first that fits, from a day on."""
    if unit == "week" or not day:
        return Rhythm(start, unit, every, 0 if unit == "week" else start.day)
    first = _in_month(start.year, start.month, day)
    if first < start:
        year, month = divmod(start.year * 12 + start.month, 12)
        first = _in_month(year, month + 1, day)
    return Rhythm(first, unit, every, day)


def _in_month(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
