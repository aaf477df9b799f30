"""Credentials: where the token comes from, and how it is kept out of everything else."""

import logging
import os
import re
import subprocess
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar
from urllib.parse import quote

from freelancer_tui.errors import Unauthorized
from freelancer_tui.i18n import _

SERVICE: Final = "freelancer-tui"
"""The name under which keyrings show our entries."""
_KNOWN: Final = (
    "keyring.backends.macOS.Keyring",
    "keyring.backends.Windows.WinVaultKeyring",
    "keyring.backends.SecretService.Keyring",
    "keyring.backends.libsecret.Keyring",
    "keyring.backends.kwallet.DBusKeyring",
)
"""Keyrings that keep secrets for real and never ask on the terminal."""
_HIDDEN: Final = "•••"
_HEADERS: Final = re.compile(
    r"""(?i)((?:freelancer-oauth-v1|authorization)['"]?(?:\s*[:=,]\s*|\s+(?=\S*\d))"""
    r"""(?:b?['"])?(?:(?:bearer|basic)\s+)?|\bbearer\s+(?=\S*\d))[^\s'",)]+"""
)
"""What stands after the name of a header that carries a token; words about one stay."""
_T = TypeVar("_T")


class Backend(Protocol):
    """What a keyring can do for us."""

    def get_password(self, service: str, username: str) -> str | None:
        """Give a secret, or None."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Forget a secret."""
        ...


class Keyring:
    """The system's keyring, each call in a thread of its own with a time limit."""

    def __init__(
        self,
        backend: str = "",
        *,
        load: Callable[[str], tuple[str, Backend]] | None = None,
        time_limit_seconds: float = 20.0,
    ) -> None:
        self._wanted = backend
        self._load = load or load_backend
        self._limit = time_limit_seconds

    def probe(self) -> str:
        """Write, read and delete a trial entry; give the name of the keyring that did it."""

        def trial() -> str:
            name, backend = self._load(self._wanted)
            backend.set_password(SERVICE, ".trial", "trial")
            kept = backend.get_password(SERVICE, ".trial")
            backend.delete_password(SERVICE, ".trial")
            if kept != "trial":
                raise _unusable(_("it does not keep what it is given"))
            return name

        return self._ask(trial)

    def read(self, account: str) -> str | None:
        """Give an account's token, or None where there is none."""
        return self._ask(lambda: self._load(self._wanted)[1].get_password(SERVICE, account))

    def write(self, account: str, token: str) -> None:
        """Keep an account's token."""
        self._ask(lambda: self._load(self._wanted)[1].set_password(SERVICE, account, token))

    def delete(self, account: str) -> None:
        """Forget an account's token; nothing happens where there is none."""

        def forget() -> None:
            backend = self._load(self._wanted)[1]
            if backend.get_password(SERVICE, account) is not None:
                backend.delete_password(SERVICE, account)

        self._ask(forget)

    def _ask(self, question: Callable[[], _T]) -> _T:
        """Ask in a daemon thread: a keyring that never answers must not hold the program."""
        answers: list[_T] = []
        failures: list[BaseException] = []

        def work() -> None:
            try:
                answers.append(question())
            except BaseException as error:  # handed to the caller below
                failures.append(error)

        thread = threading.Thread(target=work, name="keyring", daemon=True)
        thread.start()
        thread.join(self._limit)
        if answers:
            return answers[0]
        if not failures:
            raise _unusable(_("it does not answer"))
        if isinstance(failures[0], Unauthorized):
            raise failures[0]
        raise _unusable(_reported(failures[0])) from None


def load_backend(wanted: str) -> tuple[str, Backend]:
    """Load the keyring that is named, else the first real one that works here."""
    from keyring.core import load_keyring

    wanted = wanted or os.environ.get("PYTHON_KEYRING_BACKEND", "")
    for name in (wanted,) if wanted else _KNOWN:
        try:
            return name, load_keyring(name)
        except (RuntimeError, ImportError, AttributeError):
            continue
    raise _unusable(_("there is none that we know"))


def from_command(command: tuple[str, ...], time_limit_seconds: float = 60.0) -> str:
    """Run the user's own command and give the first line it prints."""
    if not command or "\0" in "".join(command):
        raise _failed_command(command, _("it cannot be run"))
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=time_limit_seconds
        )
    except subprocess.TimeoutExpired:
        raise _failed_command(command, _("it took too long")) from None
    except OSError as error:
        raise _failed_command(command, error.strerror or "") from None
    if done.returncode != 0:
        raise _failed_command(command, _("exit code {code}").format(code=done.returncode))
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    if not lines or not lines[0].strip():
        raise _failed_command(command, _("it printed nothing"))
    return checked(lines[0])


def checked(token: str) -> str:
    """Give a token without white space around it; refuse what cannot be one."""
    token = token.strip()
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise Unauthorized(
            _("That is not a token."), hint=_("Copy it again: one word of plain letters and signs.")
        )
    return token


def environment_token(url: str, environ: Mapping[str, str]) -> str | None:
    """Give FREELANCER_TUI_TOKEN, unless FREELANCER_TUI_URL says that it is for elsewhere."""
    meant_for = environ.get("FREELANCER_TUI_URL", "").strip().rstrip("/").removesuffix("/api")
    if meant_for and meant_for.rstrip("/").casefold() != url.casefold():
        return None
    return environ.get("FREELANCER_TUI_TOKEN") or None


@dataclass(frozen=True, slots=True)
class Source:
    """Where an account's token comes from."""

    account: str
    url: str
    command: tuple[str, ...] = ()
    """The user's own; it wins, and its failure is an error."""
    keyring: str = ""
    """The keyring that answered when the account was added."""


class Token:
    """An account's token, read at first use and kept in this process's memory only."""

    def __init__(
        self,
        source: Source,
        redactor: "Redactor",
        *,
        environ: Mapping[str, str] = os.environ,
        keyring: Keyring | None = None,
    ) -> None:
        self._source = source
        self._redactor = redactor
        self._environ = environ
        self._keyring = keyring or Keyring(source.keyring)
        self._lock = threading.Lock()
        self._outcome: str | Unauthorized | None = None

    def __call__(self) -> str:
        """Give the token, at once when it was read before; raise Unauthorized again likewise."""
        with self._lock:
            if self._outcome is None:
                self._outcome = self._attempt()
            if isinstance(self._outcome, Unauthorized):
                raise self._outcome
            return self._outcome

    def read_again(self) -> None:
        """Look anew, for the user may have signed in again meanwhile; this can take seconds."""
        outcome = self._attempt()
        with self._lock:
            self._outcome = outcome

    def remember(self, token: str) -> None:
        """Use this token until the program ends."""
        with self._lock:
            self._outcome = self._redactor.learn(checked(token))

    def _attempt(self) -> str | Unauthorized:
        try:
            return self._redactor.learn(self._found())
        except Unauthorized as error:
            return error

    def _found(self) -> str:
        if self._source.command:
            return from_command(self._source.command)
        token = environment_token(self._source.url, self._environ)
        token = token or self._keyring.read(self._source.account)
        if token:
            return checked(token)
        raise Unauthorized(
            _("There is no token for the account {name}.").format(name=self._source.account),
            hint=_("Sign in again: freelancer-tui account token {name}").format(
                name=self._source.account
            ),
        )


class Redactor(logging.Filter):
    """Takes tokens out of everything that is logged or told."""

    def __init__(self) -> None:
        super().__init__()
        self._tokens: tuple[str, ...] = ()

    def learn(self, token: str) -> str:
        """Hide this token from now on, and give it back."""
        forms = {token, quote(token, safe=""), repr(token)[1:-1], *self._tokens}
        self._tokens = tuple(sorted(forms, key=len, reverse=True))  # none hides half of another
        return token

    def clean(self, text: str) -> str:
        """Give a text without any token we know, and without what follows an auth header."""
        for token in self._tokens:
            text = text.replace(token, _HIDDEN)
        return _HEADERS.sub(rf"\1{_HIDDEN}", text)

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite a record's message and traceback before any handler sees it."""
        record.msg, record.args = self.clean(_message(record)), None
        if record.exc_info:
            record.exc_text = self.clean(logging.Formatter().formatException(record.exc_info))
            record.exc_info = None
        elif record.exc_text:
            record.exc_text = self.clean(record.exc_text)
        if record.stack_info:
            record.stack_info = self.clean(record.stack_info)
        return True


def _message(record: logging.LogRecord) -> str:
    """Give a record's message; one whose arguments do not fit must not stop who logged it."""
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        return f"{record.msg} {record.args!r}"


def _reported(error: BaseException) -> str:
    """Name a keyring's failure without its text, which could hold what it was given."""
    name = type(error).__name__
    return _("it is locked") if "Locked" in name else _("it reported {name}").format(name=name)


def _unusable(reason: str) -> Unauthorized:
    return Unauthorized(
        _("The system's keyring cannot be used: {reason}.").format(reason=reason),
        hint=_(
            "Unlock or install one (GNOME Keyring, KWallet), or use --secret-command, "
            "or set FREELANCER_TUI_URL and FREELANCER_TUI_TOKEN."
        ),
    )


def _failed_command(command: tuple[str, ...], reason: str) -> Unauthorized:
    return Unauthorized(
        _("The command that gives the token failed: {command}: {reason}.").format(
            command=command[0] if command else "", reason=reason
        ),
        hint=_("Run it yourself and see; it must print the token on its first line."),
    )
