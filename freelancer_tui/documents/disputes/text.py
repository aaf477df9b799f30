"""Text: a case as plain text, and the page that says what is in its folder."""

from collections.abc import Iterator, Mapping
from textwrap import indent
from typing import Final

from freelancer_tui.documents.disputes.paper import Item, Paper, Section
from freelancer_tui.documents.disputes.record import KEYS
from freelancer_tui.documents.formats import languages
from freelancer_tui.domain.invoices import DocumentLanguage

_WIDE: Final = 78
_IN: Final = "    "
Pair = tuple[str, str]
_README: Final[Mapping[str, Pair]] = {
    "head": ("What is in this folder", "Apa isi folder ini"),
    "text": (
        "dispute.txt     everything, as plain text",
        "dispute.txt     semuanya, sebagai teks biasa",
    ),
    "pdf": (
        "dispute.pdf     the same, to print or to send",
        "dispute.pdf     yang sama, untuk dicetak atau dikirim",
    ),
    "no_pdf": (
        "There is no PDF here: {reason} The text and the JSON are complete without it.",
        "Tidak ada PDF di sini: {reason} Teks dan JSON lengkap tanpanya.",
    ),
    "json": (
        "dispute.json    the same for programs; its keys are explained below",
        "dispute.json    yang sama untuk program; kuncinya dijelaskan di bawah",
    ),
    "files": (
        "files/          files that went with messages, by the number of their message",
        "files/          berkas yang dikirim bersama pesan, menurut nomor pesannya",
    ),
    "sums": (
        "SHA256SUMS      a checksum of each file, to see that none was changed since",
        "SHA256SUMS      checksum tiap berkas, untuk melihat bahwa tidak ada yang diubah",
    ),
    "check": (
        "To check them, in this folder: sha256sum -c SHA256SUMS\n"
        "On macOS: shasum -a 256 -c SHA256SUMS\n"
        "On Windows, file by file: certutil -hashfile dispute.pdf SHA256",
        "Untuk memeriksa, di folder ini: sha256sum -c SHA256SUMS\n"
        "Di macOS: shasum -a 256 -c SHA256SUMS\n"
        "Di Windows, satu per satu: certutil -hashfile dispute.pdf SHA256",
    ),
    "care": (
        "Files that strangers sent are kept as they came. Do not run any of them.",
        "Berkas dari orang lain disimpan seperti aslinya. Jangan jalankan satu pun.",
    ),
    "keys": ("The keys of dispute.json", "Kunci dalam dispute.json"),
}


def as_text(paper: Paper) -> bytes:
    """Give the pack as plain text."""
    parts = [paper.title, "=" * min(len(paper.title), _WIDE), ""]
    for section in paper.sections:
        parts += _section(section)
    return ("\n".join(parts).rstrip() + "\n").encode("utf-8", "replace")


def readme(language: DocumentLanguage, trouble: str, *, has_files: bool) -> bytes:
    """Give what a stranger reads first; once in each language."""
    told = ("\n".join(_told(place, trouble, has_files)) for place in _places(language))
    return ("\n\n\n".join(told) + "\n").encode("utf-8", "replace")


def _places(language: DocumentLanguage) -> list[int]:
    return [("en", "id").index(one) for one in languages(language)]


def _told(place: int, trouble: str, has_files: bool) -> Iterator[str]:
    yield _README["head"][place]
    yield ""
    wanted = ["text", *([] if trouble else ["pdf"]), "json", *(["files"] if has_files else [])]
    for key in (*wanted, "sums"):
        yield _README[key][place]
    if trouble:
        yield ""
        yield _README["no_pdf"][place].format(reason=trouble)
    for key in ("check", "care", "keys"):
        yield ""
        yield _README[key][place]
    yield ""
    for name, meaning in KEYS.items():
        yield f"{_IN}{name}: {meaning[place]}"


def _section(section: Section) -> Iterator[str]:
    yield section.title
    yield "-" * min(len(section.title), _WIDE)
    for fact in section.facts:
        yield f"{fact.label}: {fact.value}"
    if section.facts and (section.text or section.items):
        yield ""
    if section.text:
        yield indent(section.text, _IN)
        yield ""
    for item in section.items:
        yield from _item(item)
        yield ""
    if not (section.text or section.items):
        yield ""


def _item(item: Item) -> Iterator[str]:
    """Give a thing; what it says is set in, so that no words can look like another's head."""
    if item.head:
        yield f"* {item.head}"
    if item.side:
        yield f"  {item.side}"
    if item.text:
        yield indent(item.text, _IN)
    for note in item.notes:
        yield f"  {note}"
