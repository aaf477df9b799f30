"""Issuing: what speaks against a draft, and giving it its number once the user says yes."""

from typing import TYPE_CHECKING, Final

from freelancer_tui.errors import NotFound
from freelancer_tui.i18n import _
from freelancer_tui.tui.screens.section import Section
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
        self._section.query_one(Question).ask(words.format(number=number), ISSUE)

    async def issue(self, invoice_id: str) -> None:
        """Give it its number."""
        done = await self._section.ask(self._invoices.issue, invoice_id)
        self._form.forget()
        self._section.say(_("Issued as {number}. o makes the PDF.").format(number=done.number))

    @property
    def _form(self) -> InvoiceForm:
        return self._section.query_one(InvoiceForm)
