"""Meta: single words about the work file itself, such as whose work it is."""

from sqlmodel import Field, Session, SQLModel


class MetaRow(SQLModel, table=True):
    """A value under its key, as the file keeps it."""

    __tablename__ = "meta"

    key: str = Field(primary_key=True)
    value: str


def get(session: Session, key: str) -> str | None:
    """Give the value under a key; None when there is none."""
    row = session.get(MetaRow, key)
    return row.value if row else None


def put(session: Session, key: str, value: str) -> None:
    """Keep a value under a key, in place of the one before."""
    row = session.get(MetaRow, key)
    if row is None:
        session.add(MetaRow(key=key, value=value))
    else:
        row.value = value
    session.flush()
