"""Lesson list: figures about the user's bids, drawn as bars, each with how many it rests on."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

from freelancer_tui import wording
from freelancer_tui.domain.learning import FEW, TRAITS, Figures, Lessons, Rate, Trait
from freelancer_tui.i18n import _
from freelancer_tui.tui.format import fit, number
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.invoice_words import about
from freelancer_tui.tui.widgets.lines import Line, wrap
from freelancer_tui.tui.widgets.stack import Block, gap

_SHORT: Final = 5
"""How many of each kind the overview lists."""
_LONG: Final = 200
_EIGHTHS: Final = " ▏▎▍▌▋▊▉"
_RATE: Final = 13
"""Cells for a share and what it rests on, such as `100 % of 12`."""
_WAIT: Final = 12


class LessonList(Blocks):
    """The figures of all bids, then those by trait: some of each, or all of one."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lessons: Lessons | None = None
        self._trait: Trait | None = None

    def show(self, lessons: Lessons, trait: Trait | None) -> None:
        """Show figures by one trait, or the overview."""
        self._lessons, self._trait = lessons, trait
        self.redraw()

    def draw(self, width: int) -> Sequence[Block]:
        if self._lessons is None or not self._lessons.whole.sent:
            return ()
        return list(self._blocks(self._lessons, width))

    def _blocks(self, lessons: Lessons, width: int) -> Iterator[Block]:
        heads = (_("Bids"), _("Won"), _("Answered"), _("After"))
        yield Block("head", (_row(heads, width),), can_choose=False)
        yield Block("whole", (_drawn(lessons.whole, _("All bids"), width),))
        yield from self._costs(lessons, width)
        for trait in TRAITS if self._trait is None else (self._trait,):
            group = lessons.groups[trait]
            if not group:
                continue
            yield gap(trait)
            title: Line = ((f" {wording.trait(trait)}", "strong"),)
            yield Block(f"head-{trait}", (title,), can_choose=False)
            for figures in group[: _SHORT if self._trait is None else _LONG]:
                name = _("hourly") if figures.name == "hourly" else figures.name
                yield Block(f"{trait}:{figures.name}", (_drawn(figures, name, width),))
        yield gap("rules")
        for place, line in enumerate(wrap(_rules(), width - 2)):
            yield Block(f"rule{place}", (((f" {line}", "quiet"),),), can_choose=False)

    def _costs(self, lessons: Lessons, width: int) -> Iterator[Block]:
        for place, words in enumerate(costs(lessons)):
            lines = tuple(((f" {line}", ""),) for line in wrap(words, width - 2))
            yield Block(f"cost{place}", lines, can_choose=False)


def costs(lessons: Lessons) -> list[str]:
    """Say what bids cost: how many an answer and an award took, and the fees."""
    said = []
    if (bids := lessons.bids_per_answer) is not None:
        words = _("One answer cost {bids} bids (of {count} that had time for one).")
        said.append(words.format(bids=decimal(bids), count=number(lessons.whole.answered.base)))
    if (bids := lessons.bids_per_win) is not None:
        words = _("One award cost {bids} bids (of {count} that ended).")
        said.append(words.format(bids=decimal(bids), count=number(lessons.whole.won.base)))
    if lessons.fees is not None:
        words = _("Fees of the awards you took, by today's rule: {sum} ({count} awards).")
        fees = wording.money(about(lessons.fees))
        said.append(words.format(sum=fees, count=number(lessons.fees_of)))
    return said


def decimal(value: float) -> str:
    """Write a number with one digit behind the point, or the comma."""
    whole, tenth = divmod(round(value * 10), 10)
    return _("{whole}.{tenth}").format(whole=number(whole), tenth=tenth)


def bar(share: float, width: int) -> str:
    """Draw a share as a bar that fills a width when it is whole."""
    eighths = round(min(max(share, 0.0), 1.0) * width * 8)
    full, rest = divmod(eighths, 8)
    return fit("█" * full + (_EIGHTHS[rest] if rest else ""), width)


def _rules() -> str:
    words = _(
        "From your own bids on this machine. A bid counts as not answered after 7 days, and as "
        "lost when the job is over. Grey: fewer than {few}, too few to tell."
    )
    return words.format(few=FEW)


def _drawn(figures: Figures, name: str, width: int) -> Line:
    """Draw one line of figures; what rests on too few is grey."""
    room = _bars(width)
    label = f"{name}  {number(figures.sent)}"
    won, answered = _shown(figures.won, room), _shown(figures.answered, room)
    wait = ""
    if figures.wait is not None:
        start = datetime(2000, 1, 1, tzinfo=UTC)
        wait = f"{wording.age(start, start + figures.wait)} ({number(figures.waited)})"
    thin = "quiet"
    return (
        (" " + _labelled(label, name, figures.sent, width), thin if figures.sent < FEW else ""),
        (won + " ", thin if figures.won.is_thin else "good"),
        (answered + " ", thin if figures.answered.is_thin else "accent"),
        (fit(wait, _WAIT), thin if figures.waited < FEW else ""),
    )


def _labelled(label: str, name: str, sent: int, width: int) -> str:
    """Give a name and its number of bids in the room for both; the number is never cut."""
    room, count = _name_room(width), number(sent)
    return fit(name, room - len(count) - 2) + " " + fit(count, len(count), right=True) + " "


def _row(heads: tuple[str, str, str, str], width: int) -> Line:
    room, (sent, won, answered, wait) = _bars(width), heads
    parts = (
        fit(sent, _name_room(width) - 1, right=True) + " ",
        fit(won, room + _RATE + 2),
        fit(answered, room + _RATE + 2),
        fit(wait, _WAIT),
    )
    return ((" " + "".join(parts), "quiet"),)


def _shown(rate: Rate, room: int) -> str:
    share = rate.share
    if share is None:
        return fit("–", room + _RATE + 1)
    words = _("{share} % of {base}").format(share=round(share * 100), base=number(rate.base))
    return bar(share, room) + " " + fit(words, _RATE)


def _bars(width: int) -> int:
    """Give how long a whole bar is."""
    return max(4, min(24, (width - 60) // 3))


def _name_room(width: int) -> int:
    return max(8, width - 2 - _WAIT - 2 * (_bars(width) + _RATE + 2))
