"""Clients: those whom the user bills, from the command line."""

from dataclasses import replace
from typing import Any

import click

from freelancer_tui.cli import output
from freelancer_tui.cli.options import Choices, shared
from freelancer_tui.cli.parties import party_document, party_from, party_lines, party_options
from freelancer_tui.cli.workspace import desk, pass_choices
from freelancer_tui.domain.billing import Client
from freelancer_tui.domain.invoices import Party
from freelancer_tui.i18n import _

CLIENT = click.argument("named", metavar="CLIENT")
CURRENCY = click.option("--currency", metavar="CODE", help=_("What they pay in, such as EUR."))
WITHHOLDING = click.option(
    "--withholding", metavar="RULE", help=_("The tax they keep back: pph21, pph23 or none.")
)


@click.group(help=_("Keep the clients whom you bill."))
@shared
def clients() -> None:
    """Hold the commands about clients."""


@clients.command(help=_("Add a client."))
@click.argument("name")
@party_options
@CURRENCY
@WITHHOLDING
@shared
@pass_choices
def add(choices: Choices, /, name: str, **options: Any) -> None:
    """Add a client."""
    with desk(choices) as workspace:
        one = workspace.clients.add(_changed(Client("", Party(name)), options))
    output.show(choices, _document(one), _row(one))


@clients.command(help=_("Change a client; documents that are issued stay as they were."))
@CLIENT
@click.option("--name", help=_("Another name."))
@party_options
@CURRENCY
@WITHHOLDING
@shared
@pass_choices
def edit(choices: Choices, /, named: str, **options: Any) -> None:
    """Change a client."""
    with desk(choices) as workspace:
        found = workspace.clients.find(named)
        one = workspace.clients.save(_changed(found, options))
    output.show(choices, _document(one), _row(one))


@clients.command(name="list", help=_("List clients, by name."))
@shared
@pass_choices
def list_(choices: Choices) -> None:
    """List clients."""
    with desk(choices) as workspace:
        found = workspace.clients.all()
    lines = output.table(
        [
            (one.id, one.currency or "-", one.party.country_code or "-", one.party.name)
            for one in found
        ]
    )
    empty = _("No clients yet. Add one with: freelancer-tui clients add NAME")
    output.show(choices, [_document(one) for one in found], lines or empty)


@clients.command(help=_("Show a client, by its name or id."))
@CLIENT
@shared
@pass_choices
def show(choices: Choices, named: str) -> None:
    """Show a client."""
    with desk(choices) as workspace:
        one = workspace.clients.find(named)
    output.show(choices, _document(one), "\n".join((one.id, *party_lines(one.party))))


@clients.command(help=_("Remove a client; documents keep what they say of it."))
@CLIENT
@shared
@pass_choices
def remove(choices: Choices, named: str) -> None:
    """Remove a client."""
    with desk(choices) as workspace:
        gone = workspace.clients.remove(workspace.clients.find(named).id)
    output.show(choices, _document(gone), _("Deleted: {name}").format(name=gone.party.name))


def _changed(client: Client, options: dict[str, Any]) -> Client:
    changes: dict[str, Any] = {"party": party_from(client.party, options)}
    if options["language"] is not None:
        changes["language"] = options["language"]
    if options["terms"] is not None:
        changes["terms_days"] = options["terms"]
    if options["currency"] is not None:
        changes["currency"] = options["currency"].upper()
    if options["withholding"] is not None:
        rule = options["withholding"].casefold()
        changes["withholding"] = "" if rule == "none" else rule
    return replace(client, **changes)


def _row(one: Client) -> str:
    return f"{one.id}  {one.party.name}"


def _document(one: Client) -> dict[str, Any]:
    return {
        "id": one.id,
        **party_document(one.party),
        "language": one.language,
        "currency": one.currency or None,
        "terms_days": one.terms_days,
        "withholding": one.withholding or None,
        "remote_id": one.remote_id,
        "updated_at": output.moment(one.updated_at),
    }
