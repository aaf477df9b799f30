"""PDFs, receipts and exports from the shell: what was issued stands on paper, to the cent."""

import csv
import json
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.documents.sheets import pages


@pytest.fixture
def issued(shell: Shell) -> Shell:
    """A shell with an invoice of Rp10.600.000, less PPh 21, of which a part is paid."""
    shell.sign_in("http://127.0.0.1:9", "t" * 30)
    shell.ok("seller", "set", "--name", "Made Wirawan", "--country", "ID", "--bank-name", "BCA")
    shell.ok("clients", "add", "PT Kopi", "--country", "ID", "--currency", "IDR")
    line = ("--line", "Logo #1 *bold*;2;5.300.000", "--withholding", "PPh 23;2")
    draft = shell.ok("invoices", "new", "--client", "PT Kopi", *line, "--language", "id")
    shell.ok("invoices", "issue", draft["id"], "--on", "2026-11-02")
    shell.ok("invoices", "pay", draft["id"], "--amount", "4000000", "--on", "2026-11-20")
    return shell


NUMBER = "INV/2026/XI/001"


def test_an_issued_invoice_as_pdf(issued: Shell, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    made = issued.ok("invoices", "pdf", NUMBER, "-o", file, "--lang", "both")
    assert made == {"file": str(file), "bytes": file.stat().st_size}
    (text,) = pages(file.read_bytes())
    one = issued.ok("invoices", "show", NUMBER)
    total, kept = (int(one[name]["amount"][:-3]) for name in ("total", "withholding"))
    for amount in (total, kept, total - kept):
        assert f"Rp{amount:,}".replace(",", ".") in text
    for words in (NUMBER, "Logo #1 *bold*", "Made Wirawan", "PT Kopi", "Faktur", "2 November 2026"):
        assert words in text
    assert "4.000.000" not in text  # a payment changes no issued document
    again = issued("invoices", "pdf", NUMBER, "-o", file)
    assert (again.code, "is there already" in again.err) == (2, True)
    assert issued("invoices", "pdf", NUMBER, "-o", file, "--force").code == 0
    assert "Invoice" not in " ".join(pages(file.read_bytes()))


def test_an_e_invoice_in_each_form_and_what_it_lacks(issued: Shell, tmp_path: Path) -> None:
    pdf, ubl, cii = (tmp_path / name for name in ("a.pdf", "a.xml", "b.xml"))
    lacking = issued("invoices", "export", NUMBER, "-o", ubl, "--json")
    assert (lacking.code, ubl.exists()) == (2, False)
    assert "seller set --tax-id" in lacking.error["message"]
    issued.ok("seller", "set", "--tax-id", "NPWP:0123456789012345")
    again = issued.ok("invoices", "duplicate", NUMBER)["id"]
    issued.ok("invoices", "issue", again)
    issued.ok("invoices", "pdf", again, "-o", pdf, "--e-invoice")
    assert issued.ok("invoices", "export", again, "-o", ubl)["bytes"] == ubl.stat().st_size
    issued.ok("invoices", "export", again, "-o", cii, "--format", "cii", "--lang", "id")
    assert b"factur-x.xml" in pdf.read_bytes()
    assert '<cbc:PayableAmount currencyID="IDR">10600000.00<' in ubl.read_text()
    assert "Dikurangi pemotongan: PPh 23 2%: −Rp212.000" in cii.read_text()
    assert "is there already" in issued("invoices", "export", again, "-o", cii).err


def test_a_draft_says_so_and_what_is_not_there_is_told(issued: Shell, tmp_path: Path) -> None:
    draft = issued.ok("invoices", "duplicate", NUMBER)
    file = tmp_path / "d.pdf"
    issued.ok("invoices", "pdf", draft["id"], "-o", file, "--lang", "en")
    assert "DRAFT" in pages(file.read_bytes())[0]
    gone = issued("invoices", "pdf", "nothing", "-o", tmp_path / "n.pdf", "--json")
    assert (gone.code, gone.error["code"]) == (6, "not_found")
    lost = issued("invoices", "pdf", NUMBER, "-o", tmp_path / "no" / "n.pdf", "--json")
    assert (lost.code, lost.error["code"]) == (2, "file")
    assert lost.error["hint"]


def test_a_receipt_reminds_of_stamp_duty_where_the_law_does(issued: Shell, tmp_path: Path) -> None:
    first, second, whole = (tmp_path / f"{name}.pdf" for name in "123")
    assert "stamp_duty" not in issued.ok("invoices", "receipt", NUMBER, "-o", first)
    issued.ok("invoices", "pay", NUMBER, "--amount", "6000000", "--on", "2026-11-21")
    made = issued.ok("invoices", "receipt", NUMBER, "-o", second, "--payment", 2)
    assert made["stamp_duty"] == {"amount": "10000.00", "currency": "IDR"}
    told = issued("invoices", "receipt", NUMBER, "-o", whole)
    assert "meterai" in told.out
    assert "Rp4.000.000" in pages(first.read_bytes())[0]
    assert "Rp6.000.000" in pages(second.read_bytes())[0]
    assert "Rp10.000.000" in pages(whole.read_bytes())[0]
    assert issued("invoices", "receipt", NUMBER, "-o", whole, "--payment", 3).code == 6
    draft = issued.ok("invoices", "duplicate", NUMBER)
    assert issued("invoices", "receipt", draft["id"], "-o", tmp_path / "x").code == 2


def test_an_own_template_is_used_and_its_mistakes_are_told(issued: Shell, tmp_path: Path) -> None:
    mine = issued.home / "config" / "documents" / "invoice.typ"
    mine.parent.mkdir(parents=True)
    mine.write_text('#set document(title: "x")\nMine: #json(bytes(sys.inputs.sheet)).number')
    issued.ok("invoices", "pdf", NUMBER, "-o", tmp_path / "m.pdf")
    assert pages((tmp_path / "m.pdf").read_bytes()) == [f"Mine: {NUMBER}"]
    mine.write_text("#oops")
    bad = issued("invoices", "pdf", NUMBER, "-o", tmp_path / "b.pdf")
    assert (bad.code, "unknown variable" in bad.err) == (2, True)
    assert not (tmp_path / "b.pdf").exists()
    assert not (broken := _doctor(issued))["ok"]
    assert broken["remedy"]
    mine.unlink()
    assert _doctor(issued)["ok"]


def _doctor(shell: Shell) -> dict[str, object]:
    """Give what the doctor says of printing."""
    found: list[dict[str, object]] = shell.ok("doctor")
    return next(one for one in found if one["check"] == "documents")


def test_everything_as_plain_files(issued: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    made = issued.ok("export", folder)
    assert {Path(name) for name in made["files"]} == {
        one for one in folder.rglob("*") if one.is_file()
    }
    (bill,) = json.loads((folder / "invoices.json").read_text("utf-8"))
    shown = issued.ok("invoices", "show", NUMBER)
    assert bill["totals"]["total"] == shown["total"]
    (row,) = csv.DictReader((folder / "documents.csv").read_text("utf-8").splitlines())
    assert (row["number"], row["state"], row["paid"]) == (NUMBER, "part-paid", "4000000.00")
    for journal in ("ledger.hledger", "ledger.beancount"):
        assert "4000000.00 IDR" in (folder / journal).read_text("utf-8")
    assert any("Rp10.388.000" in one.read_text("utf-8") for one in folder.glob("invoices/*.txt"))
    again = issued("export", folder)
    assert (again.code, "not empty" in again.err) == (2, True)
    assert issued("export", folder, "--force").code == 0
