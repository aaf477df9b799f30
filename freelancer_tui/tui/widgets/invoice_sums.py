"""Invoice sums: what a draft comes to and what speaks against issuing it, while it is written."""

from collections.abc import Sequence
from typing import Final

from textual.content import Content
from textual.widgets import Static

from freelancer_tui import wording
from freelancer_tui.domain.invoices import DocumentKind, Invoice, Totals, in_own, totals
from freelancer_tui.domain.money import Money
from freelancer_tui.i18n import N_, _, ngettext
from freelancer_tui.tui.format import fit
from freelancer_tui.tui.widgets import invoice_words

_LABEL, _AMOUNT = 14, 19
_WHOLE: Final[dict[DocumentKind, str]] = {
    "invoice": N_("To pay"),
    "credit_note": N_("Credited"),
    "quote": N_("Offered"),
}
Part = tuple[str, Money, str]


class InvoiceSums(Static):
    """A column of sums where there is room for one, a line of them where there is not."""

    DEFAULT_CSS = "InvoiceSums { height: auto; padding: 0 1; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)

    def show(self, invoice: Invoice, *, is_column: bool) -> None:
        """Show what a document comes to."""
        parts = _parts(invoice, totals(invoice))
        if is_column:
            self.update(Content("\n").join(_column(invoice, parts)))
        else:
            self.update(Content("  ").join(_in_line(parts)))


class InvoiceObjections(Static):
    """A line for each objection, or that there are none."""

    DEFAULT_CSS = "InvoiceObjections { height: auto; padding: 0 1; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)

    def show(self, found: Sequence[str], most: int) -> None:
        """Show as many as there is room for."""
        if not found:
            ready = _("✓ Ready. Ctrl+S issues it and gives it its number.")
            self.update(Content.styled(ready, "$success"))
            return
        lines = [Content.styled(f"○ {one}", "$foreground") for one in found[:most]]
        if (rest := len(found) - most) > 0:
            more = ngettext("{count} more", "{count} more", rest).format(count=rest)
            lines[-1] = lines[-1].append(f" · {more}")
        self.update(Content("\n").join(lines))


def _parts(invoice: Invoice, sums: Totals) -> list[Part]:
    parts: list[Part] = []
    if sums.taxes and (sums.tax.minor or sums.withheld.minor):
        parts.append((_("Net"), sums.net, ""))
    parts += [
        (_("Tax {percent} %").format(percent=f"{one.tax.percent.normalize():f}"), one.amount, "")
        for one in sums.taxes
        if one.tax.percent
    ]
    if sums.withheld.minor:
        parts.append((_("Withheld"), Money(-sums.withheld.amount, invoice.currency), "$warning"))
    parts.append((_(_WHOLE[invoice.kind]), sums.payable, "bold $primary"))
    return parts


def _column(invoice: Invoice, parts: Sequence[Part]) -> list[Content]:
    rows = []
    for label, amount, look in parts:
        words = fit(label, _LABEL) + fit(wording.money(amount), _AMOUNT, right=True)
        rows.append(Content.styled(words, look or "$foreground"))
    if invoice.rate is not None and invoice.rate.currency != invoice.currency:
        worth = in_own(invoice.rate, totals(invoice).payable)
        own = wording.money(invoice_words.about(worth))
        words = _("≈ {amount}, rate of {day}")
        told = words.format(amount=own, day=invoice_words.day(invoice.rate.on))
        rows.append(Content.styled(told, "$foreground-muted"))
    return rows


def _in_line(parts: Sequence[Part]) -> list[Content]:
    return [
        Content.styled(f"{label} {wording.money(amount)}", look or "$foreground")
        for label, amount, look in parts
    ]
