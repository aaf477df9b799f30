"""Explaining: in one line how a query was read, and what of it could not be."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from freelancer_tui.domain.money import Money
from freelancer_tui.domain.search import keys, naming
from freelancer_tui.domain.search.query import (
    Choice,
    Edge,
    Mistake,
    Named,
    Phrase,
    Sort,
    Span,
    Word,
)
from freelancer_tui.domain.search.reading import Ask, Facets, Reading, amount
from freelancer_tui.i18n import N_, _, language, ngettext

MOST_NAMES: Final = 3
_ORDERS: Final = {
    ("newest", False): N_("newest first"),
    ("newest", True): N_("oldest first"),
    ("budget", False): N_("highest budget first"),
    ("budget", True): N_("lowest budget first"),
    ("bids", False): N_("fewest bids first"),
    ("bids", True): N_("most bids first"),
    ("match", False): N_("best match first"),
    ("match", True): N_("weakest match first"),
}
_UNKNOWN: Final = {
    "skill": N_("no job here asks for the skill “{text}”"),
    "country": N_("no job here is from “{text}”"),
    "lang": N_("no job here is written in “{text}”"),
}


@dataclass(frozen=True, slots=True)
class Tongue:
    """How amounts and days are written."""

    money: Callable[[Money], str]
    day: Callable[[datetime], str]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is looked for, part by part, and what could not be read."""

    parts: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """What is to be known of the answer."""

    @property
    def line(self) -> str:
        """All parts in one line."""
        return " · ".join(self.parts)


def explain(reading: Reading, tongue: Tongue) -> Explanation:
    """Say how a query was read."""
    parts = [group_told(group, reading, tongue) for group in reading.groups]
    if parts or reading.sort != Sort():
        parts.append(order_told(reading.sort))
    return Explanation(tuple(parts), tuple(mistake_told(one) for one in reading.mistakes))


def group_told(group: tuple[Ask, ...], reading: Reading, tongue: Tongue) -> str:
    """Say what one part looks for."""
    return _(" OR ").join(_told(ask, reading, tongue) for ask in group)


def order_told(sort: Sort) -> str:
    """Say what comes first."""
    return _(_ORDERS[sort.by, sort.is_reversed])


def mistake_told(mistake: Mistake) -> str:
    """Say what could not be read, and what comes nearest."""
    text, nearest = mistake.text, mistake.nearest
    match mistake.kind:
        case "key":
            told = _("“{text}:” is left out").format(text=text)
            nearest = f"{nearest}:"
        case "words":
            return _("“{text}:” is no key and was read as a word").format(text=text)
        case "many":
            return _("only the first {count} parts count").format(count=text)
        case "rate":
            return _("there is no rate for {currency}: the budget is left out").format(
                currency=text
            )
        case "unknown":
            told = _(_UNKNOWN[mistake.key]).format(text=text)
        case "value":
            told = _("“{key}:{text}” is left out").format(key=mistake.key, text=text)
            nearest = nearest or f"{mistake.key}:{keys.sample(mistake.key)}"
    return (
        _("{told}; did you mean {nearest}?").format(told=told, nearest=nearest) if nearest else told
    )


def _told(ask: Ask, reading: Reading, tongue: Tongue) -> str:
    text = _positive(ask, reading, tongue)
    return _("not {what}").format(what=text) if ask.is_not else text


def _positive(ask: Ask, reading: Reading, tongue: Tongue) -> str:
    match ask.term.what:
        case Word(text, begun):
            return f"{text}…" if begun else text
        case Phrase(words):
            return f"“{' '.join(words)}”"
        case Named(key, _name):
            return _named(key, ask)
        case Choice(_key, value):
            return _(keys.ABOUT[value])
        case Span("bids", low, high):
            return _bids(low, high)
        case Span("posted", low, high):
            return _posted(low, high)
        case Span(_key, low, high):
            return _budget(low, high, reading, tongue)


def _named(key: str, ask: Ask) -> str:
    assert isinstance(ask.asked, Facets)
    pairs = zip(ask.asked.keys, ask.asked.names, strict=True)
    names = [naming.named(facet, name, language()) for facet, name in pairs]
    more = len(names) - MOST_NAMES
    told = ", ".join(names[:MOST_NAMES]) + (f" +{more}" if more > 0 else "")
    if key == "skill":
        return _("skill {names}").format(names=told)
    return (_("from {names}") if key == "country" else _("in {names}")).format(names=told)


def _bids(low: Edge | None, high: Edge | None) -> str:
    if low and high:
        if low == high:
            return ngettext("{count} bid", "{count} bids", _count(low)).format(count=_count(low))
        return _("{low} to {high} bids").format(low=_count(low), high=_count(high))
    if low:
        text = _("more than {count} bids") if low.is_open else _("at least {count} bids")
        return text.format(count=_count(low))
    text = _("fewer than {count} bids") if high and high.is_open else _("at most {count} bids")
    return text.format(count=_count(high))


def _posted(low: Edge | None, high: Edge | None) -> str:
    if low and high:
        return _("posted {low} to {high} ago").format(low=_age(low), high=_age(high))
    if low:
        return _("posted more than {age} ago").format(age=_age(low))
    return _("posted in the last {age}").format(age=_age(high))


def _budget(low: Edge | None, high: Edge | None, reading: Reading, tongue: Tongue) -> str:
    least, most = (amount(edge, reading.own) if edge else None for edge in (low, high))
    if least and most:
        told = _("budget {low} to {high}").format(low=tongue.money(least), high=tongue.money(most))
        if least == most:
            told = _("budget around {amount}").format(amount=tongue.money(least))
    elif least:
        text = _("budget over {amount}") if low and low.is_open else _("budget from {amount}")
        told = text.format(amount=tongue.money(least))
    elif most:
        text = _("budget under {amount}") if high and high.is_open else _("budget up to {amount}")
        told = text.format(amount=tongue.money(most))
    if reading.rates_at:
        rate = _("≈ at the rates of {day}").format(day=tongue.day(reading.rates_at))
        return f"{told} ({rate})"
    if reading.rateless:
        return _("{budget} (only in {currency}: no rates yet)").format(
            budget=told, currency=reading.own
        )
    return told


def _count(edge: Edge | None) -> int:
    return edge.value if edge and isinstance(edge.value, int) else 0


def _age(edge: Edge | None) -> str:
    hours = _count(edge)
    if hours % 168 == 0 and hours:
        count = hours // 168
        return ngettext("{count} week", "{count} weeks", count).format(count=count)
    if hours % 24 == 0 and hours:
        count = hours // 24
        return ngettext("{count} day", "{count} days", count).format(count=count)
    return ngettext("{count} hour", "{count} hours", hours).format(count=hours)
