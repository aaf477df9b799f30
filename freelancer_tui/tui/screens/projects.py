"""Jobs: search what clients posted, read it, star or skip it, and begin a proposal."""

from dataclasses import dataclass
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from freelancer_tui.domain.projects import ProjectSummary, Verdict
from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import N_, _, ngettext
from freelancer_tui.services.projects import Interrupted, Projects, Stop
from freelancer_tui.sync.events import Event, Finished, Pulled
from freelancer_tui.tui.format import Clock, number
from freelancer_tui.tui.screens import looks
from freelancer_tui.tui.screens.links import open_link
from freelancer_tui.tui.screens.section import Section, Target
from freelancer_tui.tui.widgets.notice import Notice
from freelancer_tui.tui.widgets.project_detail import ProjectDetail
from freelancer_tui.tui.widgets.project_table import ProjectTable
from freelancer_tui.tui.widgets.search_field import SearchField
from freelancer_tui.tui.widgets.sync_bar import SyncStatus

_PAGE: Final = 100
"""Rows asked for at a time."""
_MOST_AGAIN: Final = 500
"""Rows asked for again when something changed; those further down stay as they were."""


@dataclass(frozen=True, slots=True)
class Job:
    """What the keys need to know of the job they act on."""

    remote_id: int
    title: str
    url: str
    verdict: Verdict | None


class ProjectsScreen(Section):
    """The list of jobs beside the one under the cursor."""

    NAME = "jobs"
    AUTO_FOCUS = "ProjectTable"
    CSS_PATH = "projects.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    BINDINGS = [
        Binding("slash", "search", N_("Search"), id="jobs.search",
                tooltip=N_("Search all jobs as you type")),
        Binding("s", "mark('star')", N_("Star"), id="jobs.star",
                tooltip=N_("Star the job, or take the star away")),
        Binding("x", "mark('skip')", N_("Skip"), id="jobs.skip",
                tooltip=N_("Skip the job and go on, or take it back")),
        Binding("u", "undo", N_("Undo"), id="jobs.undo", show=False,
                tooltip=N_("Take the last star or skip back")),
        Binding("d", "draft", N_("Draft a proposal"), id="jobs.draft",
                tooltip=N_("Write a proposal for this job")),
        Binding("o", "browse", N_("Open in browser"), id="jobs.browse", show=False,
                tooltip=N_("Open the job's page")),
        Binding("y", "copy", N_("Copy link"), id="jobs.copy", show=False,
                tooltip=N_("Copy the address of the job's page")),
        Binding("escape,h,left", "back", N_("Back"), id="jobs.back",
                tooltip=N_("Back to the list, or to all jobs")),
        Binding("l,right", "read", N_("Read"), id="jobs.read", show=False,
                tooltip=N_("Read the whole job")),
    ]  # fmt: skip

    def __init__(self, projects: Projects, *, clock: Clock) -> None:
        super().__init__(clock)
        self.projects = projects
        self._words = ""
        self._shown_words: str | None = None
        self._stop = Stop()
        self._total = 0
        self._undo: list[tuple[Job, Verdict | None]] = []
        self._wanted: int | None = None
        self._is_fetching = False

    def body(self) -> ComposeResult:
        with Horizontal(id="search-line"):
            yield Static("/", id="search-sign", markup=False)
            field = SearchField(id="search")
            field.placeholder = _("Search all jobs")
            yield field
            yield Static("", id="count", markup=False)
        with Horizontal(id="desk"):
            with Vertical(id="list"):
                yield ProjectTable()
                yield Notice()
            yield ProjectDetail(self.clock)

    async def show(self) -> None:
        words, stop = self._words, Stop()
        self._stop = stop
        table = self.query_one(ProjectTable)
        anew = words != self._shown_words
        limit = _PAGE if anew else min(max(len(table.rows), _PAGE), _MOST_AGAIN)
        try:
            rows = await self.ask(self.projects.search, words, limit=limit, stop=stop)
        except Interrupted:
            return
        self._shown_words = words
        kept = [] if anew or len(rows) < limit else rows_below(table.rows, rows)
        table.show([*rows, *kept], self.clock.now(), anew=anew)
        self._tell_look()
        if not self._reads:
            self._want_detail()
        self._total = await self.ask(self.projects.total)
        self._tell_look()

    async def open(self, target: Target) -> None:
        """Read one job, wherever it stands in the list."""
        if isinstance(target, int):
            self._read(target)

    def follows(self, event: Event) -> bool:
        if isinstance(event, Pulled):
            return event.feed.kind in ("projects", "self") and event.changed > 0
        return isinstance(event, Finished)

    def fail(self, error: FreelancerError) -> None:
        self.query_one(Notice).words = looks.failed(error)
        self.query_one(ProjectTable).display = False

    def watch_status(self, _status: SyncStatus) -> None:
        if self.is_mounted and self._shown_words is not None:
            self._tell_look()

    def minute(self) -> None:
        super().minute()
        self.query_one(ProjectDetail).lay_out()

    # Search

    @on(SearchField.Typed)
    def _typed(self, event: SearchField.Typed) -> None:
        self._stop.set()
        self._words = event.text
        self.refresh_bindings()
        self.reload()

    @on(SearchField.Done)
    def _searched(self) -> None:
        self.query_one(ProjectTable).focus()

    def action_search(self) -> None:
        self._leave_reading()
        self.query_one(SearchField).focus()

    # Moving and reading

    @on(ProjectTable.Moved)
    def _moved(self) -> None:
        if not self._reads:
            self._want_detail()

    @on(ProjectTable.NearEnd)
    def _near_end(self, event: ProjectTable.NearEnd) -> None:
        self.act(self._extend(event.last_id))

    @on(ProjectTable.Chosen)
    def _chosen(self, event: ProjectTable.Chosen) -> None:
        self._read(event.remote_id)

    def action_read(self) -> None:
        self.query_one(ProjectTable).action_choose()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "back":
            return bool(self._reads or self._words or self.query_one(SearchField).has_focus)
        if action == "search":
            return not self.query_one(SearchField).has_focus
        return action != "undo" or bool(self._undo)

    def action_back(self) -> None:
        """Take one step back: from the text, from the search field, from the search."""
        if not self._leave_reading():
            self.query_one(SearchField).value = ""
        self.query_one(ProjectTable).focus()

    # What the user does with a job

    def action_mark(self, verdict: Verdict) -> None:
        job = self._job()
        if job is not None:
            self.act(self._toggle(job, verdict))
            if verdict == "skip" and job.verdict != "skip" and not self._reads:
                self.query_one(ProjectTable).action_move(1)

    def action_undo(self) -> None:
        self.act(self._take_back())

    def action_draft(self) -> None:
        if (job := self._job()) is not None:
            self.post_message(self.Go("proposals", job.remote_id))

    def action_browse(self) -> None:
        job = self._job()
        if job is not None and not open_link(self.app, job.url):
            self.say(_("There is no browser here; y copies the link."))

    def action_copy(self) -> None:
        if (job := self._job()) is not None:
            self.app.copy_to_clipboard(job.url)
            self.say(_("Copied: {url}").format(url=job.url))

    async def _toggle(self, job: Job, verdict: Verdict) -> None:
        row = self.query_one(ProjectTable).find(job.remote_id)
        is_on = (row.verdict if row else job.verdict) == verdict
        before = await self._mark(job.remote_id, None if is_on else verdict)
        self._undo.append((job, before))
        self.refresh_bindings()
        words = {
            "star": _("Not starred any more: {title}") if is_on else _("Starred: {title}"),
            "skip": _("Not skipped any more: {title}") if is_on else _("Skipped: {title}"),
        }
        self.say(_("u undoes") + " · " + words[verdict].format(title=job.title))

    async def _take_back(self) -> None:
        if not self._undo:
            self.say(_("There is nothing to undo."))
            return
        job, before = self._undo.pop()
        await self._mark(job.remote_id, before)
        self.query_one(ProjectTable).move_to_job(job.remote_id)
        self.say(_("Taken back: {title}").format(title=job.title))

    async def _mark(self, remote_id: int, verdict: Verdict | None) -> Verdict | None:
        before = await self.ask(self.projects.mark, remote_id, verdict)
        self.query_one(ProjectTable).mark(remote_id, verdict)
        self._detail_changed()
        return before

    # How it works

    @property
    def _reads(self) -> bool:
        """True while the text has the user's attention, not the list."""
        return self.has_class("-reading") or self.query_one(ProjectDetail).has_focus

    def _job(self) -> Job | None:
        """Give the job that keys act on: the one that is read, else the one under the cursor."""
        view = self.query_one(ProjectDetail).view
        if self._reads and view is not None:
            project = view.project
            return Job(project.remote_id, project.title, project.url, view.verdict)
        row = self.query_one(ProjectTable).current
        return Job(row.remote_id, row.title, row.url, row.verdict) if row else None

    def _read(self, remote_id: int) -> None:
        self.query_one(ProjectTable).move_to_job(remote_id)
        self.add_class("-reading")
        self._want_detail(remote_id)
        self.query_one(ProjectDetail).focus()

    def _leave_reading(self) -> bool:
        was_reading = self._reads
        self.remove_class("-reading")
        return was_reading

    def _detail_changed(self) -> None:
        view = self.query_one(ProjectDetail).view
        if view is not None:
            self._want_detail(view.project.remote_id)

    def _want_detail(self, remote_id: int | None = None) -> None:
        """Show a job beside the list, by default the one under the cursor; the last wish wins."""
        row = self.query_one(ProjectTable).current
        self._wanted = remote_id or (row.remote_id if row else None)
        if self._wanted is None:
            self.query_one(ProjectDetail).show(None)
        elif not self._is_fetching:
            self._is_fetching = True
            self.run_worker(self._fetch(), group="detail")

    async def _fetch(self) -> None:
        detail = self.query_one(ProjectDetail)
        try:
            while self._wanted is not None:
                wanted, self._wanted = self._wanted, None
                try:
                    detail.show(await self.ask(self.projects.show, wanted))
                except FreelancerError as error:
                    detail.show(None)
                    self.complain(error)
        finally:
            self._is_fetching = False

    async def _extend(self, last_id: int) -> None:
        rows = await self.ask(
            self.projects.search, self._shown_words or "", limit=2 * _PAGE, before=last_id
        )
        table = self.query_one(ProjectTable)
        if table.rows and table.rows[-1].remote_id == last_id:
            table.extend(rows)
            self._tell_look()

    def _tell_look(self) -> None:
        """Show how many there are; and where there is nothing, why."""
        table, words = self.query_one(ProjectTable), self._shown_words
        is_empty = not table.rows
        notice = looks.nothing_found() if words else looks.nothing_yet(self.status)
        self.query_one(Notice).words = notice if is_empty else ()
        table.display = not is_empty
        self.query_one("#count", Static).update(self._count(len(table.rows)))

    def _count(self, shown: int) -> str:
        if not self._shown_words:
            text = ngettext("{count} job", "{count} jobs", self._total)
            return text.format(count=number(self._total)) if self._total else ""
        if shown % _PAGE == 0 and shown:
            return _("{count} or more found").format(count=number(shown))
        return ngettext("{count} found", "{count} found", shown).format(count=number(shown))


def rows_below(old: list[ProjectSummary], fresh: list[ProjectSummary]) -> list[ProjectSummary]:
    """Give the rows that were loaded further down than what was just asked for again."""
    return [row for row in old if row.remote_id < fresh[-1].remote_id] if fresh else []
