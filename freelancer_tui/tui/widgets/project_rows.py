"""ProjectRows: every job of a list by its id, and the rows of those that were looked at lately."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from freelancer_tui.domain.projects import ProjectSummary

MOST_KEPT: Final = 1_000
"""Rows kept in memory, however long the list is."""
_AROUND: Final = 100
"""Rows asked for above and below those in view; half of them left is when they are asked for."""


class ProjectRows:
    """A list of any length: eight bytes for each job, and a bounded number of whole rows."""

    def __init__(self) -> None:
        self.ids: Sequence[int] = array("q")
        """The jobs in order, at least from the top on."""
        self._expected: int | None = 0
        self._last: tuple[int, ...] = ()
        """The jobs at the other end, the very last first, while those between are not known."""
        self._kept: dict[int, ProjectSummary | None] = {}
        self._stale: set[int] = set()

    def __len__(self) -> int:
        """How many jobs the list has, also those whose ids are not here yet."""
        return max(len(self.ids), self._expected or 0)

    def __getitem__(self, index: int) -> ProjectSummary | None:
        """Give a row; None while it is not here."""
        if not 0 <= index < len(self):
            raise IndexError(index)
        remote_id = self.id_at(index)
        return None if remote_id is None else self._kept.get(remote_id)

    def __iter__(self) -> Iterator[ProjectSummary]:
        """Give the rows that are here, in order; only a short list may be asked for them."""
        found = (self._kept.get(remote_id) for remote_id in self.ids)
        return (row for row in found if row is not None)

    def id_at(self, index: int) -> int | None:
        """Give the job in a place; None where that is not known yet."""
        if index < len(self.ids):
            return self.ids[index]
        place = len(self) - 1 - index
        return self._last[place] if 0 <= place < len(self._last) else None

    @property
    def is_whole(self) -> bool:
        """True when every id is here."""
        return self._expected is not None and len(self.ids) >= self._expected

    def begin(self, rows: Iterable[ProjectSummary], expected: int | None) -> None:
        """Take another list: its first rows, and how many there are if that is known."""
        self._kept = {row.remote_id: row for row in rows}
        self._stale = set(self._kept)  # to be shown at once, and judged later
        self.ids, self._expected, self._last = array("q", self._kept), expected, ()

    def renew(self, ids: Sequence[int], expected: int | None) -> None:
        """Take the ids as they are now; rows that are here are shown until they are asked again."""
        self.ids, self._expected, self._last = ids, expected, ()
        self._stale = set(self._kept)

    def end_with(self, rows: Iterable[ProjectSummary]) -> None:
        """Take the last rows of a list of known length, the very last first."""
        found = {row.remote_id: row for row in rows}
        self._last = tuple(found)
        self._kept.update(found)

    def fill(
        self, asked: Iterable[int], rows: Mapping[int, ProjectSummary], keep: int | None = None
    ) -> None:
        """Take rows that were asked for, and keep one; what is not among them is not there."""
        for remote_id in asked:
            before = self._kept.pop(remote_id, None)  # the newest stand last
            self._kept[remote_id] = _judged(rows.get(remote_id), before)
            self._stale.discard(remote_id)
        if keep in self._kept:
            self._kept[keep] = self._kept.pop(keep)
        for remote_id in list(self._kept)[: max(len(self._kept) - MOST_KEPT, 0)]:
            del self._kept[remote_id]

    def lacking_around(self, top: int, bottom: int) -> list[int]:
        """Give what is lacking in view, with some above and below; nothing while it suffices."""
        if self.lacking(top - _AROUND // 2, bottom + _AROUND // 2):
            return self.lacking(top - _AROUND, bottom + _AROUND)
        return []

    def lacking(self, first: int, last: int) -> list[int]:
        """Give the ids in a stretch whose rows are not here, or not as they are now."""
        stretch = self.ids[max(first, 0) : last]
        return [one for one in stretch if one not in self._kept or one in self._stale]

    def find(self, remote_id: int) -> ProjectSummary | None:
        """Give the row of a job, where it is here."""
        return self._kept.get(remote_id)

    def place(self, remote_id: int) -> int | None:
        """Give where a job stands in the list; None for one that is not in it."""
        try:
            return self.ids.index(remote_id)
        except ValueError:
            return None

    def unjudged(self) -> list[ProjectSummary]:
        """Give the rows that are here and have no score yet."""
        return [row for row in self._kept.values() if row is not None and row.score is None]

    def judge(self, scores: Mapping[int, int]) -> None:
        """Take the scores of rows that are here."""
        for remote_id, score in scores.items():
            if (row := self._kept.get(remote_id)) is not None:
                self._kept[remote_id] = replace(row, score=score)


def _judged(row: ProjectSummary | None, before: ProjectSummary | None) -> ProjectSummary | None:
    """Give a row with the score that it had, where nobody judged it anew."""
    if row is None or before is None or row.score is not None:
        return row
    return replace(row, score=before.score)
