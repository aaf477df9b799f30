"""Milestones: where the money is, from the command line."""

import click

from freelancer_tui import wording
from freelancer_tui.cli import output
from freelancer_tui.cli.options import Choices, shared
from freelancer_tui.cli.workspace import desk, pass_choices
from freelancer_tui.i18n import _


@click.group(help=_("See where the money of each project is."))
@shared
def milestones() -> None:
    """Hold the commands about milestones."""


@milestones.command(name="list", help=_("List milestones and requests for them, newest first."))
@click.option("--limit", type=click.IntRange(1, 10_000), default=500, show_default=True)
@shared
@pass_choices
def list_(choices: Choices, limit: int) -> None:
    """List what is asked for, held and released."""
    with desk(choices) as workspace:
        found = workspace.milestones.lines(limit)
    lines = output.table(
        [
            (
                one.remote_id,
                wording.escrow(one.state),
                wording.money(one.amount),
                output.shortened(one.client, 24),
                output.shortened(one.project_title, 40),
                output.shortened(one.text, 40),
            )
            for one in found
        ]
    )
    document = [
        {
            "remote_id": one.remote_id,
            "request": one.is_request,
            "state": one.state,
            "amount": output.money(one.amount),
            "text": one.text,
            "project_remote_id": one.project_remote_id,
            "project": one.project_title or None,
            "client": one.client or None,
            "at": output.moment(one.at),
        }
        for one in found
    ]
    empty = _("No milestones yet. They come once a client funds something.")
    output.show(choices, document, lines or empty)
