"""Templates: texts to begin an offer with, pieces to put into one, and copies of them as files."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from freelancer_tui.domain.drafts import Place, inserted
from freelancer_tui.domain.messages import ThreadView
from freelancer_tui.domain.people import Person, Profile
from freelancer_tui.domain.projects import Project
from freelancer_tui.domain.proposals import Proposal
from freelancer_tui.domain.template_files import MOST_NAME
from freelancer_tui.domain.templates import (
    Facts,
    Filled,
    Kind,
    Language,
    Template,
    fill,
    language_of,
    refill,
)
from freelancer_tui.domain.text import clean, one_line
from freelancer_tui.errors import NotAllowed, NotFound
from freelancer_tui.i18n import _
from freelancer_tui.services.proposals import Proposals
from freelancer_tui.store.cache import people, projects
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.work import proposals, templates
from freelancer_tui.store.work.database import Session, WorkDatabase


class Templates:
    """The user's verbs for templates and snippets."""

    def __init__(
        self,
        cache: CacheDatabase,
        work: WorkDatabase,
        proposals: Proposals,
        clock: Callable[[], datetime],
        mint: Callable[[], str],
    ) -> None:
        self._cache = cache
        self._work = work
        self._proposals = proposals
        self._clock = clock
        self._mint = mint
        self._saved: dict[str, datetime] = {}
        """When each was saved last by this program."""

    def all(self) -> list[Template]:
        """List all, whole templates before snippets, by name."""
        with self._work.read() as session:
            return templates.all(session)

    def get(self, template_id: str) -> Template:
        """Give one by its id."""
        with self._work.read() as session:
            found = templates.get(session, template_id)
        if found is None:
            raise _unknown(template_id)
        return found

    def find(self, named: str) -> Template:
        """Give one by its id or its name, whole templates first."""
        named = one_line(named, MOST_NAME)
        for one in self.all():
            if named == one.id or named.casefold() == one.name.casefold():
                return one
        raise _unknown(named)

    def begin(self, kind: Kind, name: str) -> Template:
        """Make a new one without words, under a name that no other of its kind has."""
        with self._work.transaction() as session:
            name = _free(session, kind, one_line(name, MOST_NAME))
            fresh = Template(self._mint(), name, kind, updated_at=self._clock())
            templates.put(session, fresh)
        return fresh

    def save(self, template: Template) -> Template:
        """Keep a template as it is typed; the name that it had stays where it has none now.

        What another window wrote into it since this one read it is kept as one of its own.
        """
        now = self._clock()
        fresh = _cleaned(template, now)
        with self._work.transaction() as session:
            kept = templates.get(session, template.id)
            if kept is None:
                raise _unknown(template.id)
            fresh = replace(fresh, name=fresh.name or kept.name)
            is_ours = kept.updated_at in (template.updated_at, self._saved.get(template.id))
            if not is_ours and _says(kept) != _says(fresh):
                name = _free(session, kept.kind, kept.name)
                templates.put(session, replace(kept, id=self._mint(), name=name))
            templates.put(session, fresh)
        self._saved[template.id] = now
        return fresh

    def remove(self, template_id: str) -> Template:
        """Throw one away, and give it so that it can be restored; offers keep its name."""
        with self._work.transaction() as session:
            kept = templates.get(session, template_id)
            if kept is None:
                raise _unknown(template_id)
            templates.delete(session, template_id)
        return kept

    def restore(self, template: Template) -> None:
        """Bring one back that was thrown away."""
        with self._work.transaction() as session:
            templates.put(session, template)

    def take_in(self, found: Template) -> bool:
        """Keep one that comes from elsewhere over what has its name; False when nothing is new.

        A language that it has not stays as it is here.
        """
        fresh = _cleaned(found, self._clock())
        with self._work.transaction() as session:
            kept = _named(session, fresh.kind, fresh.name)
            if kept is not None:
                english, indonesian = fresh.english or kept.english, fresh.indonesian
                fresh = replace(kept, english=english, indonesian=indonesian or kept.indonesian)
                if fresh == kept:
                    return False
            fresh = replace(fresh, id=fresh.id or self._mint(), updated_at=self._clock())
            templates.put(session, fresh)
        return True

    def language_for(self, proposal_id: str) -> Language:
        """Give the language to write an offer in: the job's, as far as we have it."""
        job = self._known(self._sheet(proposal_id).project_remote_id)[0]
        return language_of(job.language, job.country) if job else "en"

    def put_in(
        self,
        proposal_id: str,
        template: Template,
        language: Language,
        at: Place | None = None,
    ) -> Filled:
        """Fill a template in and put it into an offer at a place, or in place of its text.

        What stood there is kept as a version. The offer knows from now on which template it
        began from, and what nobody could fill.
        """
        filled = fill(template.text(language), self.facts(proposal_id), language)
        text, behind = inserted(self._sheet(proposal_id).text, filled.text, at)
        self._proposals.save(proposal_id, text=text, replaces=True)
        self._note_use(proposal_id, template, filled.holes)
        self._proposals.versions.keep_place(proposal_id, behind)
        return filled

    def refill(self, proposal_id: str) -> tuple[str, ...]:
        """Fill in what became known since, and name it; what stood there is kept as a version."""
        sheet = self._sheet(proposal_id)
        spoken = self.language_for(proposal_id)
        filled = refill(sheet.text, sheet.holes, self.facts(proposal_id), spoken)
        if filled.holes:
            self._proposals.save(proposal_id, text=filled.text, replaces=True)
        return filled.holes

    def facts(self, proposal_id: str | None) -> Facts:
        """Gather what is known about an offer, its job and its client; else about the user."""
        if proposal_id is None:
            with self._cache.read() as connection:
                profile = people.profile(connection)
            return Facts(me=profile.person.name if profile else "")
        sheet = self._sheet(proposal_id)
        return replace(self._about(sheet.project_remote_id), price=sheet.price, days=sheet.days)

    def for_reply(self, view: ThreadView) -> tuple[Facts, Language]:
        """Gather what is known for a reply in a conversation, and the language to write it in."""
        project_id = view.thread.project_remote_id
        facts = self._about(project_id) if project_id is not None else self.facts(None)
        with self._cache.read() as connection:
            job = projects.get(connection, project_id) if project_id is not None else None
        spoken = language_of(job.language, job.country) if job else "en"
        return replace(facts, client=facts.client or ", ".join(view.with_names)), spoken

    def _about(self, project_id: int) -> Facts:
        job, client, profile = self._known(project_id)
        mine = profile.skills if profile else ()
        skills = sorted(job.skills, key=lambda skill: skill.remote_id not in mine) if job else ()
        return Facts(
            client=client.name if client else "",
            title=job.title if job else "",
            skills=tuple(skill.name for skill in skills),
            me=profile.person.name if profile else "",
            country=(client and client.country) or (job.country if job else ""),
            there=_there(client, self._clock()),
        )

    def _note_use(self, proposal_id: str, template: Template, holes: tuple[str, ...]) -> None:
        with self._work.transaction() as session:
            sheet = proposals.get(session, proposal_id)
            if sheet is None:
                raise NotFound(_("There is no proposal {id} here.").format(id=proposal_id))
            sheet = replace(sheet, holes=tuple(dict.fromkeys((*sheet.holes, *holes))))
            if template.kind == "template":
                sheet = replace(sheet, template_id=template.id, template_name=template.name)
            proposals.put(session, sheet)

    def _sheet(self, proposal_id: str) -> Proposal:
        with self._work.read() as session:
            sheet = proposals.get(session, proposal_id)
        if sheet is None:
            raise NotFound(_("There is no proposal {id} here.").format(id=proposal_id))
        return sheet

    def _known(self, project_id: int) -> tuple[Project | None, Person | None, Profile | None]:
        with self._cache.read() as connection:
            job = projects.get(connection, project_id)
            owner_id = job.owner_id if job else None
            client = people.get(connection, owner_id) if owner_id is not None else None
            return job, client, people.profile(connection)


def _there(client: Person | None, now: datetime) -> datetime | None:
    """Give the time where a client is, if they tell where that is."""
    if client is None or not client.timezone:
        return None
    with suppress(ValueError, OSError):  # what the marketplace calls a zone may be none
        return now.astimezone(ZoneInfo(client.timezone))
    return None


def _cleaned(template: Template, now: datetime) -> Template:
    return replace(
        template,
        name=one_line(template.name, MOST_NAME),
        english=clean(template.english),
        indonesian=clean(template.indonesian),
        updated_at=now,
    )


def _says(template: Template) -> tuple[str, str, str]:
    return template.name, template.english, template.indonesian


def _named(session: Session, kind: Kind, name: str) -> Template | None:
    alike = (one for one in templates.all(session) if one.kind == kind)
    return next((one for one in alike if one.name.casefold() == name.casefold()), None)


def _free(session: Session, kind: Kind, name: str) -> str:
    if not name:
        raise NotAllowed(_("A template needs a name."))
    taken = {one.name.casefold() for one in templates.all(session) if one.kind == kind}
    names = (name, *(f"{name} {number}" for number in range(2, len(taken) + 3)))
    return next(one for one in names if one.casefold() not in taken)


def _unknown(named: str) -> NotFound:
    return NotFound(
        _("There is no template {name} here.").format(name=named),
        hint=_("See them with: freelancer-tui templates list"),
    )
