"""Reply files: what the user attached to a reply that is not sent yet."""

from collections.abc import Iterable, Sequence

from sqlmodel import Field, Session, SQLModel, col, select

from freelancer_tui.domain.attachments import Upload, joined


class ReplyFileRow(SQLModel, table=True):
    """A file of an unsent reply as the work file keeps it, in the order of attaching."""

    __tablename__ = "reply_files"

    thread_id: int = Field(primary_key=True)
    place: int = Field(primary_key=True)
    name: str
    path: str
    size: int
    content_type: str
    checksum: str


def of(session: Session, thread_id: int) -> tuple[Upload, ...]:
    """Give what is attached to the reply that was begun in a thread."""
    return tuple(_upload(row) for row in _rows(session, thread_id))


def put(session: Session, thread_id: int, uploads: Sequence[Upload]) -> None:
    """Have exactly these files attached."""
    for row in _rows(session, thread_id):
        session.delete(row)
    session.flush()
    session.add_all(_row(thread_id, place, one) for place, one in enumerate(uploads))
    session.flush()


def add(session: Session, thread_id: int, uploads: Iterable[Upload]) -> None:
    """Attach more files; one that is attached already is not attached twice."""
    put(session, thread_id, joined(of(session, thread_id), uploads))


def threads(session: Session) -> set[int]:
    """Give the threads to whose replies something is attached."""
    return set(session.exec(select(ReplyFileRow.thread_id)))


def paths(session: Session) -> set[str]:
    """Give where the copies of all attached files lie."""
    return set(session.exec(select(ReplyFileRow.path)))


def _rows(session: Session, thread_id: int) -> Sequence[ReplyFileRow]:
    ours = select(ReplyFileRow).where(ReplyFileRow.thread_id == thread_id)
    return session.exec(ours.order_by(col(ReplyFileRow.place))).all()


def _row(thread_id: int, place: int, upload: Upload) -> ReplyFileRow:
    return ReplyFileRow(
        thread_id=thread_id,
        place=place,
        name=upload.name,
        path=upload.path,
        size=upload.size,
        content_type=upload.content_type,
        checksum=upload.checksum,
    )


def _upload(row: ReplyFileRow) -> Upload:
    return Upload(row.name, row.path, row.size, row.content_type, row.checksum)
