"""Log table: what the sync did, by days, the newest first."""

from collections.abc import Sequence
from typing import Final

from freelancer_tui import wording
from freelancer_tui.domain.sync_log import LogKind, LogLine
from freelancer_tui.tui.format import Clock, fit
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.lines import Line, wrap
from freelancer_tui.tui.widgets.signs import Sign
from freelancer_tui.tui.widgets.stack import Block
from freelancer_tui.tui.widgets.utterances import rule

_SIGNS: Final[dict[LogKind, Sign]] = {
    "sent": ("✓", "good"),
    "refused": ("✗", "bad"),
    "doubtful": ("?", "warn"),
    "asked": ("?", "bad"),
    "offline": ("○", "warn"),
    "online": ("●", "good"),
    "paused": ("‖", "warn"),
    "sign_in": ("!", "bad"),
    "failed": ("!", "bad"),
    "changed": ("+", "quiet"),
    "skipped": ("–", "warn"),
    "rebuilt": ("!", "warn"),
    "taken_out": ("–", "quiet"),
}
_KIND_WIDTH: Final = 14


class LogTable(Blocks):
    """A block for each line; a long one goes on below itself."""

    def __init__(self, clock: Clock, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.clock = clock
        self._lines: tuple[LogLine, ...] = ()
        self._drawn: dict[tuple[LogLine, int], Block] = {}

    def show(self, lines: Sequence[LogLine]) -> None:
        """Show lines in the given order; the cursor stays on its own."""
        self._lines = tuple(lines)
        self.redraw()

    def draw(self, width: int) -> Sequence[Block]:
        blocks: list[Block] = []
        drawn = {}
        day = ""
        for line in self._lines:
            its_day = wording.day(line.at, self.clock.zone)
            if its_day != day:
                day = its_day
                blocks.append(rule(f"day-{line.number}", day, width))
            look = line, width
            drawn[look] = self._drawn.get(look) or Block(str(line.number), self._row(line, width))
            blocks.append(drawn[look])
        self._drawn = drawn
        return blocks

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return False if action == "choose" else super().check_action(action, parameters)

    def _row(self, line: LogLine, width: int) -> tuple[Line, ...]:
        sign, tone = _SIGNS[line.kind]
        at = f" {wording.hour(line.at, self.clock.zone)} "
        kind = fit(wording.log_kind(line.kind), _KIND_WIDTH)
        margin = len(at) + 2 + _KIND_WIDTH
        words = " — ".join(part for part in (line.about, line.text) if part)
        first, *more = wrap(words, max(width - margin - 1, 20)) or [""]
        head: Line = ((at, "quiet"), (f"{sign} ", tone), (kind, tone), (first, ""))
        return (head, *(((" " * margin, ""), (part, "")) for part in more))
