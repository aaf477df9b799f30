"""Fees: the marketplace's dated rules, from the user's own copy where there is one."""

import tomllib
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from freelancer_tui.domain.fees import Fee, Fees
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.payouts import PayoutRule
from freelancer_tui.domain.projects import ProjectKind
from freelancer_tui.errors import SettingsError
from freelancer_tui.i18n import _

NAME: Final = "fees.toml"
_KINDS: Final[tuple[ProjectKind, ...]] = ("fixed", "hourly")
_WEEKDAYS: Final = "monday tuesday wednesday thursday friday saturday sunday".split()


def read_fees(config: Path) -> Fees:
    """Read the user's copy in the config folder, else the rules that come with the program."""
    mine = config / NAME
    try:
        text = mine.read_text("utf-8-sig")
    except FileNotFoundError:
        return _fees(tomllib.loads(_packaged(), parse_float=Decimal))
    except (OSError, UnicodeDecodeError) as error:
        raise _mistake(mine, str(error)) from error
    try:
        return _fees(tomllib.loads(text, parse_float=Decimal))
    except (tomllib.TOMLDecodeError, ValueError) as error:
        raise _mistake(mine, str(error)) from error


def _packaged() -> str:
    return Path(__file__).with_name(NAME).read_text("utf-8")


def _fees(tree: Mapping[str, Any]) -> Fees:
    as_of, source = tree.get("as_of"), tree.get("source", "")
    if not isinstance(as_of, date):
        raise ValueError(_("as_of must be a date, such as 2026-11-01"))
    rules = {kind: _fee(tree.get(kind), kind) for kind in _KINDS}
    hours, payout = _hours(tree.get("award", {})), _payout(tree.get("payout"))
    return Fees(as_of, str(source), rules, hours, payout)


def _payout(table: object) -> PayoutRule | None:
    if table is None:
        return None
    try:
        assert isinstance(table, dict)
        weekdays = tuple(sorted({_WEEKDAYS.index(str(one).lower()) for one in table["weekdays"]}))
        assert weekdays
        at, zone = time.fromisoformat(str(table["at"])), ZoneInfo(str(table["zone"]))
    except (AssertionError, KeyError, TypeError, ValueError, ZoneInfoNotFoundError):
        words = _("{key} needs weekdays, at and zone, as the file that comes with the program has")
        raise ValueError(words.format(key="[payout]")) from None
    return PayoutRule(weekdays, at, zone, _least(table.get("least"), "payout.least"))


def _hours(table: object) -> int | None:
    hours = table.get("hours") if isinstance(table, dict) else table
    if hours is None or (isinstance(hours, int) and 0 < hours <= 10_000):
        return hours
    raise ValueError(_("{key} must be a number of hours").format(key="award.hours"))


def _fee(table: object, kind: str) -> Fee:
    if not isinstance(table, dict):
        raise ValueError(_("[{key}] is missing").format(key=kind))
    percent = table.get("percent")
    if not isinstance(percent, int | Decimal) or not 0 <= percent <= 100:
        raise ValueError(_("{key} must be from 0 to 100").format(key=f"{kind}.percent"))
    return Fee(Decimal(percent), _least(table.get("least"), f"{kind}.least"))


def _least(value: object, key: str) -> Money | None:
    if value is None:
        return None
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
