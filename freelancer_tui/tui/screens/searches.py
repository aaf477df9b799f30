"""Searches: the saved ones in a list above the jobs, opened by a digit; saved, renamed, removed."""

from asyncio import to_thread
from collections.abc import Callable, Coroutine
from typing import Final, ParamSpec

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from freelancer_tui.domain.searches import Counts, SavedSearch
from freelancer_tui.errors import FreelancerError, NotFound
from freelancer_tui.i18n import N_, _
from freelancer_tui.services.searches import MOST_IN_NAME, Searches
from freelancer_tui.tui.format import tame
from freelancer_tui.tui.screens.keys import KeysScreen
from freelancer_tui.tui.screens.section import translated
from freelancer_tui.tui.screens.steps import Steps
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.key_bar import KeyBar
from freelancer_tui.tui.widgets.notice import Notice
from freelancer_tui.tui.widgets.searches_list import SearchesList

P = ParamSpec("P")
_KEYS: Final[list[BindingType]] = [
    Binding("escape,f,q", "leave", N_("Back"), id="searches.back",
            tooltip=N_("Back to the jobs, or to the list")),
    *(Binding(str(digit), f"open({digit})", N_("Open"), id=f"searches.open_{digit}", show=False,
              tooltip=N_("Open the search with this number"))
      for digit in range(1, 10)),
    Binding("w", "save", N_("Save the search"), id="searches.save",
            tooltip=N_("Save what you search for now")),
    Binding("e", "rename", N_("Rename"), id="searches.rename",
            tooltip=N_("Give this search another name")),
    Binding("x", "remove", N_("Remove"), id="searches.remove",
            tooltip=N_("Forget this search; u brings it back")),
    Binding("a", "ring", N_("Alert"), id="searches.alert",
            tooltip=N_("No alert, on the screen, in the terminal")),
    Binding("J,shift+down", "shift(1)", N_("Move down"), id="searches.down", show=False,
            tooltip=N_("Put this search further down")),
    Binding("K,shift+up", "shift(-1)", N_("Move up"), id="searches.up", show=False,
            tooltip=N_("Put this search further up")),
    Binding("u", "undo", N_("Undo"), id="searches.undo", show=False,
            tooltip=N_("Take back what you did last")),
    Binding("question_mark,f1", "keys", N_("Keys"), id="searches.keys",
            tooltip=N_("Show every key of this screen")),
]  # fmt: skip


class SearchesScreen(ModalScreen[SavedSearch]):
    """Gives the search that the user wants to see; nothing when they only looked."""

    CSS = """
    SearchesScreen { align: center middle; background: $background 60%; }
    SearchesScreen > Vertical {
        width: 84; max-width: 100%; height: auto; max-height: 100%;
        background: $surface; padding: 1 2 0 2;
    }
    SearchesScreen #title { height: 1; margin-bottom: 1; }
    SearchesScreen SearchesList { height: auto; max-height: 20; background: $surface; }
    SearchesScreen Notice { height: auto; padding: 0 1; }
    SearchesScreen Input { margin: 1 0; background: $panel; display: none; }
    SearchesScreen Input.-open { display: block; }
    SearchesScreen KeyBar { margin-top: 1; }
    """
    AUTO_FOCUS = "SearchesList"
    BINDINGS = _KEYS
    listed = getters.query_one(SearchesList)
    name_field = getters.query_one(Input)

    def __init__(self, searches: Searches, query: str, steps: Steps, *, saves: bool) -> None:
        """Show the searches; `saves` begins with a name for the query."""
        super().__init__()
        self._searches = searches
        self._query = query.strip()
        self._steps = steps
        self._saves = saves
        self._counts: dict[str, Counts | None] = {}
        self._renamed: SavedSearch | None = None

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content.styled(_("Saved searches"), "bold $primary"), id="title")
            yield SearchesList()
            yield Notice()
            name = Input(compact=True, max_length=MOST_IN_NAME)
            name.cursor_blink = False
            yield name
            yield KeyBar()

    def on_mount(self) -> None:
        self._do(self._begin())

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        return translated(super().active_bindings)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        one = self.listed.current if self.is_mounted else None
        match action:
            case "open":
                return self.is_mounted and int(str(parameters[0])) <= len(self.listed.searches)
            case "save":
                return bool(self._query)
            case "undo":
                return bool(self._steps)
            case "rename" | "remove":
                return one is not None and not one.is_fixed
            case "ring" | "shift":
                return one is not None
            case _:
                return super().check_action(action, parameters)

    # Opening

    @on(Blocks.Chosen)
    def _chosen(self) -> None:
        if one := self.listed.current:
            self._do(self._visit(one))

    def action_open(self, digit: int) -> None:
        self._do(self._visit(self.listed.searches[digit - 1]))

    def action_leave(self) -> None:
        if self.name_field.has_focus:
            self._close_field()
        else:
            self.dismiss()

    async def _visit(self, search: SavedSearch) -> None:
        await to_thread(self._searches.visit, search)
        self.dismiss(search)

    # Changing

    def action_save(self) -> None:
        self._renamed = None
        self._open_field(_("A name for: {query}").format(query=tame(self._query)), "")

    def action_rename(self) -> None:
        if one := self.listed.current:
            self._renamed = one
            self._open_field(_("Another name"), one.name)

    def action_remove(self) -> None:
        if one := self.listed.current:
            self._do(self._remove(one))

    def action_ring(self) -> None:
        if one := self.listed.current:
            self._do(self._change(self._searches.ring, one))

    def action_shift(self, step: int) -> None:
        if one := self.listed.current:
            self._do(self._change(self._searches.move, one, step))

    def action_undo(self) -> None:
        self._do(self._take_back())

    def action_keys(self) -> None:
        self.app.push_screen(KeysScreen(self.active_bindings.values()))

    @on(Input.Submitted)
    def _named(self, event: Input.Submitted) -> None:
        self._do(self._call_it(event.value))

    async def _call_it(self, name: str) -> None:
        if self._renamed is not None:
            fresh, undo = await to_thread(self._searches.rename, self._renamed, name)
        else:
            fresh, undo = await to_thread(self._searches.save, name, self._query)
        self._steps.add(undo, _("Taken back: {title}").format(title=fresh.name))
        self._close_field()
        await self._show()
        self.listed.move_to(fresh.id)
        self._say(_("Saved: {name}").format(name=fresh.name))

    async def _remove(self, search: SavedSearch) -> None:
        undo = await to_thread(self._searches.remove, search)
        self._steps.add(undo, _("Taken back: {title}").format(title=search.name))
        await self._show()
        self._say(_("u undoes") + " · " + _("Removed: {name}").format(name=search.name))

    async def _change(self, call: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
        await to_thread(call, *args, **kwargs)
        await self._show()

    async def _take_back(self) -> None:
        if step := await to_thread(self._steps.take_back):
            await self._show()
            self._say(step.words)

    def _open_field(self, placeholder: str, name: str) -> None:
        field = self.name_field
        field.placeholder, field.value, field.cursor_position = placeholder, name, len(name)
        field.add_class("-open")
        field.focus()
        self._tell_nothing()

    def _close_field(self) -> None:
        self.listed.focus()
        self.name_field.remove_class("-open")
        self._tell_nothing()

    # Showing

    async def _begin(self) -> None:
        await self._show()
        if self._saves and self._query:
            self.action_save()

    async def _show(self) -> None:
        found = await to_thread(self._searches.all)
        self.listed.show(found, self._counts)
        self.listed.display = bool(found)
        self._tell_nothing()
        self.refresh_bindings()
        self.run_worker(self._done(self._count(found)), group="counts", exclusive=True)

    def _tell_nothing(self) -> None:
        """Say how to save a search where there is none, unless one is being saved."""
        is_said = self.listed.searches or self.name_field.has_class("-open")
        self.query_one(Notice).tell(() if is_said else _nothing())

    async def _count(self, found: list[SavedSearch]) -> None:
        """Count one search after the other, off the screen's loop; each shows when it is known."""
        for one in found:
            if one.id not in self._counts:
                self._counts[one.id] = await to_thread(self._searches.count, one)
                self.listed.show(self.listed.searches, self._counts)

    @on(Blocks.Moved)
    def _moved(self) -> None:
        self.refresh_bindings()

    def _do(self, verb: Coroutine[None, None, None]) -> None:
        self.run_worker(self._done(verb), group="acts")

    async def _done(self, verb: Coroutine[None, None, None]) -> None:
        try:
            await verb
        except FreelancerError as error:
            self._complain(error)

    def _say(self, words: str, *, is_warning: bool = False) -> None:
        self.query_one(KeyBar).say(words, is_warning=is_warning)

    def _complain(self, error: FreelancerError) -> None:
        self._say(_told(error), is_warning=True)


def _told(error: FreelancerError) -> str:
    """Say what went wrong; of what is not there any more, the hint would lead here."""
    return str(error) if isinstance(error, NotFound) else f"{error} {error.hint}".strip()


def _nothing() -> tuple[str, ...]:
    return (
        _("No search is saved yet"),
        _("Search for something with /, then press w here or on the jobs to save it."),
    )
