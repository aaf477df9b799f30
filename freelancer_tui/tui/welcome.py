"""Welcome: the little program that runs while there is no account; it gives what was chosen."""

from textual.app import App

from freelancer_tui.tui.screens.welcome import Choice, WelcomeScreen
from freelancer_tui.tui.themes import wear

__all__ = ["Choice", "WelcomeApp"]


class WelcomeApp(App[Choice]):
    """Shows the offers; `run()` gives the choice, or None when the user left."""

    TITLE = "freelancer"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, *, theme: str = "", problem: str = "", before: Choice | None = None) -> None:
        super().__init__()
        self.problem, self.before = problem, before
        wear(self, theme)

    def on_mount(self) -> None:
        self.push_screen(WelcomeScreen(self.problem, self.before), self.exit)
