"""Messages: reading conversations and queueing replies from the command line."""

from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any, Final

import click

from freelancer_tui import wording
from freelancer_tui.cli import output
from freelancer_tui.cli.attachments import document_of, download, files, line_of
from freelancer_tui.cli.options import REMOTE_ID, Choices, shared
from freelancer_tui.cli.pack import pack
from freelancer_tui.cli.texts import read_text
from freelancer_tui.cli.workspace import desk, pass_choices
from freelancer_tui.domain.excerpts import excerpt, sought
from freelancer_tui.domain.messages import Hit, ThreadView, Utterance
from freelancer_tui.i18n import _

_EXCERPT: Final = 240
"""Letters shown of a message that was found."""
LIMIT = click.option("--limit", type=click.IntRange(1, 10_000), default=200, show_default=True)


@click.group(
    help=_("Read conversations, queue replies and save files; only saving waits for the network.")
)
@shared
def messages() -> None:
    """Hold the commands about messages."""


@messages.command(help=_("List conversations, the latest first."))
@LIMIT
@shared
@pass_choices
def threads(choices: Choices, limit: int) -> None:
    """List the threads."""
    with desk(choices) as workspace:
        views = workspace.messages.threads(limit)
        now = workspace.clock()
    lines = output.table(
        [
            (
                view.thread.remote_id,
                view.thread.unread or "",
                wording.age(view.thread.updated_at, now),
                output.shortened(", ".join(view.with_names), 24),
                output.shortened(view.project_title, 40),
                output.shortened(" ".join(view.thread.last_text.split()), 40),
            )
            for view in views
        ]
    )
    empty = _("No conversations yet. Bring them in with: freelancer-tui sync")
    output.show(choices, [_thread(view, now) for view in views], lines or empty)


@messages.command(help=_("Search everything that was ever said; works offline."))
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@shared
@pass_choices
def search(choices: Choices, words: tuple[str, ...], limit: int) -> None:
    """List the messages that have all of the words, the newest first."""
    typed = " ".join(words) + " "
    with desk(choices) as workspace:
        hits = workspace.messages.talks.search(typed, limit)
        zone = workspace.settings.zone
        now = workspace.clock()
        whole = {view.thread.remote_id: view for view in workspace.messages.whole(hits)}
    found = [
        {**_message(hit.said), "thread": _thread(whole.get(thread_id, hit.view), now)}
        for hit in hits
        for thread_id in (hit.view.thread.remote_id,)
    ]
    lines = "\n\n".join(_hit(hit, typed, zone) for hit in hits)
    output.show(choices, found, lines or _("Nothing was said with all of these words."))


@messages.command(help=_("Show what was said in a thread, oldest first."))
@click.argument("thread", type=REMOTE_ID)
@LIMIT
@shared
@pass_choices
def show(choices: Choices, thread: int, limit: int) -> None:
    """Print a conversation."""
    with desk(choices) as workspace:
        said = workspace.messages.conversation(thread, limit)
        zone = workspace.settings.zone
    lines = "\n\n".join(_said(one, zone) for one in said)
    output.show(choices, [_message(one) for one in said], lines)


@messages.command(help=_("Queue a reply; the next sync sends it."))
@click.argument("thread", type=REMOTE_ID)
@click.option(
    "--text-file", metavar="FILE", help=_("Read the text from a file; - is standard input.")
)
@click.option(
    "--attach",
    metavar="FILE",
    multiple=True,
    type=Path,
    help=_("Send a file along, again for more."),
)
@shared
@pass_choices
def send(choices: Choices, thread: int, text_file: str | None, attach: tuple[Path, ...]) -> None:
    """Put a reply into the outbox."""
    if not text_file and not attach:
        raise click.UsageError(_("Say what to send with --text-file or --attach."))
    text = read_text(text_file) if text_file else ""
    with desk(choices) as workspace:
        queued = workspace.messages.send(thread, text, attach, uses_draft=False)
    output.show(choices, _message(queued), f"{queued.id}  {wording.message_state(queued.state)}")


messages.add_command(files)
messages.add_command(download)
messages.add_command(pack)


def _hit(hit: Hit, typed: str, zone: tzinfo | None) -> str:
    thread = hit.view.thread.remote_id
    where = f"{thread}  {hit.view.project_title}".rstrip()
    head = f"{hit.said.from_name}  {wording.moment(hit.said.sent_at, zone)}  {where}"
    parts = excerpt(hit.said.text, sought(typed), _EXCERPT)
    return f"{head}\n{''.join(text for text, _marked in parts)}"


def _said(one: Utterance, zone: tzinfo | None) -> str:
    name = one.from_name or _("You")
    head = f"{name}  {wording.moment(one.sent_at, zone)}{_state(one)}"
    return f"{head}\n{_text(one)}"


def _state(one: Utterance) -> str:
    if one.state == "sent":
        return ""
    reason = f": {one.reason}" if one.reason else ""
    return f"  [{wording.message_state(one.state)}{reason}]"


def _text(one: Utterance) -> str:
    return "\n".join([one.text, *(f"+ {line_of(file)}" for file in one.attachments)]).strip()


def _thread(view: ThreadView, now: datetime) -> dict[str, Any]:
    return {
        "remote_id": view.thread.remote_id,
        "with": ", ".join(view.with_names),
        "project_remote_id": view.thread.project_remote_id,
        "project": view.project_title or None,
        "unread": view.thread.unread,
        "updated_at": output.moment(view.thread.updated_at),
        "last_text": view.thread.last_text,
        "waiting": view.waiting,
        "stuck": view.stuck,
        "project_status": view.project_status,
        "turn": view.turn or None,
        "turn_since": output.moment(view.since) if view.since else None,
        "reply_due": view.is_due(now),
    }


def _message(one: Utterance) -> dict[str, Any]:
    return {
        "id": one.id,
        "remote_id": one.remote_id,
        "from": one.from_name,
        "mine": one.mine,
        "text": one.text,
        "sent_at": output.moment(one.sent_at),
        "state": "queued" if one.state == "sending" else one.state,  # a sync is at it just now
        "attachments": [file.attachment.name for file in one.attachments],
        "files": [document_of(file) for file in one.attachments],
        "reason": one.reason or None,
    }
