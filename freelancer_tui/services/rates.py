"""Rates: the user's own table of what currencies were worth, beside the marketplace's list."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from freelancer_tui.domain.rates import Rates as Listed
from freelancer_tui.domain.ratetable import (
    BadLine,
    BadRate,
    DayRate,
    RateFault,
    read_row,
    read_table,
)
from freelancer_tui.domain.text import one_line
from freelancer_tui.errors import NotAllowed, NotFound
from freelancer_tui.i18n import N_, _, ngettext
from freelancer_tui.services.exchange import Exchange
from freelancer_tui.store.work import rates
from freelancer_tui.store.work.pad import Pad

_MOST_BYTES: Final = 8_000_000
_MOST_TOLD: Final = 5
_FAULTS: Final[dict[RateFault, str]] = {
    "columns": N_("four columns are needed, there are {text}"),
    "day": N_("{text} is no day; write it like 2026-11-24"),
    "currency": N_("{text} is no currency; give three letters, such as JPY"),
    "own": N_("{text} is your own currency"),
    "unit": N_("{text} is no unit; write 1, or 100 where a hundred are quoted"),
    "rate": N_("{text} is no rate; write a number above zero, such as 16250.50"),
    "twice": N_("{text} is there twice"),
    "many": N_("more than {text} lines"),
    "empty": N_("nothing is in it"),
}


class RateTable:
    """The user's verbs for rates; documents take them when they are issued, and keep them."""

    def __init__(self, pad: Pad, exchange: Exchange, today: Callable[[], date]) -> None:
        self._pad: Final = pad
        self._exchange: Final = exchange
        self._today: Final = today

    @property
    def own(self) -> str:
        """The user's own currency, into which all rates are."""
        return self._exchange.own

    def all(self, limit: int = 1_000) -> list[DayRate]:
        """List the user's own rates, the latest first."""
        with self._pad.read() as connection:
            return rates.all(connection, self.own, limit)

    def listed(self) -> Listed:
        """Give the marketplace's list, which counts where the table has nothing."""
        return self._exchange.rates()

    def add(self, day: str, currency: str, unit: str, rate: str) -> DayRate:
        """Write one rate down, as it is typed."""
        try:
            one = read_row(
                [day.strip(), currency.strip(), unit.strip(), rate.strip()], self.own, ""
            )
        except BadRate as error:
            reason = _told(BadLine(1, error.fault, error.text))
            raise NotAllowed(
                _("The rate was not kept: {reason}.").format(reason=reason),
                hint=_("Give day, currency, unit and rate: 2026-11-24 JPY 100 10912.50"),
            ) from None
        self._keep([one])
        return one

    def bring_in(self, file: Path) -> list[DayRate]:
        """Take a file of rates in as a whole; where a line is wrong, nothing is taken."""
        found, bad = read_table(_text_of(file), self.own, one_line(file.name, 60))
        if bad:
            lines = [
                _("line {number}: {reason}").format(number=one.number, reason=_told(one))
                for one in bad
            ]
            more = len(lines) - _MOST_TOLD
            rest = ngettext("{count} more line", "{count} more lines", more).format(count=more)
            said = [*lines[:_MOST_TOLD], *([rest] if more > 0 else [])]
            raise NotAllowed(
                _("{name} was not taken in: {lines}.").format(
                    name=file.name, lines="; ".join(said)
                ),
                problems=tuple(lines),
                hint=_("Correct the lines and try again; nothing was changed."),
            )
        self._keep(found)
        return found

    def remove(self, currency: str, day: date) -> DayRate:
        """Strike a rate out, and give it so that it can be put back."""
        with self._pad.transaction() as connection:
            found = rates.latest(connection, self.own, currency.upper(), day)
            if found is None or found.day != day:
                raise NotFound(
                    _("There is no rate of {currency} for {day}.").format(
                        currency=currency.upper(), day=day.isoformat()
                    ),
                    hint=_("See them with: freelancer-tui rates list"),
                )
            rates.drop(connection, self.own, found)
        return found

    def restore(self, one: DayRate) -> None:
        """Put a rate back that was struck out."""
        self._keep([one])

    def _keep(self, found: list[DayRate]) -> None:
        with self._pad.transaction() as connection:
            rates.put(connection, self.own, found)


def _told(one: BadLine) -> str:
    return _(_FAULTS[one.fault]).format(text=one_line(one.text, 40) or "''")


def _text_of(file: Path) -> str:
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise NotAllowed(
                _("{name} is too large for a table of rates.").format(name=file.name),
                hint=_("Give a file of date, currency, unit and rate."),
            )
        return file.read_text("utf-8-sig")
    except (OSError, ValueError) as error:
        raise NotAllowed(
            _("{name} cannot be read.").format(name=file.name),
            hint=_("Give a text file (CSV) of date, currency, unit and rate."),
        ) from error
