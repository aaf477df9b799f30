"""Numbers: no gap and no double, with two programs that issue at once and one that dies."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from freelancer_tui.domain.invoices import state_of
from freelancer_tui.errors import NotAllowed
from freelancer_tui.services import issuing
from freelancer_tui.store.work import invoices as stored
from freelancer_tui.store.work import series
from freelancer_tui.store.work.restoring import restore
from tests.services.bills import SELLER, a_draft, money, office
from tests.services.desk import NOON
from tests.services.issuers import started


def numbers(folder: Path) -> list[tuple[int, str]]:
    """Give the sequence and number of each issued document, in their order."""
    with closing(sqlite3.connect(folder / "work.db")) as connection:
        return connection.execute(
            "SELECT sequence, number FROM invoices WHERE number IS NOT NULL ORDER BY sequence"
        ).fetchall()


@pytest.mark.parametrize("lines", [1, 8])
def test_two_programs_at_once_and_one_is_killed(tmp_path: Path, lines: int) -> None:
    with office(tmp_path) as workspace:
        a_draft(workspace)
        folder = workspace.folder
        with started(tmp_path, 1, 10_000) as killed, started(tmp_path, 2, 20) as other:
            assert killed.stdout is not None
            assert other.stdout is not None
            told = [killed.stdout.readline().strip() for _ in range(lines)]
            killed.kill()
            told += killed.stdout.read().split()
            told += other.stdout.read().split()
            assert other.wait() == 0
        told.append(workspace.invoices.issue(a_draft(workspace).id).number)
    found = numbers(folder)
    assert [sequence for sequence, _ in found] == list(range(1, len(found) + 1))
    assert [number for _, number in found] == [
        f"INV/2026/XI/{sequence:03}" for sequence in range(1, len(found) + 1)
    ]
    assert len(told) == len(set(told))
    assert set(told) <= {number for _, number in found}
    assert len(found) <= len(told) + 1  # the one that died may not have come to tell its last


def test_what_fails_in_the_middle_of_issuing_takes_no_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with office(tmp_path) as workspace:
        draft = a_draft(workspace)
        whole: Callable[..., None] = stored.issue

        def dies(*arguments: object) -> None:
            whole(*arguments)
            raise ZeroDivisionError

        monkeypatch.setattr(stored, "issue", dies)
        with pytest.raises(ZeroDivisionError):
            workspace.invoices.issue(draft.id)
        monkeypatch.undo()
        assert workspace.invoices.show(draft.id) == draft
        assert workspace.invoices.issue(draft.id).number == "INV/2026/XI/001"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE invoices SET sheet = replace(sheet, 'Work', 'Play')",
        "UPDATE invoices SET number = 'INV/9'",
        "UPDATE invoices SET total = 1",
        "UPDATE invoices SET issued_on = '2020-01-01'",
        "UPDATE invoices SET client_id = 'x'",
        "UPDATE invoices SET state = 'draft'",
        "DELETE FROM invoices",
    ],
)
def test_the_file_itself_keeps_what_is_issued(tmp_path: Path, statement: str) -> None:
    with office(tmp_path) as workspace:
        issued = workspace.invoices.issue(a_draft(workspace).id)
        with closing(sqlite3.connect(workspace.folder / "work.db")) as other:
            with pytest.raises(sqlite3.IntegrityError, match="issued document"):
                other.execute(statement)
            other.execute("UPDATE invoices SET slips = '[]'")
            other.rollback()
        assert workspace.invoices.show(issued.id) == issued
        workspace.invoices.void(issued.id, "x")
        with (
            closing(sqlite3.connect(workspace.folder / "work.db")) as other,
            pytest.raises(sqlite3.IntegrityError, match="frozen"),
        ):
            other.execute("UPDATE invoices SET state = 'issued'")


def test_a_draft_that_changes_while_it_is_issued_is_looked_at_again(tmp_path: Path) -> None:
    with office(tmp_path) as workspace:
        draft = a_draft(workspace)
        workspace.invoices.edit(draft.id, note="another window")
        ready = replace(draft, seller=SELLER.party, issued_on=NOON.date())
        with (
            workspace.pad.transaction() as connection,
            pytest.raises(NotAllowed, match="changed just now"),
        ):
            issuing.issue(connection, ready, issuing.Moment(NOON, NOON.date()))


def test_a_restored_backup_gives_no_number_again(tmp_path: Path) -> None:
    with office(tmp_path) as workspace:
        first = workspace.invoices.issue(a_draft(workspace).id)
        workspace.invoices.pay(first.id, money("40"), NOON.date())
        workspace.work.backup(tmp_path / "copy.db")
        lost = workspace.invoices.issue(a_draft(workspace).id)
        workspace.invoices.pay(first.id, money("60"), NOON.date())
        figures = workspace.invoices.earnings()
        path = workspace.folder / "work.db"
    restore(path, tmp_path / "copy.db")
    with office(tmp_path, random=Random(2)) as workspace:
        assert [one.number for one in workspace.invoices.list()] == [first.number]
        assert state_of(workspace.invoices.show(first.id)) == "part-paid"
        assert workspace.invoices.earnings().by_currency()[0].paid == 4000
        third = workspace.invoices.issue(a_draft(workspace).id)
        assert third.number == "INV/2026/XI/003"
        # What the newer file had comes back beside it: `restore --missing`.
        kept = next(path.parent.glob("work.db.before-restore*")) / "work.db"
        workspace.rescue.take(kept)
        assert {one.number for one in workspace.invoices.list()} >= {first.number, lost.number}
        assert workspace.invoices.show(first.id).payments[-1].amount == money("60")
        assert state_of(workspace.invoices.show(first.id)) == "paid"
        earned = workspace.invoices.earnings().by_currency()[0]
        assert earned.invoiced == figures.by_currency()[0].invoiced + 10000
        assert earned.paid == figures.by_currency()[0].paid


def test_documents_outlive_a_damaged_file(tmp_path: Path) -> None:
    with office(tmp_path) as workspace:
        issued = [workspace.invoices.issue(a_draft(workspace).id) for _ in range(3)]
        workspace.invoices.pay(issued[0].id, money("100"), NOON.date())
        before = workspace.invoices.earnings()
        seller, clients = workspace.clients.seller(), workspace.clients.all()
        workspace.work.checkpoint()
        path = workspace.folder / "work.db"
    with closing(sqlite3.connect(path)) as connection:
        page = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'figures'"
        ).fetchone()[0]
        connection.execute("PRAGMA journal_mode = DELETE")
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    path.write_bytes(bytes(content))
    with office(tmp_path) as workspace:
        assert workspace.mended
        assert [workspace.invoices.show(one.id).lines for one in issued] == [
            one.lines for one in issued
        ]
        assert workspace.invoices.earnings() == before
        assert (workspace.clients.seller(), workspace.clients.all()) == (seller, clients)
        with workspace.pad.read() as connection:
            assert series.coming(connection, "invoice:2026-11") == 4
