"""Factur-X: the e-invoice is in the PDF, the metadata says so, and the page stays what it was."""

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import einvoice as second
import pytest
from lxml import etree
from pypdf import PdfReader

from freelancer_tui.documents.cii import cii
from freelancer_tui.documents.einvoices import einvoice
from freelancer_tui.documents.model import sheet
from freelancer_tui.documents.printing import PrintError, Template, printed
from tests.documents.bills import CASES
from tests.documents.sheets import OURS, own_template, pages, pdf_of

BILL = CASES["two rates"]
FX = "{urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"


def hybrid(template: Template = OURS) -> tuple[bytes, bytes]:
    document = cii(einvoice(BILL, "en"))
    tree = sheet(BILL, "en").tree()
    return printed(tree, template, BILL.issued_on, attached=document), document


def test_the_file_is_attached_and_declared_and_the_page_is_the_same(
    caplog: pytest.LogCaptureFixture,
) -> None:
    pdf, document = hybrid()
    plain = pdf_of(BILL)
    assert pages(pdf) == pages(plain)
    reader = PdfReader(io.BytesIO(pdf), strict=True)
    root: Any = reader.trailer["/Root"]
    (spec,) = (one.get_object() for one in root["/AF"])
    assert (spec["/AFRelationship"], spec["/UF"]) == ("/Alternative", "factur-x.xml")
    file = spec["/EF"]["/F"].get_object()
    assert (file.get_data(), file["/Subtype"]) == (document, "/text/xml")
    assert reader.attachments["factur-x.xml"] == [document]
    packet = root["/Metadata"].get_object().get_data()
    tree = etree.fromstring(packet)
    said = {one.tag.removeprefix(FX): one.text for one in tree.iter() if one.tag.startswith(FX)}
    assert said == {
        "DocumentFileName": "factur-x.xml", "DocumentType": "INVOICE", "Version": "1.0",
        "ConformanceLevel": "EN 16931",
    }  # fmt: skip
    assert FX.strip("{}") in [one.text for one in tree.iter(f"{SCHEMA}namespaceURI")]
    for kept in (b"<pdfaid:part>3", b"<pdfaid:conformance>A", b"<pdfuaid:part>1"):
        assert kept in packet  # still PDF/A-3a with tags for readers of the screen
    assert len(list(tree.iter(f"{RDF}RDF"))) == 1
    assert root["/MarkInfo"]["/Marked"].value
    assert caplog.messages == []  # the reader had nothing to mend
    report = second.validate_bytes(pdf, profile="en16931")
    assert (report["valid"], report["violations"]) == (True, [])


def test_the_same_document_is_the_same_file() -> None:
    assert hybrid() == hybrid()


def test_a_template_of_the_user_carries_it_too_or_says_why_not(tmp_path: Path) -> None:
    own = own_template(tmp_path, '#set document(title: "x")\n= Mine')
    pdf, document = hybrid(own)
    assert PdfReader(io.BytesIO(pdf)).attachments["factur-x.xml"] == [document]
    twice = '#set document(title: "x")\n= Mine\n#pdf.attach("factur-x.xml", bytes("x"))'
    with pytest.raises(PrintError, match=r"invoice\.typ"):
        hybrid(own_template(tmp_path, twice))


def test_writing_xml_loads_nothing_of_the_checkers() -> None:
    code = (
        "import sys, freelancer_tui.documents.cii, freelancer_tui.documents.ubl;"
        "print([one for one in ('lxml', 'saxonche', 'facturx', 'einvoice') if one in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
