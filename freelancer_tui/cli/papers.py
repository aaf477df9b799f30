"""Papers: documents and receipts as PDF files; the group of invoices takes these commands in."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from freelancer_tui import wording
from freelancer_tui.cli import output
from freelancer_tui.cli.options import Choices, shared_but_lang
from freelancer_tui.cli.workspace import desk, pass_choices
from freelancer_tui.domain.einvoices import FORMS, Form
from freelancer_tui.domain.invoices import DocumentLanguage
from freelancer_tui.i18n import _

if TYPE_CHECKING:
    from freelancer_tui.services.papers import Printed

FILE = click.option(
    "-o",
    "--output",
    "file",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=_("Where to write it."),
)
LANGUAGE = click.option(
    "--lang",
    "language",
    type=click.Choice(("id", "en", "both")),
    help=_("Language of the document; without it, that of the client."),
)
FORCE = click.option("--force", is_flag=True, help=_("Replace what is there."))


@click.command(help=_("Write an invoice or credit note as PDF."))
@click.argument("named", metavar="ID")
@FILE
@LANGUAGE
@FORCE
@click.option("--e-invoice", "is_hybrid", is_flag=True, help=_("With its data inside (Factur-X)."))
@shared_but_lang
@pass_choices
def pdf(
    choices: Choices, /, named: str, file: Path, language: DocumentLanguage | None, **options: Any
) -> None:
    """Print a document into a file."""
    force = options["force"]
    with desk(choices) as workspace:
        if options["is_hybrid"]:
            made = workspace.papers.save_einvoice(named, file, "factur-x", language, force=force)
        else:
            made = workspace.papers.save_pdf(named, file, language, force=force)
    _show(choices, made)


@click.command(
    help=_(
        "Write an e-invoice by EN 16931: a PDF with the data inside (Factur-X), or XML (UBL, CII)."
    )
)
@click.argument("named", metavar="ID")
@FILE
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    help=_("Without it, the file's ending chooses: .pdf, .xml (UBL) or .cii.xml."),
)
@LANGUAGE
@FORCE
@shared_but_lang
@pass_choices
def export(choices: Choices, /, named: str, file: Path, form: Form | None, **options: Any) -> None:
    """Write an e-invoice into a file."""
    with desk(choices) as workspace:
        made = workspace.papers.save_einvoice(
            named, file, form, options["language"], force=options["force"]
        )
    _show(choices, made)


@click.command(help=_("Write a receipt (kwitansi) for what was paid as PDF."))
@click.argument("named", metavar="ID")
@FILE
@LANGUAGE
@FORCE
@click.option(
    "--payment",
    type=click.IntRange(1),
    metavar="N",
    help=_("Only for one payment, counted from 1; without it, for all."),
)
@shared_but_lang
@pass_choices
def receipt(
    choices: Choices, /, named: str, file: Path, language: DocumentLanguage | None, **options: Any
) -> None:
    """Print a receipt into a file."""
    place, force = options["payment"] or 0, options["force"]
    with desk(choices) as workspace:
        made = workspace.papers.save_receipt(named, file, language, place, force=force)
    _show(choices, made)


def _show(choices: Choices, made: "Printed") -> None:
    document: dict[str, Any] = {"file": str(made.file.absolute()), "bytes": made.bytes}
    told = _("Written: {file}").format(file=made.file)
    if made.duty is not None:
        document["stamp_duty"] = output.money(made.duty.tariff)
        told += "\n" + _(
            "It bears stamp duty of {tariff} ({source}): stick a meterai on it or add an e-meterai."
        ).format(tariff=wording.money(made.duty.tariff), source=made.duty.source)
    output.show(choices, document, told)
