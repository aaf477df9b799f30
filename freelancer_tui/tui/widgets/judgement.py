"""Judgement: a job's points and flags as lines of the detail, and the words that flags quote."""

from collections.abc import Iterator
from datetime import tzinfo
from typing import Final

from freelancer_tui import reasons
from freelancer_tui.domain.flags import Flag, Severity
from freelancer_tui.domain.judgements import Judgement
from freelancer_tui.domain.match import Line as Points
from freelancer_tui.i18n import _, ngettext
from freelancer_tui.tui.widgets.lines import Line, cut, wrap

_TONES: Final[dict[Severity, str]] = {"note": "quiet", "warning": "warn", "danger": "bad"}
_SIGN: Final = "! "
_INDENT: Final = "  "
_WIDEST: Final = 72


def lines(
    judgement: Judgement, width: int, *, folded: bool, zone: tzinfo | None = None
) -> Iterator[Line]:
    """Yield the score and the flags: one line when folded, else every point with its reason."""
    room = min(width, _WIDEST)
    yield _head(judgement, width)
    if folded:
        return
    for points in judgement.match.lines:
        yield from _points(points, room)
    for flag in judgement.flags:
        yield from _flag(flag, room, zone)


def quoted(judgement: Judgement) -> tuple[tuple[int, int], ...]:
    """Give where in the job's text a flag quotes it: from letter to letter, never overlapping."""
    spans = sorted(
        (quote.start, quote.end)
        for flag in judgement.flags
        for quote in flag.quotes
        if quote.place == "text"
    )
    apart: list[tuple[int, int]] = []
    for start, end in spans:
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(apart[-1][1], end))
        else:
            apart.append((start, end))
    return tuple(apart)


def _head(judgement: Judgement, width: int) -> Line:
    score = _("Match {score}").format(score=judgement.match.score)
    if not judgement.flags:
        return ((cut(score, width), "strong"),)
    count = len(judgement.flags)
    warned = ngettext("{count} flag", "{count} flags", count).format(count=count)
    names = ", ".join(reasons.flag_name(flag) for flag in judgement.flags)
    room = max(width - len(score) - 3, 0)
    gravest = _TONES[judgement.flags[0].severity]
    return ((score, "strong"), (" · ", "quiet"), (cut(f"{warned}: {names}", room), gravest))


def _points(points: Points, width: int) -> Iterator[Line]:
    """Yield one aspect: its points in front, nothing hidden where there are none."""
    mark = f"{points.points:+4}  " if points.points else "   –  "
    tone = "" if points.points else "quiet"
    for number, part in enumerate(wrap(reasons.line(points), max(width - len(mark), 12))):
        yield (
            (mark if number == 0 else " " * len(mark), "quiet"),
            (part, tone),
        )


def _flag(flag: Flag, width: int, zone: tzinfo | None) -> Iterator[Line]:
    """Yield what a flag means, and below it the client's own words."""
    tone = _TONES[flag.severity]
    room = max(width - len(_SIGN), 12)
    for number, part in enumerate(wrap(reasons.flag(flag, zone), room)):
        yield ((_SIGN if number == 0 else _INDENT, tone), (part, tone))
    for quote in flag.quotes:
        words = cut(" ".join(quote.words.split()), room - 2)
        yield ((_INDENT, ""), (_("“{words}”").format(words=words), "quiet"))
