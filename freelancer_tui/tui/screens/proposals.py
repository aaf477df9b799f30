"""Proposals: the board of all offers, and the sheet on which one is written beside its brief."""

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from freelancer_tui.domain.drafts import Place
from freelancer_tui.domain.proposals import ADVICE, Proposal, ProposalView
from freelancer_tui.errors import FreelancerError, NotFound
from freelancer_tui.i18n import N_, _
from freelancer_tui.sync.events import Event, Pulled
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.screens.kept import Kept, telling
from freelancer_tui.tui.screens.section import Section, Target
from freelancer_tui.tui.screens.window import Window
from freelancer_tui.tui.widgets.board import Board
from freelancer_tui.tui.widgets.proposal_editor import ProposalEditor
from freelancer_tui.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from freelancer_tui.services.projects import Projects
    from freelancer_tui.services.proposals import Proposals


_KEYS: Final[list[BindingType]] = [
    Binding("escape", "back", N_("Back"), id="proposals.back",
            tooltip=N_("Put this proposal back on the board; it is saved")),
    Binding("ctrl+o", "flip", N_("Brief"), id="proposals.brief",
            tooltip=N_("Show or hide what the client wrote")),
    Binding("t", "take_back", N_("Take back"), id="proposals.take_back",
            tooltip=N_("Make a proposal that waits a draft again")),
    Binding("x", "discard", N_("Discard"), id="proposals.discard",
            tooltip=N_("Throw this draft away; u brings it back")),
    Binding("u", "undo", N_("Undo"), id="proposals.undo",
            tooltip=N_("Bring back the draft that was discarded last")),
    Binding("o", "job", N_("Job"), id="proposals.job",
            tooltip=N_("Go to the job that this proposal is for")),
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

    def __init__(self, proposals: "Proposals", projects: "Projects", *, clock: Clock) -> None:
        super().__init__(clock)
        self.proposals = proposals
        self.projects = projects
        self._open_id: str | None = None
        self._place: Place | None = None
        self._discarded: list[Proposal] = []
        self._window = Window(proposals)

    def body(self) -> ComposeResult:
        yield Board(self.clock, id="board")
        yield Sheet(self.clock, id="sheet")

    async def show(self) -> None:
        self.board.show(await self.ask(self.proposals.board))
        self._discarded = (await self.ask(self.proposals.discarded))[::-1]
        if self._open_id is not None:
            with suppress(NotFound):  # discarded elsewhere: its sheet closed itself
                await self._lay(self._open_id)
        self.refresh_bindings()

    async def open(self, target: Target) -> None:
        if target is not None:
            self.act(self._open(target))

    async def flush(self) -> bool:
        """Write what is not saved yet, and where the user is in the text."""
        place = self.sheet.editor.writing.place
        if self._open_id is not None and self.sheet.editor.is_open and place != self._place:
            self._place = place
            keep = partial(self.proposals.versions.keep_place, self._open_id, place)
            self.save_soon(f"place:{self._open_id}", keep)
        return await super().flush()

    def follows(self, event: Event) -> bool:
        return not isinstance(event, Pulled) or event.feed.kind in ("bids", "projects", "self")

    def fail(self, error: FreelancerError) -> None:
        self.board.fail(error)

    @on(Board.Chosen)
    def _chosen(self, event: Board.Chosen) -> None:
        self.act(self._open(event.proposal_id))

    @on(Board.Moved)
    def _moved(self) -> None:
        self.refresh_bindings()

    @on(ProposalEditor.Edited)
    def _edited(self, event: ProposalEditor.Edited) -> None:
        self.sheet.editor.note(_("saving…"))
        key = event.proposal_id
        save = telling(self, key, self._window.saving(event))
        self.save_soon(f"proposal:{key}", save, event.offer.text)

    @on(Kept)
    def _kept(self, event: Kept) -> None:
        is_apart = event.worked and self._window.is_apart(event.key)
        if event.key == self._open_id:
            apart = _("kept apart: F7 settles it")
            words = apart if is_apart else event.words(self.clock)
            self.sheet.editor.note(words, is_warning=not event.worked)
        if is_apart and (view := self._current()) and view.conflict is None:
            self.reload()
            self.post_message(self.Read())

    @on(ProposalEditor.Submitted)
    def _submitted(self, event: ProposalEditor.Submitted) -> None:
        self.act(self._submit(event.proposal_id))

    def action_back(self) -> None:
        if self.sheet.is_reading:
            self.sheet.flip()
        else:
            self.act(self._back())

    def action_flip(self) -> None:
        self.sheet.flip()

    def action_take_back(self) -> None:
        if view := self._current():
            self.act(self._take_back(view.proposal.id))

    def action_discard(self) -> None:
        if view := self._current():
            self.act(self._discard(view.proposal.id))

    def action_undo(self) -> None:
        self.act(self._undo())

    def action_job(self) -> None:
        if view := self._current():
            self.post_message(self.Go("jobs", view.proposal.project_remote_id))

    def action_settle(self) -> None:
        if view := self._current():
            self.post_message(self.Go("conflicts", f"proposals:{view.proposal.id}"))

    def action_versions(self) -> None:
        self.post_message(self.Go("versions", self._open_id))

    def action_thrown_away(self) -> None:
        self.post_message(self.Go("versions", "discarded"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        view = self._current() if self.is_mounted else None
        if action in ("back", "flip"):
            return self._open_id is not None
        if action in ("undo", "thrown_away"):
            return self._open_id is None and bool(self._discarded)
        if action == "versions":  # a bid placed elsewhere was not written here
            return self._open_id is not None and not self._open_id.startswith("bid-")
        return _can(action, view)

    def _current(self) -> ProposalView | None:
        return self.sheet.editor.view if self._open_id is not None else self.board.current

    async def _open(self, target: int | str) -> None:
        await self.flush()
        self._open_id = await self.ask(_id_for, self.proposals, target)
        await self._lay(self._open_id)
        self._place = await self.ask(self.proposals.versions.place, self._open_id)
        self.sheet.begin(self._place)
        self.refresh_bindings()

    async def _lay(self, proposal_id: str) -> None:
        """Lay a proposal and its brief on the sheet, or close the sheet when it is gone."""
        try:
            view = await self.ask(self.proposals.show, proposal_id)
        except NotFound:
            self._close()
            raise
        brief = None
        with suppress(NotFound):
            brief = await self.ask(self.projects.show, view.proposal.project_remote_id)
        if self._open_id != proposal_id:
            return
        self._window.follow(self.sheet.editor, view)
        self.sheet.show(view, brief)
        self._window.note(self.sheet.editor)
        self.add_class("-sheet")

    async def _submit(self, proposal_id: str) -> None:
        if not await self.flush():
            return
        found = await self.ask(self.proposals.problems, proposal_id)
        stops = [each for each in found if each not in ADVICE]
        if stops:
            self.sheet.editor.point_at(stops)
            return self.say(_("Not yet: see what is listed below the text."))
        await self.ask(self.proposals.submit, proposal_id)
        self.post_message(self.Queued())
        await self._back()
        self.say(_("Queued: it goes out as soon as there is a line. Press t to take it back."))

    async def _back(self) -> None:
        if not await self.flush():
            return
        proposal_id = self._open_id
        self._close()
        await self.show()
        self.board.move_to(proposal_id)

    def _close(self) -> None:
        self._open_id = None
        self.remove_class("-sheet")
        self.board.begin()
        self.refresh_bindings()

    async def _take_back(self, proposal_id: str) -> None:
        await self.ask(self.proposals.take_back, proposal_id)
        self.post_message(self.Queued())
        await self._open(proposal_id)
        self.say(_("Taken back: nothing was sent."))
        self.reload()

    async def _discard(self, proposal_id: str) -> None:
        await self.flush()
        self._discarded.append(await self.ask(self.proposals.discard, proposal_id))
        if self._open_id is not None:
            self._close()
        await self.show()
        self.say(_("Draft discarded. Press u to bring it back."))

    async def _undo(self) -> None:
        if self._discarded:
            proposal = await self.ask(self.proposals.restore, self._discarded[-1])
            self._discarded.pop()
            await self.show()
            self.board.move_to(proposal.id)
            self.say(_("The draft is back."))


def _can(action: str, view: ProposalView | None) -> bool:
    """Tell whether an action is possible for a proposal."""
    standing = view.standing if view else None
    possible = {
        "take_back": standing == "queued",
        "discard": standing in ("draft", "refused"),
        "job": view is not None,
        "settle": view is not None and view.conflict is not None,
    }
    return possible.get(action, True)


def _id_for(proposals: "Proposals", target: int | str) -> str:
    """Find the proposal for a job, or begin one; an id of ours is that already."""
    if isinstance(target, str):
        return target
    view = proposals.of_project(target)
    if view is not None and view.standing != "withdrawn":
        return view.proposal.id
    return proposals.draft(target).id
