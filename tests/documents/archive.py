"""Archive: what PDF/A-3a and PDF/UA-1 ask of a file's structure, as far as a reader can see it.

No proof of conformance, but each thing that a document of ours could lose by a change of ours.
"""

import io
from collections.abc import Callable, Iterator
from typing import Any, Final

from lxml import etree
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

_XMP: Final = {
    "{http://www.aiim.org/pdfa/ns/id/}part": "3",
    "{http://www.aiim.org/pdfa/ns/id/}conformance": "A",
    "{http://www.aiim.org/pdfua/ns/id/}part": "1",
}
_ACTS: Final = {"/JS", "/JavaScript", "/AA", "/OpenAction", "/Launch", "/Encrypt", "/FFilter"}
"""What an archived file must not have: things that act, and what lies outside of it."""
_RELATIONS: Final = {"/Alternative", "/Source", "/Data", "/Supplement", "/Unspecified"}


def lacks(pdf: bytes) -> list[str]:
    """List what an archived, tagged file has to have and this one has not."""
    reader = PdfReader(io.BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    checks: list[Callable[[PdfReader, Any], Iterator[str]]] = [
        _head, _words, _colours, _fonts, _pages, _tags, _files, _acts,
    ]  # fmt: skip
    return [said for check in checks for said in check(reader, root)]


def _head(reader: PdfReader, root: Any) -> Iterator[str]:
    if not root.get("/Lang"):
        yield "no language"
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "not marked as tagged"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "no title in the window"
    if "/ID" not in reader.trailer:
        yield "no identifier"


def _words(_reader: PdfReader, root: Any) -> Iterator[str]:
    if "/Metadata" not in root:
        yield "no metadata"
        return
    tree = etree.fromstring(root["/Metadata"].get_data())
    said = {one.tag: one.text for one in tree.iter()}
    yield from (f"metadata without {tag}" for tag, text in _XMP.items() if said.get(tag) != text)
    if "{http://purl.org/dc/elements/1.1/}title" not in said:
        yield "metadata without a title"


def _colours(_reader: PdfReader, root: Any) -> Iterator[str]:
    intents = [one.get_object() for one in root.get("/OutputIntents", ())]
    profiles = [one["/DestOutputProfile"].get_data() for one in intents if "/S" in one]
    if [one.get("/S") for one in intents] != ["/GTS_PDFA1"]:
        yield "no output intent"
    elif any(profile[36:40] != b"acsp" for profile in profiles):
        yield "no colour profile"


def _fonts(reader: PdfReader, _root: Any) -> Iterator[str]:
    for one in _all(reader):
        if one.get("/Type") == "/FontDescriptor" and not _fontfile(one):
            yield f"font {one.get('/FontName')} is not inside"
        if one.get("/Subtype") == "/Type0" and "/ToUnicode" not in one:
            yield f"letters of {one.get('/BaseFont')} cannot be read out"


def _fontfile(descriptor: Any) -> bool:
    return any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3"))


def _pages(reader: PdfReader, _root: Any) -> Iterator[str]:
    for number, page in enumerate(reader.pages, 1):
        if page.get("/Tabs") != "/S" or "/StructParents" not in page:
            yield f"page {number} is outside the tags"


def _tags(reader: PdfReader, root: Any) -> Iterator[str]:
    if "/StructTreeRoot" not in root:
        yield "no tags"
        return
    tags = [one for one in _all(reader) if "/S" in one and "/P" in one]
    kinds = [str(one["/S"]) for one in tags]
    yield from (f"no {kind}" for kind in ("/Document", "/H1") if kinds.count(kind) != 1)
    for one in tags:
        if one["/S"] == "/Figure" and not one.get("/Alt"):
            yield "a picture without words"
        if one["/S"] == "/TH" and "/Scope" not in str(one.get("/A")):
            yield "a head of a table of nothing"


def _files(reader: PdfReader, root: Any) -> Iterator[str]:
    specs = [one for one in _all(reader) if one.get("/Type") == "/Filespec"]
    known = [one.get_object() for one in root.get("/AF", ())]
    for spec in specs:
        name = spec.get("/UF")
        if spec not in known:
            yield f"{name} belongs to nothing"
        if spec.get("/AFRelationship") not in _RELATIONS or not spec.get("/F"):
            yield f"{name} does not say what it is to the document"
        file = spec["/EF"]["/F"].get_object()
        if not file.get("/Subtype") or not file.get("/Params", {}).get("/ModDate"):
            yield f"{name} has no kind or no day"


def _acts(reader: PdfReader, _root: Any) -> Iterator[str]:
    for one in (reader.trailer, *_all(reader)):
        yield from (f"there is {key}" for key in sorted(_ACTS & set(one)))
        if isinstance(one, StreamObject) and "/F" in one:
            yield "a part lies outside of the file"
        if "/LZWDecode" in str(one.get("/Filter")):
            yield "a part is packed with LZW"


def _all(reader: PdfReader) -> list[Any]:
    """Give every dictionary that can be reached, each once."""
    seen: set[int] = set()
    found: list[Any] = []
    ahead: list[object] = [reader.trailer["/Root"]]
    while ahead:
        one = ahead.pop()
        if isinstance(one, IndirectObject):
            if one.idnum in seen:
                continue
            seen.add(one.idnum)
            one = one.get_object()
        if isinstance(one, DictionaryObject):
            found.append(one)
            ahead.extend(one.values())
        elif isinstance(one, ArrayObject):
            ahead.extend(one)
    return found
