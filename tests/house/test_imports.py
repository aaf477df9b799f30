"""The floors hold: who may import whom, and what a quick command does not load."""

import subprocess
import sys

import pytest

from tests.house.measure import ROOT

HEAVY = ("textual", "rich", "sqlmodel", "sqlalchemy", "httpx", "keyring", "starlette", "uvicorn")


def test_the_import_contracts_hold() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as c; c()",
            "--no-cache",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("code", "forbidden"),
    [
        ("from freelancer_tui.cli import run; run(['--version'])", (*HEAVY, "msgspec", "filelock")),
        ("import freelancer_tui.cli", (*HEAVY, "msgspec", "filelock")),
        ("import freelancer_tui.services.projects", (*HEAVY, "msgspec", "filelock")),
        ("import freelancer_tui.workspace", (*HEAVY, "msgspec")),
        ("import freelancer_tui.tui.app", HEAVY[2:]),
        ("import freelancer_tui.sync.engine", ("textual", "httpx", "keyring", "starlette")),
        ("import freelancer_tui.cli.invoices", ("typst", "segno", "freelancer_tui.documents")),
        ("import freelancer_tui.services.papers", ("typst", "segno", "textual", "httpx")),
        ("import freelancer_tui.domain.feeds", (*HEAVY, "sqlite3", "asyncio", "json")),
    ],
)
def test_what_a_part_does_not_load(code: str, forbidden: tuple[str, ...]) -> None:
    loaded = f"[name for name in {forbidden!r} if name in sys.modules]"
    report = f"{code}\nimport sys\nloaded = {loaded}\nassert not loaded, loaded"
    done = subprocess.run(
        [sys.executable, "-c", report], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
