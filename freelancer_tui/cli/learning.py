"""Learning: what the user's own bids tell, printed in figures."""

from datetime import timedelta
from typing import Any

import click

from freelancer_tui import wording
from freelancer_tui.cli import output
from freelancer_tui.cli.options import Choices, shared
from freelancer_tui.cli.workspace import desk, pass_choices
from freelancer_tui.domain.learning import FEW, Figures, Lessons, Rate
from freelancer_tui.i18n import _


@click.command(help=_("Show which of your bids were answered and won, from your own data."))
@shared
@pass_choices
def stats(choices: Choices) -> None:
    """Print every figure with how many bids it rests on."""
    with desk(choices) as workspace:
        lessons = workspace.learning.lessons(workspace.settings.zone)
    rows = [("", _("Bids"), _("Won"), _("Answered"), _("After"))]
    rows.append(_row(_("All bids"), lessons.whole))
    rows += [
        _row(f"{wording.trait(trait)}: {figures.name}", figures)
        for trait, group in lessons.groups.items()
        for figures in group
    ]
    few = _("* rests on fewer than {few}").format(few=FEW)
    lines = f"{output.table(rows)}\n{few}" if lessons.whole.sent else _("No bid was sent yet")
    output.show(choices, _document(lessons), lines)


def _row(name: str, figures: Figures) -> tuple[str, str, str, str, str]:
    wait = _hours(figures.wait)
    after = f"{wait:.0f} h ({figures.waited})" if wait is not None else "-"
    return (
        output.shortened(name, 40),
        str(figures.sent),
        _share(figures.won),
        _share(figures.answered),
        after,
    )


def _share(rate: Rate) -> str:
    if rate.share is None:
        return "-"
    words = _("{share} % of {base}").format(share=round(rate.share * 100), base=rate.base)
    return f"{words} *" if rate.is_thin else words


def _hours(wait: timedelta | None) -> float | None:
    return None if wait is None else wait.total_seconds() / 3600


def _document(lessons: Lessons) -> dict[str, Any]:
    return {
        "all": _figures(lessons.whole),
        "by": {trait: [_figures(one) for one in group] for trait, group in lessons.groups.items()},
        "bids_per_answer": _rounded(lessons.bids_per_answer),
        "bids_per_win": _rounded(lessons.bids_per_win),
        "fees": output.money(lessons.fees),
        "fees_of": lessons.fees_of,
    }


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        "name": figures.name or None,
        "sent": figures.sent,
        "won": {"hits": figures.won.hits, "of": figures.won.base},
        "answered": {"hits": figures.answered.hits, "of": figures.answered.base},
        "hours_to_answer": _rounded(_hours(figures.wait)),
        "hours_to_answer_of": figures.waited,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
