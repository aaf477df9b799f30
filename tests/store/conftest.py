"""Fixtures: an account's folder, and its two files on a real disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.work.database import WorkDatabase


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "account"


@pytest.fixture
def cache(folder: Path) -> Iterator[CacheDatabase]:
    opened = CacheDatabase(folder)
    yield opened
    opened.close()


@pytest.fixture
def work(folder: Path) -> Iterator[WorkDatabase]:
    opened = WorkDatabase(folder)
    yield opened
    opened.close()
