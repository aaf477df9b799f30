"""Inbox: the conversations under their filters, what a search found, or why there is nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message

from freelancer_tui.domain.excerpts import sought
from freelancer_tui.domain.inbox import PILES, Pile, Sorted, Wish
from freelancer_tui.domain.messages import Hit
from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import N_, _
from freelancer_tui.tui.format import Clock, number
from freelancer_tui.tui.widgets.choices import Choice, Choices
from freelancer_tui.tui.widgets.hit_list import HitList
from freelancer_tui.tui.widgets.notice import Notice
from freelancer_tui.tui.widgets.search_field import SearchField
from freelancer_tui.tui.widgets.search_line import SearchLine
from freelancer_tui.tui.widgets.sync_bar import Phase
from freelancer_tui.tui.widgets.thread_list import ThreadList

_PILES: Final[dict[Pile, str]] = {
    "all": N_("All"),
    "unread": N_("Unread"),
    "mine": N_("On you"),
    "theirs": N_("On them"),
    "starred": N_("Starred"),
    "muted": N_("Muted"),
    "archived": N_("Put away"),
}


class Inbox(Vertical):
    """The list, or a notice in its place. It says what it wishes for and shows what was picked."""

    BINDINGS = [
        Binding("slash", "search", N_("Search"), id="inbox.search",
                tooltip=N_('Search all messages; "two words" in order')),
        Binding("right_square_bracket", "filter(1)", N_("Filter"), id="inbox.filter",
                tooltip=N_("Unread, on you, starred, put away …")),
        Binding("left_square_bracket", "filter(-1)", N_("Previous filter"), show=False,
                id="inbox.filter_previous", tooltip=N_("Go through the filters backwards")),
        Binding("w", "only_with", N_("Client"), id="inbox.client",
                tooltip=N_("Show only conversations with this client, then all again")),
        Binding("W", "only_about", N_("This job"), show=False, id="inbox.job",
                tooltip=N_("Show only conversations about this job, then all again")),
    ]  # fmt: skip
    DEFAULT_CSS = """
    Inbox {
        & #piles { margin: 1 0 0 1; }
        & HitList { display: none; margin-top: 1; }
        & ThreadList { margin-top: 1; }
        &.-finding HitList { display: block; }
        &.-finding ThreadList, &.-finding #piles { display: none; }
        &.-empty HitList { display: none; }
        &.-empty ThreadList { height: 0; margin: 0; }
        &.-bare SearchLine, &.-bare #piles { display: none; }
    }
    """
    threads = getters.query_one(ThreadList)
    hits = getters.query_one(HitList)

    @dataclass
    class Wished(Message):
        """Other conversations are to be shown: see `wish`."""

    @dataclass
    class Typed(Message):
        """Other words are to be looked for."""

        words: str

    def __init__(self, clock: Clock, *, id: str | None = None) -> None:
        super().__init__(id=id, classes="-empty -bare")
        self.clock = clock
        self.wish = Wish()
        self.words = ""
        """What is looked for."""

    def compose(self) -> ComposeResult:
        yield SearchLine(_("Search all messages"))
        yield Choices(id="piles")
        yield ThreadList(self.clock, id="threads")
        yield HitList(self.clock, id="hits")
        yield Notice()

    def on_mount(self) -> None:
        self._say((_("Opening your conversations…"),))

    @property
    def current(self) -> int | None:
        """The conversation under the cursor."""
        if self.is_finding:
            hit = self.hits.current
            return hit.view.thread.remote_id if hit else None
        key = self.threads.cursor_key
        return int(key) if key else None

    @property
    def is_finding(self) -> bool:
        """True while there are words to look for."""
        return bool(self.words.strip())

    @property
    def is_narrowed(self) -> bool:
        """True while not everything is shown, or words are typed."""
        return self.is_finding or self.wish.is_narrowed or self._field.has_focus

    def show(self, picked: Sorted, phase: Phase) -> None:
        """Show conversations; without any, the phase of the sync says what to expect."""
        is_bare = not (any(picked.counts.values()) or picked.wish.is_narrowed)
        self.set_class(is_bare, "-bare")
        if not self.is_finding:
            self._say(() if picked.views else _nothing(phase) if is_bare else _filtered())
        self.query_one(Choices).show(_choices(picked), picked.wish.pile)
        self.threads.show(picked.views)

    def show_hits(self, hits: Sequence[Hit], *, is_all: bool) -> None:
        """Show what was found."""
        self.hits.show(hits, sought(self.words))
        self._say(() if hits else _not_found(self.words))
        count = number(len(hits)) + ("" if is_all else "+")
        self.query_one(SearchLine).tell(count)

    def fail(self, error: FreelancerError) -> None:
        """Say that the conversations could not be read, and what to do."""
        self._say((_("Your conversations cannot be read now"), str(error), error.hint))

    def begin(self) -> None:
        """Give the keys to the list."""
        (self.hits if self.is_finding else self.threads).focus()

    def clear(self) -> None:
        """Look for nothing any more, then show all again."""
        if self.is_finding or self._field.has_focus:
            self._field.value = ""
            self._look_for("")
        else:
            self._want(Wish())
        self.begin()

    def action_search(self) -> None:
        self._field.focus()

    def action_filter(self, direction: int) -> None:
        self.query_one(Choices).step(direction)

    def action_only_with(self) -> None:
        if view := self.threads.view:
            people = () if self.wish.people else view.with_names
            self._want(replace(self.wish, people=people))

    def action_only_about(self) -> None:
        if view := self.threads.view:
            about = None if self.wish.project_id else view.thread.project_remote_id
            self._want(replace(self.wish, project_id=about))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.is_mounted:
            return False
        view = self.threads.view
        possible = {
            "search": not self.has_class("-bare") and not self._field.has_focus,
            "filter": not self.has_class("-bare") and not self.is_finding,
            "only_with": not self.is_finding and view is not None and bool(view.with_names),
            "only_about": not self.is_finding
            and view is not None
            and view.thread.project_remote_id is not None,
        }
        return possible.get(action, True)

    @on(SearchField.Typed)
    def _typed(self, event: SearchField.Typed) -> None:
        event.stop()
        if event.text != self.words:
            self._look_for(event.text)

    @on(SearchField.Done)
    def _searched(self, event: SearchField.Done) -> None:
        event.stop()
        self.begin()

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        event.stop()
        pile: Pile = next((one for one in PILES if one == event.key), "all")
        self._want(replace(self.wish, pile=pile))

    @property
    def _field(self) -> SearchField:
        return self.query_one(SearchField)

    def _look_for(self, words: str) -> None:
        self.words = words
        self.set_class(self.is_finding, "-finding")
        if not self.is_finding:
            self.query_one(SearchLine).tell("")
        self.post_message(self.Typed(words))

    def _want(self, wish: Wish) -> None:
        self.wish = wish
        self.post_message(self.Wished())

    def _say(self, words: tuple[str, ...]) -> None:
        self.query_one(Notice).words = words
        self.set_class(bool(words), "-empty")


def _choices(picked: Sorted) -> list[Choice]:
    names = {pile: _(label) for pile, label in _PILES.items()}
    if picked.wish.people:
        names["all"] = ", ".join(picked.wish.people)
    elif picked.wish.project_id is not None:
        names["all"] = _("This job")
    return [Choice(pile, names[pile], picked.counts[pile]) for pile in PILES]


def _filtered() -> tuple[str, ...]:
    return (_("No conversation here"), _("Esc shows all again."))


def _not_found(words: str) -> tuple[str, ...]:
    if not sought(words):
        return (_("Go on typing"), _("A word of two letters or more is looked for."))
    return (_("Nobody said this"), _("Every word has to be in the message. Esc shows all again."))


def _nothing(phase: Phase) -> tuple[str, ...]:
    if phase in ("starting", "syncing"):
        return (_("Fetching your conversations…"),)
    advice = _("Press r to look for new ones.")
    if phase == "offline":
        advice = _("You are offline: they come as soon as there is a line.")
    return (_("No conversations yet"), _("Clients write here about your proposals."), advice)
