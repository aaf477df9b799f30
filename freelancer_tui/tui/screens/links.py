"""Links: an address opened in the user's browser, whichever there is."""

import asyncio
import webbrowser
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Final

_SCHEMES: Final = ("https://", "http://")
Suspend = Callable[[], AbstractContextManager[None]]
"""Gives the terminal away, as `App.suspend` does."""


async def open_link(url: str, suspend: Suspend) -> bool:
    """Open an address; False where there is no browser or the address is none for it.

    A browser that runs in the terminal gets the terminal, and the screen comes back after it.
    """
    if not url.startswith(_SCHEMES):
        return False
    try:
        browser = await asyncio.to_thread(webbrowser.get)
    except webbrowser.Error:
        return False
    if _takes_terminal(browser):
        with suspend():
            return browser.open(url)
    return await asyncio.to_thread(browser.open, url)


def _takes_terminal(browser: webbrowser.BaseBrowser) -> bool:
    generic = isinstance(browser, webbrowser.GenericBrowser)
    return generic and not isinstance(browser, webbrowser.BackgroundBrowser)
