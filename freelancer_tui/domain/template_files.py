"""Template files: a template in one language as plain text, with a small head."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, cast, get_args

from freelancer_tui.domain.templates import Kind, Language, Template
from freelancer_tui.domain.text import clean, one_line

ENDINGS: Final = (".md", ".txt")
MOST_NAME: Final = 60
_RULE: Final = "---"


@dataclass(frozen=True, slots=True)
class Leaf:
    """What one file holds."""

    name: str
    kind: Kind
    language: Language
    text: str


def written(template: Template, language: Language) -> str:
    """Give the file of a template in a language."""
    head = f"name: {template.name}\nkind: {template.kind}\nlanguage: {language}"
    return f"{_RULE}\n{head}\n{_RULE}\n{template.text(language)}\n"


def read(content: str, file_name: str) -> Leaf:
    """Read a file; without a head it is a template named by the file: `shop.id.md` is `shop`."""
    head, text = _parted(clean(content))
    stem, told = _parts_of(file_name)
    kind = head.get("kind", "template")
    language = head.get("language") or told or "en"
    if kind not in get_args(Kind) or language not in get_args(Language):
        raise ValueError(f"{kind}, {language}")
    name = one_line(head.get("name") or stem, MOST_NAME)
    if not name:
        raise ValueError(file_name)
    return Leaf(name, cast(Kind, kind), cast(Language, language), text)


def file_stem(name: str) -> str:
    """Give a name as every file system takes it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:40] or "template"


def _parted(content: str) -> tuple[dict[str, str], str]:
    """Part the head from the text, from which goes the one line end that a file ends with."""
    body = content.removesuffix("\n")
    lines = body.split("\n")
    if lines[0] != _RULE or _RULE not in lines[1:]:
        return {}, body
    end = lines.index(_RULE, 1)
    pairs = (line.partition(":") for line in lines[1:end])
    head = {key.strip().lower(): value.strip() for key, _colon, value in pairs}
    return head, "\n".join(lines[end + 1 :])


def _parts_of(file_name: str) -> tuple[str, Language | None]:
    stem = re.sub(r"\.(?:md|txt)$", "", file_name, flags=re.IGNORECASE)
    rest, _dot, ending = stem.rpartition(".")
    if rest and ending in get_args(Language):
        return rest, cast(Language, ending)
    return stem, None
