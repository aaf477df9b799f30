"""Judging: the rules for flags and the weights of the match, with what the user has otherwise."""

import tomllib
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, TypeVar

from freelancer_tui.domain import flag_rules, match_weights
from freelancer_tui.domain.flags import Rules
from freelancer_tui.domain.match import Weighing
from freelancer_tui.errors import SettingsError
from freelancer_tui.i18n import _

FLAGS: Final = "flags.toml"
MATCH: Final = "match.toml"
T = TypeVar("T")
Tree = Mapping[str, Any]


def read_rules(config: Path) -> Rules:
    """Read the rules for flags; a mistake in the user's names the file and the rule."""
    return _read(config / FLAGS, flag_rules.read)


def read_weighing(config: Path) -> Weighing:
    """Read the weights of the match; a mistake in the user's names the file and the line."""
    return _read(config / MATCH, match_weights.read)


def _read(mine: Path, build: Callable[[Tree, Tree | None], T]) -> T:
    ours = _tree(Path(__file__).with_name(mine.name).read_text("utf-8"))
    try:
        return build(ours, _tree(mine.read_text("utf-8-sig")))
    except FileNotFoundError:
        return build(ours, None)
    except (tomllib.TOMLDecodeError, ValueError, OSError) as error:
        raise SettingsError(
            _("{file}: {reason}").format(file=mine, reason=error),
            hint=_("Correct the file, or move it away to use what comes with the program."),
        ) from error


def _tree(text: str) -> Tree:
    return tomllib.loads(text, parse_float=Decimal)
