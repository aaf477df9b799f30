"""Pictures of our own documents, their editor and what they brought; a changed one is looked at."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from freelancer_tui import i18n
from tests.tui import billing_scenes
from tests.tui.desk import Desk, Host, User

Compare = Callable[..., bool]
SMALL, LARGE = (80, 24), (120, 40)


@pytest.mark.parametrize(
    ("section", "fill", "keys", "size", "language", "theme"),
    [
        pytest.param("invoices", "unfunded", "a", SMALL, "en", "desk-dark", id="ask"),
        pytest.param("invoices", "books", "l", SMALL, "id", "desk-dark", id="list-id"),
        pytest.param("invoices", "books", "l", LARGE, "en", "desk-light", id="list-light"),
        pytest.param("invoices", "books", "h", LARGE, "en", "desk-dark", id="earnings"),
        pytest.param("invoice", "a_draft", "", SMALL, "id", "desk-dark", id="draft-id"),
        pytest.param("invoice", "a_draft", "ctrl+s", LARGE, "en", "desk-dark", id="draft"),
        pytest.param("invoice", "issued_one", "p", LARGE, "en", "desk-dark", id="paid"),
        pytest.param("invoices", "quotes", "g", SMALL, "id", "desk-dark", id="quotes-id"),
        pytest.param("invoice", "quotes", "", SMALL, "en", "desk-dark", id="quote"),
        pytest.param("invoices", "paid_out", "h", LARGE, "en", "desk-light", id="taken-back"),
        pytest.param("rates", "rates", "n", SMALL, "id", "desk-dark", id="rates-id"),
        pytest.param("clients", "a_draft", "e", SMALL, "en", "desk-dark", id="you"),
    ],
)
def test_it_looks_as_it_did(
    section: str,
    fill: str,
    keys: str,
    size: tuple[int, int],
    language: str,
    theme: str,
    tmp_path: Path,
    snap_compare: Compare,
) -> None:
    desk = Desk(tmp_path / "account")
    target: str | None = getattr(billing_scenes, fill)(desk)
    i18n.use(language)

    async def act(pilot: Pilot[None]) -> None:
        user = User(pilot, desk)
        await user.settle()
        if target is not None:
            await user.host.section.open(target)
            await user.settle()
        if keys:
            await user.press(*keys.split(","))

    try:
        host = Host(desk.build(section), theme)
        assert snap_compare(host, terminal_size=size, run_before=act)
    finally:
        desk.close()
