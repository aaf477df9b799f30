"""Proposals: the board of all offers, and the sheet on which one is written beside its brief."""

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Final

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from freelancer_tui.domain.deck import Deck
from freelancer_tui.domain.proposals import ProposalView
from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import N_, _
from freelancer_tui.sync.events import Event, Pulled
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.screens.aids import Aids
from freelancer_tui.tui.screens.folded import Folded
from freelancer_tui.tui.screens.kept import Kept
from freelancer_tui.tui.screens.offers import SURE, Offers
from freelancer_tui.tui.screens.opened import Opened
from freelancer_tui.tui.screens.outside import edit_outside
from freelancer_tui.tui.screens.placed import Placed, can
from freelancer_tui.tui.screens.section import Section, Target
from freelancer_tui.tui.widgets.award_words import BidVerb
from freelancer_tui.tui.widgets.board import Board
from freelancer_tui.tui.widgets.proposal_editor import ProposalEditor
from freelancer_tui.tui.widgets.question import Question
from freelancer_tui.tui.widgets.sheet import Sheet
from freelancer_tui.tui.widgets.writing import Writing

if TYPE_CHECKING:
    from freelancer_tui.services.deck import Decks
    from freelancer_tui.services.projects import Projects
    from freelancer_tui.services.proposals import Proposals

_FEEDS: Final = ("bids", "projects", "self", "milestones", "threads", "currencies")
Verb = Callable[[str], Coroutine[None, None, None]]

_KEYS: Final[list[BindingType]] = [
    Binding("escape", "back", N_("Back"), id="proposals.back",
            tooltip=N_("Go back to where you came from; this proposal is saved")),
    Binding("ctrl+o", "flip", N_("Brief"), id="proposals.brief",
            tooltip=N_("Show or hide what the client wrote")),
    Binding("a", "ask('accept')", N_("Accept"), id="proposals.accept",
            tooltip=N_("Take the work that the client awarded; asks first and tells the fee")),
    Binding("n", "ask('decline')", N_("Decline"), id="proposals.decline",
            tooltip=N_("Refuse the work that the client awarded; asks first")),
    Binding("e", "revise", N_("Edit"), id="proposals.revise",
            tooltip=N_("Change the bid that the client has; Ctrl+S sends the change")),
    Binding("w", "ask('withdraw')", N_("Withdraw"), id="proposals.withdraw",
            tooltip=N_("Take the bid off the marketplace; asks first")),
    Binding("m", "talk", N_("Conversation"), id="proposals.talk",
            tooltip=N_("Go to the conversation with the client about this job")),
    Binding("t", "take_back", N_("Take back"), id="proposals.take_back",
            tooltip=N_("Make a proposal that waits a draft again")),
    Binding("x", "discard", N_("Discard"), id="proposals.discard",
            tooltip=N_("Throw this draft away; u brings it back")),
    Binding("u", "undo", N_("Undo"), id="proposals.undo",
            tooltip=N_("Bring back the draft that was discarded last")),
    Binding("D", "pack", N_("Dispute pack"), show=False, id="proposals.pack",
            tooltip=N_("Write all about this work into a folder, for a dispute")),
    Binding("o", "job", N_("Job"), id="proposals.job",
            tooltip=N_("Go to the job that this proposal is for")),
    Binding("f2", "templates", N_("Templates"), id="proposals.templates",
            tooltip=N_("Put a template or a snippet in here, write and change them")),
    Binding("L", "learn", N_("Learning"), id="proposals.learn",
            tooltip=N_("See which of your bids are answered and won, from your own data")),
    Binding("f6", "contact", N_("Client card"), id="proposals.contact", show=False,
            tooltip=N_("All work, talk and money with this client")),
    Binding("f7,c", "settle", N_("Settle"), id="proposals.settle",
            tooltip=N_("See what another hand changed, and decide")),
    Binding("f8", "versions", N_("Versions"), id="proposals.versions",
            tooltip=N_("See what this text said before, and restore it")),
    Binding("f8", "thrown_away", N_("Thrown away"), id="proposals.thrown_away",
            tooltip=N_("See the drafts that were discarded, and bring one back")),
]  # fmt: skip


class ProposalsScreen(Section):
    """The board; Enter lays one proposal open, Escape puts it back."""

    NAME = "proposals"
    AUTO_FOCUS = "#list"
    CSS_PATH = "proposals.tcss"
    BINDINGS = _KEYS
    board = getters.query_one(Board)
    sheet = getters.query_one(Sheet)

    def __init__(
        self,
        proposals: "Proposals",
        projects: "Projects",
        decks: "Decks",
        aids: Aids,
        *,
        clock: Clock,
    ) -> None:
        super().__init__(clock)
        self.aids = aids
        self.proposals = proposals
        self.decks = decks
        self._deck = Deck()
        self._pick = Folded(self, self._show_picked, "reload")
        self.opened = Opened(self, proposals, projects, aids.means)
        self.offers = Offers(self, proposals, aids.templates, self.opened)
        self.placed = Placed(self, proposals, decks.awards, self.opened)

    def body(self) -> ComposeResult:
        yield Board(self.clock, id="board")
        yield Sheet(self.clock, id="sheet")
        yield Question(id="question")

    async def show(self) -> None:
        self._deck = await self.ask(self.decks.lay)
        await self._show_picked()
        await self.offers.remember()
        await self.opened.lay_again()
        await self.placed.tell()
        self.refresh_bindings()

    async def open(self, target: Target) -> None:
        if target is not None:
            self.act(self._open(target))

    async def flush(self) -> bool:
        """Write what is not saved yet, and where the user is in the text."""
        self.opened.keep_place()
        return await super().flush()

    def follows(self, event: Event) -> bool:
        if isinstance(event, Pulled):
            return event.feed.kind in _FEEDS and event.changed > 0
        return True

    def fail(self, error: FreelancerError) -> None:
        self.board.fail(error)

    @on(Board.Chosen)
    def _chosen(self, event: Board.Chosen) -> None:
        self.act(self._open(event.key))

    @on(Board.Wished)
    def _wished(self) -> None:
        self._pick()

    @on(Board.Moved)
    def _moved(self) -> None:
        self.refresh_bindings()

    @on(ProposalEditor.Edited)
    def _edited(self, event: ProposalEditor.Edited) -> None:
        self.opened.edited(event)

    @on(Kept)
    def _kept(self, event: Kept) -> None:
        self.opened.kept(event)

    @on(Question.Answered)
    def _answered(self, event: Question.Answered) -> None:
        self.act((self.offers if event.about.startswith(SURE) else self.placed).answer(event))

    @on(ProposalEditor.Submitted)
    def _submitted(self, event: ProposalEditor.Submitted) -> None:
        is_there = self.sheet.editor.is_revising
        self.act((self._change if is_there else self.offers.submit)(event.proposal_id))

    @on(Writing.Outside)
    def _outside(self, event: Writing.Outside) -> None:
        self.act(edit_outside(self, self.aids.outside, event.writing))

    def action_back(self) -> None:
        if self.opened.id is None:
            self.board.clear()
        elif self.sheet.is_reading:
            self.sheet.flip()
        else:
            self.act(self.offers.leave())

    def action_flip(self) -> None:
        self.sheet.flip()

    def action_take_back(self) -> None:
        self._do(self.offers.take_back)

    def action_discard(self) -> None:
        view = self.current
        is_there = view is not None and view.standing in ("placed", "shortlisted")
        self._do(self.placed.drop if is_there else self.offers.discard)

    def action_undo(self) -> None:
        self.act(self.offers.undo())

    def action_job(self) -> None:
        if view := self.current:
            self.post_message(self.Go("jobs", view.proposal.project_remote_id))

    def action_contact(self) -> None:
        if view := self.current:
            self.post_message(self.Go("contact", f"proposals:{view.proposal.project_remote_id}"))

    def action_pack(self) -> None:
        if view := self.current:
            self.post_message(self.Go("pack", f"proposals:{view.proposal.project_remote_id}"))

    def action_ask(self, verb: BidVerb) -> None:
        if view := self.current:
            self.act(self.placed.ask(verb, view))

    def action_revise(self) -> None:
        self._do(self._revise)

    def action_talk(self) -> None:
        if view := self.current:
            self.act(self.placed.talk(view))

    def action_learn(self) -> None:
        self.post_message(self.Go("learning"))

    def action_settle(self) -> None:
        if view := self.current:
            self.post_message(self.Go("conflicts", f"proposals:{view.proposal.id}"))

    def action_versions(self) -> None:
        self.post_message(self.Go("versions", self.opened.id))

    def action_templates(self) -> None:
        editor = self.sheet.editor
        is_open = self.opened.id is not None and editor.is_open and not editor.is_revising
        self.post_message(self.Go("templates", self.opened.id if is_open else ""))

    def action_thrown_away(self) -> None:
        self.post_message(self.Go("versions", "discarded"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        opened = self.opened.id
        if isinstance(self.focused, Question):  # first yes or no
            return action.startswith("app.")
        if action == "back":
            return opened is not None or (self.is_mounted and self.board.is_searching)
        if action in ("flip", "learn"):
            return (opened is not None) is (action == "flip")
        if action in ("undo", "thrown_away"):
            return opened is None and self.offers.can_undo
        if action == "versions":  # a bid placed elsewhere was not written here
            return opened is not None and not opened.startswith("bid-")
        current = self.current if self.is_mounted else None
        if action in ("ask", "talk", "take_back", "revise", "discard"):
            return can(str(parameters[0]) if action == "ask" else action, current)
        if action in ("job", "pack", "contact"):
            return current is not None
        return action != "settle" or (current is not None and current.conflict is not None)

    @property
    def current(self) -> ProposalView | None:
        """The proposal that keys act on: the open one, else the one under the cursor."""
        return self.opened.view if self.opened.id is not None else self.board.current

    async def _open(self, target: int | str) -> None:
        await self.opened.open(target, self.came_from if isinstance(target, int) else "")
        await self.placed.tell()

    async def _revise(self, proposal_id: str) -> None:
        await self.opened.revise(proposal_id)
        await self.placed.tell()
        self.say(_("You change the bid that the client has: Ctrl+S sends it, Esc leaves it here."))

    async def _change(self, proposal_id: str) -> None:
        if await self.placed.change(proposal_id):
            await self.offers.put_back()
            self.say(_("Queued: the change goes out as soon as there is a line."))

    async def _show_picked(self) -> None:
        self.board.show(await self.ask(self._deck.pick, self.board.wish))
        self.refresh_bindings()

    def _do(self, verb: Verb) -> None:
        if view := self.current:
            self.act(verb(view.proposal.id))
