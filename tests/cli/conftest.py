"""Fixtures: a user's shell, and the sandbox with a life already lived in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from freelancer_tui.sandbox.seed import history
from tests.cli.shell import Shell
from tests.sandbox.server import Sandbox, running_sandbox, seeded_world


@pytest.fixture
def shell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Shell:
    """A shell whose user has set nothing up yet."""
    return Shell(tmp_path / "home", capsys, monkeypatch)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A sandbox of 300 jobs, hostile ones among them, with conversations and milestones."""
    with running_sandbox(seeded_world(300)) as running:
        history(running.market)
        yield running


@pytest.fixture
def signed_in(shell: Shell, sandbox: Sandbox) -> Shell:
    """A shell signed in to the sandbox as its first freelancer, nothing read yet."""
    shell.sign_in(sandbox.url, next(iter(sandbox.tokens.values())))
    return shell


@pytest.fixture
def synced(signed_in: Shell) -> Shell:
    """The same after a first sync."""
    signed_in.ok("sync")
    return signed_in
