"""File kinds: what a file is and how large, said in a word or two."""

import mimetypes
from typing import Final

from freelancer_tui.domain.file_names import may_run
from freelancer_tui.i18n import N_, _, language

_MAJOR: Final = {
    "image": N_("picture"),
    "audio": N_("sound"),
    "video": N_("film"),
    "text": N_("text"),
    "font": N_("font"),
}
_ENDINGS: Final = {
    N_("archive"): "7z bz2 gz rar tar tgz xz zip zst",
    N_("document"): "doc docx odt pages rtf",
    N_("spreadsheet"): "csv numbers ods tsv xls xlsx",
    N_("slides"): "key odp ppt pptx",
    "PDF": "pdf",
}
_KINDS: Final = {
    ending: kind for kind, all_of_it in _ENDINGS.items() for ending in all_of_it.split()
}
_UNITS: Final = (N_("{number} kB"), N_("{number} MB"), N_("{number} GB"))


def kind_of(name: str, content_type: str = "") -> str:
    """Say what a file is: by its ending, else by what was said about it."""
    ending = name.rpartition(".")[2].casefold() if "." in name else ""
    if ending in _KINDS:
        return _(_KINDS[ending])
    guess = mimetypes.guess_type(f"file.{ending}", strict=False)[0] or ""
    if may_run(name) and guess.partition("/")[0] not in _MAJOR:
        return _("program")
    return _(_MAJOR.get((guess or content_type).partition("/")[0], N_("file")))


def size_of(size: int) -> str:
    """Say how large a file is: `640 B`, `12 kB`, `1.4 MB`."""
    if size < 1000:
        return _("{number} B").format(number=size)
    value, unit, *larger = size / 1000, *_UNITS
    while value >= 999.5 and larger:
        value, unit = value / 1000, larger.pop(0)
    text = f"{value:.1f}".removesuffix(".0") if value < 9.95 else f"{value:.0f}"
    return _(unit).format(number=text.replace(".", ",") if language() == "id" else text)


def told(name: str, size: int | None, content_type: str = "") -> str:
    """Say both, as far as they are known."""
    kind = kind_of(name, content_type)
    return kind if size is None else f"{kind}, {size_of(size)}"
