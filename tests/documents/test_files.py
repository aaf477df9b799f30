"""Files and folders: whole or not at all, and nothing of the user's is written over."""

import errno
import json
import os
from pathlib import Path

import pytest

from freelancer_tui.documents.files import NotWritten, place
from freelancer_tui.documents.folders import LIST, fill


def test_a_file_is_there_whole_and_is_not_replaced(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    place(target, b"one")
    with pytest.raises(NotWritten, match="is there already") as caught:
        place(target, b"two")
    assert "--force" in caught.value.hint
    assert target.read_bytes() == b"one"
    place(target, b"two", force=True)
    assert [one.name for one in tmp_path.iterdir()] == ["a.pdf"]
    assert target.read_bytes() == b"two"


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    old = tmp_path / "old.pdf"
    old.write_bytes(b"old")
    for target, force in ((tmp_path / "new.pdf", False), (old, True)):
        with pytest.raises(NotWritten, match="No space left"):
            place(target, b"new", force=force)
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == {"old.pdf": b"old"}


@pytest.mark.parametrize("name", ["missing/a.pdf", "file/a.pdf", "folder"])
def test_a_place_that_cannot_be_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    with pytest.raises(NotWritten):
        place(tmp_path / name, b"x", force=name == "folder")
    assert {one.name for one in tmp_path.iterdir()} == {"file", "folder"}


def test_a_folder_is_filled_once_and_renewed_by_force(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    fill(folder, {"a.txt": b"1", "sub/b.txt": b"2"})
    (folder / "mine.txt").write_text("mine")
    with pytest.raises(NotWritten, match="not empty"):
        fill(folder, {"a.txt": b"3"})
    fill(folder, {"a.txt": b"3", "c.txt": b"4"}, force=True)
    names = {str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file()}
    assert names == {"a.txt", "c.txt", "mine.txt", LIST}
    assert (folder / "a.txt").read_bytes() == b"3"


def test_a_list_from_elsewhere_removes_nothing_outside(tmp_path: Path) -> None:
    folder, outside = tmp_path / "out", tmp_path / "outside"
    folder.mkdir()
    outside.write_text("x")
    names = ["../outside", str(outside), "a/../../outside", "..\\outside"]
    (folder / LIST).write_text(json.dumps({"files": names}))
    fill(folder, {"a.txt": b"1"}, force=True)
    assert outside.exists()


def test_a_folder_that_cannot_be_filled_is_not_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, _content: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(NotWritten, match="No space left"):
        fill(tmp_path / "out", {"a.txt": b"1"})
    assert list(tmp_path.iterdir()) == []
