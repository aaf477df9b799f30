"""Quotes: what is offered before it is billed, from the command line."""

from typing import Any, get_args

import click

from freelancer_tui.cli import bills, output, papers
from freelancer_tui.cli import invoices as bill_verbs
from freelancer_tui.cli.invoices import NAMED, draft_options, show_bill, wishes_of
from freelancer_tui.cli.options import Choices, shared
from freelancer_tui.cli.workspace import desk, pass_choices
from freelancer_tui.i18n import _
from freelancer_tui.services.quotes import Answer, QuoteListed


@click.group(help=_("Make quotes, keep what clients say to them, and bill those they accept."))
@shared
def quotes() -> None:
    """Hold the commands about quotes."""


@quotes.command(help=_("Begin a quote; --terms says how many days it holds."))
@draft_options
@shared
@pass_choices
def new(choices: Choices, /, **options: Any) -> None:
    """Begin a quote."""
    with desk(choices) as workspace:
        one = workspace.quotes.new(**wishes_of(workspace, None, options))
    show_bill(choices, one)


@quotes.command(name="list", help=_("List quotes, what changed last first."))
@click.option("--state", type=click.Choice(get_args(QuoteListed)), help=_("Only in this state."))
@click.option("--limit", type=click.IntRange(1, 10_000), default=500, show_default=True)
@shared
@pass_choices
def list_(choices: Choices, state: QuoteListed | None, limit: int) -> None:
    """List quotes."""
    with desk(choices) as workspace:
        found = workspace.quotes.list(state, limit)
        rows = [bills.document(workspace.invoices.show(one.id)) for one in found if choices.json]
    empty = _("No quotes. Begin one with: freelancer-tui quotes new --client NAME")
    output.show(choices, rows, output.table([bills.row(one) for one in found]) or empty)


@quotes.command(help=_("Keep that the client accepts it."))
@NAMED
@shared
@pass_choices
def accept(choices: Choices, named: str) -> None:
    """Keep a yes."""
    _answer(choices, named, "accepted")


@quotes.command(help=_("Keep that the client does not want it."))
@NAMED
@shared
@pass_choices
def decline(choices: Choices, named: str) -> None:
    """Keep a no."""
    _answer(choices, named, "declined")


@quotes.command(help=_("Take an answer back: the quote waits for one again."))
@NAMED
@shared
@pass_choices
def reopen(choices: Choices, named: str) -> None:
    """Take an answer back."""
    _answer(choices, named, "issued")


@quotes.command(help=_("Begin the invoice of a quote; asked again, give the same draft."))
@NAMED
@shared
@pass_choices
def invoice(choices: Choices, named: str) -> None:
    """Bill a quote."""
    with desk(choices) as workspace:
        one = workspace.quotes.bill(named)
    show_bill(choices, one)


def _answer(choices: Choices, named: str, answer: Answer) -> None:
    with desk(choices) as workspace:
        one = workspace.quotes.answer(named, answer)
    show_bill(choices, one)


for command in (
    bill_verbs.edit, bill_verbs.issue, bill_verbs.show, bill_verbs.duplicate, bill_verbs.remove,
    papers.pdf,
):  # fmt: skip
    quotes.add_command(command)
