"""Leaving: what could not be saved goes to another place before the program ends."""

import logging
import os
import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from rich.text import Text
from textual.app import App

from freelancer_tui.i18n import _
from freelancer_tui.tui.screens.section import Section

_LOG: Final = logging.getLogger(__name__)


def elsewhere() -> tuple[Path, ...]:
    """Give where a text can go that finds no room in its file: the home folder, then others."""
    return (Path.home(), Path.cwd(), Path(tempfile.gettempdir()))


def warning() -> str:
    """Say what leaving would do with what is not saved."""
    words = _("Not saved. q again leaves and puts the text into a file in {folder}.")
    return words.format(folder=elsewhere()[0])


async def flush_all(app: App[None]) -> dict[str, str]:
    """Write what no section has saved yet; gives what could not be written."""
    texts: dict[str, str] = {}
    for section in _sections(app):
        await section.flush()
        texts |= {name: text for name, text in section.autosave.unsaved().items() if text}
    return texts


def save_now(app: App[None]) -> None:
    """Write what no section has saved yet, before giving back."""
    for section in _sections(app):
        section.autosave.now()


def leave_texts(
    texts: Mapping[str, str], at: datetime, folders: Sequence[Path] | None = None
) -> Text | None:
    """Write texts to the first place that takes them, and give the sentence that tells where.

    Where none does, the sentence is followed by the texts: the terminal keeps them.
    """
    if not texts:
        return None
    whole = "\n\n".join(f"[{name}]\n{text}" for name, text in texts.items()) + "\n"
    for folder in elsewhere() if folders is None else folders:
        path = folder / f"freelancer-unsaved-{at:%Y%m%d-%H%M%S}.txt"
        try:
            _write(path, whole)
        except OSError as error:
            _LOG.warning("what was not saved could not be left in %s: %s", folder, error)
            continue
        _LOG.warning("what was not saved was left in %s", path)
        return Text(_("What could not be saved is in {path}.").format(path=path))
    return Text(_("This could not be saved anywhere:") + "\n\n" + whole)


def _sections(app: App[None]) -> list[Section]:
    bases = [stack[0] for stack in app._screen_stacks.values() if stack]
    return [base for base in bases if isinstance(base, Section)]


def _write(path: Path, text: str) -> None:
    """Write a new file that only its owner reads, all of it or none."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise
