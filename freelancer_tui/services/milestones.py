"""Milestones: where the money of each project is, and asking the client for it."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from freelancer_tui.domain.awards import escrow_of
from freelancer_tui.domain.intents import (
    AskRelease,
    EscrowAction,
    Intent,
    OutboxEntry,
    PlaceBid,
    RequestMilestone,
    WithdrawRequest,
)
from freelancer_tui.domain.milestones import (
    EscrowLine,
    EscrowState,
    Milestone,
    MilestoneRequest,
    RequestStatus,
    Work,
    state_of,
)
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.projects import Project
from freelancer_tui.domain.proposals import Bid, Standing, standing
from freelancer_tui.domain.text import one_line
from freelancer_tui.errors import NotAllowed, NotFound
from freelancer_tui.i18n import N_, _
from freelancer_tui.store.cache import bids, milestones, people, projects
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.work import outbox
from freelancer_tui.store.work.database import Session, WorkDatabase

_OVER: Final[frozenset[Standing]] = frozenset({"withdrawn", "declined", "lost"})
_MARK: Final = 6
"""Letters of a mark: thirty bits of chance."""
_MOST_UNSENT: Final = 5000
_MOST_RUNNING: Final = 100
"""More work than one has at a time."""
_NO_RELEASE: Final[Mapping[EscrowState, str]] = {
    "requested": N_("The money is not put aside yet: wait until the client funds it."),
    "release_asked": N_("You asked for it already: now the client decides."),
    "released": N_("It was paid out already."),
    "disputed": N_("This money is in dispute: settle that on the website."),
    "canceled": N_("The client took this money back: nothing is held to be paid out."),
}
_NO_WITHDRAWAL: Final[Mapping[RequestStatus, str]] = {
    "created": N_("The client funded it already: the money is held for you."),
    "rejected": N_("The client turned it down already: there is nothing to withdraw."),
    "deleted": N_("It was withdrawn already."),
}


class Milestones:
    """Escrow as the cache knows it, and the user's verb for it; neither waits for the network."""

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

    def lines(self, limit: int = 500) -> list[EscrowLine]:
        """List what is not sent yet, then milestones and requests without one, newest first."""
        with self._work.read() as session:
            unsent = outbox.listed(session, _MOST_UNSENT)
        waiting = [one for one in unsent if isinstance(one.intent, RequestMilestone)]
        with self._cache.read() as connection:
            facts = _without_answered(milestones.lines(connection, limit))
            ids = {fact.project_remote_id for fact in facts}
            ids |= {_request_of(entry).project_remote_id for entry in waiting}
            found = {one: projects.get(connection, one) for one in ids}
            owners = {one.owner_id for one in found.values() if one and one.owner_id}
            names = people.names(connection, owners)
        begun = [_unsent_line(entry, found, names) for entry in reversed(waiting)]
        lines = [_line(fact, found[fact.project_remote_id], names) for fact in facts]
        about = _about(unsent)
        laid = (replace(one, entry=about.get((one.is_request, one.remote_id))) for one in lines)
        return [*begun, *laid][:limit]

    def unfunded(self) -> list[Work]:
        """List the work that we took and for which no money is held, the newest first."""
        with self._cache.read() as connection:
            running = [one for one in bids.mine(connection) if _is_running(one)]
            works = [_work(connection, bid) for bid in running[:_MOST_RUNNING]]
        return [one for one in works if one.is_unfunded]

    def work(self, project_remote_id: int) -> Work:
        """Give what we bid for on a project, and its money."""
        with self._cache.read() as connection:
            bid = bids.of_project(connection, project_remote_id)
            if bid is not None:
                return _work(connection, bid)
        raise NotFound(
            _("You have no bid on this job, so no money can be asked for."),
            hint=_("See how your bids stand: key 2."),
        )

    def currency(self, bid_remote_id: int) -> str:
        """Give the currency in which money can be asked for on a bid."""
        return self._bid(bid_remote_id).amount.currency

    def request(self, bid_remote_id: int, amount: Money, text: str) -> OutboxEntry:
        """Queue a request that the client fund a part of the work that was bid for."""
        bid = self._bid(bid_remote_id)
        if standing("placed", bid) in _OVER:
            raise NotAllowed(
                _("This bid is withdrawn or did not win, so no milestone can be asked for on it."),
                hint=_("See how your bids stand: freelancer-tui proposals list"),
            )
        _check(amount, text, bid.amount.currency)
        with self._work.transaction() as session:
            return self._queue(session, bid.project_remote_id, bid.remote_id, amount, text)

    def request_with(self, proposal_id: str, amount: Money, text: str) -> OutboxEntry:
        """Queue a request that goes out once a proposal that still waits is placed."""
        with self._work.transaction() as session:
            parent = outbox.of_subject(session, proposal_id)
            if parent is None or not isinstance(parent.intent, PlaceBid):
                raise NotAllowed(
                    _("No proposal {id} waits to be sent.").format(id=proposal_id),
                    hint=_("See them with: freelancer-tui proposals list"),
                )
            _check(amount, text, parent.intent.amount.currency)
            project = parent.intent.project_remote_id
            return self._queue(session, project, None, amount, text, after=parent.id)

    def ask_release(self, remote_id: int) -> OutboxEntry:
        """Queue asking the client to pay out what is held in a milestone."""
        with self._cache.read() as connection:
            there = milestones.one(connection, remote_id)
        if there is None:
            raise _unknown(_("There is no milestone {number} here."), remote_id)
        if (state := state_of(there.status)) != "funded":
            raise NotAllowed(_(_NO_RELEASE[state]), hint=_see())
        about = (there.remote_id, there.project_remote_id, there.amount, one_line(there.text))
        return self._act(AskRelease(*about))

    def withdraw(self, remote_id: int) -> OutboxEntry:
        """Queue taking back a request that the client has not answered."""
        with self._cache.read() as connection:
            there = milestones.request(connection, remote_id)
        if there is None:
            raise _unknown(_("There is no request for money {number} here."), remote_id)
        if there.status != "pending":
            raise NotAllowed(_(_NO_WITHDRAWAL[there.status]), hint=_see())
        about = (there.remote_id, there.project_remote_id, there.amount, one_line(there.text))
        return self._act(WithdrawRequest(*about))

    def _act(self, intent: EscrowAction) -> OutboxEntry:
        """Queue something once; what was refused before gives way to it."""
        with self._work.transaction() as session:
            for entry in outbox.listed(session, _MOST_UNSENT):
                if not _is_same(entry.intent, intent):
                    continue
                if entry.state != "refused":
                    raise NotAllowed(
                        _("It is in the outbox already."),
                        hint=_("See what waits with: freelancer-tui outbox list"),
                    )
                outbox.delete(session, entry.id, "refused")
            return self._add(session, self._mint(), intent)

    def _bid(self, bid_remote_id: int) -> Bid:
        with self._cache.read() as connection:
            mine = bids.mine(connection)
        found = next((bid for bid in mine if bid.remote_id == bid_remote_id), None)
        if found is None:
            raise NotFound(
                _("There is no bid {number} of yours here.").format(number=bid_remote_id),
                hint=_("See the numbers with: freelancer-tui proposals list --json"),
            )
        return found

    def _queue(
        self,
        session: Session,
        project_remote_id: int,
        bid_remote_id: int | None,
        amount: Money,
        text: str,
        *,
        after: str | None = None,
    ) -> OutboxEntry:
        unsent = [entry.intent for entry in outbox.listed(session, _MOST_UNSENT)]
        taken = {one.mark for one in unsent if isinstance(one, RequestMilestone)}
        entry_id, mark = self._mint(), _mark(self._mint())
        while mark in taken:
            mark = _mark(self._mint())
        words = one_line(text)
        intent = RequestMilestone(project_remote_id, bid_remote_id, amount, words, mark)
        return self._add(session, entry_id, intent, after)

    def _add(
        self,
        session: Session,
        entry_id: str,
        intent: RequestMilestone | EscrowAction,
        after: str | None = None,
    ) -> OutboxEntry:
        with self._cache.read() as connection:
            project = projects.get(connection, intent.project_remote_id)
        entry = OutboxEntry(
            id=entry_id,
            intent=intent,
            subject_id=entry_id,
            entity=f"project:{intent.project_remote_id}",
            about=project.title if project else str(intent.project_remote_id),
            state="queued",
            queued_at=self._clock(),
            after=after,
        )
        outbox.add(session, entry)
        return entry


def _is_running(bid: Bid) -> bool:
    return standing("placed", bid) == "accepted" and not bid.complete


def _work(connection: sqlite3.Connection, bid: Bid) -> Work:
    project = projects.get(connection, bid.project_remote_id)
    owner = project.owner_id if project else None
    names = people.names(connection, [owner] if owner else [])
    lines = milestones.of_project(connection, bid.project_remote_id)
    escrow = escrow_of(_without_answered(lines), bid.remote_id, bid.amount.currency)
    return Work(
        bid_remote_id=bid.remote_id,
        project_remote_id=bid.project_remote_id,
        project_title=project.title if project else "",
        client=_client(project, names),
        price=bid.amount,
        held=escrow.held,
        paid=escrow.released,
        asked=escrow.asked,
        is_running=_is_running(bid),
    )


def _mark(minted: str) -> str:
    """Give the end of a new id, which is all chance, as people read it out."""
    return minted[-_MARK:].upper()


def _check(amount: Money, text: str, currency: str) -> None:
    said = []
    if amount.currency != currency:
        said.append(_("The bid is in {currency}.").format(currency=currency))
    if amount.amount <= 0:
        said.append(_("Ask for an amount above zero."))
    if not one_line(text):
        said.append(_("Say what the milestone is for."))
    if said:
        raise NotAllowed(
            _("The request is not ready: {problems}").format(problems=" ".join(said)),
            problems=tuple(said),
            hint=_("Nothing was queued; change it and ask again."),
        )


def _without_answered(
    facts: Iterable[Milestone | MilestoneRequest],
) -> list[Milestone | MilestoneRequest]:
    """Drop a request that became a milestone: the milestone itself is in the list."""
    facts = list(facts)
    funded = {(fact.bid_remote_id, fact.amount) for fact in facts if isinstance(fact, Milestone)}
    return [
        fact
        for fact in facts
        if isinstance(fact, Milestone)
        or fact.status != "created"
        or (fact.bid_remote_id, fact.amount) not in funded
    ]


def _about(unsent: Iterable[OutboxEntry]) -> dict[tuple[bool, int | None], OutboxEntry]:
    """Give what waits about each milestone and request: it is laid over the fact, not written."""
    return {
        (isinstance(one.intent, WithdrawRequest), one.intent.remote_id): one
        for one in unsent
        if isinstance(one.intent, AskRelease | WithdrawRequest)
    }


def _is_same(one: Intent, other: EscrowAction) -> bool:
    return (
        isinstance(one, AskRelease | WithdrawRequest)
        and type(one) is type(other)
        and one.remote_id == other.remote_id
    )


def _unknown(words: str, number: int) -> NotFound:
    return NotFound(words.format(number=number), hint=_see())


def _see() -> str:
    return _("See them with: freelancer-tui milestones list")


def _request_of(entry: OutboxEntry) -> RequestMilestone:
    assert isinstance(entry.intent, RequestMilestone)
    return entry.intent


def _unsent_line(
    entry: OutboxEntry, found: Mapping[int, Project | None], names: dict[int, str]
) -> EscrowLine:
    intent = _request_of(entry)
    project = found[intent.project_remote_id]
    return EscrowLine(
        remote_id=None,
        is_request=True,
        project_remote_id=intent.project_remote_id,
        project_title=project.title if project else "",
        client=_client(project, names),
        amount=intent.amount,
        text=intent.text,
        state="refused" if entry.state == "refused" else "queued",
        at=entry.queued_at,
        entry_id=entry.id,
        entry=entry,
    )


def _client(project: Project | None, names: dict[int, str]) -> str:
    return names.get(project.owner_id or 0, "") if project else ""


def _line(
    fact: Milestone | MilestoneRequest, project: Project | None, names: dict[int, str]
) -> EscrowLine:
    is_request = isinstance(fact, MilestoneRequest)
    return EscrowLine(
        remote_id=fact.remote_id,
        is_request=is_request,
        project_remote_id=fact.project_remote_id,
        project_title=project.title if project else "",
        client=_client(project, names),
        amount=fact.amount,
        text=fact.text,
        state=state_of(fact.status),
        at=fact.requested_at if isinstance(fact, MilestoneRequest) else fact.created_at,
    )
