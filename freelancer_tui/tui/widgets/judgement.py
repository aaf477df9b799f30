"""Judgement: a job's points and flags as lines of the detail, and the words that flags quote."""

from collections.abc import Iterator
from datetime import tzinfo
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from freelancer_tui import reasons
from freelancer_tui.domain.judgements import Judgement
from freelancer_tui.i18n import _
from freelancer_tui.tui.widgets.lines import Line, cut, wrap

if TYPE_CHECKING:
    from freelancer_tui.domain.flags import Flag, Severity
    from freelancer_tui.domain.match import Line as Points

_TONES: Final[dict["Severity", str]] = {"note": "quiet", "warning": "warn", "danger": "bad"}
_SIGN: Final = "! "
_INDENT: Final = "  "
_WIDEST: Final = 72


def lines(
    judgement: Judgement | None, width: int, *, folded: bool, zone: tzinfo | None = None
) -> Iterator[Line]:
    """Yield the score with every point's reason, or in one line when folded; then the flags."""
    if judgement is None:
        return
    room = min(width, _WIDEST)
    yield _head(judgement, width)
    if not folded:
        for points in judgement.match.lines:
            yield from _points(points, room)
    for flag in judgement.flags:
        yield from _flag(flag, room, zone)
    yield ()


def quoted(judgement: Judgement | None, start: int = 0) -> tuple[tuple[int, int], ...]:
    """Give where a flag quotes the job's text, counted from a letter on; never overlapping."""
    spans = sorted(
        (max(quote.start - start, 0), quote.end - start)
        for flag in (judgement.flags if judgement else ())
        for quote in flag.quotes
        if quote.place == "text" and quote.end > start
    )
    apart: list[tuple[int, int]] = []
    for first, last in spans:
        if apart and first < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(apart[-1][1], last))
        else:
            apart.append((first, last))
    return tuple(apart)


def _head(judgement: Judgement, width: int) -> Line:
    """Give the score, and in few words what flags there are."""
    score = _("Match {score}").format(score=judgement.match.score)
    if not judgement.flags:
        return ((cut(score, width), "strong"),)
    names = ", ".join(reasons.flag_name(flag) for flag in judgement.flags)
    told = cut(names, max(width - cell_len(score) - 3, 0))
    return ((score, "strong"), (" · ", "quiet"), (told, _TONES[judgement.flags[0].severity]))


def _points(points: "Points", width: int) -> Iterator[Line]:
    """Yield one aspect: its points in front, nothing hidden where there are none."""
    mark = f"{points.points:+4}  " if points.points else "   –  "
    tone = "" if points.points else "quiet"
    for number, part in enumerate(wrap(reasons.line(points), max(width - len(mark), 12))):
        yield (
            (mark if number == 0 else " " * len(mark), "quiet"),
            (part, tone),
        )


def _flag(flag: "Flag", width: int, zone: tzinfo | None) -> Iterator[Line]:
    """Yield what a flag means, and below it the client's own words."""
    tone = _TONES[flag.severity]
    room = max(width - len(_SIGN), 12)
    for number, part in enumerate(wrap(reasons.flag(flag, zone), room)):
        yield ((_SIGN if number == 0 else _INDENT, tone), (part, tone))
    for quote in flag.quotes:
        words = _("“{words}”").format(words=" ".join(quote.words.split()))
        for part in wrap(words, room):
            yield ((_INDENT, ""), (part, "quiet"))
