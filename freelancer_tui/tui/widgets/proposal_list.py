"""Proposal list: every offer with its state, what is due, price, days and age."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from rich.cells import cell_len

from freelancer_tui import wording
from freelancer_tui.domain.deck import Card, Picked
from freelancer_tui.domain.proposals import ProposalView
from freelancer_tui.i18n import _
from freelancer_tui.tui.format import fit
from freelancer_tui.tui.widgets import signs
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.lines import Line, Span, apart
from freelancer_tui.tui.widgets.stack import Block, Rows, Stack

WIDE = 96
"""From this width on a proposal takes one line, below it two."""


class ProposalList(Blocks):
    """Proposals in the order that they were picked in; a row is made when it is seen."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._picked = Picked()
        self._now: datetime | None = None
        self._room = 0
        self._keys: list[str] = []

    def show(self, picked: Picked, now: datetime) -> None:
        """Show proposals."""
        self._picked, self._now = picked, now
        told = {self._told(card) for card in picked.cards if _is_special(card)}
        told |= {wording.standing(standing) for standing in picked.counts}
        self._room = max(map(cell_len, told), default=0) + 2
        self._keys = [card.view.proposal.id for card in picked.cards]
        self.redraw()

    @property
    def current(self) -> ProposalView | None:
        """The proposal under the cursor."""
        if self.cursor_key not in self.stack:
            return None
        return self._picked.cards[self.stack.place(self.cursor_key)].view

    def stacked(self, width: int) -> Stack:
        make = partial(self._block, self._picked.cards, width)
        return Rows(self._keys, 1 if width >= WIDE else 2, make)

    def _block(self, cards: Sequence[Card], width: int, place: int) -> Block:
        return Block(cards[place].view.proposal.id, self._row(cards[place], width))

    def _row(self, card: Card, width: int) -> tuple[Line, ...]:
        view = card.view
        sign, tone = signs.of_view(view)
        mark: Span = (f" {sign} ", tone)
        price, days = _price(view), _days(view)
        age = wording.age(card.since, self._now) if self._now and card.since else ""
        told, names = self._told(card), self._names(card)
        if width >= WIDE:
            right = (
                (fit(price, 18, right=True) + "  ", ""),
                (fit(days, 9, right=True) + fit(age, 8, right=True) + " ", "quiet"),
            )
            return (apart((mark, (fit(told, self._room), tone), *names), right, width),)
        below = "  ".join(part for part in (days, age) if part)
        return (
            apart((mark, *names), ((price + " ", ""),), width),
            apart((("   " + told, tone),), ((below + " ", "quiet"),), width),
        )

    def _told(self, card: Card) -> str:
        """Say where a proposal stands, and what is due."""
        due = due_words(card, self._now) if self._now else ""
        return " · ".join(filter(None, (state_words(card.view), due)))

    def _names(self, card: Card) -> tuple[Span, ...]:
        """Give title and client; by the client's name where the list is sorted by it."""
        title = card.title or title_of(card.view)
        if self._picked.wish.order == "client" and card.client:
            return ((card.client, "strong"), (f"  {title}", ""))
        return ((title, ""), (f"  {card.client}", "quiet"))


def _is_special(card: Card) -> bool:
    """Tell whether more is told of a proposal than where it stands."""
    return bool(card.due or card.view.entry or card.view.conflict)


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
    standing = wording.standing(view.standing)
    if view.entry is None or view.standing == "refused":
        return standing
    what = wording.intent(view.entry.name)
    return f"{standing} · {what}: {wording.outbox_state(view.entry)}"


def due_words(card: Card, now: datetime) -> str:
    """Say how long there is for what comes next; nothing where nothing is due."""
    if card.due is None:
        return ""
    is_over = card.due <= now
    span = wording.age(card.due, now) if is_over else wording.left(card.due, now)
    match card.view.standing:
        case "awarded":
            words = _("{span} too late") if is_over else _("accept within {span}")
        case "accepted":
            words = _("{span} overdue") if is_over else _("due in {span}")
        case _:
            words = _("bidding is over") if is_over else _("open for {span}")
    return words.format(span=span)


def _price(view: ProposalView) -> str:
    price = view.offered.price
    return wording.money(price) if price is not None else _("no price yet")


def _days(view: ProposalView) -> str:
    days = view.offered.days
    return wording.days(days) if days is not None else ""
