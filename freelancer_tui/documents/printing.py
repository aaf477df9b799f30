"""Printing: a page's data and its template to PDF, in a program of its own."""

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from subprocess import PIPE
from time import monotonic
from typing import Any, Final

from freelancer_tui.documents import facturx, rendering
from freelancer_tui.domain.text import one_line
from freelancer_tui.errors import FreelancerError, Stopped
from freelancer_tui.i18n import _

TEMPLATES: Final = Path(__file__).parent / "templates"
_NO_DAY: Final = date(2000, 1, 1)
LIMIT_SECONDS: Final = 30.0
_LOOK_SECONDS: Final = 0.1
"""How long it may take until a wish to stop is heard."""
MOST_LOGO: Final = 1_000_000
_PACKAGE: Final = re.compile(r"[\"']@[\w-]+/")
_NO_GLYPH: Final = re.compile(r'the text `"(.+?)"` could not be displayed with')
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]+)\}")
_FOREIGN: Final = re.compile("[^\0-\u052f\u1e00-\u20cf\u2212]")
"""What the embedded fonts cannot draw, or not well: they have Latin, Greek and Cyrillic."""
_FONTS: Final = (
    ("CJK", "Noto Sans CJK"), ("HIRAGANA", "Noto Sans CJK"), ("KATAKANA", "Noto Sans CJK"),
    ("HANGUL", "Noto Sans CJK"), ("FULLWIDTH", "Noto Sans CJK"), ("ARABIC", "Noto Naskh Arabic"),
    ("DEVANAGARI", "Noto Sans Devanagari"), ("BENGALI", "Noto Sans Bengali"),
    ("THAI", "Noto Sans Thai"), ("TAMIL", "Noto Sans Tamil"), ("HEBREW", "Noto Sans Hebrew"),
    ("JAVANESE", "Noto Sans Javanese"), ("BALINESE", "Noto Sans Balinese"),
)  # fmt: skip
"""Which font draws letters whose names begin so."""
_OTHER_SIGNS: Final = "Noto Sans Symbols 2"
_EMOJI_FROM: Final = 0x1F000


class PrintError(FreelancerError):
    """A document could not be made; nothing was written."""

    code = "document"

    def __init__(self, message: str, *, hint: str | None = None, signs: str = "") -> None:
        super().__init__(message, hint=hint)
        self.signs = signs
        """Those that no font here has, if that is why."""


@dataclass(frozen=True, slots=True)
class Template:
    """A `.typ` file and the folder that it may read; nothing outside is within its reach."""

    folder: Path
    name: str

    @property
    def file(self) -> Path:
        """Where it lies."""
        return self.folder / self.name

    @classmethod
    def of(cls, name: str, own: Path) -> "Template":
        """Give the user's own template of a name if it is there, else the one that we bring."""
        return cls(own if (own / name).is_file() else TEMPLATES, name)


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long it may take; what is asked meanwhile whether to end it, with `Stopped`."""

    seconds: float | None = None
    stop: Callable[[], bool] = field(default=lambda: False)


def printed(
    tree: dict[str, Any],
    template: Template,
    on: date | None,
    logo: str = "",
    form: str = "pdf",
    *,
    bounds: Bounds | None = None,
    attached: bytes = b"",
) -> bytes:
    """Give the document as PDF (`form` may be `png`: its first page as a picture).

    An e-invoice that is `attached` makes a Factur-X of it. The same data, day and template give the
    same bytes. Raise PrintError with a sentence.
    """
    _refuse_packages(template)
    tree = {**tree, "logo": _logo(logo), "attached": attached.decode()}
    data = json.dumps(tree, ensure_ascii=False)
    arguments = (
        str(template.folder),
        str(template.file),
        form,
        "system" if _FOREIGN.search(data) else "embedded",
        str(int(datetime.combine(on or _NO_DAY, time(12), UTC).timestamp())),
        str(template.folder / ".no-packages"),
        facturx.ATTACHING if attached else "",
    )
    code, made, told = _run(arguments, data.encode("utf-8", "replace"), bounds or Bounds())
    if code == 0 and made:
        return facturx.declared(made) if attached else made
    raise _explained(told.decode("utf-8", "replace"), template)


def _run(arguments: tuple[str, ...], data: bytes, bounds: Bounds) -> tuple[int, bytes, bytes]:
    """Give how the program ended, what it made and what it told."""
    command = [sys.executable, "-P", str(Path(rendering.__file__)), *arguments]
    seconds = LIMIT_SECONDS if bounds.seconds is None else bounds.seconds
    until = monotonic() + seconds
    try:
        with subprocess.Popen(
            command, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=_environment()
        ) as program:
            given: bytes | None = data
            try:
                while True:
                    wait = min(_LOOK_SECONDS, max(until - monotonic(), 0))
                    with suppress(subprocess.TimeoutExpired):
                        made, told = program.communicate(given, timeout=wait)
                        return program.returncode, made, told
                    given = None
                    if bounds.stop():
                        raise Stopped(_("Stopped; nothing was written."))
                    if monotonic() >= until:
                        raise _endless(seconds)
            finally:
                program.kill()
    except OSError as error:
        raise PrintError(
            _("The document could not be made: {reason}.").format(reason=error.strerror)
        ) from error


def _endless(seconds: float) -> PrintError:
    return PrintError(
        _("The template did not come to an end within {seconds} seconds.").format(
            seconds=f"{seconds:.0f}"
        ),
        hint=_("Look for a loop in it; nothing was written."),
    )


def _environment() -> dict[str, str]:
    """Give the child no token, and no way to the network."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith("FREELANCER_TUI")
    }
    nowhere = "http://127.0.0.1:9"
    return kept | {
        name: nowhere for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "ALL_PROXY")
    }


def _refuse_packages(template: Template) -> None:
    """Refuse imports that typst would fetch from the network."""
    if template.folder == TEMPLATES:
        return
    try:
        for file in sorted(template.folder.rglob("*.typ")):
            if _PACKAGE.search(file.read_text("utf-8")):
                raise PrintError(
                    _("{file} imports a package from the network.").format(file=file),
                    hint=_("Copy what it needs into the same folder; nothing was written."),
                )
    except (OSError, UnicodeDecodeError) as error:
        raise PrintError(
            _("{file} cannot be read: {reason}.").format(file=template.folder, reason=error)
        ) from error


def _logo(path: str) -> list[int]:
    """Give a picture's bytes; typst reads nothing outside the template's own folder."""
    if not path:
        return []
    try:
        picture = Path(path).expanduser().read_bytes()
    except OSError as error:
        raise PrintError(
            _("The logo {file} cannot be read: {reason}.").format(file=path, reason=error.strerror),
            hint=_("Put it back, or take it out of who you are on documents."),
        ) from error
    if len(picture) > MOST_LOGO:
        raise PrintError(
            _("The logo {file} is larger than {most} MB.").format(
                file=path, most=MOST_LOGO // 10**6
            ),
            hint=_("Make it smaller; a thousand pixels are enough for paper."),
        )
    return list(picture)


def _explained(said: str, template: Template) -> PrintError:
    kind, *told = said.split(rendering.GAP)
    if len(told) != 2:
        return PrintError(
            _("The document could not be made: the typesetter ended without a word."),
            hint=_("It may lack memory; close other programs and try again."),
        )
    message, diagnostic = told
    if kind == "missing":
        return PrintError(
            _("PDF needs typst, which is not there: {reason}.").format(reason=message),
            hint=_("On Windows for ARM there is none; elsewhere: pip install typst"),
        )
    found = map(_plain, _NO_GLYPH.findall(diagnostic or message))
    signs = list(dict.fromkeys(found))
    if signs:
        return _no_glyph(signs)
    if template.folder == TEMPLATES:
        hint = _("This is a fault of freelancer-tui; please report it.")
    else:
        hint = _("Correct the template, or move it away to use ours; nothing was written.")
    return PrintError(
        _("{file}: {reason}").format(file=template.file, reason=one_line(message, 300)), hint=hint
    )


def _plain(shown: str) -> str:
    """Give a text that was shown with signs by their numbers."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), shown)


def _no_glyph(texts: list[str]) -> PrintError:
    sign = next((one for text in texts for one in text if not one.isspace()), texts[0][:1])
    name = unicodedata.name(sign, f"U+{ord(sign):04X}")
    font = next((font for start, font in _FONTS if name.startswith(start)), "")
    font = font or ("Noto Emoji" if ord(sign) >= _EMOJI_FROM else _OTHER_SIGNS)
    return PrintError(
        _("No font here has the character {sign} ({name}).").format(sign=sign, name=name),
        hint=_("Install the font {font}, or take the character out; nothing was written.").format(
            font=font
        ),
        signs="".join(texts),
    )
