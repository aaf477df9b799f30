"""Links: an address opened in the user's browser, whichever there is."""

import asyncio
import webbrowser
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

_SCHEMES: Final = ("https://", "http://")
Suspend = Callable[[], AbstractContextManager[None]]
"""Gives the terminal away, as `App.suspend` does."""


async def open_link(url: str, suspend: Suspend) -> bool:
    """Open an address; False where there is no browser or the address is none for it.

    A browser that runs in the terminal gets the terminal, and the screen comes back after it.
    """
    return url.startswith(_SCHEMES) and await _open(url, suspend)


async def open_file(path: Path, suspend: Suspend) -> bool:
    """Open a file in whatever shows it; False where there is nothing that does."""
    return await _open(path.absolute().as_uri(), suspend)


async def _open(url: str, suspend: Suspend) -> bool:
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
