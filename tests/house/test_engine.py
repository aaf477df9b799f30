"""The engine owns no clock, no dice and no screen: whatever it needs of these is given to it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.measure import PACKAGE

ALLOWED = {
    "asyncio": {
        *("ensure_future", "shield", "wait", "to_thread", "CancelledError"),
        *("Event", "FIRST_COMPLETED", "Task", "run"),
    },
    "collections": {"Counter", "defaultdict"},
    "collections.abc": None,
    "dataclasses": None,
    "datetime": {"UTC", "datetime", "timedelta", "tzinfo"},
    "functools": None,
    "itertools": None,
    "json": None,
    "pathlib": {"Path"},
    "random": {"Random"},
    "sqlite3": None,
    "typing": None,
}
"""What the engine may take from the library; None means everything."""
PARTS = ("domain", "errors", "i18n", "store", "sync", "wording")
OURS = tuple(f"freelancer_tui.{part}" for part in PARTS)
READS_A_CLOCK = {"now", "utcnow", "today"}
MODULES = sorted((PACKAGE / "sync").rglob("*.py"))


def breaches(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names):
                yield from (one.name for one in names if not _may_import(one.name))
            case ast.ImportFrom(module=str(module), names=names):
                yield from (one.name for one in names if not _may_take(module, one.name))
            case ast.Attribute(ast.Name("asyncio"), name) if not _may_take("asyncio", name):
                yield f"asyncio.{name}"
            case ast.Attribute(ast.Name("datetime"), name) if name in READS_A_CLOCK:
                yield f"datetime.{name}"
            case ast.Call(ast.Name("Random" | "hash" | "id" | "__import__" as name)):
                yield f"{name}()"


def _may_import(module: str) -> bool:
    return module in ("asyncio", "json", "logging", "sqlite3")


def _may_take(module: str, name: str) -> bool:
    if module.startswith("freelancer_tui"):
        return f"{module}.{name}".startswith(OURS)
    return module in ALLOWED and (ALLOWED[module] is None or name in (ALLOWED[module] or ()))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_a_module_of_the_engine(path: Path) -> None:
    assert list(breaches(ast.parse(path.read_text()))) == []


@pytest.mark.parametrize(
    "code",
    [
        "import time",
        "from time import monotonic",
        "from datetime import datetime\ndatetime.now()",
        "from datetime import date",
        "from datetime import datetime\nread = datetime.utcnow",
        "import random\nrandom.random()",
        "from random import random",
        "from random import Random\nRandom()",
        "import uuid",
        "from os import urandom",
        "import secrets",
        "import asyncio\nasyncio.sleep(1)",
        "import asyncio\nasyncio.get_running_loop().time()",
        "from asyncio import timeout",
        "import textual",
        "from freelancer_tui.tui import app",
        "from freelancer_tui.marketplaces.http import HttpClient",
        "from freelancer_tui import cli",
        "key = hash('x')",
    ],
)
def test_a_planted_breach_is_seen(code: str) -> None:
    assert list(breaches(ast.parse(code)))
