"""Templates: listing them, and copying them out of and into plain files."""

from pathlib import Path
from typing import Any

import click

from freelancer_tui.cli import output
from freelancer_tui.cli.options import Choices, shared
from freelancer_tui.cli.workspace import desk, pass_choices
from freelancer_tui.domain.templates import LANGUAGES, Template
from freelancer_tui.i18n import _, ngettext

FOLDER = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))


@click.group(help=_("List, export and import templates and snippets."))
@shared
def templates() -> None:
    """Hold the commands about templates."""


@templates.command(name="list", help=_("List templates and snippets, by name."))
@shared
@pass_choices
def list_(choices: Choices) -> None:
    """List templates."""
    with desk(choices) as workspace:
        found = workspace.templates.all()
    lines = output.table(
        [
            (
                one.id,
                one.kind,
                " ".join(code if one.text(code).strip() else "  " for code in LANGUAGES),
                output.shortened(one.name, 60),
            )
            for one in found
        ]
    )
    empty = _(
        "No templates yet. Write one with F2 in a proposal, or: freelancer-tui templates import"
    )
    output.show(choices, [_document(one) for one in found], lines or empty)


@templates.command(help=_("Show a template with its texts, by its name or id."))
@click.argument("named", metavar="TEMPLATE")
@shared
@pass_choices
def show(choices: Choices, named: str) -> None:
    """Print a template."""
    with desk(choices) as workspace:
        one = workspace.templates.find(named)
    texts = [f"[{code}]\n{one.text(code)}" for code in LANGUAGES if one.text(code)]
    output.show(choices, _document(one), "\n\n".join((f"{one.id}  {one.name}", *texts)))


@templates.command(help=_("Delete a template; offers that began from it keep its name."))
@click.argument("named", metavar="TEMPLATE")
@shared
@pass_choices
def remove(choices: Choices, named: str) -> None:
    """Delete a template."""
    with desk(choices) as workspace:
        gone = workspace.templates.remove(workspace.templates.find(named).id)
    output.show(choices, _document(gone), _("Deleted: {name}").format(name=gone.name))


@templates.command(name="export", help=_("Write each template into DIR, a file for a language."))
@FOLDER
@shared
@pass_choices
def export(choices: Choices, folder: Path) -> None:
    """Copy templates out."""
    from freelancer_tui.services.template_folder import copy_out

    with desk(choices) as workspace:
        files = [str(path) for path in copy_out(workspace.templates.all(), folder)]
    written = ngettext("{count} file written.", "{count} files written.", len(files))
    output.show(choices, {"files": files}, written.format(count=len(files)))


@templates.command(name="import", help=_("Take in the .md and .txt files of DIR, by their names."))
@FOLDER
@shared
@pass_choices
def import_(choices: Choices, folder: Path) -> None:
    """Copy templates in."""
    from freelancer_tui.services.template_folder import copy_in

    with desk(choices) as workspace:
        taken = copy_in(workspace.templates, folder)
    told = _("{changed} new or changed, {same} as they were.").format(
        changed=taken.changed, same=taken.same
    )
    if taken.refused:
        told += "\n" + _("Not taken in: {files}").format(files=", ".join(taken.refused))
    document = {"changed": taken.changed, "same": taken.same, "refused": list(taken.refused)}
    output.show(choices, document, told)


def _document(one: Template) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "kind": one.kind,
        "texts": {code: one.text(code) for code in LANGUAGES if one.text(code)},
        "updated_at": output.moment(one.updated_at),
    }
