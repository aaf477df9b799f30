"""Paths: what the user types to name a file, and what its last part could become."""

import os
import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from freelancer_tui.domain.search import Completion
from freelancer_tui.domain.text import clean

MOST_GIVEN: Final = 5
"""As many as there is room for below a line at the foot of the screen; more letters tell more."""
_BREAKS: Final = re.compile(r"[\n\t]")
_ANEW: Final = re.compile(r"^~/(?:.*/)??(?=/|~/|[\"']/|file:///)")
"""Before a path that was typed or pasted behind the one that the line begins with."""
_HOME: Final = re.compile(r"~(?=/|$)")
_ENDS: Final = tuple({"/", os.sep})


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that lies in a folder."""

    name: str
    is_folder: bool


def unquoted(typed: str, ends: tuple[str, ...] = _ENDS) -> str:
    """Give a path without what a desktop or a shell wraps it in when it is dropped or pasted."""
    text = _ANEW.sub("", typed.strip())
    if text.startswith("file://"):
        return unquote(urlsplit(text).path)
    is_wrapped = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    is_escaped = "\\" in text and "\\" not in ends
    if not is_wrapped and not is_escaped:
        return text
    try:
        parts = shlex.split(text)
    except ValueError:  # an open quote belongs to the name
        return text
    return parts[0] if len(parts) == 1 else text


def expanded(typed: str, home: str) -> str:
    """Give a path with the user's folder in place of its `~`."""
    return _HOME.sub(lambda _match: home.rstrip("/"), typed, count=1)


def folder_of(typed: str, ends: tuple[str, ...] = _ENDS) -> str:
    """Give the part of a path that names a folder, up to its last stroke; `~` is one too."""
    if typed == "~":
        return "~/"
    return typed[: max(typed.rfind(end) for end in ends) + 1]


def completions(
    typed: str,
    entries: Iterable[Entry],
    *,
    folders_only: bool = False,
    ends: tuple[str, ...] = _ENDS,
) -> tuple[Completion, ...]:
    """Give what the last part of a path could become among what lies in its folder.

    Folders come first; hidden names wait for their dot. A name that begins with what was typed
    goes before one that only has it inside. Names that could trick a terminal are left out.
    """
    folder = folder_of(typed, ends)
    last = "" if typed == "~" else typed[len(folder) :].casefold()
    end = next((end for end in ends if folder.endswith(end)), "/")
    fits = [
        (0 if one.name.casefold().startswith(last) else 1, not one.is_folder, one)
        for one in entries
        if last in one.name.casefold()
        and (one.is_folder or not folders_only)
        and (not one.name.startswith(".") or last.startswith("."))
        and clean(one.name) == one.name
        and not _BREAKS.search(one.name)
    ]
    if any(not far for far, _is_file, _one in fits):
        fits = [found for found in fits if not found[0]]
    fits.sort(key=lambda found: (*found[:2], found[2].name.casefold(), found[2].name))
    given = (_completion(folder, one, end) for _far, _is_file, one in fits)
    return tuple(one for one in given if one.text != typed)[:MOST_GIVEN]


def _completion(folder: str, one: Entry, end: str) -> Completion:
    name = one.name + (end if one.is_folder else "")
    return Completion(folder + name, name)
