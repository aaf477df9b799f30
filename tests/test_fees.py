"""Fees as read: what comes with the program, the user's own copy, and mistakes in it."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from freelancer_tui.errors import SettingsError
from freelancer_tui.settings.fees import read_fees
from tests.factories import NOW, usd

MINE = 'as_of = 2027-01-02\nsource = "my letter"\n[fixed]\npercent = 12.5\n[hourly]\npercent = 8\n'


def test_what_comes_with_the_program_has_a_date_and_a_source(tmp_path: Path) -> None:
    fees = read_fees(tmp_path)
    assert fees.as_of == date(2026, 11, 1)
    assert fees.source.startswith("https://")
    assert fees.rules["fixed"].least == usd("5")
    assert fees.rules["hourly"].percent == 10
    assert fees.accept_by(NOW) == NOW + timedelta(hours=36)


def test_the_users_copy_counts(tmp_path: Path) -> None:
    (tmp_path / "fees.toml").write_text(MINE, "utf-8")
    fees = read_fees(tmp_path)
    assert (fees.source, fees.rules["fixed"].percent) == ("my letter", Decimal("12.5"))
    assert fees.rules["fixed"].least is None
    assert fees.accept_by(NOW) is None


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("12.5", "200", "fixed.percent"),
        ("[hourly]", "[weekly]", "hourly"),
        ("percent = 8", 'percent = 8\nleast = "much"', "hourly.least"),
        ("2027-01-02", '"soon"', "as_of"),
        ("[fixed]", '[award]\nhours = "two"\n[fixed]', "award.hours"),
        ("[fixed]", "[fixed", "fees.toml"),
    ],
)
def test_a_mistake_names_file_and_key(tmp_path: Path, before: str, after: str, told: str) -> None:
    (tmp_path / "fees.toml").write_text(MINE.replace(before, after), "utf-8")
    with pytest.raises(SettingsError, match=told) as caught:
        read_fees(tmp_path)
    assert "fees.toml" in str(caught.value)
