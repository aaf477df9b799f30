"""Misuse: what is wrong with a command line, in the user's language."""

from collections.abc import Sequence

import click

from freelancer_tui.i18n import _


def told(error: click.ClickException) -> str:
    """Say what is wrong, and what comes nearest to a name that is none."""
    match error:
        case click.exceptions.NoArgsIsHelpError():
            return _("Say which command.")
        case click.UsageError() if command := getattr(error, "command_name", ""):
            words = _("There is no command {name}.").format(name=command)
            return _nearest(words, getattr(error, "possibilities", None) or ())
        case click.exceptions.NoSuchOption():
            words = _("There is no option {name}.").format(name=error.option_name)
            return _nearest(words, error.possibilities or ())
        case click.exceptions.MissingParameter() if error.param is not None and not error.message:
            name = error.param.get_error_hint(error.ctx) if error.ctx else error.param.name
            return _("{name} is missing.").format(name=str(name).strip("'"))
        case _:
            return error.format_message()


def _nearest(words: str, names: Sequence[str]) -> str:
    if not names:
        return words
    return f"{words} " + _("Did you mean {name}?").format(name=", ".join(names))
