"""Rendering: the short-lived program that turns one template and its data into a PDF.

It is run as a file, not as a module, and loads nothing but typst: it starts as fast as Python can,
and a template that eats the memory or never ends takes nobody down with it. Its arguments are those
of `Order`; the data comes on standard input and goes to the template as it is.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if (
    TYPE_CHECKING
):  # `typing`, `json` and `pathlib` would cost a quarter of the time that typst takes
    from typing import Any

STANDARDS = ("a-3a", "ua-1")
"""A missing glyph is an error under them; without, it is silently dropped."""
MOST_MEMORY = 4_000_000_000
FAILED = 3
GAP = "\0"
"""Parts what is said on standard error: the kind of failure, its sentence, and all of it."""


def main(arguments: list[str]) -> int:
    """Write the PDF to standard output, or on failure what typst says to standard error."""
    data = sys.stdin.buffer.read().decode("utf-8", "replace")
    _bound_memory()
    try:
        import typst
    except ImportError as error:
        return _fail("missing", str(error), "")
    try:
        made = _compile(typst, arguments, data)
    except typst.TypstError as error:
        return _fail("template", error.message, error.diagnostic)
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()
    return 0


def _compile(typst: Any, arguments: list[str], data: str) -> bytes:
    """Leave the system's fonts out if they are not needed: it is quicker, and alike everywhere."""
    root, file, form, fonts, timestamp, nowhere, more = arguments
    template = _lengthened(file, more) if more else file
    wanted: dict[str, Any] = {
        "root": root,
        "sys_inputs": {"sheet": data},
        "timestamp": int(timestamp),
        "format": form,
        "package_path": nowhere,
        "package_cache_path": nowhere,
    }
    if form == "pdf":
        wanted["pdf_standards"] = list(STANDARDS)
    if fonts == "embedded":
        try:
            return _bytes(typst.compile(template, ignore_system_fonts=True, **wanted))
        except typst.TypstError:  # perhaps a sign that only the system can draw
            pass
    return _bytes(typst.compile(template, **wanted))


def _lengthened(file: str, more: str) -> bytes:
    with open(file, "rb") as template:
        return template.read() + more.encode()


def _bytes(made: list[bytes] | bytes) -> bytes:
    """Give the file; of pictures, which come one for each page, the first."""
    return made[0] if isinstance(made, list) else made


def _bound_memory() -> None:
    if sys.platform == "linux":  # elsewhere the address space counts what nobody uses
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _fail(kind: str, message: str, diagnostic: str) -> int:
    said = GAP.join((kind, message, diagnostic))
    sys.stderr.buffer.write(said.encode("utf-8", "replace"))
    sys.stderr.buffer.flush()
    return FAILED


if __name__ == "__main__":
    os._exit(main(sys.argv[1:]))  # at once: taking typst's caches apart would cost more time
