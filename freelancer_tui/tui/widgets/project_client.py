"""ProjectClient: what is known of a job's client: reputation, checks, place, and the time there."""

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Final

from freelancer_tui import wording
from freelancer_tui.domain.hours import Quarter, WorkingHours, day_beside
from freelancer_tui.domain.people import Person, RatingAxis, Reputation
from freelancer_tui.domain.zones import zone_name, zone_of
from freelancer_tui.i18n import N_, _, language, ngettext
from freelancer_tui.tui.format import Clock, number

Fact = tuple[str, str]
"""A label, empty where it is the one above, and what is to be said."""
_AXES: Final[dict[RatingAxis, str]] = {
    "clarity_spec": N_("clear briefs"),
    "communication": N_("communication"),
    "payment_prom": N_("prompt payment"),
    "professionalism": N_("professionalism"),
    "work_for_again": N_("would work for again"),
}


def facts(client: Person | None, country: str, hours: WorkingHours, clock: Clock) -> Iterator[Fact]:
    """Yield what one wants to know before writing to somebody."""
    if client is None:
        if country:
            yield _("Client"), country
        return
    yield _("Client"), f"{client.name} · {_rated(client.employer_reputation)}"
    if axes := _axes(client.employer_reputation):
        yield "", axes
    if checks := " · ".join(_checks(client)):
        yield _("Verified"), checks
    if about := " · ".join(_about(client, country, clock)):
        yield _("From"), about
    yield from _time(client, hours, clock)


def _rated(known: Reputation | None) -> str:
    if known is None or not known.reviews:
        return _("no reviews yet")
    reviews = ngettext("{count} review", "{count} reviews", known.reviews)
    told = reviews.format(count=number(known.reviews))
    return f"★ {wording.rating(known.overall)}, {told}" if known.overall is not None else told


def _axes(known: Reputation | None) -> str:
    axes = known.axes if known else ()
    told = ((_AXES[axis], value) for axis, value in axes if axis in _AXES)
    return " · ".join(f"{_(name)} {wording.rating(value)}" for name, value in told)


def _checks(client: Person) -> Iterator[str]:
    """Tell what the marketplace checked, what is sure first."""
    known = (
        (client.payment_verified, _("payment")),
        (client.email_verified, _("e-mail")),
        (client.identity_verified, _("identity")),
    )
    yield from (name for value, name in known if value)
    yield from (_("not {what}").format(what=name) for value, name in known if value is False)


def _about(client: Person, country: str, clock: Clock) -> Iterator[str]:
    if place := ", ".join(filter(None, (client.city, client.country or country))):
        yield place
    if client.registered_at is not None:
        age = wording.age(client.registered_at, clock.now())
        yield _("member for {age}").format(age=age)


def _time(client: Person, hours: WorkingHours, clock: Clock) -> Iterator[Fact]:
    """Yield the time there, and the part of our own day in which they usually work."""
    zone = zone_of(zone_name(client.timezone, client.country_code))
    if zone is None:
        yield _("There"), _("their time zone is not known")
        return
    now = clock.now()
    there = wording.hour(now, zone)
    yield _("There"), " · ".join((there, _apart(now, zone, clock)))
    day = day_beside(hours, clock.zone, zone, now)
    yield "", _bar(day)
    yield "", _shared(day)


def _apart(now: datetime, there: tzinfo, clock: Clock) -> str:
    theirs, ours = now.astimezone(there).utcoffset(), clock.here(now).utcoffset()
    minutes = 0 if theirs is None or ours is None else int((theirs - ours).total_seconds()) // 60
    if not minutes:
        return _("the same as yours")
    text = _("{hours} h ahead of you") if minutes > 0 else _("{hours} h behind you")
    return text.format(hours=_hours(abs(minutes)))


def _bar(day: tuple[Quarter, ...]) -> str:
    """Draw one's own day, an hour a cell: both, only we, only they, nobody."""
    cells = []
    for hour in range(0, len(day), 4):
        quarters = day[hour : hour + 4]
        both = sum(one.shared for one in quarters) >= 2
        ours = sum(one.ours for one in quarters) >= 2
        theirs = sum(one.theirs for one in quarters) >= 2
        cells.append("█" if both else "▒" if ours else "░" if theirs else "·")
    return "0 " + "".join(cells) + " 24"


def _shared(day: tuple[Quarter, ...]) -> str:
    minutes = 15 * sum(one.shared for one in day)
    if not minutes:
        return _("No working hours in common: ▒ yours, ░ theirs")
    begins = next(n for n in range(len(day)) if day[n].shared and not day[n - 1].shared)
    time = _("{hour}:{minute}").format(hour=f"{begins // 4:02}", minute=f"{begins % 4 * 15:02}")
    text = _("█ {hours} h in common, your {time} on")
    return text.format(hours=_hours(minutes), time=time)


def _hours(minutes: int) -> str:
    text = f"{minutes / 60:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if language() == "id" else text
