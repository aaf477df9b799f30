"""ProjectRow: one job as a line of the table, its columns chosen by the width there is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from rich.cells import cell_len

from freelancer_tui import wording
from freelancer_tui.domain.projects import ProjectSummary, Verdict
from freelancer_tui.i18n import _
from freelancer_tui.tui.format import fit, number, short_budget
from freelancer_tui.tui.widgets.lines import Line, Span

_GAP: Final = 2
_MARK: Final = 3
_BUDGET: Final = 17
_BIDS: Final = 4
_AGE: Final = 7
_MARKS: Final[dict[Verdict | None, Span]] = {
    "star": ("★", "accent"),
    "skip": ("×", "quiet"),
    None: (" ", ""),
}


@dataclass(frozen=True, slots=True)
class Columns:
    """How many cells each column has; 0 leaves it out."""

    title: int
    budget: int
    bids: int
    age: int
    country: int
    skills: int


def columns(width: int) -> Columns:
    """Share a width out: title first, then budget, bids and age, then country and skills."""
    budget = 0 if width < 36 else _BUDGET
    age = _AGE if width >= 48 else 0
    bids = _BIDS if width >= 62 else 0
    country = 14 if width >= 92 else 0
    skills = max(24, width // 4) if width >= 128 else 0
    taken = sum(each + _GAP for each in (budget, bids, age, country, skills) if each)
    return Columns(max(width - _MARK - taken, 8), budget, bids, age, country, skills)


def heading(shape: Columns) -> Line:
    """Give the line above the rows, after the pointer's cell as with the rows."""
    parts: list[Span] = [(" " * (_MARK - 1), "quiet"), (fit(_("Job"), shape.title), "quiet")]
    for width, label, right in (
        (shape.budget, _("Budget"), True),
        (shape.bids, _("Bids"), True),
        (shape.age, _("Age"), True),
        (shape.country, _("Country"), False),
        (shape.skills, _("Skills"), False),
    ):
        if width:
            parts.append((" " * _GAP + fit(label, width, right=right), "quiet"))
    return tuple(parts)


def line(row: ProjectSummary, shape: Columns, now: datetime) -> Line:
    """Give a job's line, without the pointer in its first cell."""
    parts: list[Span] = [_MARKS[row.verdict], (" ", ""), *_title(row, shape.title)]
    money = "quiet" if row.verdict == "skip" else ""
    for width, text, right, tone in (
        (shape.budget, short_budget(row.budget, row.kind), True, money),
        (shape.bids, number(row.bid_count), True, "quiet"),
        (shape.age, wording.age(row.posted_at, now), True, "quiet"),
        (shape.country, row.country, False, "quiet"),
        (shape.skills, ", ".join(row.skills), False, "quiet"),
    ):
        if width:
            parts.append((" " * _GAP + fit(text, width, right=right), tone))
    return tuple(parts)


def _title(row: ProjectSummary, width: int) -> tuple[Span, ...]:
    tone = {"star": "strong", "skip": "quiet", None: ""}[row.verdict]
    if row.status == "open":
        return ((fit(row.title, width), tone),)
    tag = f" · {wording.status(row.status)}"
    title = fit(row.title, width - cell_len(tag)).rstrip()
    return ((fit(title + tag, width), "quiet"),)
