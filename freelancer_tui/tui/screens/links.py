"""Links: an address opened in the user's browser, whichever there is."""

import webbrowser
from typing import Final

from textual.app import App

_SCHEMES: Final = ("https://", "http://")


def open_link(app: App[None], url: str) -> bool:
    """Open an address; False where there is no browser or the address is none for it.

    A browser that runs in the terminal gets the terminal, and the screen comes back after it.
    """
    if not url.startswith(_SCHEMES):
        return False
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    takes_terminal = isinstance(browser, webbrowser.GenericBrowser) and not isinstance(
        browser, webbrowser.BackgroundBrowser
    )
    if takes_terminal:
        with app.suspend():
            return browser.open(url)
    return browser.open(url)
