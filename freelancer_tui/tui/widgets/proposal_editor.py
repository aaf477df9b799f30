"""Proposal editor: the form of an offer over one proposal, and what is saved of it."""

from dataclasses import dataclass

from textual import on
from textual.binding import Binding
from textual.message import Message
from textual.widgets import Input, TextArea

from freelancer_tui.domain.conflicts import Offering, offering
from freelancer_tui.domain.drafts import Place
from freelancer_tui.domain.proposals import Proposal, ProposalView
from freelancer_tui.domain.reckoning import Reckoning
from freelancer_tui.i18n import N_
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.widgets.offer_form import OfferForm


class ProposalEditor(OfferForm):
    """A form that keeps what is typed as it is typed; for reading once the offer is on its way."""

    BINDINGS = [
        Binding("ctrl+s", "submit", N_("Submit"), id="proposal.submit", priority=True,
                tooltip=N_("Queue this proposal: it goes out as soon as there is a line")),
        Binding("f3", "plan", N_("Milestones"), id="proposal.plan",
                tooltip=N_("Plan milestones, an amount and what for on each line")),
    ]  # fmt: skip

    @dataclass
    class Edited(Message):
        """A field changed; this is how they all stand."""

        proposal_id: str
        offer: Offering
        place: Place | None = None
        """Where in the text the user is."""

    @dataclass
    class Submitted(Message):
        """The user wants this proposal to go out."""

        proposal_id: str

    def __init__(self, clock: Clock, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.clock = clock
        self.view: ProposalView | None = None
        self.basis: Proposal | None = None
        """The sheet that the fields were last filled from."""
        self._reckoning = Reckoning()
        self._known = Offering("")
        self._revised: str | None = None

    @property
    def is_open(self) -> bool:
        """True while the offer can still be changed."""
        is_draft = self.view is not None and self.view.standing in ("draft", "refused")
        return is_draft or self.is_revising

    @property
    def is_revising(self) -> bool:
        """True while a bid is changed that the marketplace has."""
        view = self.view
        is_there = view is not None and view.standing in ("placed", "shortlisted")
        return is_there and view is not None and self._revised == view.proposal.id

    def revise(self, proposal_id: str | None) -> None:
        """Open a placed bid for changes, or close it again; it is filled when it is shown next."""
        self._revised = proposal_id
        self.forget()

    def show(self, view: ProposalView, reckoning: Reckoning | None = None) -> None:
        """Show a proposal; fields that are being edited are left as they are typed."""
        before, was_open, self.view = self.view, self.is_open, view
        self._reckoning = reckoning or self._reckoning
        same = before is not None and before.proposal.id == view.proposal.id
        if not (same and was_open and self.is_open):
            self._fill(view)
        self.let_write(is_open=self.is_open)
        self._tell_how_it_stands()
        if not same:
            self.remove_class("-planning")
            self.note("")

    def forget(self) -> None:
        """Let the next proposal that is shown fill the fields, also the same one."""
        self.view = None

    def offer(self) -> Offering:
        """Give what stands in the fields."""
        return self.read(self.view.proposal.currency if self.view else "")

    def begin(self) -> None:
        """Put the cursor where the user will want to write."""
        is_fresh = self.is_open and self.offer().price is None
        (self.price.entry if is_fresh else self.writing).focus()

    def action_submit(self) -> None:
        if self.view is not None and self.is_open:
            self.post_message(self.Submitted(self.view.proposal.id))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "plan":
            return self.is_open or bool(self.plan.text)
        return self.is_open if action == "submit" else True

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _edited(self, event: Input.Changed | TextArea.Changed) -> None:
        event.stop()
        self._tell_how_it_stands()
        offer = self.offer()
        if self.view is not None and self.is_open and offer != self._known:
            self._known = offer
            self.post_message(self.Edited(self.view.proposal.id, offer, self.writing.place))

    def _fill(self, view: ProposalView) -> None:
        has_change = self.is_revising and view.proposal.has_change
        sheet, self.basis = view.proposal if has_change else view.offered, view.proposal
        self._known = offering(sheet)
        self.put(sheet)

    def _tell_how_it_stands(self) -> None:
        if self.view is not None:
            self.tell(self.view, self._reckoning, self.clock)
