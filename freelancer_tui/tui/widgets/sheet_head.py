"""Sheet head: the job's title over an open proposal, where it stands, and what can be done."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from freelancer_tui import wording
from freelancer_tui.domain.proposals import ProposalView
from freelancer_tui.i18n import _
from freelancer_tui.tui.format import Clock, tame
from freelancer_tui.tui.widgets import signs
from freelancer_tui.tui.widgets.proposal_list import state_words, title_of

_COLOURS = {"good": "$success", "warn": "$warning", "bad": "$error", "accent": "$primary"}


class SheetHead(Vertical):
    """Two lines or three; a refusal stays in sight while one writes a better offer."""

    DEFAULT_CSS = """
    SheetHead {
        height: auto; padding: 0 2; background: $surface;
        & Static { height: auto; max-height: 3; }
        & #sheet-note { display: none; }
        & #sheet-note.-shown { display: block; }
    }
    """

    def __init__(self, clock: Clock, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.clock = clock
        self._refused: tuple[str, str] = ("", "")

    def compose(self) -> ComposeResult:
        yield Static(id="sheet-title", markup=False)
        yield Static(id="sheet-note", markup=False)

    def show(self, view: ProposalView) -> None:
        """Show where a proposal stands."""
        sign, tone = signs.of_view(view)
        colour = _COLOURS.get(tone, "$foreground")
        state = (f"{sign} {state_words(view)}", f"{colour} bold")
        title = (tame(title_of(view)), "bold $foreground")
        self.query_one("#sheet-title", Static).update(Content.assemble(state, "  ", title))
        words = self._note(view)
        note = self.query_one("#sheet-note", Static)
        note.update(Content.styled(words, colour if view.standing == "refused" else "$foreground"))
        note.set_class(bool(words), "-shown")

    def _note(self, view: ProposalView) -> str:
        proposal = view.proposal
        if view.conflict is not None:
            told = wording.conflict_told(view.conflict)
            return _("{told} Press F7 to see both sides.").format(told=told)
        match view.standing:
            case "refused":
                self._refused = (proposal.id, proposal.refusal)
                return self._refusal()
            case "draft":
                return self._refusal() if self._refused[0] == proposal.id else ""
            case "queued":
                return self._on_its_way(view)
            case _:
                self._refused = ("", "")
                return self._placed(view)

    def _refusal(self) -> str:
        reason = self._refused[1] or _("The marketplace gave no reason.")
        return _("Refused: {reason} Your text is kept; change it and submit again.").format(
            reason=reason
        )

    def _on_its_way(self, view: ProposalView) -> str:
        entry = view.entry
        if entry is None or entry.state == "queued":
            return _(
                "It goes out as soon as there is a line. Press t to take it back and change it."
            )
        if entry.asks:
            return _("It may have arrived. Say in the outbox (key 5) whether it did.")
        return _("It is being sent, so it cannot be changed now.")

    def _placed(self, view: ProposalView) -> str:
        bid, ours = view.bid, view.proposal
        if bid is None:
            return ""
        placed = _("Placed {moment}.").format(
            moment=wording.moment(bid.submitted_at, self.clock.zone)
        )
        if ours.price in (None, bid.amount) and ours.days in (None, bid.days):
            return placed
        differs = _("It was placed elsewhere: there it says {there}, here you wrote {here}.")
        mine = wording.money(ours.price) if ours.price else "–"
        days = wording.days(ours.days) if ours.days else "–"
        there = f"{wording.money(bid.amount)}, {wording.days(bid.days)}"
        return f"{placed} {differs.format(there=there, here=f'{mine}, {days}')}"
