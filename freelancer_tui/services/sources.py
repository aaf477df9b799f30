"""Sources: drafts made from what the marketplace knows: milestones, and what was bid for a job."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from freelancer_tui.domain.invoices import Invoice, InvoiceLine
from freelancer_tui.domain.milestones import Milestone
from freelancer_tui.domain.people import Person
from freelancer_tui.errors import NotAllowed, NotFound
from freelancer_tui.i18n import _
from freelancer_tui.services import drafting
from freelancer_tui.services.drafting import Books
from freelancer_tui.store.cache import bids, milestones, people, projects
from freelancer_tui.store.work import invoices

_MOST: Final = 10_000
_ONE: Final = Decimal(1)


def of_milestones(books: Books, ids: Sequence[int]) -> Invoice:
    """Give a draft with a line for each milestone; each can be billed once."""
    with books.cache.read() as connection:
        known = {
            one.remote_id: one
            for one in milestones.lines(connection, _MOST)
            if isinstance(one, Milestone)
        }
    for missing in (one for one in ids if one not in known):
        raise NotFound(
            _("There is no milestone {number} here.").format(number=missing),
            hint=_("See them with: freelancer-tui milestones list"),
        )
    chosen = [known[one] for one in dict.fromkeys(ids)]
    _check(chosen)
    _check_unbilled(books, chosen)
    first = chosen[0]
    begun = _for_project(books, first.project_remote_id, first.amount.currency)
    lines = tuple(
        InvoiceLine(one.text, _ONE, one.amount.amount, milestone_remote_id=one.remote_id)
        for one in chosen
    )
    return _with_lines(books, begun, lines)


def of_project(books: Books, remote_id: int) -> Invoice:
    """Give a draft with what was bid for a job; of an hourly one, with one hour."""
    with books.cache.read() as connection:
        project = projects.get(connection, remote_id)
        bid = bids.of_project(connection, remote_id)
    if bid is None:
        raise NotFound(
            _("There is no bid of yours on job {number} here.").format(number=remote_id),
            hint=_("See your bids with: freelancer-tui proposals list"),
        )
    begun = _for_project(books, remote_id, bid.amount.currency)
    is_hourly = project is not None and project.kind == "hourly"
    title = project.title if project else _("Job {number}").format(number=remote_id)
    line = InvoiceLine(title, _ONE, bid.amount.amount, unit=_("hour") if is_hourly else "")
    return _with_lines(books, begun, (line,))


def _with_lines(books: Books, begun: Invoice, lines: tuple[InvoiceLine, ...]) -> Invoice:
    return drafting.wished(books, begun, {"lines": lines})


def _for_project(books: Books, remote_id: int, currency: str) -> Invoice:
    """Begin a draft for the client of a job, who becomes one of our own clients."""
    owner = _owner(books, remote_id)
    begun = drafting.begun(books)
    if owner is not None:
        client = books.clients.of_person(owner, currency)
        begun = drafting.wished(books, begun, {"client_id": client.id})
    return replace(begun, currency=currency, project_remote_id=remote_id)


def _owner(books: Books, remote_id: int) -> Person | None:
    with books.cache.read() as connection:
        project = projects.get(connection, remote_id)
        if project is None or project.owner_id is None:
            return None
        return people.get(connection, project.owner_id)


def _check(chosen: Sequence[Milestone]) -> None:
    if not chosen:
        raise NotAllowed(_("Choose at least one milestone."))
    if len({(one.project_remote_id, one.amount.currency) for one in chosen}) > 1:
        raise NotAllowed(
            _("These milestones belong to more than one job."),
            hint=_("Make a document for each job."),
        )
    for one in chosen:
        if one.status == "canceled":
            raise NotAllowed(
                _("Milestone {number} is canceled.").format(number=one.remote_id),
                hint=_("Leave it out; nothing was changed."),
            )


def billed(books: Books) -> dict[int, str]:
    """Give the milestones that stand on a document already, and the document's id."""
    with books.pad.read() as connection:
        return invoices.billed_milestones(connection)


def _check_unbilled(books: Books, chosen: Sequence[Milestone]) -> None:
    there = billed(books)
    for one in chosen:
        if one.remote_id in there:
            raise NotAllowed(
                _("Milestone {number} stands on another document already.").format(
                    number=one.remote_id
                ),
                hint=_("See it with: freelancer-tui invoices list"),
            )
