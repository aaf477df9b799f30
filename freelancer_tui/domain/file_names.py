"""File names: what strangers call their files, as names that are safe on every disk."""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from freelancer_tui.domain.text import clean

MOST_BYTES: Final = 255
"""The longest name that the usual file systems take, in UTF-8."""
_MOST_LETTERS: Final = 1000
_LONGEST_ENDING: Final = 20
_NAMELESS: Final = "file"
_BREAKS: Final = re.compile(r"[/\\\n]")
_RESERVED: Final = re.compile(r'[<>:"|?*]')
"""Letters that Windows allows in no name."""
_DEVICES: Final = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|clock\$|(com|lpt)[0-9¹²³])\s*(\.|$)", re.IGNORECASE
)
"""Names that Windows keeps for itself, whatever their ending."""
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_BLANK: Final = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f"
                           "\uffa0\U000e0100-\U000e01ef]")  # fmt: skip
"""Letters and marks that show as nothing: by them two names would look alike."""
_LEADING: Final = " .-~"
_TRAILING: Final = " ."
_RUNNABLE: Final = frozenset(
    "ade adp app appimage application appref-ms bas bash bat chm cmd com command cpl csh deb"
    " desktop dmg docm dotm exe fish gadget hta htm html inf ins iso isp jar jnlp js jse ksh"
    " lnk mde mhtml msc msh msi msp mst php pif pkg pl potm ppam ppsm pptm ps1 psm1 py pyc pyw"
    " pyz rb reg rpm run scf scr sct settingcontent-ms sh shb sldm svg svgz swf terminal tool"
    " udl url vb vbe vbs vhd vhdx webloc workflow ws wsc wsf wsh xbap xht xhtml xlam xll xlsb"
    " xlsm xltm xml xsl xslt zsh".split()
)
"""Endings of what a desktop may run, or let run what is in it, when it is told to open it."""


def safe_name(name: str) -> str:
    """Give a name that is safe on every system: it stays in its folder and shows as it is.

    Folders in it become part of the name, its ending stays, and it is never empty. Doing it
    twice changes nothing.
    """
    if len(name) > _MOST_LETTERS:
        name = name[: _MOST_LETTERS // 2] + name[-_MOST_LETTERS // 2 :]
    name = "".join(one for one in clean(name) if one == "\n" or _shows(one))
    name = unicodedata.normalize("NFC", _BLANK.sub("", name))
    parts = [" ".join(part.split()) for part in _BREAKS.split(name)]
    name = "_".join(part for part in parts if part.strip("."))
    name = _RESERVED.sub("_", name).lstrip(_LEADING).rstrip(_TRAILING)
    name = name or _NAMELESS
    return _cut(f"_{name}" if _DEVICES.match(name) else name, MOST_BYTES)


def free_name(name: str, is_taken: Callable[[str], bool]) -> str:
    """Give a safe name, or it with a number, whichever is not taken yet."""
    name = safe_name(name)
    free, number = name, 1
    while is_taken(free):
        number += 1
        free = _cut(name, MOST_BYTES, f"-{number}")
    return free


def sameness(name: str) -> str:
    """Give what two names have in common that some disk takes for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def may_run(name: str) -> bool:
    """Tell whether opening a file of this name could run something: then it is never opened."""
    _stem, dot, ending = safe_name(name).rpartition(".")
    return bool(dot) and ending.casefold() in _RUNNABLE


def _shows(letter: str) -> bool:
    return unicodedata.category(letter) not in _HIDDEN


def _cut(name: str, most: int, number: str = "") -> str:
    """Shorten what stands before the ending until all fits, with a number between the two."""
    stem, dot, ending = name.rpartition(".")
    ending = dot + ending
    if not stem or len(ending.encode()) > _LONGEST_ENDING:
        stem, ending = name, ""
    room = most - len((number + ending).encode())
    stem = stem.encode()[:room].decode("utf-8", "ignore").rstrip(_TRAILING)
    return (stem or _NAMELESS) + number + ending
