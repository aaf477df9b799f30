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
        currency = "idr"
        working_hours = "08.30-16.30"
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
    assert (settings.own_currency, settings.hours.begins.hour) == ("IDR", 8)
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
        ("timezone = 8", 1, "timezone"),
        ("currency = 'rupiah'", 1, "currency"),
        ("currency = 360", 1, "currency"),
        ("working_hours = '25-26'", 1, "working_hours"),
        ("working_hours = '9-9'", 1, "working_hours"),
        ("working_hours = 9", 1, "working_hours"),
        ("quiet_hours = 'night'", 1, "quiet_hours"),
        ("timezone = ''", 1, "timezone"),
        ("timezone = 'Asia'", 1, "timezone"),
        ("timezone = 'Asia/\\u0000'", 1, "timezone"),
        ("language = ['id']", 1, "language"),
        ("account = 1979-05-27", 1, "account"),
        ("searches = { a = 'b', c = { d = 1 } }", 1, "searches.c"),
        ("\n\naccounts = 5", 3, "accounts"),
        ("\ufeff\ntheme = 3", 2, "theme"),
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


def test_a_file_that_is_no_text_names_itself(places: Places) -> None:
    places.config_file.write_bytes(b"theme = '\xff\xfe'")
    with pytest.raises(SettingsError, match=r"config\.toml"):
        load(places, {})
    places.config_file.unlink()
    places.config_file.mkdir()
    with pytest.raises(SettingsError, match=r"config\.toml"):
        load(places, {})


def test_a_mistake_about_an_account_that_there_is_is_pointed_at(places: Places) -> None:
    write_accounts(places.accounts_file, "main", (MAIN,))
    for text in ("accounts = 5", "[accounts]\nmain = 5"):
        with pytest.raises(SettingsError, match="must be a table"):
            load(configured(places, text), {})


def test_a_default_that_is_gone_is_told(places: Places) -> None:
    write_accounts(places.accounts_file, "main", (MAIN,))
    settings = load(configured(places, 'account = "old"'), {})
    with pytest.raises(NotFound, match="old") as caught:
        settings.choose()
    assert "account list" in caught.value.hint
    assert settings.choose("main") == MAIN


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


def test_a_list_left_by_a_crash_does_not_open_the_next_one(places: Places) -> None:
    left = places.accounts_file.with_suffix(".new")
    left.write_text("half")
    left.chmod(0o644)
    write_accounts(places.accounts_file, "main", (MAIN,))
    if sys.platform != "win32":
        assert stat.S_IMODE(places.accounts_file.stat().st_mode) == 0o600
    assert not left.exists()


def test_a_list_that_cannot_be_written_is_told_and_stays(places: Places) -> None:
    write_accounts(places.accounts_file, "main", (MAIN,))
    blocked = places.accounts_file.with_suffix(".new")
    blocked.mkdir()
    with pytest.raises(SettingsError, match=r"accounts\.json cannot be written"):
        write_accounts(places.accounts_file, "work", (MAIN, WORK))
    assert read_accounts(places.accounts_file) == ("main", (MAIN,))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "Expecting"),
        ("[]", "no table"),
        ("{}", "accounts is missing"),
        ('{"accounts": [1]}', "no table"),
        ('{"accounts": {"a": 1}}', r"accounts\.a"),
        ('{"accounts": {"a": {}}}', r"accounts\.a\.url"),
        ('{"accounts": {"a": {"url": 5}}}', r"accounts\.a\.url"),
        ('{"accounts": {"a": {"url": "https://x.org"}}}', r"accounts\.a\.secret_source"),
        (
            '{"accounts": {"a": {"url": "https://x.org", "secret_source": "file"}}}',
            r"accounts\.a\.secret_source",
        ),
        (
            '{"accounts": {"a": {"url": "https://x.org", "secret_source": "command",'
            ' "secret_command": "pass show"}}}',
            r"accounts\.a\.secret_command",
        ),
        (
            '{"accounts": {"../../a": {"url": "https://x.org", "secret_source": "keyring"}}}',
            r"\.\./\.\./a cannot be the name",
        ),
        (
            '{"accounts": {"a": {"url": "http://x.org", "secret_source": "keyring"}}}',
            r"accounts\.a: http://x\.org would send",
        ),
    ],
)
def test_a_broken_list_of_accounts_is_an_error(places: Places, text: str, words: str) -> None:
    places.accounts_file.write_text(text)
    with pytest.raises(SettingsError, match=r"accounts\.json") as caught:
        load(places, {})
    caught.match(words)
    assert caught.value.hint


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


@pytest.mark.parametrize(
    "url",
    ["https://www.xn--bcher-kva.example", "https://my_box.example", "https://[2001:db8::1]:8443"],
)
def test_unusual_addresses(url: str) -> None:
    assert base_address(url) == url


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "http://localhost:8321", "http://[::1]:5"])
def test_plain_http_stays_on_this_machine(url: str) -> None:
    assert base_address(url) == url


@pytest.mark.parametrize(
    "url",
    ["example.org", "ftp://example.org", "https://", "http://example.org", "http://192.168.1.5",
     "https://me:secret@example.org", "me:secret@example.org", "https://x.org/?token=secret",
     "https://x.org/#secret", "//secret@x.org", "https://example.org/?x=1", "",
     "http://127.evil.example", "http://localhost.evil.example", "https://me:se/secret@example.org",
     "https://me:p@secret@example.org", "http://[::1", "https://example.org:port",
     "https://example.org:99999", "https://example.org/#there", "https://exa mple.org",
     "https://example.org\\@evil.example", "https:example.org", "javascript:alert(1)",
     "https://exam\x1b[31mple.org", "https://exam\nple.org", "//example.org",
     "https://a..b", "https://.", "https://example.org.", "https://-x.org", "https://xn--a",
     "https://ex\u0430mple.org", "https://" + "a" * 64 + ".org", "https://" + "a." * 130 + "org",
     "https://[v1.x]", "https://[fe80::1%25eth0]", "https://<x>", "https://example.org;x"],
)  # fmt: skip
def test_addresses_that_are_refused(url: str) -> None:
    with pytest.raises(SettingsError) as caught:
        base_address(url)
    assert "secret" not in str(caught.value)
    assert str(caught.value).isprintable()
    assert caught.value.hint


def test_an_address_is_the_same_however_its_host_is_written() -> None:
    assert (
        base_address("HTTPS://WWW.Example.ORG:8443/Sub/api/") == "https://www.example.org:8443/Sub"
    )


@pytest.mark.parametrize("name", ["env", "Main", "a b", "../x", "", "con", "-x", "a" * 41])
def test_names_that_are_refused(name: str) -> None:
    with pytest.raises(SettingsError):
        account_name(name)


def test_homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert places_of("/a", {"FREELANCER_TUI_HOME": "/b"}).data == Path("/a/data").absolute()
    assert places_of(None, {"FREELANCER_TUI_HOME": "/b"}).logs == Path("/b/logs").absolute()
    assert "freelancer-tui" in str(places_of(None, {}).config)
    assert places_of("/a", {}).demo().data == Path("/a/data/demo/data").absolute()


def test_where_files_are_saved(places: Places) -> None:
    assert load(places, {}).downloads_folder == Path.home() / "Downloads"
    chosen = load(configured(places, 'downloads = "~/From clients"'), {})
    assert chosen.downloads_folder == Path.home() / "From clients"
    with pytest.raises(SettingsError, match="line 1: downloads: must be the whole path"):
        load(configured(places, 'downloads = "saved"'), {})
