"""Outside: a real editor is run on a file of the user's alone, and loses nothing."""

import shlex
import stat
import sys
from pathlib import Path

import pytest

from freelancer_tui.errors import NotAllowed
from freelancer_tui.services.outside import Outside
from freelancer_tui.settings.editor import editor_command

TEXT = "Dear Mira,\nhalo  \n"


def an_editor(folder: Path, body: str) -> Outside:
    """Give an editor that is a few lines of Python; `path` is the file that it is given."""
    program = folder / "editor.py"
    program.write_text(f"import os, pathlib, sys\npath = pathlib.Path(sys.argv[1])\n{body}\n")
    return Outside(folder, lambda: [sys.executable, "-I", "-S", str(program)])


def left(folder: Path) -> list[Path]:
    return sorted(folder.glob("editing-*"))


def test_the_editor_sees_the_text_in_a_private_file_and_gives_it_back(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    body = (
        f"pathlib.Path({str(seen)!r}).write_text(oct(path.stat().st_mode)[-3:] + path.read_text())"
        "\npath.write_text(path.read_text() + 'more\\x1b[31m\\n')"
    )
    assert an_editor(tmp_path, body).edit(TEXT) == f"{TEXT}more\n"
    if sys.platform != "win32":
        assert seen.read_text() == f"600{TEXT}"
    assert left(tmp_path) == []


def test_the_line_end_that_editors_add_is_taken_off(tmp_path: Path) -> None:
    editor = an_editor(tmp_path, "path.write_text(path.read_text() + '\\n')")
    assert editor.edit("Hello") == "Hello"


@pytest.mark.parametrize(
    ("body", "words", "is_kept"),
    [
        ("sys.exit(3)", "error (3)", False),
        ("path.write_text('half'); sys.exit(1)", "error (1)", True),
        ("path.write_text('')", "empty file", False),
        ("path.write_text(' \\n')", "empty file", False),
        ("path.write_bytes(b'\\xff')", "cannot be read", True),
        ("path.unlink()", "cannot be read", False),
        ("path.write_text('x' * 900_000)", "too long", True),
    ],
)
def test_what_goes_wrong_is_said_and_nothing_is_lost(
    tmp_path: Path, body: str, words: str, is_kept: bool
) -> None:
    with pytest.raises(NotAllowed, match=words.replace("(", r"\(").replace(")", r"\)")) as told:
        an_editor(tmp_path, body).edit(TEXT)
    assert told.value.hint == "Your text is as it was."
    assert bool(left(tmp_path)) is is_kept
    for path in left(tmp_path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600 or sys.platform == "win32"


def test_an_editor_that_is_missing_or_not_named(tmp_path: Path) -> None:
    with pytest.raises(NotAllowed, match="cannot be started"):
        Outside(tmp_path, lambda: [str(tmp_path / "no editor")]).edit(TEXT)
    with pytest.raises(NotAllowed, match="No editor is set"):
        Outside(tmp_path, list).edit(TEXT)
    with pytest.raises(NotAllowed, match="cannot be given"):
        Outside(tmp_path / "gone", lambda: ["true"]).edit(TEXT)
    assert left(tmp_path) == []


def test_the_environment_names_it_with_its_options() -> None:
    assert editor_command({"EDITOR": "nano", "VISUAL": "code --wait"}) == ["code", "--wait"]
    assert editor_command({"EDITOR": shlex.join(["my editor", "-x"])}) == ["my editor", "-x"]
    assert editor_command({"EDITOR": "it's", "VISUAL": ""}) == ["it's"]
    assert editor_command({}) == []
