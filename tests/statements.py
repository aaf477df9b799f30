"""Statements: what SQLAlchemy makes of a query serves every work file of a process."""

from functools import cache
from typing import Any, Final

from sqlalchemy import Dialect, Engine, create_engine

import freelancer_tui.store.work.database as work_file

_COMPILED: Final[dict[Any, Any]] = {}


def kept() -> None:
    """Compile each statement once; the program does it once for each file it opens."""
    setattr(work_file, "create_engine", _alike)  # noqa: B010 (it is not exported)


def _alike(*arguments: Any, **named: Any) -> Engine:
    options = {"compiled_cache": _COMPILED}
    engine = create_engine(*arguments, execution_options=options, **named)
    engine.dialect = _dialect()  # what is compiled is known by it
    return engine


@cache
def _dialect() -> Dialect:
    engine = create_engine("sqlite://")
    with engine.connect():  # it learns what this SQLite can
        return engine.dialect
