"""Drafts: the versions that are kept of a text, and where its writer was in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from freelancer_tui.domain.conflicts import Offering

MOST_VERSIONS: Final = 200
"""Of one text."""
PAUSE: Final = timedelta(seconds=60)
"""Who has not typed for so long begins something new: what was there is kept."""
STRETCH: Final = timedelta(minutes=5)
"""Who types on and on has a version kept this often."""
_REPLY: Final = "reply:"
_WHOLE: Final = timedelta(days=1)
"""So far back every version is kept, before that one for each day."""


@dataclass(frozen=True, slots=True)
class Version:
    """What a text said at one moment."""

    number: int
    """Grows with each version kept, of whichever text."""
    subject_id: str
    """The proposal, or `reply:` and the thread."""
    made_at: datetime
    """When it was last typed in."""
    said: Offering


@dataclass(frozen=True, slots=True)
class Place:
    """Where the cursor stands in a text, and which line is the first in view."""

    line: int
    letter: int
    top: int


def inserted(text: str, piece: str, at: Place | None) -> tuple[str, Place]:
    """Put a piece into a text at a place, else in its stead; give the place behind the piece."""
    lines = text.split("\n")
    offset = 0
    if at is not None and at.line < len(lines):
        offset = sum(len(line) + 1 for line in lines[: at.line])
        offset += min(at.letter, len(lines[at.line]))
    elif at is not None:
        offset = len(text)
    before, after = (text[:offset], text[offset:]) if at is not None else ("", "")
    *over, last = (before + piece).split("\n")
    return before + piece + after, Place(len(over), len(last), at.top if at else 0)


def reply_subject(thread_id: int) -> str:
    """Give the name under which the history knows the reply in a thread."""
    return f"{_REPLY}{thread_id}"


def thread_of(subject_id: str) -> int | None:
    """Give the thread whose reply the history knows by a name; None for a proposal."""
    number = subject_id.removeprefix(_REPLY)
    return int(number) if subject_id != number and number.isdecimal() else None


def says_something(said: Offering) -> bool:
    """Tell whether there is anything to keep."""
    return said != Offering("")


def is_turn(old: Offering, new: Offering) -> bool:
    """Tell whether a text was emptied, or lost more than half of itself, at one stroke."""
    return len(new.text.strip()) * 2 < len(old.text.strip())


def thinned(times: Sequence[datetime], most: int = MOST_VERSIONS) -> list[int]:
    """Give the places of the versions to keep, of those made at some times, oldest first.

    While they fit, all are kept. Beyond that: all of the last day and the last one of each day
    before it; should these be too many, the one closest to the next makes room. The newest
    always stays.
    """
    kept = list(range(len(times)))
    if len(kept) <= most:
        return kept
    newest = times[-1]
    kept = [
        place
        for place in kept
        if place == len(times) - 1
        or newest - times[place] < _WHOLE
        or times[place].date() != times[place + 1].date()
    ]
    while len(kept) > most:
        gaps = [abs(times[kept[at + 1]] - times[kept[at]]) for at in range(len(kept) - 1)]
        del kept[gaps.index(min(gaps)) if gaps else 0]
    return kept
