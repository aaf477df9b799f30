"""Triage: verdicts on one job or many, notes, what is new, and the way back from each."""

from contextlib import closing
from pathlib import Path

import pytest

from freelancer_tui.store.work import seen
from freelancer_tui.store.work.lacking import as_of_now, lacking
from freelancer_tui.store.work.migrations import MIGRATIONS
from freelancer_tui.workspace import Workspace
from tests.services.desk import a_project, lay


def verdicts_of(workspace: Workspace, *ids: int) -> list[str | None]:
    rows = workspace.projects.rows(ids)
    return [rows[one].verdict for one in ids]


def new_in(workspace: Workspace) -> list[int]:
    return [row.remote_id for row in workspace.projects.search("") if row.is_new]


def test_many_jobs_are_marked_and_taken_back_at_once(workspace: Workspace) -> None:
    lay(workspace, *(a_project(number) for number in (101, 102, 103)))
    workspace.triage.mark([101], "star")
    undo = workspace.triage.mark([101, 102, 999], "skip")
    assert verdicts_of(workspace, 101, 102, 103) == ["skip", "skip", None]
    assert undo.ids == (101, 102)
    undo.take_back()
    assert verdicts_of(workspace, 101, 102, 103) == ["star", None, None]


def test_nothing_is_new_before_there_was_a_last_time(workspace: Workspace) -> None:
    assert new_in(workspace) == []
    assert workspace.triage.count_new() == 0
    workspace.triage.begin()
    assert new_in(workspace) == []
    lay(workspace, a_project(101), a_project(102))
    workspace.triage.begin()  # the line stays
    assert new_in(workspace) == [102, 101]


def test_a_job_is_new_until_it_was_looked_at(workspace: Workspace) -> None:
    workspace.triage.begin()
    lay(workspace, *(a_project(number) for number in (101, 102, 103, 104)))
    assert workspace.triage.look(102)
    assert not workspace.triage.look(102)
    assert not workspace.triage.look(100)
    undo = workspace.triage.mark([103], "skip")
    assert new_in(workspace) == [104, 101]
    assert workspace.triage.next_new([103, 102, 101]) == 101
    assert workspace.triage.next_new([103, 102]) is None
    undo.take_back()
    assert new_in(workspace) == [104, 103, 101]


def test_all_is_seen_and_new_again(workspace: Workspace) -> None:
    workspace.triage.begin()
    lay(workspace, *(a_project(number) for number in (101, 102, 103)))
    workspace.triage.look(102)
    undo = workspace.triage.see_all()
    assert workspace.triage.count_new() == 0
    lay(workspace, a_project(104))
    assert new_in(workspace) == [104]
    undo.take_back()
    assert new_in(workspace) == [104, 103, 101]


def test_what_was_seen_stays_small(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seen, "MOST", 20)
    monkeypatch.setattr(seen, "_KEEP", 10)
    workspace.triage.begin()
    lay(workspace, *(a_project(number) for number in range(101, 161)))
    for number in range(101, 150, 2):
        workspace.triage.look(number)
    with workspace.marks.pad.read() as connection:
        assert connection.execute("SELECT count(*) FROM seen").fetchone()[0] <= 20
    assert workspace.triage.next_new(range(141, 150)) == 142
    assert 102 not in new_in(workspace)  # below the line, which was drawn higher


def test_a_note_is_kept_until_it_is_empty(workspace: Workspace) -> None:
    first = workspace.triage.note(100, "Ask about the\ndeadline\x1b[31m")
    assert workspace.projects.show(100).note == "Ask about the\ndeadline"
    assert workspace.projects.rows([100])[100].is_noted
    second = workspace.triage.note(100, "  \n")
    assert workspace.triage.note_of(100) == ""
    assert not workspace.projects.rows([100])[100].is_noted
    second.take_back()
    assert workspace.triage.note_of(100) == "Ask about the\ndeadline"
    first.take_back()
    assert workspace.triage.note_of(100) == ""


def test_an_older_work_file_shows_its_marks_before_it_is_brought_forward(
    workspace: Workspace,
) -> None:
    workspace.triage.mark([100], "star")
    with workspace.marks.pad.read() as connection:
        connection.executescript("DROP TABLE notes; DROP TABLE seen")
    workspace.cache.close()
    assert verdicts_of(workspace, 100) == ["star"]
    with workspace.marks.pad.read() as connection:
        connection.executescript(
            "CREATE TABLE seen (remote_id INTEGER PRIMARY KEY);"
            "CREATE TABLE notes (remote_id INTEGER PRIMARY KEY, text TEXT, noted_at INTEGER)"
        )
    workspace.triage.note(100, "Later")
    assert workspace.projects.show(100).note == "Later"


def test_a_backup_gives_notes_and_searches_back(workspace: Workspace, tmp_path: Path) -> None:
    workspace.triage.begin()
    lay(workspace, a_project(101))
    undo = workspace.triage.note(100, "Ask first")
    search, _undo = workspace.searches.save("Python", "python")
    workspace.triage.look(101)
    workspace.work.backup(tmp_path / "copy.db")
    undo.take_back()
    workspace.searches.remove(search)
    workspace.triage.see_all()
    with (
        closing(as_of_now(tmp_path / "copy.db", MIGRATIONS)) as copy,
        workspace.marks.pad.read() as work,
    ):
        assert {one.table for one in lacking(work, copy)} == {"notes", "searches"}
