"""Paths: typed names of files are read and completed as in a shell, and hostile ones left out."""

import pytest

from freelancer_tui.domain.paths import Entry, completions, expanded, folder_of, unquoted

HERE = (
    Entry("Documents", True),
    Entry("downloads", True),
    Entry(".config", True),
    Entry("doc.txt", False),
    Entry("My offer.pdf", False),
    Entry("two  blanks\u202f1.txt", False),
    Entry("two\nlines.txt", False),
    Entry("\x1b[2Jgone.txt", False),
    Entry("abc\u202egpj.exe", False),
)


def texts(typed: str, *, folders_only: bool = False) -> list[str]:
    """Give what a path could become."""
    return [one.text for one in completions(typed, HERE, folders_only=folders_only)]


def test_folders_come_first_hidden_and_hostile_names_stay_out() -> None:
    names = ["Documents/", "downloads/", "doc.txt", "My offer.pdf", "two  blanks\u202f1.txt"]
    assert texts("~/") == [f"~/{name}" for name in names]
    assert texts("~") == texts("~/")
    assert texts("~/", folders_only=True) == ["~/Documents/", "~/downloads/"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("~/do", ["~/Documents/", "~/downloads/", "~/doc.txt"]),
        ("/a/b/DOC", ["/a/b/Documents/", "/a/b/doc.txt"]),
        ("offer", ["My offer.pdf"]),
        ("./.c", ["./.config/"]),
        ("~/doc.txt", []),
        ("~/nothing", []),
    ],
)
def test_what_a_path_could_become(typed: str, found: list[str]) -> None:
    assert texts(typed) == found


def test_a_windows_path_keeps_its_strokes() -> None:
    ends = ("/", "\\")
    [found] = completions("C:\\Users\\docum", HERE, ends=ends)
    assert found.text == "C:\\Users\\Documents\\"
    assert unquoted("C:\\Users\\a b", ends) == "C:\\Users\\a b"


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("  ~/a b.txt ", "~/a b.txt"),
        ("'/tmp/a b.txt'", "/tmp/a b.txt"),
        ('"/tmp/it\'s.txt"', "/tmp/it's.txt"),
        ("/tmp/a\\ b\\(1\\).txt", "/tmp/a b(1).txt"),
        ("/tmp/it's.txt", "/tmp/it's.txt"),
        ("file:///tmp/a%20b.txt", "/tmp/a b.txt"),
        ("'a' 'b'", "'a' 'b'"),
        ("~//tmp/a.txt", "/tmp/a.txt"),
        ("~/Work/~/a.txt", "~/a.txt"),
        ("~/Work/'/tmp/a b.txt'", "/tmp/a b.txt"),
        ("~/file:///tmp/a%20b.txt", "/tmp/a b.txt"),
        ("//host/a.txt", "//host/a.txt"),
    ],
)
def test_a_dropped_path_is_unwrapped(typed: str, path: str) -> None:
    assert unquoted(typed, ("/",)) == path


def test_the_folder_to_look_into() -> None:
    assert [folder_of(one, ("/",)) for one in ("~", "~/a", "a", "/", "/a/b/")] == [
        "~/",
        "~/",
        "",
        "/",
        "/a/b/",
    ]
    assert expanded("~/a~/b", "/home/me") == "/home/me/a~/b"
    assert expanded("~friend/a", "/home/me") == "~friend/a"
