"""Jobs: search what clients posted, read it, star or skip it, and begin a proposal."""

from typing import TYPE_CHECKING, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import N_, _
from freelancer_tui.sync.events import Event, Finished, Pulled
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.screens import later, looks
from freelancer_tui.tui.screens.asking import Asking
from freelancer_tui.tui.screens.listing import Listing
from freelancer_tui.tui.screens.reader import Reader
from freelancer_tui.tui.screens.section import Section, Target
from freelancer_tui.tui.screens.steps import Steps
from freelancer_tui.tui.screens.triage import TriageDesk
from freelancer_tui.tui.widgets.notice import Notice
from freelancer_tui.tui.widgets.project_columns import COLUMNS
from freelancer_tui.tui.widgets.project_detail import ProjectDetail
from freelancer_tui.tui.widgets.project_table import ProjectTable
from freelancer_tui.tui.widgets.query_line import QueryLine
from freelancer_tui.tui.widgets.search_field import SearchField
from freelancer_tui.tui.widgets.sync_bar import SyncStatus

if TYPE_CHECKING:
    from freelancer_tui.domain.searches import SavedSearch
    from freelancer_tui.tui.widgets.writing import Writing
    from freelancer_tui.workspace.desk import Desk

_KEYS: Final[list[BindingType]] = [
    Binding("escape,h,left", "back", N_("Back"), id="jobs.back",
            tooltip=N_("Back to the list, or to all jobs")),
    Binding("slash", "search", N_("Search"), id="jobs.search",
            tooltip=N_("Search all jobs as you type")),
    Binding("f", "searches(False)", N_("Searches"), id="jobs.searches",
            tooltip=N_("Open or change a saved search")),
    Binding("w", "searches(True)", N_("Save search"), id="jobs.save_search", show=False,
            tooltip=N_("Save what you search for now")),
    Binding("d", "draft", N_("Draft a proposal"), id="jobs.draft",
            tooltip=N_("Write a proposal for this job")),
    Binding("D", "pack", N_("Dispute pack"), id="jobs.pack", show=False,
            tooltip=N_("Write all about this work into a folder, for a dispute")),
    Binding("o", "browse", N_("Open in browser"), id="jobs.browse", show=False,
            tooltip=N_("Open the job's page")),
    Binding("y", "copy", N_("Copy link"), id="jobs.copy", show=False,
            tooltip=N_("Copy the address of the job's page")),
    Binding("S", "order('next')", N_("Order"), id="jobs.order", show=False,
            tooltip=N_("Sort by age, budget, bids or match; it is a word of the search")),
    Binding("R", "order('turn')", N_("Turn round"), id="jobs.turn", show=False,
            tooltip=N_("Turn the order round: the last come first")),
    Binding("m", "reasons", N_("Why this score"), id="jobs.reasons", show=False,
            tooltip=N_("Show or hide what the job's match rests on")),
    Binding("c", "columns", N_("Columns"), id="jobs.columns", show=False,
            tooltip=N_("Choose the columns of the list")),
    Binding("f6", "contact", N_("Client card"), id="jobs.contact", show=False,
            tooltip=N_("All work, talk and money with this client")),
]  # fmt: skip
_OF_JOB: Final = frozenset({"draft", "pack", "browse", "copy", "contact", "reasons"})
"""What is done to a job: an empty list has none."""


class ProjectsScreen(Section):
    """The list of jobs beside the one under the cursor."""

    NAME = "jobs"
    AUTO_FOCUS = "ProjectTable"
    CSS_PATH = "projects.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    BINDINGS = _KEYS

    def __init__(self, desk: "Desk", *, clock: Clock) -> None:
        super().__init__(clock)
        self.desk = desk
        self.listing = Listing(self, desk)
        self.asking = Asking(self, desk)
        self.reader = Reader(self, desk)
        self.steps = Steps()
        self.triage = TriageDesk(self, desk.projects, desk.triage, self.steps)
        self.triage.every = self.listing.finder.ids

    def body(self) -> ComposeResult:
        yield QueryLine()
        with self.triage:
            with Vertical(id="list"):
                yield ProjectTable()
                yield Notice(looks.reading())
            yield ProjectDetail(self.clock)

    async def show(self) -> None:
        if await self.listing.show():
            self.call_after_refresh(self._listed)

    def _listed(self) -> None:
        """Go on once the list is painted: nobody waits for the text beside it to see the jobs."""
        self.listing.bring()
        self._follow()
        self.triage.newness.recount()

    async def open(self, target: Target) -> None:
        """Read one job, wherever it stands in the list."""
        if isinstance(target, int):
            self.reader.forget(self.came_from)
            self._read(target)

    def follows(self, event: Event) -> bool:
        if isinstance(event, Pulled):
            return event.feed.kind in ("projects", "self") and event.changed > 0
        return isinstance(event, Finished)

    def fail(self, error: FreelancerError) -> None:
        self.query_one(Notice).tell(looks.failed(error))

    def watch_status(self, _status: SyncStatus) -> None:
        if self.is_mounted:
            self.listing.tell_look()

    def minute(self) -> None:
        super().minute()
        self.query_one(ProjectDetail).lay_out()

    @on(SearchField.Typed)
    def _typed(self, event: SearchField.Typed) -> None:
        self.listing.look_for(event.text)
        self.asking.look_at(event.text)

    @on(SearchField.Done)
    def _searched(self) -> None:
        self.query_one(ProjectTable).focus()

    def action_search(self) -> None:
        self.remove_class("-reading")
        self.query_one(SearchField).focus()

    @on(ProjectTable.Lacking)
    def _lacking(self) -> None:
        if self.is_painted:
            self.listing.bring()

    @on(ProjectTable.Chosen)
    def _chosen(self, event: ProjectTable.Chosen) -> None:
        self.reader.forget()
        self._read(event.remote_id)

    @on(ProjectDetail.Followed)
    def _followed(self, event: ProjectDetail.Followed) -> None:
        if isinstance(event.target, int):
            event.prevent_default()
            self.reader.follow(event.target)
            self._read(event.target)

    def on_descendant_focus(self) -> None:
        if not self.triage.is_noting:
            self.set_class(self._reads, "-reading")

    def on_writing_outside(self, event: "Writing.Outside") -> None:
        self.act(later.edit_outside(self, self.desk.outside, event.writing))

    @on(TriageDesk.Changed)
    def _changed(self) -> None:
        self.reader.again()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "back":
            return bool(
                self._reads or self.listing.finder.words or self.query_one(SearchField).has_focus
            )
        if action == "search":
            return not self.query_one(SearchField).has_focus
        if action in _OF_JOB:
            return self._reads or bool(self.query_one(ProjectTable).rows)
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        """Take one step back: to what led here, from the text, from the search."""
        if self._reads and (before := self.reader.back()) is not None:
            return self._read(before)
        if not self._reads:
            self.query_one(SearchField).value = ""
        self.remove_class("-reading")
        self.query_one(ProjectTable).focus()

    def action_searches(self, saves: bool) -> None:
        if saves and not self.listing.finder.words.strip():
            return self.say(_("Search for something with /, then save it with w."))
        self.act(self._open_searches(saves))

    async def _open_searches(self, saves: bool) -> None:
        screen = await self.ask(later.searches_screen)
        searches = await self.ask(lambda: self.desk.searches)
        words = self.listing.finder.words
        shown = screen(searches, words, self.steps, saves=saves)
        self.app.push_screen(shown, self._search_for)

    def _search_for(self, search: "SavedSearch | None") -> None:
        """Show what a saved search finds."""
        if search is not None:
            self.query_one(SearchField).value = search.query
            self.query_one(ProjectTable).focus()
            self.post_message(self.Read())
        self.refresh_bindings()

    def action_order(self, change: str) -> None:
        """Sort otherwise: the order is a word in the field, as if it had been typed."""
        field = self.query_one(SearchField)
        field.value, told = later.other_order(field.value, turns=change == "turn")
        self.say(told)

    def action_columns(self) -> None:
        chosen, own = self.listing.columns, self.desk.exchange.own
        screen = later.columns_screen()(COLUMNS, chosen, own)
        self.app.push_screen(screen, self._choose)

    def _choose(self, columns: tuple[str, ...] | None) -> None:
        if columns is not None:
            self.act(self.listing.choose(columns))

    def action_reasons(self) -> None:
        self.query_one(ProjectDetail).fold()

    def action_draft(self) -> None:
        if job := self.triage.job:
            self.post_message(self.Go("proposals", job.remote_id))

    def action_contact(self) -> None:
        if job := self.triage.job:
            self.post_message(self.Go("contact", f"jobs:{job.remote_id}"))

    def action_pack(self) -> None:
        if job := self.triage.job:
            self.post_message(self.Go("pack", f"jobs:{job.remote_id}"))

    def action_browse(self) -> None:
        if job := self.triage.job:
            self.act(self.browse(job.url))

    def action_copy(self) -> None:
        if job := self.triage.job:
            self.app.copy_to_clipboard(job.url)
            self.say(_("Copied: {url}").format(url=job.url))

    @property
    def _reads(self) -> bool:
        """True while the text has the user's attention, not the list."""
        return self.focused is self.query_one(ProjectDetail)

    def _read(self, remote_id: int) -> None:
        self.query_one(ProjectTable).move_to_job(remote_id)
        self.add_class("-reading")
        self.reader.want(remote_id)
        self.query_one(ProjectDetail).focus()

    @on(ProjectTable.Moved)
    def _moved(self) -> None:
        if self.is_painted:
            self._follow()

    def _follow(self) -> None:
        """Show the job under the cursor, unless another one is being read."""
        if not self._reads:
            job = self.triage.job
            self.reader.want(job.remote_id if job else None)
