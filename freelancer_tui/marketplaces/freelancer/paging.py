"""Paging: pure; where we are in a list that moves while we read it, and where to read on.

A scan reads the newest updates first. Each page overlaps the one before by a row, the anchor;
where a page lacks it, rows have left above us, and the scan goes on by time from the oldest
update it has seen: rows only ever move to newer times, so nothing is passed over. What moved
to the top behind our back is read by a closing pass over the updates since the scan began,
and only a pass that fits into one answer (so nothing can move during it) ends the scan. The
high water is the server's own time at the start of that last pass.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import msgspec

LIMIT: Final = 100
"""The server's cap on rows in an answer."""
STEP: Final = LIMIT - 1
OVERLAP_SECONDS: Final = 120
PAGES_AT_ONCE: Final = 4
_MOST_PASSES: Final = 6
"""Closing passes of a list that changes faster than it can be read."""
_MOST_STALLS: Final = 4
"""Restarts without headway before a list is taken to have no order, and read by offset."""
_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Row:
    """As much of a row as paging needs; None where it could not be read."""

    id: int | None
    at: int | None = None
    """When it was last updated, in epoch seconds."""


@dataclass(frozen=True, slots=True)
class Window:
    """One request's share of a list."""

    offset: int = 0
    since: int | None = None
    until: int | None = None
    limit: int = LIMIT


class Scan(msgspec.Struct, frozen=True, omit_defaults=True):
    """A pass over a list that is not at its end yet."""

    start: int | None = None
    """The server's time at its first answer: the candidate for the high water."""
    since: int | None = None
    until: int | None = None
    offset: int = 0
    anchor: int | None = None
    oldest: int | None = None
    """The oldest update seen."""
    done: int = 0
    total: int | None = None
    passes: int = 0
    answers: int = 0
    stalls: int = 0
    size: int | None = None
    """Rows in a page of a server that gives fewer than we ask for."""


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """Our place in a feed: what is surely read, and the scan that is under way."""

    about: str = ""
    """What the list was asked for: a place in another list is no place in this one."""
    high: int | None = None
    scan: Scan | None = None
    version: int = _VERSION


def read_place(cursor: str | None, about: str) -> Place:
    """Read a cursor; one that is damaged or about another list means the beginning."""
    try:
        place = msgspec.json.decode(cursor or "{}", type=Place)
    except (ValueError, RecursionError):
        return Place(about)
    usable = place.version == _VERSION and place.about == about
    return place if usable else Place(about)


def write_place(place: Place) -> str:
    """Give the cursor for a place."""
    return msgspec.json.encode(place).decode()


def begun(place: Place) -> Scan:
    """Give the scan under way, or a new one from the high water less an overlap."""
    if place.scan is not None:
        return place.scan
    return Scan(since=None if place.high is None else _overlapped(place.high))


def windows(scan: Scan) -> tuple[Window, ...]:
    """Give what to ask for next: one page at first, so that something is there at once."""
    count = 1 if scan.answers == 0 else PAGES_AT_ONCE
    step = STEP if scan.size is None else scan.size - 1
    return tuple(
        Window(scan.offset + number * step, scan.since, scan.until) for number in range(count)
    )


@dataclass(frozen=True, slots=True)
class Slice:
    """What came for a window, in the server's order."""

    rows: tuple[Row, ...]
    total: int | None = None


def newest(first: Slice, place: Place) -> int:
    """Give a time that the server surely had at the first answer of a pass."""
    return max((row.at for row in first.rows if row.at is not None), default=place.high or 0)


def follow(place: Place, scan: Scan, slices: Sequence[Slice], start: int) -> Place:
    """Give our place after some pages that were asked for together, in their order.

    `start` is the server's time at the first of them.
    """
    if scan.start is None:
        scan = replace_scan(scan, start=start, total=scan.total or slices[0].total)
    for piece in slices:
        scan = replace_scan(scan, answers=scan.answers + 1)
        if scan.anchor is not None and all(row.id != scan.anchor for row in piece.rows):
            return replace_place(place, _astray(scan))
        if _is_last(scan, piece):
            scan = replace_scan(scan, done=scan.done + _new_rows(scan, piece))
            return _ended(place, scan)
        scan = _advanced(scan, piece)
    return replace_place(place, scan)


def replace_place(place: Place, scan: Scan | None) -> Place:
    """Give the place with another scan under way."""
    return msgspec.structs.replace(place, scan=scan)


def replace_scan(scan: Scan, **changes: int | None) -> Scan:
    """Give the scan with some members changed."""
    return msgspec.structs.replace(scan, **changes)


def _overlapped(start: int) -> int:
    return max(0, start - OVERLAP_SECONDS)


def _new_rows(scan: Scan, piece: Slice) -> int:
    return len(piece.rows) - (scan.anchor is not None)


def _is_last(scan: Scan, piece: Slice) -> bool:
    """Tell whether a list ends with this page; a full page never proves that."""
    if len(piece.rows) >= LIMIT:
        return False
    more_is_told = piece.total is not None and scan.offset + len(piece.rows) < piece.total
    return not more_is_told or _new_rows(scan, piece) <= 0


def _advanced(scan: Scan, piece: Slice) -> Scan:
    known = [number for number, row in enumerate(piece.rows) if row.id is not None]
    last = known[-1] if known else None
    times = [row.at for row in piece.rows if row.at is not None]
    if scan.oldest is not None:
        times.append(scan.oldest)
    return replace_scan(
        scan,
        size=max(2, len(piece.rows)) if len(piece.rows) < LIMIT else scan.size,
        offset=scan.offset + (len(piece.rows) if last is None else last),
        anchor=None if last is None else piece.rows[last].id,
        oldest=min(times) if times else None,
        done=scan.done + _new_rows(scan, piece),
    )


def _astray(scan: Scan) -> Scan:
    """The anchor is gone: go on by time, or by offset where that has led nowhere."""
    if scan.stalls >= _MOST_STALLS:
        return replace_scan(scan, anchor=None)
    stuck = scan.oldest is None or scan.oldest == scan.until
    return replace_scan(
        scan,
        until=scan.until if scan.oldest is None else scan.oldest,
        offset=0,
        anchor=None,
        stalls=scan.stalls + 1 if stuck else 0,
    )


def _ended(place: Place, scan: Scan) -> Place:
    """A pass is through: read what moved meanwhile, unless nothing could."""
    start = scan.start or 0
    if scan.answers <= 1 or scan.passes + 1 >= _MOST_PASSES:
        return msgspec.structs.replace(place, high=start, scan=None)
    closing = Scan(
        since=_overlapped(start), passes=scan.passes + 1, done=scan.done, total=scan.done
    )
    return replace_place(place, closing)


@dataclass(frozen=True, slots=True)
class Reading:
    """A list without times that is read whole, in one go."""

    offset: int = 0
    anchor: int | None = None
    ended: bool = False
    broken: bool = False
    """True when the anchor was missing: what was read so far proves nothing."""


def read_on(reading: Reading, piece: Slice) -> Reading:
    """Give how far a whole reading is after a page."""
    scan = Scan(offset=reading.offset, anchor=reading.anchor)
    if scan.anchor is not None and all(row.id != scan.anchor for row in piece.rows):
        return replace(reading, broken=True)
    if _is_last(scan, piece):
        return replace(reading, ended=True)
    moved = _advanced(scan, piece)
    return Reading(moved.offset, moved.anchor)
