"""Settings: mistakes are pointed at, accounts are kept, and the user's comments stay."""

import stat
import sys
from pathlib import Path

import pytest

from freelancer_tui.errors import NotFound, SettingsError, Unauthorized
from freelancer_tui.settings import (
    Account,
    Places,
    account_name,
    base_address,
    environment_account,
    load,
    places_of,
    read_accounts,
    write_accounts,
)

ENV = {"FREELANCER_TUI_URL": "https://example.org/api/", "FREELANCER_TUI_TOKEN": "secret"}
MAIN = Account("main", "https://example.org", "keyring", keyring_backend="a.B", user="made")
WORK = Account("work", "https://example.net", "command", ("pass", "show", "work token"))


@pytest.fixture
def places(tmp_path: Path) -> Places:
    found = Places.under(tmp_path)
    found.config.mkdir()
    return found


def configured(places: Places, text: str) -> Places:
    places.config_file.write_text(text, "utf-8")
    return places


def test_no_files_mean_defaults(places: Places) -> None:
    settings = load(places, {})
    assert (settings.language, settings.zone, settings.accounts) == ("", None, ())
    with pytest.raises(Unauthorized, match="No account"):
        settings.choose()


def test_everything_can_be_set(places: Places) -> None:
    configured(
        places,
        """
        # mine
        language = "id"
        theme = "dawn"
        timezone = "Asia/Makassar"
        account = "work"
        notify = "bell"
        [keys]
        "jobs.star" = "x"
        [searches]
        logos = "logo desain"
        [accounts.work]
        put_encoding = "form"
        """,
    )
    write_accounts(places.accounts_file, "main", (MAIN, WORK))
    settings = load(places, {})
    assert (settings.language, settings.theme, settings.notify) == ("id", "dawn", "bell")
    assert str(settings.zone) == "Asia/Makassar"
    assert settings.keys == {"jobs.star": "x"}
    assert settings.searches == {"logos": "logo desain"}
    assert settings.choose().name == "work"
    assert settings.choose().put_encoding == "form"
    assert settings.choose("main").put_encoding == "json"


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ('\nlanguage = "de"', 2, "language"),
        ("theme = 3", 1, "theme"),
        ('# one\n\ntimezone = "Mars/Base"', 3, "timezone"),
        ('timezone = "/etc/passwd"', 1, "timezone"),
        ('langauge = "id"', 1, "langauge"),
        ("[keys]\na = 'b'\n'jobs.star' = 5", 3, "keys.jobs.star"),
        ("keys = 5", 1, "keys"),
        ("[accounts.work]\nput_encoding = 'xml'", 2, "accounts.work.put_encoding"),
        ("[accounts.work]\n\ntoken = 'x'", 3, "accounts.work.token"),
        ("[accounts]\nwork = 5", 2, "accounts.work"),
        ("notify = 'loud'", 1, "notify"),
    ],
)
def test_a_mistake_names_file_line_and_key(places: Places, text: str, line: int, key: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(configured(places, text), {})
    assert str(places.config_file) in str(caught.value)
    assert f"line {line}: {key}:" in str(caught.value)
    assert caught.value.hint


def test_broken_toml_names_the_line(places: Places) -> None:
    with pytest.raises(SettingsError, match="line 2"):
        load(configured(places, 'theme = "x"\nkeys = = 1'), {})


def test_adding_an_account_leaves_the_config_alone(places: Places) -> None:
    before = '# my comment\nlanguage = "id" # here too\n'
    configured(places, before)
    write_accounts(places.accounts_file, "main", (MAIN,))
    assert places.config_file.read_text() == before
    assert read_accounts(places.accounts_file) == ("main", (MAIN,))


def test_accounts_are_for_the_user_only(places: Places) -> None:
    write_accounts(places.accounts_file, "main", (MAIN, WORK))
    assert read_accounts(places.accounts_file) == ("main", (MAIN, WORK))
    if sys.platform != "win32":
        assert stat.S_IMODE(places.accounts_file.stat().st_mode) == 0o600


@pytest.mark.parametrize("text", ["{", "[]", '{"accounts": {"a": {}}}', '{"accounts": [1]}'])
def test_a_broken_list_of_accounts_is_an_error(places: Places, text: str) -> None:
    places.accounts_file.write_text(text)
    with pytest.raises(SettingsError, match=r"accounts\.json"):
        load(places, {})


def test_the_environment_is_an_account(places: Places) -> None:
    write_accounts(places.accounts_file, "main", (MAIN,))
    settings = load(places, ENV)
    account = settings.choose()
    assert (account.name, account.url) == ("env", "https://example.org")
    assert settings.choose("main") == MAIN
    assert settings.folder(account).name == "env-50d7a905"
    assert environment_account({"FREELANCER_TUI_URL": "https://example.org"}) is None


def test_the_environment_is_never_written_down(places: Places) -> None:
    settings = load(places, ENV)
    write_accounts(places.accounts_file, "", settings.accounts)
    assert read_accounts(places.accounts_file) == ("", ())
    assert "secret" not in places.accounts_file.read_text()


def test_accounts_at_two_addresses_do_not_mix(places: Places) -> None:
    other = load(places, {**ENV, "FREELANCER_TUI_URL": "http://127.0.0.1:8321"})
    assert other.folder(other.choose()) != load(places, ENV).folder(load(places, ENV).choose())


def test_an_unknown_account(places: Places) -> None:
    write_accounts(places.accounts_file, "main", (MAIN,))
    with pytest.raises(NotFound, match="nobody"):
        load(places, {}).choose("nobody")


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "https://example.org/",
        "https://example.org/api",
        " https://example.org/api/ ",
    ],
)
def test_addresses_lose_their_end(url: str) -> None:
    assert base_address(url) == "https://example.org"


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "http://localhost:8321", "http://[::1]:5"])
def test_plain_http_stays_on_this_machine(url: str) -> None:
    assert base_address(url) == url


@pytest.mark.parametrize(
    "url",
    ["example.org", "ftp://example.org", "https://", "http://example.org", "http://192.168.1.5",
     "https://me:secret@example.org", "https://example.org/?x=1", ""],
)  # fmt: skip
def test_addresses_that_are_refused(url: str) -> None:
    with pytest.raises(SettingsError) as caught:
        base_address(url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("name", ["env", "Main", "a b", "../x", "", "con", "-x", "a" * 41])
def test_names_that_are_refused(name: str) -> None:
    with pytest.raises(SettingsError):
        account_name(name)


def test_homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert places_of("/a", {"FREELANCER_TUI_HOME": "/b"}).data == Path("/a/data").absolute()
    assert places_of(None, {"FREELANCER_TUI_HOME": "/b"}).logs == Path("/b/logs").absolute()
    assert "freelancer-tui" in str(places_of(None, {}).config)
    assert places_of("/a", {}).demo().data == Path("/a/data/demo/data").absolute()
