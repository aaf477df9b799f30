"""Briefs: what a job looked like at one moment, kept so that a change can be shown later."""

from dataclasses import dataclass, replace

from freelancer_tui.domain.projects import Budget, Project, ProjectKind, ProjectStatus


@dataclass(frozen=True, slots=True)
class Brief:
    """The parts of a job that an offer answers to."""

    title: str
    kind: ProjectKind
    status: ProjectStatus
    budget: Budget
    description: str | None = None
    """None while only the preview was known."""


def brief_of(project: Project) -> Brief:
    """Give what a job looks like now."""
    return Brief(project.title, project.kind, project.status, project.budget, project.description)


def is_changed(before: Brief, now: Brief) -> bool:
    """Tell whether a job changed in what an offer answers to: open or not, budget, words.

    A text that was not known on one side is no change.
    """
    unknown = before.description is None or now.description is None
    return (
        (before.status == "open") != (now.status == "open")
        or (before.kind, before.budget) != (now.kind, now.budget)
        or before.title != now.title
        or (not unknown and before.description != now.description)
    )


def completed(before: Brief, now: Brief) -> Brief:
    """Give a brief with the text filled in that was not known when it was taken."""
    if before.description is None and now.description is not None:
        return replace(before, description=now.description)
    return before
