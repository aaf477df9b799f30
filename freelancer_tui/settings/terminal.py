"""Terminal: how the terminal that we run in is told to notify its user, and what to be called."""

import os
from collections.abc import Mapping
from typing import Final

_OWN_WAY: Final = ("rxvt", "foot")
"""Terminals that know OSC 777 and not OSC 9."""


BEGIN_TITLE: Final = "\x1b[22;2t"
"""Asks the terminal to remember the title that it has."""
END_TITLE: Final = "\x1b[23;2t"
"""Asks it to take that title again."""


def titled(words: str) -> str:
    """Give what a terminal has to be sent to be called so; the words are our own."""
    return f"\x1b]2;{words}\x07"


def notification(title: str, text: str, environ: Mapping[str, str] = os.environ) -> str:
    """Give what a terminal has to be sent to notify its user; both texts are tame already."""
    kind = environ.get("TERM", "")
    if "VTE_VERSION" in environ or kind.startswith(_OWN_WAY):
        sequence = f"\x1b]777;notify;{title.replace(';', ',')};{text}\x07"
    else:
        sequence = f"\x1b]9;{title}: {text}\x07"
    if environ.get("TMUX"):  # it keeps to itself what is not wrapped for the terminal outside
        return "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    return sequence
