"""Outbox: seeing and settling what waits to be sent, from the command line."""

import sys
from datetime import tzinfo
from typing import Any

import click

from freelancer_tui import wording
from freelancer_tui.cli import output
from freelancer_tui.cli.options import Choices, shared
from freelancer_tui.cli.workspace import desk, pass_choices
from freelancer_tui.domain.intents import OutboxEntry
from freelancer_tui.i18n import _


@click.group(help=_("See and settle what waits to be sent."))
@shared
def outbox() -> None:
    """Hold the commands about the outbox."""


@outbox.command(name="list", help=_("List everything that is not sent yet."))
@click.option("--limit", type=click.IntRange(1, 10_000), default=500, show_default=True)
@shared
@pass_choices
def list_(choices: Choices, limit: int) -> None:
    """List the outbox."""
    with desk(choices) as workspace:
        entries = workspace.outbox.entries(limit)
        zone = workspace.settings.zone
    lines = output.table([_line(entry, zone) for entry in entries])
    empty = _("Nothing waits: everything is sent.")
    output.show(choices, [_document(entry) for entry in entries], lines or empty)


@outbox.command(help=_("Send again what was refused or is in doubt."))
@click.argument("entry_id", metavar="ID")
@shared
@pass_choices
def retry(choices: Choices, entry_id: str) -> None:
    """Queue an entry again."""
    with desk(choices) as workspace:
        if workspace.outbox.show(entry_id).may_double:
            print(_("If it did arrive after all, it is there twice."), file=sys.stderr)
        entry = workspace.outbox.retry(entry_id)
        zone = workspace.settings.zone
    output.show(choices, _document(entry), output.table([_line(entry, zone)]))


@outbox.command(help=_("Settle what is in doubt: you saw that it is there."))
@click.argument("entry_id", metavar="ID")
@shared
@pass_choices
def arrived(choices: Choices, entry_id: str) -> None:
    """Take the user's word that it landed."""
    with desk(choices) as workspace:
        entry = workspace.outbox.arrived(entry_id)
    output.show(choices, _document(entry), _("Settled: it is not sent again."))


@outbox.command(help=_("Take an entry out; its text goes back to the draft."))
@click.argument("entry_id", metavar="ID")
@shared
@pass_choices
def discard(choices: Choices, entry_id: str) -> None:
    """Drop an entry and keep its words."""
    with desk(choices) as workspace:
        entry = workspace.outbox.discard(entry_id)
    kept = _("Taken out; the text is in the draft again.")
    output.show(choices, _document(entry), kept)


@outbox.command(
    name="log",
    help=_("List what the sync did, the newest first; with words only the lines that have all."),
)
@click.argument("query", nargs=-1)
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@click.option("--trouble", is_flag=True, help=_("Only what did not go as it should."))
@shared
@pass_choices
def log(choices: Choices, query: tuple[str, ...], limit: int, trouble: bool) -> None:
    """List the log of the sync."""
    with desk(choices) as workspace:
        found = workspace.sync_log.lines(" ".join(query), limit, only_trouble=trouble)
        zone = workspace.settings.zone
    lines = output.table(
        [
            (
                wording.moment(line.at, zone),
                wording.log_kind(line.kind),
                output.shortened(line.about, 30),
                line.text,
            )
            for line in found
        ]
    )
    document = [
        {"at": output.moment(line.at), "kind": line.kind, "about": line.about, "text": line.text}
        for line in found
    ]
    output.show(choices, document, lines or _("The log has no such line."))


def _line(entry: OutboxEntry, zone: tzinfo | None) -> tuple[str, ...]:
    at = wording.moment(entry.next_try_at, zone) if entry.next_try_at else ""
    return (
        entry.id,
        wording.outbox_state(entry),
        wording.intent(entry.name),
        output.shortened(entry.about, 40),
        at,
        _(entry.reason),
    )


def _document(entry: OutboxEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "intent": entry.name,
        "state": entry.state,
        "about": entry.about,
        "attempts": entry.attempts,
        "next_try_at": output.moment(entry.next_try_at),
        "reason": _(entry.reason) or None,
        "reason_code": entry.reason_code or None,
        "asks": entry.asks,
        "after": entry.after,
        "looked_at": output.moment(entry.looked_at),
        "looked_among": entry.looked_among,
        "queued_at": output.moment(entry.queued_at),
    }
