"""Credentials: the order of the sources, their failures, and silence about tokens."""

import logging
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from freelancer_tui.credentials import (
    SERVICE,
    Backend,
    Keyring,
    Redactor,
    Source,
    Token,
    checked,
    from_command,
    load_backend,
)
from freelancer_tui.errors import Unauthorized

TOKEN = "tok-1234567890abcdef"
URL = "https://example.org"


class Drawer:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.asked = 0

    def get_password(self, service: str, username: str) -> str | None:
        self.asked += 1
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]

    def __call__(self, wanted: str) -> tuple[str, Backend]:
        return wanted or "tests.Drawer", self


class Locked(Drawer):
    """A keyring that fails, with the token in its words."""

    def get_password(self, service: str, username: str) -> str | None:
        class KeyringLocked(Exception):
            pass

        raise KeyringLocked(f"cannot open for {TOKEN}")


class Forgetful(Drawer):
    def get_password(self, service: str, username: str) -> str | None:
        return None


class Silent(Drawer):
    """A keyring that never answers."""

    def __init__(self) -> None:
        super().__init__()
        self.released = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.released.wait(10)
        return None


def source(*command: str) -> Source:
    return Source("main", URL, command)


def python(code: str) -> tuple[str, ...]:
    return sys.executable, "-c", code


def test_the_keyring_is_tried_before_it_is_trusted() -> None:
    drawer = Drawer()
    assert Keyring(load=drawer).probe() == "tests.Drawer"
    assert drawer.kept == {}
    with pytest.raises(Unauthorized, match="does not keep"):
        Keyring(load=Forgetful()).probe()


def test_the_keyring_keeps_and_forgets() -> None:
    keyring = Keyring(load=Drawer())
    keyring.write("main", TOKEN)
    assert keyring.read("main") == TOKEN
    keyring.delete("main")
    keyring.delete("main")
    assert keyring.read("main") is None


def test_a_locked_keyring_does_not_repeat_what_it_said() -> None:
    with pytest.raises(Unauthorized, match="locked") as caught:
        Keyring(load=Locked()).read("main")
    assert TOKEN not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.hint


def test_a_silent_keyring_does_not_hold_the_program() -> None:
    silent = Silent()
    with pytest.raises(Unauthorized, match="does not answer"):
        Keyring(load=silent, time_limit_seconds=0.05).read("main")
    silent.released.set()


def test_a_backend_that_cannot_work_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "no.such.Keyring")
    with pytest.raises(Unauthorized, match="none that we know"):
        load_backend("")
    with pytest.raises(Unauthorized):
        Keyring("keyring.backends.fail.Keyring").probe()


def test_a_command_gives_its_first_line() -> None:
    assert from_command(python(f"print('{TOKEN}'); print('more')")) == TOKEN


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("/no/such/program",), "No such file"),
        (python("raise SystemExit(3)"), "exit code 3"),
        (python("pass"), "printed nothing"),
        (python("import time; time.sleep(9)"), "too long"),
        (python(f"import sys; print('{TOKEN}', file=sys.stderr); raise SystemExit(1)"), "code 1"),
    ],
)
def test_a_failing_command_is_an_error(command: tuple[str, ...], words: str) -> None:
    with pytest.raises(Unauthorized, match=words) as caught:
        from_command(command, time_limit_seconds=1)
    assert TOKEN not in str(caught.value)


def test_no_shell_reads_the_command(tmp_path: Path) -> None:
    planted = tmp_path / "planted"
    assert from_command((*python("import sys; print(sys.argv[1])"), f"$(touch${{IFS}}{planted})"))
    assert not planted.exists()


@pytest.mark.parametrize("token", ["", "  ", "two words", "nul\x00", "tëst"])
def test_what_cannot_be_a_token(token: str) -> None:
    with pytest.raises(Unauthorized):
        checked(token)


def token(where: Source, environ: dict[str, str], keyring: Drawer) -> Token:
    return Token(where, Redactor(), environ=environ, keyring=Keyring(load=keyring))


def test_the_environment_comes_before_the_keyring() -> None:
    drawer = Drawer()
    drawer.kept[SERVICE, "main"] = "from-keyring"
    assert token(source(), {"FREELANCER_TUI_TOKEN": TOKEN}, drawer)() == TOKEN
    assert drawer.asked == 0
    assert token(source(), {}, drawer)() == "from-keyring"


def test_a_token_for_elsewhere_is_not_sent_here() -> None:
    environ = {"FREELANCER_TUI_TOKEN": TOKEN, "FREELANCER_TUI_URL": "https://other.example"}
    with pytest.raises(Unauthorized, match="no token"):
        token(source(), environ, Drawer())()
    environ["FREELANCER_TUI_URL"] = f"{URL}/api/"
    assert token(source(), environ, Drawer())() == TOKEN


def test_a_failing_command_never_falls_through() -> None:
    drawer = Drawer()
    drawer.kept[SERVICE, "main"] = "from-keyring"
    one = token(source(*python("raise SystemExit(1)")), {"FREELANCER_TUI_TOKEN": TOKEN}, drawer)
    for _ in range(2):
        with pytest.raises(Unauthorized, match="command"):
            one()
    assert drawer.asked == 0


def test_a_token_is_read_once_and_again_on_request() -> None:
    drawer = Drawer()
    one = token(source(), {}, drawer)
    with pytest.raises(Unauthorized):
        one()
    drawer.kept[SERVICE, "main"] = TOKEN
    with pytest.raises(Unauthorized):
        one()
    assert drawer.asked == 1
    one.read_again()
    assert (one(), one(), drawer.asked) == (TOKEN, TOKEN, 2)
    one.remember("fresh")
    assert one() == "fresh"


def test_logs_do_not_tell_tokens(tmp_path: Path) -> None:
    redactor = Redactor()
    redactor.learn(TOKEN)
    log = logging.getLogger("tests.credentials")
    handler = logging.FileHandler(tmp_path / "log", encoding="utf-8")
    handler.addFilter(redactor)
    log.addHandler(handler)
    try:
        log.warning("sent %s with %r", "a thing", {"Freelancer-OAuth-V1": "other-token-9"})
        try:
            raise ValueError(f"bad {TOKEN}")
        except ValueError:
            log.exception("failed")
    finally:
        log.removeHandler(handler)
        handler.close()
    text = (tmp_path / "log").read_text("utf-8")
    assert TOKEN not in text
    assert "other-token-9" not in text
    assert "ValueError: bad •••" in text


def test_a_command_whose_children_hang_on_is_not_waited_for() -> None:
    child = "[sys.executable, '-c', 'import time; time.sleep(4)']"
    hanging = python(f"import subprocess, sys; subprocess.run({child})")
    began = time.monotonic()
    with pytest.raises(Unauthorized, match="too long"):
        from_command(hanging, time_limit_seconds=0.5)
    assert time.monotonic() - began < 3


@pytest.mark.parametrize("command", [(), ("",), ("pass\0show",), ("pass", "a\0b")])
def test_what_cannot_be_run_is_an_error(command: tuple[str, ...]) -> None:
    with pytest.raises(Unauthorized, match="command"):
        from_command(command)


def test_a_command_that_prints_the_token_and_rubbish_does_not_tell_it() -> None:
    with pytest.raises(Unauthorized) as caught:
        from_command(python(f"print('{TOKEN} and more')"))
    assert TOKEN not in str(caught.value)
    assert TOKEN not in caught.value.hint


def test_the_words_of_a_command_are_not_told() -> None:
    command = (*python("raise SystemExit(2)"), f"--password={TOKEN}")
    with pytest.raises(Unauthorized) as caught:
        from_command(command)
    assert TOKEN not in str(caught.value)


def test_a_command_wins_over_everything() -> None:
    drawer = Drawer()
    drawer.kept[SERVICE, "main"] = "from-keyring"
    chosen = source(*python("print('from-command')"))
    assert token(chosen, {"FREELANCER_TUI_TOKEN": TOKEN}, drawer)() == "from-command"


def test_each_account_has_its_own_secret() -> None:
    drawer = Drawer()
    Keyring(load=drawer).write("main", TOKEN)
    Keyring(load=drawer).write("work", "another")
    assert drawer.kept == {(SERVICE, "main"): TOKEN, (SERVICE, "work"): "another"}
    Keyring(load=drawer).delete("work")
    assert Keyring(load=drawer).read("main") == TOKEN


def test_the_keyring_that_was_chosen_is_asked() -> None:
    asked: list[str] = []

    def load(wanted: str) -> tuple[str, Backend]:
        asked.append(wanted)
        return wanted, Drawer()

    assert Keyring("the.chosen.Keyring", load=load).read("main") is None
    assert asked == ["the.chosen.Keyring"]


def test_only_one_thread_reads_the_token() -> None:
    drawer = Drawer()
    drawer.kept[SERVICE, "main"] = TOKEN
    one = token(source(), {}, drawer)
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: one(), range(32)))
    assert (found, drawer.asked) == ({TOKEN}, 1)


def test_no_keyring_is_told_with_what_to_do() -> None:
    with pytest.raises(Unauthorized, match="NoKeyringError") as caught:
        Keyring("keyring.backends.fail.Keyring").read("main")
    assert "FREELANCER_TUI_TOKEN" in caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer unknown-8",
        "authorization: Basic unknown-8",
        "{'Authorization': 'Bearer unknown-8'}",
        '{"freelancer-oauth-v1": "unknown-8"}',
        "Freelancer-OAuth-V1: unknown-8",
        "(b'freelancer-oauth-v1', b'unknown-8')",
        "freelancer-oauth-v1=unknown-8",
        "sent Bearer unknown-8 again",
    ],
)
def test_what_follows_a_header_is_hidden_though_we_never_learned_it(text: str) -> None:
    assert "unknown-8" not in Redactor().clean(text)


def test_words_about_headers_stay() -> None:
    told = "the authorization failed; the bearer of news"
    assert Redactor().clean(told) == told


def test_a_token_is_hidden_in_every_form() -> None:
    redactor = Redactor()
    redactor.learn("abc")
    redactor.learn("abc/d'e+f")
    text = redactor.clean("?t=abc%2Fd%27e%2Bf " + repr({"t": "abc/d'e+f"}) + " abc/d'e+f abc")
    assert "abc" not in text
    assert "e+f" not in text
    assert "e%2Bf" not in text


def test_the_whole_chain_of_a_failure_is_cleaned(caplog: pytest.LogCaptureFixture) -> None:
    redactor = Redactor()
    redactor.learn(TOKEN)
    caplog.handler.addFilter(redactor)
    log = logging.getLogger("tests.chain")
    try:
        try:
            raise KeyError(TOKEN)
        except KeyError as error:
            raise ValueError(f"with {TOKEN}") from error
    except ValueError:
        log.exception("failed with %s", TOKEN, stack_info=True)
    log.warning("three %s %s", TOKEN)
    caplog.handler.removeFilter(redactor)
    assert TOKEN not in caplog.text
    assert "KeyError: '•••'" in caplog.text
    assert "three" in caplog.text


def test_a_token_learned_while_others_log_disturbs_nobody() -> None:
    redactor = Redactor()

    def learn(number: int) -> str:
        redactor.learn(f"token-number-{number:04}")
        return redactor.clean(f"token-number-{number:04}")

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(learn, range(200))) == {"•••"}
