"""Rate list: the user's rates, the latest first, and under them the marketplace's."""

from collections.abc import Iterator, Sequence

from freelancer_tui.domain.ratetable import DayRate
from freelancer_tui.i18n import _
from freelancer_tui.tui.format import fit
from freelancer_tui.tui.widgets import invoice_words
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.stack import Block, gap


class RateList(Blocks):
    """A line for each; the cursor walks through the user's own."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._mine: dict[str, DayRate] = {}
        self._listed: Sequence[DayRate] = ()
        self._own = ""

    def show(self, mine: Sequence[DayRate], listed: Sequence[DayRate], own: str) -> None:
        """Show rates into the user's own currency."""
        self._mine = {f"{one.currency}:{one.day}": one for one in mine}
        self._listed, self._own = listed, own
        self.redraw()

    @property
    def current(self) -> DayRate | None:
        """The rate of the user's under the cursor."""
        return self._mine.get(self.cursor_key or "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "choose"

    def draw(self, width: int) -> Sequence[Block]:
        return list(self._blocks())

    def _blocks(self) -> Iterator[Block]:
        if self._mine:
            yield _head("mine", _("Your own"))
        for key, one in self._mine.items():
            yield self._row(key, one)
        if self._listed:
            yield gap("listed")
            yield _head("head-listed", _("As the marketplace lists them"))
        for one in self._listed:
            yield self._row(f"listed:{one.currency}", one)

    def _row(self, key: str, one: DayRate) -> Block:
        day = fit(invoice_words.day(one.day), 18)
        worth = f"{invoice_words.rate(one.rate)} {self._own}"
        unit = fit(f"{one.unit} {one.currency}", 12)
        line = (("   " + day, "quiet"), (unit, "strong"), (f"= {worth}", ""), (
            f"   {one.source}", "quiet"
        ))  # fmt: skip
        return Block(key, (line,))


def _head(key: str, words: str) -> Block:
    return Block(key, (((f" {words}", "accent"),),), can_choose=False)
