"""Board: all proposals with a filter for each standing, and what is said when there is none."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message

from freelancer_tui import wording
from freelancer_tui.domain.proposals import ProposalView
from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import N_, _
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.widgets import signs
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.choices import Choice, Choices
from freelancer_tui.tui.widgets.notice import Notice
from freelancer_tui.tui.widgets.proposal_list import ProposalList

ALL = "all"


class Board(Vertical):
    """The list under its filters; a filter that has nothing left gives way to all."""

    BINDINGS = [
        Binding("right_square_bracket,l,right", "filter(1)", N_("Filter"),
                id="proposals.filter_next", tooltip=N_("Show the next state only, then all again")),
        Binding("left_square_bracket,h,left", "filter(-1)", N_("Previous filter"), show=False,
                id="proposals.filter_previous",
                tooltip=N_("Show the state before only, then all again")),
    ]  # fmt: skip
    DEFAULT_CSS = """
    Board {
        & #filters { margin: 1 1 1 1; }
        &.-empty #filters, &.-empty #list { display: none; }
    }
    """

    @dataclass
    class Chosen(Message):
        """The user wants to open a proposal."""

        proposal_id: str

    class Moved(Message):
        """Another proposal is under the cursor."""

    def __init__(self, clock: Clock, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.clock = clock
        self._views: tuple[ProposalView, ...] = ()
        self._filter = ALL

    def compose(self) -> ComposeResult:
        yield Choices(id="filters")
        yield ProposalList(id="list")
        yield Notice()

    def on_mount(self) -> None:
        self.add_class("-empty")
        self.query_one(Notice).words = (_("Opening your proposals…"),)

    def show(self, views: Sequence[ProposalView]) -> None:
        """Show proposals; cursor and filter stay where they are, as far as they can."""
        self._views = tuple(views)
        self.set_class(not views, "-empty")
        self.query_one(Notice).words = () if views else _nothing()
        counts = Counter(view.standing for view in views)
        if self._filter not in counts:
            self._filter = ALL
        choices = [Choice(ALL, _("All"), len(views))]
        choices += [
            Choice(standing, wording.standing(standing), counts[standing])
            for standing in signs.ORDER
            if standing in counts
        ]
        self.query_one(Choices).show(choices, self._filter)
        self._show_filtered()

    def fail(self, error: FreelancerError) -> None:
        """Say that the proposals could not be read, and what to do."""
        self.add_class("-empty")
        self.query_one(Notice).words = (
            _("Your proposals cannot be read now"), str(error), error.hint,
        )  # fmt: skip

    @property
    def current(self) -> ProposalView | None:
        """The proposal under the cursor."""
        key = self._list.cursor_key
        return next((view for view in self._views if view.proposal.id == key), None)

    def move_to(self, proposal_id: str | None) -> None:
        """Put the cursor on a proposal, lifting a filter that hides it."""
        if proposal_id not in self._list.stack and self._filter != ALL:
            self._pick(ALL)
        self._list.move_to(proposal_id)

    def begin(self) -> None:
        """Give the keys to the list."""
        self._list.focus()

    def action_filter(self, direction: int) -> None:
        self.query_one(Choices).step(direction)

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        event.stop()
        self._pick(event.key)

    @on(Blocks.Chosen)
    def _chosen(self, event: Blocks.Chosen) -> None:
        event.stop()
        self.post_message(self.Chosen(event.key))

    @on(Blocks.Moved)
    def _moved(self, event: Blocks.Moved) -> None:
        event.stop()
        self.post_message(self.Moved())

    @property
    def _list(self) -> ProposalList:
        return self.query_one(ProposalList)

    def _pick(self, key: str) -> None:
        self._filter = key
        choices = self.query_one(Choices)
        choices.show(choices.choices, key)
        self._show_filtered()

    def _show_filtered(self) -> None:
        views = [view for view in self._views if self._filter in (ALL, view.standing)]
        self._list.show(views, self.clock.now())


def _nothing() -> tuple[str, ...]:
    return (
        _("No proposals yet"),
        _("Open a job (key 1) and begin a proposal there."),
        _("You can write and submit without a line: it goes out when there is one."),
    )
