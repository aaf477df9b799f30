"""Locks: what one program holds on the work file is not dropped by a look at its header."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

from freelancer_tui.store.database import look
from freelancer_tui.store.headers import first_bytes
from freelancer_tui.store.work import meta
from freelancer_tui.store.work.database import WorkDatabase
from freelancer_tui.store.work.marks import Marks
from tests.factories import NOW
from tests.house.measure import ROOT

_ANOTHER = """
from pathlib import Path
from freelancer_tui.store.work import meta
from freelancer_tui.store.work.database import WorkDatabase
work = WorkDatabase(Path({folder!r}))
with work.transaction() as session:
    meta.put(session, "another", "3")
work.close()
"""


def another_program_comes_and_goes(folder: Path) -> None:
    """It takes the log away as it ends, if it finds that nobody else has the file open."""
    words = (sys.executable, "-c", _ANOTHER.format(folder=str(folder)))
    subprocess.run(words, check=True, cwd=ROOT, stdin=subprocess.DEVNULL)


def test_what_is_written_after_another_program_ended_is_in_the_file(tmp_path: Path) -> None:
    work, marks = WorkDatabase(tmp_path), Marks(tmp_path)
    with work.transaction() as session:
        meta.put(session, "before", "1")
    marks.put(7, "star", NOW)  # opened second: its look at the file must not harm the first
    another_program_comes_and_goes(tmp_path)
    with work.transaction() as session:
        meta.put(session, "after", "2")
    code = (
        "import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute('SELECT key FROM meta'))"
    )
    path = str(tmp_path / "work.db")
    seen = subprocess.run((sys.executable, "-c", code, path), capture_output=True, text=True)
    assert "after" in seen.stdout, "another program does not see what was written"
    marks.close()
    work.close()
    with closing(look(tmp_path / "work.db")) as connection:
        assert dict(connection.execute("SELECT key, value FROM meta"))["after"] == "2"


def test_a_file_that_takes_the_name_of_another_is_read_anew(tmp_path: Path) -> None:
    file = tmp_path / "work.db"
    file.write_bytes(b"one")
    assert first_bytes(file, 3) == b"one"
    file.write_bytes(b"two")
    assert first_bytes(file, 3) == b"two"
    other = tmp_path / "other"
    other.write_bytes(b"six")
    other.replace(file)
    assert first_bytes(file, 3) == b"six"
