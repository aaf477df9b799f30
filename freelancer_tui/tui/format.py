"""Format: values turned into the text of one line, measured in cells of the terminal."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Final

from rich.cells import cell_len, set_cell_size

from freelancer_tui.domain.money import Money
from freelancer_tui.domain.projects import Budget, ProjectKind
from freelancer_tui.i18n import _, language

_LARGE: Final = 100_000
"""From here on amounts are told in thousands, and so is what is beside them."""
_JOINED: Final = re.compile("(?<=[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d")
_SELECTORS: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_TONES: Final = re.compile("(?<=[\u2190-\u2bff\U0001f000-\U0001faff])[\U0001f3fb-\U0001f3ff]")
_FLOOD: Final = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)


@dataclass(frozen=True, slots=True)
class Clock:
    """What time it is, and in which zone the user reads it."""

    now: Callable[[], datetime]
    zone: tzinfo | None = None
    """None is the system's zone."""

    def here(self, at: datetime) -> datetime:
        """Give a point in time as the user's clock shows it."""
        return at.astimezone(self.zone)


def tame(text: str) -> str:
    """Give a text that takes the same room on every terminal.

    Terminals disagree on joined emoji, variation selectors and skin tones, so the parts are
    shown apart; of marks piled on one letter three are kept.
    """
    if text.isascii():
        return text
    text = _SELECTORS.sub("", _TONES.sub("", _JOINED.sub("", text)))
    return _FLOOD.sub(r"\1", text)


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Give a text in exactly so many cells, cut with an ellipsis or filled with blanks."""
    if width <= 0:
        return ""
    text = tame(text)
    room = width - cell_len(text)
    if room < 0:
        text = set_cell_size(text, width - 1).rstrip() + "…"
        room = width - cell_len(text)
    return " " * room + text if right else text + " " * room


def number(value: int) -> str:
    """Write a count with grouped digits."""
    text = f"{value:,}"
    return text.replace(",", ".") if language() == "id" else text


def short_budget(budget: Budget, kind: ProjectKind) -> str:
    """Write a budget for a narrow column: `USD 250–750`, `IDR 15–45M`, `AUD 30+/h`."""
    low, high = budget.minimum, budget.maximum
    if low is None and high is None:
        return "–"
    if low is not None and high is not None and low != high:
        is_large = high.amount >= _LARGE
        left, right = _short(low, 1_000 if is_large else _LARGE), _short(high)
        unit = left.lstrip("0123456789.,")
        if unit and right.endswith(unit):
            left = left.removesuffix(unit)
        amount = f"{left}–{right}"
    elif high is None:
        amount = f"{_short(low)}+" if low is not None else ""
    else:
        amount = _short(high) if low is not None else f"≤{_short(high)}"
    hour = _("/h") if kind == "hourly" else ""
    return f"{budget.currency} {amount}{hour}"


def _short(money: Money, least: int = _LARGE) -> str:
    """Write an amount in few letters: thousands from `least` on and millions get a unit."""
    for size, unit in ((1_000_000, _("M")), (1_000, _("k"))):
        if money.amount >= max(size, least):
            return _decimal(money.amount / size, 2) + unit
    return _decimal(money.amount, 2)


def _decimal(value: Decimal, digits: int) -> str:
    text = f"{value:,.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.translate(str.maketrans(",.", ".,")) if language() == "id" else text


def time_of_day(at: datetime, clock: Clock) -> str:
    """Write hour and minute where the user is, with the weekday when it is another day."""
    there = clock.here(at)
    text = _("{hour}:{minute}").format(hour=f"{there.hour:02}", minute=f"{there.minute:02}")
    if there.date() == clock.here(clock.now()).date():
        return text
    return f"{there:%Y-%m-%d} {text}"
