"""Outbox table: everything that is not sent yet, how far it came, and what can be done."""

from collections.abc import Sequence

from freelancer_tui import wording
from freelancer_tui.domain.intents import OutboxEntry, RequestMilestone, SendMessage
from freelancer_tui.i18n import _, ngettext
from freelancer_tui.tui.format import Clock, fit
from freelancer_tui.tui.widgets import signs
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.lines import Line, Span, apart, wrap
from freelancer_tui.tui.widgets.stack import Block, gap


class OutboxTable(Blocks):
    """Entries in the order in which they go out; below each its reason, in words."""

    def __init__(self, clock: Clock, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.clock = clock
        self._entries: tuple[OutboxEntry, ...] = ()

    def show(self, entries: Sequence[OutboxEntry]) -> None:
        """Show entries in the given order."""
        self._entries = tuple(entries)
        self.redraw()

    def entry(self) -> OutboxEntry | None:
        """Give the entry under the cursor."""
        return next((entry for entry in self._entries if entry.id == self.cursor_key), None)

    def draw(self, width: int) -> Sequence[Block]:
        blocks: list[Block] = []
        for entry in self._entries:
            blocks += (Block(entry.id, self._row(entry, width)), gap(entry.id))
        return blocks

    def _row(self, entry: OutboxEntry, width: int) -> tuple[Line, ...]:
        sign, tone = signs.of_entry(entry)
        age = wording.age(entry.queued_at, self.clock.now())
        kind = wording.intent(entry.name)
        head: tuple[Span, ...] = (
            (f" {sign} ", tone), (fit(kind, 10), "quiet"), (entry.about, "strong"),
        )  # fmt: skip
        under: tuple[Span, ...] = (
            ("   " + wording.outbox_state(entry), tone),
            (self._tries(entry), "quiet"),
        )
        lines = [apart(head, ((age + " ", "quiet"),), width), apart(under, (), width)]
        lines += [(("   ", ""), (line, "")) for line in wrap(_preview(entry), width - 4)[:1]]
        for words, look in told(entry):
            lines += [(("   ", ""), (line, look)) for line in wrap(words, min(width - 4, 90))]
        return tuple(lines)

    def _tries(self, entry: OutboxEntry) -> str:
        parts = []
        if entry.attempts:
            text = ngettext("tried once", "tried {count} times", entry.attempts)
            parts.append(text.format(count=entry.attempts))
        if entry.next_try_at is not None and not entry.needs_user:
            at = wording.hour(entry.next_try_at, self.clock.zone)
            parts.append(_("next try at {time}").format(time=at))
        return "".join(f" · {part}" for part in parts)


def told(entry: OutboxEntry) -> list[tuple[str, str]]:
    """Say why an entry is where it is, and what the user can do about it."""
    found: list[tuple[str, str]] = []
    if entry.reason:
        found.append((_(entry.reason), "bad" if entry.state == "refused" else "warn"))
    if entry.asks:
        found.append((_ask(entry), ""))
    elif entry.state == "refused":
        found.append((_("Change the text and send it again, or take it out; it is kept."), "quiet"))
    elif entry.state == "doubtful":
        found.append((_("The reply got lost. We look whether it arrived before anything is sent "
                        "again."), "quiet"))  # fmt: skip
    return found


def _ask(entry: OutboxEntry) -> str:
    if isinstance(entry.intent, SendMessage):
        return _("It may be there already. Look into the conversation, then say that it arrived, "
                 "or send it again.")  # fmt: skip
    return _("It may be there already. Look on the marketplace, then say that it arrived, "
             "or send it again.")  # fmt: skip


def _preview(entry: OutboxEntry) -> str:
    intent = entry.intent
    if isinstance(intent, SendMessage):
        files = ", ".join(upload.name for upload in intent.uploads)
        return " ".join((intent.text or files).split())
    if isinstance(intent, RequestMilestone):
        return f"{wording.money(intent.amount)} · {' '.join(intent.text.split())}"
    return f"{wording.money(intent.amount)} · {wording.days(intent.days)}"
