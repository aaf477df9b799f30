"""Folders: what lies on the user's disk, to complete the path of a file while it is typed."""

import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

from freelancer_tui.domain.file_kinds import told
from freelancer_tui.domain.paths import Entry, completions, expanded, folder_of, unquoted
from freelancer_tui.domain.search import Completion

_MOST_LOOKED_AT: Final = 20_000
"""Names that are read of a folder; nobody finds a file among more by completing."""


def path_of(typed: str) -> Path:
    """Give the path that the user means, wherever the program was started."""
    return Path(expanded(unquoted(typed), str(Path.home()))).absolute()


def complete(typed: str, *, folders_only: bool = False) -> tuple[Completion, ...]:
    """Give what a path could become; to be called on a thread: a disk can take its time."""
    typed = unquoted(typed)
    found = completions(typed, _entries(folder_of(typed)), folders_only=folders_only)
    return tuple(replace(one, about=_about(one.text)) for one in found)


def _entries(folder: str) -> Iterator[Entry]:
    try:
        with os.scandir(path_of(folder)) as found:
            for one in islice(found, _MOST_LOOKED_AT):
                yield Entry(one.name, _is_folder(one))
    except (OSError, ValueError):  # a folder that cannot be read offers nothing
        return


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _about(text: str) -> str:
    path = path_of(text)
    try:
        return "" if path.is_dir() else told(path.name, path.stat().st_size)
    except OSError:
        return ""
