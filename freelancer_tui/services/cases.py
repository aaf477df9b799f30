"""Cases: what is known of one piece of work and its conversation, gathered for a dispute pack."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Final

from freelancer_tui.documents.disputes.exhibits import Exhibits
from freelancer_tui.domain.attachments import Attachment, Download, Upload
from freelancer_tui.domain.disputes import Case, Evidence, Matter, Offer, Party, Role, Said
from freelancer_tui.domain.happenings import Happening, Moved
from freelancer_tui.domain.intents import EditBid, OutboxEntry, PlaceBid, SendMessage
from freelancer_tui.domain.invoices import Invoice
from freelancer_tui.domain.messages import Message
from freelancer_tui.domain.milestones import Milestone, MilestoneRequest
from freelancer_tui.domain.people import Person, Profile
from freelancer_tui.domain.projects import Project
from freelancer_tui.domain.proposals import Bid, Proposal, standing
from freelancer_tui.domain.zones import zone_name
from freelancer_tui.errors import NotFound
from freelancer_tui.i18n import _
from freelancer_tui.services import conversation, timeline
from freelancer_tui.services.talks import thread_here
from freelancer_tui.store.cache import bids, happenings, messages, milestones, people, projects
from freelancer_tui.store.cache import threads as thread_store
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.work import downloads, invoices, outbox, proposals
from freelancer_tui.store.work.database import WorkDatabase
from freelancer_tui.store.work.pad import Pad

_MOST: Final = 1_000_000
"""Messages of one conversation: more than anybody says."""
_MOST_BILLS: Final = 10_000


@dataclass(frozen=True)
class _Kept:
    """What the user's own file has of it."""

    entries: Sequence[OutboxEntry] = ()
    """All that was queued, in order."""
    sheet: Proposal | None = None
    saved: Mapping[tuple[int, str], Download] = field(default_factory=dict)

    @property
    def sent(self) -> list[OutboxEntry]:
        """What the marketplace has taken."""
        return [one for one in self.entries if one.state == "sent"]

    @cached_property
    def uploads(self) -> Mapping[int, Mapping[str, Upload]]:
        """What went with the user's own messages, by message and name."""
        return {
            one.remote_id: {file.name: file for file in one.intent.uploads}
            for one in self.sent
            if one.remote_id is not None and isinstance(one.intent, SendMessage)
        }


class Cases:
    """Reads both files; a long conversation takes seconds, so ask on a thread."""

    def __init__(
        self,
        cache: CacheDatabase,
        work: WorkDatabase,
        pad: Pad,
        clock: Callable[[], datetime],
        marketplace: str,
    ) -> None:
        self._cache: Final = cache
        self._work: Final = work
        self._pad: Final = pad
        self._clock: Final = clock
        self._marketplace: Final = marketplace

    def of_thread(self, thread_id: int) -> Matter:
        """Give what a conversation is about: its job with all its threads, else it alone."""
        with self._cache.read() as connection:
            thread = thread_here(connection, thread_id)
        if thread.project_remote_id is None:
            return Matter(None, (thread_id,))
        return self.of_project(thread.project_remote_id)

    def of_project(self, remote_id: int) -> Matter:
        """Give a job with all its threads."""
        with self._cache.read() as connection:
            found = thread_store.all_of_project(connection, remote_id)
            is_known = bool(found) or projects.get(connection, remote_id) is not None
        if not is_known and self._kept(Matter(remote_id)).sheet is None:
            raise NotFound(
                _("There is no job {number} here.").format(number=remote_id),
                hint=_("See what is here with: freelancer-tui jobs search"),
            )
        return Matter(remote_id, tuple(one.remote_id for one in found))

    def of(self, matter: Matter, exhibits: Exhibits) -> Case:
        """Give the case; the files of its messages go to the exhibits."""
        kept = self._kept(matter)
        with self._cache.read() as connection:
            said = [
                one
                for thread in matter.thread_remote_ids
                for one in messages.in_thread(connection, thread, _MOST)
            ]
            facts = _Facts.read(connection, matter, said)
            known = messages.known(connection, (one.remote_id or 0 for one in kept.entries))
        with self._work.read() as session:
            ids = [one.remote_id for one in said if one.attachments]
            kept = replace(kept, saved=downloads.of_messages(session, ids))
        return Case(
            matter=matter,
            title=_title(matter, facts, kept.sheet),
            made_at=self._clock(),
            marketplace=self._marketplace,
            parties=facts.parties,
            project=facts.project,
            brief=_brief(facts.project, kept.sheet),
            bid_remote_id=facts.bid.remote_id if facts.bid else None,
            bid_status=standing("placed", facts.bid) if facts.bid else "",
            offers=tuple(_offers(kept, facts.bid)),
            events=timeline.events(
                facts.project, facts.told, facts.bid, (facts.money, facts.moved), kept.sent
            ),
            said=tuple(_said(one, facts, kept, exhibits) for one in said),
            unsent=tuple(_unsent(kept, said, known, facts, exhibits)),
            invoices=self._bills(matter.project_remote_id),
        )

    def _kept(self, matter: Matter) -> _Kept:
        project = matter.project_remote_id
        names = [f"thread:{one}" for one in matter.thread_remote_ids]
        names += [f"project:{project}"] if project is not None else []
        with self._work.read() as session:
            entries = outbox.history(session, names)
            sheet = proposals.of_project(session, project) if project is not None else None
        return _Kept(entries, sheet)

    def _bills(self, project: int | None) -> tuple[Invoice, ...]:
        """Give our documents for a job, quotes too, the oldest first."""
        if project is None:
            return ()
        with self._pad.read() as connection:
            listed = [
                one.id
                for are_quotes in (True, False)
                for one in invoices.summaries(
                    connection,
                    invoices.Filter(project_remote_id=project, are_quotes=are_quotes),
                    _MOST_BILLS,
                )
            ]
            found = [invoices.get(connection, one) for one in sorted(listed)]
        return tuple(one for one in found if one is not None)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the marketplace said of it."""

    project: Project | None
    bid: Bid | None
    told: tuple[Happening, ...]
    money: tuple[Milestone | MilestoneRequest, ...]
    moved: tuple[Moved, ...]
    parties: tuple[Party, ...]
    names: Mapping[int, str]

    @property
    def me(self) -> Person | None:
        """The user, where that is known."""
        return next((one.person for one in self.parties if one.role == "freelancer"), None)

    @classmethod
    def read(
        cls, connection: sqlite3.Connection, matter: Matter, said: Iterable[Message]
    ) -> "_Facts":
        """Read them all."""
        number = matter.project_remote_id
        project = projects.get(connection, number) if number is not None else None
        members = {one.from_id for one in said}
        for thread in thread_store.among(connection, matter.thread_remote_ids):
            members.update(thread.member_ids)
        if project is not None and project.owner_id is not None:
            members.add(project.owner_id)
        profile = people.profile(connection)
        if profile is not None:
            members.add(profile.person.remote_id)
        return cls(
            project=project,
            bid=bids.of_project(connection, number) if number is not None else None,
            told=happenings.of(connection, number) if number is not None else (),
            money=tuple(milestones.of_project(connection, number)) if number is not None else (),
            moved=happenings.of_money(connection, number) if number is not None else (),
            parties=tuple(_parties(connection, members, profile, project)),
            names=people.names(connection, members),
        )


def _parties(
    connection: sqlite3.Connection,
    members: Iterable[int],
    profile: Profile | None,
    project: Project | None,
) -> Iterator[Party]:
    """Give the user first, then the client: who posted the job, else the only other one."""
    mine = profile.person.remote_id if profile else None
    others = sorted(one for one in members if one != mine)
    owner = project.owner_id if project and project.owner_id else None
    if owner is None and len(others) == 1:
        owner = others[0]
    order = [one for one in (mine, owner) if one is not None]
    for number in (*order, *(one for one in others if one != owner)):
        person = people.get(connection, number) or Person(number, "")
        role: Role = "freelancer" if number == mine else "client" if number == owner else "other"
        yield Party(person, role, zone_name(person.timezone, person.country_code))


def _offers(kept: _Kept, bid: Bid | None) -> Iterator[Offer]:
    """Give what was placed and changed from here, then what the marketplace has, if it differs."""
    ours = [
        Offer(one.queued_at, intent.amount, intent.days, intent.text, "program")
        for one in kept.sent
        if isinstance(intent := one.intent, PlaceBid | EditBid)
    ]
    if bid is None:
        yield from ours
        return
    last = ours[-1] if ours else None
    words = bid.text or (last.text if last else "") or (kept.sheet.text if kept.sheet else "")
    if last and (last.amount, last.days, last.text.strip()) == (
        bid.amount,
        bid.days,
        words.strip(),
    ):
        yield from ours[:-1]
        yield replace(last, is_standing=True)
        return
    yield from ours
    at = max(bid.submitted_at, last.at) if last else bid.submitted_at
    yield Offer(at, bid.amount, bid.days, words, "marketplace", is_standing=True)


def _said(one: Message, facts: _Facts, kept: _Kept, exhibits: Exhibits) -> Said:
    mine = facts.me is not None and one.from_id == facts.me.remote_id
    uploads = kept.uploads.get(one.remote_id, {}) if mine else {}
    return Said(
        thread_remote_id=one.thread_remote_id,
        remote_id=one.remote_id,
        from_id=one.from_id,
        from_name=facts.names.get(one.from_id) or str(one.from_id),
        mine=mine,
        text=one.text,
        at=one.sent_at,
        files=tuple(
            _file(file, one.remote_id, kept, uploads, exhibits) for file in one.attachments
        ),
    )


def _file(
    file: Attachment, message: int, kept: _Kept, uploads: Mapping[str, Upload], exhibits: Exhibits
) -> Evidence:
    saved, sent = kept.saved.get((message, file.name)), uploads.get(file.name)
    if saved is not None:
        return exhibits.take(file, message, saved.path, saved.checksum)
    return exhibits.take(file, message, "", sent.checksum if sent else "")


def _unsent(
    kept: _Kept, said: Sequence[Message], known: set[int], facts: _Facts, exhibits: Exhibits
) -> Iterator[Said]:
    """Give the replies that are not among the messages."""
    lines = conversation.on_their_way(kept.entries, said, known, facts.me)
    by_id = {one.id: one.intent for one in kept.entries}
    for line in lines:
        intent = by_id[line.id]
        assert isinstance(intent, SendMessage)
        yield Said(
            thread_remote_id=intent.thread_remote_id,
            remote_id=None,
            from_id=facts.me.remote_id if facts.me else None,
            from_name=line.from_name,
            mine=True,
            text=line.text,
            at=line.sent_at,
            state=line.state,
            files=tuple(
                exhibits.take(
                    Attachment(one.name, one.size, one.content_type), None, one.path, one.checksum
                )
                for one in intent.uploads
            ),
        )


def _title(matter: Matter, facts: _Facts, sheet: Proposal | None) -> str:
    """Give the job's title, as it is or was; without a job, who the talk is with."""
    if facts.project is not None:
        return facts.project.title
    if sheet is not None and sheet.brief is not None:
        return sheet.brief.title
    others = [one.person.name for one in facts.parties if one.role != "freelancer"]
    if named := ", ".join(name for name in others if name):
        return named
    return str(matter.project_remote_id or matter.thread_remote_ids[0])


def _brief(project: Project | None, sheet: Proposal | None) -> str:
    """Give the client's text: as it is now, else as it was when the user answered it."""
    if project is not None and project.description:
        return project.description
    if sheet is not None and sheet.brief is not None and sheet.brief.description:
        return sheet.brief.description
    return project.preview if project else ""
