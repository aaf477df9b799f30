"""Proposals: drafting, submitting and following offers from the command line."""

from dataclasses import replace
from typing import Any, Literal, cast, get_args

import click

from freelancer_tui import wording
from freelancer_tui.cli import output
from freelancer_tui.cli.learning import stats
from freelancer_tui.cli.options import REMOTE_ID, Choices, shared
from freelancer_tui.cli.texts import read_price, read_text
from freelancer_tui.cli.workspace import desk, pass_choices
from freelancer_tui.domain.drafts import Version, thread_of
from freelancer_tui.domain.intents import EditBid
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.proposals import MOST_DAYS, Proposal, ProposalView, Standing
from freelancer_tui.domain.templates import LANGUAGES, open_holes
from freelancer_tui.errors import NotFound
from freelancer_tui.i18n import _
from freelancer_tui.workspace import Workspace

TEXT_FILE = click.option(
    "--text-file", metavar="FILE", help=_("Read the text from a file; - is standard input.")
)
DAYS = click.IntRange(1, MOST_DAYS)


@click.group(help=_("Draft, submit and follow proposals; none of it waits for the network."))
@shared
def proposals() -> None:
    """Hold the commands about proposals."""


proposals.add_command(stats)


@proposals.command(help=_("Write a draft for a job, or change the one there is."))
@click.argument("remote_id", type=REMOTE_ID)
@click.option("--amount", required=True, help=_("In the job's currency: 250, 1.250.000, 1,5jt"))
@click.option("--days", required=True, type=DAYS, help=_("Days until it is done."))
@TEXT_FILE
@click.option("--template", metavar="T", help=_("Begin with a template, by its name or id."))
@click.option(
    "--template-lang", type=click.Choice(LANGUAGES), help=_("Language of the template's text.")
)
@shared
@pass_choices
def draft(choices: Choices, /, remote_id: int, amount: str, days: int, **words: str | None) -> None:
    """Keep a draft."""
    text = read_text(file) if (file := words["text_file"]) else None
    named = words["template"]
    if text is not None and named is not None:
        raise click.UsageError(_("Give a text or a template, not both."))
    with desk(choices) as workspace:
        template = workspace.templates.find(named) if named is not None else None
        currency = workspace.projects.show(remote_id).project.budget.currency
        price = read_price(amount, currency)
        kept = workspace.proposals.draft(remote_id)
        _change(workspace, kept.id, price, days, text)
        if template is not None:
            spoken = words["template_lang"] or workspace.templates.language_for(kept.id)
            spoken = template.nearest("id" if spoken == "id" else "en")
            workspace.templates.put_in(kept.id, template, spoken)
        view = workspace.proposals.show(kept.id)
    _show(choices, view)


@proposals.command(help=_("Change a draft, a refused proposal, or a bid that is placed."))
@click.argument("proposal_id", metavar="ID")
@click.option("--amount", help=_("In the job's currency: 250, 1.250.000, 1,5jt"))
@click.option("--days", type=DAYS, help=_("Days until it is done."))
@TEXT_FILE
@shared
@pass_choices
def edit(
    choices: Choices, proposal_id: str, amount: str | None, days: int | None, text_file: str | None
) -> None:
    """Change what is given and leave the rest; a change of a placed bid waits in the outbox."""
    text = read_text(text_file) if text_file else None
    with desk(choices) as workspace:
        view = workspace.proposals.show(proposal_id)
        price = None if amount is None else read_price(amount, view.proposal.currency)
        if view.proposal.state == "placed":
            view = _change_bid(workspace, view, price, days, text)
        else:
            _change(workspace, proposal_id, price, days, text)
            view = workspace.proposals.show(proposal_id)
    _show(choices, view)


def _queueing(verb: Literal["submit", "withdraw", "accept", "decline"], told: str) -> None:
    """Add a command that queues something about one proposal, and shows how that then stands."""

    @proposals.command(name=verb, help=told)
    @click.argument("proposal_id", metavar="ID")
    @shared
    @pass_choices
    def queue(choices: Choices, proposal_id: str) -> None:
        with desk(choices) as workspace:
            placed = workspace.proposals.placed
            verbs = {
                "submit": workspace.proposals.submit,
                "withdraw": placed.withdraw,
                "accept": placed.accept,
                "decline": placed.decline,
            }
            view = verbs[verb](proposal_id)
        _show(choices, view)


_queueing("submit", _("Queue a proposal; the next sync sends it. Problems are listed."))
_queueing("withdraw", _("Withdraw a bid; one that still waits becomes a draft again."))
_queueing("accept", _("Accept an award: the work begins, and the marketplace takes its fee."))
_queueing("decline", _("Decline an award: the client can choose somebody else."))


@proposals.command(name="list", help=_("List proposals, and bids placed elsewhere."))
@click.option("--state", type=click.Choice(get_args(Standing)), help=_("Only those in a state."))
@click.option("--discarded", is_flag=True, help=_("Only drafts thrown away; restore brings back."))
@click.option("--limit", type=click.IntRange(1, 10_000), default=500, show_default=True)
@shared
@pass_choices
def list_(choices: Choices, state: str | None, discarded: bool, limit: int) -> None:
    """List how each proposal stands."""
    if discarded and state is not None:
        raise click.UsageError(_("A discarded draft is in no state: leave --state out."))
    if discarded:
        return _list_discarded(choices, limit)
    with desk(choices) as workspace:
        views = workspace.proposals.board(cast(Standing | None, state), limit)
    lines = output.table(
        [
            (
                view.proposal.id,
                wording.conflict(view.conflict)
                if view.conflict
                else wording.standing(view.standing),
                wording.money(price) if (price := view.offered.price) else "-",
                output.shortened(_title(view), 60),
            )
            for view in views
        ]
    )
    empty = _("No proposals yet. Begin one with: freelancer-tui proposals draft")
    if state is not None:
        told = _("No proposal stands so: {standing}.")
        empty = told.format(standing=wording.standing(cast(Standing, state)).lower())
    output.show(choices, [_document(view) for view in views], lines or empty)


@proposals.command(help=_("Show one proposal with its text."))
@click.argument("proposal_id", metavar="ID")
@shared
@pass_choices
def show(choices: Choices, proposal_id: str) -> None:
    """Print a proposal."""
    with desk(choices) as workspace:
        view = workspace.proposals.show(proposal_id)
    _show(choices, view)


@proposals.command(help=_("Throw a draft away; restore brings it back."))
@click.argument("proposal_id", metavar="ID")
@shared
@pass_choices
def discard(choices: Choices, proposal_id: str) -> None:
    """Take a draft, or a refused proposal, off the board."""
    with desk(choices) as workspace:
        gone = workspace.proposals.discard(proposal_id)
    told = _("Thrown away. Bring it back with: freelancer-tui proposals restore {id}")
    output.show(choices, _discarded(gone), told.format(id=gone.id))


@proposals.command(help=_("List what a proposal said before, the newest first."))
@click.argument("proposal_id", metavar="ID")
@shared
@pass_choices
def versions(choices: Choices, proposal_id: str) -> None:
    """List the versions of a proposal, also of a discarded one."""
    _refuse_reply(proposal_id)
    with desk(choices) as workspace:
        past = workspace.history.of(proposal_id)
        zone = workspace.settings.zone
    lines = output.table(
        [
            (
                version.number,
                f"{version.made_at.astimezone(zone):%Y-%m-%d %H:%M}",
                wording.words(version.said.text),
                wording.money(price) if (price := version.said.price) else "-",
                output.shortened(" ".join(version.said.text.split()), 50),
            )
            for version in past.versions
        ]
    )
    empty = _("No earlier version is kept yet.")
    output.show(choices, [_version(version) for version in past.versions], lines or empty)


@proposals.command(help=_("Put a version in place of the present text, or a discarded draft back."))
@click.argument("proposal_id", metavar="ID")
@click.argument("version", type=click.IntRange(1), required=False)
@shared
@pass_choices
def restore(choices: Choices, proposal_id: str, version: int | None) -> None:
    """Restore a version; the present text becomes a version first."""
    _refuse_reply(proposal_id)
    with desk(choices) as workspace:
        try:
            workspace.history.restore(proposal_id, version)
        except NotFound as error:
            error.hint = error.hint or _("See them with: freelancer-tui proposals versions ID")
            raise
        view = workspace.proposals.show(proposal_id)
    _show(choices, view)


def _list_discarded(choices: Choices, limit: int) -> None:
    with desk(choices) as workspace:
        sheets = workspace.proposals.discarded(limit)
    lines = output.table(
        [
            (
                sheet.id,
                wording.money(sheet.price) if sheet.price else "-",
                output.shortened(" ".join(sheet.text.split()), 60),
            )
            for sheet in sheets
        ]
    )
    documents = [_discarded(sheet) for sheet in sheets]
    output.show(choices, documents, lines or _("No draft was discarded."))


def _discarded(sheet: Proposal) -> dict[str, Any]:
    return {**_document(ProposalView(sheet, "draft")), "state": "discarded"}


def _refuse_reply(proposal_id: str) -> None:
    """Refuse the name of a reply, which has versions of the same kind but no proposal."""
    if thread_of(proposal_id) is not None:
        raise NotFound(_("There is no proposal {id} here.").format(id=proposal_id))


def _version(version: Version) -> dict[str, Any]:
    said = version.said
    return {
        "version": version.number,
        "made_at": output.moment(version.made_at),
        "amount": output.money(said.price),
        "days": said.days,
        "text": said.text,
    }


def _change(
    workspace: Workspace, proposal_id: str, price: Money | None, days: int | None, text: str | None
) -> None:
    from freelancer_tui.services.proposals import KEEP

    workspace.proposals.save(
        proposal_id,
        price=KEEP if price is None else price,
        days=KEEP if days is None else days,
        text=KEEP if text is None else text,
    )


def _change_bid(
    workspace: Workspace,
    view: ProposalView,
    price: Money | None,
    days: int | None,
    text: str | None,
) -> ProposalView:
    from freelancer_tui.services.placed import current

    offer = current(view)
    changed = replace(
        offer,
        price=offer.price if price is None else price,
        days=offer.days if days is None else days,
        text=offer.text if text is None else text,
    )
    return workspace.proposals.placed.change(view.proposal.id, changed)


def _title(view: ProposalView) -> str:
    return view.project.title if view.project else str(view.proposal.project_remote_id)


def _show(choices: Choices, view: ProposalView) -> None:
    sheet = view.offered
    facts = [
        sheet.id,
        wording.standing(view.standing),
        wording.money(sheet.price) if sheet.price else "",
        wording.days(sheet.days) if sheet.days else "",
        _title(view),
    ]
    lines = "  ".join(fact for fact in facts if fact)
    if view.entry and view.standing != view.entry.state:
        lines += f"\n{wording.intent(view.entry.name)}: {wording.outbox_state(view.entry)}"
        if change := _change_of(view):
            lines += f"  {wording.money(change.amount)}  {wording.days(change.days)}"
    if reason := _reason(view):
        lines += "\n" + reason
    if view.conflict:
        lines += "\n" + wording.conflict_told(view.conflict)
    output.show(choices, _document(view), f"{lines}\n\n{sheet.text}".strip())


def _change_of(view: ProposalView) -> EditBid | None:
    """Give the change of a placed bid that is not there yet."""
    intent = view.entry.intent if view.entry else None
    return intent if isinstance(intent, EditBid) else None


def _reason(view: ProposalView) -> str:
    """Say why it is not as the user wished; a bid placed elsewhere has only its outbox entry."""
    told = view.proposal.refusal or (view.entry.reason if view.entry else "")
    return _(told) if told else ""


def _document(view: ProposalView) -> dict[str, Any]:
    """Give a proposal as JSON has it; once it is placed, what the marketplace holds counts."""
    sheet, entry, change = view.offered, view.entry, _change_of(view)
    return {
        "id": sheet.id,
        "state": view.standing,
        "project_remote_id": sheet.project_remote_id,
        "title": view.project.title if view.project else None,
        "amount": output.money(sheet.price),
        "days": sheet.days,
        "text": sheet.text,
        "own_text": view.proposal.text if sheet.text != view.proposal.text else None,
        "remote_id": sheet.bid_remote_id,
        "reason_code": sheet.refusal_code or (entry.reason_code if entry else "") or None,
        "reason": _reason(view) or None,
        "outbox": {"intent": entry.name, "state": entry.state} if entry else None,
        "change": {
            "amount": output.money(change.amount),
            "days": change.days,
            "text": change.text,
        }
        if change
        else None,
        "conflict": view.conflict,
        "template": _template(sheet),
        "holes": list(open_holes(sheet.text, sheet.holes)),
        "updated_at": output.moment(sheet.updated_at),
    }


def _template(sheet: Proposal) -> dict[str, str] | None:
    """Give the template that an offer began from; it may be deleted by now."""
    if not sheet.template_name:
        return None
    return {"id": sheet.template_id, "name": sheet.template_name}
