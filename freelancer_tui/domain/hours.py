"""Hours: when somebody works, as they wrote it."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Final, Self

_RANGE: Final = re.compile(r"\s*(\d{1,2})(?:[:.](\d{2}))?\s*[-–]\s*(\d{1,2})(?:[:.](\d{2}))?\s*")


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """From when to when, in the user's own zone; it may go past midnight."""

    begins: time = time(9)
    ends: time = time(17)

    @classmethod
    def read(cls, text: str) -> Self:
        """Read `09:00-17:00`, `9-17`, `08.30–16.30`; raise ValueError for anything else."""
        found = _RANGE.fullmatch(text)
        if found is None:
            raise ValueError(text)
        hour, minute, last_hour, last_minute = (int(part or 0) for part in found.groups())
        hours = cls(_time(hour, minute), _time(last_hour, last_minute))
        if hours.begins == hours.ends:
            raise ValueError(text)
        return hours

    def __contains__(self, at: time) -> bool:
        """Tell whether somebody works at a time of day."""
        if self.begins < self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends


QUARTERS: Final = 96
"""Quarters of an hour in a day, in which working hours are compared."""
USUAL: Final = WorkingHours()
"""When somebody works of whom that is not known."""


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of an hour of one's own day: who works then."""

    ours: bool
    theirs: bool

    @property
    def shared(self) -> bool:
        """True when both do."""
        return self.ours and self.theirs


def day_beside(
    mine: WorkingHours, zone: tzinfo | None, theirs: tzinfo, now: datetime
) -> tuple[Quarter, ...]:
    """Give one's own day, from midnight on, beside the usual working hours in another zone."""
    start = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    moments = (start + number * timedelta(minutes=15) for number in range(QUARTERS))
    return tuple(
        Quarter(at.time() in mine, at.astimezone(theirs).time() in USUAL) for at in moments
    )


def overlap(mine: WorkingHours, zone: tzinfo | None, theirs: tzinfo, now: datetime) -> int:
    """Give the minutes of a day in which both work."""
    return 15 * sum(quarter.shared for quarter in day_beside(mine, zone, theirs, now))


def _time(hour: int, minute: int) -> time:
    """Give a time of day; 24:00 is midnight."""
    return time(0 if (hour, minute) == (24, 0) else hour, minute)
