"""Earnings view: what was invoiced, withheld and paid, and what is owed, drawn as bars."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from freelancer_tui import wording
from freelancer_tui.domain.earnings import Earnings, Figure, Owed
from freelancer_tui.domain.money import Money
from freelancer_tui.i18n import N_, _, ngettext
from freelancer_tui.tui.format import fit
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
    released: tuple[Money, ...] = ()
    """Paid out of the escrow that was set up in the year, by currency."""
    fee: Money | None = None
    """What the marketplace kept of the work taken so far, by today's rule."""


class EarningsView(Blocks):
    """The year in sums, then by month, client and currency, what is owed, and what was assumed."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown: EarningsShown | None = None

    def show(self, shown: EarningsShown) -> None:
        """Show the figures of a year."""
        self._shown = shown
        self.redraw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "choose"

    def draw(self, width: int) -> Sequence[Block]:
        return [] if self._shown is None else list(_blocks(self._shown, width))


def _blocks(shown: EarningsShown, width: int) -> Iterator[Block]:
    earnings = shown.earnings
    total = earnings.own_total()
    yield from _recap(shown, total, width)
    months = earnings.own_by_month()
    if months:
        yield from _section("months", _("By month, in {own}").format(own=earnings.own), width)
        most = max(max(one.invoiced, one.paid) for one in months)
        for one in months:
            yield Block(f"month:{one.month}", (_drawn(one, _month(one.month), most, width),))
    clients = earnings.by_client()
    if clients:
        yield from _section("clients", _("By client"), width)
        for one in clients:
            most = max(max(x.invoiced, x.paid) for x in clients if x.currency == one.currency)
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
    yield from _marketplace(shown, width)
    yield gap("rules")
    for place, line in enumerate(wrap(_assumed(earnings), width - 2)):
        yield Block(f"rule{place}", (((f" {line}", "quiet"),),), can_choose=False)


def _recap(shown: EarningsShown, total: Figure, width: int) -> Iterator[Block]:
    """Give the year in four sums of the user's own currency."""
    own = shown.earnings.own
    title: Line = (
        (f" {shown.year}", "accent"),
        (f"  {_('all sums in {own}').format(own=own)}", "quiet"),
    )
    yield Block("year", (title,), can_choose=False)
    parts = (
        (_("Invoiced"), total.invoiced, ""),
        (_("Withheld by clients"), -total.withheld, "warn"),
        (_("Net of what was withheld"), total.invoiced - total.withheld, "strong"),
        (_("Paid so far"), total.paid, "good"),
    )
    most = max(total.invoiced, total.paid, 1)
    for place, (label, units, tone) in enumerate(parts):
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
        full, whole = (round(min(max(x / most, 0), 1) * room) for x in (one.paid, one.invoiced))
        spans += [("█" * full, "good"), ("░" * max(whole - full, 0), "accent")]
    return tuple(spans)


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


def _marketplace(shown: EarningsShown, width: int) -> Iterator[Block]:
    told = []
    if shown.released:
        sums = " + ".join(map(wording.money, shown.released))
        told.append(
            _("Paid out of the milestones of {year}: {sums}").format(year=shown.year, sums=sums)
        )
    if shown.fee is not None:
        words = _("Fees of the awards you took, all years, by today's rule: {sum}")
        told.append(words.format(sum=wording.money(shown.fee)))
    if not told:
        return
    yield gap("marketplace")
    yield Block("marketplace", (((" " + _("On the marketplace"), "strong"),),), can_choose=False)
    for place, words in enumerate(told):
        lines = tuple((("   " + line, ""),) for line in wrap(words, width - 4))
        yield Block(f"marketplace{place}", lines)


def _assumed(earnings: Earnings) -> str:
    words = _(
        "What is assumed: a document counts in the month of its issue, money in the month it came. "
        "Credit notes are taken off, void ones and drafts left out. Each document counts in {own} "
        "at the rate kept with it. Tax that you charge is part of what was invoiced. Withheld tax "
        "counts when it is invoiced; its slips are your proof. Escrow is told apart, not added: "
        "invoice it only if you want a document for it. This is no tax advice."
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
