"""CII: an e-invoice as Cross Industry Invoice, the syntax that Factur-X embeds."""

from collections.abc import Iterator
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
    TaxPart,
    Way,
    figure,
    number,
)
from freelancer_tui.documents.markup import Element, element, hull, leaf, written
from freelancer_tui.domain.invoices import Tax
from freelancer_tui.domain.money import Money

_UNECE: Final = "urn:un:unece:uncefact:data:standard:"
_SPACES: Final = {
    "rsm": f"{_UNECE}CrossIndustryInvoice:100",
    "ram": f"{_UNECE}ReusableAggregateBusinessInformationEntity:100",
    "qdt": f"{_UNECE}QualifiedDataType:100",
    "udt": f"{_UNECE}UnqualifiedDataType:100",
}
_DAY: Final = "102"
"""Form of dates: year, month and day without signs between."""


def cii(bill: EInvoice) -> bytes:
    """Write an e-invoice as CII."""
    root = hull(
        "rsm:CrossIndustryInvoice",
        hull(
            "rsm:ExchangedDocumentContext",
            hull("ram:GuidelineSpecifiedDocumentContextParameter", leaf("ram:ID", PROFILE)),
        ),
        hull(
            "rsm:ExchangedDocument",
            leaf("ram:ID", bill.number),
            leaf("ram:TypeCode", bill.code),
            _time("ram:IssueDateTime", bill.issued_on),
            element("ram:IncludedNote", leaf("ram:Content", bill.note)),
        ),
        hull(
            "rsm:SupplyChainTradeTransaction",
            *map(_line, bill.items),
            _agreement(bill),
            hull("ram:ApplicableHeaderTradeDelivery"),
            hull("ram:ApplicableHeaderTradeSettlement", *_settlement(bill)),
        ),
    )
    return written(root, _SPACES)


def _line(item: Item) -> Element:
    return hull(
        "ram:IncludedSupplyChainTradeLineItem",
        hull(
            "ram:AssociatedDocumentLineDocument",
            leaf("ram:LineID", item.number),
            element("ram:IncludedNote", leaf("ram:Content", item.note)),
        ),
        hull("ram:SpecifiedTradeProduct", leaf("ram:Name", item.name)),
        hull(
            "ram:SpecifiedLineTradeAgreement",
            hull(
                "ram:NetPriceProductTradePrice",
                leaf("ram:ChargeAmount", number(item.price)),
            ),
        ),
        hull(
            "ram:SpecifiedLineTradeDelivery",
            leaf("ram:BilledQuantity", number(item.quantity), unitCode=item.unit),
        ),
        hull(
            "ram:SpecifiedLineTradeSettlement",
            hull("ram:ApplicableTradeTax", leaf("ram:TypeCode", "VAT"), *_category(item.tax)),
            _discount(item),
            hull(
                "ram:SpecifiedTradeSettlementLineMonetarySummation",
                _money("ram:LineTotalAmount", item.net),
            ),
        ),
    )


def _discount(item: Item) -> Element | None:
    if (off := item.discount) is None:
        return None
    return hull(
        "ram:SpecifiedTradeAllowanceCharge",
        hull("ram:ChargeIndicator", leaf("udt:Indicator", "false")),
        leaf("ram:CalculationPercent", number(off.percent)),
        _money("ram:BasisAmount", off.base),
        _money("ram:ActualAmount", off.amount),
        leaf("ram:ReasonCode", DISCOUNT),
        leaf("ram:Reason", off.words),
    )


def _agreement(bill: EInvoice) -> Element:
    return hull(
        "ram:ApplicableHeaderTradeAgreement",
        _party("ram:SellerTradeParty", bill.seller),
        _party("ram:BuyerTradeParty", bill.buyer),
        element("ram:BuyerOrderReferencedDocument", leaf("ram:IssuerAssignedID", bill.po_number)),
    )


def _party(name: str, side: Side) -> Element:
    first, second, third = (*side.address, "", "", "")[:3]
    mail = leaf("ram:URIID", side.mail)
    return hull(
        name,
        leaf("ram:ID", side.numbers.other),
        leaf("ram:Name", side.name),
        element("ram:SpecifiedLegalOrganization", leaf("ram:ID", side.numbers.registered)),
        element("ram:DefinedTradeContact", element("ram:EmailURIUniversalCommunication", mail)),
        hull(
            "ram:PostalTradeAddress",
            leaf("ram:LineOne", first),
            leaf("ram:LineTwo", second),
            leaf("ram:LineThree", third),
            leaf("ram:CountryID", side.country),
        ),
        element("ram:URIUniversalCommunication", leaf("ram:URIID", side.mail, schemeID=MAIL)),
        element("ram:SpecifiedTaxRegistration", leaf("ram:ID", side.numbers.vat, schemeID="VA")),
    )


def _settlement(bill: EInvoice) -> Iterator[Element | None]:
    if bill.way:
        yield leaf("ram:PaymentReference", bill.number)
    yield leaf("ram:InvoiceCurrencyCode", bill.currency)
    if bill.way:
        yield _way(bill.way)
    yield from map(_tax, bill.taxes)
    if bill.period is not None:
        first, last = bill.period
        yield hull(
            "ram:BillingSpecifiedPeriod",
            _time("ram:StartDateTime", first),
            _time("ram:EndDateTime", last),
        )
    yield element(
        "ram:SpecifiedTradePaymentTerms",
        leaf("ram:Description", bill.terms),
        _time("ram:DueDateDateTime", bill.due_on) if bill.due_on else None,
    )
    yield hull(
        "ram:SpecifiedTradeSettlementHeaderMonetarySummation",
        _money("ram:LineTotalAmount", bill.net),
        _money("ram:TaxBasisTotalAmount", bill.net),
        leaf("ram:TaxTotalAmount", figure(bill.tax), currencyID=bill.currency),
        _money("ram:GrandTotalAmount", bill.total),
        _money("ram:DuePayableAmount", bill.total),
    )
    yield from map(_earlier, bill.earlier)


def _way(way: Way) -> Element:
    named = "ram:IBANID" if way.is_iban else "ram:ProprietaryID"
    account = hull(
        "ram:PayeePartyCreditorFinancialAccount",
        leaf(named, way.account) if way.is_iban else None,
        leaf("ram:AccountName", way.holder),
        None if way.is_iban else leaf(named, way.account),
    )
    return hull(
        "ram:SpecifiedTradeSettlementPaymentMeans",
        leaf("ram:TypeCode", way.code),
        leaf("ram:Information", way.words),
        account if way.account else None,
        element("ram:PayeeSpecifiedCreditorFinancialInstitution", leaf("ram:BICID", way.bic)),
    )


def _tax(part: TaxPart) -> Element:
    category, *rate = _category(part.tax)
    return hull(
        "ram:ApplicableTradeTax",
        _money("ram:CalculatedAmount", part.amount),
        leaf("ram:TypeCode", "VAT"),
        leaf("ram:ExemptionReason", part.reason),
        _money("ram:BasisAmount", part.base),
        category,
        leaf("ram:ExemptionReasonCode", part.reason_code),
        *rate,
    )


def _category(tax: Tax) -> tuple[Element | None, ...]:
    """Give a category and its rate; what is outside the scope of VAT has none."""
    code = leaf("ram:CategoryCode", tax.code)
    if tax.code == "O":
        return (code,)
    return (code, leaf("ram:RateApplicablePercent", number(tax.percent)))


def _earlier(one: Earlier) -> Element:
    day = leaf("qdt:DateTimeString", f"{one.on:%Y%m%d}" if one.on else "", format=_DAY)
    return hull(
        "ram:InvoiceReferencedDocument",
        leaf("ram:IssuerAssignedID", one.number),
        element("ram:FormattedIssueDateTime", day),
    )


def _time(name: str, day: date) -> Element:
    return hull(name, leaf("udt:DateTimeString", f"{day:%Y%m%d}", format=_DAY))


def _money(name: str, money: Money) -> Element | None:
    return leaf(name, figure(money))
