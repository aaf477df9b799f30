"""Factur-X: the e-invoice inside the PDF, and the words in its metadata that say so.

The typesetter attaches the file, but writes no metadata of others; they are added at the end of
its PDF as an update, so that not a byte of what it made changes.
"""

import re
from typing import Final

NAME: Final = "factur-x.xml"
ATTACHING: Final = f"""
#pdf.attach("{NAME}", bytes(json(bytes(sys.inputs.sheet)).attached), relationship: "alternative",
  mime-type: "text/xml", description: "Factur-X")
"""
"""What is put behind a template, ours or the user's, to attach what `attached` holds."""
_SPACE: Final = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
_SAID: Final = {
    "DocumentFileName": (NAME, "name of the embedded XML invoice file"),
    "DocumentType": ("INVOICE", "kind of the embedded document"),
    "Version": ("1.0", "version of the standard that the embedded file follows"),
    "ConformanceLevel": ("EN 16931", "profile of the embedded file"),
}
_METADATA: Final = re.compile(
    rb"(\d+) 0 obj\s*<<[^>]*/Type/Metadata[^>]*>>\s*stream\n(.*?)\nendstream", re.DOTALL
)
_TRAILER: Final = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s+(\d+)\s+%%EOF\s*$", re.DOTALL)
_SCHEMAS: Final = b"</rdf:Bag></pdfaExtension:schemas>"
_END: Final = b"</rdf:RDF>"


def declared(pdf: bytes) -> bytes:
    """Give a PDF of the typesetter that says of itself what its attachment is."""
    metadata, trailer = _METADATA.search(pdf), _TRAILER.search(pdf)
    assert metadata is not None, "the typesetter writes its metadata plainly"
    assert trailer is not None, "the typesetter writes its table of objects plainly"
    packet = metadata[2]
    assert packet.count(_SCHEMAS) == packet.count(_END) == 1
    packet = packet.replace(_SCHEMAS, _schema() + _SCHEMAS).replace(_END, _description() + _END)
    return pdf + _update(pdf, metadata[1], packet, trailer)


def _update(pdf: bytes, number: bytes, packet: bytes, trailer: re.Match[bytes]) -> bytes:
    """Give an update of one object, with a table that says where it now lies."""
    start = b"" if pdf.endswith(b"\n") else b"\n"
    place = len(pdf) + len(start)
    made = b"%b%b 0 obj\n<</Length %d/Type/Metadata/Subtype/XML>>\nstream\n%b\nendstream\nendobj\n"
    body = made % (start, number, len(packet), packet)
    free = b"0 1\n0000000000 65535 f\r\n"  # not needed, but some readers look for it
    table = b"xref\n%b%b 1\n%010d 00000 n\r\n" % (free, number, place)
    end = b"trailer\n<<%b/Prev %b>>\nstartxref\n%d\n%%%%EOF\n"
    return body + table + end % (trailer[1], trailer[2], len(pdf) + len(body))


def _schema() -> bytes:
    """Describe our four words, as PDF/A asks of words that are not its own."""
    each = "".join(
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaProperty:name>{name}</pdfaProperty:name>"
        "<pdfaProperty:valueType>Text</pdfaProperty:valueType>"
        "<pdfaProperty:category>external</pdfaProperty:category>"
        f"<pdfaProperty:description>{words}</pdfaProperty:description></rdf:li>"
        for name, (_value, words) in _SAID.items()
    )
    return (
        '<rdf:li rdf:parseType="Resource">'
        "<pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>"
        f"<pdfaSchema:namespaceURI>{_SPACE}</pdfaSchema:namespaceURI>"
        "<pdfaSchema:prefix>fx</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{each}</rdf:Seq></pdfaSchema:property></rdf:li>"
    ).encode()


def _description() -> bytes:
    each = "".join(f"<fx:{name}>{value}</fx:{name}>" for name, (value, _words) in _SAID.items())
    return f'<rdf:Description rdf:about="" xmlns:fx="{_SPACE}">{each}</rdf:Description>'.encode()
