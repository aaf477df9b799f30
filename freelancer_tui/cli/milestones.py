"""Milestones: where the money is, from the command line."""

from typing import Any

import click

from freelancer_tui import wording
from freelancer_tui.cli import output
from freelancer_tui.cli.options import REMOTE_ID, Choices, shared
from freelancer_tui.cli.texts import read_price
from freelancer_tui.cli.workspace import desk, pass_choices
from freelancer_tui.domain.intents import (
    AskRelease,
    OutboxEntry,
    RequestMilestone,
    WithdrawRequest,
)
from freelancer_tui.domain.milestones import Work
from freelancer_tui.i18n import _


@click.group(help=_("See where the money of each project is, and ask for it."))
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
        works = workspace.milestones.unfunded()
    lines = output.table(
        [
            (
                one.remote_id or one.entry_id,
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
            "id": one.entry_id or None,
            "remote_id": one.remote_id,
            "request": one.is_request,
            "state": one.state,
            "amount": output.money(one.amount),
            "text": one.text,
            "project_remote_id": one.project_remote_id,
            "project": one.project_title or None,
            "client": one.client or None,
            "at": output.moment(one.at),
            "outbox": {"intent": one.entry.name, "state": one.entry.state} if one.entry else None,
        }
        for one in found
    ]
    empty = _("No milestones yet. They come once a client funds something.")
    told = [_bare(one) for one in works]
    output.show(choices, document, "\n".join((*told, lines or empty)))


def _bare(work: Work) -> str:
    """Warn of work that nobody put money aside for."""
    told = _("! Work without funding: nothing is held for {title}, {price}.")
    title = work.project_title or str(work.project_remote_id)
    return told.format(title=output.shortened(title, 60), price=wording.money(work.price))


@milestones.command(help=_("Ask the client to fund a part of the work; the next sync sends it."))
@click.argument("bid_remote_id", metavar="BID_REMOTE_ID", type=REMOTE_ID, required=False)
@click.option("--proposal", metavar="ID", help=_("Instead: go out once this proposal is placed."))
@click.option("--amount", required=True, help=_("In the job's currency: 250, 1.250.000, 1,5jt"))
@click.option("--text", required=True, help=_("What the money is for; the client reads it."))
@shared
@pass_choices
def request(
    choices: Choices, bid_remote_id: int | None, proposal: str | None, amount: str, text: str
) -> None:
    """Queue a request for a milestone."""
    with desk(choices) as workspace:
        if bid_remote_id is not None and proposal is None:
            price = read_price(amount, workspace.milestones.currency(bid_remote_id))
            entry = workspace.milestones.request(bid_remote_id, price, text)
        elif proposal is not None and bid_remote_id is None:
            price = read_price(amount, workspace.proposals.show(proposal).proposal.currency)
            entry = workspace.milestones.request_with(proposal, price, text)
        else:
            raise click.UsageError(_("Give either BID_REMOTE_ID or --proposal."))
    facts = (entry.id, wording.outbox_state(entry), wording.money(price), entry.about)
    output.show(choices, _document(entry), "  ".join(facts))


@milestones.command(
    name="ask-release",
    help=_("Ask the client to pay out what a milestone holds; the next sync sends it."),
)
@click.argument("remote_id", type=REMOTE_ID)
@shared
@pass_choices
def ask_release(choices: Choices, remote_id: int) -> None:
    """Queue asking for the release of a milestone."""
    with desk(choices) as workspace:
        _tell(choices, workspace.milestones.ask_release(remote_id))


@milestones.command(help=_("Withdraw a request for money that the client has not answered."))
@click.argument("remote_id", type=REMOTE_ID)
@shared
@pass_choices
def withdraw(choices: Choices, remote_id: int) -> None:
    """Queue the withdrawal of a request for a milestone."""
    with desk(choices) as workspace:
        _tell(choices, workspace.milestones.withdraw(remote_id))


def _tell(choices: Choices, entry: OutboxEntry) -> None:
    """Show what was queued about money that is there."""
    intent = entry.intent
    assert isinstance(intent, AskRelease | WithdrawRequest)
    facts = (entry.id, wording.intent(entry.name), wording.outbox_state(entry))
    document = {
        "id": entry.id,
        "intent": entry.name,
        "state": entry.state,
        "remote_id": intent.remote_id,
        "project_remote_id": intent.project_remote_id,
        "about": entry.about,
        "amount": output.money(intent.amount),
        "text": intent.text,
    }
    told = "  ".join((*facts, wording.money(intent.amount), entry.about))
    output.show(choices, document, told)


def _document(entry: OutboxEntry) -> dict[str, Any]:
    intent = entry.intent
    assert isinstance(intent, RequestMilestone)
    return {
        "id": entry.id,
        "state": entry.state,
        "bid_remote_id": intent.bid_remote_id,
        "project_remote_id": intent.project_remote_id,
        "about": entry.about,
        "amount": output.money(intent.amount),
        "text": intent.text,
        "mark": intent.mark,
    }
