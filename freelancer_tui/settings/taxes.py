"""Taxes: dated rules of tax and of what documents say, from the user's copies if there are any."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from freelancer_tui.domain import taxrules
from freelancer_tui.domain.taxrules import TaxRules
from freelancer_tui.errors import SettingsError
from freelancer_tui.i18n import _

TAXES: Final = "taxes.toml"
NOTES: Final = "notes.toml"
Tree = Mapping[str, Any]


def read_taxes(config: Path) -> TaxRules:
    """Read all rules; a mistake in the user's copy names the file and the key."""
    taxes, notes = _tree(TAXES), _tree(NOTES)
    rules = taxrules.read(taxes, notes)
    for name in (TAXES, NOTES):
        mine = config / name
        try:
            own = tomllib.loads(mine.read_text("utf-8-sig"), parse_float=Decimal)
            taxes, notes = (own, notes) if name == TAXES else (taxes, own)
            rules = taxrules.read(taxes, notes)
        except FileNotFoundError:
            continue
        except (tomllib.TOMLDecodeError, ValueError, OSError) as error:
            raise SettingsError(
                _("{file}: {reason}").format(file=mine, reason=error),
                hint=_("Correct the file, or move it away to use what comes with the program."),
            ) from error
    return rules


def _tree(name: str) -> Tree:
    text = Path(__file__).with_name(name).read_text("utf-8")
    return tomllib.loads(text, parse_float=Decimal)
