"""Electronic: the e-invoice of a document: which form, where it goes, and what it lacks."""

from pathlib import Path
from typing import Final

from freelancer_tui.domain.einvoices import Form, form_of
from freelancer_tui.domain.invoices import Invoice
from freelancer_tui.errors import NotAllowed
from freelancer_tui.i18n import N_, _
from freelancer_tui.tui.screens.issued import Issued, named
from freelancer_tui.tui.widgets.inquiry import Blank, Inquiry
from freelancer_tui.tui.widgets.question import Question

VERB: Final = "einvoice"
_PLAIN: Final = "plain-pdf"
_FORMS: Final[dict[Form, str]] = {
    "factur-x": N_("Factur-X: a PDF with the data inside"),
    "ubl": N_("XML in UBL"),
    "cii": N_("XML in CII"),
}


class Electronic(Issued):
    """The verbs on an issued document, and its e-invoice."""

    def can(self, action: str, invoice: Invoice) -> bool:
        """Tell whether a verb makes sense for a document."""
        if action == VERB:
            return invoice.state == "issued" and invoice.kind != "quote"
        return super().can(action, invoice)

    async def do(self, verb: str, invoice: Invoice) -> None:
        """Carry a verb out, or ask for what it needs."""
        if verb != VERB:
            return await super().do(verb, invoice)
        self._about = invoice
        try:
            await self._section.ask(self._papers.check_einvoice, invoice.id)
        except NotAllowed as error:
            words = _("No e-invoice: {problems} · Write the plain PDF?")
            told = words.format(problems=" ".join(error.problems))
            return self._section.query_one(Question).ask(told, _PLAIN)
        words = _(
            "Write it as e-invoice (EN 16931). The ending chooses: .pdf has the data inside, .xml "
            "is UBL, .cii.xml is CII."
        )
        blanks = (Blank("file", _("File"), self._file(invoice, "-einvoice"), _formed),)
        await self._ask(VERB, words, blanks, invoice)

    async def filled(self, event: Inquiry.Filled) -> None:
        """Do what was asked for."""
        if event.about != VERB or self._about is None:
            return await super().filled(event)
        target = Path(event.values["file"]).expanduser()
        await self._section.ask(self._papers.save_einvoice, self._about.id, target, force=True)
        await self._again(_("Written to {file}").format(file=target))

    async def answered(self, event: Question.Answered) -> None:
        """Go on with what was asked about, if the user means it."""
        if event.about == _PLAIN and event.yes and self._about is not None:
            return await self._pdf(self._about)
        await super().answered(event)


def _formed(typed: str) -> tuple[str, bool]:
    """Tell which form a file's name asks for, and whether it can be written."""
    form, (words, is_wrong) = form_of(typed.strip()), named(typed)
    if is_wrong:
        return words, True
    if form is None:
        return _("Let it end in .pdf, .xml or .cii.xml."), True
    return "; ".join(filter(None, (_(_FORMS[form]), words))), False
