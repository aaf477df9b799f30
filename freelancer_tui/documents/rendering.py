"""Rendering: the short-lived program that turns one template and its data into a PDF.

It is run as a file, not as a module: it loads nothing of ours, so it starts as fast as Python can,
and a template that eats the memory or never ends takes nobody down with it.
"""

import json
import sys
from pathlib import Path
from typing import Any, Final

STANDARDS: Final[list[Any]] = ["a-3a", "ua-1"]
"""A missing glyph is an error under them; without, it is silently dropped."""
MOST_MEMORY: Final = 2_000_000_000


def main() -> int:
    """Read the order from standard input; write the PDF, or on failure what typst says."""
    order = json.loads(sys.stdin.buffer.read())
    _bound_memory()
    try:
        import typst
    except ImportError as error:
        return _fail("missing", str(error), "")
    try:
        made = _compile(typst, order)
    except typst.TypstError as error:
        return _fail("template", error.message, error.diagnostic)
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()
    return 0


def _compile(typst: Any, order: dict[str, Any]) -> bytes:
    """Leave the system's fonts out if they are not needed: it is quicker, and alike everywhere."""
    wanted: dict[str, Any] = {
        "root": order["root"],
        "sys_inputs": order["inputs"],
        "timestamp": order["timestamp"],
        "format": order["format"],
        "package_path": order["nowhere"],
        "package_cache_path": order["nowhere"],
    }
    if order["format"] == "pdf":
        wanted["pdf_standards"] = STANDARDS
    template = str(Path(order["root"], order["template"]))
    if order["system_fonts"]:
        made = typst.compile(template, **wanted)
    else:
        try:
            made = typst.compile(template, ignore_system_fonts=True, **wanted)
        except typst.TypstError:
            made = typst.compile(template, **wanted)
    return made[0] if isinstance(made, list) else bytes(made)


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has none; the time limit is all there is
        return
    if sys.platform == "linux":  # elsewhere the address space counts what nobody uses
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _fail(kind: str, message: str, diagnostic: str) -> int:
    json.dump({"kind": kind, "message": message, "diagnostic": diagnostic}, sys.stderr)
    return 3


if __name__ == "__main__":
    sys.exit(main())
