"""What every test of the screens has: English, no colours of the caller, no browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from freelancer_tui import i18n
from freelancer_tui.workspace import Workspace
from tests.tui import stylesheets
from tests.tui.town import a_town

stylesheets.kept()


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Read English, whatever the machine speaks, and draw with all colours."""
    for name in ("NO_COLOR", "TEXTUAL", "TEXTUAL_THEME", "TEXTUAL_ANIMATIONS"):
        monkeypatch.delenv(name, raising=False)
    i18n.use("en")
    yield
    i18n.use("en")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Workspace]:
    """Give a workspace that knows sixty jobs."""
    workspace = a_town(tmp_path)
    yield workspace
    workspace.close()
