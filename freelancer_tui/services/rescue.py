"""Rescue: what became of a damaged work file, and the copies that the user takes and puts back."""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from freelancer_tui.errors import NotAllowed, NotFound, StoreError
from freelancer_tui.i18n import _, ngettext
from freelancer_tui.store.backups import newest_first
from freelancer_tui.store.lock import SyncLock
from freelancer_tui.store.work import meta, restoring
from freelancer_tui.store.work.database import Session, WorkDatabase
from freelancer_tui.store.work.file import NAME, RECOVERED
from freelancer_tui.store.work.lacking import Lacking, as_of_now, lacking, take_in
from freelancer_tui.store.work.migrations import MIGRATIONS

_UNSENT: Final = "SELECT count(*) FROM outbox WHERE state <> 'sent'"
_SHEETS: Final = "SELECT count(*) FROM proposals"
_COPIES: Final = """
    SELECT path FROM reply_files UNION
    SELECT json_extract(file.value, '$[1]') FROM outbox, json_each(intent, '$.uploads') file
        WHERE state <> 'sent'
"""


@dataclass(frozen=True, slots=True)
class Holding:
    """What a work file holds of the user's."""

    proposals: int
    outbox: int
    """Entries that are not sent."""
    files: int = 0
    """Files that wait with them, or with replies begun; their copies are not in it."""
    lost: int = 0
    """Those of them whose copies are not here."""


@dataclass(frozen=True, slots=True)
class Rescued:
    """What was brought over from a damaged file, and what the last backup has beyond it."""

    kept: Path
    """Where the damaged file is."""
    proposals: int
    outbox: int
    replies: int
    backup: Path | None
    taken_at: datetime | None
    """When the backup was taken."""
    more_proposals: int
    more_outbox: int
    more_others: int

    @property
    def more(self) -> int:
        """How many things only the backup has."""
        return self.more_proposals + self.more_outbox + self.more_others


class Rescue:
    """The user's verbs for files that failed, and for copies of them."""

    def __init__(self, folder: Path, work: Callable[[], WorkDatabase]) -> None:
        self._folder = folder
        self._path = folder / NAME
        self._work = work
        self._asked_about: bool | None = None

    def unasked(self) -> Rescued | None:
        """Give what waits for an answer, once after each start and each mending."""
        is_mended = self._work().mended
        if self._asked_about == is_mended:
            return None
        self._asked_about = is_mended
        return self.pending()

    def pending(self) -> Rescued | None:
        """Give what became of a damaged file, until the user answers; None when all is well."""
        with self._work().read() as session:
            told = meta.get(session, RECOVERED)
            if told is None:
                return None
            report = json.loads(told)
            backup = self._backup(report["backup"])
            more = Counter(
                {one.table: len(one.rows) for one in _found(session, backup)} if backup else {}
            )
        return Rescued(
            kept=self._folder / report["kept"],
            proposals=report["proposals"],
            outbox=report["outbox"],
            replies=report["replies"],
            backup=backup,
            taken_at=_taken_at(backup) if backup else None,
            more_proposals=more["proposals"],
            more_outbox=more["outbox"],
            more_others=more.total() - more["proposals"] - more["outbox"],
        )

    def take(self, file: Path | None = None) -> int:
        """Add what only a backup has, the last one if none is named; give how many things.

        What both have stays as it is here. What was unsent in the backup asks before it goes.
        """
        pending = self.pending()
        backup = file or (pending and pending.backup) or next(iter(newest_first(self._path)), None)
        if backup is None:
            raise NotFound(_("There is no backup here."))
        restoring.check(backup)
        with self._work().transaction() as session:
            found = _found(session, backup)
            take_in(_raw(session), found)
            _answered(session)
        return sum(len(one.rows) for one in found)

    def leave(self) -> None:
        """Go on with what was brought over; the damaged file and the backups stay."""
        with self._work().transaction() as session:
            _answered(session)

    def back_up(self, file: Path) -> Holding:
        """Copy the whole work file, while others may use it; only a backup is written over."""
        if file.is_dir():
            raise NotAllowed(_("{name} is a folder: name a file.").format(name=file.name))
        if file.exists() and file.stat().st_size:
            try:
                restoring.check(file)
            except (NotAllowed, StoreError) as error:
                raise NotAllowed(
                    _("{name} is there already, and it is no backup.").format(name=file.name),
                    hint=_("Name another file. Nothing was changed."),
                ) from error
        self._work().backup(file.absolute())
        return holding(file)

    def restore(self, file: Path) -> tuple[Holding, Path | None]:
        """Put a backup in the place of the work file; give what it holds and where the old is."""
        restoring.check(file)
        with SyncLock(self._folder / "sync.lock").held() as got:
            if not got:
                raise StoreError(
                    _("Another window or command is syncing this account."),
                    hint=_("Wait for it, or close it."),
                )
            kept = restoring.restore(self._path, file)
        return holding(file), kept

    def _backup(self, name: str | None) -> Path | None:
        """Give the backup of a name, if it is still there."""
        found = self._folder / "backups" / name if name else None
        return found if found and found.exists() else None


def told(found: Rescued) -> list[str]:
    """Tell what became of a damaged file, a sentence each."""
    sheets = ngettext("{count} proposal", "{count} proposals", found.proposals)
    entries = ngettext("{count} entry of the outbox", "{count} entries of the outbox", found.outbox)
    replies = ngettext("{count} reply begun", "{count} replies begun", found.replies)
    lines = [
        _("Your file {name} was damaged.").format(name=NAME),
        _("Brought over: {proposals}, {entries}, {replies}.").format(
            proposals=sheets.format(count=found.proposals),
            entries=entries.format(count=found.outbox),
            replies=replies.format(count=found.replies),
        ),
        _("The damaged file is kept in {folder}.").format(folder=found.kept.name),
    ]
    if found.outbox:
        lines.append(_("What was on its way asks you before it goes: it may have been sent."))
    return lines


def holding(file: Path) -> Holding:
    """Count what a work file, or a backup of one, holds."""
    with closing(as_of_now(file, MIGRATIONS)) as memory:
        sheets, entries = (memory.execute(query).fetchone()[0] for query in (_SHEETS, _UNSENT))
        copies = [Path(path) for (path,) in memory.execute(_COPIES)]
    return Holding(sheets, entries, len(copies), sum(not one.is_file() for one in copies))


def _found(session: Session, backup: Path) -> list[Lacking]:
    with closing(as_of_now(backup, MIGRATIONS)) as memory:
        return lacking(_raw(session), memory)


def _answered(session: Session) -> None:
    _raw(session).execute("DELETE FROM meta WHERE key = ?", (RECOVERED,))


def _taken_at(backup: Path) -> datetime:
    return datetime.fromtimestamp(backup.stat().st_mtime, UTC)


def _raw(session: Session) -> sqlite3.Connection:
    connection = session.connection().connection.driver_connection
    assert isinstance(connection, sqlite3.Connection)
    return connection
