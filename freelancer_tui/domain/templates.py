"""Templates: texts with variables, in two languages, and what is put in their places."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal, get_args

from freelancer_tui.domain.money import Money

Language = Literal["en", "id"]
Kind = Literal["template", "snippet"]
"""A template is a whole text, and its name goes with the offer; a snippet is a piece of one."""
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
VARIABLES: Final = (
    "client", "title", "skill", "skills", "greeting", "me", "price", "days", "country",
)  # fmt: skip
_PART: Final = re.compile(r"\{\{|\}\}|\{([a-z][a-z_]{0,30})\}")
_MORNING, _NOON, _AFTERNOON, _EVENING = 4, 11, 15, 18
_GREETINGS: Final[Mapping[Language, tuple[str, str, str, str, str]]] = {
    "en": ("Hello", "Good morning", "Good afternoon", "Good afternoon", "Good evening"),
    "id": ("Halo", "Selamat pagi", "Selamat siang", "Selamat sore", "Selamat malam"),
}
"""Without a time; then in the morning, at noon, in the afternoon, in the evening."""
_AND: Final[Mapping[Language, str]] = {"en": "and", "id": "dan"}


@dataclass(frozen=True, slots=True)
class Template:
    """A text to begin with, or a piece to put in, in one language or in both."""

    id: str
    name: str
    kind: Kind = "template"
    english: str = ""
    indonesian: str = ""
    updated_at: datetime | None = None

    def text(self, language: Language) -> str:
        """Give its text in a language; empty where it has none."""
        return self.english if language == "en" else self.indonesian

    def saying(self, language: Language, text: str) -> "Template":
        """Give it with another text in a language."""
        if language == "en":
            return replace(self, english=text)
        return replace(self, indonesian=text)

    def nearest(self, language: Language) -> Language:
        """Give the language to use: the one that is wanted, or the other if only that is there."""
        other: Language = "id" if language == "en" else "en"
        return other if self.text(other).strip() and not self.text(language).strip() else language


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about a job, its client and the offer, to put in the place of variables."""

    client: str = ""
    title: str = ""
    skills: Sequence[str] = ()
    """The job's, those of the user's profile first."""
    me: str = ""
    price: Money | None = None
    days: int | None = None
    country: str = ""
    there: datetime | None = None
    """The time where the client is."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its variables filled in, and the names of those that nobody could fill."""

    text: str
    holes: tuple[str, ...] = ()


def fill(text: str, facts: Facts, language: Language) -> Filled:
    """Fill a text in; what is unknown stays as it stands, `{{` and `}}` become single braces."""
    known = values(facts, language)
    holes: dict[str, None] = {}

    def put(found: re.Match[str]) -> str:
        name = found[1]
        if name is None:
            return found[0][0]
        if not known.get(name):
            holes[name] = None
            return found[0]
        return known[name]

    return Filled(_PART.sub(put, text), tuple(holes))


def refill(text: str, holes: Sequence[str], facts: Facts, language: Language) -> Filled:
    """Fill in what became known since; the names in it are those that now stand as words."""
    known = values(facts, language)
    found = tuple(name for name in open_holes(text, holes) if known.get(name))
    for name in found:
        text = text.replace(f"{{{name}}}", known[name])
    return Filled(text, found)


def open_holes(text: str, holes: Sequence[str]) -> tuple[str, ...]:
    """Give the variables that still stand in a text as `{name}`.

    Besides those that a template left open it looks for all that a template can have; other
    words in braces are the user's own, such as the `{id}` of an address.
    """
    names = dict.fromkeys((*holes, *VARIABLES))
    return tuple(name for name in names if f"{{{name}}}" in text)


def values(facts: Facts, language: Language) -> dict[str, str]:
    """Give what stands for each variable in a language; empty where it is not known."""
    return {
        "client": facts.client,
        "title": facts.title,
        "skill": facts.skills[0] if facts.skills else "",
        "skills": _listed(facts.skills, _AND[language]),
        "greeting": greeting(facts.there, language),
        "me": facts.me,
        "price": priced(facts.price, language) if facts.price else "",
        "days": "" if facts.days is None else str(facts.days),
        "country": facts.country,
    }


def greeting(there: datetime | None, language: Language) -> str:
    """Greet somebody by the time where they are."""
    anytime, morning, noon, afternoon, evening = _GREETINGS[language]
    if there is None:
        return anytime
    if _MORNING <= there.hour < (12 if language == "en" else _NOON):
        return morning
    if _MORNING <= there.hour < _AFTERNOON:
        return noon
    return afternoon if _MORNING <= there.hour < _EVENING else evening


def priced(price: Money, language: Language) -> str:
    """Write an amount as readers of a language do: `USD 1,250.50`, `Rp1.250.000`."""
    whole = price.amount == price.amount.to_integral_value()
    digits = f"{int(price.amount):,}" if whole else f"{price.amount:,}"
    if language == "en":
        return f"{price.currency} {digits}"
    digits = digits.translate(str.maketrans(",.", ".,"))
    return f"Rp{digits}" if price.currency == "IDR" else f"{price.currency} {digits}"


def language_of(job_language: str, country: str) -> Language:
    """Give the language to write in for a job: its own where it tells one that we have."""
    if job_language in LANGUAGES:
        return "id" if job_language == "id" else "en"
    return "id" if not job_language and country == "Indonesia" else "en"


def _listed(words: Sequence[str], last: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
