"""Board: all proposals, with a filter for each standing, a search and an order."""

from dataclasses import dataclass, replace
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message

from freelancer_tui import wording
from freelancer_tui.domain.deck import ORDERS, STANDINGS, Order, Picked, Wish
from freelancer_tui.domain.proposals import ProposalView
from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import N_, _
from freelancer_tui.tui.format import Clock, number
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.choices import Choice, Choices
from freelancer_tui.tui.widgets.notice import Notice
from freelancer_tui.tui.widgets.proposal_list import ProposalList
from freelancer_tui.tui.widgets.search_field import SearchField
from freelancer_tui.tui.widgets.search_line import SearchLine

_ALL: Final = "all"
_ORDERS: Final[dict[Order, str]] = {
    "state": N_("by state"),
    "time": N_("by time"),
    "price": N_("by price"),
    "client": N_("by client"),
    "title": N_("by title"),
    "deadline": N_("by deadline"),
}


class Board(Vertical):
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
    DEFAULT_CSS = """
    Board {
        & #filters { margin: 1; }
        &.-empty SearchLine, &.-empty #filters, &.-empty #list { display: none; }
        &.-none #list { display: none; }
    }
    """

    @dataclass
    class Chosen(Message):
        """The user wants to open a proposal."""

        proposal_id: str

    class Moved(Message):
        """Another proposal is under the cursor."""

    class Wished(Message):
        """Other proposals are to be picked, or in another order: see `wish`."""

    def __init__(self, clock: Clock, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.clock = clock
        self.wish = Wish()
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
        self.query_one(Choices).show(_choices(picked), self.wish.standing or _ALL)
        self.query_one(SearchLine).tell(_told(picked))
        self._list.show(picked, self.clock.now())
        self._reach()
        if picked.wish.standing and not (picked.cards or picked.wish.words):
            self._want(replace(self.wish, standing=None))

    def fail(self, error: FreelancerError) -> None:
        """Say that the proposals could not be read, and what to do."""
        self.add_class("-empty")
        self._notice.words = (_("Your proposals cannot be read now"), str(error), error.hint)

    @property
    def current(self) -> ProposalView | None:
        """The proposal under the cursor."""
        return self._list.current

    @property
    def is_searching(self) -> bool:
        """True while there are words to search for, or the field waits for some."""
        return bool(self.wish.words) or self._field.has_focus

    def move_to(self, proposal_id: str | None) -> None:
        """Put the cursor on a proposal, lifting what hides it."""
        self._goal = proposal_id
        self._reach()
        if self._goal is not None and (self.wish.standing or self.wish.words):
            self._field.value = ""
            self._want(replace(self.wish, standing=None, words=""))

    def begin(self) -> None:
        """Give the keys to the list."""
        self._list.focus()

    def clear(self) -> None:
        """Search for nothing any more."""
        self._field.value = ""
        self.begin()

    def action_filter(self, direction: int) -> None:
        self.query_one(Choices).step(direction)

    def action_search(self) -> None:
        self._field.focus()

    def action_sort(self) -> None:
        place = ORDERS.index(self.wish.order)
        order = ORDERS[(place + 1) % len(ORDERS)]
        self._want(replace(self.wish, order=order, is_reversed=False))

    def action_reverse(self) -> None:
        self._want(replace(self.wish, is_reversed=not self.wish.is_reversed))

    @on(SearchField.Typed)
    def _typed(self, event: SearchField.Typed) -> None:
        event.stop()
        if event.text != self.wish.words:
            self._want(replace(self.wish, words=event.text))

    @on(SearchField.Done)
    def _searched(self, event: SearchField.Done) -> None:
        event.stop()
        self.begin()

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        event.stop()
        standing = next((one for one in STANDINGS if one == event.key), None)
        self._want(replace(self.wish, standing=standing))

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

    @property
    def _field(self) -> SearchField:
        return self.query_one(SearchField)

    @property
    def _notice(self) -> Notice:
        return self.query_one(Notice)

    def _want(self, wish: Wish) -> None:
        self.wish = wish
        self.post_message(self.Wished())

    def _reach(self) -> None:
        """Go where the cursor is to go, once it is there."""
        if self._goal in self._list.stack:
            self._list.move_to(self._goal)
            self._goal = None


def _choices(picked: Picked) -> list[Choice]:
    choices = [Choice(_ALL, _("All"), sum(picked.counts.values()))]
    choices += [
        Choice(standing, wording.standing(standing), picked.counts[standing])
        for standing in STANDINGS
        if standing in picked.counts
    ]
    return choices


def _told(picked: Picked) -> str:
    """Say how many there are, and in which order."""
    order = _(_ORDERS[picked.wish.order])
    if picked.wish.is_reversed:
        order = _("{order}, reversed").format(order=order)
    shown, total = number(len(picked.cards)), number(picked.total)
    count = shown if shown == total else _("{shown} of {total}").format(shown=shown, total=total)
    return f"{count} · {order}"


def _nothing(picked: Picked) -> tuple[str, ...]:
    if picked.total:
        return (_("No proposal has all of these words."), _("Esc clears the search."))
    return (
        _("No proposals yet"),
        _("Open a job (key 1) and begin a proposal there."),
        _("You can write and submit without a line: it goes out when there is one."),
    )
