"""Opened: the proposal that lies open: fetched, laid on the sheet, saved as it is typed."""

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from freelancer_tui.domain.proposals import ProposalView
from freelancer_tui.errors import NotFound
from freelancer_tui.i18n import _
from freelancer_tui.tui.screens.autosave import Save
from freelancer_tui.tui.screens.kept import Kept, telling
from freelancer_tui.tui.screens.places import Places
from freelancer_tui.tui.screens.section import Section
from freelancer_tui.tui.screens.window import Window
from freelancer_tui.tui.widgets.board import Board
from freelancer_tui.tui.widgets.proposal_editor import ProposalEditor
from freelancer_tui.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from freelancer_tui.services.means import Means
    from freelancer_tui.services.projects import Projects
    from freelancer_tui.services.proposals import Proposals


class Opened:
    """The sheet side of the proposals screen; nothing lies open while `id` is None."""

    def __init__(
        self, section: Section, proposals: "Proposals", projects: "Projects", means: "Means"
    ) -> None:
        self._section = section
        self._proposals = proposals
        self._projects = projects
        self._means = means
        self._window = Window(proposals)
        self._places = Places(section, proposals.versions)
        self.id: str | None = None
        self.origin = ""
        """The section that it was opened from; nothing when that was the board."""

    @property
    def sheet(self) -> Sheet:
        """Where it lies."""
        return self._section.query_one(Sheet)

    @property
    def view(self) -> ProposalView | None:
        """The proposal as it was last laid out."""
        return self.sheet.editor.view if self.id is not None else None

    async def open(self, target: int | str, origin: str = "") -> None:
        """Open a proposal by our id, or the one for a job, which is begun if there is none."""
        await self._section.flush()
        before, self.id = self.id, await self._section.ask(_id_for, self._proposals, target)
        if origin or self.id != before:  # its templates and versions lead back to it
            self.origin = origin
        await self._lay(self.id)
        self.sheet.begin(await self._places.read(self.id))
        self._section.refresh_bindings()

    async def lay_again(self) -> None:
        """Lay it out as it is now; one that was discarded elsewhere closes its sheet."""
        if self.id is not None:
            with suppress(NotFound):
                await self._lay(self.id)

    async def revise(self, proposal_id: str) -> None:
        """Open a bid that is there for changes."""
        if self.id != proposal_id:
            await self.open(proposal_id)
        self.sheet.editor.revise(proposal_id)
        await self._lay(proposal_id)
        self.sheet.begin()
        self._section.refresh_bindings()

    def close(self) -> None:
        """Put it away, and give the keys to the board."""
        self.id, self.origin = None, ""
        self.sheet.editor.revise(None)
        self._section.remove_class("-sheet")
        self._section.query_one(Board).begin()
        self._section.refresh_bindings()

    def keep_place(self) -> None:
        """Save where in the text the user is."""
        if self.id is not None and self.sheet.editor.is_open:
            self._places.save(self.id, self.sheet.editor.writing.place)

    def edited(self, event: ProposalEditor.Edited) -> None:
        """Save what was typed."""
        self.sheet.editor.note(_("saving…"))
        key = event.proposal_id
        keep: Save = self._window.saving(event)
        if self.sheet.editor.is_revising:
            keep = partial(self._proposals.placed.keep, key, event.offer)
        save = telling(self._section, key, keep)
        self._section.save_soon(f"proposal:{key}", save, event.offer.text)

    def kept(self, event: Kept) -> None:
        """Tell beside the text whether it is saved, and where another window wrote as well."""
        is_apart = event.worked and self._window.is_apart(event.key)
        if event.key == self.id:
            apart = _("kept apart: F7 settles it")
            words = apart if is_apart else event.words(self._section)
            self.sheet.editor.note(words, is_warning=not event.worked)
        if event.is_gone:
            self._section.reload()  # which closes the sheet
        if is_apart and (self.view is None or self.view.conflict is None):
            self._section.reload()
            self._section.post_message(Section.Read())

    async def _lay(self, proposal_id: str) -> None:
        """Lay a proposal and its brief on the sheet, or close the sheet when it is gone."""
        moment = self._window.moment
        try:
            view = await self._section.ask(self._proposals.show, proposal_id)
        except NotFound:
            self.sheet.editor.forget()  # should it come back, the file has the last word
            self.close()
            raise
        brief = None
        with suppress(NotFound):
            brief = await self._section.ask(self._projects.show, view.proposal.project_remote_id)
        reckoning = await self._section.ask(self._means.reckoning)
        if self.id != proposal_id:
            return
        self._window.follow(self.sheet.editor, view, moment)
        self.sheet.show(view, brief, reckoning)
        self._window.note(self.sheet.editor)
        self._section.add_class("-sheet")


def _id_for(proposals: "Proposals", target: int | str) -> str:
    """Find the proposal for a job, or begin one; an id of ours is that already."""
    if isinstance(target, str):
        return target
    view = proposals.of_project(target)
    if view is not None and view.standing != "withdrawn":
        return view.proposal.id
    return proposals.draft(target).id
