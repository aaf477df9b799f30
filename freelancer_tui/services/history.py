"""History: the versions of a proposal or a reply, and putting one back."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from freelancer_tui.domain.conflicts import Offering, filled, offering
from freelancer_tui.domain.drafts import Version, thread_of
from freelancer_tui.errors import NotAllowed, NotFound
from freelancer_tui.i18n import _
from freelancer_tui.services.messages import Messages
from freelancer_tui.services.proposals import Proposals
from freelancer_tui.store.work import discarded, proposals, replies, versions
from freelancer_tui.store.work.database import Session, WorkDatabase


@dataclass(frozen=True, slots=True)
class Past:
    """A text as it is now, and what it said before, the newest first."""

    subject_id: str
    present: Offering | None
    """None for a draft that was discarded."""
    versions: tuple[Version, ...]


class History:
    """The user's verbs for what was written before."""

    def __init__(
        self,
        proposals: Proposals,
        messages: Messages,
        work: WorkDatabase,
        clock: Callable[[], datetime],
    ) -> None:
        self._proposals = proposals
        self._messages = messages
        self._work = work
        self._clock = clock

    def of(self, subject_id: str) -> Past:
        """Give the versions of a proposal, also a discarded one, or of a reply."""
        with self._work.read() as session:
            kept = tuple(versions.of_subject(session, subject_id))
            present = _present(session, subject_id)
            if present is None and discarded.get(session, subject_id) is None:
                raise _unknown(subject_id)
        return Past(subject_id, present, kept)

    def about(self, subject_id: str) -> str:
        """Give the job that a text is for, or whom a reply is to; empty where nobody knows."""
        thread_id = thread_of(subject_id)
        with suppress(NotFound):
            if thread_id is not None:
                view = self._messages.thread(thread_id)
                return ", ".join(view.with_names) or view.project_title
            project = self._proposals.show(subject_id).project
            return project.title if project else ""
        return ""

    def discarded(self, limit: int = 500) -> tuple[Version, ...]:
        """Give what each draft that was thrown away comes back with, the latest first."""
        with self._work.read() as session:
            sheets = discarded.all(session, limit)
            kept = {one.id: versions.newest(session, one.id) for one in sheets}
        return tuple(
            kept[one.id] or Version(0, one.id, one.updated_at or self._clock(), offering(one))
            for one in sheets
        )

    def restore(self, subject_id: str, number: int | None = None) -> Past:
        """Put a version in place of the present text, or the newest one of a discarded draft.

        The present text becomes a version first, so that restoring is undone by restoring.
        """
        past = self.of(subject_id)
        version = next((one for one in past.versions if number in (None, one.number)), None)
        if number is not None and version is None:
            raise NotFound(_("There is no version {number} of this text.").format(number=number))
        if number is None and past.present is not None:
            raise NotAllowed(
                _("This draft was not discarded: say which version to restore."),
                hint=_("Each has a number in the list of its versions."),
            )
        if past.present is None:
            self._bring_back(subject_id, version)
        elif version is not None:
            self._put(subject_id, version.said)
        return self.of(subject_id)

    def _bring_back(self, proposal_id: str, version: Version | None) -> None:
        """Bring a discarded draft back, saying what a version of it says."""
        with self._work.read() as session:
            sheet = discarded.get(session, proposal_id)
        if sheet is None:
            raise _unknown(proposal_id)
        if version is not None:
            sheet = replace(filled(sheet, version.said), updated_at=self._clock())
        self._proposals.restore(sheet)

    def _put(self, subject_id: str, said: Offering) -> None:
        """Put words in place of the present ones, which are kept in the same transaction."""
        thread_id = thread_of(subject_id)
        if thread_id is not None:
            self._messages.keep_draft(thread_id, said.text, replaces=True)
        else:
            self._proposals.save(
                subject_id,
                text=said.text,
                price=said.price,
                days=said.days,
                unread=(said.unread_price, said.unread_days),
                plan=said.plan,
                replaces=True,
            )


def _present(session: Session, subject_id: str) -> Offering | None:
    thread_id = thread_of(subject_id)
    if thread_id is not None:
        return Offering(replies.draft(session, thread_id))
    sheet = proposals.get(session, subject_id)
    return offering(sheet) if sheet else None


def _unknown(proposal_id: str) -> NotFound:
    return NotFound(
        _("There is no proposal {id} here.").format(id=proposal_id),
        hint=_("See them with: freelancer-tui proposals list"),
    )
