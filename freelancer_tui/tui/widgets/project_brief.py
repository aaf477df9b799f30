"""ProjectBrief: all that is known of one job, as lines of a given width."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from rich.cells import cell_len

from freelancer_tui import wording
from freelancer_tui.domain.dossiers import Dossier
from freelancer_tui.domain.projects import Project, ProjectView
from freelancer_tui.i18n import N_, _
from freelancer_tui.tui.format import Clock, fit, number, tame
from freelancer_tui.tui.widgets import project_client
from freelancer_tui.tui.widgets.brief_text import MOST_WIDE, Row
from freelancer_tui.tui.widgets.lines import wrap
from freelancer_tui.tui.widgets.project_client import Fact
from freelancer_tui.tui.widgets.project_row import in_own

_TRAITS: Final = {
    "featured": N_("featured"),
    "urgent": N_("urgent"),
    "sealed": N_("sealed bids"),
    "NDA": N_("non-disclosure agreement"),
    "fulltime": N_("full time"),
    "recruiter": N_("recruiter"),
    "nonpublic": N_("not public"),
    "premium": N_("premium"),
    "qualified": N_("qualified bidders only"),
    "ip_contract": N_("rights are handed over"),
}


def head(view: ProjectView, dossier: Dossier, clock: Clock, width: int) -> Iterator[Row]:
    """Yield the title, the user's note and the facts, each with its label in front."""
    project = view.project
    for part in wrap(tame(project.title), width):
        yield Row(((part, "strong"),))
    yield Row()
    facts = [
        *_facts(view, dossier, clock.now()),
        *project_client.facts(view.client, project.country, dossier.hours, clock),
    ]
    label_width = max(cell_len(label) for label, _text in facts) + 2
    for label, text in facts:
        yield from _fact(label, tame(text), label_width, width)
    yield Row()


def foot(project: Project, width: int) -> Iterator[Row]:
    """Yield what comes after the text: whether it is whole, and the address."""
    if project.description is None:
        yield Row()
        for part in wrap(_("Only the beginning is here yet; the rest comes with a sync."), width):
            yield Row(((part, "quiet"),))
    if project.url:
        yield Row()
        for start in range(0, len(project.url), max(width, 8)):
            part = project.url[start : start + max(width, 8)]
            yield Row(((part, "link"),), (project.url,))


def _fact(label: str, text: str, label_width: int, width: int) -> Iterator[Row]:
    room = min(max(width - label_width, 12), MOST_WIDE)
    for number_, part in enumerate(wrap(text, room)):
        yield Row(((fit(label if number_ == 0 else "", label_width), "quiet"), (part, "")))


def _facts(view: ProjectView, dossier: Dossier, now: datetime) -> Iterator[Fact]:
    project = view.project
    if view.note:
        yield _("Note"), view.note
    if view.verdict:
        sign = "★" if view.verdict == "star" else "×"
        yield _("Mark"), f"{sign} {wording.verdict(view.verdict)}"
    kind = wording.kind(project.kind)
    yield _("Budget"), f"{wording.budget(project.budget, project.kind)} · {kind}"
    yield from _own(project, dossier)
    yield _("Bids"), " · ".join(_competition(project))
    age = wording.age(project.posted_at, now)
    posted = _("{age} ago").format(age=age) if age != _("now") else age
    yield _("Posted"), f"{posted} · {wording.fate(project.status)}"
    if project.skills:
        yield _("Skills"), " · ".join(skill.name for skill in project.skills)
    if project.traits:
        yield _("Extras"), " · ".join(_(_TRAITS.get(trait, trait)) for trait in project.traits)


def _own(project: Project, dossier: Dossier) -> Iterator[Fact]:
    """Yield the budget in the user's currency, with the day of the rate."""
    own = in_own(project.budget, dossier.own, dossier.rates)
    if own is not None and dossier.rates.at is not None:
        amount, day = wording.budget(own, project.kind), wording.short_day(dossier.rates.at)
        yield "", _("≈ {amount}, at the rate of {date}").format(amount=amount, date=day)


def _competition(project: Project) -> Iterator[str]:
    """Tell how many bid, how much, and where that lies beside the budget."""
    yield number(project.bid_count)
    average, budget = project.bid_average, project.budget
    if average is None:
        return
    yield _("on average {amount}").format(amount=wording.money(average))
    if average.currency != budget.currency:
        return
    if budget.maximum is not None and budget.maximum < average:
        yield _("above the budget")
    elif budget.minimum is not None and average < budget.minimum:
        yield _("below the budget")
    elif budget.minimum is not None or budget.maximum is not None:
        yield _("within the budget")
