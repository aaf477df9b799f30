"""Seller: who the user is on documents, how they are paid, and how documents are numbered."""

from collections.abc import Callable
from dataclasses import asdict, fields, replace
from typing import Any, Final, TypeVar

import click

from freelancer_tui.cli import output
from freelancer_tui.cli.options import Choices, shared
from freelancer_tui.cli.parties import party_document, party_from, party_lines, party_options
from freelancer_tui.cli.workspace import desk, pass_choices
from freelancer_tui.domain.billing import Seller
from freelancer_tui.domain.invoices import Ways
from freelancer_tui.i18n import N_, _

F = TypeVar("F", bound=Callable[..., Any])
_WAYS: Final = {
    "bank_name": N_("The bank's name."),
    "bank_account": N_("The account's number."),
    "bank_holder": N_("Whose account it is."),
    "swift": N_("The bank's SWIFT or BIC code."),
    "iban": N_("The account's IBAN."),
    "paypal": N_("PayPal.me link or e-mail address."),
    "wise": N_("Wise link or e-mail address."),
    "payoneer": N_("Payoneer e-mail address."),
    "qris": N_("The text of your own QRIS code, as your provider gave it."),
}
_LABELS: Final = {
    "bank_name": N_("Bank"),
    "bank_account": N_("Account"),
    "bank_holder": N_("Holder"),
    "swift": "SWIFT/BIC",
    "iban": "IBAN",
    "paypal": "PayPal",
    "wise": "Wise",
    "payoneer": "Payoneer",
    "qris": "QRIS",
}
_PLAIN: Final = {
    "logo": "logo",
    "scheme": "scheme",
    "credit_scheme": "credit_scheme",
    "quote_scheme": "quote_scheme",
    "language": "language",
    "terms": "terms_days",
    "taxed": "is_taxed",
}


def _way_options(function: F) -> F:
    for name, words in reversed(_WAYS.items()):
        function = click.option(f"--{name.replace('_', '-')}", name, help=_(words))(function)
    return function


@click.group(help=_("Say who you are on invoices, and how you are paid."))
@shared
def seller() -> None:
    """Hold the commands about the user's own details."""


@seller.command(help=_("Show what documents say of you."))
@shared
@pass_choices
def show(choices: Choices) -> None:
    """Show the user's own details."""
    with desk(choices) as workspace:
        one = workspace.clients.seller()
    empty = _("Nothing yet. Say it with: freelancer-tui seller set --name NAME")
    output.show(choices, _document(one), _lines(one) if one.party.name else empty)


@seller.command(name="set", help=_("Say who you are; what you leave out stays as it is."))
@click.option("--name", help=_("Your name, or your business's."))
@party_options
@_way_options
@click.option("--logo", metavar="FILE", help=_("A picture for the head of documents."))
@click.option("--scheme", help=_("Numbers of invoices, such as INV/{year}/{month:roman}/{seq:03}."))
@click.option("--credit-scheme", help=_("Numbers of credit notes."))
@click.option("--quote-scheme", help=_("Numbers of quotes."))
@click.option("--taxed/--untaxed", default=None, help=_("Are you a registered business (PKP)?"))
@shared
@pass_choices
def set_(choices: Choices, /, **options: Any) -> None:
    """Keep the user's own details."""
    with desk(choices) as workspace:
        before = workspace.clients.seller()
        one = workspace.clients.save_seller(_changed(before, options))
    output.show(choices, _document(one), _lines(one))


def _changed(before: Seller, options: dict[str, Any]) -> Seller:
    said = {name: value for name, value in options.items() if value is not None}
    ways = {one.name: said[one.name] for one in fields(Ways) if one.name in said}
    plain = {_PLAIN[name]: value for name, value in said.items() if name in _PLAIN}
    party = party_from(before.party, options)
    return replace(before, party=party, ways=replace(before.ways, **ways), **plain)


def _lines(one: Seller) -> str:
    known = asdict(one.ways)
    ways = [f"{_(label)}: {known[way]}" for way, label in _LABELS.items() if known[way]]
    return "\n".join((*party_lines(one.party), *ways, one.scheme))


def _document(one: Seller) -> dict[str, Any]:
    return {
        **party_document(one.party),
        "ways": {name: text for name, text in asdict(one.ways).items() if text},
        "logo": one.logo or None,
        "scheme": one.scheme,
        "credit_scheme": one.credit_scheme,
        "quote_scheme": one.quote_scheme,
        "taxed": one.is_taxed,
        "terms_days": one.terms_days,
        "language": one.language,
    }
