"""ProjectColumns: which columns the jobs table has, by the user's choice and the width there is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from freelancer_tui.i18n import N_

GAP: Final = 2
SIGNS: Final = 4
"""Cells in front of the title: the pointer, the mark, new or noted, a blank."""
_TITLE: Final = 26
"""Cells that a title keeps before another column is shown."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column besides the title."""

    key: str
    label: str
    about: str
    """What it tells, for the list of columns."""
    width: int
    right: bool = True


COLUMNS: Final[tuple[Column, ...]] = (
    Column("match", N_("Match"), N_("How well the job fits your profile, 0 to 100"), 5),
    Column("budget", N_("Budget"), N_("What the client means to spend, in their currency"), 17),
    Column("own", "≈ {currency}", N_("The same in your currency, at a stored rate"), 12),
    Column("bids", N_("Bids"), N_("How many have bid"), 4),
    Column("age", N_("Age"), N_("How long ago it was posted"), 6),
    Column("rating", N_("Client"), N_("What others gave the client, 0 to 5"), 6),
    Column("country", N_("Country"), N_("Where the client is"), 13, right=False),
    Column("skills", N_("Skills"), N_("What the job asks for"), 20, right=False),
)  # fmt: skip
"""All there are, in the order in which they stand."""
_RANK: Final = ("budget", "age", "match", "bids", "rating", "own", "country", "skills")
"""Which columns stay longest where there is little room."""
ALL: Final = tuple(column.key for column in COLUMNS)


@dataclass(frozen=True, slots=True)
class Shape:
    """How many cells the title has, and each column that is shown."""

    title: int
    widths: Mapping[str, int] = field(default_factory=dict)
    order: tuple[str, bool] = ("", False)
    """The column that the rows are sorted by, and whether from its other end."""
    own: str = ""
    """The user's currency."""

    @property
    def shown(self) -> tuple[Column, ...]:
        """The columns in order."""
        return tuple(column for column in COLUMNS if column.key in self.widths)


def shape(
    width: int,
    chosen: Collection[str] = ALL,
    *,
    own: str = "",
    order: tuple[str, bool] = ("", False),
) -> Shape:
    """Share a width out: the title keeps its part, the columns come by rank."""
    if width < 36:
        return Shape(max(width - SIGNS, 8))
    widths: dict[str, int] = {}
    rest = width - SIGNS
    for key in _RANK:
        needed = _width(key) + GAP
        if key in chosen and rest - needed >= _least(key):
            widths[key] = needed - GAP
            rest -= needed
    if "skills" in widths and rest > (most := 2 * _TITLE):
        widths["skills"] += (more := (rest - most) // 2)
        rest -= more
    return Shape(rest, MappingProxyType(widths), order, own)


def _width(key: str) -> int:
    return next(column.width for column in COLUMNS if column.key == key)


def _least(key: str) -> int:
    """Give the cells a title keeps beside a column: the budget is worth some of them."""
    if key == "budget":
        return 13
    return 34 if key in ("rating", "own", "country", "skills") else _TITLE
