"""Pictures of bids that are placed, and of what they teach; a changed one is looked at."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from freelancer_tui import i18n
from tests.tui.desk import Desk, Host, User
from tests.tui.test_awards import awarded
from tests.tui.test_learning_screen import many

Compare = Callable[..., bool]
FILLS = {"proposals": awarded, "learning": many}
SMALL, LARGE = (80, 24), (120, 40)


@pytest.mark.parametrize(
    ("section", "keys", "size", "language", "theme"),
    [
        pytest.param("proposals", ("a",), SMALL, "en", "desk-dark", id="question"),
        pytest.param("proposals", ("enter",), SMALL, "id", "desk-dark", id="award-id"),
        pytest.param("proposals", ("enter",), LARGE, "en", "desk-light", id="award-light"),
        pytest.param("learning", (), SMALL, "id", "desk-dark", id="learning-id"),
        pytest.param("learning", (), LARGE, "en", "desk-dark", id="learning"),
    ],
)
def test_it_looks_as_it_did(
    section: str,
    keys: tuple[str, ...],
    size: tuple[int, int],
    language: str,
    theme: str,
    tmp_path: Path,
    snap_compare: Compare,
) -> None:
    desk = Desk(tmp_path / "account")
    FILLS[section](desk)
    i18n.use(language)

    async def act(pilot: Pilot[None]) -> None:
        user = User(pilot, desk)
        await user.settle()
        await user.press(*keys)

    try:
        host = Host(desk.build(section), theme)
        assert snap_compare(host, terminal_size=size, run_before=act)
    finally:
        desk.close()
