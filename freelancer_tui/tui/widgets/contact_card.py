"""Contact card: who a client is, the money between us, and every job, talk and document."""

from collections.abc import Iterator, Sequence
from datetime import date

from rich.cells import cell_len

from freelancer_tui import wording
from freelancer_tui.domain.billing import Summary
from freelancer_tui.domain.cards import Card, Dealing, Purse
from freelancer_tui.domain.ledger import shelf_of
from freelancer_tui.domain.messages import ThreadView
from freelancer_tui.i18n import _, ngettext
from freelancer_tui.tui.format import Clock, fit, tame
from freelancer_tui.tui.widgets import invoice_words, signs
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.lines import Line, Span, apart, wrap
from freelancer_tui.tui.widgets.project_client import Fact, facts
from freelancer_tui.tui.widgets.stack import Block
from freelancer_tui.tui.widgets.utterances import rule

_PAGE = 100
"""A card is no wider than this, however wide the screen is."""


class ContactCard(Blocks):
    """The cursor stands on what one can go to: `section:id` is the key of each."""

    def __init__(self, clock: Clock, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.clock = clock
        self._card: Card | None = None

    def show(self, card: Card) -> None:
        """Show a card; another person's begins at its top."""
        if self._card is None or card.person.remote_id != self._card.person.remote_id:
            self.cursor_key = None
            self.scroll_to(y=0, animate=False, force=True, immediate=True)
        self._card = card
        self.redraw()

    def draw(self, width: int) -> Sequence[Block]:
        if self._card is None:
            return []
        card, page = self._card, min(width, _PAGE)
        today = self.clock.here(self.clock.now()).date()
        threads = [Block(f"messages:{one.thread.remote_id}", (self._talk(one, page),))
                   for one in card.threads]  # fmt: skip
        jobs = [Block(f"jobs:{one.project.remote_id}", _job(one, page)) for one in card.dealings]
        papers = [Block(f"invoice:{one.id}", (_paper(one, today, page),)) for one in card.documents]
        return [
            Block("head", tuple(self._head(card, page)), can_choose=False),
            *_part("talks", _("Conversations"), threads, page),
            *_part("jobs", _("Jobs"), jobs, page),
            *_part("papers", _("Invoices"), papers, page),
        ]

    def _head(self, card: Card, width: int) -> Iterator[Line]:
        told: list[Fact] = list(facts(card.person, card.country, card.hours, self.clock))
        told += _money(card, self.clock)
        told.append((_("Note"), card.note or _("n writes one, only for you")))
        label_width = max(cell_len(label) for label, _text in told) + 2
        for label, text in told:
            first, *more = wrap(text, width - label_width - 2) or [""]
            tone = "strong" if label == _("Client") else ""
            yield ((f" {fit(label, label_width)}", "quiet"), (first, tone))
            for line in more:
                yield ((" " * (label_width + 1), ""), (line, ""))

    def _talk(self, view: ThreadView, width: int) -> Line:
        mark: Span = (" ● ", "accent") if view.thread.unread else ("   ", "")
        star: Span = ("★ ", "accent") if view.mark.starred else ("", "")
        age = wording.age(view.thread.updated_at, self.clock.now())
        words = " ".join(tame(view.thread.last_text).split())
        about = tame(view.project_title)
        left = (mark, star, (about, "strong"), ("  " if about else "", ""), (words, "quiet"))
        return apart(left, ((age + " ", "quiet"),), width)


def _part(key: str, title: str, blocks: list[Block], width: int) -> Iterator[Block]:
    yield Block(f"{key}-gap", ((),), can_choose=False)
    yield rule(key, title, width)
    yield from blocks
    if not blocks:
        words: Line = (("   ", ""), (_("none so far"), "quiet"))
        yield Block(f"{key}-none", (words,), can_choose=False)


def _money(card: Card, clock: Clock) -> Iterator[Fact]:
    """Tell the money between us, then all of it in the user's own currency."""
    label = _("Money")
    for purse in card.purses:
        if words := " · ".join(_purse(purse)):
            yield label, words
            label = ""
    if label:
        yield label, _("none between you yet")
    elif [one.won.currency for one in card.purses] != [card.own]:
        yield from _own(card, clock)


def _purse(purse: Purse) -> Iterator[str]:
    for text, amount in (
        (_("{amount} won"), purse.won),
        (_("{amount} held"), purse.held),
        (_("{amount} released"), purse.released),
        (_("{amount} billed"), purse.billed),
        (_("{amount} paid"), purse.paid),
        (_("{amount} outstanding"), purse.open),
    ):
        if amount.minor:
            yield text.format(amount=wording.money(amount))


def _own(card: Card, clock: Clock) -> Iterator[Fact]:
    released = card.in_own(one.released + one.paid for one in card.purses)
    coming = card.in_own(one.held + one.open for one in card.purses)
    if released is None or coming is None or card.rates.at is None:
        yield "", _("no rate into {currency} is known for all of it").format(currency=card.own)
        return
    text = _("≈ {got} received, {coming} to come, at the rates of {day}")
    day = wording.short_day(card.rates.at, clock.zone)
    yield "", text.format(got=wording.money(released), coming=wording.money(coming), day=day)


def _job(one: Dealing, width: int) -> tuple[Line, ...]:
    title = tame(one.project.title)
    if one.bid is None or one.standing is None:
        status = wording.status(one.project.status)
        return (apart((("   ", ""), (title, "")), ((status + " ", "quiet"),), width),)
    sign, tone = signs.of_standing(one.standing)
    told = f"{wording.standing(one.standing)} · {wording.money(one.bid.amount)} "
    head = apart(((f" {sign} ", tone), (title, "strong")), ((told, tone),), width)
    if not one.escrow:
        return (head,)
    count = ngettext("{count} milestone or request", "{count} milestones and requests",
                     len(one.escrow))  # fmt: skip
    return (head, apart((("   " + count.format(count=len(one.escrow)), "quiet"),), (), width))


def _paper(one: Summary, today: date, width: int) -> Line:
    sign, tone = invoice_words.sign(shelf_of(one, today))
    state = invoice_words.told(one, today)
    kind = _("Credit note") if one.kind == "credit_note" else ""
    left = ((f" {sign} ", tone), (one.number or "–", "strong"), (f"  {kind}", ""), (state, tone))
    return apart(left, ((wording.money(one.payable) + " ", ""),), width)
