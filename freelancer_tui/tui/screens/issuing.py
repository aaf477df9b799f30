"""Issuing: what speaks against a draft, and giving it its number once the user says yes."""

from typing import TYPE_CHECKING, Final

from freelancer_tui.domain.invoices import RateNote
from freelancer_tui.domain.ratetable import BadRate, read_rate
from freelancer_tui.errors import NotFound
from freelancer_tui.i18n import _
from freelancer_tui.tui.screens.section import Section
from freelancer_tui.tui.widgets import invoice_words
from freelancer_tui.tui.widgets.inquiry import Blank, Inquiry, Read
from freelancer_tui.tui.widgets.invoice_form import InvoiceForm
from freelancer_tui.tui.widgets.question import Question

if TYPE_CHECKING:
    from freelancer_tui.services.invoices import Invoices

ISSUE: Final = "issue"
"""What the question is about."""


class Issuing:
    """The verbs on a draft that end its being one."""

    def __init__(self, section: Section, invoices: "Invoices") -> None:
        self._section = section
        self._invoices = invoices
        self._listed = ""

    async def judge(self, invoice_id: str) -> None:
        """Show beside the form what the kept draft comes to and what speaks against it."""
        try:
            ready = await self._section.ask(self._invoices.paper, invoice_id)
            objections = await self._section.ask(self._invoices.objections, invoice_id)
        except NotFound:  # thrown away meanwhile: the sheet is closed by who shows it
            return
        self._form.judge(ready, objections)

    async def ask(self, invoice_id: str) -> None:
        """Ask before what is final; where something speaks against it, say what."""
        if self._form.is_wrong:
            words = _("Something typed here cannot be read yet; correct it first.")
            return self._section.warn(words)
        if not await self._section.flush():
            return
        await self.judge(invoice_id)
        found = await self._section.ask(self._invoices.objections, invoice_id)
        if found:
            more = f" (+{len(found) - 1})" if len(found) > 1 else ""
            return self._section.say(_("Not yet: {reason}").format(reason=found[0]) + more)
        number = await self._section.ask(self._invoices.next_number, invoice_id)
        words = _("Issue it? The number {number} is given and it cannot be changed any more.")
        words = words.format(number=number)
        ready = await self._section.ask(self._invoices.paper, invoice_id)
        is_ours = ready.currency == self._invoices.own
        if is_ours or ready.kind != "invoice":  # only what counts in the own sums needs a rate
            return self._section.query_one(Question).ask(words, ISSUE)
        self._listed = _typed(ready.rate)
        read = _rated(ready.rate, ready.currency, self._invoices.own)
        blank = Blank("rate", _("Rate"), self._listed, read, _("empty: as it is listed"))
        await self._section.query_one(Inquiry).ask(ISSUE, words, (blank,))
        self._section.refresh_bindings()

    async def issue(self, invoice_id: str, values: dict[str, str]) -> None:
        """Give it its number, at the rate that was typed if it is another than the listed one."""
        typed = values.get("rate", "")
        by_hand = read_rate(typed) if typed not in ("", self._listed) else None
        done = await self._section.ask(self._invoices.issue, invoice_id, rate=by_hand)
        self._form.forget()
        self._section.say(_("Issued as {number}. o makes the PDF.").format(number=done.number))

    @property
    def _form(self) -> InvoiceForm:
        return self._section.query_one(InvoiceForm)


def _typed(rate: RateNote | None) -> str:
    return "" if rate is None else f"{rate.rate.normalize():f}"


def _rated(listed: RateNote | None, currency: str, own: str) -> Read:
    """Read a rate, and tell what it means and where it is from."""

    def read(typed: str) -> tuple[str, bool]:
        try:
            rate = read_rate(typed)
        except BadRate:
            return _("A number above zero, such as 16250.50."), bool(typed.strip())
        worth = f"1 {currency} = {invoice_words.rate(rate)} {own}"
        if listed is None or typed.strip() != _typed(listed):
            return _("{worth}, as you say").format(worth=worth), False
        words = _("{worth}, of {day}").format(worth=worth, day=invoice_words.day(listed.on))
        return words, False

    return read
