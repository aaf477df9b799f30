"""Stylesheets: what Textual reads out of a sheet serves every app of a process."""

from typing import Any, Final

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

_READ: Final[dict[Any, list[RuleSet]]] = {}
_parse_rules: Final = Stylesheet._parse_rules


def kept() -> None:
    """Parse each sheet once for each set of colours; an app does it each time it starts."""
    setattr(Stylesheet, "_parse_rules", _read_once)  # noqa: B010 (it is a method)


def _read_once(
    self: Stylesheet, css: str, read_from: tuple[str, str], *rest: Any, **named: Any
) -> list[RuleSet]:
    """Give rules, which no app changes: they say themselves where they stand."""
    colours = frozenset(self._variables.items())
    key = (css, read_from, rest, frozenset(named.items()), colours)
    if key not in _READ:
        _READ[key] = _parse_rules(self, css, read_from, *rest, **named)
    return _READ[key]
