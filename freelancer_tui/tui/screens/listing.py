"""Listing: feeds the jobs table with what the finder finds, and tells how many there are."""

from array import array
from collections.abc import Collection, Iterable, Sequence
from time import monotonic, thread_time
from typing import TYPE_CHECKING, Final

from textual.timer import Timer

from freelancer_tui.domain.projects import ProjectSummary
from freelancer_tui.errors import FreelancerError
from freelancer_tui.tui.screens import later, looks
from freelancer_tui.tui.screens.finder import PAGE, Finder, Found
from freelancer_tui.tui.screens.folded import Folded
from freelancer_tui.tui.screens.section import Section
from freelancer_tui.tui.widgets.notice import Notice
from freelancer_tui.tui.widgets.project_columns import ALL
from freelancer_tui.tui.widgets.project_row import Beside
from freelancer_tui.tui.widgets.project_table import ProjectTable
from freelancer_tui.tui.widgets.search_line import SearchLine

if TYPE_CHECKING:
    from freelancer_tui.workspace.desk import Desk

_NAME: Final = "jobs"
_SHARE: Final = 10
"""Every id of a list is asked for at most for this part of the time."""


class Listing:
    """The list side of the jobs screen: the words, the rows that answer, and their number."""

    def __init__(self, section: Section, desk: "Desk") -> None:
        self._section = section
        self._desk = desk
        self.finder = Finder(desk.projects)
        self.bring = Folded(section, self._bring, "reload")
        """Asks for the rows in view that are not here."""
        self._beside = Beside(section.clock.now())
        self._columns: tuple[str, ...] | None = None
        self._lacking: tuple[str, ...] = ()
        """What a search without a match could do without to have one."""
        self._judges = True
        self._is_rough = False
        """True while only the first rows of a new list are here: better ones may come above."""
        self._next_ids = 0.0
        self._timer: Timer | None = None

    @property
    def table(self) -> ProjectTable:
        """The rows on the screen."""
        return self._section.query_one(ProjectTable)

    def look_for(self, words: str) -> None:
        """Show what answers other words."""
        self.finder.look_for(words)
        self._section.refresh_bindings()
        self._section.reload()

    async def show(self) -> bool:
        """Show the rows as they are now; False when the words changed meanwhile."""
        found, total = await self._section.ask(self._find)
        if found is None:
            return False
        table, page = self.table, [row.remote_id for row in found.rows]
        expected = total if total is not None else None if len(page) == PAGE else len(page)
        is_near = found.is_anew or self._is_near(page)
        self._arrange()
        if found.is_anew:
            table.begin(found.rows, self._beside, expected)
            self._is_rough = True
        elif is_near or len(page) < PAGE:
            table.renew(page, self._beside, expected)
            table.fill(page, {row.remote_id: row for row in found.rows})
        self.tell_look()
        if expected is None or not is_near:
            await self._lay_out()
        return True

    async def choose(self, columns: Iterable[str]) -> None:
        """Show other columns, also at the next start."""
        self._columns = tuple(columns)
        self._arrange()
        await self._section.ask(self._desk.layout.keep, _NAME, self._columns)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the user wants to see."""
        return ALL if self._columns is None else self._columns

    def tell_look(self) -> None:
        """Show how many there are; and where there is nothing, why."""
        if (words := self.finder.shown_words) is None:
            return
        notice = (
            looks.nothing_found(self._lacking) if words else looks.nothing_yet(self._section.status)
        )
        shown = len(self.table.rows)
        self._section.query_one(Notice).tell(() if shown else notice)
        is_all = not words or self.table.rows.is_whole
        told = looks.counted(shown, is_all=is_all, is_search=bool(words))
        self._section.query_one(SearchLine).tell(told)

    def _find(self) -> tuple[Found | None, int | None]:
        """Look for the first rows; without words it is known how many there are in all."""
        found = self.finder.find()
        words = self.finder.shown_words
        is_none = bool(found and words and not found.rows)
        self._lacking = self.finder.lacking() if is_none else ()
        if self._columns is None:
            self._columns = self._desk.layout.columns(_NAME) or ALL
        exchange = self._desk.exchange
        self._beside = Beside(self._section.clock.now(), exchange.own, exchange.rates())
        return found, None if words else self._desk.projects.total()

    def _arrange(self) -> None:
        self.table.dress(self.columns, *later.column_of(self.finder.shown_words or ""))

    def _is_near(self, page: Sequence[int]) -> bool:
        """Tell whether the first page is all that somebody has looked at."""
        table = self.table
        row = table.current
        return not table.wants_all and table.cursor < PAGE and (not row or row.remote_id in page)

    async def _lay_out(self) -> None:
        """Bring every id; of a very long list not so often that it would cost much."""
        start, table = monotonic(), self.table
        if start < self._next_ids:
            table.renew(table.rows.ids, self._beside, len(table.rows))
            self._later(self._next_ids - start)
            return
        ids, worked_seconds = await self._section.ask(self._ids)
        if ids is not None:
            self._next_ids = monotonic() + _SHARE * worked_seconds
            is_at_top = self._is_rough and table.cursor == 0
            table.renew(ids, self._beside, len(ids))
            if is_at_top:
                table.move_to(0)
            self._is_rough = False
            self.tell_look()

    def _ids(self) -> "tuple[array[int] | None, float]":
        """Ask for every id; tell what it cost, and not how long a busy machine took for it."""
        start = thread_time()
        return self.finder.ids(), thread_time() - start

    async def _judge(self, rows: Collection[ProjectSummary]) -> None:
        """Show how well jobs fit; a mistake in the user's own rules is told once."""
        if not self._judges or not rows:
            return
        try:
            self.table.rows.judge(await self._section.ask(self._scores, rows))
            self.table.redraw()
        except FreelancerError as error:
            self._judges = False
            self._section.complain(error)

    def _scores(self, rows: Iterable[ProjectSummary]) -> dict[int, int]:
        return self._desk.judging.scores(rows)

    def _later(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._section.set_timer(seconds, self._section.reload)

    async def _bring(self) -> None:
        """Bring the rows in view, again and again while somebody scrolls."""
        try:
            if self.table.wants_end:
                self.table.rows.end_with(await self._section.ask(self.finder.last))
                self.table.redraw()
            if self.table.wants_all:
                await self._lay_out()
            while asked := self.table.lacking():
                rows = await self._section.ask(self._desk.projects.rows, asked)
                self.table.fill(asked, rows)
                await self._judge(rows.values())
            await self._judge(self.table.rows.unjudged())
        except FreelancerError as error:
            self._section.complain(error)
