"""Learning: what the user's own bids tell about which ones are answered and won."""

from typing import TYPE_CHECKING, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical

from freelancer_tui import wording
from freelancer_tui.domain.learning import TRAITS, Lessons
from freelancer_tui.errors import FreelancerError
from freelancer_tui.i18n import N_, _
from freelancer_tui.sync.events import Event, Pulled
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.screens.section import Section
from freelancer_tui.tui.widgets.choices import Choice, Choices
from freelancer_tui.tui.widgets.lesson_list import LessonList
from freelancer_tui.tui.widgets.notice import Notice

if TYPE_CHECKING:
    from freelancer_tui.services.learning import Learning

_OVERVIEW: Final = "overview"


class LearningScreen(Section):
    """Figures and bars; Escape goes back to the proposals."""

    NAME = "learning"
    AUTO_FOCUS = "#lessons"
    CSS_PATH = "learning.tcss"
    BINDINGS = [
        Binding("escape", "back", N_("Back"), id="learning.back",
                tooltip=N_("Go back to the proposals")),
        Binding("right_square_bracket,l,right", "turn(1)", N_("Next figures"), id="learning.next",
                tooltip=N_("See the figures by the next trait")),
        Binding("left_square_bracket,h,left", "turn(-1)", N_("Figures before"), show=False,
                id="learning.previous", tooltip=N_("See the figures by the trait before")),
    ]  # fmt: skip

    def __init__(self, learning: "Learning", *, clock: Clock) -> None:
        super().__init__(clock)
        self.learning = learning
        self._lessons: Lessons | None = None
        self._shown = _OVERVIEW

    def body(self) -> ComposeResult:
        with Vertical(id="learning"):
            yield Choices(id="traits")
            yield LessonList(id="lessons")
            yield Notice((_("Reckoning…"),), id="nothing")

    async def show(self) -> None:
        self._lessons = await self.ask(self.learning.lessons, self.clock.zone)
        self._lay_out()

    def follows(self, event: Event) -> bool:
        if isinstance(event, Pulled):
            return event.feed.kind in ("bids", "projects", "messages") and event.changed > 0
        return False

    def fail(self, error: FreelancerError) -> None:
        self._say_instead((_("The figures cannot be read now"), str(error), error.hint))

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        self._shown = event.key
        self._lay_out()

    def action_turn(self, direction: int) -> None:
        self.query_one(Choices).step(direction)

    def action_back(self) -> None:
        self.post_message(self.Go("proposals"))

    def _lay_out(self) -> None:
        if (lessons := self._lessons) is None:
            return
        choices = [Choice(_OVERVIEW, _("Overview"), lessons.whole.sent)]
        choices += [Choice(one, wording.trait(one), len(lessons.groups[one])) for one in TRAITS]
        self.query_one(Choices).show(choices, self._shown)
        trait = next((one for one in TRAITS if one == self._shown), None)
        self._say_instead(() if lessons.whole.sent else _nothing())
        self.query_one(LessonList).show(lessons, trait)

    def _say_instead(self, words: tuple[str, ...]) -> None:
        self.query_one("#nothing", Notice).tell(words)
        for part in ("#traits", "#lessons"):
            self.query_one(part).display = not words


def _nothing() -> tuple[str, ...]:
    return (
        _("No bid was sent yet"),
        _("Once some were, you see here which are answered and won, from your own data alone."),
        _("Esc goes back to the proposals."),
    )
