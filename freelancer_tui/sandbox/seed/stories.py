"""Stories: jobs of which more is known than the posting, and what happened with them."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from freelancer_tui.sandbox.seed.jobs import Job
from freelancer_tui.sandbox.seed.people import Employer
from freelancer_tui.sandbox.seed.places import bands, read, skills_by_name

MINUTE: Final = 60


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that somebody did, so many seconds after the step before."""

    seconds: int
    who: str
    """A user name."""
    what: str
    texts: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """A job and what happened with it, in order."""

    client: str
    freelancer: str
    title: str
    text: str
    language: str
    band: int
    skills: tuple[int, ...]
    hours_ago: int
    steps: tuple[Step, ...]

    def job(self, owner: Employer) -> Job:
        """Give the job as it was posted."""
        currency = owner.place.currency
        least, most = bands("fixed", currency)[self.band]
        return Job(
            owner=owner,
            language=self.language,
            title=self.title,
            description=self.text,
            kind="fixed",
            currency=currency,
            minimum=least,
            maximum=most,
            skills=self.skills,
            untouched=True,
        )


@cache
def stories() -> tuple[Story, ...]:
    """Give all stories, the oldest job first."""
    found = [_story(row) for row in read("stories.toml")["story"]]
    return tuple(sorted(found, key=lambda story: -story.hours_ago))


def _story(row: dict[str, Any]) -> Story:
    by_name = skills_by_name()
    people = {"client": row["client"], "me": row["me"]}
    return Story(
        client=row["client"],
        freelancer=row["me"],
        title=row["title"],
        text=row["text"].strip(),
        language=row["language"],
        band=row["band"],
        skills=tuple(by_name[name].id for name in row["skills"]),
        hours_ago=row["hours_ago"],
        steps=tuple(_step(step, people) for step in row["steps"]),
    )


def _step(row: list[Any], people: dict[str, str]) -> Step:
    minutes, who, what, *rest = row
    return Step(
        seconds=minutes * MINUTE,
        who=people.get(who, who),
        what=what,
        texts=tuple(one for one in rest if isinstance(one, str)),
        numbers=tuple(one for one in rest if isinstance(one, int)),
    )
