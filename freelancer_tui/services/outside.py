"""Outside: a text lent to the user's own editor, and taken back without losing a word."""

import os
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from freelancer_tui.domain.text import BODY_LIMIT, clean
from freelancer_tui.errors import NotAllowed
from freelancer_tui.i18n import _

_MOST_BYTES: Final = 4 * BODY_LIMIT


class Outside:
    """Writes a text into a file that only its owner reads, runs the editor, reads it back."""

    def __init__(self, folder: Path, command: Callable[[], Sequence[str]]) -> None:
        self._folder = folder
        self._command = command

    def edit(self, text: str) -> str:
        """Give what the editor made of a text; it may take hours, so it is called on a thread.

        Raises NotAllowed with what happened where the text should stay as it is. A file in
        which the editor left other words is kept then, and named.
        """
        command = list(self._command())
        if not command:
            raise NotAllowed(
                _("No editor is set."),
                hint=_("Set EDITOR or VISUAL, for example EDITOR=nano, and start again."),
            )
        path = self._lend(text)
        is_done = False
        try:
            _run([*command, str(path)])
            edited = _taken_back(path, text)
            is_done = True
        finally:
            if is_done or _says(path, text):
                path.unlink(missing_ok=True)
        return edited

    def _lend(self, text: str) -> Path:
        try:
            descriptor, name = tempfile.mkstemp(".md", "editing-", self._folder)
            with open(descriptor, "wb") as file:
                file.write(text.encode())
        except OSError as error:
            raise NotAllowed(
                _("The text cannot be given to the editor: {reason}").format(reason=error.strerror),
                hint=_("Go on here; nothing is lost."),
            ) from error
        return Path(name)


def _run(command: list[str]) -> None:
    try:
        ended = subprocess.run(command, check=False).returncode
    except (OSError, ValueError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else error
        raise NotAllowed(
            _("The editor {name} cannot be started: {reason}").format(
                name=command[0], reason=reason
            ),
            hint=_("Set EDITOR to a program that is there. Your text is as it was."),
        ) from error
    if ended:
        raise NotAllowed(
            _("The editor ended with an error ({number}).").format(number=ended),
            hint=_("Your text is as it was."),
        )


def _taken_back(path: Path, text: str) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
        edited = clean(data.decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise NotAllowed(
            _("What the editor left cannot be read: {path}").format(path=path),
            hint=_("Your text is as it was."),
        ) from error
    if len(data) > _MOST_BYTES:
        raise NotAllowed(
            _("What the editor left is too long: {path}").format(path=path),
            hint=_("Your text is as it was."),
        )
    if text.strip() and not edited.strip():
        raise NotAllowed(_("The editor left an empty file."), hint=_("Your text is as it was."))
    return edited if text.endswith("\n") else edited.removesuffix("\n")


def _says(path: Path, text: str) -> bool:
    """Tell whether a file has nothing in it that is not in the text."""
    try:
        return path.read_bytes().strip() in (b"", text.encode().strip())
    except OSError:
        return True
