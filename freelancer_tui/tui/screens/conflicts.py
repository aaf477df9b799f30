"""Conflicts: what two hands changed, side by side, and the keys that settle it."""

from typing import TYPE_CHECKING, Final

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from freelancer_tui import wording
from freelancer_tui.domain.conflicts import Choice
from freelancer_tui.domain.proposals import ConflictKind
from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import N_, _
from freelancer_tui.sync.events import Event, Moved, Pulled
from freelancer_tui.tui.format import Clock, tame
from freelancer_tui.tui.screens.section import Section, Target
from freelancer_tui.tui.widgets.comparison import Comparison
from freelancer_tui.tui.widgets.notice import Notice
from freelancer_tui.tui.widgets.question import Question
from freelancer_tui.tui.widgets.sides import columns_of

if TYPE_CHECKING:
    from freelancer_tui.services.conflicts import Conflicts, ConflictView

_QUESTIONS: Final[dict[tuple[ConflictKind, Choice], str]] = {
    ("placed_elsewhere", "mine"): N_("Change the bid that is there to what you wrote here?"),
    ("placed_elsewhere", "theirs"): N_("Take over what the bid says in place of your words?"),
    ("edited_elsewhere", "mine"): N_("Change the bid back to yours, over what stands there now?"),
    ("edited_elsewhere", "theirs"): N_("Take over what the bid says in place of your words?"),
    ("two_windows", "mine"): N_("Put the words kept aside in place of those in the draft?"),
    ("two_windows", "theirs"): N_("Let the draft stand as it is, without the words kept aside?"),
}
"""What is asked before words give way; going on and taking back lose none."""
_DONE: Final[dict[tuple[ConflictKind, Choice], str]] = {
    ("placed_elsewhere", "mine"): N_("Queued: the bid is changed to yours as soon as it can be."),
    ("placed_elsewhere", "theirs"): N_("Settled: the proposal says what the bid says."),
    ("edited_elsewhere", "mine"): N_("Queued: the bid is changed to yours as soon as it can be."),
    ("edited_elsewhere", "theirs"): N_("Settled: the proposal says what the bid says."),
    ("two_windows", "mine"): N_("Settled: the draft has the words that were kept aside."),
    ("two_windows", "theirs"): N_("Settled: the draft stays as it is."),
    ("project_changed", "go_on"): N_("Settled: the proposal goes on for the job as it is now."),
    ("project_changed", "take_back"): N_("Taken back: nothing was sent."),
}
ORIGINS: Final = ("proposals", "outbox")


class ConflictsScreen(Section):
    """One conflict at a time; Escape goes back to where it was opened from."""

    NAME = "conflicts"
    AUTO_FOCUS = "#sides"
    CSS_PATH = "conflicts.tcss"
    BINDINGS = [
        Binding("escape", "back", N_("Back"), id="conflicts.back",
                tooltip=N_("Go back; what is not settled stays kept")),
        Binding("m", "choose('mine')", N_("Keep mine"), id="conflicts.mine",
                tooltip=N_("Your words win; asks before")),
        Binding("t", "choose('theirs')", N_("Take theirs"), id="conflicts.theirs",
                tooltip=N_("The other words win; asks before")),
        Binding("y", "choose('go_on')", N_("Seen, go on"), id="conflicts.go_on",
                tooltip=N_("You have seen how the job changed, and your proposal stands")),
        Binding("b", "choose('take_back')", N_("Take back"), id="conflicts.take_back",
                tooltip=N_("Make the proposal a draft again, so that you can change it")),
        Binding("v", "turn", N_("Next side"), id="conflicts.side",
                tooltip=N_("Show the next of the sides")),
        Binding("n", "step(1)", N_("Next"), id="conflicts.next",
                tooltip=N_("Show the next thing to settle")),
        Binding("o", "open", N_("Proposal"), id="conflicts.open",
                tooltip=N_("Go to the proposal that this is about")),
    ]  # fmt: skip
    sides = getters.query_one(Comparison)

    def __init__(self, conflicts: "Conflicts", *, clock: Clock) -> None:
        super().__init__(clock)
        self.conflicts = conflicts
        self._views: tuple[ConflictView, ...] = ()
        self._current: str | None = None
        self._origin = "proposals"
        self._asked: Choice | None = None

    def body(self) -> ComposeResult:
        with Vertical(id="clash"):
            yield Static(id="about", markup=False)
            yield Comparison(id="sides")
            yield Notice(id="nothing")
            yield Question(id="question")

    def on_mount(self) -> None:
        self._say_instead((_("Opening what is to settle…"),))

    async def show(self) -> None:
        self._views = tuple(await self.ask(self.conflicts.unsettled))
        view = self.view
        if view is None:
            self._say_instead(_nothing())
        else:
            anew = self._current != view.conflict.id
            self._current = view.conflict.id
            await self._lay(view, anew=anew)
        self.refresh_bindings()

    async def open(self, target: Target) -> None:
        """Show the conflict of a proposal; the target is where we come from, and its id."""
        origin, _colon, subject_id = str(target).partition(":")
        if origin in ORIGINS:
            self._origin = origin
        self._views = tuple(await self.ask(self.conflicts.unsettled))
        ids = [one.conflict.id for one in self._views if one.conflict.subject_id == subject_id]
        self._current = next(iter(ids), self._current)
        self.sides.columns = ()
        await self.show()
        self.sides.focus()

    def follows(self, event: Event) -> bool:
        if isinstance(event, Pulled):
            return event.feed.kind in ("bids", "projects")
        return isinstance(event, Moved)

    def fail(self, error: FreelancerError) -> None:
        self._say_instead((_("What is to settle cannot be read now"), str(error), error.hint))

    @property
    def view(self) -> "ConflictView | None":
        """The conflict that is shown."""
        mine = [one for one in self._views if one.conflict.id == self._current]
        return next(iter(mine or self._views), None)

    @on(Question.Answered)
    def _answered(self, event: Question.Answered) -> None:
        self.sides.focus()
        if event.yes and self._asked is not None:
            self.act(self._settle(event.about, self._asked))

    @on(Comparison.Moved)
    def _moved(self) -> None:
        self.query_one(Question).withdraw()

    def on_resize(self) -> None:
        self.refresh_bindings()

    def action_back(self) -> None:
        self.post_message(self.Go(self._origin))

    def action_open(self) -> None:
        if view := self.view:
            self.post_message(self.Go("proposals", view.proposal.id))

    def action_turn(self) -> None:
        self.sides.turn()

    def action_step(self, direction: int) -> None:
        ids = [one.conflict.id for one in self._views]
        if view := self.view:
            place = ids.index(view.conflict.id) + direction
            self.act(self._step_to(ids[place % len(ids)]))

    def action_choose(self, choice: Choice) -> None:
        view = self.view
        if view is None or choice not in view.choices:
            return
        words = _QUESTIONS.get((view.conflict.kind, choice))
        if words is None:
            self.act(self._settle(view.conflict.id, choice))
            return
        self._asked = choice
        kept = _("The others stay in the history.")
        self.query_one(Question).ask(f"{_(words)} {kept}", view.conflict.id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        view = self.view if self.is_mounted else None
        match action:
            case "choose":
                return view is not None and parameters[0] in view.choices
            case "turn":
                return view is not None and not self.sides.is_wide
            case "step":
                return len(self._views) > 1
            case "open":
                return view is not None
            case _:
                return super().check_action(action, parameters)

    async def _step_to(self, conflict_id: str) -> None:
        self._current = conflict_id
        view = self.view
        if view is not None:
            await self._lay(view, anew=True)
        self.refresh_bindings()

    async def _lay(self, view: "ConflictView", *, anew: bool) -> None:
        """Lay a conflict's sides on the screen, under what it is about."""
        about = self._about(view)
        columns = await self.ask(columns_of, view.conflict)
        self._say_instead(())
        self.query_one("#about", Static).update(about)
        self.sides.show(columns, anew=anew)

    async def _settle(self, conflict_id: str, choice: Choice) -> None:
        settled = await self.ask(self.conflicts.settle, conflict_id, choice)
        self.post_message(self.Queued())
        await self.show()
        self.say(_(_DONE[settled.kind, choice]))

    def _about(self, view: "ConflictView") -> Content:
        """Say which of how many it is, what happened, and that nothing is sent meanwhile."""
        kind = view.conflict.kind
        place = self._views.index(view) + 1
        number = f"{place}/{len(self._views)}  " if len(self._views) > 1 else ""
        title = view.title or _("Job {number}").format(number=view.proposal.project_remote_id)
        return Content.assemble(
            ("! ", "bold $warning"),
            (number, "$foreground-muted"),
            (f"{wording.conflict(kind)}  ", "bold $warning"),
            (tame(title), "bold $foreground"),
            ("\n" + wording.conflict_told(kind), "$foreground-muted"),
        )

    def _say_instead(self, words: tuple[str, ...]) -> None:
        self.query_one("#nothing", Notice).words = words
        self.sides.display = not words
        self.query_one("#about", Static).display = not words


def _nothing() -> tuple[str, ...]:
    return (
        _("Nothing to settle"),
        _("When somebody changes a bid, a job or a draft behind your back,"),
        _("both sides are kept here until you decide."),
    )
