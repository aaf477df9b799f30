"""Jobs: searching, reading and marking them from the command line."""

from collections.abc import Iterable
from typing import Any

import click

from freelancer_tui import wording
from freelancer_tui.cli import judged, output
from freelancer_tui.cli import query as query_words
from freelancer_tui.cli.options import REMOTE_ID, Choices, shared
from freelancer_tui.cli.workspace import desk, pass_choices
from freelancer_tui.domain.counts import counted
from freelancer_tui.domain.people import Person
from freelancer_tui.domain.projects import Project, ProjectSummary, ProjectView, Verdict
from freelancer_tui.i18n import _

SIGNS: dict[Verdict | None, str] = {"star": "*", "skip": "-", None: " "}


@click.group(help=_("Search, read and mark the jobs that are here; all of it works offline."))
@shared
def jobs() -> None:
    """Hold the commands about jobs."""


@jobs.command(
    help=query_words.described(),
    # `-php` is a word that must not be there, and no row of options; so -h alone asks for help.
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},
)
@click.argument("query", nargs=-1)
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@click.option("--saved", metavar="NAME", help=_("Look for what a saved search looks for."))
@shared
@pass_choices
def search(choices: Choices, query: tuple[str, ...], limit: int, saved: str | None) -> None:
    """List what is found in the cache."""
    if query == ("-h",):
        return click.echo(click.get_current_context().get_help())
    if strange := next((word for word in query if word.startswith("--")), None):
        raise click.NoSuchOption(strange)
    with desk(choices) as workspace:
        if saved is not None:
            kept = workspace.searches.find(saved)
            workspace.searches.visit(kept)
            query = (kept.query, *query)
        text = query_words.typed(query)
        found = workspace.projects.search(text, limit=limit)
        query_words.tell(workspace.projects, text, is_empty=not found)
        now = workspace.clock()
    lines = output.table(
        [
            (
                SIGNS[one.verdict],
                one.remote_id,
                wording.age(one.posted_at, now),
                wording.budget(one.budget, one.kind),
                _titled(one),
            )
            for one in found
        ]
    )
    output.show(choices, [_summary(one) for one in found], lines)


@jobs.command(help=_("Show one job with its whole text and its client."))
@click.argument("remote_id", type=REMOTE_ID)
@shared
@pass_choices
def show(choices: Choices, remote_id: int) -> None:
    """Print all that is known about one job."""
    with desk(choices) as workspace:
        view = workspace.projects.show(remote_id)
        judgement = workspace.judging.judge(view)
    document = {**_whole(view), **judged.document(judgement)}
    output.show(choices, document, f"{_text(view)}\n\n{judged.text(judgement)}")


@jobs.command(help=_("Star a job, skip it, or clear its mark."))
@click.argument("remote_id", type=REMOTE_ID)
@click.argument("mark", type=click.Choice(["star", "skip", "clear"]))
@shared
@pass_choices
def mark(choices: Choices, remote_id: int, mark: str) -> None:
    """Set the user's mark."""
    verdicts: dict[str, Verdict | None] = {"star": "star", "skip": "skip", "clear": None}
    with desk(choices) as workspace:
        workspace.projects.mark(remote_id, verdicts[mark])
        view = workspace.projects.show(remote_id)
    output.show(choices, _whole(view), f"{SIGNS[view.verdict]} {view.project.title}")


@jobs.command(help=_("Keep a note on a job, in place of the one before; without TEXT, drop it."))
@click.argument("remote_id", type=REMOTE_ID)
@click.argument("text", nargs=-1)
@shared
@pass_choices
def note(choices: Choices, remote_id: int, text: tuple[str, ...]) -> None:
    """Write down what the user thinks of a job."""
    with desk(choices) as workspace:
        workspace.projects.show(remote_id)
        workspace.triage.note(remote_id, " ".join(text))
        view = workspace.projects.show(remote_id)
    output.show(choices, _whole(view), view.note or _("There is no note on this job."))


@jobs.command(help=_("Count jobs as seen: the ones named, or all that are here."))
@click.argument("remote_ids", type=REMOTE_ID, nargs=-1)
@shared
@pass_choices
def seen(choices: Choices, remote_ids: tuple[int, ...]) -> None:
    """Let jobs be new no longer."""
    with desk(choices) as workspace:
        if remote_ids:
            for remote_id in remote_ids:
                workspace.triage.look(remote_id)
        else:
            workspace.triage.see_all()
        left = workspace.triage.count_new()
    output.show(choices, {"new": left}, _("{count} new").format(count=counted(left)))


def _titled(one: ProjectSummary) -> str:
    """Give the title, and what became of a job that takes no bids any more."""
    title = output.shortened(one.title, 70)
    return title if one.status == "open" else f"{title} · {wording.status(one.status)}"


def _summary(one: ProjectSummary) -> dict[str, Any]:
    return {**_facts(one, one.skills, one.verdict), "noted": one.is_noted, "new": one.is_new}


def _facts(
    one: ProjectSummary | Project, skills: Iterable[str], verdict: Verdict | None
) -> dict[str, Any]:
    """Give what a list and a single job have in common."""
    return {
        "remote_id": one.remote_id,
        "title": one.title,
        "url": one.url,
        "type": one.kind,
        "budget": _budget(one),
        "bid_count": one.bid_count,
        "skills": list(skills),
        "country": one.country,
        "posted_at": output.moment(one.posted_at),
        "status": one.status,
        "verdict": verdict,
    }


def _budget(one: ProjectSummary | Project) -> dict[str, str | None]:
    least, most = one.budget.minimum, one.budget.maximum
    return {
        "minimum": None if least is None else str(least.amount),
        "maximum": None if most is None else str(most.amount),
        "currency": one.budget.currency,
    }


def _whole(view: ProjectView) -> dict[str, Any]:
    one = view.project
    return {
        **_facts(one, [skill.name for skill in one.skills], view.verdict),
        "bid_average": output.money(one.bid_average),
        "updated_at": output.moment(one.updated_at),
        "language": one.language,
        "traits": list(one.traits),
        "description": _brief(one),
        "note": view.note,
        "noted": bool(view.note),
        "new": view.is_new,
        "client": None if view.client is None else _client(view.client),
    }


def _brief(one: Project) -> str:
    return one.description if one.description is not None else one.preview


def _client(person: Person) -> dict[str, Any]:
    fame = person.employer_reputation
    return {
        "remote_id": person.remote_id,
        "username": person.username,
        "name": person.name,
        "country": person.country,
        "city": person.city,
        "timezone": person.timezone,
        "payment_verified": person.payment_verified,
        "rating": str(fame.overall) if fame and fame.overall is not None else None,
        "reviews": fame.reviews if fame else None,
        "registered_at": output.moment(person.registered_at),
    }


def _text(view: ProjectView) -> str:
    one = view.project
    facts = [
        wording.budget(one.budget, one.kind),
        wording.fate(one.status),
        _("{count} bids").format(count=one.bid_count),
        wording.moment(one.posted_at),
        one.country,
    ]
    head = [one.title, "  ·  ".join(fact for fact in facts if fact)]
    head.append(", ".join(skill.name for skill in one.skills))
    if view.client is not None:
        head.append(_("Client: {name}").format(name=_named(view.client)))
    head.append(one.url)
    return "\n".join(line for line in head if line) + "\n\n" + _brief(one)


def _named(person: Person) -> str:
    fame = person.employer_reputation
    parts = [person.name, person.city, person.country]
    if fame and fame.overall is not None:
        parts.append(
            _("{rating} of 5, {count} reviews").format(rating=fame.overall, count=fame.reviews)
        )
    if person.payment_verified:
        parts.append(_("payment verified"))
    return ", ".join(part for part in parts if part)
