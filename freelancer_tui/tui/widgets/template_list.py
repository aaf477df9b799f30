"""Template list: whole templates, then snippets, each with its languages and its first words."""

from collections.abc import Sequence

from textual.binding import Binding

from freelancer_tui.domain.templates import LANGUAGES, Kind, Template
from freelancer_tui.i18n import N_, _
from freelancer_tui.tui.format import fit
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.lines import Line, cut
from freelancer_tui.tui.widgets.stack import Block
from freelancer_tui.tui.widgets.utterances import rule

_TITLES: dict[Kind, str] = {"template": N_("Templates"), "snippet": N_("Snippets")}
_NAME_WIDTH = 24


class TemplateList(Blocks):
    """A line for each; Enter takes the one under the cursor."""

    BINDINGS = [
        Binding("enter", "choose", N_("Take"), id="templates.take",
                tooltip=N_("Put it into the proposal, or change it when none is open")),
    ]  # fmt: skip

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._templates: tuple[Template, ...] = ()

    def show(self, templates: Sequence[Template]) -> None:
        """Show templates in the given order; the cursor stays on its own."""
        self._templates = tuple(templates)
        self.redraw()

    @property
    def template(self) -> Template | None:
        """The one under the cursor."""
        return next((one for one in self._templates if one.id == self.cursor_key), None)

    def draw(self, width: int) -> Sequence[Block]:
        blocks: list[Block] = []
        kind = ""
        for one in self._templates:
            if one.kind != kind:
                kind = one.kind
                blocks.append(rule(f"kind-{kind}", _(_TITLES[one.kind]), width))
            blocks.append(Block(one.id, (_row(one, width),)))
        return blocks


def _row(one: Template, width: int) -> Line:
    room = min(_NAME_WIDTH, width - 10)
    there = " ".join(code if one.text(code).strip() else "  " for code in LANGUAGES)
    words = " ".join((one.english or one.indonesian)[:200].split())
    first = cut(words, width - room - 12) if width > room + 20 else ""
    return ((f"  {fit(one.name, room)} ", ""), (f"{there}  ", "accent"), (first, "quiet"))
