"""Measures of the house: modules, their definitions and their lengths."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "freelancer_tui"


@dataclass(frozen=True, slots=True)
class Definition:
    """A function or class, and how long it is."""

    where: str
    name: str
    lines: int
    parameters: int
    is_class: bool


def modules() -> list[Path]:
    """List every module of the package."""
    return sorted(PACKAGE.rglob("*.py"))


def definitions(path: Path) -> Iterator[Definition]:
    """Yield what a module defines; decorators count, nested functions too."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            assert node.end_lineno is not None
            yield Definition(
                where=f"{path.relative_to(ROOT)}:{node.lineno}",
                name=node.name,
                lines=node.end_lineno - node.lineno + 1,
                parameters=_parameters(node),
                is_class=isinstance(node, ast.ClassDef),
            )


def _parameters(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    if isinstance(node, ast.ClassDef):
        return 0
    positional = [
        argument.arg
        for argument in (*node.args.posonlyargs, *node.args.args)
        if argument.arg not in ("self", "cls")
    ]
    return len(positional)
