"""Talk: one conversation: with whom and about what, what was said, and the reply."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from freelancer_tui.domain.messages import Stretch
from freelancer_tui.domain.messages import ThreadView as Conversation
from freelancer_tui.tui.format import Clock, tame
from freelancer_tui.tui.widgets.clocks import clocks
from freelancer_tui.tui.widgets.composer import Composer
from freelancer_tui.tui.widgets.day_field import DayField
from freelancer_tui.tui.widgets.find_field import FindField
from freelancer_tui.tui.widgets.thread_view import ThreadView
from freelancer_tui.wording import who


class Talk(Vertical):
    """The head, the words, a mark when more came in below, and the composer."""

    DEFAULT_CSS = """
    Talk {
        & #talk-head { height: 1; padding: 0 2; background: $surface; }
        & #talk-about {
            width: 1fr; height: 1; text-wrap: nowrap; text-overflow: ellipsis;
        }
        & #talk-clocks { width: auto; height: 1; padding-left: 2; }
        & #said { height: 1fr; }
        & #below { display: none; height: 1; text-align: center; color: $primary; }
        & #below.-shown { display: block; }
        &.-empty > * { display: none; }
    }
    """

    def __init__(self, clock: Clock, *, id: str | None = None) -> None:
        super().__init__(id=id, classes="-empty")
        self.clock = clock
        self.thread_id: int | None = None

    def compose(self) -> ComposeResult:
        with Horizontal(id="talk-head"):
            yield Static(id="talk-about", markup=False)
            yield Static(id="talk-clocks", markup=False)
        yield ThreadView(self.clock, id="said")
        yield Static(id="below", markup=False)
        yield DayField(self.clock, id="day")
        yield FindField(id="find")
        yield Composer(id="composer")

    def on_mount(self) -> None:
        self.watch(self.said, "below", self._below_changed)

    @property
    def said(self) -> ThreadView:
        """What was said."""
        return self.query_one(ThreadView)

    @property
    def day(self) -> DayField:
        """Where a day to go to is typed."""
        return self.query_one(DayField)

    @property
    def find(self) -> FindField:
        """Where words to look for are typed."""
        return self.query_one(FindField)

    @property
    def composer(self) -> Composer:
        """Where the reply is written."""
        return self.query_one(Composer)

    def show(
        self,
        view: Conversation | None,
        stretch: Stretch,
        draft: str | None,
        at: str | None = None,
    ) -> None:
        """Show a conversation, or none; without a draft the composer is left alone.

        The cursor goes to the message `at`, if one is named.
        """
        self.set_class(view is None, "-empty")
        self.thread_id = view.thread.remote_id if view else None
        if view is None:
            return self.said.show(None, Stretch())
        self.query_one("#talk-about", Static).update(
            Content.assemble(
                (tame(who(view)), "bold $foreground"),
                ("  " + tame(view.project_title), "$foreground-muted"),
            )
        )
        times, is_night = clocks(view.zone, self.clock)
        look = "$warning" if is_night else "$foreground-muted"
        self.query_one("#talk-clocks", Static).update(Content.styled(times, look))
        self.composer.show(view.thread.remote_id, draft)
        self.said.zone = view.zone
        self.said.show(view.thread.remote_id, stretch, view.thread.unread, at)

    def on_click(self) -> None:
        if self.query_one("#below").is_mouse_over:
            self.said.jump_to_end()

    def _below_changed(self, below: int) -> None:
        mark = self.query_one("#below", Static)
        mark.update(Content(self.said.below_words()))
        mark.set_class(below > 0, "-shown")
