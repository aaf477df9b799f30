"""Version list: what a text said before, by days, the newest first."""

from collections.abc import Sequence

from textual.binding import Binding

from freelancer_tui import wording
from freelancer_tui.domain.conflicts import Offering
from freelancer_tui.domain.drafts import Version
from freelancer_tui.i18n import N_, _
from freelancer_tui.tui.format import Clock, fit
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.lines import Line, cut
from freelancer_tui.tui.widgets.stack import Block
from freelancer_tui.tui.widgets.utterances import rule

_COUNT_WIDTH = 10


class VersionList(Blocks):
    """A line for each version; the one that says what stands there now is marked."""

    BINDINGS = [
        Binding("enter", "choose", N_("Restore"), id="versions.restore",
                tooltip=N_("Put these words there; what stands there now is kept as a version")),
    ]  # fmt: skip

    def __init__(self, clock: Clock, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.clock = clock
        self._versions: tuple[Version, ...] = ()
        self._present: Offering | None = None

    def show(self, versions: Sequence[Version], present: Offering | None) -> None:
        """Show versions in the given order; the cursor stays on its own."""
        self._versions, self._present = tuple(versions), present
        self.redraw()

    def begin(self) -> None:
        """Show nothing; what comes next is another text's, and begins at the top."""
        self.show((), None)
        self.cursor_key = None
        self.scroll_to(y=0, animate=False, force=True, immediate=True)

    @property
    def version(self) -> Version | None:
        """The version under the cursor."""
        return next((one for one in self._versions if _key(one) == self.cursor_key), None)

    def draw(self, width: int) -> Sequence[Block]:
        blocks: list[Block] = []
        day = ""
        for version in self._versions:
            its_day = wording.day(version.made_at, self.clock.zone)
            if its_day != day:
                day = its_day
                blocks.append(rule(f"day-{_key(version)}", day, width))
            blocks.append(Block(_key(version), (self._row(version, width),)))
        return blocks

    def _row(self, version: Version, width: int) -> Line:
        is_present = version.said == self._present
        at = f" {wording.hour(version.made_at, self.clock.zone)} "
        count = fit(wording.words(version.said.text), _COUNT_WIDTH)
        room = max(width - len(at) - 2 - _COUNT_WIDTH - 2, 4)
        first = cut(_first_words(version.said), room)
        mark = ("= ", "accent") if is_present else ("  ", "")
        return ((at, "quiet"), mark, (count + " ", "quiet"), (first, "quiet" if is_present else ""))


def _key(version: Version) -> str:
    return f"{version.subject_id}-{version.number}"


def _first_words(said: Offering) -> str:
    """Give how a text begins; without one, what else the version has."""
    price = wording.money(said.price) if said.price else said.unread_price
    days = wording.days(said.days) if said.days is not None else said.unread_days
    rest = " · ".join(part for part in (price, days) if part)
    return " ".join(said.text[:400].split()) or rest or _("no words")
