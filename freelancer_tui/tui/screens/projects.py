"""Jobs: search what clients posted, read it, star or skip it, and begin a proposal."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.screens.section import Section
from freelancer_tui.tui.widgets.notice import Notice

if TYPE_CHECKING:
    from freelancer_tui.services.projects import Projects


class ProjectsScreen(Section):
    """The list of jobs beside the one under the cursor."""

    NAME = "jobs"

    def __init__(self, projects: "Projects", *, clock: Clock) -> None:
        super().__init__(clock)
        self.projects = projects

    def body(self) -> ComposeResult:
        from textual.widgets import Static
        x = Notice()
        x.words = ("No job yet", "Nothing was fetched so far.", "Press r to sync.")
        yield x
