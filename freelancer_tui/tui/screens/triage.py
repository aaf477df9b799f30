"""Triage: stars and skips on jobs, and the way back from each."""

from dataclasses import dataclass

from freelancer_tui.domain.projects import ProjectSummary, ProjectView, Verdict
from freelancer_tui.i18n import _
from freelancer_tui.services.projects import Projects


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
