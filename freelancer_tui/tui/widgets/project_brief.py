"""ProjectBrief: all that is known of one job, as lines of a given width."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from rich.cells import cell_len

from freelancer_tui import wording
from freelancer_tui.domain.people import Person
from freelancer_tui.domain.projects import Project, ProjectView
from freelancer_tui.i18n import N_, _, ngettext
from freelancer_tui.tui.format import Clock, fit, number, tame
from freelancer_tui.tui.widgets.lines import Line, wrap

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
_TEXT: Final = 72
"""Longer lines are hard to read, however wide the terminal is."""


def head(view: ProjectView, clock: Clock, width: int) -> Iterator[Line]:
    """Yield the title and the facts, each fact with its label in front."""
    project = view.project
    for part in wrap(tame(project.title), width):
        yield ((part, "strong"),)
    yield ()
    facts = [*_facts(view, clock.now()), *_client_facts(view.client, project, clock)]
    label_width = max(cell_len(label) for label, _text in facts) + 2
    for label, text in facts:
        yield from _fact(label, tame(text), label_width, width)
    yield ()


def paragraphs(project: Project, start: int, letters: int, width: int) -> Iterator[Line]:
    """Yield a part of the client's text, from one letter on; in lines that are easy to read."""
    text = project.description if project.description is not None else project.preview
    for part in wrap(tame(text[start : start + letters]), min(width, _TEXT)):
        yield ((part, ""),)


def foot(project: Project, width: int) -> Iterator[Line]:
    """Yield what comes after the text: whether it is whole, and the address."""
    if project.description is None:
        yield ()
        for part in wrap(_("Only the beginning is here yet; the rest comes with a sync."), width):
            yield ((part, "quiet"),)
    if project.url:
        yield ()
        for start in range(0, len(project.url), max(width, 8)):
            yield ((project.url[start : start + max(width, 8)], "link"),)


def _fact(label: str, text: str, label_width: int, width: int) -> Iterator[Line]:
    room = min(max(width - label_width, 12), _TEXT)
    for number_, part in enumerate(wrap(text, room)):
        yield ((fit(label if number_ == 0 else "", label_width), "quiet"), (part, ""))


def _facts(view: ProjectView, now: datetime) -> Iterator[tuple[str, str]]:
    project = view.project
    if view.verdict:
        sign = "★" if view.verdict == "star" else "×"
        yield _("Mark"), f"{sign} {wording.verdict(view.verdict)}"
    if view.note:
        yield _("Note"), view.note.strip()
    kind = wording.kind(project.kind)
    yield _("Budget"), f"{wording.budget(project.budget, project.kind)} · {kind}"
    bids = number(project.bid_count)
    if project.bid_average is not None:
        average = wording.money(project.bid_average)
        bids += " · " + _("on average {amount}").format(amount=average)
    yield _("Bids"), bids
    age = wording.age(project.posted_at, now)
    posted = _("{age} ago").format(age=age) if age != _("now") else age
    yield _("Posted"), f"{posted} · {wording.fate(project.status)}"
    if project.skills:
        yield _("Skills"), " · ".join(skill.name for skill in project.skills)
    if project.traits:
        yield _("Extras"), " · ".join(_(_TRAITS.get(trait, trait)) for trait in project.traits)


def _client_facts(
    client: Person | None, project: Project, clock: Clock
) -> Iterator[tuple[str, str]]:
    if client is None:
        if project.country:
            yield _("Client"), project.country
        return
    yield _("Client"), " · ".join((client.name, *_reputation(client)))
    place = ", ".join(filter(None, (client.city, client.country or project.country)))
    there = _local_time(client.timezone, clock.now())
    if place or there:
        yield "", " · ".join(filter(None, (place, there)))


def _reputation(client: Person) -> Iterator[str]:
    known = client.employer_reputation
    if known is None or not known.reviews:
        yield _("no reviews yet")
    else:
        reviews = ngettext("{count} review", "{count} reviews", known.reviews)
        told = reviews.format(count=number(known.reviews))
        yield f"★ {known.overall:.1f}, {told}" if known.overall is not None else told
    if client.payment_verified is not None:
        yield _("payment verified") if client.payment_verified else _("payment not verified")


def _local_time(zone: str, now: datetime) -> str:
    """Say what time it is for the client; nothing for a zone that is not known here."""
    try:
        there = now.astimezone(ZoneInfo(zone)) if zone else None
    except (ValueError, OSError, KeyError):
        there = None
    if there is None:
        return ""
    time = _("{hour}:{minute}").format(hour=f"{there.hour:02}", minute=f"{there.minute:02}")
    return _("{time} there now").format(time=time)
