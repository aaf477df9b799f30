"""Objections: what keeps an offer from going out, live while it is written."""

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from freelancer_tui.domain.proposals import ADVICE, Problem, Proposal, ProposalView
from freelancer_tui.i18n import _, ngettext
from freelancer_tui.problems import problem


class Objections(Static):
    """A line for each objection; advice is marked apart from what must be changed."""

    DEFAULT_CSS = "Objections { height: auto; max-height: 8; padding: 0 1; }"
    most: reactive[int] = reactive(6)
    """How many there is room for."""

    def __init__(self, *, id: str | None = None, markup: bool = False) -> None:
        super().__init__(id=id, markup=markup)
        self._lines: list[Content] = []

    def show(self, view: ProposalView, sheet: Proposal, found: list[Problem]) -> None:
        """Show objections to a sheet as it is typed, or that there are none."""
        budget = view.project.budget if view.project else None
        self._lines = [
            Content.styled(
                f"{'!' if each in ADVICE else '○'} {problem(each, budget, sheet)}",
                "$warning" if each in ADVICE else "$foreground",
            )
            for each in sorted(found, key=ADVICE.__contains__)
        ]
        if not found:
            ready = _("✓ Ready to submit. Without a line it waits in the outbox.")
            self._lines = [Content.styled(ready, "$success")]
        self.watch_most()

    def watch_most(self) -> None:
        lines = self._lines[: self.most]
        if (rest := len(self._lines) - self.most) > 0:
            more = ngettext("{count} more", "{count} more", rest).format(count=rest)
            lines[-1] = lines[-1].append(f" · {more}")
        self.update(Content("\n").join(lines))
