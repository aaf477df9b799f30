"""Reader: the job that is shown beside the list or instead of it; the last wish wins."""

import asyncio
from typing import TYPE_CHECKING, Final

from freelancer_tui.domain.dossiers import Dossier
from freelancer_tui.domain.judgements import Judgement
from freelancer_tui.domain.projects import ProjectView
from freelancer_tui.errors import FreelancerError, SettingsError
from freelancer_tui.tui.screens.folded import Folded
from freelancer_tui.tui.screens.section import Section
from freelancer_tui.tui.widgets.project_detail import ProjectDetail

if TYPE_CHECKING:
    from freelancer_tui.workspace.desk import Desk

_PAUSE_SECONDS: Final = 0.03
"""The cursor is painted first; whoever holds the key down sees it run, and reads where it stops."""


class Reader:
    """Brings jobs into the detail of a section, one after another, skipping what nobody awaits."""

    def __init__(self, section: Section, desk: "Desk") -> None:
        self._section = section
        self._desk = desk
        self._fetch = Folded(section, self._show, "detail")
        self._wanted: int | None = None
        self._trail: list[int] = []
        self._origin = ""

    def want(self, remote_id: int | None) -> None:
        """Show a job, or nothing."""
        self._wanted = remote_id
        self._fetch()

    def follow(self, remote_id: int) -> None:
        """Show a job that another one leads to, and remember the way back."""
        if self._wanted is not None:
            self._trail.append(self._wanted)
        self.want(remote_id)

    def back(self) -> int | None:
        """Give the job that led here, or go back to the section that did; None without one."""
        if self._trail:
            return self._trail.pop()
        if self._origin:
            self._section.post_message(Section.Go(self._origin))
        self._origin = ""
        return None

    def forget(self, origin: str = "") -> None:
        """Begin a new way, from the list or from another section."""
        self._trail.clear()
        self._origin = origin

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
            detail.show(*await self._section.ask(self._read, wanted))
        except FreelancerError as error:
            detail.show(None)
            self._section.complain(error)

    def _read(self, remote_id: int) -> tuple[ProjectView, Dossier, Judgement | None]:
        view = self._desk.projects.show(remote_id)
        return view, self._desk.dossiers.of(view.project), self._judged(view)

    def _judged(self, view: ProjectView) -> Judgement | None:
        """Judge a job; a mistake in the user's own rules is told by the list, and hides no text."""
        try:
            return self._desk.judging.judge(view)
        except SettingsError:
            return None
