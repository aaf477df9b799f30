"""Outbox: what waits to be sent, and what the user decides about it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from freelancer_tui import wording
from freelancer_tui.domain.attachments import joined
from freelancer_tui.domain.intents import (
    BidAction,
    EditBid,
    Intent,
    OutboxEntry,
    RequestMilestone,
    RetractBid,
    SendMessage,
)
from freelancer_tui.domain.outbox import OutboxView, laid_out
from freelancer_tui.domain.proposals import ProposalState
from freelancer_tui.domain.sync_log import LogLine
from freelancer_tui.errors import NotAllowed, NotFound
from freelancer_tui.i18n import _
from freelancer_tui.store.sync_log import SyncLogFile
from freelancer_tui.store.work import conflicts, outbox, proposals, replies, reply_files
from freelancer_tui.store.work.database import Session, WorkDatabase


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is in the outbox."""

    waiting: int
    """Goes out by itself."""
    needs_user: int
    """Refused, or in doubt so that the user has to decide."""


class Outbox:
    """The user's verbs for what is on its way out."""

    def __init__(
        self, work: WorkDatabase, clock: Callable[[], datetime], log: SyncLogFile | None = None
    ) -> None:
        """`log` keeps the words of what has no draft that they could go back to."""
        self._work = work
        self._clock = clock
        self._log = log

    def entries(self, limit: int = 500) -> list[OutboxEntry]:
        """List everything not sent yet, in the order in which it goes out."""
        with self._work.read() as session:
            return outbox.listed(session, limit)

    def views(self, limit: int = 500) -> list[OutboxView]:
        """List the same, each with what it waits for."""
        with self._work.read() as session:
            entries = outbox.listed(session, limit)
            kinds = conflicts.kinds(session)
            sheets = [proposals.get(session, one) for one in kinds]
        projects = {one.id: one.project_remote_id for one in sheets if one is not None}
        return laid_out(entries, kinds, projects)

    def show(self, entry_id: str) -> OutboxEntry:
        """Give one entry."""
        with self._work.read() as session:
            return _entry(session, entry_id)

    def counts(self) -> Counts:
        """Count what waits and what needs the user."""
        with self._work.read() as session:
            waiting, needs_user = outbox.counts(session)
        return Counts(waiting, needs_user)

    def retry(self, entry_id: str) -> OutboxEntry:
        """Send again what was refused or is in doubt; what waits goes out at the next sync."""
        with self._work.transaction() as session:
            entry = _entry(session, entry_id)
            _refuse_under_way(entry)
            _refuse_without_parent(session, entry)
            fresh = replace(
                entry,
                intent=_again(entry),
                state="queued",
                asks=False,
                next_try_at=None,
                looked_first_at=None,
                reason="",
                reason_code="",
                found=None,
            )
            _swap(session, entry, fresh)
            self._set_proposal(session, entry, queued=True)
        return fresh

    def look_again(self, entry_id: str) -> OutboxEntry:
        """Let the next sync look once more for what is in doubt; nothing is sent by that."""
        with self._work.transaction() as session:
            entry = _entry(session, entry_id)
            if not entry.asks:
                raise NotAllowed(_("Only what is in doubt can be looked for."))
            fresh = replace(entry, asks=False, next_try_at=None)
            _swap(session, entry, fresh)
        return fresh

    def edit(self, entry_id: str) -> OutboxEntry:
        """Take what waits or was refused back to the sheet or reply that it was written on."""
        with self._work.transaction() as session:
            entry = _entry(session, entry_id)
            if entry.state not in ("queued", "refused"):
                raise _under_way()
            if not entry.can_be_edited:
                raise NotAllowed(
                    _("It cannot be changed here."), hint=_("Take it out, then ask for it anew.")
                )
            self._take_out(session, entry)
        return entry

    def discard(self, entry_id: str) -> OutboxEntry:
        """Take an entry out; its text goes back to the proposal or the thread's draft.

        What waits for it is refused with it.
        """
        with self._work.transaction() as session:
            entry = _entry(session, entry_id)
            _refuse_under_way(entry)
            if isinstance(entry.intent, RequestMilestone):
                self._keep_in_log(entry, entry.intent)
            self._take_out(session, entry)
        return entry

    def arrived(self, entry_id: str) -> OutboxEntry:
        """Settle a doubtful entry by the user's word: they saw that it is there."""
        with self._work.transaction() as session:
            entry = _entry(session, entry_id)
            if not entry.asks:
                raise NotAllowed(_("Only what is in doubt can be settled by hand."))
            settled = replace(entry, state="sent", asks=False, next_try_at=None, reason="")
            _swap(session, entry, settled)
            proposal = proposals.get(session, entry.subject_id)
            if proposal is not None:
                state: ProposalState = (
                    "withdrawn" if isinstance(entry.intent, RetractBid) else "placed"
                )
                proposals.put(session, replace(proposal, state=state, updated_at=self._clock()))
        return settled

    def _take_out(self, session: Session, entry: OutboxEntry) -> None:
        if not outbox.delete(session, entry.id, entry.state):
            raise _under_way()
        if isinstance(entry.intent, SendMessage):
            self._keep_text(session, entry.intent)
        self._set_proposal(session, entry, queued=False)

    def _keep_in_log(self, entry: OutboxEntry, asked: RequestMilestone) -> None:
        if self._log is not None:
            text = f"{wording.money(asked.amount)} · {asked.text}"
            self._log.add([LogLine(self._clock(), "taken_out", entry.about, text)])

    def _keep_text(self, session: Session, intent: SendMessage) -> None:
        begun = replies.draft(session, intent.thread_remote_id)
        texts = [text for text in (intent.text, begun) if text]
        together = "\n\n".join(texts)
        replies.keep_draft(session, intent.thread_remote_id, together, self._clock())
        files = reply_files.of(session, intent.thread_remote_id)
        reply_files.put(session, intent.thread_remote_id, joined(intent.uploads, files))

    def _set_proposal(self, session: Session, entry: OutboxEntry, *, queued: bool) -> None:
        proposal = proposals.get(session, entry.subject_id)
        if proposal is None:
            return
        state = proposal.state
        if state in ("queued", "refused"):
            state = _state_of_proposal(entry, queued=queued)
        elif entry.state != "refused":
            return  # it says nothing about an entry that still waits
        fresh = replace(
            proposal,
            state=state,
            refusal="",
            refusal_code="",
            updated_at=self._clock(),
        )
        proposals.put(session, fresh)


def _entry(session: Session, entry_id: str) -> OutboxEntry:
    entry = outbox.get(session, entry_id)
    if entry is None or entry.state == "sent":
        raise NotFound(
            _("There is nothing with the id {id} in the outbox.").format(id=entry_id),
            hint=_("See what waits with: freelancer-tui outbox list"),
        )
    return entry


def _again(entry: OutboxEntry) -> Intent:
    """Give what goes out at the user's word: a change goes over what they were shown."""
    if isinstance(entry.intent, EditBid) and entry.found is not None:
        return entry.intent.over(entry.found)
    return entry.intent


def _state_of_proposal(entry: OutboxEntry, *, queued: bool) -> ProposalState:
    """Give the state of the proposal that an entry carries; to change one, it has to be placed."""
    if isinstance(entry.intent, EditBid | BidAction):
        return "placed"
    return "queued" if queued else "draft"


def _refuse_without_parent(session: Session, entry: OutboxEntry) -> None:
    parent = outbox.get(session, entry.after) if entry.after else None
    if parent is not None and parent.state == "refused":
        raise NotAllowed(
            _("It waits for something that was refused."),
            hint=_("Send that first: freelancer-tui outbox retry {id}").format(id=parent.id),
        )


def _swap(session: Session, entry: OutboxEntry, fresh: OutboxEntry) -> None:
    if not outbox.replace(session, entry.state, fresh):
        raise _under_way()


def _refuse_under_way(entry: OutboxEntry) -> None:
    if entry.is_under_way:
        raise _under_way()


def _under_way() -> NotAllowed:
    return NotAllowed(
        _("It may be on the marketplace already, so it cannot be changed now."),
        hint=_("Let a sync find out first: freelancer-tui sync"),
    )
