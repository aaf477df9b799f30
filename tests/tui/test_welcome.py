"""Welcome: the first run."""

import pytest

from freelancer_tui.tui.screens.welcome import objection
from freelancer_tui.tui.welcome import Choice, WelcomeApp


async def chosen(*keys: str) -> Choice | None:
    app = WelcomeApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
    return app.return_value


async def test_the_demo_is_one_key_away() -> None:
    assert await chosen("enter") == Choice("demo")


async def test_an_account_at_the_marketplace() -> None:
    assert await chosen("j", "enter", *"secret", "enter") == Choice(
        "freelancer", "https://www.freelancer.com", "secret"
    )


async def test_its_sandbox_after_a_change_of_mind() -> None:
    assert await chosen("j", "enter", "escape", "down", "enter", *"abc", "enter") == Choice(
        "sandbox", "https://www.freelancer-sandbox.com", "abc"
    )


async def test_another_address() -> None:
    keys = ["slash" if letter == "/" else letter for letter in "http://127.0.0.1:80/api/"]
    keys = [
        "colon" if letter == ":" else "full_stop" if letter == "." else letter for letter in keys
    ]
    assert await chosen("k", "enter", *keys, "enter", *"abc", "enter") == Choice(
        "other", "http://127.0.0.1:80", "abc"
    )


async def test_what_did_not_work_is_mended_where_it_was_typed() -> None:
    app = WelcomeApp(problem="Refused.", before=Choice("other", "http://localhost:80", "abc"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"def", "enter")
        await pilot.pause()
    assert app.return_value == Choice("other", "http://localhost:80", "def")


async def test_leaving() -> None:
    assert await chosen("q") is None


async def test_a_problem_is_shown_and_the_token_is_not() -> None:
    app = WelcomeApp(problem="The token is refused.")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "refused." in app.export_screenshot()
        await pilot.press("j", "enter", *"hunter2")
        await pilot.pause()
        assert "hunter2" not in app.export_screenshot()


@pytest.mark.parametrize(
    ("url", "token", "fine"),
    [
        ("https://www.freelancer.com", "a", True),
        ("http://localhost:8321", "a", True),
        ("http://www.freelancer.com", "a", False),
        ("ftp://www.freelancer.com", "a", False),
        ("www.freelancer.com", "a", False),
        ("", "a", False),
        ("https://www.freelancer.com", "", False),
    ],
)
def test_what_can_be_tried(url: str, token: str, fine: bool) -> None:
    assert (objection(url, token) == "") == fine
