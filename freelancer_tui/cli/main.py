"""Main: the program itself, from arguments to an exit code."""

import io
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, Final

import click

from freelancer_tui import __version__, i18n
from freelancer_tui.cli import output
from freelancer_tui.cli.failures import PROGRAM, explain
from freelancer_tui.cli.options import Choices, shared
from freelancer_tui.i18n import N_, _

COMMANDS: Final = {
    "demo": N_("Try everything: a marketplace on this machine, no account, no network"),
    "sandbox": N_("Serve the sandbox marketplace until interrupted"),
    "account": N_("Add, list, check and remove accounts"),
    "sync": N_("Send what waits and bring in what is new"),
    "jobs": N_("Search the jobs that are here, offline too"),
    "searches": N_("Save, list and remove searches that have a name"),
    "proposals": N_("Draft, submit and follow proposals"),
    "templates": N_("List, export and import templates and snippets"),
    "messages": N_("Read conversations and queue replies"),
    "milestones": N_("See where the money of each project is"),
    "invoices": N_("Write, issue and follow your own invoices"),
    "quotes": N_("Make quotes, and bill those that are accepted"),
    "rates": N_("Keep what currencies are worth, for documents"),
    "clients": N_("Keep the clients whom you bill"),
    "seller": N_("Say who you are on invoices, and how you are paid"),
    "outbox": N_("See and settle what waits to be sent"),
    "export": N_("Write all that you made as plain files"),
    "backup": N_("Copy all that you made into one file"),
    "restore": N_("Put a backup back, or add what is missing here"),
    "doctor": N_("Check the store, keyring, network, clock and terminal"),
}


@contextmanager
def _while_read() -> Iterator[None]:
    """Let a command end well where its reader has seen enough; click would call it a fault."""
    try:
        yield
    except BrokenPipeError:
        output.discard()
        raise click.exceptions.Exit(0) from None


class _Program(click.Group):
    """The commands by name; the module of one is loaded when it is asked for."""

    def make_context(self, *arguments: Any, **more: Any) -> click.Context:
        with _while_read():  # help and version are told here
            return super().make_context(*arguments, **more)

    def invoke(self, ctx: click.Context) -> Any:
        with _while_read():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found = getattr(import_module(f"freelancer_tui.cli.{cmd_name}"), cmd_name)
        assert isinstance(found, click.Command)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(words)) for name, words in COMMANDS.items()])


def program() -> click.Group:
    """Give the program in the language in use: its help is written when it is built."""

    @click.group(
        cls=_Program,
        invoke_without_command=True,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        help=_("Find jobs, write proposals, talk with clients and see your money, offline first."),
        epilog=_("Without a command it opens the workspace."),
    )
    @click.option(
        "--version",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_tell_version,
        help=_("Show the version and exit."),
    )
    @shared
    @click.pass_context
    def group(context: click.Context) -> None:
        if context.invoked_subcommand is None:
            from freelancer_tui.cli.welcome import open_tui

            context.exit(open_tui(context.ensure_object(Choices)))

    return group


def _tell_version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        told = f"{PROGRAM}, version {__version__}"
        output.show(context.ensure_object(Choices), {"version": __version__}, told)
        context.exit()


def run(arguments: list[str]) -> int:
    """Run one command and give its exit code; every failure ends in a sentence."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by the shell: nobody wants to read it
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    i18n.use(i18n.preferred(_language_in(arguments)))
    choices = Choices(
        json="--json" in arguments, account=os.environ.get("FREELANCER_TUI_ACCOUNT") or None
    )
    try:
        ended = program().main(arguments, prog_name=PROGRAM, standalone_mode=False, obj=choices)
    except (KeyboardInterrupt, click.Abort):
        return 130
    except Exception as error:  # the edge of the program: nothing may end in a bare traceback
        return explain(error, choices)
    finally:
        logging.shutdown()
    return ended if isinstance(ended, int) else 0


def _language_in(arguments: list[str]) -> str | None:
    """Find `--lang` before anything is parsed: help and mistakes are told in it too."""
    for place, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
        if argument == "--lang" and place + 1 < len(arguments):
            return arguments[place + 1]
    return None
