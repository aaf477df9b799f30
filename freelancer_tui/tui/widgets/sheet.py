"""Sheet: one proposal laid open: where it stands, the brief, and the form beside it."""

from textual import getters
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from freelancer_tui.domain.drafts import Place
from freelancer_tui.domain.projects import ProjectView
from freelancer_tui.domain.proposals import ProposalView
from freelancer_tui.domain.reckoning import Reckoning
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.widgets.project_detail import ProjectDetail
from freelancer_tui.tui.widgets.proposal_editor import ProposalEditor
from freelancer_tui.tui.widgets.sheet_head import SheetHead

WIDE = 100
"""From this width on brief and form lie side by side, below it they take turns."""
SHORT = 16
"""Below this height the head keeps to a line for each thing that it tells."""


class Sheet(Vertical):
    """The brief can be folded away, the form stays."""

    DEFAULT_CSS = """
    Sheet {
        & #brief { width: 45%; max-width: 82; border-right: vkey $panel; padding: 1 1 0 2; }
        & #editor { width: 1fr; max-width: 110; }
        &.-short SheetHead Static { max-height: 1; }
        &.-folded #brief { display: none; }
        &.-narrow {
            & #brief { display: none; width: 1fr; max-width: 100%; border-right: none; }
            & #editor { display: block; max-width: 100%; }
            &.-reading #brief { display: block; }
            &.-reading #editor { display: none; }
        }
    }
    """
    brief = getters.query_one("#brief", ProjectDetail)
    editor = getters.query_one("#editor", ProposalEditor)

    def __init__(self, clock: Clock, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.clock = clock

    def compose(self) -> ComposeResult:
        yield SheetHead(self.clock, id="head")
        with Horizontal():
            yield ProjectDetail(self.clock, id="brief")
            yield ProposalEditor(self.clock, id="editor")

    @property
    def is_reading(self) -> bool:
        """True while the brief covers the form."""
        return self.has_class("-reading") and self.has_class("-narrow")

    def show(
        self, view: ProposalView, brief: ProjectView | None, reckoning: Reckoning | None = None
    ) -> None:
        """Show a proposal; what is being typed into it is left alone."""
        self.on_resize()
        self.query_one(SheetHead).show(view)
        self.brief.show(brief)
        self.editor.show(view, reckoning)

    def begin(self, place: Place | None = None) -> None:
        """Start writing where it was left."""
        self.remove_class("-reading")
        self.editor.begin()
        if place is not None and self.editor.writing.text:
            self.editor.writing.focus()
            self.editor.writing.go_to(place)

    def flip(self) -> None:
        """Fold the brief away or back; where there is room for one only, turn to the other."""
        is_narrow = self.has_class("-narrow")
        self.toggle_class("-reading" if is_narrow else "-folded")
        if self.is_reading:
            self.brief.focus()
        else:
            self.editor.begin()

    def on_resize(self) -> None:
        self.set_class(self.app.size.width < WIDE, "-narrow")
        self.set_class(self.app.size.height < SHORT, "-short")
