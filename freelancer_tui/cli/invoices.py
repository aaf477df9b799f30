"""Invoices: our own documents, from the first line to the last payment, from the command line."""

from collections.abc import Callable
from typing import Any, Final, TypeVar, cast, get_args

import click

from freelancer_tui.cli import ahead, bills, output, papers
from freelancer_tui.cli.options import REMOTE_ID, Choices, shared
from freelancer_tui.cli.parties import DAYS, LANGUAGES
from freelancer_tui.cli.texts import read_price
from freelancer_tui.cli.workspace import desk, pass_choices
from freelancer_tui.domain.billing import Client
from freelancer_tui.domain.invoices import Invoice
from freelancer_tui.errors import NotAllowed, NotFound
from freelancer_tui.i18n import _
from freelancer_tui.services.drafting import Wishes
from freelancer_tui.services.invoices import Listed
from freelancer_tui.workspace import Workspace

F = TypeVar("F", bound=Callable[..., Any])
_STATES: Final = get_args(Listed)
NAMED = click.argument("named", metavar="ID")
LINE = click.option(
    "--line", "lines", metavar='"TEXT;QTY;PRICE"', multiple=True, help=_("A line; repeat it.")
)
YEAR = click.option("--year", type=click.IntRange(1970, 9999), help=_("Only of this year."))
_SAID: Final[dict[str, tuple[str, Callable[[str], Any]]]] = {
    "due": ("due_on", bills.read_day),
    "terms": ("terms_days", int),
    "note": ("note", str),
    "po": ("po_number", str),
    "language": ("language", str),
    "period": ("period", bills.read_period),
    "discount": ("discount", bills.read_percent),
}
"""Options that say one thing of a draft each, and what reads it."""


def draft_options(function: F) -> F:
    """Give a command the options that say something of a draft."""
    option = click.option
    for add in (
        option("--discount", metavar="PERCENT", help=_("Off every line.")),
        option(
            "--withholding",
            "withholdings",
            metavar="RULE",
            multiple=True,
            help=_('What the client keeps back: pph21, pph23, "NAME;PERCENT" or none.'),
        ),
        option("--period", metavar="DAY..DAY", help=_("When the work was done.")),
        option("--language", type=click.Choice(LANGUAGES), help=_("Language of the document.")),
        option("--po", metavar="NUMBER", help=_("The client's order number.")),
        option("--note", help=_("A note for the client.")),
        option("--terms", type=DAYS, help=_("Days until money is due.")),
        option("--due", metavar="DATE", help=_("When money is due, such as 2026-12-31.")),
        option("--currency", metavar="CODE", help=_("Three letters, such as IDR or USD.")),
        LINE,
        option("--client", help=_("Who is billed, by name or id.")),
    ):
        function = add(function)
    return function


@click.group(help=_("Write, issue and follow your own invoices."))
@shared
def invoices() -> None:
    """Hold the commands about documents."""


@invoices.command(help=_("Begin a draft: from milestones, from a job, or from lines."))
@click.option("--milestone", "milestones", type=REMOTE_ID, metavar="ID", multiple=True,
              help=_("A milestone to bill; repeat it."))  # fmt: skip
@click.option("--project", type=REMOTE_ID, metavar="ID", help=_("A job whose bid is billed."))
@draft_options
@shared
@pass_choices
def new(
    choices: Choices, /, milestones: tuple[int, ...], project: int | None, **options: Any
) -> None:
    """Begin a draft."""
    if milestones and project is not None:
        raise click.UsageError(_("Give milestones or a job, not both."))
    with desk(choices) as workspace:
        verbs = workspace.invoices
        wishes = wishes_of(workspace, None, options)
        if milestones or project is not None:
            lines = wishes.pop("lines", ())
            begun = (
                verbs.from_milestones(milestones, **wishes)
                if project is None
                else verbs.from_project(project, **wishes)
            )
            one = verbs.edit(begun.id, lines=(*begun.lines, *lines)) if lines else begun
        else:
            one = verbs.new(**wishes)
    show_bill(choices, one)


@invoices.command(help=_("Change a draft; --line puts new lines in the place of all before."))
@NAMED
@draft_options
@shared
@pass_choices
def edit(choices: Choices, /, named: str, **options: Any) -> None:
    """Change a draft."""
    with desk(choices) as workspace:
        before = workspace.invoices.show(named)
        one = workspace.invoices.edit(named, **wishes_of(workspace, before, options))
    show_bill(choices, one)


@invoices.command(help=_("Begin a draft with the client and the lines of another document."))
@NAMED
@shared
@pass_choices
def duplicate(choices: Choices, named: str) -> None:
    """Begin a draft like another."""
    with desk(choices) as workspace:
        one = workspace.invoices.duplicate(named)
    show_bill(choices, one)


@invoices.command(help=_("Give a draft its number; from then on it stays as it is."))
@NAMED
@click.option("--on", metavar="DATE", help=_("The day of issue; without it, today."))
@click.option("--rate", help=_("What one unit is worth in your own currency."))
@shared
@pass_choices
def issue(choices: Choices, named: str, on: str | None, rate: str | None) -> None:
    """Issue a document."""
    day = bills.read_day(on) if on is not None else None
    by_hand = bills.read_rate(rate) if rate is not None else None
    with desk(choices) as workspace:
        one = workspace.invoices.issue(named, day, by_hand)
    show_bill(choices, one)


@invoices.command(help=_("Write money down that came, or that you paid back for a credit note."))
@NAMED
@click.option("--amount", required=True, help=_("In the document's currency: 250, 1.250.000."))
@click.option("--on", required=True, metavar="DATE", help=_("The day on which it came."))
@click.option("--note", default="", help=_("How it came."))
@click.option("--over", is_flag=True, help=_("Yes, it is more than what is open."))
@shared
@pass_choices
def pay(choices: Choices, /, named: str, amount: str, on: str, **options: Any) -> None:
    """Write a payment down."""
    day = bills.read_day(on)
    with desk(choices) as workspace:
        price = read_price(amount, workspace.invoices.show(named).currency)
        one = workspace.invoices.pay(named, price, day, options["note"], is_more=options["over"])
    show_bill(choices, one)


@invoices.command(help=_("Keep the slip that a client gave for tax that was withheld."))
@NAMED
@click.option("--number", required=True, help=_("The slip's number."))
@click.option("--on", required=True, metavar="DATE", help=_("The slip's day."))
@click.option("--for", "name", default="", metavar="TAX", help=_("Which tax, where there are two."))
@shared
@pass_choices
def slip(choices: Choices, named: str, number: str, on: str, name: str) -> None:
    """Keep a slip."""
    day = bills.read_day(on)
    with desk(choices) as workspace:
        one = workspace.invoices.slip(named, number, day, name)
    show_bill(choices, one)


@invoices.command(help=_("Let a document count no more; its number stays used."))
@NAMED
@click.option("--reason", help=_("Why; it is kept with the document."))
@shared
@pass_choices
def void(choices: Choices, named: str, reason: str | None) -> None:
    """Void a document."""
    with desk(choices) as workspace:
        why = _("no reason given") if reason is None else reason
        one = workspace.invoices.void(named, why)
    show_bill(choices, one)


@invoices.command(help=_("Begin a credit note that takes an invoice back, or some of it."))
@NAMED
@LINE
@shared
@pass_choices
def credit(choices: Choices, named: str, lines: tuple[str, ...]) -> None:
    """Begin a credit note."""
    with desk(choices) as workspace:
        currency = workspace.invoices.show(named).currency
        read = [bills.read_line(line, currency) for line in lines] if lines else None
        one = workspace.invoices.credit(named, read)
    show_bill(choices, one)


@invoices.command(help=_("Throw a draft away; what was issued can only be void."))
@NAMED
@shared
@pass_choices
def remove(choices: Choices, named: str) -> None:
    """Throw a draft away."""
    with desk(choices) as workspace:
        gone = workspace.invoices.remove(named)
    output.show(choices, bills.document(gone), _("Deleted: {name}").format(name=gone.id))


@invoices.command(name="list", help=_("List documents, what changed last first."))
@click.option("--state", type=click.Choice(_STATES), help=_("Only in this state."))
@click.option("--client", default="", help=_("Only of this client, by name or id."))
@YEAR
@click.option("--limit", type=click.IntRange(1, 10_000), default=500, show_default=True)
@shared
@pass_choices
def list_(
    choices: Choices, state: Listed | None, client: str, year: int | None, limit: int
) -> None:
    """List documents."""
    with desk(choices) as workspace:
        found = workspace.invoices.list(state, client, year, limit)
        rows = [bills.document(workspace.invoices.show(one.id)) for one in found if choices.json]
    empty = _("No documents. Begin one with: freelancer-tui invoices new --client NAME")
    output.show(choices, rows, output.table([bills.row(one) for one in found]) or empty)


@invoices.command(help=_("Show a document with its lines and payments, by its id or number."))
@NAMED
@shared
@pass_choices
def show(choices: Choices, named: str) -> None:
    """Show a document."""
    with desk(choices) as workspace:
        one = workspace.invoices.show(named)
    show_bill(choices, one)


def wishes_of(workspace: Workspace, before: Invoice | None, options: dict[str, Any]) -> Wishes:
    """Read what the options say of a draft; nothing is written before all of it could be read."""
    said: dict[str, Any] = {
        field: read(options[name])
        for name, (field, read) in _SAID.items()
        if options[name] is not None
    }
    currency = before.currency if before else workspace.exchange.own
    if options["client"] is not None:
        client = _client(workspace, options["client"])
        said["client_id"] = client.id
        if not (before and before.lines):  # amounts that stand there do not change their currency
            currency = client.currency or currency
    if options["currency"] is not None:
        currency = said["currency"] = bills.read_currency(options["currency"])
    if options["lines"]:
        said["lines"] = [bills.read_line(line, currency) for line in options["lines"]]
    if options["withholdings"]:
        rules = workspace.invoices.withholding_rules()
        said["withholdings"] = bills.read_withholdings(options["withholdings"], rules)
    return cast(Wishes, said)


def _client(workspace: Workspace, named: str) -> Client:
    try:
        return workspace.clients.find(named)
    except NotFound as error:
        raise NotAllowed(
            str(error), hint=_("Add them first: freelancer-tui clients add NAME")
        ) from None


def show_bill(choices: Choices, one: Invoice) -> None:
    """Show a document."""
    output.show(choices, bills.document(one), bills.lines(one))


for command in (
    papers.pdf, papers.export, papers.receipt, ahead.deposit, ahead.deduct, ahead.repeat,
    ahead.repeats, ahead.remind,
):  # fmt: skip
    invoices.add_command(command)
