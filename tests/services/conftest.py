"""Fixtures for the services: a desk with a small world on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from freelancer_tui.workspace import Workspace
from tests.services.desk import desk, lay_world


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with desk(tmp_path) as opened:
        lay_world(opened)
        yield opened
