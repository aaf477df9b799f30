"""Pictures: how the sections look, small and large; a changed one is looked at, then kept."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.desk import Desk, Host, User
from tests.tui.scenes import SCENES

Compare = Callable[..., bool]
SIZES = {"small": (80, 24), "large": (120, 40)}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "scene",
    [
        "board",
        "sheet",
        "threads",
        "talk",
        "files",
        "card",
        "pack",
        "money",
        "outbox-asks",
        "outbox-doubt",
        "log",
        "plan",
        "templates",
        "template",
    ],
)
def test_a_section_looks_as_it_did(
    scene: str, size: str, tmp_path: Path, snap_compare: Compare
) -> None:
    section, fill, steps = SCENES[scene]
    desk = Desk(tmp_path / "account")
    fill(desk)

    async def act(pilot: Pilot[None]) -> None:
        user = User(pilot, desk)
        await user.settle()
        await steps(user)

    try:
        host = Host(desk.build(section))
        assert snap_compare(host, terminal_size=SIZES[size], run_before=act)
    finally:
        desk.close()
