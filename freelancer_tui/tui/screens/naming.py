"""Naming: what the path that is typed in a section could become, looked up on a thread."""

from freelancer_tui.services import folders
from freelancer_tui.tui.screens.folded import Folded
from freelancer_tui.tui.screens.section import Section
from freelancer_tui.tui.widgets.path_line import PathLine


class Naming:
    """The disk's side of a section's path line."""

    def __init__(self, section: Section, *, folders_only: bool = False) -> None:
        self._section = section
        self._folders_only = folders_only
        self._text = ""
        self._look = Folded(section, self._looked, "reload")

    @property
    def line(self) -> PathLine:
        """Where it is typed."""
        return self._section.query_one(PathLine)

    def look_at(self, text: str) -> None:
        """Offer what a text could become; an answer about an earlier one is not shown."""
        self._text = text
        self._look()

    async def _looked(self) -> None:
        text = self._text
        found = await self._section.ask(folders.complete, text, folders_only=self._folders_only)
        self.line.offer(text, found)
