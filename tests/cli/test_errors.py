"""Errors: exit codes, one sentence or one JSON document each; and output that stays plain."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from freelancer_tui import i18n
from freelancer_tui.sandbox.records import World
from freelancer_tui.sandbox.seed import history
from freelancer_tui.services.projects import Projects
from tests.cli.shell import LETTER, Shell
from tests.sandbox.server import running_sandbox, seeded_world


@pytest.mark.parametrize(
    ("words", "code", "kind"),
    [
        (("nonsense",), 2, "usage"),
        (("jobs", "nonsense"), 2, "usage"),
        (("jobs", "search", "--nonsense"), 2, "usage"),
        (("jobs", "search", "--limit", "0"), 2, "usage"),
        (("jobs", "show"), 2, "usage"),
        (("jobs", "show", "abc"), 2, "usage"),
        (("jobs", "mark", "1", "like"), 2, "usage"),
        (("proposals", "list", "--state", "odd"), 2, "usage"),
        (("proposals", "draft", "1", "--days", "5"), 2, "usage"),
        (("messages", "send", "1"), 2, "usage"),
        (("messages", "send", "1", "--text-file", "/nowhere/at/all"), 2, "invalid"),
        (("sandbox", "--port", "99999"), 2, "usage"),
        (("jobs", "search"), 4, "unauthorized"),
        (("sync",), 4, "unauthorized"),
        (("account", "check"), 4, "unauthorized"),
        (("--account", "nobody", "jobs", "search"), 6, "not_found"),
        (("account", "remove", "nobody"), 6, "not_found"),
        (("account", "token", "nobody"), 6, "not_found"),
    ],
)
def test_before_there_is_an_account(
    shell: Shell, words: tuple[str, ...], code: int, kind: str
) -> None:
    plain = shell(*words)
    assert (plain.code, plain.out) == (code, "")
    assert len(plain.err.splitlines()) == 1
    assert "Traceback" not in plain.err
    told = shell(*words, "--json")
    assert (told.code, told.error["code"]) == (code, kind)
    assert told.error["hint"]
    assert shell("--json", *words).error == told.error


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("proposals", "draf"), "There is no command draf. Did you mean draft?"),
        (("jobs", "search", "--nonsense"), "There is no option --nonsense."),
        (("jobs", "show"), "REMOTE_ID is missing."),
    ],
)
def test_misuse_is_told_in_words_of_ours(shell: Shell, words: tuple[str, ...], told: str) -> None:
    assert shell(*words, "--json").error["message"] == told  # the parser's are English only


@pytest.mark.parametrize(
    "words",
    [
        ("jobs", "show", "999999999"),
        ("jobs", "mark", "999999999", "star"),
        ("proposals", "draft", "999999999", "--amount", "5", "--days", "5"),
        ("proposals", "show", "none"),
        ("proposals", "edit", "none", "--days", "5"),
        ("proposals", "submit", "none"),
        ("messages", "show", "999999999"),
        ("messages", "send", "999999999", "--text-file", "-"),
        ("outbox", "retry", "none"),
        ("outbox", "discard", "none"),
    ],
)
def test_what_is_not_here(synced: Shell, words: tuple[str, ...]) -> None:
    told = synced(*words, "--json", text=LETTER)
    assert (told.code, told.error["code"]) == (6, "not_found")
    assert told.error["hint"]
    assert synced.ok("outbox", "list") == []


def test_wrong_input_queues_nothing(synced: Shell, tmp_path: Path) -> None:
    job = synced.ok("jobs", "search", "--limit", 1)[0]["remote_id"]
    thread = synced.ok("messages", "threads")[0]["remote_id"]
    before = synced.ok("proposals", "list")
    binary = tmp_path / "picture.png"
    binary.write_bytes(b"\x89PNG\xff\xfe")
    drafting = ("proposals", "draft", job, "--days", 5)
    for words in (
        (*drafting, "--amount", "many"),
        (*drafting, "--amount", "-5"),
        (*drafting, "--amount", "nan"),
        (*drafting, "--amount", "1e5"),
        (*drafting, "--amount", "5", "--text-file", binary),
        (*drafting, "--amount", "5", "--text-file", tmp_path / "none.txt"),
        ("messages", "send", thread, "--text-file", "-"),
        ("messages", "send", thread, "--attach", tmp_path / "none.txt"),
        ("messages", "send", thread, "--attach", tmp_path),
    ):
        told = synced(*words, "--json")
        assert (told.code, told.error["code"]) == (2, "invalid"), words
    assert synced.ok("proposals", "list") == before
    assert synced.ok("outbox", "list") == []


def test_the_problems_of_a_proposal_are_listed(synced: Shell) -> None:
    job = synced.ok("jobs", "search", "--limit", 1)[0]["remote_id"]
    draft = synced.ok("proposals", "draft", job, "--amount", "1", "--days", 5)
    told = synced("proposals", "submit", draft["id"], "--json")
    assert (told.code, told.error["code"]) == (2, "invalid")
    assert told.error["problems"]
    assert all(problem in told.error["message"] for problem in told.error["problems"])
    assert synced.ok("outbox", "list") == []
    assert synced.ok("proposals", "show", draft["id"])["state"] == "draft"


def test_a_sent_proposal_is_not_submitted_again(synced: Shell) -> None:
    placed = synced.ok("proposals", "list", "--state", "placed")[0]
    assert synced("proposals", "submit", placed["id"]).code in (2, 6)


def test_options_before_and_after_the_command(synced: Shell, tmp_path: Path) -> None:
    assert synced("--json", "jobs", "search").out == synced("jobs", "search", "--json").out
    other = tmp_path / "other home"
    assert synced("--home", other, "jobs", "search", "--json").document == []
    assert synced("jobs", "search", "--home", other, "--json").document == []
    assert {folder.name for folder in other.iterdir()} >= {"data"}
    assert synced.ok("jobs", "search") != []


def test_a_fault_of_ours_says_where_the_log_is(
    synced: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(Projects, "search", broken)
    plain = synced("jobs", "search")
    assert (plain.code, plain.out) == (1, "")
    assert "Traceback" not in plain.err
    told = synced("jobs", "search", "--json")
    assert (told.code, told.error["code"]) == (1, "fault")
    log = synced.home / "logs" / "freelancer-tui.log"
    assert str(log) in told.error["hint"]
    assert "RuntimeError: a bug" in log.read_text()


def test_ctrl_c(synced: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Projects, "search", interrupted)
    assert synced("jobs", "search").code == 130


@pytest.mark.parametrize(
    "words", [("outbox", "list"), ("proposals", "list"), ("messages", "threads"), ("sync",)]
)
def test_a_damaged_work_file(synced: Shell, words: tuple[str, ...]) -> None:
    """The first command to meet it is told and ends, so that no script takes a rest for all."""
    file = synced.folder() / "work.db"
    file.write_bytes(b"not a database at all" * 500)
    told = synced(*words, "--json")
    assert (told.code, told.error["code"]) == (7, "store"), words
    assert "work.db" in told.error["message"]
    assert "doctor" in told.error["hint"]
    kept = synced.folder() / "work.db.damaged-1" / "work.db"
    assert kept.read_bytes().startswith(b"not a database")
    by_name = {row["check"]: row for row in synced.ok("doctor")}
    assert not by_name["work file"]["ok"]
    assert synced(*words, "--json").code == 0


def test_a_damaged_cache_is_read_anew(synced: Shell) -> None:
    before = synced.ok("jobs", "search")
    for file in synced.folder().glob("cache.db*"):
        file.write_bytes(b"not a database at all" * 500)
    assert synced("jobs", "search").code == 0
    synced.ok("sync")
    assert synced.ok("jobs", "search") == before


def test_what_was_kept_is_there_before_any_sync(synced: Shell) -> None:
    starred = synced.ok("jobs", "search")[-1]["remote_id"]
    synced.ok("jobs", "mark", starred, "star")
    synced.ok("sync")
    shown = synced.ok("jobs", "show", starred)
    for file in synced.folder().glob("cache.db*"):
        file.unlink()
    assert starred in [row["remote_id"] for row in synced.ok("jobs", "search")]
    again = synced.ok("jobs", "show", starred)
    assert again["description"] == shown["description"]


@pytest.mark.parametrize(
    "config", ['colour = "red"\n', "language = \n", 'timezone = "Mars"\n', "accounts = 5\n"]
)
def test_a_mistake_in_the_config(shell: Shell, config: str) -> None:
    file = shell.home / "config" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text(config)
    told = shell("jobs", "search", "--json")
    assert (told.code, told.error["code"]) == (2, "settings")
    assert str(file) in told.error["message"]
    assert not {row["check"]: row for row in shell.ok("doctor")}["settings"]["ok"]


def test_a_mistake_in_the_users_rules(shell: Shell) -> None:
    assert {row["check"]: row for row in shell.ok("doctor")}["rules"]["ok"]
    file = shell.home / "config" / "flags.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('[[rule]]\nid = "x"\nphrases = ["a (b)"]\n')
    row = {row["check"]: row for row in shell.ok("doctor")}["rules"]
    assert not row["ok"]
    assert f"{file}: rule x:" in row["detail"]
    assert row["remedy"]


CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f]")


def a_world_of_testers() -> World:
    """A generated world whose freelancers know what the hostile jobs ask for."""
    world = seeded_world(120)()
    wanted = next(one for one in world.projects if "\x1b" in one.title).skills
    return replace(
        world,
        users=tuple(
            replace(user, skills=(*user.skills, *wanted)) if user.role == "freelancer" else user
            for user in world.users
        ),
    )


@pytest.fixture
def among_hostile(shell: Shell) -> Iterator[Shell]:
    """A shell that knows the hostile jobs too."""
    with running_sandbox(a_world_of_testers) as sandbox:
        history(sandbox.market)
        shell.sign_in(sandbox.url, next(iter(sandbox.tokens.values())))
        shell.ok("sync")
        yield shell


def test_hostile_texts_come_out_tame(among_hostile: Shell) -> None:
    shell = among_hostile
    jobs = shell.ok("jobs", "search", "--limit", 1000)
    listed = shell("jobs", "search", "--limit", 1000).out
    for title in ("Rename my product range", "Simple task, great pay", "Bells and whistles for a"):
        assert title in listed
    said = [listed, *(shell("jobs", "show", row["remote_id"]).out for row in jobs)]
    threads = shell.ok("messages", "threads")
    said += [shell("messages", "show", row["remote_id"]).out for row in threads]
    proposals = shell.ok("proposals", "list")
    said += [shell("proposals", "show", row["id"]).out for row in proposals]
    lists = (("messages", "threads"), ("proposals", "list"), ("milestones", "list"), ("doctor",))
    said += [shell(*words).out for words in lists]
    for out in said:
        assert out.endswith("\n")
        assert CONTROLS.search(out) is None, CONTROLS.search(out)
    texts = json.dumps([shell.ok("jobs", "show", row["remote_id"]) for row in jobs])
    assert "\\u001b" not in texts


def test_the_users_own_words_come_out_tame(synced: Shell, tmp_path: Path) -> None:
    job = synced.ok("jobs", "search", "--limit", 1)[0]["remote_id"]
    thread = synced.ok("messages", "threads")[0]["remote_id"]
    evil = f"\x1b]0;renamed\x07{LETTER}\x9b2J\u202e"
    drafting = ("proposals", "draft", job, "--amount", "300", "--days", "5", "--text-file", "-")
    said = [synced(*drafting, text=evil)]
    file = tmp_path / "a\x1b[31mb.txt"
    file.write_text("x")
    sending = ("messages", "send", thread, "--text-file", "-", "--attach", file)
    said += [synced(*sending, text=evil)]
    said += [
        synced("messages", "show", thread),
        synced("outbox", "list"),
        synced("proposals", "list"),
    ]
    said += [
        synced("jobs", "show", "\x1b[31m1"),
        synced("\x1b[31mjobs"),
        synced("outbox", "retry", "\x1b"),
    ]
    for ran in said:
        assert CONTROLS.search(ran.out + ran.err) is None, ran


def test_no_colour_with_or_without_the_wish(synced: Shell) -> None:
    plain = synced("jobs", "search", "--limit", 5).out
    synced.patch.setenv("NO_COLOR", "1")
    assert synced("jobs", "search", "--limit", 5).out == plain
    assert "\x1b" not in plain


def test_indonesian(synced: Shell) -> None:
    rupiah = next(row for row in synced.ok("jobs", "search") if row["budget"]["currency"] == "IDR")[
        "remote_id"
    ]
    assert "IDR" in synced("jobs", "show", rupiah).out
    for words in (
        ("--lang", "id", "jobs", "show", rupiah),
        ("jobs", "show", rupiah, "--lang=id"),
    ):
        assert "Rp" in synced(*words).out
        assert i18n.language() == "id"
    synced.patch.setenv("LANG", "id_ID.UTF-8")
    assert "Rp" in synced("jobs", "show", rupiah).out
    assert "IDR" in synced("--lang", "en", "jobs", "show", rupiah).out
    (synced.home / "config").mkdir(exist_ok=True)
    (synced.home / "config" / "config.toml").write_text('language = "id"\n')
    synced.patch.setenv("LANG", "en_US.UTF-8")
    assert "Rp" in synced("jobs", "show", rupiah).out
    both = [synced.ok("jobs", "show", rupiah, *more) for more in ((), ("--lang", "en"))]
    for document in both:  # reasons are sentences, in the user's language
        assert document.pop("match")["lines"]
        document.pop("flags")
    assert both[0] == both[1]


def test_help_and_version(shell: Shell) -> None:
    assert shell("--version").out.startswith("freelancer-tui")
    for words in (("--help",), ("-h",), ("jobs", "search", "--help"), ("sandbox", "--help")):
        helped = shell(*words)
        assert (helped.code, helped.err) == (0, "")
        assert "--json" in helped.out
    assert not shell.home.exists()
