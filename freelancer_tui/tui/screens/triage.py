"""Triage: the keys that sort jobs out: star, skip, note, next; for one job or for all selected."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message

from freelancer_tui.domain.projects import ProjectSummary, ProjectView, Verdict
from freelancer_tui.i18n import N_, _, ngettext
from freelancer_tui.services.projects import Projects
from freelancer_tui.services.triage import Triage
from freelancer_tui.tui.format import number
from freelancer_tui.tui.screens import later
from freelancer_tui.tui.screens.newness import Newness
from freelancer_tui.tui.screens.section import Section
from freelancer_tui.tui.screens.steps import Steps
from freelancer_tui.tui.widgets.project_detail import ProjectDetail
from freelancer_tui.tui.widgets.project_table import ProjectTable
from freelancer_tui.tui.widgets.search_line import SearchLine

if TYPE_CHECKING:
    from freelancer_tui.tui.widgets.note_editor import NoteEditor

MOST_PICKED: Final = 1_000
"""Jobs that can be selected at once."""
_KEYS: Final[list[BindingType]] = [
    Binding("s", "mark('star')", N_("Star"), id="jobs.star",
            tooltip=N_("Star, or take it back; all selected")),
    Binding("x", "mark('skip')", N_("Skip"), id="jobs.skip",
            tooltip=N_("Skip and go on; all selected")),
    Binding("n", "note", N_("Note"), id="jobs.note",
            tooltip=N_("Write a note on the job")),
    Binding("N", "next_new", N_("Next new"), id="jobs.next_new", show=False,
            tooltip=N_("Go to the next job you have not seen")),
    Binding("A", "see_all", N_("All seen"), id="jobs.see_all", show=False,
            tooltip=N_("New is only what comes from now on")),
    Binding("space", "pick", N_("Select"), id="jobs.pick", show=False,
            tooltip=N_("Select for s and x, and go on")),
    Binding("asterisk", "pick_all", N_("Select all"), id="jobs.pick_all", show=False,
            tooltip=N_("Select all in the list, up to 1,000")),
    Binding("escape", "pick_none", N_("Unselect"), id="jobs.pick_none",
            tooltip=N_("Select nothing")),
    Binding("u", "undo", N_("Undo"), id="jobs.undo", show=False,
            tooltip=N_("Take back what you did last")),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Job:
    """What the keys need to know of the job they act on."""

    remote_id: int
    title: str
    url: str
    verdict: Verdict | None

    @classmethod
    def of_row(cls, row: ProjectSummary) -> "Job":
        """Take a job from the list."""
        return cls(row.remote_id, row.title, row.url, row.verdict)

    @classmethod
    def of_view(cls, view: ProjectView) -> "Job":
        """Take the job that is read."""
        project = view.project
        return cls(project.remote_id, project.title, project.url, view.verdict)


class TriageDesk(Horizontal):
    """Holds the list and the text beside it, and the keys that act on what is in them."""

    BINDINGS = _KEYS

    class Changed(Message):
        """A job has another verdict or note: what shows it is out of date."""

    def __init__(self, section: Section, projects: Projects, triage: Triage, steps: Steps) -> None:
        super().__init__(id="desk")
        self._section = section
        self._projects = projects
        self._triage = triage
        self.steps = steps
        self.picked: frozenset[int] = frozenset()
        """The jobs that are selected to be acted on at once."""
        self.every: Callable[[], Sequence[int] | None] = tuple  # all of the list, on a thread
        self._came_from_text = False
        self._editor: NoteEditor | None = None
        self.newness = Newness(section, triage, self._renew)
        self.newness.counted = self._tell

    @property
    def table(self) -> ProjectTable:
        """The list."""
        return self.query_one(ProjectTable)

    @property
    def detail(self) -> ProjectDetail:
        """The text beside it."""
        return self.query_one(ProjectDetail)

    @property
    def job(self) -> Job | None:
        """The job that keys act on: the one that is read, else the one under the cursor."""
        view = self.detail.view
        if self.detail.has_focus and view is not None:
            return Job.of_view(view)
        row = self.table.current
        return Job.of_row(row) if row else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "pick_none":
            return bool(self.picked)
        if action in ("mark", "note", "pick", "pick_all"):
            return bool(self.table.rows) or self.detail.has_focus
        return bool(self.steps) if action == "undo" else True

    # One job, or all that are selected

    def action_mark(self, verdict: Verdict) -> None:
        if self.picked:
            self._section.act(self._mark_many(verdict))
        elif job := self.job:
            self._section.act(self._mark(job, verdict))
            if verdict == "skip" and job.verdict != "skip" and not self.detail.has_focus:
                self.table.action_move(1)

    def action_pick(self) -> None:
        if job := self.job:
            self._pick(self.picked ^ {job.remote_id})
            self.table.action_move(1)

    def action_pick_all(self) -> None:
        self._section.act(self._pick_all())

    async def _pick_all(self) -> None:
        ids = await self._section.ask(self.every) or ()
        self._pick(ids[:MOST_PICKED])
        if len(ids) > MOST_PICKED:
            self._section.say(_most_told())

    def action_pick_none(self) -> None:
        self._pick(())

    def action_undo(self) -> None:
        self._section.act(self._take_back())

    def _pick(self, ids: Iterable[int]) -> None:
        self.picked = frozenset(ids)
        self.table.pick(self.picked)
        self._tell()

    async def _mark(self, job: Job, verdict: Verdict) -> None:
        ask = self._section.ask
        undo, is_on = await ask(self._triage.toggle, (job.remote_id,), verdict)
        self.steps.add(undo, _("Taken back: {title}").format(title=job.title))
        await self._renew(undo.ids)
        self._section.say(_told(verdict, is_on, job.title))

    async def _mark_many(self, verdict: Verdict) -> None:
        picked = tuple(sorted(self.picked, reverse=True))
        undo, is_on = await self._section.ask(self._triage.toggle, picked, verdict)
        words = ngettext("Taken back for {count} job", "Taken back for {count} jobs", len(undo.ids))
        self.steps.add(undo, words.format(count=number(len(undo.ids))))
        self._pick(())
        await self._renew(undo.ids)
        self._section.say(_told_many(verdict, is_on, len(undo.ids)))

    async def _take_back(self) -> None:
        step = await self._section.ask(self.steps.take_back)
        if step is None:
            return
        await self._renew(step.undo.ids)
        if step.undo.ids:
            self.table.move_to_job(step.undo.ids[0])
        else:
            self._section.reload()
        self._section.say(step.words)

    async def _renew(self, ids: tuple[int, ...]) -> None:
        """Show jobs as they are now, wherever they stand."""
        shown = [one for one in ids if self.table.rows.find(one) is not None]
        if shown:
            self.table.fill(shown, await self._section.ask(self._projects.rows, shown))
        self.post_message(self.Changed())
        self._section.refresh_bindings()
        self.newness.recount()

    # Notes

    def action_note(self) -> None:
        if job := self.job:
            self._section.act(self._open_note(job))

    @property
    def is_noting(self) -> bool:
        """True while a note is being written."""
        return self._editor is not None and self._editor.is_open

    def on_note_editor_edited(self, event: "NoteEditor.Edited") -> None:
        event.stop()
        save = partial(self._triage.note, event.remote_id, event.text)
        self._section.save_soon(f"note:{event.remote_id}", save, event.text)

    def on_note_editor_left(self, event: "NoteEditor.Left") -> None:
        event.stop()
        if event.by_key:
            (self.detail if self._came_from_text else self.table).focus()
        if event.text != event.before:
            self._section.act(self._close_note(event))

    async def _open_note(self, job: Job) -> None:
        text = await self._section.ask(self._triage.note_of, job.remote_id)
        self._came_from_text = self.detail.has_focus
        if self._editor is None:
            editor = (await self._section.ask(later.note_editor))()
            await self.mount(editor)
            self._editor = editor
        self._editor.open(job.remote_id, job.title, text)

    async def _close_note(self, event: "NoteEditor.Left") -> None:
        if await self._section.flush():
            undo = self._triage.undo_note(event.remote_id, event.before)
            self.steps.add(undo, _("Taken back: the note"))
            await self._renew((event.remote_id,))
            words = _("Noted.") if event.text.strip() else _("The note is gone.")
            self._section.say(_("u undoes") + " · " + words)

    # What is new

    def action_next_new(self) -> None:
        self._section.act(self._next_new())

    def action_see_all(self) -> None:
        self._section.act(self._see_all())

    @on(ProjectTable.Moved)
    @on(ProjectTable.Chosen)
    @on(events.DescendantFocus)
    def _looks(self) -> None:
        self.newness.look(self._shown)

    def _shown(self) -> int | None:
        """Give the job whose text is on the screen."""
        view = self.detail.view
        return view.project.remote_id if view is not None and self.detail.region else None

    async def _next_new(self) -> None:
        ids, start = self.table.rows.ids, self.table.cursor + 1
        found = await self.newness.next(ids[start:], ids[:start])
        if found is None:
            self._section.say(_("Nothing new in this list."))
        else:
            self.table.move_to_job(found)

    async def _see_all(self) -> None:
        undo = await self.newness.see_all()
        self.steps.add(undo, _("Taken back: what was new is new again"))
        self._section.reload()
        self._section.say(_("u undoes") + " · " + _("All jobs count as seen."))

    def _tell(self) -> None:
        """Say how many jobs are selected and new."""
        self._section.refresh_bindings()
        count = len(self.picked)
        chosen = ngettext("{count} selected", "{count} selected", count).format(count=number(count))
        parts = (chosen if count else "", self.newness.words)
        for line in self._section.query(SearchLine):
            line.tell_triage(" · ".join(filter(None, parts)))


def _most_told() -> str:
    text = _("The first {count} are selected: more cannot be done at once.")
    return text.format(count=number(MOST_PICKED))


def _told(verdict: Verdict, is_on: bool, title: str) -> str:
    """Say what became of a job, and how to take it back."""
    words = {
        ("star", True): _("Starred: {title}"),
        ("star", False): _("Not starred any more: {title}"),
        ("skip", True): _("Skipped: {title}"),
        ("skip", False): _("Not skipped any more: {title}"),
    }[verdict, is_on]
    return _("u undoes") + " · " + words.format(title=title)


def _told_many(verdict: Verdict, is_on: bool, count: int) -> str:
    """Say what became of several jobs."""
    words = {
        ("star", True): ngettext("{count} job starred", "{count} jobs starred", count),
        ("star", False): ngettext("{count} star taken away", "{count} stars taken away", count),
        ("skip", True): ngettext("{count} job skipped", "{count} jobs skipped", count),
        ("skip", False): ngettext("{count} job not skipped any more",
                                  "{count} jobs not skipped any more", count),
    }[verdict, is_on]  # fmt: skip
    return _("u undoes") + " · " + words.format(count=number(count))
