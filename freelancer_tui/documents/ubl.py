"""UBL: an e-invoice as Universal Business Language 2.1, an Invoice or a CreditNote."""

from datetime import date
from typing import Final

from freelancer_tui.documents.einvoices import (
    DISCOUNT,
    MAIL,
    PROFILE,
    Earlier,
    EInvoice,
    Item,
    Side,
    Way,
    figure,
    number,
)
from freelancer_tui.documents.markup import Element, element, hull, leaf, written
from freelancer_tui.domain.invoices import Tax
from freelancer_tui.domain.money import Money

_SPACE: Final = "urn:oasis:names:specification:ubl:schema:xsd:"


def ubl(bill: EInvoice) -> bytes:
    """Write an e-invoice as UBL."""
    kind = "CreditNote" if bill.is_credit else "Invoice"
    root = hull(
        kind,
        leaf("cbc:CustomizationID", PROFILE),
        leaf("cbc:ID", bill.number),
        _day("cbc:IssueDate", bill.issued_on),
        _day("cbc:DueDate", bill.due_on),
        leaf(f"cbc:{kind}TypeCode", bill.code),
        leaf("cbc:Note", bill.note),
        leaf("cbc:DocumentCurrencyCode", bill.currency),
        _period(bill),
        element("cac:OrderReference", leaf("cbc:ID", bill.po_number)),
        *map(_earlier, bill.earlier),
        hull("cac:AccountingSupplierParty", _party(bill.seller)),
        hull("cac:AccountingCustomerParty", _party(bill.buyer)),
        _way(bill.way, bill.number) if bill.way else None,
        element("cac:PaymentTerms", leaf("cbc:Note", bill.terms)),
        _taxes(bill),
        _totals(bill),
        *(_line(item, kind) for item in bill.items),
    )
    return written(root, {
        "": f"{_SPACE}{kind}-2",
        "cac": f"{_SPACE}CommonAggregateComponents-2",
        "cbc": f"{_SPACE}CommonBasicComponents-2",
    })  # fmt: skip


def _period(bill: EInvoice) -> Element | None:
    if bill.period is None:
        return None
    first, last = bill.period
    return hull("cac:InvoicePeriod", _day("cbc:StartDate", first), _day("cbc:EndDate", last))


def _earlier(one: Earlier) -> Element:
    return hull(
        "cac:BillingReference",
        hull(
            "cac:InvoiceDocumentReference",
            leaf("cbc:ID", one.number),
            _day("cbc:IssueDate", one.on),
        ),
    )


def _party(side: Side) -> Element:
    first, second, third = (*side.address, "", "", "")[:3]
    return hull(
        "cac:Party",
        leaf("cbc:EndpointID", side.mail, schemeID=MAIL),
        element("cac:PartyIdentification", leaf("cbc:ID", side.numbers.other)),
        hull(
            "cac:PostalAddress",
            leaf("cbc:StreetName", first),
            leaf("cbc:AdditionalStreetName", second),
            element("cac:AddressLine", leaf("cbc:Line", third)),
            element("cac:Country", leaf("cbc:IdentificationCode", side.country)),
        ),
        _taxpayer(side.numbers.vat),
        hull(
            "cac:PartyLegalEntity",
            leaf("cbc:RegistrationName", side.name),
            leaf("cbc:CompanyID", side.numbers.registered),
        ),
        element("cac:Contact", leaf("cbc:ElectronicMail", side.mail)),
    )


def _taxpayer(number: str) -> Element | None:
    return hull("cac:PartyTaxScheme", leaf("cbc:CompanyID", number), _vat()) if number else None


def _way(way: Way, reference: str) -> Element:
    return hull(
        "cac:PaymentMeans",
        leaf("cbc:PaymentMeansCode", way.code, name=way.words),
        leaf("cbc:PaymentID", reference),
        element(
            "cac:PayeeFinancialAccount",
            leaf("cbc:ID", way.account),
            leaf("cbc:Name", way.holder),
            element("cac:FinancialInstitutionBranch", leaf("cbc:ID", way.bic)),
        ),
    )


def _taxes(bill: EInvoice) -> Element:
    return hull(
        "cac:TaxTotal",
        _money("cbc:TaxAmount", bill.tax),
        *(
            hull(
                "cac:TaxSubtotal",
                _money("cbc:TaxableAmount", part.base),
                _money("cbc:TaxAmount", part.amount),
                _category("cac:TaxCategory", part.tax, part.reason_code, part.reason),
            )
            for part in bill.taxes
        ),
    )


def _totals(bill: EInvoice) -> Element:
    return hull(
        "cac:LegalMonetaryTotal",
        _money("cbc:LineExtensionAmount", bill.net),
        _money("cbc:TaxExclusiveAmount", bill.net),
        _money("cbc:TaxInclusiveAmount", bill.total),
        _money("cbc:PayableAmount", bill.total),
    )


def _line(item: Item, kind: str) -> Element:
    quantity = "CreditedQuantity" if kind == "CreditNote" else "InvoicedQuantity"
    return hull(
        f"cac:{kind}Line",
        leaf("cbc:ID", item.number),
        leaf("cbc:Note", item.note),
        leaf(f"cbc:{quantity}", number(item.quantity), unitCode=item.unit),
        _money("cbc:LineExtensionAmount", item.net),
        _discount(item),
        hull(
            "cac:Item",
            leaf("cbc:Name", item.name),
            _category("cac:ClassifiedTaxCategory", item.tax),
        ),
        hull(
            "cac:Price",
            leaf("cbc:PriceAmount", number(item.price), currencyID=item.net.currency),
        ),
    )


def _discount(item: Item) -> Element | None:
    if (off := item.discount) is None:
        return None
    return hull(
        "cac:AllowanceCharge",
        leaf("cbc:ChargeIndicator", "false"),
        leaf("cbc:AllowanceChargeReasonCode", DISCOUNT),
        leaf("cbc:AllowanceChargeReason", off.words),
        leaf("cbc:MultiplierFactorNumeric", number(off.percent)),
        _money("cbc:Amount", off.amount),
        _money("cbc:BaseAmount", off.base),
    )


def _category(name: str, tax: Tax, reason_code: str = "", reason: str = "") -> Element:
    percent = "" if tax.code == "O" else number(tax.percent)
    return hull(
        name,
        leaf("cbc:ID", tax.code),
        leaf("cbc:Percent", percent),
        leaf("cbc:TaxExemptionReasonCode", reason_code),
        leaf("cbc:TaxExemptionReason", reason),
        _vat(),
    )


def _vat() -> Element:
    return hull("cac:TaxScheme", leaf("cbc:ID", "VAT"))


def _day(name: str, day: date | None) -> Element | None:
    return leaf(name, day.isoformat() if day else "")


def _money(name: str, money: Money) -> Element | None:
    return leaf(name, figure(money), currencyID=money.currency)
