"""E-invoices against the official rules of EN 16931, and against a reader of another house."""

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from freelancer_tui.documents.einvoices import einvoice
from freelancer_tui.domain.currencies import CODES
from freelancer_tui.domain.einvoices import lacks
from freelancer_tui.domain.invoices import InvoiceLine, Tax, TaxCode, Ways, totals
from freelancer_tui.domain.places import country_name
from tests.documents.bills import ACME, BERLIN, CASES, GMBH, before, bill
from tests.documents.faults import FAULTS, planted
from tests.documents.norm import SYNTAXES, WRITERS, Syntax, fired, misshapen, second_opinion
from tests.documents.sheets import a_line


@cache
def written(name: str, syntax: Syntax) -> bytes:
    bill = CASES[name]
    assert lacks(bill) == ()
    return WRITERS[syntax](einvoice(bill, bill.language, before(bill)))


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_real_documents_are_valid_for_rules_schema_and_another_reader(syntax: Syntax) -> None:
    found = {}
    for name in CASES:
        document = written(name, syntax)
        against = fired(syntax, document), misshapen(document), second_opinion(document)
        if any(against):
            found[name] = against
    assert len(CASES) >= 12
    assert found == {}


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_each_planted_fault_is_found_by_its_rule_and_by_another_reader(syntax: Syntax) -> None:
    missed, unseen = [], []
    for fault in FAULTS:
        document = planted(fault, syntax, written(fault.base, syntax))
        if fault.rule not in (rules := fired(syntax, document)):
            missed.append((fault.rule, rules))
        if not second_opinion(document):
            unseen.append(fault.rule)
    assert len(FAULTS) >= 16
    assert (missed, unseen) == ([], [])


def said(name: str, syntax: Syntax, path: str) -> str:
    """Give the first text at the end of a path, told by local names: `Party/CompanyID`."""
    steps = "".join(f"//*[local-name()='{step}']" for step in path.split("/"))
    found = etree.fromstring(written(name, syntax)).xpath(steps)
    return str(found[0].text) if found else ""


@pytest.mark.parametrize(
    ("name", "ubl", "cii", "value"),
    [
        ("a credit note", "CreditNoteTypeCode", "ExchangedDocument/TypeCode", "381"),
        ("a deposit", "InvoiceTypeCode", "ExchangedDocument/TypeCode", "386"),
        ("two rates", "InvoiceTypeCode", "ExchangedDocument/TypeCode", "380"),
        ("a credit note", "InvoiceDocumentReference/ID",
         "InvoiceReferencedDocument/IssuerAssignedID", "INV/2026/VII/006"),
        ("an Indonesian without VAT bills the USA", "TaxExemptionReasonCode",
         "ExemptionReasonCode", "VATEX-EU-O"),
        ("reverse charge within the EU", "TaxExemptionReasonCode", "ExemptionReasonCode",
         "VATEX-EU-AE"),
        ("export at nothing", "TaxExemptionReasonCode", "ExemptionReasonCode", "VATEX-EU-G"),
        ("an Indonesian without VAT bills a business in the EU",
         "AccountingCustomerParty/PartyIdentification/ID", "BuyerTradeParty/ID", "DE987654321"),
        ("an Indonesian without VAT bills a business in the EU",
         "AccountingSupplierParty/PartyLegalEntity/CompanyID",
         "SellerTradeParty/SpecifiedLegalOrganization/ID", "0123.4567.8901.2345"),
        ("export at nothing", "AccountingSupplierParty/PartyTaxScheme/CompanyID",
         "SellerTradeParty/SpecifiedTaxRegistration/ID", "ID0123456789012345"),
        ("yen, which have no smaller unit", "PayableAmount", "DuePayableAmount", "842140"),
        ("rupiah with sen", "PayableAmount", "DuePayableAmount", "1250000.55"),
        ("the last invoice, less a deposit", "PayableAmount", "DuePayableAmount", "1190.00"),
        ("tax that the client keeps back", "PayableAmount", "DuePayableAmount", "1110000.00"),
        ("tax that the client keeps back", "PaymentTerms/Note",
         "SpecifiedTradePaymentTerms/Description",
         "Less withholding: PPh 23 2%: \u2212IDR\u00a020,000\nAmount due: IDR\u00a01,090,000\n"
         "PayPal: paypal.me/sariw\nWise: https://wise.com/pay/me/sariw\n"
         "Payoneer: sari@example.com"),
        ("all that can be said, in both languages", "InvoiceLine/Note",
         "AssociatedDocumentLineDocument/IncludedNote/Content", "sprint"),
        ("all that can be said, in both languages", "OrderReference/ID",
         "BuyerOrderReferencedDocument/IssuerAssignedID", "PO-7"),
        ("names with signs that no XML can hold", "Item/Name", "SpecifiedTradeProduct/Name",
         "]]> <b>&amp;  \ufffd \"'"),
    ],
)  # fmt: skip
def test_each_thing_stands_where_the_norm_has_it(name: str, ubl: str, cii: str, value: str) -> None:
    assert (said(name, "ubl", ubl), said(name, "cii", cii)) == (value, value)


_RATES: list[tuple[TaxCode, str]] = [("S", "7"), ("S", "19"), ("S", "25.5"), ("Z", "0"), ("E", "0")]
_SOME_LINES = st.lists(
    st.builds(
        lambda quantity, price, off, tax: InvoiceLine(
            "x", Decimal(quantity) / 10_000, Decimal(price) / 10_000, "", Decimal(off) / 100,
            Tax(tax[0], Decimal(tax[1])),
        ),
        st.integers(1, 10**8), st.integers(0, 10**9), st.integers(0, 10_000),
        st.sampled_from(_RATES),
    ),
    min_size=1, max_size=12,
)  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(_SOME_LINES, st.sampled_from(["EUR", "JPY", "IDR", "USD"]))
def test_no_cent_is_lost_on_the_way_whatever_the_lines(
    lines: list[InvoiceLine], currency: str
) -> None:
    some = bill(*lines, seller=BERLIN, client=GMBH, currency=currency, ways=Ways())
    sums = totals(some)
    for syntax in SYNTAXES:
        document = WRITERS[syntax](einvoice(some, "en"))
        assert second_opinion(document) == set()
        (told,) = re.findall(r"PayableAmount[^>/]*>([\d.]+)<", document.decode())
        assert Decimal(told) == sums.total.amount
        assert nets(document) == [line.net(currency).amount for line in lines]


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_thousandths_of_a_dinar_that_a_discount_takes_off_are_rounded_with_it(
    syntax: Syntax,
) -> None:
    line = a_line("x", "1", "10.015", discount_percent=Decimal("0.05"))
    some = bill(line, currency="KWD", ways=Ways())
    assert (lacks(some), nets(WRITERS[syntax](einvoice(some, "en")))) == ((), [Decimal("10.01")])


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_no_second_currency_of_tax_is_named_so_none_has_to_be_told(syntax: Syntax) -> None:
    for name in CASES:
        assert b"TaxCurrencyCode" not in written(name, syntax)


def nets(document: bytes) -> list[Decimal]:
    """Work out what each line comes to, as its reader does, and see that it says the same."""
    found = []
    lines = "//*[local-name()='InvoiceLine' or local-name()='IncludedSupplyChainTradeLineItem']"
    for line in etree.fromstring(document).xpath(lines):
        said = {etree.QName(one).localname: one.text for one in line.iter()}
        quantity, price, net, off = (
            Decimal(next((said[name] for name in names if name in said), "0"))
            for names in (
                ("InvoicedQuantity", "BilledQuantity"), ("PriceAmount", "ChargeAmount"),
                ("LineExtensionAmount", "LineTotalAmount"), ("Amount", "ActualAmount"),
            )
        )  # fmt: skip
        assert (quantity * price).quantize(net, ROUND_HALF_UP) - off == net
        found.append(net)
    return found


def test_every_currency_and_country_of_ours_is_one_of_the_norm_or_refused() -> None:
    refused, wrong = set(), {}
    some = [bill(a_line(price="1"), currency=code, ways=Ways()) for code in CODES]
    letters = [a + b for a in map(chr, range(65, 91)) for b in map(chr, range(65, 91))]
    for code in filter(lambda one: country_name(one, "en"), letters):
        some.append(bill(client=replace(ACME, country_code=code), ways=Ways()))
    for one in some:
        about = f"{one.currency} {one.client.country_code}"
        if lacks(one):
            refused.add(about)
        elif found := second_opinion(WRITERS["ubl"](einvoice(one, "en"))):
            wrong[about] = found
    assert (refused, wrong) == ({"BGN DE", "STN DE"}, {})
