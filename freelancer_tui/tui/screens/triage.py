"""Triage: stars and skips on jobs, and the way back from each."""

from dataclasses import dataclass

from freelancer_tui.domain.projects import ProjectSummary, ProjectView, Verdict
from freelancer_tui.i18n import _
from freelancer_tui.services.projects import Projects
from freelancer_tui.tui.screens.reader import Reader
from freelancer_tui.tui.screens.section import Section
from freelancer_tui.tui.widgets.project_table import ProjectTable


@dataclass(frozen=True, slots=True)
class Job:
    """What the keys need to know of the job they act on."""

    remote_id: int
    title: str
    url: str
    verdict: Verdict | None

    @classmethod
    def of_row(cls, row: ProjectSummary) -> "Job":
        """Take a job from the list."""
        return cls(row.remote_id, row.title, row.url, row.verdict)

    @classmethod
    def of_view(cls, view: ProjectView) -> "Job":
        """Take the job that is read."""
        project = view.project
        return cls(project.remote_id, project.title, project.url, view.verdict)


class Triage:
    """Marks jobs and remembers what each was before; its verbs touch the disk."""

    def __init__(self, projects: Projects) -> None:
        self._projects = projects
        self._before: list[tuple[Job, Verdict | None]] = []

    @property
    def can_undo(self) -> bool:
        """True while there is a mark to take back."""
        return bool(self._before)

    def toggle(self, job: Job, verdict: Verdict) -> Verdict | None:
        """Give a job a mark, or take it away where it has it already; give the mark it has now."""
        now = None if job.verdict == verdict else verdict
        self._before.append((job, self._projects.mark(job.remote_id, now)))
        return now

    def undo(self) -> tuple[Job, Verdict | None]:
        """Take the last mark back; give the job and the mark it has again."""
        job, before = self._before.pop()
        self._projects.mark(job.remote_id, before)
        return job, before


def told(verdict: Verdict, is_on: bool, title: str) -> str:
    """Say what became of a job, and how to take it back."""
    words = {
        ("star", True): _("Starred: {title}"),
        ("star", False): _("Not starred any more: {title}"),
        ("skip", True): _("Skipped: {title}"),
        ("skip", False): _("Not skipped any more: {title}"),
    }[verdict, is_on]
    return _("u undoes") + " · " + words.format(title=title)


class Marker:
    """Carries out the marking keys of a section: the file first, then the table and the text."""

    def __init__(self, section: Section, triage: Triage, reader: Reader) -> None:
        self._section = section
        self.triage = triage
        self._reader = reader

    @property
    def _table(self) -> ProjectTable:
        return self._section.query_one(ProjectTable)

    async def toggle(self, job: Job, verdict: Verdict) -> None:
        """Mark a job, or take the mark away, and say so."""
        if row := self._table.find(job.remote_id):
            job = Job.of_row(row)  # as an earlier key left it
        now = await self._section.ask(self.triage.toggle, job, verdict)
        self._show(job.remote_id, now)
        self._section.say(told(verdict, now is not None, job.title))

    async def take_back(self) -> None:
        """Take the last mark back and go to its job."""
        if self.triage.can_undo:
            job, verdict = await self._section.ask(self.triage.undo)
            self._show(job.remote_id, verdict)
            self._table.move_to_job(job.remote_id)
            self._section.say(_("Taken back: {title}").format(title=job.title))

    def _show(self, remote_id: int, verdict: Verdict | None) -> None:
        self._table.mark(remote_id, verdict)
        self._reader.again()
        self._section.refresh_bindings()
