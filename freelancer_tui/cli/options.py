"""Options: those that every command takes, wherever they stand on the line."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import click

from freelancer_tui import i18n
from freelancer_tui.i18n import _

F = TypeVar("F", bound=Callable[..., Any])


REMOTE_ID = click.IntRange(1, 2**63 - 1)
"""An id of the marketplace: a signed 64-bit number at most (wire reference, section 5)."""


@dataclass(slots=True)
class Choices:
    """What the shared options chose; one object for the whole run."""

    json: bool = False
    home: str | None = None
    account: str | None = None
    lang: str | None = None
    debug: bool = False


def _choose(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    """Keep an option's value, unless it was not given here and was given before."""
    name = parameter.name
    choices = context.ensure_object(Choices)
    if value and name:
        setattr(choices, name, value)


def shared(function: F) -> F:
    """Give a command the shared options; they end up in the context's `Choices`."""
    lang = click.Choice(i18n.LANGUAGES)
    return click.option(
        "--lang", type=lang, help=_("Language of all texts."), expose_value=False, callback=_choose
    )(shared_but_lang(function))


def shared_but_lang(function: F) -> F:
    """Give a command the shared options but `--lang`, which it has in a sense of its own."""
    option = partial(click.option, expose_value=False, callback=_choose)
    for add in (
        option("--debug", is_flag=True, help=_("Log more, to the log file.")),
        option("--account", metavar="NAME", help=_("Which account to use.")),
        option("--home", metavar="DIR", help=_("Keep everything in this folder.")),
        option("--json", is_flag=True, help=_("Print one JSON document.")),
    ):
        function = add(function)
    return function
