"""Templates: what is filled in, what stays open, how somebody is greeted."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from freelancer_tui.domain.money import Money
from freelancer_tui.domain.templates import (
    VARIABLES,
    Facts,
    Filled,
    Language,
    Template,
    fill,
    greeting,
    language_of,
    open_holes,
)
from tests.factories import usd

FACTS = Facts(
    client="Mira",
    title="Build {a} web shop",
    skills=("PHP", "Design", "SEO"),
    me="Made",
    price=usd("1250.50"),
    days=7,
    country="Indonesia",
    there=datetime(2026, 11, 24, 16, 30),
)
ALL = " / ".join(f"{{{name}}}" for name in VARIABLES)


def test_every_variable_is_filled_in_the_language_of_the_text() -> None:
    assert fill(ALL, FACTS, "en") == Filled(
        "Mira / Build {a} web shop / PHP / PHP, Design and SEO / Good afternoon / Made / "
        "USD 1,250.50 / 7 / Indonesia"
    )
    assert "PHP, Design dan SEO / Selamat sore / Made / USD 1.250,50" in fill(ALL, FACTS, "id").text
    assert fill("{price}", Facts(price=Money.of_minor(125_000_000, "IDR")), "id").text == (
        "Rp1.250.000"
    )


def test_what_is_unknown_stays_and_is_named_once() -> None:
    found = fill("{greeting} {client}, {cleint}: {price} {client} {", Facts(), "en")
    assert found == Filled(
        "Hello {client}, {cleint}: {price} {client} {", ("client", "cleint", "price")
    )


def test_double_braces_are_single_ones_in_the_end() -> None:
    found = fill("{{client}} {{{client}}} }}{{", FACTS, "en")
    assert found == Filled("{client} {Mira} }{")


def test_only_variables_are_holes_not_what_else_stands_in_braces() -> None:
    text = "Hi {client}, GET /users/{id} gives {{ name }} for {cleint}"
    assert open_holes(text, ()) == ("client",)
    assert open_holes(text, ("cleint", "price")) == ("cleint", "client")
    assert open_holes("Hi Mira", ("client",)) == ()


@given(st.text(st.characters(exclude_characters="{}")), st.sampled_from(("en", "id")))
def test_a_text_without_variables_stays_as_it_is(text: str, language: Language) -> None:
    assert fill(text, FACTS, language) == Filled(text)
    escaped = text + "{{" + text + "}}"
    assert fill(escaped, FACTS, language) == Filled(text + "{" + text + "}")


@given(st.text(st.sampled_from("{}abclient_ price")))
def test_all_that_is_left_open_is_named(text: str) -> None:
    found = fill(text, Facts(), "en")
    assert set(open_holes(found.text, found.holes)) >= set(found.holes)


@pytest.mark.parametrize(
    ("hour", "english", "indonesian"),
    [
        (3, "Good evening", "Selamat malam"),
        (4, "Good morning", "Selamat pagi"),
        (11, "Good morning", "Selamat siang"),
        (12, "Good afternoon", "Selamat siang"),
        (15, "Good afternoon", "Selamat sore"),
        (18, "Good evening", "Selamat malam"),
    ],
)
def test_greetings_follow_the_clients_clock(hour: int, english: str, indonesian: str) -> None:
    there = datetime(2026, 11, 24, hour)
    assert (greeting(there, "en"), greeting(there, "id")) == (english, indonesian)


def test_the_language_is_the_jobs_and_falls_back_to_the_one_there_is() -> None:
    assert language_of("id", "Australia") == "id"
    assert language_of("en", "Indonesia") == "en"
    assert language_of("", "Indonesia") == "id"
    assert language_of("de", "Indonesia") == "en"
    one = Template("t", "Shop", english="Hello")
    assert one.nearest("id") == "en"
    assert one.saying("id", "Halo").nearest("id") == "id"
    assert Template("t", "Empty").nearest("id") == "id"
