"""Wording: values in the user's words, the same on the screen and in the shell."""

from datetime import datetime, tzinfo
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from freelancer_tui.domain.money import Money
from freelancer_tui.domain.projects import Budget, ProjectKind, ProjectStatus, Verdict
from freelancer_tui.i18n import N_, _, language, ngettext

if TYPE_CHECKING:
    from freelancer_tui.domain.disputes import Packed, PackStep
    from freelancer_tui.domain.feeds import FeedKind
    from freelancer_tui.domain.intents import IntentName, OutboxEntry
    from freelancer_tui.domain.invoices import InvoiceState
    from freelancer_tui.domain.learning import Trait
    from freelancer_tui.domain.messages import MessageState, ThreadView
    from freelancer_tui.domain.milestones import EscrowState
    from freelancer_tui.domain.proposals import ConflictKind, Standing
    from freelancer_tui.domain.searches import Alert
    from freelancer_tui.domain.sync_log import LogKind

_STANDINGS: Final[dict["Standing", str]] = {
    "draft": N_("Draft"),
    "queued": N_("Waiting to be sent"),
    "placed": N_("Placed"),
    "refused": N_("Refused"),
    "withdrawn": N_("Withdrawn"),
    "shortlisted": N_("Shortlisted"),
    "awarded": N_("Awarded"),
    "accepted": N_("Accepted"),
    "declined": N_("Declined"),
    "lost": N_("Lost"),
}
_CONFLICTS: Final[dict["ConflictKind", str]] = {
    "placed_elsewhere": N_("Placed elsewhere"),
    "edited_elsewhere": N_("Edited elsewhere"),
    "project_changed": N_("The job changed"),
    "two_windows": N_("Edited in two windows"),
}
_CONFLICTS_TOLD: Final[dict["ConflictKind", str]] = {
    "placed_elsewhere": N_(
        "Another bid of yours was there already, so this one was not placed. Which one counts?"
    ),
    "edited_elsewhere": N_("The bid was changed somewhere else. Which words count?"),
    "project_changed": N_(
        "The client changed or closed the job since you began. Nothing is sent until you "
        "have seen it."
    ),
    "two_windows": N_("Two windows wrote on this draft. Nothing is sent until you choose."),
}
_ESCROW: Final[dict["EscrowState", str]] = {
    "queued": N_("Waiting"),
    "refused": N_("Refused"),
    "requested": N_("Requested"),
    "funded": N_("Funded"),
    "release_asked": N_("Release asked"),
    "released": N_("Released"),
    "disputed": N_("Disputed"),
    "canceled": N_("Canceled"),
}
_INVOICES: Final[dict["InvoiceState", str]] = {
    "draft": N_("Draft"), "issued": N_("Issued"), "part-paid": N_("Part paid"),
    "paid": N_("Paid"), "void": N_("Void"),
    "accepted": N_("Accepted"), "declined": N_("Turned down"),
}  # fmt: skip
_STATUSES: Final[dict[ProjectStatus, str]] = {
    "open": N_("Open"),
    "awarded": N_("Awarded"),
    "in_progress": N_("In progress"),
    "complete": N_("Complete"),
    "closed": N_("Closed"),
    "pending": N_("Pending"),
    "removed": N_("Removed"),
}
_KINDS: Final[dict[ProjectKind, str]] = {"fixed": N_("Fixed price"), "hourly": N_("Hourly")}
_ALERTS: Final[dict["Alert", str]] = {
    "off": N_("no alert"),
    "app": N_("alert on the screen"),
    "terminal": N_("alert in the terminal"),
}
_VERDICTS: Final[dict[Verdict, str]] = {"star": N_("Starred"), "skip": N_("Skipped")}
_INTENTS: Final[dict["IntentName", str]] = {
    "place_bid": N_("Bid"),
    "send_message": N_("Message"),
    "edit_bid": N_("Bid change"),
    "request_milestone": N_("Milestone request"),
    "retract_bid": N_("Withdrawal"),
    "accept_award": N_("Acceptance"),
    "decline_award": N_("Declining"),
    "ask_release": N_("Asking for release"),
    "withdraw_request": N_("Withdrawing a request"),
}
_MESSAGES: Final[dict["MessageState", str]] = {
    "queued": N_("Waiting to be sent"),
    "sending": N_("Being sent"),
    "sent": N_("Sent"),
    "refused": N_("Refused"),
    "doubtful": N_("Looking whether it arrived"),
}
_FEEDS: Final[dict["FeedKind", str]] = {
    "self": N_("your profile"),
    "skills": N_("skills"),
    "currencies": N_("currencies"),
    "projects": N_("jobs"),
    "bids": N_("bids"),
    "threads": N_("conversations"),
    "messages": N_("messages"),
    "milestones": N_("milestones"),
}
_LOG_KINDS: Final[dict["LogKind", str]] = {
    "sent": N_("Sent"),
    "refused": N_("Refused"),
    "doubtful": N_("In doubt"),
    "asked": N_("Asks you"),
    "offline": N_("Offline"),
    "online": N_("Online"),
    "paused": N_("Paused"),
    "sign_in": N_("Sign-in"),
    "failed": N_("Not read"),
    "changed": N_("News"),
    "skipped": N_("Left out"),
    "rebuilt": N_("Rebuilt"),
    "taken_out": N_("Taken out"),
}
_PACK_STEPS: Final[dict["PackStep", str]] = {
    "reading": N_("Dispute pack: reading…"),
    "writing": N_("Dispute pack: writing…"),
    "printing": N_("Dispute pack: making the PDF…"),
}
_TRAITS: Final[dict["Trait", str]] = {
    "skill": N_("Skill"),
    "country": N_("Country"),
    "price": N_("Price in USD"),
    "template": N_("Template"),
    "hour": N_("Hour of day"),
}
_DAYS: Final = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_MONTHS: Final = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
    N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip
_INDONESIAN_DAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_INDONESIAN_MONTHS: Final = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
_HOUR: Final = 60
_DAY: Final = 24 * _HOUR
_AGES: Final = (
    (_HOUR, 1, N_("{count} min")),
    (_DAY, _HOUR, N_("{count} h")),
    (14 * _DAY, _DAY, N_("{count} d")),
    (60 * _DAY, 7 * _DAY, N_("{count} wk")),
    (365 * _DAY, 30 * _DAY, N_("{count} mo")),
    (10**10, 365 * _DAY, N_("{count} yr")),
)
"""Up to how many minutes a unit is used, its own minutes, its text."""
_INDONESIAN_SIGNS: Final = {
    "IDR": "Rp",
    "USD": "US$",
    "AUD": "A$",
    "CAD": "C$",
    "NZD": "NZ$",
    "SGD": "S$",
    "HKD": "HK$",
    "EUR": "€",
    "GBP": "£",
    "JPY": "¥",
    "INR": "₹",
    "MYR": "RM",
}


def standing(where: "Standing") -> str:
    """Say where a proposal stands."""
    return _(_STANDINGS[where])


def conflict(kind: "ConflictKind") -> str:
    """Say in few words what another hand did."""
    return _(_CONFLICTS[kind])


def conflict_told(kind: "ConflictKind") -> str:
    """Say what another hand did, and what is to decide."""
    return _(_CONFLICTS_TOLD[kind])


def escrow(state: "EscrowState") -> str:
    """Say where the money of a milestone is."""
    return _(_ESCROW[state])


def invoice_state(value: "InvoiceState") -> str:
    """Name the state of a document."""
    return _(_INVOICES[value])


def status(value: ProjectStatus) -> str:
    """Say what became of a project."""
    return _(_STATUSES[value])


def fate(value: ProjectStatus) -> str:
    """Say what became of a project where there is room for a sentence."""
    if value == "removed":
        return _("Removed on the marketplace; this copy is kept here")
    return status(value)


def kind(value: ProjectKind) -> str:
    """Say how a project is paid."""
    return _(_KINDS[value])


def alert(value: "Alert") -> str:
    """Say how new matches of a saved search are told."""
    return _(_ALERTS[value])


def trait(value: "Trait") -> str:
    """Say what bids have in common that are told of together."""
    return _(_TRAITS[value])


def verdict(value: Verdict | None) -> str:
    """Say what the user thought of a project; nothing where they gave no verdict."""
    return _(_VERDICTS[value]) if value else ""


def intent(name: "IntentName") -> str:
    """Say what an outbox entry carries."""
    return _(_INTENTS[name])


def feed(kind: "FeedKind") -> str:
    """Say what is read, in a word or two."""
    return _(_FEEDS[kind])


def log_kind(kind: "LogKind") -> str:
    """Say in a word what a line of the sync's log is about."""
    return _(_LOG_KINDS[kind])


def pack_step(step: "PackStep") -> str:
    """Say how far a dispute pack is."""
    return _(_PACK_STEPS[step])


def pack_lacks(made: "Packed") -> tuple[str, ...]:
    """Say what is not in a dispute pack, a sentence each."""
    lacking = ngettext(
        "{count} file is listed but not here: download it, then pack again.",
        "{count} files are listed but not here: download them, then pack again.",
        made.lacking,
    ).format(count=made.lacking)
    no_pdf = _("There is no PDF: {reason}").format(reason=made.trouble)
    return (*((lacking,) if made.lacking else ()), *((no_pdf,) if made.trouble else ()))


def message_state(state: "MessageState") -> str:
    """Say how far a message of ours came."""
    return _(_MESSAGES[state])


def who(view: "ThreadView") -> str:
    """Give the name of a conversation: the people in it, or what it is about."""
    names = ", ".join(view.with_names)
    return names or view.project_title or _("Thread {id}").format(id=view.thread.remote_id)


def outbox_state(entry: "OutboxEntry") -> str:
    """Say how far an outbox entry came, and whether the user has to decide."""
    if entry.asks:
        return _("May have arrived: you decide")
    if entry.state == "queued" and entry.attempts:
        return _("Waiting to be tried again")
    return _(_MESSAGES[entry.state])


def money(value: Money) -> str:
    """Write an amount: `IDR 1,250,000` in English, `Rp1.250.000` in Indonesian."""
    return _priced(value.currency, _digits(value))


def rating(value: Decimal) -> str:
    """Write stars of five: `4.5`, in Indonesian `4,5`."""
    return f"{value:.1f}".replace(".", "," if language() == "id" else ".")


def budget(value: Budget, paid: ProjectKind = "fixed") -> str:
    """Write what a client means to spend: `USD 250–750`, `USD 30+ an hour`."""
    text = _range(value)
    return _("{amount} an hour").format(amount=text) if paid == "hourly" else text


def age(then: datetime, now: datetime) -> str:
    """Say how long ago something was, in few letters: `5 min`, `3 h`, `2 d`."""
    minutes = int((now - then).total_seconds() // 60)
    if minutes < 1:
        return _("now")
    unit, text = next((unit, text) for below, unit, text in _AGES if minutes < below)
    return _(text).format(count=minutes // unit)


def left(until: datetime, now: datetime) -> str:
    """Say how long there is, in hours up to two days: `33 h`, `5 d`."""
    minutes = int((until - now).total_seconds() // 60)
    if _HOUR <= minutes < 2 * _DAY:
        return _("{count} h").format(count=minutes // _HOUR)
    return age(now, until)


def moment(at: datetime, zone: tzinfo | None = None) -> str:
    """Write a point in time in a zone (the system's by default): `Tue 24 Nov 2026, 09:00`."""
    there = at.astimezone(zone)
    weekday, month = _names(there)
    return _("{weekday} {day} {month} {year}, {hour}:{minute}").format(
        weekday=weekday,
        day=there.day,
        month=month,
        year=there.year,
        hour=f"{there.hour:02}",
        minute=f"{there.minute:02}",
    )


def day(at: datetime, zone: tzinfo | None = None) -> str:
    """Write a date in a zone (the system's by default): `Tue 24 Nov 2026`."""
    there = at.astimezone(zone)
    return _dated(there, *_names(there))


def short_day(at: datetime, zone: tzinfo | None = None) -> str:
    """Write a date in at most 16 letters, for a column: `Sel, 24 Nov 2026` in Indonesian."""
    there = at.astimezone(zone)
    return _dated(there, *_short_names(there))


def hour(at: datetime, zone: tzinfo | None = None) -> str:
    """Write a time of day in a zone (the system's by default): `09:00`."""
    there = at.astimezone(zone)
    return _("{hour}:{minute}").format(hour=f"{there.hour:02}", minute=f"{there.minute:02}")


def days(count: int) -> str:
    """Write a number of days."""
    return ngettext("{count} day", "{count} days", count).format(count=count)


def words(text: str) -> str:
    """Write how many words a text has."""
    count = len(text.split())
    return ngettext("{count} word", "{count} words", count).format(count=count)


def _names(there: datetime) -> tuple[str, str]:
    """Give the weekday and the month; Indonesians write both in full."""
    if language() != "id":
        return _short_names(there)
    return _INDONESIAN_DAYS[there.weekday()], _INDONESIAN_MONTHS[there.month - 1]


def _short_names(there: datetime) -> tuple[str, str]:
    return _(_DAYS[there.weekday()]), _(_MONTHS[there.month - 1])


def _dated(there: datetime, weekday: str, month: str) -> str:
    return _("{weekday} {day} {month} {year}").format(
        weekday=weekday, day=there.day, month=month, year=there.year
    )


def _range(value: Budget) -> str:
    low, high = value.minimum, value.maximum
    if low is not None and high is not None:
        digits = _digits(low) if low == high else f"{_digits(low)}–{_digits(high)}"
        return _priced(value.currency, digits)
    if low is not None:
        return _priced(value.currency, f"{_digits(low)}+")
    if high is not None:
        return _("up to {amount}").format(amount=money(high))
    return _("not told")


def _priced(currency: str, digits: str) -> str:
    if language() == "id" and currency in _INDONESIAN_SIGNS:
        minus = "-" if digits.startswith("-") else ""
        return f"{minus}{_INDONESIAN_SIGNS[currency]}{digits.removeprefix('-')}"
    return f"{currency} {digits}"


def _digits(value: Money) -> str:
    """Group the digits; the fraction is shown only where it is not zero."""
    whole = value.amount == value.amount.to_integral_value()
    text = f"{int(value.amount):,}" if whole else f"{value.amount:,}"
    return text.translate(str.maketrans(",.", ".,")) if language() == "id" else text
