"""Reasons: why a job scores as it does and what its flags mean, in the user's words."""

from collections.abc import Callable, Mapping
from datetime import tzinfo
from typing import TYPE_CHECKING, Final

from freelancer_tui import wording
from freelancer_tui.i18n import N_, _, language, ngettext

if TYPE_CHECKING:
    from freelancer_tui.domain.flags import Flag, Severity
    from freelancer_tui.domain.match import Aspect, Line

_ASPECTS: Final[Mapping["Aspect", str]] = {
    "skills": N_("skills in common"),
    "budget": N_("budget beside your usual price"),
    "verified": N_("payment verified"),
    "rating": N_("client's rating"),
    "reviews": N_("client's reviews"),
    "hires": N_("client's finished jobs"),
    "bids": N_("competition"),
    "age": N_("age"),
    "language": N_("language"),
    "hours": N_("hours in common"),
    "wins": N_("your win rate"),
}
_LANGUAGES: Final = {"en": N_("English"), "id": N_("Indonesian")}
_NAMES: Final = {
    "off_site": N_("contact elsewhere"),
    "free_work": N_("unpaid work"),
    "pay_outside": N_("payment outside"),
    "pay_first": N_("you pay first"),
    "account": N_("your account or identity"),
    "cheating": N_("academic cheating"),
    "too_good": N_("too good to be true"),
    "unverified": N_("payment not verified"),
    "new_client": N_("new client"),
    "repost": N_("posted before"),
    "budget_low": N_("far below the usual pay"),
    "budget_high": N_("far above the usual pay"),
}
_WHY: Final = {
    "off_site": N_(
        "Wants to talk elsewhere. What is agreed there, the marketplace cannot protect."
    ),
    "free_work": N_("Asks for work that is not paid, or paid only if it pleases."),
    "pay_outside": N_("Wants to pay past the marketplace, which then protects neither of you."),
    "pay_first": N_("Asks you for money. Work never costs the one who does it."),
    "account": N_(
        "Wants your account or your papers. You would answer for what is done with them."
    ),
    "cheating": N_(
        "Study work to be handed in as somebody else's own; the marketplace forbids it."
    ),
    "too_good": N_("Promises much for little, as traps do."),
    "unverified": N_("The marketplace has not verified how this client pays."),
    "new_client": N_("Joined {age} ago and has no reviews yet."),
    "repost": N_("The same words were posted on {day} as job {number}."),
    "budget_low": N_("Jobs with {skill} usually pay {range} ({count} seen)."),
    "budget_high": N_("Jobs with {skill} usually pay {range} ({count} seen)."),
}
_SEVERITIES: Final[Mapping["Severity", str]] = {
    "note": N_("note"),
    "warning": N_("warning"),
    "danger": N_("danger"),
}


def line(told: "Line") -> str:
    """Say what the points of one aspect rest on."""
    if not told.is_known:
        return _("{aspect}: not known").format(aspect=_(_ASPECTS[told.aspect]))
    return _TELLERS[told.aspect](told)


def flag_name(flag: "Flag") -> str:
    """Name a flag in two or three words; the user's own rules by their ids."""
    name = _NAMES.get(flag.rule)
    return flag.rule.replace("_", " ") if name is None or flag.why else _(name)


def flag(told: "Flag", zone: tzinfo | None = None) -> str:
    """Say in a sentence what a flag means."""
    if told.why:
        return told.why
    sentence = _(_WHY.get(told.rule, ""))
    seen = told.seen
    if seen is None:
        return sentence
    going = seen.going
    if seen.days == 0:
        return _("Joined today and has no reviews yet.")
    return sentence.format(
        age=wording.days(seen.days or 0),
        day=wording.day(seen.at, zone) if seen.at else "",
        number=seen.number or "",
        skill=going.skill if going else "",
        range=wording.budget(going.usual) if going else "",
        count=going.count if going else "",
    )


def severity(value: "Severity") -> str:
    """Say how grave a flag is."""
    return _(_SEVERITIES[value])


def _skills(told: "Line") -> str:
    if not told.names:
        total = told.of or 0
        return ngettext(
            "its {count} skill is none of yours", "none of its {count} skills is yours", total
        ).format(count=total)
    names = ", ".join(told.names)
    return _("skills in common: {names} ({count} of {all})").format(
        names=names, count=told.count, all=told.of
    )


def _budget(told: "Line") -> str:
    offered = wording.money(told.amount) if told.amount else ""
    usual = wording.money(told.usual) if told.usual else ""
    return _("up to {amount}; your usual price is {usual}").format(amount=offered, usual=usual)


def _verified(told: "Line") -> str:
    return _("payment verified") if told.count else _("payment not verified")


def _rating(told: "Line") -> str:
    rating = wording.rating(told.rating) if told.rating is not None else ""
    return _("client rated {rating} of 5").format(rating=rating)


def _reviews(told: "Line") -> str:
    count = told.count or 0
    text = ngettext("{count} review of the client", "{count} reviews of the client", count)
    return text.format(count=count)


def _hires(told: "Line") -> str:
    count = told.count or 0
    text = ngettext(
        "{count} finished job of the client", "{count} finished jobs of the client", count
    )
    return text.format(count=count)


def _bids(told: "Line") -> str:
    count = told.count or 0
    return ngettext("{count} bid so far", "{count} bids so far", count).format(count=count)


def _age(told: "Line") -> str:
    hours = told.count or 0
    if not hours:
        return _("posted within the hour")
    if hours >= 48:
        return _("posted {age} ago").format(age=wording.days(hours // 24))
    return ngettext("posted {count} hour ago", "posted {count} hours ago", hours).format(
        count=hours
    )


def _language(told: "Line") -> str:
    code = told.names[0] if told.names else ""
    return _("written in {language}").format(language=_(_LANGUAGES.get(code, code)))


def _hours(told: "Line") -> str:
    hours, minutes = divmod(told.count or 0, 60)
    mark = "," if language() == "id" else "."
    text = f"{hours}{mark}{minutes * 10 // 60}" if minutes else str(hours)
    return _("{hours} working hours a day in common").format(hours=text)


def _wins(told: "Line") -> str:
    text = ngettext(
        "{won} of {count} bid won with {skill}",
        "{won} of {count} bids won with {skill}",
        told.of or 0,
    )
    return text.format(won=told.count, count=told.of, skill=", ".join(told.names))


_TELLERS: Final[Mapping["Aspect", Callable[["Line"], str]]] = {
    "skills": _skills,
    "budget": _budget,
    "verified": _verified,
    "rating": _rating,
    "reviews": _reviews,
    "hires": _hires,
    "bids": _bids,
    "age": _age,
    "language": _language,
    "hours": _hours,
    "wins": _wins,
}
