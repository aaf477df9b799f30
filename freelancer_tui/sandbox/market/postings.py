"""Postings: new work from employers, and what they do with it."""

from collections.abc import Callable
from dataclasses import dataclass

from freelancer_tui.sandbox.market.amounts import in_dollars
from freelancer_tui.sandbox.market.database import Database
from freelancer_tui.sandbox.market.events import Events
from freelancer_tui.sandbox.market.load import bits, slug
from freelancer_tui.sandbox.market.people import People
from freelancer_tui.sandbox.market.projects import Projects
from freelancer_tui.sandbox.market.reference import Reference
from freelancer_tui.sandbox.records import UPGRADES, Kind
from freelancer_tui.sandbox.refusals import bad_form, project_refusal


@dataclass(frozen=True, slots=True)
class ProjectDraft:
    """What an employer says of new work; amounts in hundredths."""

    title: str
    description: str
    currency_id: int
    minimum: int
    maximum: int | None
    skills: tuple[int, ...]
    kind: Kind = "fixed"
    language: str = "en"
    hours: int | None = None
    duration: str | None = None
    upgrades: tuple[str, ...] = ()
    bid_period: int = 7
    country_code: str = ""
    """Empty: the owner's."""
    city: str = ""
    local: bool = False
    hireme: bool = False


class Postings:
    """The verbs of a project's owner."""

    def __init__(
        self,
        database: Database,
        now: Callable[[], int],
        events: Events,
        people: People,
        projects: Projects,
    ) -> None:
        self._database = database
        self._now = now
        self._events = events
        self._people = people
        self._projects = projects
        self._reference: Reference = projects.reference

    def create(self, owner_id: int, draft: ProjectDraft) -> int:
        """Post new work, open for bids at once, and give its id."""
        self._check(draft)
        owner = self._people.get(owner_id)
        now = self._now()
        with self._database.transaction():
            title = self._free_title(owner_id, draft.title)
            rate = self._reference.rate(draft.currency_id)
            project_id = self._database.insert(
                "projects",
                owner_id=owner_id,
                title=title,
                description=draft.description,
                seo_url="",
                currency_id=draft.currency_id,
                minimum=draft.minimum,
                maximum=draft.maximum,
                kind=draft.kind,
                language=draft.language,
                time_submitted=now,
                time_updated=now,
                status="active",
                frontend_status="open",
                upgrades=bits(draft.upgrades, UPGRADES),
                bid_period=draft.bid_period,
                hours=draft.hours,
                duration=draft.duration,
                bid_count=0,
                bid_sum=0,
                min_usd=in_dollars(draft.minimum, rate),
                max_usd=None if draft.maximum is None else in_dollars(draft.maximum, rate),
                country_code=draft.country_code.lower() or owner["country_code"],
                city=draft.city or owner["city"],
                local=draft.local,
                hireme=draft.hireme,
            )
            self._finish(project_id, title, draft)
            self._events.add("project_created", owner_id, project_id, project_id)
        return project_id

    def _finish(self, project_id: int, title: str, draft: ProjectDraft) -> None:
        """Write what needs the id: address, skills and the words."""
        skills = list(dict.fromkeys(draft.skills))
        shelf = slug(self._reference.skills[skills[0]]["name"])
        self._database.change(
            "projects", project_id, seo_url=f"{shelf}/{slug(title)[:60]}-{project_id}"
        )
        for skill in skills:
            self._database.run("INSERT INTO project_skills VALUES (?, ?)", (project_id, skill))
        self._database.run(
            "INSERT INTO projects_text (rowid, title, description) VALUES (?, ?, ?)",
            (project_id, title, draft.description),
        )
        self._projects.note(project_id)

    def _check(self, draft: ProjectDraft) -> None:
        if not draft.title.strip() or not draft.description.strip():
            raise bad_form("A project needs a title and a description")
        if not draft.skills:
            raise bad_form("A project needs at least one job")
        self._reference.check_currency(draft.currency_id)
        self._reference.check_skills(list(draft.skills))
        if draft.minimum <= 0 or (draft.maximum is not None and draft.maximum < draft.minimum):
            raise project_refusal(400, "BUDGET_INVALID", "The budget's bounds are not valid")

    def _free_title(self, owner_id: int, title: str) -> str:
        taken = {
            row["title"]
            for row in self._database.all(
                "SELECT title FROM projects WHERE owner_id = ? AND deleted = 0", (owner_id,)
            )
        }
        candidate, number = title, 1
        while candidate in taken:
            number += 1
            candidate = f"{title} {number}"
        return candidate

    def describe(self, user_id: int, project_id: int, description: str) -> None:
        """Change the text of the user's own open project."""
        with self._database.transaction():
            row = self._projects.own(user_id, project_id)
            if row["status"] != "active":
                raise project_refusal(400, "PROJECT_NOT_ACTIVE", "The project is not open")
            self._database.run(
                "INSERT INTO projects_text (projects_text, rowid, title, description)"
                " VALUES ('delete', ?, ?, ?)",
                (project_id, row["title"], row["description"]),
            )
            self._database.run(
                "INSERT INTO projects_text (rowid, title, description) VALUES (?, ?, ?)",
                (project_id, row["title"], description),
            )
            self._database.change("projects", project_id, description=description)
            self._projects.touch(project_id)

    def close(self, user_id: int, project_id: int) -> None:
        """Close the user's own open project without an award."""
        with self._database.transaction():
            row = self._projects.own(user_id, project_id)
            if row["status"] not in ("active", "frozen") or row["deleted"]:
                raise project_refusal(400, "PROJECT_NOT_ACTIVE", "The project is not open")
            self._database.run(
                "UPDATE bids SET award_status = 'revoked'"
                " WHERE project_id = ? AND award_status = 'awarded'",
                (project_id,),
            )
            self._projects.walk(project_id, "closed", "complete")
            self._events.add("project_closed", user_id, project_id, project_id)

    def end(self, user_id: int, project_id: int) -> None:
        """Call the user's own project complete."""
        with self._database.transaction():
            row = self._projects.own(user_id, project_id)
            if row["frontend_status"] != "work_in_progress":
                raise project_refusal(400, "PROJECT_NOT_IN_PROGRESS", "No work is in progress")
            self._projects.complete(user_id, project_id)

    def delete(self, user_id: int, project_id: int) -> None:
        """Delete the user's own project that was never public."""
        with self._database.transaction():
            row = self._projects.own(user_id, project_id)
            if row["deleted"] or row["status"] not in ("pending", "rejected"):
                raise project_refusal(
                    400, "PROJECT_NOT_DELETABLE", "Only pending or rejected projects can be deleted"
                )
            self._database.change("projects", project_id, deleted=1)
            self._projects.touch(project_id)
