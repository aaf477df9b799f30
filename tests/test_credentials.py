"""Credentials: the order of the sources, their failures, and silence about tokens."""

import logging
import sys
import threading
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


@pytest.mark.keyring
def test_the_real_keyring() -> None:
    keyring = Keyring()
    assert keyring.probe().startswith("keyring.backends.")
    keyring.write("test-account", TOKEN)
    assert Keyring().read("test-account") == TOKEN
    keyring.delete("test-account")
    assert Keyring().read("test-account") is None
