"""Sheet head: the job's title over an open proposal, where it stands, and what can be done."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from freelancer_tui import wording
from freelancer_tui.domain.awards import Prospect
from freelancer_tui.domain.proposals import ProposalView
from freelancer_tui.i18n import _
from freelancer_tui.tui.format import Clock, tame
from freelancer_tui.tui.widgets import award_words, signs
from freelancer_tui.tui.widgets.proposal_list import state_words, title_of

_COLOURS = {
    "good": "$success",
    "warn": "$warning",
    "bad": "$error",
    "accent": "$primary",
    "quiet": "$foreground-muted",
}


class SheetHead(Vertical):
    """A line or two; a refusal stays in sight while one writes, an award until it is answered."""

    DEFAULT_CSS = """
    SheetHead {
        height: auto; padding: 0 2; background: $surface;
        & Static { height: auto; max-height: 3; }
        & #sheet-note, & #sheet-bid { display: none; }
        & #sheet-bid { max-height: 9; }
        & #sheet-note.-shown, & #sheet-bid.-shown { display: block; }
    }
    """

    def __init__(self, clock: Clock, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.clock = clock
        self._refused: tuple[str, str] = ("", "")

    def compose(self) -> ComposeResult:
        yield Static(id="sheet-title", markup=False)
        yield Static(id="sheet-note", markup=False)
        yield Static(id="sheet-bid", markup=False)

    def show(self, view: ProposalView) -> None:
        """Show where a proposal stands."""
        sign, tone = signs.of_view(view)
        colour = _COLOURS.get(tone, "$foreground")
        state = (f"{sign} {state_words(view)}", f"{colour} bold")
        title = (tame(title_of(view)), "bold $foreground")
        self.query_one("#sheet-title", Static).update(Content.assemble(state, "  ", title))
        words = self._note(view)
        is_refused = bool(view.proposal.refusal) and view.standing != "draft"
        self._say("#sheet-note", Content.styled(words, "$error" if is_refused else "$foreground"))
        if view.bid is None:
            self._say("#sheet-bid", Content(""))

    def tell(self, view: ProposalView, prospect: Prospect | None) -> None:
        """Show what the bid would bring, and what an award asks."""
        spans = award_words.told(view, prospect, self.clock) if prospect else []
        lines = [Content.styled(words, _COLOURS.get(tone, "$foreground")) for words, tone in spans]
        self._say("#sheet-bid", Content("\n").join(lines))

    def _say(self, selector: str, words: Content) -> None:
        part = self.query_one(selector, Static)
        part.update(words)
        part.set_class(bool(words.plain), "-shown")

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
        told = self._refused[1]
        reason = _(told) if told else _("The marketplace gave no reason.")
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
        bid, ours, entry = view.bid, view.proposal, view.entry
        waits = entry is not None and entry.state != "refused"
        refusal = ours.refusal or (entry.reason if entry is not None else "")
        if refusal and not waits:
            reason = _(refusal)
            return _("The marketplace refused it: {reason} The bid stands as it was.").format(
                reason=reason
            )
        if entry is not None:
            what, how = wording.intent(entry.name), wording.outbox_state(entry)
            return _("{what}: {how}. t takes it back.").format(what=what, how=how)
        if ours.has_change:
            return _("You changed it, and that is not sent: e goes on, x puts the change away.")
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
