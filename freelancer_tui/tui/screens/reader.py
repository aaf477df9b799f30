"""Reader: the job that is shown beside the list or instead of it; the last wish wins."""

import asyncio
from typing import Final

from freelancer_tui.errors import FreelancerError
from freelancer_tui.services.projects import Projects
from freelancer_tui.tui.screens.folded import Folded
from freelancer_tui.tui.screens.section import Section
from freelancer_tui.tui.widgets.project_detail import ProjectDetail

_PAUSE_SECONDS: Final = 0.03
"""The cursor is painted first; whoever holds the key down sees it run, and reads where it stops."""


class Reader:
    """Brings jobs into the detail of a section, one after another, skipping what nobody awaits."""

    def __init__(self, section: Section, projects: Projects) -> None:
        self._section = section
        self._projects = projects
        self._fetch = Folded(section, self._show, "detail")
        self._wanted: int | None = None

    def want(self, remote_id: int | None) -> None:
        """Show a job, or nothing."""
        self._wanted = remote_id
        self._fetch()

    def again(self) -> None:
        """Show the same job with what has changed."""
        self._fetch()

    async def _show(self) -> None:
        await asyncio.sleep(_PAUSE_SECONDS)
        detail, wanted = self._section.query_one(ProjectDetail), self._wanted
        if wanted is None:
            detail.show(None)
            return
        try:
            detail.show(await self._section.ask(self._projects.show, wanted))
        except FreelancerError as error:
            detail.show(None)
            self._section.complain(error)
