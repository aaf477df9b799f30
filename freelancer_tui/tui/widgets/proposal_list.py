"""Proposal list: every offer with its state, price, days and age, sorted by state."""

from collections.abc import Sequence
from datetime import datetime

from rich.cells import cell_len

from freelancer_tui import wording
from freelancer_tui.domain.proposals import ProposalView
from freelancer_tui.i18n import _
from freelancer_tui.tui.format import fit
from freelancer_tui.tui.widgets import signs
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.lines import Line, Span, apart
from freelancer_tui.tui.widgets.stack import Block

WIDE = 96
"""From this width on a proposal takes one line, below it two."""


class ProposalList(Blocks):
    """Proposals, those of one standing together."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._views: tuple[ProposalView, ...] = ()
        self._now: datetime | None = None

    def show(self, views: Sequence[ProposalView], now: datetime) -> None:
        """Show proposals; the order inside a standing is kept."""
        self._views = tuple(sorted(views, key=lambda view: signs.ORDER.index(view.standing)))
        self._now = now
        self.redraw()

    def draw(self, width: int) -> Sequence[Block]:
        return [Block(view.proposal.id, self._row(view, width)) for view in self._views]

    def _row(self, view: ProposalView, width: int) -> tuple[Line, ...]:
        sign, tone = signs.of_view(view)
        mark: Span = (f" {sign} ", tone)
        title, price, days = title_of(view), _price(view), _days(view)
        then = since(view)
        age = wording.age(then, self._now) if self._now and then else ""
        state = state_words(view)
        room = max((cell_len(state_words(each)) for each in self._views), default=0) + 2
        if width >= WIDE:
            right = (
                (fit(price, 18, right=True) + "  ", ""),
                (fit(days, 9, right=True) + fit(age, 8, right=True) + " ", "quiet"),
            )
            return (apart((mark, (fit(state, room), tone), (title, "")), right, width),)
        below = "  ".join(part for part in (days, age) if part)
        return (
            apart((mark, (title, "")), ((price + " ", ""),), width),
            apart((("   " + state, tone),), ((below + " ", "quiet"),), width),
        )


def title_of(view: ProposalView) -> str:
    """Give the name of the job that a proposal is for."""
    if view.project is not None:
        return view.project.title
    return _("Job {number}").format(number=view.proposal.project_remote_id)


def state_words(view: ProposalView) -> str:
    """Say where a proposal stands, for a waiting one how far it came, or what to settle."""
    if view.conflict is not None:
        return wording.conflict(view.conflict)
    if view.standing == "queued" and view.entry is not None:
        return wording.outbox_state(view.entry)
    return wording.standing(view.standing)


def since(view: ProposalView) -> datetime | None:
    """Give since when a proposal stands where it stands, as far as that is known."""
    if view.bid is not None:
        return view.bid.submitted_at
    if view.entry is not None:
        return view.entry.queued_at
    return view.proposal.updated_at or view.proposal.created_at


def _price(view: ProposalView) -> str:
    price = view.offered.price
    return wording.money(price) if price is not None else _("no price yet")


def _days(view: ProposalView) -> str:
    days = view.offered.days
    return wording.days(days) if days is not None else ""
