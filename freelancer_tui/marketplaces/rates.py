"""Rates: how often a marketplace lets us call, read from its headers and kept to."""

import re
from bisect import insort
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

USUAL_WAIT_SECONDS: Final = 60.0
"""The smallest window that the marketplace documents."""
LONGEST_WAIT_SECONDS: Final = 3600.0
_MOST_CALLS: Final = 5000
"""A larger allowance is no limit for a program that one person uses."""
_LONGEST_WINDOW_SECONDS: Final = 86_400
_MARGIN_SECONDS: Final = 1.0
"""Calls do not travel equally fast: what leaves a window apart can arrive closer."""
_POLICY: Final = re.compile(r"\s*(\d{1,9})\s*;\s*(?:w|window)\s*=\s*(\d{1,9})\s*")
_EPOCH_LIKE: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Window:
    """So many calls in so many seconds."""

    calls: int
    seconds: int


def windows(policy: str) -> tuple[Window, ...]:
    """Read `50, 50;window=60, 1000;window=3600`; parts that make no sense are left out."""
    found = [
        Window(int(part[1]), int(part[2]))
        for part in map(_POLICY.fullmatch, policy[:500].split(","))
        if part is not None
    ]
    return tuple(
        window
        for window in found
        if 1 <= window.calls <= _MOST_CALLS and 1 <= window.seconds <= _LONGEST_WINDOW_SECONDS
    )


def asked_wait(headers: Mapping[str, str], now: datetime) -> float:
    """Give how many seconds a refusal for haste asks us to wait, always within bounds."""
    asked = _delay(headers.get("retry-after", ""), now)
    if asked is None:
        asked = _delay(headers.get("ratelimit-reset", ""), now)
    if asked is None:
        known = [window.seconds for window in windows(headers.get("ratelimit-limit", ""))]
        asked = float(min(known)) if known else USUAL_WAIT_SECONDS
    return min(max(asked, 1.0), LONGEST_WAIT_SECONDS)


def _delay(text: str, now: datetime) -> float | None:
    """Read seconds, an epoch or an HTTP date."""
    text = text.strip()
    if re.fullmatch(r"\d{1,12}(\.\d{1,6})?", text):
        seconds = float(text)
        return seconds - now.timestamp() if seconds >= _EPOCH_LIKE else seconds
    moment = http_date(text)
    return (moment - now).total_seconds() if moment else None


def http_date(text: str) -> datetime | None:
    """Read the date of a header as an aware time; None where it is not one."""
    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, IndexError):
        return None


class Bucket:
    """The allowance of one family of calls: when each left, and how many may leave."""

    def __init__(self) -> None:
        self._windows: tuple[Window, ...] = ()
        self._left: list[float] = []
        """When calls left or will leave, in order."""
        self._blocked_until = 0.0

    def pause(self, now: float) -> float:
        """Give how many seconds the next call has to wait; 0 means that it may leave."""
        if self._left and self._left[-1] > now + _LONGEST_WINDOW_SECONDS:
            self._left.clear()  # the clock was set back: what it counted means nothing now
        if self._blocked_until > now + LONGEST_WAIT_SECONDS:
            self._blocked_until = 0.0
        earliest = [
            self._left[-window.calls] + window.seconds + _MARGIN_SECONDS
            for window in self._windows
            if len(self._left) >= window.calls
        ]
        return max(0.0, *(at - now for at in (self._blocked_until, *earliest)), 0.0)

    def spend(self, at: float) -> None:
        """Note that a call leaves at a time."""
        insort(self._left, at)
        del self._left[:-_MOST_CALLS]

    def block(self, until: float) -> None:
        """Let nothing leave before a time."""
        self._blocked_until = max(self._blocked_until, until)

    def learn(self, headers: Mapping[str, str], now: float) -> None:
        """Take over the policy of an answer, and calls that somebody else spent."""
        policy = headers.get("ratelimit-limit", "")
        found = windows(policy)
        if not found:
            return
        self._windows = found
        remaining = headers.get("ratelimit-remaining", "").strip()
        if not re.fullmatch(r"\d{1,9}", remaining):
            return
        first = policy.split(",")[0].strip()
        counted = next((w for w in found if str(w.calls) == first), found[0])
        known = sum(at > now - counted.seconds for at in self._left)
        for _missing in range(counted.calls - int(remaining) - known):
            self.spend(now)
