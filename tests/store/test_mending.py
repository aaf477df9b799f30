"""Mending: a damaged work file is set aside whole, what can be read goes on, nothing goes twice."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from freelancer_tui.errors import StoreError
from freelancer_tui.store.backups import back_up
from freelancer_tui.store.database import connect
from freelancer_tui.store.work import mending, meta, outbox, proposals, replies
from freelancer_tui.store.work.database import WorkDatabase
from freelancer_tui.store.work.file import RECOVERED
from freelancer_tui.store.work.marks import Marks
from freelancer_tui.store.work.recovery import MAYBE_SENT
from tests.factories import NOW, a_proposal, a_reply_intent, an_entry
from tests.store.damage import PAGE, blank, cut, spoiled

SHEETS = 60
PARTS = ("", "-wal", "-shm")


def filled(folder: Path, sheets: int = SHEETS) -> WorkDatabase:
    """Give a work file with sheets, a reply begun, and an entry in each state."""
    work = WorkDatabase(folder)
    with work.transaction() as session:
        for number in range(sheets):
            words = f"sheet {number}: " + "words of some length. " * 40
            proposals.put(session, a_proposal(f"p{number}", text=words, project_remote_id=number))
        replies.keep_draft(session, 30, "a reply begun", NOW)
        meta.put(session, "owner", "7")
        for place, state in enumerate(("queued", "sending", "doubtful", "refused", "sent")):
            intent = a_reply_intent(text=f"message {place}")
            entry = an_entry(f"e{place}", intent=intent, subject_id=f"e{place}", state=state)
            outbox.add(session, entry)
    return work


def laid_down(work: WorkDatabase) -> Path:
    """Close a work file with all of it in the file itself; give its path."""
    work.checkpoint()
    work.close()
    return work.path


def sheets_in(work: WorkDatabase) -> set[str]:
    with work.read() as session:
        return {one.id for one in proposals.all(session, 1000)}


def states_in(work: WorkDatabase) -> dict[str, tuple[str, bool]]:
    with closing(connect(work.path, readonly=True)) as connection:
        found = connection.execute("SELECT id, state, asks FROM outbox").fetchall()
    return {key: (state, bool(asks)) for key, state, asks in found}


def is_sound(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("PRAGMA integrity_check").fetchall()
    return bool(found == [("ok",)])


def kept(folder: Path) -> list[Path]:
    return sorted(folder.glob("work.db.damaged-*"))


def pages_of(path: Path, table: str) -> list[int]:
    """Give where the pages of a table lie, in the order of its rows."""
    with closing(sqlite3.connect(path)) as connection:
        root = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)
        ).fetchone()[0]
    content = path.read_bytes()
    page = content[(root - 1) * PAGE : root * PAGE]
    if page[0] == 13:  # a leaf
        return [root]
    count = int.from_bytes(page[3:5], "big")
    cells = [int.from_bytes(page[12 + 2 * place :][:2], "big") for place in range(count)]
    return [int.from_bytes(page[cell : cell + 4], "big") for cell in cells]


def spoil(path: Path, numbers: list[int], by: bytes = b"\xff") -> None:
    content = bytearray(path.read_bytes())
    for number in numbers:
        content[(number - 1) * PAGE : number * PAGE] = by * PAGE
    path.write_bytes(content)


@pytest.mark.parametrize("by", [b"\xff", b"\x00"])
def test_rows_beside_damaged_pages_are_brought_over(folder: Path, by: bytes) -> None:
    path = laid_down(filled(folder))
    leaves = pages_of(path, "proposals")
    assert len(leaves) > 8
    spoil(path, [leaves[2], leaves[6]], by)
    damaged = path.read_bytes()
    with closing(WorkDatabase(folder)) as work:
        assert work.mended
        there = sheets_in(work)
        assert SHEETS - 12 <= len(there) < SHEETS
        assert {"p0", f"p{SHEETS - 1}", "p22"} <= there  # before, behind and between the two
        with work.read() as session:
            assert replies.draft(session, 30) == "a reply begun"
            assert meta.get(session, "owner") == "7"
        assert is_sound(work.path)
    [aside] = kept(folder)
    assert (aside / "work.db").read_bytes() == damaged
    with closing(WorkDatabase(folder)) as again:
        assert not again.mended


def test_what_was_on_its_way_asks_before_it_goes_again(folder: Path) -> None:
    path = laid_down(filled(folder))
    spoil(path, [pages_of(path, "proposals")[1]])
    with closing(WorkDatabase(folder)) as work:
        assert states_in(work) == {
            **{f"e{place}": ("doubtful", True) for place in range(4)},
            "e4": ("sent", False),
        }
        with work.read() as session:
            entries = outbox.live(session)
            assert {one.reason_code for one in entries} == {MAYBE_SENT}
            assert outbox.counts(session).waiting == 0


@pytest.mark.parametrize("size", [0, 1, 99])
def test_a_first_page_that_is_gone_is_lent_by_a_backup(folder: Path, size: int) -> None:
    work = filled(folder, 5)
    back_up(work.path, NOW)
    with work.transaction() as session:
        proposals.put(session, a_proposal("new", text="written since"))
    path = laid_down(work)
    content = path.read_bytes()
    path.write_bytes(content[:size] + b"\xff" * (PAGE - size) + content[PAGE:])
    with closing(WorkDatabase(folder)) as mended:
        assert mended.mended
        assert sheets_in(mended) == {"new", *(f"p{number}" for number in range(5))}


def test_what_only_the_log_holds_is_brought_over(folder: Path) -> None:
    work = filled(folder, 5)
    back_up(work.path, NOW)
    with work.transaction() as session:
        proposals.put(session, a_proposal("new", text="written since"))
    crashed = folder.parent / "crashed"
    shutil.copytree(folder, crashed)
    work.close()
    (crashed / "work.db").unlink()
    with closing(WorkDatabase(crashed)) as mended:
        assert mended.mended
        assert sheets_in(mended) == {"new", *(f"p{number}" for number in range(5))}


@pytest.mark.parametrize("how", ["emptied", "removed"])
def test_a_file_that_is_gone_is_told_where_backups_remember_it(folder: Path, how: str) -> None:
    work = filled(folder, 5)
    back_up(work.path, NOW)
    path = laid_down(work)
    for part in PARTS:
        path.with_name(path.name + part).unlink(missing_ok=True)
    if how == "emptied":
        path.touch()
    with closing(WorkDatabase(folder)) as mended:
        assert mended.mended
        assert sheets_in(mended) == set()
        with mended.read() as session:
            report = meta.get(session, RECOVERED)
        assert report
        assert "work-2026" in report


def test_a_folder_in_its_place_is_set_aside(folder: Path) -> None:
    (folder / "work.db" / "inside").mkdir(parents=True)
    with closing(WorkDatabase(folder)) as work:
        assert work.mended
    assert (folder / "work.db.folder-1" / "inside").exists()


def test_values_that_are_no_sense_are_left_behind(folder: Path) -> None:
    work = filled(folder, 3)
    with work.transaction() as session:
        change = session.connection().exec_driver_sql
        change("UPDATE outbox SET intent = '{cut' WHERE id = 'e0'")
        change("UPDATE proposals SET brief = '[', state = 'drift' WHERE id = 'p1'")
    with pytest.raises(StoreError, match="damaged"), work.read() as session:
        outbox.live(session)
    with work.read() as session:  # mended meanwhile
        assert {one.id for one in outbox.live(session)} == {"e1", "e2", "e3"}
        sheet = proposals.get(session, "p1")
    assert sheet is not None
    assert (sheet.state, sheet.brief) == ("draft", None)
    work.close()


def test_a_sheet_waits_for_no_entry_that_is_lost(folder: Path) -> None:
    work = filled(folder, 3)
    with work.transaction() as session:
        proposals.put(session, a_proposal("p0", state="queued"))
        proposals.put(session, a_proposal("p1", state="queued", bid_remote_id=5))
        proposals.put(session, a_proposal("p2", state="queued"))
        outbox.add(session, an_entry("e9", subject_id="p2"))
    mending.mark_broken(work.path)
    with work.read() as session:
        found = {one.id: one.state for one in proposals.all(session, 10)}
    assert found == {"p0": "draft", "p1": "placed", "p2": "queued"}
    work.close()


def test_damage_met_while_running_is_told_then_mended(folder: Path) -> None:
    work = filled(folder)
    work.checkpoint()
    work._readers.dispose()
    work._writer.dispose()
    path = work.path
    (folder / "work.db-wal").write_bytes(b"")
    spoil(path, [pages_of(path, "proposals")[1]])
    with pytest.raises(StoreError, match="damaged") as caught, work.read() as session:
        proposals.all(session, 1000)
    assert "Try again" in caught.value.hint
    with work.transaction() as session:
        proposals.put(session, a_proposal("typed", text="kept in memory meanwhile"))
    assert work.mended
    assert {"typed", "p0", f"p{SHEETS - 1}"} <= sheets_in(work)
    work.close()


def test_a_removed_file_comes_back_from_what_is_held_of_it(folder: Path) -> None:
    work = filled(folder, 5)
    with closing(Marks(folder)) as marks:
        marks.put(7, "star", NOW)
        for part in PARTS:
            (folder / f"work.db{part}").unlink()
        assert len(sheets_in(work)) == 5
        with work.transaction() as session:
            proposals.put(session, a_proposal("later"))
        assert marks.get(7) == "star"
        marks.put(8, "skip", NOW)
        (folder / "work.db").unlink()
        assert marks.put(8, None, NOW) == "skip"
    work.close()
    with closing(WorkDatabase(folder)) as again:
        assert not again.mended
        assert len(sheets_in(again)) == 6


def test_another_program_that_mended_it_is_followed(folder: Path) -> None:
    work = filled(folder, 5)
    mending.mark_broken(work.path)
    with closing(Marks(folder)) as other:
        other.put(1, "star", NOW)
        assert other.mended
    with work.transaction() as session:
        proposals.put(session, a_proposal("later"))
    work.close()
    with closing(WorkDatabase(folder)) as again:
        assert "later" in sheets_in(again)


def flip(content: bytes, dice: random.Random) -> bytes:
    return spoiled(content, dice, (1, 4, 64))


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (flip, cut, blank)


@pytest.mark.parametrize("damage", DAMAGES)
def test_whatever_happens_to_the_file_it_opens_and_the_rest_is_kept(
    folder: Path, damage: Callable[[bytes, random.Random], bytes]
) -> None:
    content = laid_down(filled(folder, 20)).read_bytes()
    dice = random.Random(str(damage))
    for round_ in range(15):
        place = folder.parent / f"{round_}"
        place.mkdir()
        damaged = damage(content, dice)
        (place / "work.db").write_bytes(damaged)
        try:
            work = WorkDatabase(place)
        except StoreError:  # newer, as it says, or not ours: then it is left alone
            assert (place / "work.db").read_bytes() == damaged
            continue
        with closing(work):
            if work.mended:
                [aside] = kept(place)
                assert (aside / "work.db").read_bytes() == damaged
                assert is_sound(work.path)
                assert "queued" not in {state for state, _asks in states_in(work).values()}
            with work.transaction() as session:
                proposals.put(session, a_proposal("new"))


STOPS = ("copytree", "mkdir", "rename", "replace", "unlink", "copy2")


class Stopped(BaseException):
    """The program was killed."""


@pytest.mark.parametrize("moment", range(14))
def test_killed_while_mending_the_next_start_goes_on(
    folder: Path, moment: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = filled(folder, 8)
    with work.transaction() as session:
        proposals.put(session, replace(a_proposal("last"), updated_at=NOW + timedelta(1)))
    copies = folder.parent / "crashed"
    copies.mkdir()
    for part in ("", "-wal"):  # most of it is still in the log
        shutil.copy(folder / f"work.db{part}", copies)
    work.close()
    mending.mark_broken(copies / "work.db")
    left = [moment]

    def killing(name: str, original: Callable[..., object]) -> Callable[..., object]:
        def step(*arguments: object, **named: object) -> object:
            left[0] -= 1
            if left[0] < 0:
                raise Stopped(name)
            return original(*arguments, **named)

        return step

    with monkeypatch.context() as patch:
        for name in ("rename", "replace", "unlink", "mkdir"):
            patch.setattr(Path, name, killing(name, getattr(Path, name)))
        patch.setattr(shutil, "copy2", killing("copy2", shutil.copy2))
        with suppress(Stopped):
            WorkDatabase(copies).close()
    with closing(WorkDatabase(copies)) as again:
        assert {"last", "p0", "p7"} <= sheets_in(again)
        assert not mending.is_due(again.path)


def test_every_image_between_two_commits_opens(folder: Path) -> None:
    """Power loss: what was on the disk after any commit, without the index of the log."""
    work = WorkDatabase(folder)
    images: list[tuple[set[str], Path]] = []
    for number in range(6):
        with work.transaction() as session:
            proposals.put(session, a_proposal(f"p{number}", text="x" * 5000))
        if number == 3:
            work.checkpoint()
        image = folder.parent / f"image-{number}"
        image.mkdir()
        for part in ("", "-wal"):
            shutil.copy(folder / f"work.db{part}", image)
        images.append(({f"p{one}" for one in range(number + 1)}, image))
    work.close()
    log = (folder.parent / "image-2" / "work.db-wal").read_bytes()
    dice = random.Random(5)
    for round_ in range(12):  # cut while the log was written
        torn = folder.parent / f"torn-{round_}"
        shutil.copytree(folder.parent / "image-2", torn)
        (torn / "work.db-wal").write_bytes(log[: dice.randrange(len(log))])
        WorkDatabase(torn).close()
    for sheets, image in images:
        with closing(WorkDatabase(image)) as again:
            assert not again.mended
            assert sheets_in(again) == sheets
