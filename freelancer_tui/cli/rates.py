"""Rates: the user's own table of what currencies were worth, from the command line."""

from pathlib import Path
from typing import Any

import click

from freelancer_tui.cli import bills, output
from freelancer_tui.cli.options import Choices, shared
from freelancer_tui.cli.workspace import desk, pass_choices
from freelancer_tui.domain.ratetable import DayRate
from freelancer_tui.i18n import _, ngettext


@click.group(help=_("Keep what currencies are worth in your own, for documents."))
@shared
def rates() -> None:
    """Hold the commands about rates."""


@rates.command(name="list", help=_("List your own rates; --listed gives the marketplace's."))
@click.option("--listed", is_flag=True, help=_("What the marketplace lists instead."))
@click.option("--limit", type=click.IntRange(1, 100_000), default=500, show_default=True)
@shared
@pass_choices
def list_(choices: Choices, listed: bool, limit: int) -> None:
    """List rates."""
    with desk(choices) as workspace:
        table = workspace.rate_table
        found = _listed(table.listed(), table.own) if listed else table.all(limit)
        own = table.own
    empty = _("No rates. Add one with: freelancer-tui rates add DAY CURRENCY UNIT RATE")
    lines = output.table([_row(one, own) for one in found])
    output.show(choices, [_document(one, own) for one in found], lines or empty)


@rates.command(help=_("Write a rate down, such as: 2026-11-24 JPY 100 10912.50"))
@click.argument("day")
@click.argument("currency")
@click.argument("unit")
@click.argument("rate")
@shared
@pass_choices
def add(choices: Choices, day: str, currency: str, unit: str, rate: str) -> None:
    """Add a rate."""
    with desk(choices) as workspace:
        one, own = workspace.rate_table.add(day, currency, unit, rate), workspace.rate_table.own
    output.show(choices, _document(one, own), "  ".join(_row(one, own)))


@rates.command(name="import", help=_("Take in a CSV file of date, currency, unit and rate."))
@click.argument("file", type=click.Path(path_type=Path))
@shared
@pass_choices
def import_(choices: Choices, file: Path) -> None:
    """Take a file in, all of it or nothing."""
    with desk(choices) as workspace:
        found, own = workspace.rate_table.bring_in(file), workspace.rate_table.own
    told = ngettext("{count} rate taken in.", "{count} rates taken in.", len(found))
    output.show(choices, [_document(o, own) for o in found], told.format(count=len(found)))


@rates.command(help=_("Strike a rate out; documents keep what they took of it."))
@click.argument("day")
@click.argument("currency")
@shared
@pass_choices
def remove(choices: Choices, day: str, currency: str) -> None:
    """Strike a rate out."""
    on = bills.read_day(day)
    with desk(choices) as workspace:
        one, own = workspace.rate_table.remove(currency, on), workspace.rate_table.own
    output.show(choices, _document(one, own), "  ".join(_row(one, own)))


def _listed(listed: Any, own: str) -> list[DayRate]:
    """Give the marketplace's list as rates into the user's own currency."""
    day = listed.at.date() if listed.at else None
    pairs = ((code, listed.ratio(code, own)) for code in sorted(listed.usd) if code != own)
    return [DayRate(code, day, 1, ratio, "marketplace") for code, ratio in pairs if day and ratio]


def _row(one: DayRate, own: str) -> tuple[str, ...]:
    return (one.day.isoformat(), f"{one.unit} {one.currency}", f"{one.rate:f} {own}", one.source)


def _document(one: DayRate, own: str) -> dict[str, Any]:
    return {
        "day": one.day.isoformat(), "currency": one.currency, "unit": one.unit,
        "rate": f"{one.rate:f}", "own": own, "source": one.source or None,
    }  # fmt: skip
