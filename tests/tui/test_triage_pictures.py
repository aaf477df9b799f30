"""Pictures of triage: several jobs selected with a note open, and the saved searches."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from freelancer_tui.tui.app import FreelancerApp
from freelancer_tui.tui.screens.newness import Newness
from freelancer_tui.workspace import Workspace
from tests.factories import a_project
from tests.tui.shell import NARROW, WIDE
from tests.tui.test_shell_pictures import CALM, ONLINE, after
from tests.tui.town import learn

Compare = Callable[..., bool]


@pytest.mark.parametrize(
    ("theme", "size", "keys"),
    [
        pytest.param("desk-light", WIDE, ("f", "j"), id="searches"),
        pytest.param("desk-dark", NARROW, ("space", "space", "n", "h", "i"), id="note"),
    ],
)
def test_triage(
    theme: str,
    size: tuple[int, int],
    keys: tuple[str, ...],
    *,
    town: Workspace,
    snap_compare: Compare,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Newness, "LOOK_SECONDS", 3600.0)
    town.triage.begin()
    learn(town, *(a_project(number, title=f"New {number}") for number in (61, 62, 63)))
    town.settings = replace(town.settings, searches={"Django": "skill:django budget:>500"})
    for name, query in (("Logos", "logo -urgent"), ("咖啡 shops", "new or coffee")):
        town.searches.save(name, query)
    learn(town, a_project(64, title="New 64"))
    town.searches.weigh()
    app = FreelancerApp(town, start_sync=False)
    app.theme = theme
    steps = after(*keys, status=ONLINE, tally=replace(CALM, matches=town.searches.waiting()))
    assert snap_compare(app, terminal_size=size, run_before=steps)
