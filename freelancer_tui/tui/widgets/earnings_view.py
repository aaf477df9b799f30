"""Earnings view: what was invoiced, withheld and paid, and what is owed, drawn as bars."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from freelancer_tui import wording
from freelancer_tui.domain.earnings import Earnings, Figure, Owed
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.payouts import MarketSum, MarketYear
from freelancer_tui.i18n import N_, _, ngettext
from freelancer_tui.tui.format import Clock, fit
from freelancer_tui.tui.widgets import invoice_words
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.lesson_list import bar
from freelancer_tui.tui.widgets.lines import Line, Span, wrap
from freelancer_tui.tui.widgets.stack import Block, gap

_SUM: Final = 18
_WIDE: Final = 100
_AGES: Final = (
    N_("not due yet"),
    N_("late by 1 to 30 days"),
    N_("late by 31 to 60 days"),
    N_("late by 61 to 90 days"),
    N_("late by more than 90 days"),
)


@dataclass(frozen=True, slots=True)
class EarningsShown:
    """The figures of a year, and what the marketplace kept and paid out beside them."""

    earnings: Earnings
    year: int
    market: MarketYear
    """What the marketplace paid out and kept."""


class EarningsView(Blocks):
    """The year in sums, then by month, client and currency, what is owed, and what was assumed."""

    def __init__(self, clock: Clock | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._clock = clock
        self._shown: EarningsShown | None = None

    def show(self, shown: EarningsShown) -> None:
        """Show the figures of a year."""
        self._shown = shown
        self.redraw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "choose"

    def draw(self, width: int) -> Sequence[Block]:
        return [] if self._shown is None else list(_blocks(self._shown, self._clock, width))


def _blocks(shown: EarningsShown, clock: Clock | None, width: int) -> Iterator[Block]:
    earnings = shown.earnings
    total = earnings.own_total()
    yield from _recap(shown, total, width)
    months = _without_holes(earnings.own_by_month())
    if months:
        yield from _section("months", _("By month, in {own}").format(own=earnings.own), width)
        most = _most(months)
        for one in months:
            yield Block(f"month:{one.month}", (_drawn(one, _month(one.month), most, width),))
    clients = earnings.by_client()
    if clients:
        yield from _section("clients", _("By client"), width)
        for one in clients:
            most = _most([x for x in clients if x.currency == one.currency])
            yield Block(
                f"client:{one.client_id}:{one.currency}",
                (_drawn(one, one.client_name or "–", most, width),),
            )
    currencies = earnings.by_currency()
    if len(currencies) > 1:
        yield from _section("currencies", _("By currency"), width)
        for one in currencies:
            yield Block(f"currency:{one.currency}", (_drawn(one, one.currency, 0, width),))
    yield from _owed(earnings.owed, width)
    yield from _marketplace(shown.market, shown.year, clock, width)
    yield gap("rules")
    for place, line in enumerate(wrap(_assumed(earnings), width - 2)):
        yield Block(f"rule{place}", (((f" {line}", "quiet"),),), can_choose=False)


def _recap(shown: EarningsShown, total: Figure, width: int) -> Iterator[Block]:
    """Give the year in four sums of the user's own currency."""
    own = shown.earnings.own
    told = _("all sums in {own}").format(own=own)
    title: Line = ((f" {shown.year}", "accent"), (f"  {told}", "quiet"))
    yield Block("year", (title,), can_choose=False)
    parts = (
        (_("Invoiced"), total.invoiced, ""),
        (_("Withheld by clients"), -total.withheld, "warn"),
        (_("Net of what was withheld"), total.invoiced - total.withheld, "strong"),
        (_("Paid so far"), total.paid, "good"),
    )
    most = max(abs(total.invoiced), abs(total.paid), 1)
    for place, (label, units, tone) in enumerate(parts):
        tone = "bad" if units < 0 and tone != "warn" else tone
        drawn = bar(abs(units) / most, _bar_room(width))
        line: Line = (
            (" " + fit(label, 26), ""),
            (fit(_told(total, units), _SUM + 4, right=True) + "  ", tone or "strong"),
            (drawn, tone or "accent"),
        )
        yield Block(f"recap{place}", (line,))
    if not total.is_whole:
        told = _("! Documents without a rate into {own} are not in these sums.").format(own=own)
        yield Block("partial", (((f" {told}", "warn"),),), can_choose=False)


def _told(one: Figure, units: int) -> str:
    return wording.money(invoice_words.about(one.money(units)))


def _section(key: str, title: str, width: int) -> Iterator[Block]:
    yield gap(key)
    room = _name_room(width)
    heads = fit(_("invoiced"), _SUM, right=True) + fit(_("paid"), _SUM, right=True)
    if width >= _WIDE:
        heads += fit(_("withheld"), _SUM, right=True)
    line: Line = ((" " + fit(title, room), "strong"), (heads, "quiet"))
    if key != "currencies" and _bar_room(width) > 24:
        line = (*line, ("  █", "good"), (" " + _("paid"), "quiet"), ("  ░", "accent"))
        line = (*line, (" " + _("invoiced"), "quiet"))
    yield Block(f"head-{key}", (line,), can_choose=False)


def _drawn(one: Figure, name: str, most: int, width: int) -> Line:
    """Draw one line of figures: the light bar is what was invoiced, the full one what was paid."""
    spans: list[Span] = [
        (" " + fit(name, _name_room(width)), ""),
        (fit(_told(one, one.invoiced), _SUM, right=True), ""),
        (fit(_told(one, one.paid), _SUM, right=True), "good"),
    ]
    if width >= _WIDE:
        kept = _told(one, one.withheld) if one.withheld else ""
        spans.append((fit(kept, _SUM, right=True), "warn"))
    if most > 0 and (room := _bar_room(width)) > 3:
        spans.append(("  ", ""))
        spans += _bars(one, most, room)
    return tuple(spans)


def _without_holes(months: Sequence[Figure]) -> Sequence[Figure]:
    """Put in the months between in which nothing came, so that bars tell the time right."""
    if not months:
        return months
    known = {one.month: one for one in months}
    (year, month), last = map(int, months[0].month.split("-")), months[-1].month
    found = []
    while (name := f"{year:04}-{month:02}") <= last:
        found.append(known.get(name) or Figure(months[0].currency, name))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


def _most(figures: Sequence[Figure]) -> int:
    """Give what fills a bar: the largest sum, also where all of them were taken back."""
    return max(max(abs(one.invoiced), abs(one.paid)) for one in figures)


def _bars(one: Figure, most: int, room: int) -> list[Span]:
    """Draw both sums; where more was taken back than brought, the bar says so in red."""
    paid, invoiced = (round(min(abs(x) / most, 1) * room) for x in (one.paid, one.invoiced))
    if one.paid < 0 or one.invoiced < 0:
        lost = max(paid if one.paid < 0 else 0, invoiced if one.invoiced < 0 else 0)
        return [("▒" * lost, "bad")]
    return [("█" * paid, "good"), ("░" * max(invoiced - paid, 0), "accent")]


def _owed(owed: Sequence[Owed], width: int) -> Iterator[Block]:
    for one in owed:
        yield gap(f"owed-{one.currency}")
        count = ngettext("{count} document", "{count} documents", one.documents)
        title: Line = (
            (
                " " + _("Outstanding today: {amount}").format(amount=wording.money(one.open)),
                "strong",
            ),
            ("  " + count.format(count=one.documents), "quiet"),
        )
        yield Block(f"owed:{one.currency}", (title,))
        most = max((part.minor for part in (one.not_due, *one.aged)), default=0)
        for place, (part, label) in enumerate(zip((one.not_due, *one.aged), _AGES, strict=True)):
            if part.minor:
                tone = "bad" if place else "accent"
                line: Line = (
                    ("   " + fit(_(label), 26), tone),
                    (fit(wording.money(part), _SUM + 2, right=True) + "  ", ""),
                    (bar(part.minor / most if most > 0 else 0, _bar_room(width)), tone),
                )
                yield Block(f"owed:{one.currency}:{place}", (line,))


def _marketplace(market: MarketYear, year: int, clock: Clock | None, width: int) -> Iterator[Block]:
    """Tell what the marketplace did: paid out, kept, and when it pays next."""
    told = list(_market_words(market, year, clock))
    if not told and not market.months:
        return
    yield gap("marketplace")
    yield Block("marketplace", (((" " + _("On the marketplace"), "strong"),),), can_choose=False)
    for place, words in enumerate(told):
        lines = tuple((("   " + line, ""),) for line in wrap(words, width - 4))
        yield Block(f"marketplace{place}", lines)
    for key, rows in (("month", market.months), ("client", market.clients)):
        yield from _market_rows(key, rows, width)


def _market_words(market: MarketYear, year: int, clock: Clock | None) -> Iterator[str]:
    if market.released:
        sums = invoice_words.purses(market.released)
        yield _("Paid out of milestones released in {year}: {sums}").format(year=year, sums=sums)
    if market.guessed:
        told = ngettext(
            "{count} milestone was released before this program looked: it counts here by the day "
            "it was made.",
            "{count} milestones were released before this program looked: they count here by the "
            "day they were made.",
            market.guessed,
        )
        yield told.format(count=market.guessed)
    if market.fees:
        sums = invoice_words.purses(market.fees)
        yield _("Fees in {year}, by today's rule: {sums}").format(year=year, sums=sums)
    if market.waiting:
        sums = invoice_words.purses(market.waiting)
        yield _("Held for you, not released: {sums}").format(sums=sums)
    if market.next_cut_off is not None and clock is not None:
        words = _("Next payout: ask for it before {when}")
        least = market.least
        if least is not None:
            words = _("Next payout: ask for it before {when}, with at least {least}")
        when = wording.moment(market.next_cut_off, clock.zone)
        yield words.format(when=when, least=wording.money(least) if least else "")


def _market_rows(key: str, rows: Sequence[MarketSum], width: int) -> Iterator[Block]:
    if not rows:
        return
    room = _name_room(width)
    title = _("By month") if key == "month" else _("By client")
    heads = fit(_("paid out"), _SUM, right=True) + fit(_("fees"), _SUM, right=True)
    head: Line = (("   " + fit(title, room - 2), "strong"), (heads, "quiet"))
    yield Block(f"market-{key}", (head,), can_choose=False)
    for one in rows:
        line: Line = (
            ("   " + fit(one.name or "–", room - 2), ""),
            (fit(_some(one.released), _SUM, right=True), "good"),
            (fit(_some(one.fees), _SUM, right=True), "warn"),
        )
        yield Block(f"market-{key}:{one.name}:{one.fees.currency}", (line,))


def _some(amount: Money) -> str:
    return wording.money(amount) if amount.minor else ""


def _assumed(earnings: Earnings) -> str:
    words = _(
        "What is assumed: a document counts in the month of its issue, money in the month it came. "
        "Credit notes are taken off, void ones and drafts left out. Each document counts in {own} "
        "at the rate kept with it. Tax that you charge is part of what was invoiced. Withheld tax "
        "counts when it is invoiced; its slips are your proof. Escrow is told apart, not added: "
        "invoice it only if you want a document for it. A milestone counts on the day it was seen "
        "to be released. This is no tax advice."
    )
    return words.format(own=earnings.own)


def _month(text: str) -> str:
    year, _dash, month = text.partition("-")
    return f"{year}-{month}" if month else year


def _name_room(width: int) -> int:
    sums = _SUM * (3 if width >= _WIDE else 2)
    return max(8, min(30, width - 2 - sums - 4))


def _bar_room(width: int) -> int:
    sums = _SUM * (3 if width >= _WIDE else 2)
    return max(0, min(40, width - sums - _name_room(width) - 6))
