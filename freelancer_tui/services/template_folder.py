"""Template folder: templates copied out into plain files, and in from them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from freelancer_tui.domain.template_files import ENDINGS, Leaf, file_stem, read, written
from freelancer_tui.domain.templates import LANGUAGES, Template
from freelancer_tui.errors import NotAllowed
from freelancer_tui.i18n import _
from freelancer_tui.services.templates import Templates

_MOST_BYTES: Final = 1_000_000
_MOST_FILES: Final = 1000


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of the files of a folder."""

    changed: int
    """Templates that are new or say something else now."""
    same: int
    refused: tuple[str, ...] = ()
    """Names of files that are no template."""


def copy_out(found: Iterable[Template], folder: Path) -> list[Path]:
    """Write templates into a folder, one file for each language; what is there is replaced."""
    files: list[Path] = []
    taken: set[str] = set()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for template in found:
            stem = _stem(template, taken)
            for language in LANGUAGES:
                if template.text(language):
                    path = folder / f"{stem}.{language}.md"
                    path.write_text(written(template, language), "utf-8", newline="\n")
                    files.append(path)
    except OSError as error:
        raise _unusable(folder, error) from error
    return files


def copy_in(templates: Templates, folder: Path) -> TakenIn:
    """Take in the templates of a folder; those of the same name and kind are changed."""
    leaves, refused = _leaves(folder)
    gathered: dict[tuple[str, str], Template] = {}
    for leaf in leaves:
        key = leaf.kind, leaf.name.casefold()
        one = gathered.get(key) or Template("", leaf.name, leaf.kind)
        gathered[key] = one.saying(leaf.language, leaf.text)
    changed = sum(templates.take_in(one) for one in gathered.values())
    return TakenIn(changed, len(gathered) - changed, tuple(refused))


def _leaves(folder: Path) -> tuple[list[Leaf], list[str]]:
    found: list[Leaf] = []
    refused: list[str] = []
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS)
        for path in files[:_MOST_FILES]:
            try:
                if path.stat().st_size > _MOST_BYTES:
                    raise ValueError(path.name)
                found.append(read(path.read_text("utf-8-sig"), path.name))
            except ValueError:  # no UTF-8, too long, or a head that names what there is not
                refused.append(path.name)
    except OSError as error:
        raise _unusable(folder, error) from error
    return found, refused


def _stem(template: Template, taken: set[str]) -> str:
    stem = file_stem(template.name)
    if template.kind == "snippet":
        stem = f"snippet-{stem}"
    names = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
    free = next(one for one in names if one not in taken)
    taken.add(free)
    return free


def _unusable(folder: Path, error: OSError) -> NotAllowed:
    return NotAllowed(
        _("{folder} cannot be used: {reason}").format(folder=folder, reason=error.strerror),
        hint=_("Name a folder that you may read and write."),
    )
