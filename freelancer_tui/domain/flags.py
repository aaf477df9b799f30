"""Flags: what in a job should make a freelancer look twice, with the words that raised it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from freelancer_tui.domain import tokens
from freelancer_tui.domain.phrases import Book, Phrase, Reading, Span
from freelancer_tui.domain.prices import Going
from freelancer_tui.domain.projects import Budget, Project
from freelancer_tui.domain.rates import Rates
from freelancer_tui.domain.text import LINE_LIMIT

Severity = Literal["note", "warning", "danger"]
SEVERITIES: Final[tuple[Severity, ...]] = ("note", "warning", "danger")
Fact = Literal["unverified", "new_client", "repost", "budget_low", "budget_high"]
FACTS: Final[tuple[Fact, ...]] = (
    "unverified",
    "new_client",
    "repost",
    "budget_low",
    "budget_high",
)
"""Rules that look at what the marketplace tells, not at the client's words."""
Place = Literal["title", "text"]
MOST_QUOTES: Final = 3
LONGEST_QUOTE: Final = 160
_NO_RATES: Final = Rates()


@dataclass(frozen=True, slots=True)
class Quote:
    """The client's very words, and where they stand."""

    words: str
    place: Place
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What a rule about facts saw; None for what it does not look at."""

    days: int | None = None
    at: datetime | None = None
    number: int | None = None
    """An earlier job's id."""
    going: Going | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """One warning: which rule, how grave, and what raised it."""

    rule: str
    severity: Severity
    why: str = ""
    """The sentence of a rule that the user wrote; the program's own rules have theirs by name."""
    quotes: tuple[Quote, ...] = ()
    """Empty for a rule that looks at facts."""
    seen: Seen | None = None
    """What a rule about facts saw; None for a rule about words."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule about words: any of its phrases raises it, unless the sentence has another."""

    id: str
    severity: Severity
    why: str
    phrases: tuple[Phrase, ...]
    unless: tuple[Phrase, ...] = ()
    together: tuple[Phrase, ...] = ()
    """If there are any, one of them has to stand in the same title or text as well."""


@dataclass(frozen=True, slots=True)
class FactRule:
    """One rule about facts, with its limits by name."""

    id: Fact
    severity: Severity
    limits: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules that are on."""

    book: Book
    words: tuple[Rule, ...]
    facts: tuple[FactRule, ...]
    about: tuple[Phrase, ...] = ()
    """Titles with one of these are of jobs about such tricks, not of tricks."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known around a job; None is not known, and raises nothing."""

    now: datetime
    payment_verified: bool | None = None
    client_since: datetime | None = None
    client_reviews: int | None = None
    earlier: tuple[int, datetime] | None = None
    """The id and the day of an earlier job with the same words."""
    going: Going | None = None
    """What jobs with the same skill usually pay."""
    rates: Rates = _NO_RATES


def flags(project: Project, around: Circumstances, rules: Rules) -> tuple[Flag, ...]:
    """Give every flag of a job, the gravest first."""
    text = project.description if project.description is not None else project.preview
    found = [*of_words(project.title, text, rules), *of_facts(project, around, rules)]
    return tuple(sorted(found, key=lambda flag: -SEVERITIES.index(flag.severity)))


def of_words(title: str, text: str, rules: Rules) -> Iterator[Flag]:
    """Yield the flags that a client's own words raise; any text can be read."""
    readings: list[tuple[Place, str, Reading]] = [
        ("title", title, rules.book.read(tokens.read(title[:LINE_LIMIT]))),
        ("text", text, rules.book.read(tokens.read(text))),
    ]
    if any(_any(readings[0][2], phrase) for phrase in rules.about):
        return
    for rule in rules.words:
        quotes = [
            Quote(words[span.start : span.end], place, span.start, span.end)
            for place, words, reading in readings
            for span in _spans(rule, reading)
        ]
        if quotes:
            yield Flag(rule.id, rule.severity, rule.why, tuple(quotes[:MOST_QUOTES]))


def _spans(rule: Rule, reading: Reading) -> list[Span]:
    """Give where a rule's phrases stand, those that overlap as one."""
    found = [span for phrase in rule.phrases for span in reading.find(phrase)]
    if not found or not _together(rule, reading):
        return []
    if rule.unless:
        fair = [span for phrase in rule.unless for span in reading.find(phrase)]
        found = [span for span in found if not _meets(reading.sentence(span), fair)]
    return _joined(found)


def _together(rule: Rule, reading: Reading) -> bool:
    return not rule.together or any(_any(reading, phrase) for phrase in rule.together)


def _any(reading: Reading, phrase: Phrase) -> bool:
    return next(reading.find(phrase), None) is not None


def _meets(sentence: Span, spans: Iterable[Span]) -> bool:
    return any(one.start < sentence.end and sentence.start < one.end for one in spans)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Give spans in their order, each as long as what overlaps it, none longer than a quote."""
    whole: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        if whole and span.start < whole[-1].end:
            end = max(whole[-1].end, span.end)
            if end - whole[-1].start <= LONGEST_QUOTE:
                whole[-1] = Span(whole[-1].start, end)
            continue
        whole.append(Span(span.start, min(span.end, span.start + LONGEST_QUOTE)))
    return whole


def of_facts(project: Project, around: Circumstances, rules: Rules) -> Iterator[Flag]:
    """Yield the flags that what is known of the client and the archive raises."""
    for rule in rules.facts:
        seen = _seen(rule, project, around)
        if seen is not None:
            yield Flag(rule.id, rule.severity, seen=seen)


def _seen(rule: FactRule, project: Project, around: Circumstances) -> Seen | None:
    """Give what a rule about facts saw; None when there is nothing to say."""
    match rule.id:
        case "unverified":
            return Seen() if around.payment_verified is False else None
        case "new_client":
            return _new(around, rule.limits)
        case "repost":
            return Seen(number=around.earlier[0], at=around.earlier[1]) if around.earlier else None
        case "budget_low" | "budget_high":
            return _out_of_line(rule, project.budget, around)


def _new(around: Circumstances, limits: Mapping[str, int]) -> Seen | None:
    since, reviews = around.client_since, around.client_reviews
    if since is None or reviews is None or reviews > limits["reviews"]:
        return None
    days = max((around.now - since).days, 0)
    return Seen(days=days, at=since) if days <= limits["days"] else None


def _out_of_line(rule: FactRule, budget: Budget, around: Circumstances) -> Seen | None:
    """Compare a budget with what such jobs pay: beyond nearly all, and by a multiple."""
    going, times = around.going, rule.limits["times"]
    bound = budget.maximum if rule.id == "budget_low" else budget.minimum
    if going is None or bound is None or going.count < rule.limits["jobs"]:
        return None
    ratio = around.rates.ratio(bound.currency, going.currency)
    if ratio is None:
        return None
    amount = bound.amount * ratio
    if rule.id == "budget_low":
        is_out = amount < going.low and amount * times < going.middle
    else:
        is_out = amount > going.high and amount > going.middle * times
    return Seen(going=going) if is_out else None
