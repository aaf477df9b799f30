"""Downloads: which files of messages the user saved, where, and what they were then."""

from collections.abc import Iterable

from sqlmodel import Field, Session, SQLModel, col, select

from freelancer_tui.domain.attachments import Download
from freelancer_tui.store.columns import instant, micros

_MOST_ASKED = 500


class DownloadRow(SQLModel, table=True):
    """The newest download of a file as the work file keeps it."""

    __tablename__ = "downloads"

    message_remote_id: int = Field(primary_key=True)
    name: str = Field(primary_key=True)
    path: str
    size: int
    checksum: str
    at: int


def put(session: Session, saved: Download) -> None:
    """Keep that a file was saved, in place of where it was saved before."""
    session.merge(
        DownloadRow(
            message_remote_id=saved.message_remote_id,
            name=saved.name,
            path=saved.path,
            size=saved.size,
            checksum=saved.checksum,
            at=micros(saved.at),
        )
    )
    session.flush()


def of_messages(session: Session, ids: Iterable[int]) -> dict[tuple[int, str], Download]:
    """Give what was saved of the files of these messages, by message and name."""
    asked = sorted(set(ids))
    found: dict[tuple[int, str], Download] = {}
    for start in range(0, len(asked), _MOST_ASKED):
        some = col(DownloadRow.message_remote_id).in_(asked[start : start + _MOST_ASKED])
        for row in session.exec(select(DownloadRow).where(some)):
            found[row.message_remote_id, row.name] = Download(
                row.message_remote_id, row.name, row.path, row.size, row.checksum, instant(row.at)
            )
    return found
