"""Triage: verdicts on one job or many, notes, and what is new; each verb gives its own undo."""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from freelancer_tui.domain.counts import MOST_COUNTED
from freelancer_tui.domain.projects import Verdict
from freelancer_tui.domain.text import clean
from freelancer_tui.store.cache import projects, verdicts
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.work import marks, notes, seen
from freelancer_tui.store.work.pad import Pad

MOST_IN_NOTE: Final = 5_000
"""Characters of a note."""


@dataclass(frozen=True, slots=True)
class Undo:
    """How to take back what a verb did; it touches the disk."""

    take_back: Callable[[], object]
    ids: tuple[int, ...] = ()
    """The jobs that it was about."""


class Triage:
    """The user's verbs for sorting jobs out; any thread may call them."""

    def __init__(self, cache: CacheDatabase, pad: Pad, clock: Callable[[], datetime]) -> None:
        self._cache = cache
        self._pad = pad
        self._clock = clock

    def mark(self, ids: Sequence[int], verdict: Verdict | None) -> Undo:
        """Star or skip jobs, or clear their marks; who decides on a job has seen it."""
        with self._cache.read() as connection:
            known = projects.known(connection, ids)
            new = set(verdicts.new_among(connection, known))
        chosen = tuple(one for one in ids if one in known)
        with self._pad.transaction() as connection:
            before = marks.put(connection, dict.fromkeys(chosen, verdict), self._clock())
            seen.add(connection, new)
        return Undo(partial(self._put_back, before, new), chosen)

    def toggle(self, ids: Sequence[int], verdict: Verdict) -> tuple[Undo, bool]:
        """Mark jobs, or clear the mark where all have it already; tell whether they have it now."""
        with self._pad.read() as connection:
            before = marks.get(connection, ids)
        is_on = any(one != verdict for one in before.values())
        return self.mark(ids, verdict if is_on else None), is_on

    def note(self, remote_id: int, text: str) -> Undo:
        """Keep a note on a job; an empty one leaves nothing."""
        with self._pad.transaction() as connection:
            before = notes.get(connection, remote_id)
            kept = clean(text, MOST_IN_NOTE)
            notes.put(connection, remote_id, kept if kept.strip() else "", self._clock())
        return self.undo_note(remote_id, before)

    def undo_note(self, remote_id: int, before: str) -> Undo:
        """Give the way back to what a note said before it was typed over."""
        return Undo(partial(self.note, remote_id, before), (remote_id,))

    def note_of(self, remote_id: int) -> str:
        """Give the note on a job."""
        with self._cache.read() as connection:
            return verdicts.note(connection, remote_id)

    def look(self, remote_id: int) -> bool:
        """Remember that a job was looked at; True when it was new until now."""
        with self._cache.read() as connection:
            is_new = any(verdicts.new_among(connection, (remote_id,)))
        if is_new:
            with self._pad.transaction() as connection:
                seen.add(connection, (remote_id,))
        return is_new

    def see_all(self) -> Undo:
        """Count every job that is here as seen."""
        with self._cache.read() as connection:
            newest = verdicts.newest(connection)
        with self._pad.transaction() as connection:
            before = seen.raise_line(connection, newest)
        return Undo(partial(self._see_as_before, before))

    def begin(self) -> None:
        """Draw the first line: what is here before there was a last time is not new."""
        with self._cache.read() as connection:
            if verdicts.has_line(connection) or not (newest := verdicts.newest(connection)):
                return
        with self._pad.transaction() as writer:
            if not seen.has_line(writer):
                seen.raise_line(writer, newest)

    def count_new(self) -> int:
        """Count the jobs not seen, up to one more than is told."""
        with self._cache.read() as connection:
            return len(verdicts.new(connection, MOST_COUNTED + 1))

    def next_new(self, ids: "Iterable[int] | array[int]") -> int | None:
        """Give the first of some jobs that the user has not seen."""
        with self._cache.read() as connection:
            return next(verdicts.new_among(connection, ids), None)

    def _put_back(self, before: Mapping[int, Verdict | None], new: Iterable[int]) -> None:
        with self._pad.transaction() as connection:
            marks.put(connection, before, self._clock())
            seen.take_back(connection, new)

    def _see_as_before(self, before: seen.Before) -> None:
        with self._pad.transaction() as connection:
            seen.put_back(connection, before)
