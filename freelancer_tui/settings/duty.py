"""Duty: dated rules of stamp duty, from the user's own copy where there is one."""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

from freelancer_tui.domain.duty import Duty
from freelancer_tui.domain.money import Money
from freelancer_tui.errors import SettingsError
from freelancer_tui.i18n import _

NAME: Final = "duty.toml"


def read_duties(config: Path) -> tuple[Duty, ...]:
    """Read the user's copy in the config folder, else the rules that come with the program."""
    mine = config / NAME
    try:
        text = mine.read_text("utf-8-sig")
    except FileNotFoundError:
        return _duties(Path(__file__).with_name(NAME).read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise _mistake(mine, str(error)) from error
    try:
        return _duties(text)
    except (tomllib.TOMLDecodeError, ValueError) as error:
        raise _mistake(mine, str(error)) from error


def _duties(text: str) -> tuple[Duty, ...]:
    rows = tomllib.loads(text).get("duty", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError(_("[[{key}]] must be a list of tables").format(key="duty"))
    return tuple(_duty(f"duty {number}", row) for number, row in enumerate(rows, 1))


def _duty(where: str, row: Mapping[str, Any]) -> Duty:
    since, until = row.get("since"), row.get("until")
    if not isinstance(since, date) or not isinstance(until, date | None):
        raise ValueError(
            _("{key}: since and until must be dates, such as 2026-11-01").format(key=where)
        )
    above, tariff = (_money(row.get(key), f"{where}.{key}") for key in ("above", "tariff"))
    return Duty(
        str(row.get("country", "")), since, above, tariff, str(row.get("source", "")), until
    )


def _money(value: object, key: str) -> Money:
    try:
        amount, currency = str(value).split()
        return Money(Decimal(amount), currency.upper())
    except (ValueError, InvalidOperation, TypeError) as error:
        raise ValueError(_("{key} must be an amount, such as 5 USD").format(key=key)) from error


def _mistake(file: Path, reason: str) -> SettingsError:
    return SettingsError(
        _("{file}: {reason}").format(file=file, reason=reason),
        hint=_("Correct the file, or move it away to use what comes with the program."),
    )
