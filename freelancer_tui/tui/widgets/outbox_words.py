"""Outbox words: pure; an entry of the outbox laid out in lines: how it stands and what goes out."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo

from rich.cells import cell_len

from freelancer_tui import wording
from freelancer_tui.domain import file_kinds
from freelancer_tui.domain.intents import (
    AcceptAward,
    AskRelease,
    BidAction,
    DeclineAward,
    EditBid,
    EscrowAction,
    OutboxEntry,
    PlaceBid,
    RequestMilestone,
    RetractBid,
    SendMessage,
    Terms,
    WithdrawRequest,
)
from freelancer_tui.domain.outbox import OutboxView
from freelancer_tui.i18n import _, ngettext
from freelancer_tui.tui.format import Clock, fit
from freelancer_tui.tui.widgets import signs
from freelancer_tui.tui.widgets.lines import Line, wrap

Told = tuple[str, str]
"""A sentence and its tone."""


def lines_of(view: OutboxView, clock: Clock, width: int) -> list[Line]:
    """Lay out all there is to know about an entry, in at most `width` cells a line."""
    entry = view.entry
    head = (entry.about, "strong"), (f"{wording.intent(entry.name)} · {state(view)}", sign(view)[1])
    lines = _paragraph((*head, *facts(view, clock)), width)
    lines += _paragraph((*held(view), *reasons(entry), *looked(entry, clock.zone)), width)
    lines += _paragraph(found(entry), width)
    if entry.asks:
        lines += [*_options(list(choices(entry)), width), ()]
    lines += _paragraph(advice(entry), width)
    return lines + _paragraph(((_("What goes out"), "quiet"), *content(entry)), width)


def sign(view: OutboxView) -> signs.Sign:
    """Give the mark of an entry."""
    return ("!", "bad") if view.conflict else signs.of_entry(view.entry)


def state(view: OutboxView) -> str:
    """Say how far an entry came."""
    if view.conflict:
        return _("Held back by a conflict")
    if view.waits_for is not None and view.entry.state == "queued":
        return _("Waits for another")
    if view.transfer is not None and (total := view.transfer.total):
        done, whole = file_kinds.size_of(view.transfer.done), file_kinds.size_of(total)
        words = _("Sending: {percent} %, {done} of {all}")
        return words.format(percent=view.transfer.percent, done=done, all=whole)
    return wording.outbox_state(view.entry)


def tries(entry: OutboxEntry, zone: tzinfo | None) -> list[str]:
    """Say how often an entry was tried, and when it is next."""
    parts = []
    if entry.attempts:
        text = ngettext("tried once", "tried {count} times", entry.attempts)
        parts.append(text.format(count=entry.attempts))
    if entry.next_try_at is not None and not entry.needs_user:
        at = wording.hour(entry.next_try_at, zone)
        parts.append(_("next try at {time}").format(time=at))
    return parts


def facts(view: OutboxView, clock: Clock) -> Iterator[Told]:
    """Say when it was written, how often it was tried, and what it waits for."""
    entry = view.entry
    at = wording.moment(entry.queued_at, clock.zone)
    parts = [_("since {time}").format(time=at), *tries(entry, clock.zone)]
    yield " · ".join(parts), "quiet"
    if view.waits_for is not None:
        yield waits(view.waits_for), "warn"


def waits(parent: OutboxEntry) -> str:
    """Say what has to be sent before."""
    return _("Waits for: {what}, {about}").format(
        what=wording.intent(parent.name), about=parent.about
    )


def held(view: OutboxView) -> Iterator[Told]:
    """Say what holds an entry back."""
    if view.conflict:
        yield _("Nothing is sent before you settle what another hand changed meanwhile."), "bad"


def told(entry: OutboxEntry) -> Iterator[Told]:
    """Say what became of an entry so far, and what the user can do about it."""
    yield from reasons(entry)
    yield from advice(entry)


def reasons(entry: OutboxEntry) -> Iterator[Told]:
    """Say why an entry is where it is."""
    if entry.reason:
        yield _(entry.reason), "bad" if entry.state == "refused" else "warn"


def advice(entry: OutboxEntry) -> Iterator[Told]:
    """Say what happens next, or what the user can do."""
    if entry.state == "sending":
        yield _("It is on its way: it can be taken back again only if it does not get there."), ""
    if entry.asks and isinstance(entry.intent, SendMessage):
        yield _("It may be there already. Look into the conversation, then say that it arrived, "
                "or send it again."), ""  # fmt: skip
    elif entry.asks and isinstance(entry.intent, BidAction):
        yield _("It may be done already. Look at the bid on the marketplace, then say that it is, "
                "or send it again."), ""  # fmt: skip
    elif entry.asks and isinstance(entry.intent, EscrowAction):
        yield _("It may be done already. Look at the money on the marketplace, then say that it "
                "is, or send it again."), ""  # fmt: skip
    elif entry.asks:
        yield _("It may be there already. Look on the marketplace, then say that it arrived, "
                "or send it again."), ""  # fmt: skip
    elif entry.state == "refused" and isinstance(entry.intent, BidAction | EscrowAction):
        yield _("Take it out, or send it again if it can be done after all."), "quiet"
    elif entry.state == "refused":
        yield _("Change the text and send it again, or take it out; it is kept."), "quiet"
    elif entry.state == "doubtful":
        yield _("The reply got lost. We look whether it arrived before anything is sent again."), ""


def looked(entry: OutboxEntry, zone: tzinfo | None) -> Iterator[Told]:
    """Say what the last look on the marketplace saw."""
    if entry.looked_at is None:
        return
    count, at = entry.looked_among, wording.moment(entry.looked_at, zone)
    if isinstance(entry.intent, PlaceBid | EditBid):
        seen = _("No bid of yours was on the job")
    elif isinstance(entry.intent, BidAction):
        seen = _("The bid did not show it")
    elif isinstance(entry.intent, EscrowAction):
        seen = _("The money did not show it")
    elif not count:
        seen = _("It was not there, and nothing newer either")
    elif isinstance(entry.intent, SendMessage):
        seen = ngettext("It was not the {count} newer message", "It was not among the {count} "
                        "newer messages", count).format(count=count)  # fmt: skip
    else:
        seen = ngettext("It was not the {count} newer request", "It was not among the {count} "
                        "newer requests", count).format(count=count)  # fmt: skip
    yield _("{seen}, looked at {time} by the marketplace's clock.").format(seen=seen, time=at), ""


def found(entry: OutboxEntry) -> Iterator[Told]:
    """Say what another hand put there in its place."""
    if entry.found is not None:
        yield _("There is another in its place:"), "warn"
        yield from _terms(entry.found)


def choices(entry: OutboxEntry) -> Iterator[tuple[str, str]]:
    """Name what the user can decide about a doubt, each explained in a line."""
    if entry.found is not None:
        there = _("What is there stays; yours is not sent.")
        again = _("Yours goes over what is there.")
    elif isinstance(entry.intent, PlaceBid):
        there = _("You saw your bid there; nothing is sent.")
        again = _("A job takes one bid of yours, so it cannot be there twice.")
    elif isinstance(entry.intent, BidAction):
        there = _("You saw it there; nothing is sent again.")
        again = _("The bid shows whether it was done, so it is not done twice.")
    elif isinstance(entry.intent, EscrowAction):
        there = _("You saw it there; nothing is sent again.")
        again = _("The money shows whether it was done, so it is not done twice.")
    else:
        there = _("You saw it there; nothing is sent again.")
        again = _("If it did arrive after all, it is there twice.")
    yield _("It is there"), there
    yield _("Send again"), again
    yield _("Look again"), _("The next sync looks once more; nothing is sent by that.")


def content(entry: OutboxEntry) -> Iterator[Told]:
    """Give all that goes out, in its own words."""
    match entry.intent:
        case PlaceBid() | EditBid():
            yield from _terms(entry.intent.mine)
        case RequestMilestone():
            yield wording.money(entry.intent.amount), "strong"
            yield entry.intent.marked_text, ""
        case AskRelease() | WithdrawRequest():
            yield wording.money(entry.intent.amount), "strong"
            yield entry.intent.text, ""
            yield _effect(entry.intent), ""
        case RetractBid() | AcceptAward() | DeclineAward():
            yield _effect(entry.intent), ""
        case SendMessage():
            if entry.intent.text:
                yield entry.intent.text, ""
            for upload in entry.intent.uploads:
                kind = file_kinds.told(upload.name, upload.size, upload.content_type)
                yield _("File: {name} ({kind})").format(name=upload.name, kind=kind), "quiet"


def _effect(intent: BidAction | EscrowAction) -> str:
    """Say what an action does, which has no words of its own."""
    match intent:
        case RetractBid():
            return _("The bid is withdrawn: the client cannot choose it any more.")
        case AcceptAward():
            return _("You take the work, and the marketplace charges its fee.")
        case DeclineAward():
            return _("You do not take the work; the client can choose somebody else.")
        case AskRelease():
            return _("The client is asked to pay this out to you.")
        case WithdrawRequest():
            return _("Your request is withdrawn: the client cannot fund it any more.")


def preview(entry: OutboxEntry) -> str:
    """Give what goes out in one line."""
    return " ".join(" · ".join(text for text, _tone in content(entry)).split())


def _terms(terms: Terms) -> Iterator[Told]:
    yield f"{wording.money(terms.amount)} · {wording.days(terms.days)}", "strong"
    yield terms.text, ""


def _options(named: Sequence[tuple[str, str]], width: int) -> Iterator[Line]:
    margin = min(max(cell_len(name) for name, _explained in named) + 2, width // 2)
    for name, explained in named:
        first, *more = wrap(explained, width - margin)
        yield (fit(name, margin), "accent"), (first, "")
        for line in more:
            yield (" " * margin, ""), (line, "")


def _paragraph(sentences: Iterable[Told], width: int) -> list[Line]:
    """Lay out sentences below each other, with an empty line after them if there are any."""
    lines: list[Line] = [((line, tone),) for text, tone in sentences for line in wrap(text, width)]
    return [*lines, ()] if lines else []
