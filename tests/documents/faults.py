"""Faults: what can go wrong in an e-invoice, planted into valid ones, with the rule it breaks."""

from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from tests.documents.norm import Syntax

_SPACES: Final = {
    "cii": {
        part: f"urn:un:unece:uncefact:data:standard:{name}:100"
        for part, name in {
            "rsm": "CrossIndustryInvoice",
            "ram": "ReusableAggregateBusinessInformationEntity",
            "udt": "UnqualifiedDataType",
        }.items()
    },
    "ubl": {
        part: f"urn:oasis:names:specification:ubl:schema:xsd:Common{name}Components-2"
        for part, name in {"cac": "Aggregate", "cbc": "Basic"}.items()
    },
}
_ID, _AE, _OFF = (
    "an Indonesian without VAT bills the USA", "reverse charge within the EU",
    "a discount on one line",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing made wrong in both syntaxes: taken out, or given another value."""

    rule: str
    cii: str
    ubl: str
    value: str | None = None
    """None takes it out."""
    base: str = "two rates"
    """Which of the valid documents it is planted into."""


FAULTS: Final = (
    Fault("BR-01", "//ram:GuidelineSpecifiedDocumentContextParameter", "//cbc:CustomizationID"),
    Fault("BR-02", "//rsm:ExchangedDocument/ram:ID", "/*/cbc:ID"),
    Fault("BR-03", "//rsm:ExchangedDocument/ram:IssueDateTime", "/*/cbc:IssueDate"),
    Fault("BR-04", "//rsm:ExchangedDocument/ram:TypeCode", "/*/cbc:InvoiceTypeCode"),
    Fault("BR-05", "//ram:InvoiceCurrencyCode", "//cbc:DocumentCurrencyCode"),
    Fault("BR-06", "//ram:SellerTradeParty/ram:Name",
          "//cac:AccountingSupplierParty//cbc:RegistrationName"),
    Fault("BR-07", "//ram:BuyerTradeParty/ram:Name",
          "//cac:AccountingCustomerParty//cbc:RegistrationName"),
    Fault("BR-09", "//ram:SellerTradeParty//ram:CountryID",
          "//cac:AccountingSupplierParty//cac:Country"),
    Fault("BR-11", "//ram:BuyerTradeParty//ram:CountryID",
          "//cac:AccountingCustomerParty//cac:Country"),
    Fault("BR-16", "//ram:IncludedSupplyChainTradeLineItem", "//cac:InvoiceLine"),
    Fault("BR-21", "//ram:LineID", "//cac:InvoiceLine/cbc:ID"),
    Fault("BR-25", "//ram:SpecifiedTradeProduct/ram:Name", "//cac:Item/cbc:Name"),
    Fault("BR-27", "//ram:NetPriceProductTradePrice/ram:ChargeAmount", "//cbc:PriceAmount", "-5"),
    Fault("BR-45", "//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax/ram:BasisAmount",
          "//cbc:TaxableAmount"),
    Fault("BR-50", "//ram:PayeePartyCreditorFinancialAccount/ram:IBANID",
          "//cac:PayeeFinancialAccount/cbc:ID"),
    Fault("BR-55", "//ram:InvoiceReferencedDocument/ram:IssuerAssignedID",
          "//cac:InvoiceDocumentReference/cbc:ID", base="a credit note"),
    Fault("BR-CL-01", "//rsm:ExchangedDocument/ram:TypeCode", "/*/cbc:InvoiceTypeCode", "999"),
    Fault("BR-CL-04", "//ram:InvoiceCurrencyCode", "//cbc:DocumentCurrencyCode", "XXZ"),
    Fault("BR-CL-14", "//ram:SellerTradeParty//ram:CountryID",
          "//cac:AccountingSupplierParty//cbc:IdentificationCode", "QQ"),
    Fault("BR-CL-23", "//ram:BilledQuantity/@unitCode", "//cbc:InvoicedQuantity/@unitCode", "jam"),
    Fault("BR-CO-09", "//ram:SpecifiedTaxRegistration/ram:ID",
          "//cac:PartyTaxScheme/cbc:CompanyID", "123456789"),
    Fault("BR-CO-10", "//ram:SpecifiedTradeSettlementHeaderMonetarySummation/ram:LineTotalAmount",
          "//cac:LegalMonetaryTotal/cbc:LineExtensionAmount", "1.00"),
    Fault("BR-CO-13", "//ram:TaxBasisTotalAmount", "//cbc:TaxExclusiveAmount", "1.00"),
    Fault("BR-CO-14", "//ram:TaxTotalAmount", "//cac:TaxTotal/cbc:TaxAmount", "1.00"),
    Fault("BR-CO-15", "//ram:GrandTotalAmount", "//cbc:TaxInclusiveAmount", "1.00"),
    Fault("BR-CO-16", "//ram:DuePayableAmount", "//cbc:PayableAmount", "1.00"),
    Fault("BR-CO-26", "//ram:SellerTradeParty/ram:SpecifiedLegalOrganization",
          "//cac:AccountingSupplierParty//cac:PartyLegalEntity/cbc:CompanyID", base=_ID),
    Fault("BR-DEC-23", "//ram:SpecifiedLineTradeSettlement//ram:LineTotalAmount",
          "//cac:InvoiceLine/cbc:LineExtensionAmount", "498.751"),
    Fault("BR-41", "//ram:SpecifiedLineTradeSettlement//ram:ActualAmount",
          "//cac:InvoiceLine/cac:AllowanceCharge/cbc:Amount", base=_OFF),
    Fault("BR-S-02", "//ram:SellerTradeParty/ram:SpecifiedTaxRegistration",
          "//cac:AccountingSupplierParty//cac:PartyTaxScheme"),
    Fault("BR-S-05", "//ram:SpecifiedLineTradeSettlement//ram:RateApplicablePercent",
          "//cac:ClassifiedTaxCategory/cbc:Percent", "0"),
    Fault("BR-S-08", "//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax/ram:BasisAmount",
          "//cbc:TaxableAmount", "1.00"),
    Fault("BR-O-10", "//ram:ExemptionReason|//ram:ExemptionReasonCode",
          "//cbc:TaxExemptionReason|//cbc:TaxExemptionReasonCode", base=_ID),
    Fault("BR-AE-10", "//ram:ExemptionReason|//ram:ExemptionReasonCode",
          "//cbc:TaxExemptionReason|//cbc:TaxExemptionReasonCode", base=_AE),
    Fault("BR-AE-02", "//ram:BuyerTradeParty/ram:SpecifiedTaxRegistration",
          "//cac:AccountingCustomerParty//cac:PartyTaxScheme", base=_AE),
    Fault("BR-G-02", "//ram:SellerTradeParty/ram:SpecifiedTaxRegistration",
          "//cac:AccountingSupplierParty//cac:PartyTaxScheme", base="export at nothing"),
)  # fmt: skip


def planted(fault: Fault, syntax: Syntax, document: bytes) -> bytes:
    """Give a document with a fault in it."""
    tree = etree.fromstring(document)
    places: list[Any] = tree.xpath(
        fault.cii if syntax == "cii" else fault.ubl, namespaces=_SPACES[syntax]
    )
    assert places, f"{fault.rule}: nowhere to plant it"
    for place in places:
        if not etree.iselement(place):  # an attribute
            place.getparent().set(place.attrname, fault.value)
        elif fault.value is None:
            place.getparent().remove(place)
        else:
            place.text = fault.value
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8"))
