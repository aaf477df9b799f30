"""E-invoices: which form is asked for, and what a document lacks, in sentences that say where."""

from pathlib import Path
from typing import Final

from freelancer_tui.domain.einvoices import Form, LackCode, form_of, lacks
from freelancer_tui.domain.invoices import Invoice
from freelancer_tui.errors import NotAllowed
from freelancer_tui.i18n import N_, _

_SENTENCES: Final[dict[LackCode, str]] = {
    "draft": N_("It is a draft: issue it first (freelancer-tui invoices issue {detail})."),
    "quote": N_("A quote is no invoice: make the invoice of it first."),
    "void": N_("{detail} is void, so nobody should book it."),
    "seller_country": N_("Your country is missing: freelancer-tui seller set --country ID"),
    "client_country": N_(
        "The client's country is missing: freelancer-tui clients edit CLIENT --country DE"
    ),
    "seller_id": N_(
        "You need a number that you are registered under: "
        "freelancer-tui seller set --tax-id NPWP:NUMBER"
    ),
    "seller_vat": N_(
        "Who charges tax needs a VAT number or an NPWP: "
        "freelancer-tui seller set --tax-id VAT:NUMBER"
    ),
    "client_vat": N_(
        "Reverse charge needs the client's VAT number: "
        "freelancer-tui clients edit CLIENT --tax-id VAT:NUMBER"
    ),
    "tax_mixed": N_(
        "Some lines have a tax and some have none: make two documents, or give those without the "
        "tax E (exempt) or Z (zero)."
    ),
    "tax_zero": N_("Line {line}: standard tax is above 0 %; for none choose Z, E or G."),
    "tax_none": N_("Line {line}: tax of the kind {detail} is always 0 %."),
    "digits": N_(
        "Line {line}: e-invoices have two digits behind the point, its amount in {detail} has "
        "more. Change quantity or price so that two are enough, or bill in another currency."
    ),
    "tax_digits": N_(
        "E-invoices have two digits behind the point, the tax in {detail} comes to more. Change "
        "the prices so that two are enough, or bill in another currency."
    ),
    "currency": N_("E-invoices know no {detail}: bill in another currency."),
}
_IN_APP: Final[dict[LackCode, str]] = {
    "seller_country": N_("Your country is missing: c in the list opens who you are."),
    "client_country": N_("The client's country is missing: c in the list opens your clients."),
    "seller_id": N_(
        "You need a number that you are registered under, such as an NPWP: c in the list opens who "
        "you are."
    ),
    "seller_vat": N_(
        "Who charges tax needs a VAT number or an NPWP: c in the list opens who you are."
    ),
    "client_vat": N_(
        "Reverse charge needs the client's VAT number: c in the list opens your clients."
    ),
}
"""What is said otherwise where keys are at hand and no shell is."""


def refuse(invoice: Invoice, *, in_app: bool = False) -> None:
    """Raise with all that keeps a document from being an e-invoice, if anything does."""
    told = {**_SENTENCES, **_IN_APP} if in_app else _SENTENCES
    found = lacks(invoice)
    said = tuple(_(told[one.code]).format(line=one.line, detail=one.detail) for one in found)
    if not said:
        return
    hint = _("Correct it before you issue it. As PDF it can be sent all the same.")
    if invoice.state == "issued" and invoice.kind != "quote":
        hint = _(
            "It is issued, so it stays as it is: correct that, then duplicate it and void this "
            "one. As PDF it can be sent all the same."
        )
    raise NotAllowed(
        _("It cannot be an e-invoice (EN 16931): {problems}").format(problems=" ".join(said)),
        problems=said,
        hint=hint,
    )


def chosen(form: Form | None, target: Path) -> Form:
    """Give the form that is asked for, by its name or by that of the file."""
    found = form or form_of(target.name)
    if found is None:
        raise NotAllowed(
            _("{file} does not say which kind of e-invoice it is to be.").format(file=target.name),
            hint=_("Let it end in .pdf (Factur-X), .xml (UBL) or .cii.xml (CII)."),
        )
    return found
