"""Both languages are complete, and what is compiled is what is written."""

import re
import string
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Message

from tests.house import words
from tests.house.measure import PACKAGE


def fields(text: str) -> set[str]:
    """Give the names in braces of a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def pairs(message: Message) -> Iterator[tuple[set[str], str]]:
    sources = message.id if isinstance(message.id, tuple | list) else [message.id]
    wanted = set[str]().union(*(fields(source) for source in sources))
    translations = message.string if isinstance(message.string, tuple | list) else [message.string]
    for text in translations:
        yield wanted, text or ""


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    template = words.extracted()
    catalog = words.load(language)
    assert {message.id for message in template} == {message.id for message in catalog}
    assert words.missing(catalog) == []


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_compiled_catalog_is_current(language: str) -> None:
    compiled = words.po_path(language).with_suffix(".mo").read_bytes()
    assert compiled == words.compiled(words.load(language))


def test_no_text_hides_in_an_f_string() -> None:
    """What extracts the texts does not see it there, so it would stay untranslated."""
    call = re.compile(r"""\{(?:_|N_|ngettext)\(["']""")
    hidden = [one.name for one in PACKAGE.rglob("*.py") if call.search(one.read_text("utf-8"))]
    assert hidden == []


def test_translations_keep_the_fields() -> None:
    for message in words.load("id"):
        if message.id:
            for wanted, text in pairs(message):
                assert fields(text) <= wanted, f"{message.id!r} -> {text!r}"
                if not message.pluralizable:
                    assert fields(text) == wanted, f"{message.id!r} -> {text!r}"


def test_translations_keep_the_space_around() -> None:
    for message in words.load("id"):
        if message.id and not message.pluralizable:
            ends = re.compile(r"^\s*|\s*$")
            assert ends.findall(str(message.id)) == ends.findall(str(message.string))
