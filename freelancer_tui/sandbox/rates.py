"""Rates: how many requests a caller may make in each window of time."""

import re
from collections.abc import Callable
from dataclasses import dataclass

MOST_CALLERS = 5000
_WINDOW = re.compile(r"(\d+)\s*;\s*window=(\d+)")
GENEROUS = "6000;window=60"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a request may pass, and the headers that say how much is left."""

    passed: bool
    limit: str
    remaining: int


class Rates:
    """Counts requests in fixed windows, for each caller and each operation."""

    def __init__(self, policy: str, now: Callable[[], int]) -> None:
        """Read a policy such as `50;window=60, 1000;window=3600`."""
        self._now = now
        self.set(policy)

    def set(self, policy: str) -> None:
        """Go by another policy from now on, with nothing counted yet."""
        self._windows = [(int(count), int(span)) for count, span in _WINDOW.findall(policy)]
        if not self._windows:
            raise ValueError(f"{policy!r} names no window")
        listed = ", ".join(f"{count};window={span}" for count, span in self._windows)
        self._limit = f"{min(count for count, _ in self._windows)}, {listed}"
        self._counts: dict[tuple[str, int, int], int] = {}

    def take(self, caller: str) -> Verdict:
        """Count one request of a caller and tell whether it may pass."""
        now = self._now()
        if len(self._counts) > MOST_CALLERS * len(self._windows):
            self._forget(now)
        left = []
        for count, span in self._windows:
            key = (caller, span, now // span)
            self._counts[key] = self._counts.get(key, 0) + 1
            left.append(count - self._counts[key])
        least = min(left)
        return Verdict(least >= 0, self._limit, max(least, 0))

    def _forget(self, now: int) -> None:
        self._counts = {
            key: count for key, count in self._counts.items() if key[2] == now // key[1]
        }
        if len(self._counts) > MOST_CALLERS * len(self._windows):
            self._counts.clear()
