"""Hours: when somebody works, as they wrote it."""

import re
from dataclasses import dataclass
from datetime import time
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


def _time(hour: int, minute: int) -> time:
    """Give a time of day; 24:00 is midnight."""
    return time(0 if (hour, minute) == (24, 0) else hour, minute)
