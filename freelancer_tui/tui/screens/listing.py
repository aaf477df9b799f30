"""Listing: feeds the jobs table with what the finder finds, and tells how many there are."""

from freelancer_tui.services.projects import Projects
from freelancer_tui.tui.screens import looks
from freelancer_tui.tui.screens.finder import Finder
from freelancer_tui.tui.screens.section import Section
from freelancer_tui.tui.widgets.notice import Notice
from freelancer_tui.tui.widgets.project_table import ProjectTable
from freelancer_tui.tui.widgets.search_line import SearchLine


class Listing:
    """The list side of the jobs screen: the words, the rows that answer, and their number."""

    def __init__(self, section: Section, projects: Projects) -> None:
        self._section = section
        self._projects = projects
        self.finder = Finder(projects)
        self._total = 0

    @property
    def table(self) -> ProjectTable:
        """The rows on the screen."""
        return self._section.query_one(ProjectTable)

    def look_for(self, words: str) -> None:
        """Show what answers other words."""
        self.finder.look_for(words)
        self._section.refresh_bindings()
        self._section.reload()

    async def show(self) -> bool:
        """Show the rows as they are now; False when the words changed meanwhile."""
        table = self.table
        found = await self._section.ask(self.finder.find, tuple(table.rows))
        if found is None:
            return False
        table.show(found.rows, self._section.clock.now(), anew=found.is_anew)
        self.tell_look()
        return True

    async def count(self) -> None:
        """Count the jobs there are, which takes a moment longer than showing the first."""
        self._total = await self._section.ask(self._projects.total)
        self.tell_look()

    async def extend(self, last_id: int) -> None:
        """Bring the rows below the last one."""
        rows = await self._section.ask(self.finder.more, last_id)
        if self.table.rows and self.table.rows[-1].remote_id == last_id:
            self.table.extend(rows)
            self.tell_look()

    def tell_look(self) -> None:
        """Show how many there are; and where there is nothing, why."""
        if (words := self.finder.shown_words) is None:
            return
        notice = looks.nothing_found() if words else looks.nothing_yet(self._section.status)
        shown = len(self.table.rows)
        self._section.query_one(Notice).tell(() if shown else notice)
        self._section.query_one(SearchLine).tell(looks.counted(shown, words, self._total))
