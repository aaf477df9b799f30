"""The house's measures: no file, function or class grows past what one can hold in the head."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.measure import PACKAGE, definitions, modules


def name(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def test_sizes() -> None:
    assert [one for path in modules() for one in _too_large(path)] == []


def _too_large(path: Path) -> Iterator[str]:
    lines = len(path.read_text().splitlines())
    if lines > (200 if name(path) == "tui/app.py" else 400):
        yield f"{name(path)}: {lines} lines"
    for found in definitions(path):
        if found.lines > (200 if found.is_class else 40):
            yield f"{found.where} {found.name}: {found.lines} lines"
        if found.parameters > 5:
            yield f"{found.where} {found.name}: {found.parameters} parameters"


def test_each_module_says_what_lives_there() -> None:
    assert [name(path) for path in modules() if not _says_what(path)] == []


def _says_what(path: Path) -> bool:
    """Tell whether it begins with a sentence that names the noun first."""
    words = ast.get_docstring(ast.parse(path.read_text())) or ""
    first = words.split("\n\n")[0]
    return first.endswith(".") and (":" in first or path.name == "__init__.py")


def test_nothing_is_left_undone() -> None:
    words = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error")
    found = [
        f"{name(path)}: {word}" for path in modules() for word in words if word in path.read_text()
    ]
    assert found == []
