"""ProjectRow: one job as a line of the table, in the columns of its shape."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Final

from rich.cells import cell_len

from freelancer_tui import wording
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.projects import Budget, ProjectSummary, Verdict
from freelancer_tui.domain.rates import Rates
from freelancer_tui.i18n import _
from freelancer_tui.tui.format import fit, number, short_budget
from freelancer_tui.tui.widgets.lines import Line, Span
from freelancer_tui.tui.widgets.project_columns import GAP, SIGNS, Column, Shape

_MARKS: Final[dict[Verdict | None, Span]] = {
    "star": ("★", "accent"),
    "skip": ("×", "quiet"),
    None: (" ", ""),
}
_GOOD: Final = 70
"""A score from which on a job stands out."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What a row is measured against: the time, the user's currency, the rates."""

    now: datetime
    own: str = ""
    rates: Rates = field(default_factory=Rates)


def heading(shape: Shape) -> Line:
    """Give the line above the rows, after the pointer's cell as with the rows."""
    parts: list[Span] = [(" " * (SIGNS - 1), "quiet"), (fit(_("Job"), shape.title), "quiet")]
    for column in shape.shown:
        label = _(column.label).format(currency=shape.own)
        width, tone = shape.widths[column.key], "quiet"
        if column.key == shape.order[0]:
            label, tone = f"{'▴' if shape.order[1] else '▾'}{label}", "strong"
            # An arrow more than the column has room for takes a cell of the gap.
            parts.append((" " * (GAP - 1) + fit(label, width + 1, right=column.right), tone))
        else:
            parts.append((" " * GAP + fit(label, width, right=column.right), tone))
    return tuple(parts)


def line(row: ProjectSummary, shape: Shape, beside: Beside) -> Line:
    """Give a job's line, without the pointer in its first cell."""
    sign = ("●", "accent") if row.is_new else ("✎", "quiet") if row.is_noted else (" ", "")
    parts: list[Span] = [_MARKS[row.verdict], sign, (" ", ""), *_title(row, shape.title)]
    for column in shape.shown:
        text, tone = _CELLS[column.key](row, beside)
        parts.append((" " * GAP + _fitted(text, column, shape), _quieter(tone, row)))
    return tuple(parts)


def in_own(budget: Budget, own: str, rates: Rates) -> Budget | None:
    """Give a budget in the user's currency, rounded to what an eye takes in; None without a rate.

    None as well where it is in that currency already.
    """
    amounts = [money for money in (budget.minimum, budget.maximum) if money is not None]
    converted = [rates.convert(money, own) for money in amounts]
    if budget.currency == own or not amounts or None in converted:
        return None
    low, high = (
        None if money is None else _rounded(rates.convert(money, own))
        for money in (budget.minimum, budget.maximum)
    )
    return Budget(own, low, high)


def _rounded(money: Money | None) -> Money | None:
    """Keep three digits: a rate of another day makes the others untrue."""
    if money is None or not money.amount:
        return money
    step = Decimal(1).scaleb(max(money.amount.adjusted() - 2, 0))
    return Money.rounded((money.amount / step).quantize(Decimal(1)) * step, money.currency)


def _fitted(text: str, column: Column, shape: Shape) -> str:
    return fit(text, shape.widths[column.key], right=column.right)


def _quieter(tone: str, row: ProjectSummary) -> str:
    return "quiet" if row.verdict == "skip" else tone


def _title(row: ProjectSummary, width: int) -> tuple[Span, ...]:
    tone = {"star": "strong", "skip": "quiet", None: "strong" if row.is_new else ""}[row.verdict]
    if row.status == "open":
        return ((fit(row.title, width), tone),)
    tag = f" · {wording.status(row.status)}"
    title = fit(row.title, width - cell_len(tag)).rstrip()
    return ((fit(title + tag, width), "quiet"),)


def _match(row: ProjectSummary, _beside: Beside) -> Span:
    if row.score is None:
        return "", ""
    return str(row.score), "accent" if row.score >= _GOOD else "quiet"


def _budget(row: ProjectSummary, _beside: Beside) -> Span:
    return short_budget(row.budget, row.kind), ""


def _own(row: ProjectSummary, beside: Beside) -> Span:
    own = in_own(row.budget, beside.own, beside.rates)
    if own is None:
        return "", ""
    # By the hour or not is told in the client's own amount.
    return short_budget(replace(own, currency=""), "fixed").strip(), "quiet"


def _rating(row: ProjectSummary, _beside: Beside) -> Span:
    if row.client_rating is None:
        return ("–" if row.owner_id is not None else ""), "quiet"
    return f"★ {wording.rating(row.client_rating)}", "quiet"


_CELLS: Final[dict[str, Callable[[ProjectSummary, Beside], Span]]] = {
    "match": _match,
    "budget": _budget,
    "own": _own,
    "bids": lambda row, _beside: (number(row.bid_count), "quiet"),
    "age": lambda row, beside: (wording.age(row.posted_at, beside.now), "quiet"),
    "rating": _rating,
    "country": lambda row, _beside: (row.country, "quiet"),
    "skills": lambda row, _beside: (", ".join(row.skills), "quiet"),
}
