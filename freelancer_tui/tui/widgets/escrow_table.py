"""Escrow table: milestones and requests with project, client, amount, state and date; sums."""

from collections.abc import Iterable, Sequence

from freelancer_tui import wording
from freelancer_tui.domain.milestones import EscrowLine, EscrowState, Work
from freelancer_tui.domain.money import Money
from freelancer_tui.i18n import _
from freelancer_tui.tui.format import Clock, fit
from freelancer_tui.tui.widgets import signs
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.lines import Line, Span, apart
from freelancer_tui.tui.widgets.stack import Block

WIDE = 96
ORDER: tuple[EscrowState, ...] = (
    "disputed", "refused", "release_asked", "funded", "queued", "requested", "released",
    "canceled",
)  # fmt: skip


class EscrowTable(Blocks):
    """Money held, asked for and released, a line or two for each."""

    def __init__(self, clock: Clock, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.clock = clock
        self._lines: tuple[EscrowLine, ...] = ()
        self._works: tuple[Work, ...] = ()

    def show(self, lines: Sequence[EscrowLine], works: Sequence[Work] = ()) -> None:
        """Show work without money on top, then lines in the given order."""
        self._lines, self._works = tuple(lines), tuple(works)
        self.redraw()

    def draw(self, width: int) -> Sequence[Block]:
        bare = [Block(_key_of_work(one), _bare(one, width)) for one in self._works]
        return bare + [Block(key_of(line), self._row(line, width)) for line in self._lines]

    @property
    def project(self) -> int | None:
        """Give the project under the cursor."""
        if (line := self.line()) is not None:
            return line.project_remote_id
        found = (one for one in self._works if _key_of_work(one) == self.cursor_key)
        return next((one.project_remote_id for one in found), None)

    def line(self) -> EscrowLine | None:
        """Give the line under the cursor."""
        return next((line for line in self._lines if key_of(line) == self.cursor_key), None)

    def _row(self, line: EscrowLine, width: int) -> tuple[Line, ...]:
        sign, tone = signs.of_escrow(line.state)
        mark: Span = (f" {sign} ", tone)
        state = wording.escrow(line.state)
        title = line.project_title or _("Job {number}").format(number=line.project_remote_id)
        day = wording.short_day(line.at, self.clock.zone)
        amount: Span = (fit(wording.money(line.amount), 18, right=True) + " ", "")
        text = line.text or (_("Request") if line.is_request else _("Milestone"))
        told = _waiting(line)
        if width >= WIDE:
            room = width - 3 - 15 - 19 - 17
            parts = (fit(title, room * 4 // 9), fit(line.client, room * 2 // 9), text)
            left: tuple[Span, ...] = (
                mark, (fit(state, 15), tone), (parts[0] + "  ", ""),
                (parts[1] + "  ", "quiet"), (parts[2], "quiet"),
            )  # fmt: skip
            right = (amount, (fit(day, 16, right=True) + " ", "quiet"))
            return (apart(left, right, width), *told)
        about = " · ".join(part for part in (line.client, text) if part)
        return (
            apart((mark, (title, "")), (amount,), width),
            apart((("   " + state, tone), ("  " + about, "quiet")), ((day + " ", "quiet"),), width),
            *told,
        )


def _waiting(line: EscrowLine) -> tuple[Line, ...]:
    """Say what the outbox has about a milestone or a request that is there."""
    if line.entry is None or line.remote_id is None:
        return ()
    sign, tone = signs.of_entry(line.entry)
    told = f"{wording.intent(line.entry.name)}: {wording.outbox_state(line.entry)}"
    return (((f"   {sign} {told}", tone),),)


def _bare(work: Work, width: int) -> tuple[Line, ...]:
    """Warn of work that nobody put money aside for."""
    title = work.project_title or _("Job {number}").format(number=work.project_remote_id)
    price: Span = (fit(wording.money(work.price), 18, right=True) + " ", "")
    mark: Span = (" ! ", "bad")
    if work.paid.minor > 0:
        told = _("no money is held for the rest of this work")
    else:
        told = _("work without funding: no money is held for it")
    if work.asked.minor > 0:
        told += " · " + _("{amount} asked for").format(amount=wording.money(work.asked))
    if width >= WIDE:
        room = width - 3 - 15 - 19 - 17
        left: tuple[Span, ...] = (
            mark, (fit(_("Not funded"), 15), "bad"), (fit(title, room * 4 // 9) + "  ", ""),
            (fit(work.client, room * 2 // 9) + "  ", "quiet"), (told, "bad"),
        )  # fmt: skip
        return (apart(left, (price,), width),) if room > 90 else (
            apart(left[:-1], (price, (" " * 17, "")), width), ((f"   {told}", "bad"),),
        )  # fmt: skip
    return (apart((mark, (title, "")), (price,), width), ((f"   {told}", "bad"),))


def _key_of_work(work: Work) -> str:
    return f"work-{work.bid_remote_id}"


def key_of(line: EscrowLine) -> str:
    """Name a line: requests and milestones have ids of their own kinds."""
    return f"{'request' if line.is_request else 'milestone'}-{line.remote_id or line.entry_id}"


def sums(lines: Iterable[EscrowLine]) -> list[tuple[EscrowState, list[Money]]]:
    """Add up each state by currency; currencies are never mixed."""
    found: dict[EscrowState, dict[str, Money]] = {}
    for line in lines:
        purse = found.setdefault(line.state, {})
        before = purse.get(line.amount.currency)
        purse[line.amount.currency] = line.amount if before is None else before + line.amount
    return [
        (state, [found[state][code] for code in sorted(found[state])])
        for state in ORDER
        if state in found
    ]
