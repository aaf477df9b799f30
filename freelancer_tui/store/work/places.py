"""Places: where the user was in each text, so that going on begins there."""

from sqlmodel import Field, Session, SQLModel

from freelancer_tui.domain.drafts import Place


class PlaceRow(SQLModel, table=True):
    """A place as the file keeps it."""

    __tablename__ = "places"

    subject_id: str = Field(primary_key=True)
    line: int
    letter: int
    top: int


def get(session: Session, subject_id: str) -> Place | None:
    """Give where the user was in a text; None when that is not known."""
    row = session.get(PlaceRow, subject_id)
    return Place(row.line, row.letter, row.top) if row else None


def put(session: Session, subject_id: str, place: Place) -> None:
    """Keep where the user is in a text."""
    row = session.get(PlaceRow, subject_id)
    if row is None:
        row = PlaceRow(subject_id=subject_id, line=0, letter=0, top=0)
        session.add(row)
    row.line, row.letter, row.top = place.line, place.letter, place.top
    session.flush()
