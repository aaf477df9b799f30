"""ProjectArchive: what became of a job, and earlier jobs that were like it, as lines."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, get_args

from freelancer_tui import wording
from freelancer_tui.domain.dossiers import Dossier
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.projects import Budget, Project, ProjectStatus
from freelancer_tui.i18n import N_, _
from freelancer_tui.tui.format import Clock, fit, tame
from freelancer_tui.tui.widgets.brief_text import Row
from freelancer_tui.tui.widgets.lines import cut, wrap

if TYPE_CHECKING:
    from freelancer_tui.domain.happenings import Happening, Similar

_BIDS: Final = {
    "awarded": N_("you won it"),
    "pending": N_("awarded to you"),
    "rejected": N_("you bid and lost"),
    "revoked": N_("the award was taken back"),
}
_DATE: Final = 18
"""Cells of a date in front of what happened."""


def rows(project: Project, dossier: Dossier, clock: Clock, width: int) -> Iterator[Row]:
    """Yield the history, then what was seen before; nothing where there is neither."""
    reposts = [one for one in dossier.similar if one.is_repost]
    if dossier.happenings or reposts:
        yield from _heading(_("History"))
        for happening in dossier.happenings:
            told = _told(happening)
            yield from _dated(wording.short_day(happening.at, clock.zone), told, width)
        posted = wording.short_day(project.posted_at, clock.zone)
        yield from _dated(posted, _("Posted"), width)
        for one in reposts:
            text = _("The same client posted nearly the same before")
            yield from _dated(wording.short_day(one.posted_at, clock.zone), text, width)
    if dossier.similar:
        yield from _heading(_("Seen before"))
        for one in dossier.similar:
            yield Row(((cut(tame(one.title), width), "link"),), (one.remote_id,))
            for part in wrap(_outcome(one, clock), width - 2):
                yield Row((("  ", ""), (part, "quiet")))


def _heading(words: str) -> Iterator[Row]:
    yield Row()
    yield Row(((words, "strong"),))


def _dated(date: str, text: str, width: int) -> Iterator[Row]:
    for number, part in enumerate(wrap(tame(text), max(width - _DATE, 12))):
        yield Row(((fit(date if number == 0 else "", _DATE), "quiet"), (part, "")))


def _told(happening: "Happening") -> str:
    was, now = happening.was, happening.now
    match happening.kind:
        case "budget":
            text = _("The budget changed from {before} to {after}")
            return text.format(before=_budget(was), after=_budget(now))
        case "title":
            return _("The title changed; before: {title}").format(title=was)
        case "text":
            text = _("The text changed: {before} words before, {after} now")
            return text.format(before=was, after=now)
        case "status":
            return _status(was, now)


def _status(was: str, now: str) -> str:
    if now == "open":
        return _("Open again")
    if now == "removed":
        return _("Removed on the marketplace")
    known = next((one for one in get_args(ProjectStatus) if one == now), None)
    return wording.status(known) if known else f"{was} → {now}"


def _budget(text: str) -> str:
    """Write a budget that a happening tells in its own notation."""
    kind, currency, *amounts = text.split(" ")
    low, high = (None if one == "-" else Money.of_minor(int(one), currency) for one in amounts)
    return wording.budget(Budget(currency, low, high), "hourly" if kind == "hourly" else "fixed")


def _outcome(one: "Similar", clock: Clock) -> str:
    parts = [wording.short_day(one.posted_at, clock.zone), wording.status(one.status)]
    if one.bid_status in _BIDS:
        parts.append(_(_BIDS[one.bid_status]))
    parts.append(wording.budget(one.budget, one.kind))
    if one.same_client:
        parts.append(_("the same client"))
    return " · ".join(parts)
