"""Languages: the gettext catalogs, and which of them the user reads."""

import gettext as _gettext
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("en", "id")
_DOMAIN: Final = "freelancer_tui"
_FOLDER: Final = Path(__file__).parent / "locale"
_LOCALES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The first of these that is set tells the language, whether we know it or not."""

_current: _gettext.NullTranslations = _gettext.NullTranslations()
_language: str = "en"


def use(language: str) -> None:
    """Switch every later text to a language of `LANGUAGES`; an unknown one means English."""
    global _current, _language
    _language = language if language in LANGUAGES else "en"
    _current = _gettext.translation(_DOMAIN, _FOLDER, [_language], fallback=True)


def language() -> str:
    """Give the code of the language in use, `en` or `id`."""
    return _language


def preferred(explicit: str | None, environ: Mapping[str, str] = os.environ) -> str:
    """Choose a language: what was asked for, else that of the environment, else English."""
    told = next((environ[name] for name in _LOCALES if environ.get(name)), "")
    listed = "" if told in ("C", "POSIX") else environ.get("LANGUAGE", "")
    wanted = (explicit or "", *listed.split(":"), told)
    return next((code for code in map(_code, wanted) if code in LANGUAGES), "en")


def _code(name: str) -> str:
    """Give the language of a locale's name such as `id_ID.UTF-8`."""
    return re.split(r"[_.@-]", name.strip(), maxsplit=1)[0].lower()


def _(message: str) -> str:
    """Give a text in the language in use."""
    return _current.gettext(message) if message else ""


def ngettext(one: str, many: str, count: int) -> str:
    """Give the text that fits a count, in the language in use."""
    return _current.ngettext(one, many, count)


def N_(message: str) -> str:  # noqa: N802 (gettext's own name for "translate later")
    """Mark a text for the catalogs; whoever shows it calls `_`."""
    return message
