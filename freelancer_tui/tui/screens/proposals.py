"""Proposals: the board of all offers, and the sheet on which one is written beside its brief."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message

from freelancer_tui import wording
from freelancer_tui.domain.proposals import ADVICE, Proposal, ProposalView
from freelancer_tui.errors import FreelancerError, NotFound
from freelancer_tui.i18n import N_, _
from freelancer_tui.sync.events import Event, Pulled
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.screens.section import Section, Target
from freelancer_tui.tui.widgets.board import Board
from freelancer_tui.tui.widgets.offer import Offer
from freelancer_tui.tui.widgets.project_detail import ProjectDetail
from freelancer_tui.tui.widgets.proposal_editor import ProposalEditor
from freelancer_tui.tui.widgets.sheet_head import SheetHead

if TYPE_CHECKING:
    from freelancer_tui.services.projects import Projects
    from freelancer_tui.services.proposals import Proposals

_WIDE = 100


class ProposalsScreen(Section):
    """The board; Enter lays one proposal open, Escape puts it back."""

    NAME = "proposals"
    AUTO_FOCUS = "#list"
    CSS_PATH = "proposals.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]
    BINDINGS = [
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
        Binding("right_square_bracket,l,right", "filter(1)", N_("Next filter"), show=False,
                id="proposals.filter_next", tooltip=N_("Show only what stands somewhere else")),
        Binding("left_square_bracket,h,left", "filter(-1)", N_("Previous filter"), show=False,
                id="proposals.filter_previous",
                tooltip=N_("Show only what stands somewhere else")),
    ]  # fmt: skip

    @dataclass
    class Saved(Message):
        """What was typed into a proposal is in the file, or could not be written."""

        proposal_id: str
        worked: bool

    def __init__(self, proposals: "Proposals", projects: "Projects", *, clock: Clock) -> None:
        super().__init__(clock)
        self.proposals = proposals
        self.projects = projects
        self._open_id: str | None = None
        self._discarded: list[Proposal] = []
        self._cursors: dict[str, tuple[int, int]] = {}

    def body(self) -> ComposeResult:
        yield Board(self.clock, id="board")
        with Vertical(id="sheet"):
            yield SheetHead(self.clock, id="head")
            with Horizontal(id="desk"):
                yield ProjectDetail(self.clock, id="brief")
                yield ProposalEditor(id="editor")

    async def show(self) -> None:
        self.board.show(await self.ask(self.proposals.board))
        if self._open_id is not None:
            await self._lay(self._open_id)
        self.refresh_bindings()

    async def open(self, target: Target) -> None:
        if target is not None:
            self.act(self._open(target))

    def follows(self, event: Event) -> bool:
        return not isinstance(event, Pulled) or event.feed.kind in ("bids", "projects", "self")

    def fail(self, error: FreelancerError) -> None:
        self.board.fail(error)

    @property
    def board(self) -> Board:
        """The list with its filters."""
        return self.query_one(Board)

    @property
    def editor(self) -> ProposalEditor:
        """The form of the sheet."""
        return self.query_one(ProposalEditor)

    @on(Board.Chosen)
    def _chosen(self, event: Board.Chosen) -> None:
        self.act(self._open(event.proposal_id))

    @on(Board.Moved)
    def _moved(self) -> None:
        self.refresh_bindings()

    @on(ProposalEditor.Edited)
    def _edited(self, event: ProposalEditor.Edited) -> None:
        self.editor.note(_("saving…"))
        save = partial(self._save, event.proposal_id, event.offer)
        self.save_soon(f"proposal:{event.proposal_id}", save)

    @on(Saved)
    def _saved(self, event: Saved) -> None:
        if event.proposal_id == self._open_id:
            time = wording.hour(self.clock.now(), self.clock.zone)
            words = _("saved {time}").format(time=time) if event.worked else _("not saved yet")
            self.editor.note(words)

    @on(ProposalEditor.Submitted)
    def _submitted(self, event: ProposalEditor.Submitted) -> None:
        self.act(self._submit(event.proposal_id))

    def action_back(self) -> None:
        if self._open_id is not None and self.has_class("-reading"):
            return self.action_flip()
        self.act(self._back())

    def action_flip(self) -> None:
        """Fold the brief away; where there is room for one only, turn to the other."""
        narrow = self.size.width < _WIDE
        self.toggle_class("-reading" if narrow else "-folded")
        if narrow and self.has_class("-reading"):
            self.query_one(ProjectDetail).focus()
        else:
            self.editor.begin()

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

    def action_filter(self, direction: int) -> None:
        self.board.step(direction)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        view = self._current() if self.is_mounted else None
        match action:
            case "back" | "flip":
                return self._open_id is not None
            case "filter":
                return self._open_id is None
            case "take_back":
                return view is not None and view.standing == "queued"
            case "discard":
                return view is not None and view.standing in ("draft", "refused")
            case "undo":
                return bool(self._discarded) and self._open_id is None
            case "job":
                return view is not None
            case _:
                return super().check_action(action, parameters)

    def _current(self) -> ProposalView | None:
        return self.editor.view if self._open_id is not None else self.board.current

    def _save(self, proposal_id: str, offer: Offer) -> None:
        """Write a proposal; runs on a thread, so what it tells is posted."""
        try:
            self.proposals.save(proposal_id, text=offer.text, price=offer.price, days=offer.days)
        except FreelancerError:
            self.post_message(self.Saved(proposal_id, worked=False))
            raise
        self.post_message(self.Saved(proposal_id, worked=True))

    async def _open(self, target: int | str) -> None:
        await self.flush()
        self._keep_cursor()
        self._open_id = target if isinstance(target, str) else await self._id_for(target)
        self.remove_class("-reading")
        await self._lay(self._open_id)
        self.editor.begin()
        if self._open_id in self._cursors:
            self.editor.writing.move_cursor(self._cursors[self._open_id])
        self.refresh_bindings()

    async def _id_for(self, project_remote_id: int) -> str:
        """Find the proposal for a job, or begin one."""
        view = await self.ask(self.proposals.of_project, project_remote_id)
        if view is not None and view.standing != "withdrawn":
            return view.proposal.id
        return (await self.ask(self.proposals.draft, project_remote_id)).id

    async def _lay(self, proposal_id: str) -> None:
        """Lay a proposal and its brief on the sheet, or close the sheet when it is gone."""
        try:
            view = await self.ask(self.proposals.show, proposal_id)
        except NotFound:
            self._close()
            raise
        try:
            brief = await self.ask(self.projects.show, view.proposal.project_remote_id)
        except NotFound:
            brief = None
        if self._open_id != proposal_id:
            return
        self.query_one(SheetHead).show(view)
        self.query_one(ProjectDetail).show(brief)
        self.editor.show(view)
        self.add_class("-sheet")

    async def _submit(self, proposal_id: str) -> None:
        if not await self.flush():
            return
        found = await self.ask(self.proposals.problems, proposal_id)
        stops = [each for each in found if each not in ADVICE]
        if stops:
            self.editor.point_at(stops)
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
        self._keep_cursor()
        self._open_id = None
        self.remove_class("-sheet", "-reading")
        self.board.begin()
        self.refresh_bindings()

    def _keep_cursor(self) -> None:
        if self._open_id is not None:
            self._cursors[self._open_id] = self.editor.writing.cursor_location

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
