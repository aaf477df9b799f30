"""Match weights: read from a table such as a TOML file gives, with an eye for each mistake."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final, cast, get_args

from freelancer_tui.domain.match import ASPECTS, LimitName, Weighing, scaled
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.projects import ProjectKind
from freelancer_tui.i18n import _

_LIMITS: Final[tuple[str, ...]] = get_args(LimitName)
_KINDS: Final[tuple[ProjectKind, ...]] = ("fixed", "hourly")
_MOST: Final = 1_000_000
Tree = Mapping[str, Any]


class BadWeights(ValueError):
    """A table cannot be read; `str()` names the key and says what to change."""


def read(ours: Tree, theirs: Tree | None = None) -> Weighing:
    """Build what comes with the program, with what the user has otherwise."""
    theirs = theirs or {}
    for name in theirs:
        if name not in ("weights", "limits", "me"):
            raise BadWeights(_("there is no [{key}]; known: weights, limits, me").format(key=name))
    weights = {**ours["weights"], **_table(theirs, "weights", ASPECTS)}
    limits = {**ours["limits"], **_table(theirs, "limits", _LIMITS)}
    me = {**ours["me"], **_table(theirs, "me", ("languages", *_KINDS))}
    numbers = {name: _number(f"weights.{name}", weights[name], 0) for name in ASPECTS}
    if not any(numbers.values()):
        raise BadWeights(_("weights: at least one must be above 0"))
    bounds = {name: _number(f"limits.{name}", limits[name], 1) for name in _LIMITS}
    return Weighing(
        scaled(numbers),
        cast("dict[LimitName, int]", bounds),
        _languages(me["languages"]),
        {kind: _price(kind, me[kind]) for kind in _KINDS if kind in me},
    )


def _table(tree: Tree, name: str, known: tuple[str, ...]) -> dict[str, Any]:
    table = tree.get(name, {})
    if not isinstance(table, dict):
        raise BadWeights(_("{key} must be a table").format(key=name))
    for key in table:
        if key not in known:
            raise BadWeights(
                _("{key}: there is no such line; known: {all}").format(
                    key=f"{name}.{key}", all=", ".join(known)
                )
            )
    return table


def _number(key: str, value: object, least: int) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and least <= value <= _MOST:
        return value
    raise BadWeights(_("{key} must be a whole number from {least} on").format(key=key, least=least))


def _languages(value: object) -> frozenset[str]:
    if isinstance(value, list) and all(isinstance(one, str) and len(one) == 2 for one in value):
        return frozenset(one.lower() for one in value)
    raise BadWeights(_('me.languages must be two letters each, such as ["en", "id"]'))


def _price(kind: str, value: object) -> Money:
    try:
        amount, currency = str(value).split()
        return Money(Decimal(amount), currency.upper())
    except (ValueError, InvalidOperation, TypeError) as error:
        key = f"me.{kind}"
        raise BadWeights(_("{key} must be an amount, such as 400 USD").format(key=key)) from error
