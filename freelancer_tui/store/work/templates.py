"""Templates: texts to begin an offer with, and pieces to put into one."""

from typing import cast

from sqlmodel import Field, Session, SQLModel, col, func, select

from freelancer_tui.domain.templates import Kind, Template
from freelancer_tui.store.columns import maybe_instant, micros


class TemplateRow(SQLModel, table=True):
    """A template as the file keeps it."""

    __tablename__ = "templates"

    id: str = Field(primary_key=True)
    name: str
    kind: str
    english: str
    indonesian: str
    updated_at: int


def all(session: Session, limit: int = 1000) -> list[Template]:
    """Give all, whole templates before snippets, by name."""
    by_name = (col(TemplateRow.kind).desc(), func.lower(col(TemplateRow.name)), col(TemplateRow.id))
    return [
        _template(row) for row in session.exec(select(TemplateRow).order_by(*by_name).limit(limit))
    ]


def get(session: Session, template_id: str) -> Template | None:
    """Give a template; None when there is none of that id."""
    row = session.get(TemplateRow, template_id)
    return _template(row) if row else None


def put(session: Session, template: Template) -> None:
    """Keep a template as it now is."""
    assert template.updated_at is not None
    session.merge(
        TemplateRow(
            id=template.id,
            name=template.name,
            kind=template.kind,
            english=template.english,
            indonesian=template.indonesian,
            updated_at=micros(template.updated_at),
        )
    )
    session.flush()


def delete(session: Session, template_id: str) -> None:
    """Throw a template away; nothing happens when it is not there."""
    row = session.get(TemplateRow, template_id)
    if row is not None:
        session.delete(row)
        session.flush()


def _template(row: TemplateRow) -> Template:
    kind = cast(Kind, row.kind)
    at = maybe_instant(row.updated_at)
    return Template(row.id, row.name, kind, row.english, row.indonesian, at)
