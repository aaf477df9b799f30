"""Thread list: conversations with their unread mark, who, about what, and the last words."""

from collections.abc import Sequence

from freelancer_tui import wording
from freelancer_tui.domain.messages import ThreadView
from freelancer_tui.i18n import _, ngettext
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.lines import Line, Span, apart
from freelancer_tui.tui.widgets.stack import Block

WIDE = 64
"""From this width on person and job share a line."""


class ThreadList(Blocks):
    """Conversations, the latest first."""

    def __init__(self, clock: Clock, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.clock = clock
        self._views: tuple[ThreadView, ...] = ()

    def show(self, views: Sequence[ThreadView]) -> None:
        """Show conversations in the given order."""
        self._views = tuple(views)
        self.redraw()

    @property
    def view(self) -> ThreadView | None:
        """The conversation under the cursor."""
        found = (one for one in self._views if str(one.thread.remote_id) == self.cursor_key)
        return next(found, None)

    def draw(self, width: int) -> Sequence[Block]:
        return [Block(str(view.thread.remote_id), self._row(view, width)) for view in self._views]

    def _row(self, view: ThreadView, width: int) -> tuple[Line, ...]:
        unread = view.thread.unread > 0
        mark: Span = (" ● ", "accent") if unread else ("   ", "")
        name: Span = (wording.who(view), "accent" if unread else "strong")
        age = wording.age(view.thread.updated_at, self.clock.now())
        right: Line = ((age + " ", "quiet"),)
        about: Span = (_about(view), "quiet")
        words = apart(_words(view), _marks(view), width)
        turn = self._turn(view, age)
        if width >= WIDE:
            between: Line = (("· ", "quiet"),) if turn else ()
            right = (*turn, *between, *right)
            return (apart((mark, name, ("  ", ""), about), right, width), words)
        below = apart((("   ", ""), about), turn, width)
        return (apart((mark, name), right, width), below, words)

    def _turn(self, view: ThreadView, age: str) -> Line:
        """Say who is to answer, and since when if that is not the age beside it."""
        if not view.turn or view.since is None:
            return ()
        now = self.clock.now()
        waited = wording.age(view.since, now)
        if view.is_due(now):
            text, tone = _("reply due") if waited == age else _("reply due, {age}"), "bad"
        elif view.turn == "mine":
            text, tone = _("on you") if waited == age else _("on you, {age}"), "warn"
        else:
            text, tone = _("on them") if waited == age else _("on them, {age}"), "quiet"
        return ((text.format(age=waited) + " ", tone),)


def _about(view: ThreadView) -> str:
    """Name the job, and what became of it once bidding is over."""
    if view.project_status in (None, "open"):
        return view.project_title
    return f"{wording.status(view.project_status)} · {view.project_title}"


def _words(view: ThreadView) -> tuple[Span, ...]:
    last = " ".join(view.thread.last_text.split())
    nothing = _("Nothing said yet") if view.thread.last_from_id is None else _("Files, no words")
    return (("   ", ""), (last or nothing, "" if view.thread.unread else "quiet"))


def _marks(view: ThreadView) -> Line:
    marks: list[Span] = []
    if view.mark.starred:
        marks.append(("★ ", "accent"))
    if view.mark.muted:
        marks.append((_("muted") + " ", "quiet"))
    if view.is_archived:
        marks.append((_("put away") + " ", "quiet"))
    if view.stuck:
        text = ngettext("! {count} not sent", "! {count} not sent", view.stuck)
        marks.append((text.format(count=view.stuck) + " ", "bad"))
    if view.waiting:
        text = ngettext("↑ {count} waiting", "↑ {count} waiting", view.waiting)
        marks.append((text.format(count=view.waiting) + " ", "warn"))
    if view.draft or view.has_files:
        marks.append((_("✎ draft") + " ", "accent"))
    if view.thread.unread:
        text = ngettext("{count} new", "{count} new", view.thread.unread)
        marks.append((text.format(count=view.thread.unread) + " ", "accent"))
    return tuple(marks)
