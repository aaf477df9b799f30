"""Rates: the user's own table, typed and brought in, and what documents take of it."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from freelancer_tui.domain.ratetable import read_table
from freelancer_tui.errors import NotAllowed, NotFound
from tests.services.bills import a_draft, office
from tests.services.desk import NOON

TODAY = NOON.date()


def test_a_file_is_taken_in_and_each_document_keeps_its_own_rate(tmp_path: Path) -> None:
    with office(tmp_path / "desk") as workspace:
        file = tmp_path / "kmk.csv"
        file.write_text(f"date,currency,unit,rate\n{TODAY},EUR,100,112.5\n{TODAY},JPY,100,0.65\n")
        assert len(workspace.rate_table.bring_in(file)) == 2
        rate = workspace.invoices.issue(a_draft(workspace).id).rate
        assert rate is not None
        assert (rate.rate, rate.on, rate.source) == (Decimal("1.125"), TODAY, "kmk.csv")
        workspace.rate_table.add(TODAY.isoformat(), "eur", "1", "1.2")
        again = workspace.invoices.issue(a_draft(workspace).id)
        assert again.rate is not None
        assert (again.rate.rate, again.rate.source) == (Decimal("1.2"), "manual")
        assert [one.rate and one.rate.rate for one in map(
            workspace.invoices.show, ("INV/2026/XI/001", "INV/2026/XI/002")
        )] == [Decimal("1.125"), Decimal("1.2")]  # fmt: skip
        workspace.rate_table.remove("EUR", TODAY)
        workspace.rate_table.add((TODAY - timedelta(days=60)).isoformat(), "EUR", "1", "9")
        third = workspace.invoices.issue(a_draft(workspace).id).rate
        assert third is not None
        assert third.source == "marketplace"  # the user's is too old by now
        with pytest.raises(NotFound):
            workspace.rate_table.remove("EUR", TODAY)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("24.11.2026,EUR,1,1.1", "24.11.2026 is no day"),
        ("2026-11-24,XXQ,1,1.1", "XXQ is no currency"),
        ("2026-11-24,USD,1,1.1", "USD is your own"),
        ("2026-11-24,EUR,0,1.1", "0 is no unit"),
        ("2026-11-24,EUR,1,-5", "-5 is no rate"),
        ("2026-11-24,EUR,1,0", "0 is no rate"),
        ("2026-11-24,EUR,1", "there are 3"),
        ("2026-11-23,EUR,1,1.1", "EUR 2026-11-23 is there twice"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_taken(tmp_path: Path, line: str, said: str) -> None:
    with office(tmp_path / "desk") as workspace:
        file = tmp_path / "rates.csv"
        file.write_text(f"2026-11-23,EUR,1,1.1\n\n{line}\n")
        with pytest.raises(NotAllowed, match="line 3: ") as refused:
            workspace.rate_table.bring_in(file)
        assert said in str(refused.value)
        assert workspace.rate_table.all() == []


def test_files_that_are_none(tmp_path: Path) -> None:
    with office(tmp_path / "desk") as workspace:
        (tmp_path / "empty.csv").write_text("")
        (tmp_path / "binary.csv").write_bytes(b"\xff\xfe\x00")
        for name in ("empty.csv", "binary.csv", "none.csv"):
            with pytest.raises(NotAllowed, match=name):
                workspace.rate_table.bring_in(tmp_path / name)
        with pytest.raises(NotAllowed, match=r"31\.12"):
            workspace.rate_table.add("31.12.2026", "EUR", "1", "2")


def test_semicolons_bring_decimal_commas() -> None:
    found, bad = read_table("\ufeffDate;Currency;Unit;Rate\n2026-11-24;jpy;100;10.912,50\n", "IDR")
    assert bad == []
    assert [(one.currency, one.of_one) for one in found] == [("JPY", Decimal("109.125"))]
