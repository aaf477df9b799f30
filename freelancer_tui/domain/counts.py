"""Counts: numbers that are told up to a bound, because counting on would cost."""

from typing import Final

MOST_COUNTED: Final = 99
"""Counts go up to here; one more means that there are more."""


def counted(count: int) -> str:
    """Write a bounded count: `7`, `99+`."""
    return str(count) if count <= MOST_COUNTED else f"{MOST_COUNTED}+"
