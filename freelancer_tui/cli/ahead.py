"""Ahead: deposits, invoices that come again, and reminders; the group of invoices takes them in."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import click

from freelancer_tui.cli import bills, output
from freelancer_tui.cli.options import Choices, shared
from freelancer_tui.cli.workspace import desk, pass_choices
from freelancer_tui.domain import recurring
from freelancer_tui.i18n import _
from freelancer_tui.services.recurring import Coming

NAMED = click.argument("named", metavar="ID")


@click.command(help=_("Bill a share of a draft or a quote ahead of the work."))
@NAMED
@click.option("--percent", required=True, help=_("How much of it, such as 30."))
@shared
@pass_choices
def deposit(choices: Choices, named: str, percent: str) -> None:
    """Begin a deposit."""
    share = bills.read_percent(percent)
    with desk(choices) as workspace:
        one = workspace.deposits.begin(named, share)
    output.show(choices, bills.document(one), bills.lines(one))


@click.command(name="deduct", help=_("Take issued deposits off the draft of the final invoice."))
@NAMED
@shared
@pass_choices
def deduct(choices: Choices, named: str) -> None:
    """Take deposits off."""
    with desk(choices) as workspace:
        one = workspace.deposits.take_off(named)
    output.show(choices, bills.document(one), bills.lines(one))


@click.command(
    help=_("Let an invoice come again, each time as a draft that you look at and issue.")
)
@NAMED
@click.option("--every", type=click.IntRange(1, recurring.MOST_EVERY), default=1,
              show_default=True, help=_("Every so many weeks or months."))  # fmt: skip
@click.option("--unit", type=click.Choice(("week", "month")), default="month", show_default=True)
@click.option("--from", "start", metavar="DATE", help=_("From this day on; without it, tomorrow."))
@click.option("--day", type=click.IntRange(1, 31), default=None,
              help=_("Of the month; a shorter month takes its last day."))  # fmt: skip
@click.option("--until", metavar="DATE", help=_("No later than this day."))
@click.option("--times", type=click.IntRange(1, recurring.MOST_TIMES), help=_("So often in all."))
@click.option("--pause", "verb", flag_value="pause", help=_("Make none for now."))
@click.option(
    "--resume", "verb", flag_value="resume", help=_("Go on; what was missed is left out.")
)
@click.option("--stop", "verb", flag_value="stop", help=_("Let it come no more."))
@shared
@pass_choices
def repeat(choices: Choices, /, named: str, verb: str | None, **options: Any) -> None:
    """Set, pause, resume or end a rule."""
    start = bills.read_day(options["start"]) if options["start"] else None
    until = bills.read_day(options["until"]) if options["until"] else None
    with desk(choices) as workspace:
        rules = workspace.recurring
        if verb == "stop":
            one = rules.stop(named)
            told = _("{name} comes no more.").format(name=one.number or one.id)
            return output.show(choices, bills.document(one), told)
        if verb is not None:
            coming = rules.pause(named) if verb == "pause" else rules.resume(named)
        else:
            begin = start or workspace.today() + timedelta(days=1)
            rhythm = recurring.begin(begin, options["unit"], options["every"], options["day"] or 0)
            coming = rules.begin(named, replace(rhythm, until=until, times=options["times"]))
    output.show(choices, _coming(coming), "  ".join(_row(coming)))


@click.command(help=_("List what comes again, and make the drafts whose day has come."))
@shared
@pass_choices
def repeats(choices: Choices) -> None:
    """List rules after making what is due."""
    with desk(choices) as workspace:
        made = workspace.recurring.make_due()
        found = workspace.recurring.all()
    document = {"made": [one.id for one in made], "rules": [_coming(one) for one in found]}
    empty = _("Nothing comes again. See: freelancer-tui invoices repeat --help")
    output.show(choices, document, output.table([_row(one) for one in found]) or empty)


@click.command(help=_("Write a reminder of overdue money; it goes out only with --send."))
@NAMED
@click.option("--draft", "how", flag_value="draft", help=_("Lay it into the conversation's reply."))
@click.option("--send", "how", flag_value="send", help=_("Queue it; the next sync sends it."))
@shared
@pass_choices
def remind(choices: Choices, named: str, how: str | None) -> None:
    """Write a reminder."""
    with desk(choices) as workspace:
        verbs = workspace.reminders
        reminder = verbs.lay(named) if how == "draft" else verbs.of(named)
        queued = verbs.send(named) if how == "send" else None
    document = {
        "id": reminder.invoice.id,
        "number": reminder.invoice.number,
        "text": reminder.text,
        "thread_remote_id": reminder.thread_id,
        "message_id": queued.id if queued else None,
    }
    output.show(choices, document, reminder.text)


def _row(one: Coming) -> tuple[str, ...]:
    state = _("paused") if one.is_paused else (one.next_on.isoformat() if one.next_on else "-")
    document = one.document
    return (document.id, document.number or "-", state, document.client.name or "-")


def _coming(one: Coming) -> dict[str, Any]:
    rhythm = one.rhythm
    return {
        "document": one.document.id,
        "number": one.document.number or None,
        "every": rhythm.every,
        "unit": rhythm.unit,
        "day": rhythm.day or None,
        "first_on": rhythm.first_on.isoformat(),
        "until": rhythm.until.isoformat() if rhythm.until else None,
        "times": rhythm.times,
        "next_on": one.next_on.isoformat() if one.next_on else None,
        "paused": one.is_paused,
    }
