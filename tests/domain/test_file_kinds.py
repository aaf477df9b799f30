"""File kinds: a word for what a file is, and its size in few letters."""

import pytest

from freelancer_tui import i18n
from freelancer_tui.domain.file_kinds import kind_of, size_of, told


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("offer.PDF", "PDF"),
        ("logo.svg", "picture"),
        ("a.tar.gz", "archive"),
        ("plan.docx", "document"),
        ("sums.csv", "spreadsheet"),
        ("setup.exe", "program"),
        ("photo.jpg.lnk", "program"),
        ("README", "file"),
        ("", "file"),
    ],
)
def test_what_a_file_is(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_a_told_type_counts_only_where_the_name_says_nothing() -> None:
    assert kind_of("scan", "image/png") == "picture"
    assert kind_of("setup.exe", "image/png") == "program"
    assert told("scan", None, "image/png") == "picture"


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1 kB"),
        (1234, "1.2 kB"),
        (9_960, "10 kB"),
        (999_600, "1 MB"),
        (20_000_000, "20 MB"),
        (5_000_000_000_000, "5000 GB"),
    ],
)
def test_how_large_it_is(size: int, words: str) -> None:
    assert size_of(size) == words
    i18n.use("id")
    assert size_of(size) == words.replace(".", ",")
