"""Parties: options for who somebody is, and how they are shown."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Final, TypeVar

import click

from freelancer_tui.domain.invoices import Party
from freelancer_tui.errors import NotAllowed
from freelancer_tui.i18n import _

F = TypeVar("F", bound=Callable[..., Any])
LANGUAGES: Final = ("en", "id", "both")
DAYS: Final = click.IntRange(0, 3_650)


def party_options(function: F) -> F:
    """Give a command the options for who somebody is and in which language they read."""
    option = partial(click.option)
    for add in (
        option("--terms", type=DAYS, help=_("Days until money is due.")),
        option("--language", type=click.Choice(LANGUAGES), help=_("Language of documents.")),
        option("--email", help=_("E-mail address.")),
        option(
            "--tax-id",
            "tax_ids",
            metavar="KIND:NUMBER",
            multiple=True,
            help=_("NPWP:0123456789012345, VAT:DE123456789 …; all of them, each with its own."),
        ),
        option("--country", metavar="CC", help=_("Two letters, such as ID, SG or DE.")),
        option(
            "--address", metavar="LINE", multiple=True, help=_("A line of the address; repeat it.")
        ),
    ):
        function = add(function)
    return function


def party_from(party: Party, options: dict[str, Any]) -> Party:
    """Give a party with what the options say; what they do not say stays."""
    changes: dict[str, Any] = {}
    for option, field in (("name", "name"), ("country", "country_code"), ("email", "email")):
        if options.get(option) is not None:
            changes[field] = options[option]
    if options.get("address"):
        changes["address"] = tuple(options["address"])
    if options.get("tax_ids"):
        changes["tax_ids"] = tuple(map(_tax_id, options["tax_ids"]))
    return replace(party, **changes)


def party_document(party: Party) -> dict[str, Any]:
    """Give a party as JSON has it."""
    return {
        "name": party.name,
        "address": list(party.address),
        "country": party.country_code or None,
        "email": party.email or None,
        "tax_ids": [{"kind": kind, "number": number} for kind, number in party.tax_ids],
    }


def party_lines(party: Party) -> list[str]:
    """Give a party for people to read."""
    ids = [f"{kind} {number}" for kind, number in party.tax_ids]
    found = (party.name, *party.address, party.country_code, party.email, *ids)
    return [line for line in found if line]


def _tax_id(text: str) -> tuple[str, str]:
    kind, colon, number = text.partition(":")
    if not colon or not kind.strip() or not number.strip():
        raise NotAllowed(
            _("{text} is no tax id.").format(text=text or "''"),
            hint=_("Write it like NPWP:0123456789012345 or VAT:DE123456789."),
        )
    return kind.strip(), number.strip()
