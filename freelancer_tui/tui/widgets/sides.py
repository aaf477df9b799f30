"""Sides: what an offer or a job says, as columns that can be laid beside each other."""

from dataclasses import dataclass
from typing import Final

from freelancer_tui import wording
from freelancer_tui.domain.briefs import Brief
from freelancer_tui.domain.conflicts import Conflict, Offering, Side
from freelancer_tui.domain.differences import Piece, differences
from freelancer_tui.domain.proposals import ConflictKind
from freelancer_tui.i18n import N_, _

_TITLES: Final[dict[ConflictKind, tuple[str, str, str]]] = {
    "placed_elsewhere": ("", N_("Yours, written here"), N_("The bid that is there")),
    "edited_elsewhere": (N_("As it was placed"), N_("Yours, here"), N_("The bid now")),
    "two_windows": (N_("Before"), N_("Yours, kept aside"), N_("In the draft now")),
    "project_changed": (N_("The job before"), N_("Your offer"), N_("The job now")),
}
"""What stands over what was, what is ours, and what the other hand made of it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing that a side says: its name, and its words with what changed in them."""

    label: str
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A side with its title; its cells stand beside those of the other sides."""

    title: str
    cells: tuple[Cell, ...]


def columns_of(conflict: Conflict) -> tuple[Column, ...]:
    """Lay a conflict out: what was (where that is known), ours, theirs.

    It compares word by word, which takes a moment for long texts.
    """
    was, ours, other = (_(title) if title else "" for title in _TITLES[conflict.kind])
    base, mine, theirs = conflict.base, conflict.mine, conflict.theirs
    before = base if base is not None else mine
    plans = conflict.kind == "two_windows"
    columns = []
    if base is not None:
        columns.append(Column(was, cells_of(base, base, plans=plans)))
    if mine is not None:
        was_mine = base if base is not None else mine
        columns.append(Column(ours, cells_of(mine, was_mine, plans=plans)))
    was_theirs = before if before is not None else theirs
    columns.append(Column(other, cells_of(theirs, was_theirs, plans=plans)))
    return tuple(columns)


def cells_of(side: Side, before: Side, *, plans: bool = False) -> tuple[Cell, ...]:
    """Give what a side says, marked where it differs from another of its kind.

    With `plans` also the milestones of an offer, last, where there are any: a bid has none.
    """
    facts = _facts(side)
    old = _facts(before) if type(before) is type(side) else facts
    cells = tuple(
        Cell(label, differences(was, text))
        for (label, text), (_label, was) in zip(facts, old, strict=True)
    )
    if plans and isinstance(side, Offering) and isinstance(before, Offering):
        pieces = differences(before.plan, side.plan)
        cells += (Cell(_("Milestones"), pieces),) if pieces else ()
    return cells


def _facts(side: Side) -> tuple[tuple[str, str], ...]:
    match side:
        case Offering():
            price = wording.money(side.price) if side.price else side.unread_price
            days = wording.days(side.days) if side.days is not None else side.unread_days
            return ((_("Price"), price), (_("Days"), days), (_("Text"), side.text))
        case Brief():
            budget = f"{wording.budget(side.budget, side.kind)} · {wording.status(side.status)}"
            text = side.description if side.description is not None else ""
            return ((_("Budget"), budget), (_("Job"), side.title), (_("Text"), text))
