"""Title: the terminal's title while something is unread; it is the user's own again afterwards."""

import atexit
import sys

from textual.app import App

from freelancer_tui.settings.terminal import BEGIN_TITLE, END_TITLE, titled


def show_title(app: App[None], unread: int) -> None:
    """Show how many conversations have something new, or give the title back without any."""
    name = str(app.TITLE)
    before, app.title = app.title, f"({unread}) {name}" if unread else name
    if app.title == before:
        return
    if before == name:
        atexit.register(_leave)
        send(app, BEGIN_TITLE + titled(app.title))
    elif unread:
        send(app, titled(app.title))
    else:
        atexit.unregister(_leave)
        send(app, END_TITLE)


def send(app: App[None], sequence: str) -> None:
    """Send the terminal what draws nothing; without one nothing is sent."""
    if app._driver is not None and not app.is_headless:
        app._driver.write(sequence)


def _leave() -> None:
    """Give the title back when the program ends with something unread."""
    if sys.__stderr__ is not None and sys.__stderr__.isatty():
        sys.__stderr__.write(END_TITLE)
        sys.__stderr__.flush()
