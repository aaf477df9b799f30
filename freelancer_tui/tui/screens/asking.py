"""Asking: tells beside the jobs search how its words are read and what they could become."""

from typing import TYPE_CHECKING

from freelancer_tui.errors import FreelancerError
from freelancer_tui.services.projects import Interrupted, Stop
from freelancer_tui.tui.screens.folded import Folded
from freelancer_tui.tui.screens.section import Section
from freelancer_tui.tui.widgets.query_line import QueryLine

if TYPE_CHECKING:
    from freelancer_tui.domain.search import Completion, Explanation
    from freelancer_tui.workspace.desk import Desk


class Asking:
    """The query line's side of the jobs screen; what it asks for runs on a thread."""

    def __init__(self, section: Section, desk: "Desk") -> None:
        self._section = section
        self._desk = desk
        self._text = ""
        self._stop = Stop()
        self._look = Folded(section, self._looked, "reload")

    def look_at(self, text: str) -> None:
        """Tell how a text is read; an answer about an earlier one is not waited for."""
        self._text = text
        self._stop.set()
        self._look()

    async def _looked(self) -> None:
        text, self._stop = self._text, Stop()
        line = self._section.query_one(QueryLine)
        try:
            line.offer(text, await self._section.ask(self._completions, text))
            line.explain(text, await self._section.ask(self._explained, text, self._stop))
        except Interrupted:
            return
        except FreelancerError as error:
            self._section.complain(error)

    def _completions(self, text: str) -> "tuple[Completion, ...]":
        saved = {one.name: one.query for one in self._desk.searches.all()} if text.strip() else {}
        return self._desk.projects.completions(text, saved)

    def _explained(self, text: str, stop: Stop) -> "Explanation":
        return self._desk.projects.explained(text, stop=stop)
