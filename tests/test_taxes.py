"""Taxes: dated rules with their sources, the user's own copies, and mistakes in them."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from freelancer_tui.domain.invoices import Party, Tax
from freelancer_tui.domain.money import Money
from freelancer_tui.errors import SettingsError
from freelancer_tui.settings.taxes import NOTES, TAXES, read_taxes

NOW = date(2026, 11, 24)
PACKAGED = Path(__file__).parents[1] / "freelancer_tui" / "settings"


def rupiah(amount: int) -> Money:
    return Money(Decimal(amount), "IDR")


@pytest.mark.parametrize(
    ("gross", "kept"),
    [  # 5, 15, 25, 30 and 35 % of half, in steps of 60, 250, 500 and 5,000 million
        (1_000_000, 25_000),
        (120_000_000, 3_000_000),
        (120_000_200, 3_000_015),
        (500_000_000, 31_500_000),
        (1_000_000_000, 94_000_000),
        (10_000_000_000, 1_444_000_000),
        (12_000_000_000, 1_794_000_000),
    ],
)
def test_pph_21_grows_in_steps(tmp_path: Path, gross: int, kept: int) -> None:
    rule = read_taxes(tmp_path).withholding("pph21", NOW)
    assert rule is not None
    assert "PMK 168/2023" in rule.source
    assert rule.withholding().of(rupiah(gross)) == rupiah(kept)
    assert rule.withholding().of(Money(Decimal(1000), "USD")) == Money(Decimal(25), "USD")


def test_rules_hold_in_their_time(tmp_path: Path) -> None:
    rules = read_taxes(tmp_path)
    assert rules.withholding("pph21", date(2023, 12, 31)) is None
    assert rules.withholding("", NOW) is None
    found = rules.withholding("pph23", NOW)
    assert found is not None
    assert found.withholding().of(rupiah(1_000_000)) == rupiah(20_000)
    assert rules.tax(False, NOW) == Tax("S", Decimal(11))
    assert rules.tax(True, NOW) == Tax("G", Decimal(0))
    assert rules.tax(False, date(2020, 1, 1)) == Tax()


def test_what_documents_say_to_clients_abroad(tmp_path: Path) -> None:
    rules = read_taxes(tmp_path)

    def keys(country: str, *ids: tuple[str, str]) -> list[str]:
        client = Party("Client", country_code=country, tax_ids=ids)
        return [note.key for note in rules.notes_for(client, "ID", NOW)]

    assert keys("DE", ("VAT", "DE1")) == ["eu-reverse-charge"]
    assert keys("DE") == []  # who is no business is not told of a reverse charge
    assert keys("GB", ("VAT", "GB1")) == ["uk-reverse-charge"]
    assert keys("SG") == ["sg-no-gst"]
    assert keys("AU") == ["au-no-gst"]
    assert keys("US") == ["us-outside"]
    assert keys("ID") == keys("") == []
    assert rules.never_titled("AU", NOW) == ("Tax invoice",)
    assert rules.never_titled("DE", NOW) == ()
    for rule in rules.notes:
        assert rule.note.english
        assert rule.note.indonesian
        assert rule.note.source


def test_the_users_copy_counts(tmp_path: Path) -> None:
    text = (PACKAGED / TAXES).read_text("utf-8")
    (tmp_path / TAXES).write_text(text.replace("percent = 2\n", "percent = 4\n"), "utf-8")
    found = read_taxes(tmp_path).withholding("pph23", NOW)
    assert found is not None
    assert found.percent == 4
    assert read_taxes(tmp_path).notes


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        (TAXES, "withholding = 1", "must be a list"),
        (TAXES, '[[withholding]]\nkey = "x"\nname = "X"\nsource = "y"\npercent = 2', "dates"),
        (TAXES, '[[withholding]]\nkey = "x"\nsince = 2024-01-01\npercent = 200', "0 to 100"),
        (TAXES, '[[withholding]]\nkey = "x"\nname = "X"\nsince = 2024-01-01\npercent = 2',
         "source: must be a text"),
        (TAXES, '[[charge]]\nkey = "x"\ncode = "Q"', "must be one of"),
        (TAXES, '[[withholding]]\nkey = "x"\nstep = [{ percent = 1 }, { percent = 2 }]',
         "only the last step"),
        (NOTES, '[[note]]\nkey = "x"\ncountries = ["Germany"]', "list of countries"),
        (NOTES, "[[note", "Expected"),
    ],
)  # fmt: skip
def test_a_mistake_names_the_file_and_the_key(
    tmp_path: Path, name: str, text: str, words: str
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=words) as caught:
        read_taxes(tmp_path)
    assert name in str(caught.value)
    assert caught.value.hint
