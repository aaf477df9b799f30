"""Placed: what the user can do to a bid that is there: change it, withdraw it, answer its award."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from freelancer_tui.domain.conflicts import Offering, filled, offering, offering_of, terms_of
from freelancer_tui.domain.intents import (
    AcceptAward,
    BidAction,
    DeclineAward,
    EditBid,
    Intent,
    OutboxEntry,
    PlaceBid,
    RetractBid,
    Terms,
)
from freelancer_tui.domain.plans import read_plan
from freelancer_tui.domain.proposals import ADVICE, Proposal, ProposalView, problems
from freelancer_tui.errors import NotAllowed
from freelancer_tui.i18n import N_, _
from freelancer_tui.problems import problem
from freelancer_tui.services import keeping
from freelancer_tui.services.versions import Versions
from freelancer_tui.store.cache import projects
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.work import conflicts, outbox, proposals
from freelancer_tui.store.work.database import Session, WorkDatabase

_OVER = {
    "draft": N_("It is not on the marketplace yet: discard the draft instead."),
    "queued": N_("It is not on the marketplace yet: take it back instead."),
    "refused": N_("The marketplace refused it, so there is nothing on it."),
    "withdrawn": N_("The bid is withdrawn already."),
    "accepted": N_("The award is accepted already: talk to the client about the work."),
}
"""Standings in which nothing can be done to a bid, and why."""


class Placed:
    """The user's verbs for bids, placed here or elsewhere; none of them waits for the network."""

    def __init__(
        self,
        cache: CacheDatabase,
        work: WorkDatabase,
        versions: Versions,
        show: Callable[[str], ProposalView],
        *,
        clock: Callable[[], datetime],
        mint: Callable[[], str],
    ) -> None:
        self._cache = cache
        self._work = work
        self._versions = versions
        self._show = show
        self._clock = clock
        self._mint = mint

    def withdraw(self, proposal_id: str) -> ProposalView:
        """Queue the withdrawal of a bid; one that still waits to be placed is taken back."""
        view = self._show(proposal_id)
        if view.standing == "queued":
            return self.take_back(proposal_id)
        return self._queue(view, RetractBid(*_named(view)))

    def accept(self, proposal_id: str) -> ProposalView:
        """Queue the acceptance of an award."""
        return self._answer(proposal_id, AcceptAward)

    def decline(self, proposal_id: str) -> ProposalView:
        """Queue the refusal of an award."""
        return self._answer(proposal_id, DeclineAward)

    def change(self, proposal_id: str, offer: Offering) -> ProposalView:
        """Queue a change of a bid, in place of one that waits; with problems nothing is queued.

        A bid placed elsewhere gets a sheet of ours by it, which keeps the new words.
        """
        view = self._show(proposal_id)
        _refuse_over(view)
        with self._work.transaction() as session:
            self._refuse_held(session, view)
            kept = proposals.get(session, proposal_id) or view.proposal
            fresh = replace(filled(kept, keeping.cleaned(offer)), updated_at=self._clock())
            mine, there = self._terms(fresh), _there(view)
            for entry in outbox.all_about(session, view.proposal):
                if isinstance(entry.intent, BidAction) and entry.state != "refused":
                    raise _answered()
                if isinstance(entry.intent, EditBid):
                    _take_out(session, entry)
            self._versions.changed(session, kept, fresh, replaces=True)
            proposals.put(session, replace(fresh, placed=there, refusal="", refusal_code=""))
            if mine != replace(there, text=there.text.strip()):
                self._add(session, view, _edit(view, fresh, mine, there))
        return self._show(proposal_id)

    def keep(self, proposal_id: str, offer: Offering) -> None:
        """Keep a change of a bid while it is typed; only `change` lets it be sent."""
        view = self._show(proposal_id)
        _refuse_over(view)
        with self._work.transaction() as session:
            kept = proposals.get(session, proposal_id) or view.proposal
            fresh = replace(filled(kept, keeping.cleaned(offer)), updated_at=self._clock())
            self._versions.changed(session, kept, fresh)
            proposals.put(session, replace(fresh, placed=kept.placed or _there(view)))

    def drop(self, proposal_id: str) -> ProposalView:
        """Put a change of a bid away, also one that waits; the bid stays as it is."""
        view = self._show(proposal_id)
        there = _there(view)
        with self._work.transaction() as session:
            kept = proposals.get(session, proposal_id) or view.proposal
            for entry in outbox.all_about(session, kept):
                if isinstance(entry.intent, EditBid):
                    _take_out(session, entry)
            placed = Offering(there.text, there.amount, there.days, plan=kept.plan)
            fresh = replace(filled(kept, placed), placed=there, updated_at=self._clock())
            self._versions.changed(session, kept, fresh, replaces=True)
            proposals.put(session, replace(fresh, refusal="", refusal_code=""))
        return self._show(proposal_id)

    def take_back(self, proposal_id: str) -> ProposalView:
        """Take what waits of a proposal out of the outbox, unless it is already being sent.

        A bid that was to be placed becomes a draft again; one that is there stays as it is.
        """
        view = self._show(proposal_id)
        with self._work.transaction() as session:
            waiting = [
                one
                for one in outbox.all_about(session, view.proposal)
                if one.state != "refused" and isinstance(one.intent, PlaceBid | EditBid | BidAction)
            ]
            if not waiting:
                raise NotAllowed(_("Only a proposal that waits can be taken back."))
            entry = waiting[-1]
            if entry.state != "queued" or not outbox.delete(session, entry.id, "queued"):
                raise _being_sent()
            kept = proposals.get(session, proposal_id)
            if kept is not None and kept.state == "queued":
                proposals.put(session, replace(kept, state="draft", updated_at=self._clock()))
        return self._show(proposal_id)

    def _answer(self, proposal_id: str, kind: type[AcceptAward | DeclineAward]) -> ProposalView:
        view = self._show(proposal_id)
        _refuse_over(view)
        if view.standing != "awarded":
            raise NotAllowed(
                _("The client has not awarded you this job, or the award is gone."),
                hint=_("See what is new first: freelancer-tui sync"),
            )
        awarded_at = view.bid.awarded_at if view.bid else None
        return self._queue(view, kind(*_named(view), awarded_at))

    def _queue(self, view: ProposalView, action: BidAction) -> ProposalView:
        """Queue an action in place of all that waits about the bid; the same one only once."""
        _refuse_over(view)
        with self._work.transaction() as session:
            self._refuse_held(session, view)
            for entry in outbox.all_about(session, view.proposal):
                if isinstance(entry.intent, type(action)) and entry.state != "refused":
                    break
                if isinstance(entry.intent, EditBid) and entry.is_under_way:
                    continue  # it goes first
                if isinstance(entry.intent, EditBid | BidAction):
                    _take_out(session, entry)
            else:
                self._add(session, view, action)
        return self._show(view.proposal.id)

    def _add(self, session: Session, view: ProposalView, intent: Intent) -> None:
        project = view.proposal.project_remote_id
        entry = OutboxEntry(
            id=self._mint(),
            intent=intent,
            subject_id=view.proposal.id,
            entity=f"project:{project}",
            about=view.project.title if view.project else str(project),
            state="queued",
            queued_at=self._clock(),
        )
        outbox.add(session, entry)

    def _terms(self, sheet: Proposal) -> Terms:
        """Give what a sheet offers; NotAllowed with all problems where it cannot be offered."""
        with self._cache.read() as connection:
            project = projects.get(connection, sheet.project_remote_id)
        budget, status = (project.budget, project.status) if project else (None, None)
        found = [one for one in problems(sheet, budget, status) if one not in ADVICE]
        said = tuple(problem(one, budget, sheet) for one in found)
        if said or sheet.price is None or sheet.days is None:
            raise NotAllowed(
                _("The change is not ready: {problems}").format(problems=" ".join(said)),
                problems=said,
                hint=_("Nothing was queued; the bid stays as it is."),
            )
        return Terms(sheet.price, sheet.days, sheet.text.strip())

    def _refuse_held(self, session: Session, view: ProposalView) -> None:
        if conflicts.is_held(session, view.proposal.id):
            raise NotAllowed(
                _("Somebody changed this proposal or its job meanwhile: settle that first."),
                hint=_(
                    "Under Proposals in freelancer-tui press F7 on it; both sides are kept until "
                    "then."
                ),
            )


def current(view: ProposalView) -> Offering:
    """Give what a change of a bid begins from: the bid, or the change of it that waits."""
    entry = view.entry
    if entry is not None and isinstance(entry.intent, EditBid):
        return offering(view.proposal)
    return replace(offering_of(_there(view)), plan=view.proposal.plan)


def _refuse_over(view: ProposalView) -> None:
    if view.standing in _OVER:
        hint = _("See how it stands with: freelancer-tui proposals show {id}")
        raise NotAllowed(_(_OVER[view.standing]), hint=hint.format(id=view.proposal.id))


def _bid_id(view: ProposalView) -> int:
    found = view.bid.remote_id if view.bid else view.proposal.bid_remote_id
    if found is None:
        raise _unknown_bid()
    return found


def _named(view: ProposalView) -> tuple[int, int]:
    """Give the ids of the bid and of its project."""
    return _bid_id(view), view.proposal.project_remote_id


def _there(view: ProposalView) -> Terms:
    """Give what the bid says, as far as we know; what we placed last can be newer than a list."""
    if view.proposal.placed is not None:
        return view.proposal.placed
    if view.bid is not None:
        return terms_of(view.bid, view.proposal.text)
    raise _unknown_bid()


def _edit(view: ProposalView, sheet: Proposal, mine: Terms, there: Terms) -> EditBid:
    share = read_plan(sheet.plan, sheet.currency).first_share(mine.amount) if sheet.plan else None
    return EditBid(
        _bid_id(view),
        view.proposal.project_remote_id,
        *(mine.amount, mine.days, mine.text),
        *(there.amount, there.days, there.text),
        share,
    )


def _take_out(session: Session, entry: OutboxEntry) -> None:
    if entry.is_under_way or not outbox.delete(session, entry.id, entry.state):
        raise _being_sent()


def _being_sent() -> NotAllowed:
    return NotAllowed(
        _("It is being sent already, so it cannot be taken back."),
        hint=_("Let a sync find out how it ends: freelancer-tui sync"),
    )


def _unknown_bid() -> NotAllowed:
    return NotAllowed(
        _("The bid is not known here yet: sync first."),
        hint=_("See what is new first: freelancer-tui sync"),
    )


def _answered() -> NotAllowed:
    return NotAllowed(
        _("Something else about this bid waits to be sent: take that back first."),
        hint=_("See what waits with: freelancer-tui outbox list"),
    )
