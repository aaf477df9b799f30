"""Receipts, and the stamp duty exactly where the law wants it."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from freelancer_tui.documents.printing import TEMPLATES, Template, printed
from freelancer_tui.documents.receipts import Received, receipt
from freelancer_tui.domain.duty import Duty, due
from freelancer_tui.domain.money import Money
from freelancer_tui.errors import SettingsError
from freelancer_tui.settings.duty import read_duties
from tests.documents.sheets import an_invoice, pages

DAY = date(2026, 8, 20)


def rupiah(amount: str) -> Money:
    return Money(Decimal(amount), "IDR")


def duty_of(amount: str, country: str = "ID", on: date = DAY) -> Duty | None:
    return due(read_duties(Path("nowhere")), country, on, [rupiah(amount)])


@pytest.mark.parametrize(
    ("amount", "is_due"),
    [("5000000", False), ("5000000.01", True), ("5000001", True), ("1", False)],
)
def test_stamp_duty_is_for_more_than_five_million(amount: str, is_due: bool) -> None:
    assert (duty_of(amount) is not None) is is_due


def test_stamp_duty_has_its_country_and_its_time() -> None:
    assert duty_of("9000000", "DE") is None
    assert duty_of("9000000", on=date(2020, 12, 31)) is None
    found = duty_of("9000000")
    assert found is not None
    assert (found.tariff, found.source[:10]) == (rupiah("10000"), "UU 10/2020")


def test_foreign_money_counts_by_what_it_is_worth() -> None:
    duties, euro = read_duties(Path("nowhere")), Money(Decimal(400), "EUR")
    assert due(duties, "ID", DAY, [euro, None]) is None
    assert due(duties, "ID", DAY, [euro, rupiah("7000000")]) is not None


def test_the_user_may_correct_the_law(tmp_path: Path) -> None:
    mine = tmp_path / "duty.toml"
    mine.write_text(
        '[[duty]]\ncountry="ID"\nsince=2027-01-01\nabove="9 IDR"\ntariff="1 IDR"\nsource="x"\n'
    )
    assert [one.above for one in read_duties(tmp_path)] == [rupiah("9")]
    mine.write_text('[[duty]]\nsince=2027-01-01\nabove="many"\ntariff="1 IDR"\n')
    with pytest.raises(SettingsError, match=r"duty 1\.above"):
        read_duties(tmp_path)


def test_a_kwitansi_has_the_place_for_its_stamp_only_if_it_bears_one() -> None:
    def text(amount: str) -> str:
        received = Received(rupiah(amount), DAY, 2, duty_of(amount))
        tree = receipt(an_invoice(currency="IDR"), "both", received).tree()
        return " ".join(pages(printed(tree, Template(TEMPLATES, "receipt.typ"), DAY)))

    stamped, plain = text("32543312"), text("5000000")
    assert "Rp32.543.312" in stamped
    assert "Rp10.000" in stamped
    assert "Tiga puluh dua juta lima ratus empat puluh tiga ribu" in stamped
    assert "Faktur INV/2026/VIII/007 tanggal 17 Agustus 2026" in stamped
    assert "KW-INV/2026/VIII/007-2" in stamped
    assert "Rp5.000.000" in plain
    assert "Meterai" not in plain
