"""Window: what this window knows of the sheets it writes, to overwrite no other one's words."""

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from freelancer_tui.domain.conflicts import Offering, Seen, offering, seen
from freelancer_tui.domain.drafts import Place
from freelancer_tui.domain.proposals import Proposal, ProposalView
from freelancer_tui.tui.screens.autosave import Save
from freelancer_tui.tui.widgets.proposal_editor import ProposalEditor

if TYPE_CHECKING:
    from freelancer_tui.services.proposals import Proposals


class _Known(NamedTuple):
    """What we know of a sheet, and what we wrote or read last."""

    seen: Seen
    typed: Offering


class Window:
    """Remembers each sheet as its fields were filled; a save tells the service so."""

    def __init__(self, proposals: "Proposals") -> None:
        self._proposals = proposals
        self._sheets: dict[str, _Known] = {}
        self._basis: Proposal | None = None
        self._writes = 0

    @property
    def moment(self) -> int:
        """What to remember when a sheet is asked for: an answer from before a save is stale."""
        return self._writes

    def saving(self, edited: ProposalEditor.Edited) -> Save:
        """Give what keeps an offer as it stands in the fields; it runs on a thread."""
        return partial(self._keep, edited.proposal_id, edited.offer, edited.place)

    def is_apart(self, proposal_id: str) -> bool:
        """Tell whether our words are kept beside another window's, to be settled."""
        known = self._sheets.get(proposal_id)
        return known is not None and known.seen.conflict_id is not None

    def follow(self, editor: ProposalEditor, view: ProposalView, moment: int) -> None:
        """Let the fields take in another window's words, where all that we typed is kept.

        `moment` is from before the view was asked for. What was saved since is not in it, and
        would look like another hand's change.
        """
        known = self._sheets.get(view.proposal.id)
        if known is None or editor.view is None or editor.view.proposal.id != view.proposal.id:
            return
        if moment != self._writes:
            return
        is_saved = editor.offer() == known.typed
        is_open = known.seen.conflict_id is not None and view.conflict == "two_windows"
        if is_saved and not is_open and known.typed != offering(view.proposal):
            editor.forget()

    def note(self, editor: ProposalEditor) -> None:
        """Remember what the fields were filled with, if they were filled anew."""
        basis = editor.basis
        if basis is not None and basis is not self._basis:
            self._basis = basis
            self._sheets[basis.id] = _Known(seen(basis), offering(basis))

    def _keep(self, proposal_id: str, typed: Offering, place: Place | None) -> None:
        known = self._sheets[proposal_id]
        fresh = self._proposals.keep(proposal_id, typed, known.seen, place)
        self._writes += 1
        self._sheets[proposal_id] = _Known(fresh, typed)
