"""Catalogs: extract every text, update `en` and `id`, compile them.

Run as `python -m tests.house.words`; `--check` only tells whether anything is missing.
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tests.house.measure import PACKAGE

LOCALE = PACKAGE / "locale"
LANGUAGES = ("en", "id")
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}


def extracted() -> Catalog:
    """Give every text that the package marks, in the order of files and lines."""
    catalog = Catalog(project="freelancer_tui", charset="utf-8")
    found = extract_from_dir(str(PACKAGE), method_map=[("**.py", "python")], keywords=KEYWORDS)
    for filename, _line, message, _comments, context in sorted(found, key=lambda item: item[:2]):
        catalog.add(message, locations=[(f"freelancer_tui/{filename}", 0)], context=context)
    return catalog


def po_path(language: str) -> Path:
    """Give the path of a language's catalog."""
    return LOCALE / language / "LC_MESSAGES" / "freelancer_tui.po"


def load(language: str) -> Catalog:
    """Read a language's catalog; an absent one is empty."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language, domain="freelancer_tui", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="freelancer_tui")


def updated(language: str, template: Catalog) -> Catalog:
    """Give a language's catalog with exactly the texts of the template.

    English is the source, so its translations are the texts themselves.
    """
    old = load(language)
    fresh = Catalog(
        locale=language,
        domain="freelancer_tui",
        project="freelancer_tui",
        version="1",
        charset="utf-8",
        header_comment=f"# freelancer_tui: every text a user reads, in {language}.",
        last_translator="the freelancer_tui authors",
        language_team=language,
        creation_date=old.creation_date,
        revision_date=old.creation_date,
        fuzzy=False,
    )
    for message in template:
        if not message.id:
            continue
        known = old.get(message.id, message.context)
        text = message.id if language == "en" else (known.string if known else None)
        fresh.add(message.id, text or "", message.locations, flags=message.flags - {"fuzzy"})
    return fresh


def compiled(catalog: Catalog) -> bytes:
    """Give the binary catalog that gettext reads."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def missing(catalog: Catalog) -> list[str]:
    """List the texts that have no translation yet."""
    plurals = catalog.num_plurals
    lacking = []
    for message in catalog:
        strings = message.string if isinstance(message.string, list | tuple) else [message.string]
        if message.id and (not all(strings) or (message.pluralizable and len(strings) < plurals)):
            lacking.append(str(message.id))
    return lacking


def write(language: str, catalog: Catalog) -> None:
    """Write a catalog as text and compiled."""
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=100, no_location=True)
    path.with_suffix(".mo").write_bytes(compiled(catalog))


def main(arguments: list[str]) -> int:
    """Update both catalogs and list what is still to be translated."""
    template = extracted()
    lacking = 0
    for language in LANGUAGES:
        catalog = updated(language, template)
        if "--check" not in arguments:
            write(language, catalog)
        for text in missing(catalog):
            lacking += 1
            print(f"{language}: {text}")
    print(f"{len(template)} texts, {lacking} without a translation")
    return min(lacking, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
