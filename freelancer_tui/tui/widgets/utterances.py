"""Utterances: one line of a conversation laid out: theirs at the left, ours set in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo
from functools import lru_cache
from typing import Final

from freelancer_tui import wording
from freelancer_tui.domain import file_kinds
from freelancer_tui.domain.attachments import Enclosed
from freelancer_tui.domain.messages import Utterance
from freelancer_tui.i18n import _, ngettext
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.widgets import signs
from freelancer_tui.tui.widgets.brief_text import Target, rows
from freelancer_tui.tui.widgets.lines import Line, Span, width_of, wrap
from freelancer_tui.tui.widgets.links import marked
from freelancer_tui.tui.widgets.stack import Block

FOLD_ABOVE: Final = 16
"""Lines from which a message is folded, so that one brief does not bury a conversation."""
SHOWN_FOLDED: Final = 10
_HUGE: Final = 6_000
"""Letters laid out of a folded message; a stranger's longest text must not hold up the screen."""
MOST_WIDTH: Final = 76
"""Longer lines are hard to read."""


@dataclass(frozen=True, slots=True)
class Look:
    """How utterances are laid out: the same for all of a conversation."""

    width: int
    clock: Clock
    there: tzinfo | None = None
    """The zone of the other side, where it is another one than ours."""


def block_of(said: Utterance, look: Look, *, is_folded: bool, link: Target | None = None) -> Block:
    """Lay out one utterance with its head, its words, and what became of it.

    The link stands out that a key would open.
    """
    width = look.width
    room = min(width * 5 // 6, MOST_WIDTH)
    body = list(_body(said, max(room - 2, 10), is_folded, link))
    edge = width - room - 2 if said.mine else 1
    tone = "accent" if said.mine else "rule"
    lines = [_head(said, look), *((("┃ " if said.mine else "│ ", tone), *line) for line in body)]
    indent: Span = (" " * max(edge, 1), "")
    return Block(said.id, tuple((indent, *line) for line in lines))


def rule(key: str, words: str, width: int, tone: str = "rule") -> Block:
    """Lay out a line across the conversation with a word in it: a day, or what is new."""
    text: Line = ((f" {words} ", tone),)
    left = max((width - width_of(text)) // 2, 0)
    right = max(width - width_of(text) - left - 1, 0)
    return Block(key, ((("─" * left, "rule"), *text, ("─" * right, "rule")),), can_choose=False)


def is_long(said: Utterance, width: int) -> bool:
    """Tell whether an utterance can be folded."""
    return len(wrap(said.text[:4000], max(min(width, MOST_WIDTH) - 10, 10))) > FOLD_ABOVE


def links_of(said: Utterance) -> tuple[Target, ...]:
    """Give the addresses in an utterance, each once."""
    return _links(said.text[:_HUGE])


@lru_cache(maxsize=64)
def _links(text: str) -> tuple[Target, ...]:
    found = (target for row in rows(text, MOST_WIDTH) for target in row.targets)
    return tuple(dict.fromkeys(found))


def _head(said: Utterance, look: Look) -> Line:
    name = _("You") if said.mine else said.from_name
    head: list[Span] = [(name, "accent" if said.mine else "strong")]
    time = wording.hour(said.sent_at, look.clock.zone)
    if look.there is not None:
        there = wording.hour(said.sent_at, look.there)
        time = _("{time} · {there} there").format(time=time, there=there)
    head.append(("  " + time, "quiet"))
    if said.mine:
        sign, tone = signs.of_message(said.state)
        words = said.reason if said.state == "doubtful" else _progress(said)
        head.append((f"  {sign} {words or wording.message_state(said.state)}", tone))
    return tuple(head)


def _progress(said: Utterance) -> str:
    """Say how far a message with files got that is being sent."""
    far = said.transfer
    if said.state != "sending" or far is None or not far.total:
        return ""
    return _("Sending: {percent} %").format(percent=far.percent)


def _body(said: Utterance, room: int, is_folded: bool, link: Target | None) -> Iterator[Line]:
    is_huge = is_folded and len(said.text) > _HUGE
    shown = said.text[:_HUGE] if is_huge else said.text
    lines = list(rows(shown, room)) if shown else []
    hidden = len(lines) - SHOWN_FOLDED if is_folded and len(lines) > FOLD_ABOVE else 0
    for row in lines[: len(lines) - hidden]:
        yield marked(row, link) if link in row.targets else row.line
    if is_huge:
        yield ((_("… much more, space unfolds"), "quiet"),)
    elif hidden:
        text = ngettext("… {count} more line, space unfolds", "… {count} more lines, space unfolds",
                        hidden)  # fmt: skip
        yield ((text.format(count=hidden), "quiet"),)
    for file in said.attachments:
        yield from file_lines(file, room)
    yield from _fate(said, room)


def file_lines(file: Enclosed, room: int) -> Iterator[Line]:
    """Lay out a file of a message: its name, what it is, and where it lies when it was saved."""
    one = file.attachment
    words = _("File: {name} ({kind})").format(
        name=one.name, kind=file_kinds.told(one.name, one.size, one.content_type)
    )
    for line in wrap(words, room):
        yield ((line, "quiet"),)
    if file.saved is not None:
        for line in wrap(_("Saved: {path}").format(path=file.saved.path), room):
            yield ((line, "quiet"),)


def _fate(said: Utterance, room: int) -> Iterator[Line]:
    """Say what became of a message that is not simply sent, and what can be done."""
    if said.state == "refused":
        reason = said.reason or _("The marketplace gave no reason.")
        words = _("{reason} Enter opens it in the outbox.").format(reason=reason)
    elif said.state == "doubtful":
        words = _("Enter opens it in the outbox.")
    else:
        return
    for line in wrap(words, room):
        yield ((line, "bad" if said.state == "refused" else "warn"),)
