"""Sandbox: serving a marketplace of our own from the command line."""

import click

from freelancer_tui.cli.options import Choices, shared
from freelancer_tui.cli.workspace import pass_choices
from freelancer_tui.errors import NotAllowed
from freelancer_tui.i18n import _


@click.command(
    help=_("Serve the sandbox marketplace until interrupted; one line tells when it is ready.")
)
@click.option("--host", default="127.0.0.1", show_default=True, help=_("The address to listen on."))
@click.option("--port", type=click.IntRange(0, 65535), default=0, help=_("0 picks a free one."))
@click.option("--data", default=":memory:", metavar="FILE", help=_("Where it keeps its world."))
@click.option(
    "--seed", type=int, default=1, show_default=True, help=_("The same seed, the same world.")
)
@click.option("--projects", type=click.IntRange(0, 1_000_000), default=500, show_default=True)
@click.option("--no-clients", is_flag=True, help=_("Nobody asks, awards or pays by themselves."))
@click.option("--faults", is_flag=True, help=_("Let tests switch faults on over HTTP."))
@click.option("--until-closed", is_flag=True, hidden=True)
@shared
@pass_choices
def sandbox(
    _choices: Choices,
    host: str,
    port: int,
    *,
    data: str,
    seed: int,
    projects: int,
    no_clients: bool,
    faults: bool,
    until_closed: bool,
) -> None:
    """Serve until told to end."""
    from freelancer_tui.sandbox.server import Options, serve

    options = Options(
        host=host,
        port=port,
        data=data,
        seed=seed,
        projects=projects,
        clients=not no_clients,
        faults=faults,
        until_closed=until_closed,
    )
    try:
        serve(options)
    except OSError as error:
        raise NotAllowed(
            _("The sandbox cannot be served at {host}:{port}: {reason}").format(
                host=host, port=port, reason=error.strerror or error
            ),
            hint=_("Choose another address, port or file."),
        ) from error
