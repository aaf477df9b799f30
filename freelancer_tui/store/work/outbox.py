"""Outbox: intents on their way, in the order in which the user queued them."""

from collections.abc import Iterable
from typing import Final, NamedTuple, cast

from sqlalchemy import ColumnElement, and_, case, func, or_, update
from sqlalchemy import delete as sql_delete
from sqlmodel import Field, Session, SQLModel, col, select

from freelancer_tui.domain.intents import (
    LIVE,
    BidAction,
    EditBid,
    OutboxEntry,
    OutboxState,
    SendMessage,
    orphaned,
)
from freelancer_tui.domain.proposals import Proposal
from freelancer_tui.i18n import _
from freelancer_tui.store.columns import instant, maybe_instant, maybe_micros, micros
from freelancer_tui.store.work import intents

_MOST_LIVE: Final = 5000
_MOST_EVER: Final = 1_000_000
_MOST_SENT: Final = 50
"""Sent entries of a thread that are kept in sight until a pull brings the messages."""


class OutboxRow(SQLModel, table=True):
    """An entry of the outbox as the file keeps it."""

    __tablename__ = "outbox"

    id: str = Field(primary_key=True)
    intent: str
    subject_id: str
    entity: str
    about: str
    state: str
    queued_at: int
    attempts: int
    next_try_at: int | None
    watermark: int | None
    looked_first_at: int | None
    asks: bool
    reason_code: str
    reason: str
    remote_id: int | None
    after: str | None
    found: str | None
    looked_at: int | None
    looked_among: int | None


_UNSENT: Final = col(OutboxRow.state) != "sent"
_IN_ORDER: Final = (col(OutboxRow.queued_at), col(OutboxRow.id))
_NEWEST: Final = (col(OutboxRow.queued_at).desc(), col(OutboxRow.id).desc())


class Counts(NamedTuple):
    """How much is on its way, and how much stands still until the user decides."""

    waiting: int
    needs_user: int


def add(session: Session, entry: OutboxEntry) -> None:
    """Queue an entry behind all of its entity, also when the clock stood still or was set back."""
    row = _row(entry)
    newest = select(func.max(col(OutboxRow.queued_at))).where(col(OutboxRow.entity) == entry.entity)
    last = session.exec(newest).one()
    if last is not None and last >= row.queued_at:
        row.queued_at = last + 1
    session.add(row)
    session.flush()


def get(session: Session, entry_id: str) -> OutboxEntry | None:
    """Give an entry; None when there is none of that id."""
    row = session.get(OutboxRow, entry_id)
    return _entry(row) if row else None


def live(session: Session, limit: int = _MOST_LIVE) -> list[OutboxEntry]:
    """Give all entries that can still change something there, in queue order."""
    return _found(session, col(OutboxRow.state).in_(LIVE), limit)


def listed(session: Session, limit: int) -> list[OutboxEntry]:
    """Give what the user may want to see: all that is not sent, in queue order."""
    return _found(session, _UNSENT, limit)


def of_thread(session: Session, thread_id: int) -> list[OutboxEntry]:
    """Give a thread's entries that are not sent and the newest that are, in queue order."""
    mine = col(OutboxRow.entity) == f"thread:{thread_id}"
    newest_sent = (
        select(OutboxRow.id)
        .where(mine, col(OutboxRow.state) == "sent")
        .order_by(*_NEWEST)
        .limit(_MOST_SENT)
    )
    return _found(session, and_(mine, or_(_UNSENT, col(OutboxRow.id).in_(newest_sent))), _MOST_LIVE)


def of_subject(session: Session, subject_id: str) -> OutboxEntry | None:
    """Give the entry that carries a proposal, the newest that is not sent; None without one."""
    statement = (
        select(OutboxRow).where(col(OutboxRow.subject_id) == subject_id, _UNSENT).order_by(*_NEWEST)
    )
    row = session.exec(statement.limit(1)).first()
    return _entry(row) if row else None


def all_about(session: Session, sheet: Proposal) -> list[OutboxEntry]:
    """Give all entries about a proposal or its bid that are not sent, in queue order.

    A bid placed elsewhere goes by another name until a proposal of ours meets it.
    """
    entity = col(OutboxRow.entity) == f"project:{sheet.project_remote_id}"
    return [
        one
        for one in _found(session, and_(entity, _UNSENT), _MOST_LIVE)
        if one.subject_id == sheet.id
        or (
            isinstance(one.intent, EditBid | BidAction)
            and one.intent.bid_remote_id == sheet.bid_remote_id
        )
    ]


def history(session: Session, entities: Iterable[str]) -> list[OutboxEntry]:
    """Give all that was ever queued for some entities and not discarded, in queue order."""
    return _found(session, col(OutboxRow.entity).in_(list(entities)), _MOST_EVER)


def replace(session: Session, expected: OutboxState, entry: OutboxEntry) -> bool:
    """Put an entry as it now is, if its state is still the expected one; tell whether it was."""
    columns = _row(entry).model_dump(exclude={"id"})
    statement = update(OutboxRow).where(*_is(entry.id, expected)).values(columns)
    return session.exec(statement).rowcount == 1


def delete(session: Session, entry_id: str, expected: OutboxState) -> bool:
    """Take an entry out, and refuse what waits for it, if its state is still the expected one.

    Tells whether it was.
    """
    statement = sql_delete(OutboxRow).where(*_is(entry_id, expected))
    if session.exec(statement).rowcount != 1:
        return False
    refuse_waiting(session, entry_id, _("It was not sent: what it waited for was taken out."))
    return True


def refuse_waiting(session: Session, entry_id: str, reason: str) -> list[OutboxEntry]:
    """Refuse all that waits for an entry which will not be sent; give what that was."""
    refused: list[OutboxEntry] = []
    parents = [entry_id]
    while parents:
        waits = and_(col(OutboxRow.after).in_(parents), col(OutboxRow.state) == "queued")
        children = [orphaned(child, reason) for child in _found(session, waits, _MOST_LIVE)]
        for child in children:
            replace(session, "queued", child)
        refused += children
        parents = [child.id for child in children]
    return refused


def upload_paths(session: Session) -> set[str]:
    """Give where the copies of all files lie that are not sent yet."""
    with_files = select(OutboxRow.intent).where(_UNSENT, col(OutboxRow.intent).contains("uploads"))
    found = [intents.read(text) for text in session.exec(with_files)]
    return {one.path for said in found if isinstance(said, SendMessage) for one in said.uploads}


def recover(session: Session) -> int:
    """Make doubtful what a crash left half sent; give how many entries that were."""
    statement = (
        update(OutboxRow)
        .where(col(OutboxRow.state) == "sending")
        .values(state="doubtful", next_try_at=None)
    )
    return session.exec(statement).rowcount


def counts(session: Session) -> Counts:
    """Count what waits for its turn and what waits for the user."""
    asking = or_(col(OutboxRow.state) == "refused", col(OutboxRow.asks))
    statement = select(
        func.coalesce(func.sum(case((asking, 0), else_=1)), 0),
        func.coalesce(func.sum(case((asking, 1), else_=0)), 0),
    ).where(_UNSENT)
    return Counts(*session.exec(statement).one())


def _is(entry_id: str, expected: OutboxState) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(OutboxRow.id) == entry_id, col(OutboxRow.state) == expected


def _found(session: Session, which: ColumnElement[bool], limit: int) -> list[OutboxEntry]:
    statement = select(OutboxRow).where(which).order_by(*_IN_ORDER).limit(limit)
    return [_entry(row) for row in session.exec(statement)]


def _row(entry: OutboxEntry) -> OutboxRow:
    return OutboxRow(
        id=entry.id,
        intent=intents.written(entry.intent),
        subject_id=entry.subject_id,
        entity=entry.entity,
        about=entry.about,
        state=entry.state,
        queued_at=micros(entry.queued_at),
        attempts=entry.attempts,
        next_try_at=maybe_micros(entry.next_try_at),
        watermark=entry.watermark,
        looked_first_at=maybe_micros(entry.looked_first_at),
        asks=entry.asks,
        reason_code=entry.reason_code,
        reason=entry.reason,
        remote_id=entry.remote_id,
        after=entry.after,
        found=intents.written_terms(entry.found),
        looked_at=maybe_micros(entry.looked_at),
        looked_among=entry.looked_among,
    )


def _entry(row: OutboxRow) -> OutboxEntry:
    return OutboxEntry(
        id=row.id,
        intent=intents.read(row.intent),
        subject_id=row.subject_id,
        entity=row.entity,
        about=row.about,
        state=cast(OutboxState, row.state),
        queued_at=instant(row.queued_at),
        attempts=row.attempts,
        next_try_at=maybe_instant(row.next_try_at),
        watermark=row.watermark,
        looked_first_at=maybe_instant(row.looked_first_at),
        asks=row.asks,
        reason_code=row.reason_code,
        reason=row.reason,
        remote_id=row.remote_id,
        after=row.after,
        found=intents.read_terms(row.found),
        looked_at=maybe_instant(row.looked_at),
        looked_among=row.looked_among,
    )
