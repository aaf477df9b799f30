"""The house's measures: no file, function or class grows past what one can hold in the head."""

import ast
from pathlib import Path

import pytest

from tests.house.measure import PACKAGE, definitions, modules

MODULES = modules()


def name(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_sizes(path: Path) -> None:
    lines = len(path.read_text().splitlines())
    assert lines <= (200 if name(path) == "tui/app.py" else 400), f"{lines} lines"
    for found in definitions(path):
        limit = 200 if found.is_class else 40
        assert found.lines <= limit, f"{found.where} {found.name}: {found.lines} lines"
        assert found.parameters <= 5, f"{found.where} {found.name}: {found.parameters} parameters"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_each_module_says_what_lives_there(path: Path) -> None:
    words = ast.get_docstring(ast.parse(path.read_text()))
    assert words, "no docstring"
    first = words.split("\n\n")[0]
    assert first.endswith("."), f"not a sentence: {first}"
    assert ":" in first or path.name == "__init__.py", f"name the noun first: {first}"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_nothing_is_left_undone(path: Path) -> None:
    text = path.read_text()
    for word in ("TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error"):
        assert word not in text
