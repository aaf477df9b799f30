"""The phrases' language: what fits, what does not, and that quotes are the text's own letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from freelancer_tui.domain import tokens
from freelancer_tui.domain.phrases import BadPhrase, Book

LISTS = {"app": ("whatsapp", "telegram"), "dot": ("dot", "titik")}


def found(phrase: str, text: str) -> list[str]:
    book = Book(LISTS)
    row = book.phrase(phrase)
    return [text[span.start : span.end] for span in book.read(tokens.read(text)).find(row)]


@pytest.mark.parametrize(
    ("phrase", "text", "quotes"),
    [
        ("free sample", "Send a FREE sample", ["FREE sample"]),
        ("free sample", "free, sample", ["free, sample"]),
        ("free sample", "Gluten free. Sample it", []),
        ("free|unpaid test", "an unpaid test", ["unpaid test"]),
        ("assign*", "two assignments", ["assignments"]),
        ("pay you? directly", "we pay directly", ["pay directly"]),
        ("pay you? directly", "we pay you directly", ["pay you directly"]),
        ("pay .. crypto", "pay only in some crypto", ["pay only in some crypto"]),
        ("pay .. crypto", "pay up to four or crypto", []),
        ("pay ... crypto", "pay up to four or crypto", ["pay up to four or crypto"]),
        ("pay ... crypto", "We pay. Crypto is a topic", []),
        ("pay ... crypto", "We pay\ncrypto", []),
        ("on {app}", "I am on Telegram", ["on Telegram"]),
        ("{app} & me", "me, if possible, by whatsapp", ["me, if possible, by whatsapp"]),
        ("{app} & me", "whatsapp. me", []),
        ("at gmail {dot} com", "ana (at) gmail [dot] com", ["at) gmail [dot] com"]),
        ("{email}", "to ana@example.org now", ["ana@example.org"]),
        ("{freemail}", "ana@gmail.com", ["ana@gmail.com"]),
        ("{freemail}", "ana@example.org", []),
        ("{chat}", "join t.me/ana_b or", ["t.me/ana_b"]),
        ("{phone}", "ring +62 812 3456 7890", ["+62 812 3456 7890"]),
        ("{phone}", "between 0800 - 1400", []),
        ("{phone}|{digits}", "Rp 3.000.000 - 5.000.000", []),
        ("{money}", "for 2,5 juta", ["2,5 juta"]),
        ("{money}", "for $300", ["$300"]),
        ("{handle}", "I am @ana_b", ["@ana_b"]),
        ("dont", "don't and don’t", ["don't", "don’t"]),
        ("{app}", "W h a t s a p p", ["W h a t s a p p"]),
        ("{app}", "w.h.a.t.s.a.p.p", ["w.h.a.t.s.a.p.p"]),
        ("{app}", "ＷｈａｔｓＡｐｐ", ["ＷｈａｔｓＡｐｐ"]),
        ("{app}", "whаtsаpp", ["whаtsаpp"]),  # two of its letters are Cyrillic
        ("{app}", "what\u200csapp", ["what\u200csapp"]),
    ],
)
def test_what_a_phrase_finds(phrase: str, text: str, quotes: list[str]) -> None:
    assert found(phrase, text) == quotes


@pytest.mark.parametrize(
    "phrase", ["", "..", "pay ..", "a|", "{nobody}", "a?", "cuma-cuma", "*", "a*", "a & ", "(a"]
)
def test_what_is_no_phrase(phrase: str) -> None:
    with pytest.raises(BadPhrase):
        Book(LISTS).phrase(phrase)


def test_of_a_long_text_both_ends_are_read() -> None:
    padding = "word " * 100_000
    assert found("free sample", f"free sample {padding} free sample") == ["free sample"] * 2
    assert found("free sample", f"{padding} free sample {padding}") == []


@given(st.text(max_size=300))
def test_any_text_can_be_cut_and_every_word_is_its_own(text: str) -> None:
    cut = tokens.read(text)
    assert list(cut.starts) == sorted(cut.starts)
    assert all(a <= b for a, b in zip(cut.starts, cut.ends, strict=True))
    assert all(end <= start for end, start in zip(cut.ends, cut.starts[1:], strict=False))


@given(st.lists(st.sampled_from(["pay", "a", "crypto", ".", "\n", "whatsapp", "me"]), max_size=40))
def test_spans_hold_what_was_asked_in_one_sentence(words: list[str]) -> None:
    text = " ".join(words)
    for quote in found("pay .. crypto", text):
        parts = quote.split()
        assert (parts[0], parts[-1]) == ("pay", "crypto")
        assert len(parts) <= 5
        assert "." not in parts
        assert "\n" not in quote
