"""ProjectDetail: one job with its client and its whole text, to be read and scrolled."""

from dataclasses import dataclass
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from freelancer_tui.domain.dossiers import Dossier
from freelancer_tui.domain.judgements import Judgement
from freelancer_tui.domain.projects import ProjectView
from freelancer_tui.i18n import N_
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.widgets import (
    brief_text,
    judgement,
    links,
    project_archive,
    project_brief,
)
from freelancer_tui.tui.widgets.brief_text import Row, Target
from freelancer_tui.tui.widgets.lines import Line
from freelancer_tui.tui.widgets.links import Link

_TONES: Final = ("strong", "quiet", "link", "warn", "bad", "good", "here")
_NOTHING: Final = Dossier()
_CHUNK: Final = 20_000
"""Letters laid out at a time: more than all but the strangest texts have, and one frame's work."""


class ProjectDetail(ScrollView, can_focus=True, inherit_bindings=False):
    """Lines of text; of a very long text as many as somebody has scrolled to."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"project-detail--{tone}" for tone in _TONES}
    DEFAULT_CSS = """
    ProjectDetail {
        overflow-x: hidden; overflow-y: auto; scrollbar-gutter: stable;
        color: $foreground; background: $background; padding: 0 1 0 2;
        & > .project-detail--strong { text-style: bold; color: $primary; }
        & > .project-detail--quiet { color: $foreground-muted; }
        & > .project-detail--link { text-style: underline; }
        & > .project-detail--warn { color: $text-warning; text-style: bold; }
        & > .project-detail--bad { color: $text-error; text-style: bold; }
        & > .project-detail--good { color: $text-success; }
        & > .project-detail--here { text-style: bold reverse; }
    }
    """
    BINDINGS = [
        Binding("down,j", "step(1)", N_("Down"), show=False, id="text.down"),
        Binding("up,k", "step(-1)", N_("Up"), show=False, id="text.up"),
        Binding("pagedown,ctrl+d,space", "page(1)", N_("Page down"), show=False,
                id="text.page_down"),
        Binding("pageup,ctrl+u", "page(-1)", N_("Page up"), show=False, id="text.page_up"),
        Binding("home,g", "edge(-1)", N_("Top"), show=False, id="text.top"),
        Binding("end,G", "edge(1)", N_("Bottom"), show=False, id="text.bottom"),
        Binding("right_square_bracket", "link(1)", N_("Next link"), show=False, id="text.link",
                tooltip=N_("Go to the next link: an address, or a job seen before")),
        Binding("left_square_bracket", "link(-1)", N_("Link before"), show=False,
                id="text.link_before", tooltip=N_("Go to the link before")),
        Binding("enter", "follow", N_("Follow"), id="text.follow",
                tooltip=N_("Open the address or the job that the link leads to")),
    ]  # fmt: skip

    @dataclass
    class Followed(Message):
        """The user wants what a link leads to: an address, or a job's id."""

        target: Target

    def __init__(self, clock: Clock, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.clock = clock
        self.view: ProjectView | None = None
        self._dossier = Dossier()
        self._judgement: Judgement | None = None
        self._is_folded = True
        self._lines: list[Row] = []
        self._laid_out = 0
        self._link: Link | None = None

    def show(
        self,
        view: ProjectView | None,
        dossier: Dossier = _NOTHING,
        judgement: Judgement | None = None,
    ) -> None:
        """Show another job, or the same with what changed; only another one starts at the top."""
        is_same = view and self.view and view.project.remote_id == self.view.project.remote_id
        shown = (self.view, self._dossier, self._judgement)
        if (view, dossier, judgement) == shown and self._lines:
            return
        self.view, self._dossier, self._judgement = view, dossier, judgement
        if not is_same:
            self._link = None
        self.lay_out()
        if not is_same:
            self.scroll_to(y=0, animate=False, immediate=True)

    def fold(self) -> None:
        """Show what the score rests on, or only the score."""
        self._is_folded = not self._is_folded
        self.lay_out()

    def lay_out(self) -> None:
        """Break the text into lines anew, for another width, minute or language."""
        self._lines, self._laid_out = [], 0
        width = self._room
        if self.view is not None and width > 0:
            self._lines += project_brief.head(self.view, self._dossier, self.clock, width)
            folded, zone = self._is_folded, self.clock.zone
            judged = judgement.lines(self._judgement, width, folded=folded, zone=zone)
            self._lines += map(Row, judged)
            self._lay_out_more(width)
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        row, width, base = round(self.scroll_y) + y, self.size.width, self.rich_style
        parts = self._parts(row) if row < len(self._lines) else ()
        strip = Strip([Segment(part, base + self._tone(tone)) for part, tone in parts])
        if self.text_selection is not None and (span := self.text_selection.get_span(row)):
            strip = self._selected(strip, *span)
        strip = strip.adjust_cell_length(width, base)
        return strip.apply_offsets(0, row)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        text = "\n".join("".join(text for text, _tone in row.line) for row in self._lines)
        return selection.extract(text), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        self.refresh()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if self._has_more and new_value + 3 * self.size.height > len(self._lines):
            self._lay_out_more(self._room)
            self.virtual_size = Size(self.virtual_size.width, len(self._lines))

    def on_resize(self) -> None:
        if self.virtual_size.width != self._room:
            self.lay_out()

    def action_step(self, step: int) -> None:
        self.scroll_to(y=self.scroll_y + step, animate=False, immediate=True)

    def action_page(self, direction: int) -> None:
        self.action_step(direction * max(self.size.height - 2, 1))

    def action_edge(self, direction: int) -> None:
        self.scroll_to(y=self.max_scroll_y if direction > 0 else 0, animate=False, immediate=True)

    def action_link(self, step: int) -> None:
        """Go to the next link in a direction, from where one is or from the part in view."""
        self._lay_out_all()
        self._link = links.beside(self._lines, self._link, round(self.scroll_y), step)
        if self._link is not None:
            top, height = round(self.scroll_y), self.size.height
            self.action_step(
                min(self._link.row - top, 0) or max(self._link.row - top - height + 2, 0)
            )
        self.refresh()
        self.refresh_bindings()

    def action_follow(self) -> None:
        if self._link is not None:
            self.post_message(self.Followed(self._link.target))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._link is not None if action == "follow" else True

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        row = round(self.scroll_y) + place.y if place else -1
        if place is not None and (link := links.at(self._lines, row, place.x)):
            self.post_message(self.Followed(link.target))

    @property
    def _room(self) -> int:
        """How wide the text may be: a blank is left before the scrollbar."""
        return max(self.scrollable_content_region.width - 1, 0)

    @property
    def _has_more(self) -> bool:
        return self.view is not None and self._laid_out < len(self._text)

    @property
    def _text(self) -> str:
        project = self.view.project if self.view else None
        return (project.description or project.preview) if project else ""

    def _lay_out_more(self, width: int) -> None:
        if self.view is None:
            return
        project = self.view.project
        end = self._text.rfind("\n", self._laid_out + _CHUNK // 2, self._laid_out + _CHUNK)
        letters = end + 1 - self._laid_out if end > 0 and self._has_more else _CHUNK
        quotes = judgement.quoted(self._judgement, self._laid_out)
        self._lines += brief_text.rows(self._text[self._laid_out :][:letters], width, quotes)
        self._laid_out += letters
        if not self._has_more:
            self._lines += project_brief.foot(project, width)
            self._lines += project_archive.rows(project, self._dossier, self.clock, width)

    def _lay_out_all(self) -> None:
        while self._has_more:
            self._lay_out_more(self._room)
        self.virtual_size = Size(self.virtual_size.width, len(self._lines))

    def _parts(self, row: int) -> Line:
        """Give a line's texts; the link that Enter follows stands out."""
        line, link = self._lines[row].line, self._link
        if link is None or link.target not in self._lines[row].targets:
            return line
        return links.marked(self._lines[row], link.target)

    def _tone(self, tone: str) -> Style:
        if tone not in _TONES:
            return Style.null()
        whole = self.get_component_rich_style(
            f"project-detail--{tone}"
        )  # blended with what is below
        return Style(color=whole.color, bold=whole.bold, underline=whole.underline)

    def _selected(self, strip: Strip, start: int, end: int) -> Strip:
        """Colour what the mouse has selected; both ends count letters, not cells."""
        text = Text.assemble(*((part.text, part.style or "") for part in strip), end="")
        chosen = self.screen.get_component_rich_style("screen--selection")
        text.stylize(chosen, start, len(text) if end == -1 else end)
        return Strip(text.render(self.app.console))
