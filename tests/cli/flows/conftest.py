"""Fixtures: a shell on a home of its own, and a marketplace for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.flows.shell import Shell
from tests.cli.flows.town import Town, running_town


@pytest.fixture
def shell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Shell:
    return Shell(tmp_path / "home", capsys, monkeypatch)


@pytest.fixture
def town() -> Iterator[Town]:
    with running_town() as town:
        yield town


@pytest.fixture
def desk(shell: Shell, town: Town) -> Shell:
    """Give a shell that is signed in and has synced once."""
    shell.sign_in(town.url, town.token)
    shell.ok("sync")
    return shell
