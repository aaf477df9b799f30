"""Documents as PDF: what stands on them, and what is said when there can be none."""

import io
import struct
import zlib
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader

from freelancer_tui.documents import printing, rendering
from freelancer_tui.documents.model import sheet
from freelancer_tui.documents.printing import PrintError, printed
from freelancer_tui.domain.invoices import Party, Payment, Tax, Withholding
from freelancer_tui.domain.money import Money
from tests.documents.sheets import (
    ISSUED,
    OURS,
    a_line,
    amounts,
    an_invoice,
    own_template,
    pages,
    pdf_of,
    text_of,
)

MARKUP = r'#let x = 1 $a$ *b* _c_ <d> \e `f` @preview/cetz:1 "g" // h /* i */ ] } )'


@pytest.mark.parametrize("currency", ["IDR", "JPY", "KWD", "EUR"])
def test_every_amount_of_the_model_stands_on_the_paper(currency: str) -> None:
    lines = [
        a_line("Work", "12.5", "45.5", discount_percent=Decimal(10)),
        a_line("More", "3", "999"),
    ]
    taxed = [
        a_line(one.text, str(one.quantity), str(one.unit_price), tax=Tax("S", Decimal(11)))
        for one in lines
    ]
    kept = (Withholding("PPh 23", Decimal(2)),)
    bill = an_invoice(*taxed, currency=currency, withholdings=kept)
    text = text_of(bill, "both")
    for amount in amounts(sheet(bill, "both")):
        assert amount.replace("\u00a0", " ") in text


def test_markup_is_text_and_long_words_break() -> None:
    bill = an_invoice(a_line(MARKUP), a_line("W" * 300), note=MARKUP)
    text = text_of(bill)
    assert text.count(MARKUP) == 2
    assert text.replace(" ", "").count("W" * 300) == 1
    assert "W" * 100 not in text, "it runs off the page"


def test_forty_lines_repeat_the_head_on_the_second_page() -> None:
    bill = an_invoice(*(a_line(f"Task {number}") for number in range(1, 41)))
    first, second = pages(pdf_of(bill, "both"))
    for page in (first, second):
        assert "Description" in page
        assert "Harga satuan" in page
    assert "Task 1 " in first
    assert "Task 40 " in second
    assert "Page 2 of 2 / Halaman 2 dari 2" in second


def test_the_same_document_is_the_same_file_and_is_tagged() -> None:
    made = pdf_of(an_invoice(), "id")
    assert made == pdf_of(an_invoice(), "id")
    catalog = PdfReader(io.BytesIO(made)).root_object
    assert str(catalog["/Lang"]) == "id"
    assert catalog["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert b"pdfaid:part>3<" in made
    assert b"pdfuaid:part>1<" in made


def test_payments_change_nothing_on_paper() -> None:
    paid = Payment("p", ISSUED, Money(Decimal(5), "EUR"))
    assert sheet(an_invoice(payments=(paid,)), "en") == sheet(an_invoice(), "en")


def test_a_character_that_no_font_has_is_named_with_a_font_that_has_it() -> None:
    with pytest.raises(PrintError) as caught:
        pdf_of(an_invoice(a_line("\U00010c00")))
    assert str(caught.value) == (
        "No font here has the character \U00010c00 (OLD TURKIC LETTER ORKHON A)."
    )
    assert "Noto" in caught.value.hint


def test_names_in_other_scripts_are_printed_or_their_font_is_named() -> None:
    bill = an_invoice(client=Party("北京公司", ("شركة الأمل",), "CN"))
    try:
        said = text_of(bill)
    except PrintError as error:  # a machine without such fonts
        said = error.hint
    assert "北京公司" in said or "Noto" in said


def test_a_logo_is_printed_and_one_that_is_gone_is_told(tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    logo.write_bytes(a_picture())
    made = pdf_of(an_invoice(logo=str(logo)))
    assert len(PdfReader(io.BytesIO(made)).pages[0].images) > 0
    logo.unlink()
    with pytest.raises(PrintError, match="logo"):
        pdf_of(an_invoice(logo=str(logo)))


def test_an_own_template_is_used(tmp_path: Path) -> None:
    mine = own_template(
        tmp_path,
        '#set document(title: "x")\nMine: #json(bytes(sys.inputs.sheet)).number',
    )
    assert pages(pdf_of(an_invoice(), template=mine)) == ["Mine: INV/2026/VIII/007"]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("#let x = ", "expected"),
        ('#import "@preview/cetz:0.3.0": *', "from the network"),
        ('#import "@pre" + "view/cetz:0.3.0": *', "package"),
        ('#read("../accounts.json")', "escape"),
        ('#read("/etc/../../x")', "escape"),
        ('#read("/etc/passwd")', "not found"),
        ("#panic(1)", "panicked"),
    ],
)
def test_a_bad_template_is_told_and_takes_nobody_down(
    tmp_path: Path, source: str, said: str
) -> None:
    (tmp_path / "accounts.json").write_text("secret")
    folder = tmp_path / "documents"
    folder.mkdir()
    with pytest.raises(PrintError, match=said) as caught:
        pdf_of(an_invoice(), template=own_template(folder, source))
    assert "documents" in str(caught.value)
    assert caught.value.hint


def test_a_template_without_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "LIMIT_SECONDS", 0.3)
    mine = own_template(
        tmp_path, "#for a in range(9000) { for b in range(9000) { let c = a * b } }"
    )
    with pytest.raises(PrintError, match="did not come to an end"):
        pdf_of(an_invoice(), template=mine)


def test_a_typesetter_that_dies_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killed = tmp_path / "killed.py"
    killed.write_text("import os, signal; os.kill(os.getpid(), signal.SIGTERM)")
    monkeypatch.setattr(rendering, "__file__", str(killed))
    with pytest.raises(PrintError, match="without a word"):
        printed({}, OURS, None)


def test_a_system_without_typst_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Path(rendering.__file__).read_text().replace("import typst", "import typst_of_nobody")
    (tmp_path / "rendering.py").write_text(source)
    monkeypatch.setattr(rendering, "__file__", str(tmp_path / "rendering.py"))
    with pytest.raises(PrintError, match="needs typst"):
        printed({}, OURS, None)


def test_the_typesetter_gets_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FREELANCER_TUI_TOKEN", "secret")
    assert "secret" not in printing._environment().values()


def a_picture() -> bytes:
    """Make a PNG of one blue dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    dot = zlib.compress(b"\0\x20\x40\x80")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", dot) + chunk(b"IEND", b"")
