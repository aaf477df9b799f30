"""Board: all proposals, with a filter for each standing, a search and an order."""

from dataclasses import replace
from typing import Final

from textual.app import ComposeResult
from textual.binding import Binding

from freelancer_tui import wording
from freelancer_tui.domain.deck import ORDERS, STANDINGS, DeckWish, Order, Picked
from freelancer_tui.domain.proposals import ProposalView
from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import N_, _
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.widgets.choices import Choices
from freelancer_tui.tui.widgets.notice import Notice
from freelancer_tui.tui.widgets.picker import ALL, Picker, choices, told
from freelancer_tui.tui.widgets.proposal_list import ProposalList
from freelancer_tui.tui.widgets.search_line import SearchLine

_ORDERS: Final[dict[Order, str]] = {
    "state": N_("by state"),
    "time": N_("by time"),
    "price": N_("by price"),
    "client": N_("by client"),
    "title": N_("by title"),
    "deadline": N_("by deadline"),
}


class Board(Picker[DeckWish]):
    """The list under its filters. It says what it wishes for and shows what was picked."""

    BINDINGS = [
        Binding("right_square_bracket,l,right", "filter(1)", N_("Filter"),
                id="proposals.filter_next", tooltip=N_("Show the next state only, then all again")),
        Binding("left_square_bracket,h,left", "filter(-1)", N_("Previous filter"), show=False,
                id="proposals.filter_previous",
                tooltip=N_("Show the state before only, then all again")),
        Binding("slash", "search", N_("Search"), id="proposals.search",
                tooltip=N_("Search titles, clients and texts as you type")),
        Binding("s", "sort", N_("Sort"), id="proposals.sort",
                tooltip=N_("Sort by state, time, price, client, title or deadline")),
        Binding("S", "reverse", N_("Reverse"), show=False, id="proposals.reverse",
                tooltip=N_("Turn the order round")),
    ]  # fmt: skip
    orders = ORDERS
    DEFAULT_CSS = """
    Board {
        & #filters { margin: 1; }
        &.-empty SearchLine, &.-empty #filters, &.-empty #list { display: none; }
        &.-none #list { display: none; }
    }
    """

    def __init__(self, clock: Clock, *, id: str | None = None) -> None:
        super().__init__(DeckWish(), id=id)
        self.clock = clock
        self._goal: str | None = None

    def compose(self) -> ComposeResult:
        yield SearchLine(_("Search your proposals"))
        yield Choices(id="filters")
        yield ProposalList(id="list")
        yield Notice()

    def on_mount(self) -> None:
        self.add_class("-empty")
        self._notice.words = (_("Opening your proposals…"),)

    def show(self, picked: Picked) -> None:
        """Show what was picked; the cursor stays on its proposal, if that is among it."""
        self.set_class(not picked.total, "-empty")
        self.set_class(not picked.cards, "-none")
        self._notice.words = () if picked.cards else _nothing(picked)
        self.query_one(Choices).show(
            choices(STANDINGS, picked.counts, wording.standing), self.wish.group or ALL
        )
        self.query_one(SearchLine).tell(
            told(
                len(picked.cards),
                picked.total,
                _(_ORDERS[picked.wish.order]),
                is_reversed=picked.wish.is_reversed,
            )
        )
        self._list.show(picked, self.clock.now())
        self._reach()
        if picked.wish.group and not (picked.cards or picked.wish.words):
            self.want(replace(self.wish, group=None))

    def fail(self, error: FreelancerError) -> None:
        """Say that the proposals could not be read, and what to do."""
        self.add_class("-empty")
        self._notice.words = (_("Your proposals cannot be read now"), str(error), error.hint)

    @property
    def current(self) -> ProposalView | None:
        """The proposal under the cursor."""
        return self._list.current

    def move_to(self, proposal_id: str | None) -> None:
        """Put the cursor on a proposal, lifting what hides it."""
        self._goal = proposal_id
        self._reach()
        if self._goal is not None and (self.wish.group or self.wish.words):
            self.field.value = ""
            self.want(replace(self.wish, group=None, words=""))

    @property
    def _list(self) -> ProposalList:
        return self.query_one(ProposalList)

    @property
    def _notice(self) -> Notice:
        return self.query_one(Notice)

    def _reach(self) -> None:
        """Go where the cursor is to go, once it is there."""
        if self._goal in self._list.stack:
            self._list.move_to(self._goal)
            self._goal = None


def _nothing(picked: Picked) -> tuple[str, ...]:
    if picked.total:
        return (_("No proposal has all of these words."), _("Esc clears the search."))
    return (
        _("No proposals yet"),
        _("Open a job (key 1) and begin a proposal there."),
        _("You can write and submit without a line: it goes out when there is one."),
    )
