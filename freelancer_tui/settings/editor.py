"""Editor: the program that the user writes with, as the environment names it."""

import os
import shlex
from collections.abc import Mapping


def editor_command(environ: Mapping[str, str] = os.environ) -> list[str]:
    """Give the words of the command in VISUAL, else in EDITOR; none where neither is set."""
    told = environ.get("VISUAL") or environ.get("EDITOR") or ""
    try:
        return shlex.split(told, posix=os.name == "posix")
    except ValueError:  # a quote that is never closed
        return told.split()
