"""Proposals: writing an offer, pricing it, queueing it, taking it back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from enum import Enum
from typing import Final, Literal

from freelancer_tui import wording
from freelancer_tui.domain.briefs import brief_of
from freelancer_tui.domain.conflicts import Offering, Seen, filled, offering
from freelancer_tui.domain.drafts import Place
from freelancer_tui.domain.intents import OutboxEntry, PlaceBid
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.plans import read_plan
from freelancer_tui.domain.projects import Project
from freelancer_tui.domain.proposals import (
    ADVICE,
    Bid,
    Problem,
    Proposal,
    ProposalView,
    Standing,
)
from freelancer_tui.domain.proposals import problems as problems_of
from freelancer_tui.domain.text import clean
from freelancer_tui.errors import NotAllowed, NotFound
from freelancer_tui.i18n import _
from freelancer_tui.problems import problem
from freelancer_tui.services import board, keeping
from freelancer_tui.services.placed import Placed
from freelancer_tui.services.versions import Versions
from freelancer_tui.store.cache import bids, projects
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.work import conflicts, discarded, outbox, proposals
from freelancer_tui.store.work.database import Session, WorkDatabase


class _Keep(Enum):
    KEEP = "keep"


Keep = Literal[_Keep.KEEP]
KEEP: Final = _Keep.KEEP
"""Stands for "leave this as it is" where None means "take it away"."""


class Proposals:
    """The user's verbs for offers; none of them waits for the network."""

    def __init__(
        self,
        cache: CacheDatabase,
        work: WorkDatabase,
        clock: Callable[[], datetime],
        mint: Callable[[], str],
    ) -> None:
        self._cache = cache
        self._work = work
        self._clock = clock
        self._mint = mint
        self.versions = Versions(work, clock)
        self.placed = Placed(cache, work, self.versions, self.show, clock=clock, mint=mint)

    def draft(self, project_remote_id: int) -> Proposal:
        """Give the proposal for a job: the one there is, else a new draft."""
        project, bid = self._facts(project_remote_id)
        with self._work.transaction() as session:
            kept = proposals.of_project(session, project_remote_id)
            if kept is not None and not _is_over(kept, bid):
                return kept
            if project is None:
                raise _unknown_job(project_remote_id)
            if bid is not None and not bid.retracted:
                raise NotAllowed(
                    _("You already have a bid on this job."),
                    hint=_("See it with: freelancer-tui proposals list"),
                )
            now = self._clock()
            fresh = Proposal(
                id=self._mint(),
                project_remote_id=project_remote_id,
                currency=project.budget.currency,
                created_at=now,
                updated_at=now,
                brief=brief_of(project),
            )
            proposals.put(session, fresh)
        return fresh

    def save(
        self,
        proposal_id: str,
        *,
        text: str | Keep = KEEP,
        price: Money | Keep | None = KEEP,
        days: int | Keep | None = KEEP,
        unread: tuple[str, str] = ("", ""),
        plan: str | Keep = KEEP,
        replaces: bool = False,
    ) -> Proposal:
        """Keep what the user changed, or `replaces`; it makes a refused proposal a draft again."""
        with self._work.transaction() as session:
            kept = _open(session, proposal_id)
            fresh = replace(_filled(kept, text, price, days, unread), updated_at=self._clock())
            if plan is not KEEP:
                fresh = replace(fresh, plan=clean(plan))
            _check_currency(fresh)
            self.versions.changed(session, kept, fresh, replaces=replaces)
            return proposals.put(session, fresh)

    def keep(
        self, proposal_id: str, typed: Offering, known: Seen, place: Place | None = None
    ) -> Seen:
        """Keep what a window has typed, which knows the sheet as `known` says, and where it is.

        Where another window wrote meanwhile, nothing is overwritten: both are kept until the
        user settles it. Gives what this window knows from now on.
        """
        mine, tools = keeping.cleaned(typed), (self._clock, self._mint)
        with self._work.transaction() as session:
            if kept := proposals.get(session, proposal_id):
                fresh = keeping.keep(session, _ready(session, kept, mine), mine, known, tools)
                self.versions.changed(session, kept, _get(session, proposal_id), place)
                return fresh
            is_kept = keeping.lay_aside(session, proposal_id, mine, self._clock())
        raise keeping.gone() if is_kept else _unknown(proposal_id)

    def problems(self, proposal_id: str) -> list[Problem]:
        """List what the marketplace or the client could object to."""
        with self._work.read() as session:
            kept = _get(session, proposal_id)
        project, _bid = self._facts(kept.project_remote_id)
        return _problems(kept, project)

    def submit(self, proposal_id: str) -> ProposalView:
        """Queue a proposal; with problems other than advice nothing is queued."""
        with self._work.read() as session:
            project_remote_id = _get(session, proposal_id).project_remote_id
        project, bid = self._facts(project_remote_id)
        with self._work.transaction() as session:
            kept = _open(session, proposal_id)
            _refuse_conflict(session, kept)
            found = [one for one in _problems(kept, project) if one not in ADVICE]
            budget = project.budget if project else None
            said = tuple(problem(one, budget, kept) for one in found)
            if bid is not None and not bid.retracted:
                said += (_("You already have a bid on this job."),)
            if said:
                raise _not_ready(said)
            now = self._clock()
            self.versions.mark(session, kept)
            outbox.add(session, _entry(kept, project, self._mint(), now, bid))
            proposals.put(session, replace(kept, state="queued", updated_at=now))
        return self.show(proposal_id)

    def take_back(self, proposal_id: str) -> ProposalView:
        """Take what waits of it out of the outbox, unless it is already being sent."""
        return self.placed.take_back(proposal_id)

    def discard(self, proposal_id: str) -> Proposal:
        """Throw a draft away, and give it so that it can be restored."""
        with self._work.transaction() as session:
            kept = _open(session, proposal_id)
            if conflicts.kinds(session).get(proposal_id) == "two_windows":
                raise _unsettled()
            conflicts.end(session, proposal_id, "vanished", self._clock())
            self.versions.discarded(session, kept)
            proposals.delete(session, proposal_id)
        return kept

    def discarded(self, limit: int = 500) -> list[Proposal]:
        """List the drafts that were thrown away and can be restored, the latest first."""
        with self._work.read() as session:
            return discarded.all(session, limit)

    def restore(self, proposal: Proposal) -> Proposal:
        """Bring a discarded draft back, unless another was begun for the same job."""
        bid = self._facts(proposal.project_remote_id)[1]
        with self._work.transaction() as session:
            other = proposals.of_project(session, proposal.project_remote_id)
            if other is not None and not _is_over(other, bid):
                raise NotAllowed(_("There is another proposal for this job now."))
            discarded.remove(session, proposal.id)
            proposals.put(session, proposal)
        return proposal

    def board(self, standing: Standing | None = None, limit: int = 500) -> list[ProposalView]:
        """List all proposals and all bids placed elsewhere, newest change first."""
        with self._work.read() as session:
            sheets = proposals.all(session, limit)
            entries = outbox.listed(session, limit)
            kinds = conflicts.kinds(session)
        with self._cache.read() as connection:
            mine = bids.mine(connection)
            ids = {sheet.project_remote_id for sheet in sheets}
            ids |= {bid.project_remote_id for bid in mine}
            summaries = projects.summaries(connection, ids)
        views = [
            replace(one, conflict=kind) if (kind := kinds.get(one.proposal.id)) else one
            for one in board.lay_out(sheets, entries, mine, summaries)
            if standing in (None, one.standing)
        ]
        return views[:limit]

    def show(self, proposal_id: str) -> ProposalView:
        """Give one proposal, or a bid placed elsewhere by its `bid-…` id."""
        with self._work.read() as session:
            sheet = proposals.get(session, proposal_id)
            entry = outbox.of_subject(session, proposal_id)
            kind = conflicts.kinds(session).get(proposal_id)
        with self._cache.read() as connection:
            mine = bids.mine(connection)
            if sheet is None:
                sheet = board.sheet_of_bid(proposal_id, mine)
            if sheet is None:
                raise _unknown(proposal_id)
            summaries = projects.summaries(connection, [sheet.project_remote_id])
        return replace(board.view(sheet, entry, mine, summaries), conflict=kind)

    def of_project(self, remote_id: int) -> ProposalView | None:
        """Give the proposal for a job, or the bid placed elsewhere, or None."""
        with self._work.read() as session:
            sheet = proposals.of_project(session, remote_id)
        if sheet is not None:
            return self.show(sheet.id)
        bid = self._facts(remote_id)[1]
        return self.show(board.bid_id(bid)) if bid else None

    def _facts(self, project_remote_id: int) -> tuple[Project | None, Bid | None]:
        with self._cache.read() as connection:
            project = projects.get(connection, project_remote_id)
            return project, bids.of_project(connection, project_remote_id)


def _open(session: Session, proposal_id: str) -> Proposal:
    """Give a proposal that may be changed; the entry of a refused one goes with its refusal."""
    kept = _get(session, proposal_id)
    if kept.state == "refused":
        entry = outbox.of_subject(session, proposal_id)
        if entry is not None:
            outbox.delete(session, entry.id, "refused")
        return replace(kept, state="draft", refusal="", refusal_code="")
    if kept.state != "draft":
        raise NotAllowed(
            _("The proposal is no draft any more: {standing}.").format(
                standing=wording.standing(kept.state).lower()
            ),
            hint=_("Take it back first, or discard it from the outbox.")
            if kept.state == "queued"
            else _("See how it stands with: freelancer-tui proposals show {id}").format(id=kept.id),
        )
    return kept


def _entry(
    kept: Proposal, project: Project | None, entry_id: str, now: datetime, earlier: Bid | None
) -> OutboxEntry:
    """Give what carries a proposal that can be submitted; an earlier bid was withdrawn."""
    assert kept.price is not None
    assert kept.days is not None
    share = read_plan(kept.plan, kept.currency).first_share(kept.price)
    terms = (kept.price, kept.days, kept.text.strip())
    newer_than = earlier.remote_id if earlier else 0
    return OutboxEntry(
        id=entry_id,
        intent=PlaceBid(kept.project_remote_id, *terms, share, newer_than),
        subject_id=kept.id,
        entity=f"project:{kept.project_remote_id}",
        about=project.title if project else str(kept.project_remote_id),
        state="queued",
        queued_at=now,
    )


def _filled(
    kept: Proposal,
    text: str | Keep,
    price: Money | Keep | None,
    days: int | Keep | None,
    unread: tuple[str, str],
) -> Proposal:
    """Fill in what is given; what was typed and not read stays until its number is given."""
    typed = offering(kept)
    if text is not KEEP:
        typed = replace(typed, text=text)
    if price is not KEEP:
        typed = replace(typed, price=price, unread_price="" if price else unread[0])
    if days is not KEEP:
        typed = replace(typed, days=days, unread_days="" if days is not None else unread[1])
    return filled(kept, keeping.cleaned(typed))


def _problems(kept: Proposal, project: Project | None) -> list[Problem]:
    budget = project.budget if project else None
    return problems_of(kept, budget, project.status if project else None)


def _get(session: Session, proposal_id: str) -> Proposal:
    kept = proposals.get(session, proposal_id)
    if kept is None:
        raise _unknown(proposal_id)
    return kept


def _is_over(kept: Proposal, bid: Bid | None) -> bool:
    """Tell whether a proposal was withdrawn, here or on the marketplace itself."""
    retracted = bid is not None and bid.retracted
    return kept.state == "withdrawn" or (kept.state == "placed" and retracted)


def _ready(session: Session, kept: Proposal, mine: Offering) -> Proposal:
    """Give a sheet as a window may write it; a refused one becomes a draft by other words."""
    _check_currency(filled(kept, mine))
    is_reopened = kept.state == "refused" and mine != offering(kept)
    return _open(session, kept.id) if is_reopened else kept


def _check_currency(fresh: Proposal) -> None:
    if fresh.price is not None and fresh.price.currency != fresh.currency:
        raise NotAllowed(
            _("The price of this job is in {currency}.").format(currency=fresh.currency)
        )


def _refuse_conflict(session: Session, kept: Proposal) -> None:
    if conflicts.is_held(session, kept.id):
        raise _unsettled()


def _unsettled() -> NotAllowed:
    return NotAllowed(
        _("Somebody changed this proposal or its job meanwhile: settle that first."),
        hint=_("Under Proposals in freelancer-tui press F7 on it; both sides are kept until then."),
    )


def _not_ready(said: tuple[str, ...]) -> NotAllowed:
    return NotAllowed(
        _("The proposal is not ready: {problems}").format(problems=" ".join(said)),
        problems=said,
        hint=_("Nothing was queued; change it and submit again."),
    )


def _unknown(proposal_id: str) -> NotFound:
    return NotFound(
        _("There is no proposal {id} here.").format(id=proposal_id),
        hint=_("See them with: freelancer-tui proposals list"),
    )


def _unknown_job(remote_id: int) -> NotFound:
    return NotFound(
        _("There is no job {number} here.").format(number=remote_id),
        hint=_("Look for it with: freelancer-tui jobs search, or bring new ones in with sync."),
    )
