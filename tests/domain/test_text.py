"""Hostile text: whatever a stranger writes, what we keep is harmless and loses no words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from freelancer_tui.domain.text import clean, one_line

ANY_TEXT = st.text(alphabet=st.characters(codec=None), max_size=300)
TRICKS = st.lists(
    st.sampled_from(
        [
            "\x1b[2J",
            "\x1b]8;;http://x\x1b\\",
            "\x9b31m",
            "\x1b",
            "\x07",
            "\u202e",
            "\u2066",
            "a",
            "b",
        ]
    ),
    max_size=20,
).map("".join)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b[2J\x1b[Hhome", "home"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;http://evil\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]52;c;aGk=\x07copied", "copied"),
        ("\x1bP1$q\x1b\\after", "after"),
        ("\x9b31mred", "red"),
        ("before\x1b]0;never ended", "before0;never ended"),
        ("a\x00b\x08c\x7f", "abc"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("\u202eesrever", "esrever"),
        ("\u2066isolated\u2069", "isolated"),
        ("zero\u200bwidth", "zerowidth"),
        ("\ud800", "\ufffd"),
        ("[bold]markup stays[/bold]", "[bold]markup stays[/bold]"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        (None, ""),
    ],
)
def test_clean(raw: str | None, kept: str) -> None:
    assert clean(raw) == kept


def test_a_sequence_that_never_ends_loses_no_words() -> None:
    assert clean("\x1b]" + "word " * 1000).count("word") == 1000


def test_long_text_is_cut_with_a_sign() -> None:
    assert clean("x" * 300_000) == "x" * 199_999 + "…"
    assert len(one_line("y " * 5000)) == 500


@given(ANY_TEXT | TRICKS)
def test_nothing_dangerous_is_left(raw: str) -> None:
    kept = clean(raw)
    assert not [
        sign for sign in kept if unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t"
    ]
    assert not set(kept) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
    kept.encode()


@given(ANY_TEXT | TRICKS)
def test_cleaning_twice_changes_nothing(raw: str) -> None:
    assert clean(clean(raw)) == clean(raw)
    assert one_line(one_line(raw)) == one_line(raw)


@given(ANY_TEXT)
def test_one_line_is_one_line(raw: str) -> None:
    assert len(one_line(raw).splitlines()) <= 1
    assert "\t" not in one_line(raw)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"]), max_size=200))
def test_plain_words_stay_as_they_are(raw: str) -> None:
    assert clean(raw) == raw
