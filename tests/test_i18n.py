"""Languages: which one the user reads, and what happens with those we do not have."""

import pytest

from freelancer_tui import i18n


@pytest.mark.parametrize(
    ("explicit", "environ", "language"),
    [
        (None, {}, "en"),
        (None, {"LANG": "id_ID.UTF-8"}, "id"),
        (None, {"LANG": "id"}, "id"),
        (None, {"LANG": "id-ID"}, "id"),
        (None, {"LANG": "ID_ID@euro"}, "id"),
        (None, {"LANG": "en_GB.UTF-8"}, "en"),
        (None, {"LANG": "en_GB.UTF-8", "LC_MESSAGES": "id_ID.UTF-8"}, "id"),
        (None, {"LC_MESSAGES": "id_ID.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        (None, {"LANG": "en_US.UTF-8", "LC_ALL": ""}, "en"),
        (None, {"LANG": "id_ID.UTF-8", "LC_ALL": ""}, "id"),
        (None, {"LANG": "en_US.UTF-8", "LANGUAGE": "id"}, "id"),
        (None, {"LANG": "en_US.UTF-8", "LANGUAGE": "fr:id:en"}, "id"),
        (None, {"LANG": "id_ID.UTF-8", "LANGUAGE": "fr:de"}, "id"),
        ("id", {"LANG": "en_US.UTF-8"}, "id"),
        ("en", {"LANG": "id_ID.UTF-8", "LANGUAGE": "id"}, "en"),
        ("", {"LANG": "id_ID.UTF-8"}, "id"),
    ],
)
def test_the_order_of_what_is_asked(
    explicit: str | None, environ: dict[str, str], language: str
) -> None:
    assert i18n.preferred(explicit, environ) == language


@pytest.mark.parametrize("name", ["C", "POSIX", "C.UTF-8", "fr_FR.UTF-8", "xx", "::", "_", "\x1b["])
def test_what_we_do_not_have_is_english(name: str) -> None:
    assert i18n.preferred(None, {"LANG": name}) == "en"
    assert i18n.preferred(None, {"LANG": "id_ID.UTF-8", "LC_ALL": name}) == "en"


@pytest.mark.parametrize("name", ["C", "POSIX"])
def test_a_plain_locale_stops_the_list_of_languages(name: str) -> None:
    assert i18n.preferred(None, {"LC_ALL": name, "LANGUAGE": "id"}) == "en"


def test_a_minimal_container_may_still_list_languages() -> None:
    assert i18n.preferred(None, {"LANG": "C.UTF-8", "LANGUAGE": "id"}) == "id"


@pytest.mark.parametrize("language", ["de", "", "C", "../id"])
def test_an_unknown_language_is_english(language: str) -> None:
    i18n.use("id")
    i18n.use(language)
    assert i18n.language() == "en"
    assert i18n._("Draft") == "Draft"


def test_switching_there_and_back() -> None:
    i18n.use("id")
    assert (i18n.language(), i18n._("Draft")) == ("id", "Draf")
    assert i18n.ngettext("{count} day", "{count} days", 2) == "{count} hari"
    i18n.use("en")
    assert (i18n.language(), i18n._("Draft")) == ("en", "Draft")
    assert i18n.ngettext("{count} day", "{count} days", 1) == "{count} day"
    assert i18n.ngettext("{count} day", "{count} days", 0) == "{count} days"


def test_no_text_stays_no_text() -> None:
    i18n.use("id")
    assert i18n._("") == "", "the catalog's own head is under the empty text"


def test_a_text_without_a_translation_stays_as_it_is() -> None:
    i18n.use("id")
    assert i18n._("Nobody has translated this.") == "Nobody has translated this."
    assert i18n.N_("Draft") == "Draft"
