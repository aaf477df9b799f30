"""Conversation: what was said, with what is on its way laid over it (pure)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from freelancer_tui import wording
from freelancer_tui.domain.attachments import Attachment, Download, Enclosed
from freelancer_tui.domain.intents import OutboxEntry, SendMessage
from freelancer_tui.domain.messages import Message, Utterance
from freelancer_tui.domain.people import Person
from freelancer_tui.i18n import _

Saved = Mapping[tuple[int, str], Download]
"""Where files lie that were downloaded, by message and name."""


def heard(
    said: Iterable[Message], names: Mapping[int, str], me: Person | None, saved: Saved | None = None
) -> list[Utterance]:
    """Turn messages into lines, with names instead of ids."""
    here = saved or {}
    return [
        Utterance(
            id=str(one.remote_id),
            remote_id=one.remote_id,
            from_name=names.get(one.from_id) or str(one.from_id),
            mine=me is not None and one.from_id == me.remote_id,
            text=one.text,
            sent_at=one.sent_at,
            state="sent",
            attachments=tuple(
                Enclosed(file, here.get((one.remote_id, file.name))) for file in one.attachments
            ),
        )
        for one in said
    ]


def on_their_way(
    entries: Iterable[OutboxEntry], said: Sequence[Message], known: set[int], me: Person | None
) -> list[Utterance]:
    """Give our replies that are not among the messages yet, in queue order."""
    echoed = {one.client_message_id for one in said if one.client_message_id}
    return [
        _line(entry, entry.intent, me)
        for entry in entries
        if isinstance(entry.intent, SendMessage)
        and not _has_arrived(entry, entry.intent, known, echoed)
    ]


def unsent(entries: Iterable[OutboxEntry]) -> tuple[Counter[int], Counter[int]]:
    """Count our replies by thread: those on their way, and those that need the user."""
    waiting: Counter[int] = Counter()
    stuck: Counter[int] = Counter()
    for entry in entries:
        if isinstance(entry.intent, SendMessage):
            (stuck if entry.needs_user else waiting)[entry.intent.thread_remote_id] += 1
    return waiting, stuck


def _has_arrived(
    entry: OutboxEntry, intent: SendMessage, known: set[int], echoed: set[str]
) -> bool:
    """Tell whether a message shows already; one settled by hand has no id, but is there."""
    if entry.state == "sent":
        return entry.remote_id is None or entry.remote_id in known
    return intent.client_message_id in echoed


def _line(entry: OutboxEntry, intent: SendMessage, me: Person | None) -> Utterance:
    return Utterance(
        id=entry.id,
        remote_id=entry.remote_id,
        from_name=me.name if me else _("You"),
        mine=True,
        text=intent.text,
        sent_at=entry.queued_at,
        state=entry.state,
        attachments=tuple(
            Enclosed(Attachment(file.name, file.size, file.content_type)) for file in intent.uploads
        ),
        reason=_reason(entry),
    )


def _reason(entry: OutboxEntry) -> str:
    if entry.state == "refused":
        return _(entry.reason)
    return wording.outbox_state(entry) if entry.state == "doubtful" else ""
