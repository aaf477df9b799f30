"""Links: those in a text that is laid out: which comes next, and which is under the mouse."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from freelancer_tui.tui.widgets.brief_text import Row, Target
from freelancer_tui.tui.widgets.lines import Line


class Link(NamedTuple):
    """Where a link begins, and what it leads to."""

    row: int
    target: Target


def beside(rows: Sequence[Row], link: Link | None, top: int, step: int) -> Link | None:
    """Give the link next to one, or the first from a row on; at the ends it stays."""
    found = list(_links(rows))
    if not found:
        return None
    if link is None or link not in found:
        below = [one for one in found if one.row >= top]
        return (below or found[-1:])[0] if step > 0 else found[-1]
    place = found.index(link) + step
    return found[min(max(place, 0), len(found) - 1)]


def at(rows: Sequence[Row], number: int, x: int) -> Link | None:
    """Give the link in a cell of a row."""
    if not 0 <= number < len(rows):
        return None
    edge, targets = 0, iter(rows[number].targets)
    for text, tone in rows[number].line:
        target = next(targets, None) if tone == "link" else None
        if edge <= x < (edge := edge + cell_len(text)) and target is not None:
            return Link(number, target)
    return None


def marked(row: Row, target: Target) -> Line:
    """Give a row's line with the link to a target in the tone `here`."""
    targets = iter(row.targets)
    return tuple(
        (text, "here" if tone == "link" and next(targets, None) == target else tone)
        for text, tone in row.line
    )


def _links(rows: Sequence[Row]) -> Iterator[Link]:
    """Yield each link once: one that goes on in the next line is the same."""
    before: Target | None = None
    for number, row in enumerate(rows):
        for target in row.targets:
            if target != before:
                yield Link(number, target)
            before = target
        if not row.targets:
            before = None
