"""Paper: a case in sections, every figure and time in words; the text and the PDF both draw it."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any, Final

from freelancer_tui.documents.disputes import words as w
from freelancer_tui.documents.formats import day, languages, marks, money
from freelancer_tui.domain.disputes import Case, Event, Evidence, Offer, Party, Said
from freelancer_tui.domain.invoices import DocumentLanguage, Invoice, state_of, totals
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.projects import Budget

NOTES: Final = ("note_source", "note_clean", "note_clocks", "note_changes")


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what it says."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a section: whose or what, when and which, and what it says."""

    head: str
    side: str = ""
    text: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the pack."""

    title: str
    facts: tuple[Fact, ...] = ()
    items: tuple[Item, ...] = ()
    text: str = ""
    """Where there is nothing else, why; else what comes before the items."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The whole pack, to be read from front to back."""

    language: DocumentLanguage
    title: str
    name: str
    """What the foot of each page says."""
    sections: tuple[Section, ...]

    def tree(self) -> dict[str, Any]:
        """Give what the template reads."""
        texts = {key: w.words(key, self.language) for key in ("page", "of", "logo_alt")}
        return {
            **asdict(self),
            "number": "",
            "title": (self.title,),
            "mark": (),
            "seller": {"name": self.name},
            "texts": texts,
        }


class Clocks:
    """Writes times on both clocks."""

    def __init__(self, case: Case, language: DocumentLanguage, zones: "Zones") -> None:
        self._language = languages(language)[0]
        self._here, self._there = zones
        self._client = w.say("clients_clock", self._language)

    def both(self, at: datetime) -> str:
        """Give a time as the user's clock showed it, then as the client's did."""
        here = at.astimezone(self._here)
        if self._there is None:
            return self._stamp(here)
        there = at.astimezone(self._there)
        if there.utcoffset() == here.utcoffset():
            return self._stamp(here)
        return f"{self._stamp(here)} · {self._client} {self._stamp(there)}"

    def day(self, at: datetime) -> str:
        """Give the day on the user's clock."""
        return day(at.astimezone(self._here).date(), self._language)

    def _stamp(self, at: datetime) -> str:
        dots = "." if self._language == "id" else ":"
        return f"{day(at.date(), self._language)}, {at:%H{dots}%M{dots}%S} ({_offset(at)})"


Zones = tuple[tzinfo | None, tzinfo | None]
"""The user's (None: the system's) and the client's (None: not known)."""


def paper(case: Case, language: DocumentLanguage, zones: Zones) -> Paper:
    """Give a case as it is read."""
    say = _Sayer(language, Clocks(case, language, zones))
    sections = (
        _summary(case, say),
        _brief(case, say),
        _bid(case, say),
        Section(
            say("events"),
            items=tuple(_event(one, say) for one in case.events),
            text="" if case.events else say("no_events"),
        ),
        *_talks(case, say),
        _files(case, say),
        _bills(case, say),
        Section(say("reading"), items=tuple(Item("", text=say(key)) for key in NOTES)),
    )
    name = f"{say('pack')} · {say.clocks.day(case.made_at)}"
    return Paper(language, f"{say('pack')}: {case.title}", name, sections)


@dataclass(frozen=True, slots=True)
class _Sayer:
    """Says things in the language of the pack."""

    language: DocumentLanguage
    clocks: Clocks

    def __call__(self, key: str, **values: object) -> str:
        return w.say(key, self.language, **values)

    def once(self, key: str, **values: object) -> str:
        """Say a word that stands with each item in the leading language only."""
        return w.say(key, languages(self.language)[0], **values)

    def money(self, value: Money) -> str:
        return money(value, marks(self.language, value.currency))

    def state(self, value: str) -> str:
        return w.state(value, self.language)

    def fact(self, key: str, value: str) -> Fact:
        return Fact(self(key), value)


def _summary(case: Case, say: _Sayer) -> Section:
    facts = [
        say.fact("job", case.title),
        say.fact("job_number", str(case.matter.project_remote_id or "–")),
        say.fact("address", case.project.url if case.project else ""),
        say.fact("marketplace", case.marketplace),
        *(say.fact(one.role, _party(one, say)) for one in case.parties),
        say.fact("agreed", _price(case, say)),
        *_sums(case, say),
        say.fact("talk", _length(case, say)),
        say.fact("files", _count(case, say)),
        say.fact("made", say.clocks.both(case.made_at)),
    ]
    return Section(say("summary"), tuple(one for one in facts if one.value))


def _brief(case: Case, say: _Sayer) -> Section:
    text = case.brief or say("no_brief")
    if (project := case.project) is None:
        return Section(say("brief"), text=text)
    facts = (
        say.fact("posted", say.clocks.both(project.posted_at)),
        say.fact("paid_how", say(f"kind_{project.kind}")),
        say.fact("budget", _budget(project.budget, say)),
        say.fact("skills", ", ".join(one.name for one in project.skills)),
        say.fact("status", say.state(project.status)),
    )
    return Section(say("brief"), tuple(one for one in facts if one.value), text=text)


def _bid(case: Case, say: _Sayer) -> Section:
    if not case.offers:
        return Section(say("bid"), text=say("no_bid"))
    number = str(case.bid_remote_id or "–")
    facts = (say.fact("bid_number", number), say.fact("status", say.state(case.bid_status)))
    items = tuple(_offer(place, one, say) for place, one in enumerate(case.offers, 1))
    return Section(say("bid"), facts, items)


def _offer(place: int, one: Offer, say: _Sayer) -> Item:
    price = say("in_days", amount=say.money(one.amount), days=one.days)
    source = say.once("standing" if one.is_standing else f"says_{one.source}")
    head = f"{say('version', number=place)}: {price}"
    return Item(head, f"{say.clocks.both(one.at)} · {source}", one.text)


def _event(one: Event, say: _Sayer) -> Item:
    said = [say(f"event_{one.kind}")]
    if one.amount is not None:
        said.append(say.money(one.amount))
    if one.state:
        state = w.state(one.state, languages(say.language)[0])
        is_now = one.kind in ("milestone", "requested")
        said.append(say.once("now", state=state) if is_now else state)
    side = [say.clocks.both(one.at), say.once(f"says_{one.source}")]
    if one.remote_id is not None:
        side.append(f"{say.once('number')} {one.remote_id}")
    return Item(" · ".join(said), " · ".join(side), one.text)


def _talks(case: Case, say: _Sayer) -> Iterator[Section]:
    if not case.said:
        yield Section(say("messages"), text=say("no_messages"))
    for thread in case.matter.thread_remote_ids:
        said = tuple(_said(one, say) for one in case.said if one.thread_remote_id == thread)
        if said:
            title = f"{say('messages')}: {say('thread', number=thread)}"
            yield Section(title, items=said)
    if case.unsent:
        yield Section(say("unsent"), items=tuple(_said(one, say) for one in case.unsent))


def _said(one: Said, say: _Sayer) -> Item:
    if one.remote_id is None:
        which = f"{say('not_arrived')}: {say.state(one.state)}"
    else:
        which = say.once("message", number=one.remote_id)
    files = tuple(f"+ {file.name} ({say.once(f'state_{file.state}')})" for file in one.files)
    return Item(one.from_name, f"{say.clocks.both(one.at)} · {which}", one.text, files)


def _files(case: Case, say: _Sayer) -> Section:
    items = tuple(_file(one, say) for one in case.files)
    return Section(say("files"), items=items, text="" if items else say("no_files"))


def _file(one: Evidence, say: _Sayer) -> Item:
    size = say("size_unknown") if one.size is None else say("size", bytes=one.size)
    which = (
        "" if one.message_remote_id is None else say.once("message", number=one.message_remote_id)
    )
    side = " · ".join(part for part in (which, size, one.content_type) if part)
    told = [f"{say(f'state_{one.state}')}: {one.path}" if one.path else say(f"state_{one.state}")]
    told.append(say("sha", digits=one.checksum) if one.checksum else say("sha_unknown"))
    if one.state == "changed":
        told.append(say("recorded", digits=one.recorded))
    return Item(one.name, side, notes=tuple(told))


def _bills(case: Case, say: _Sayer) -> Section:
    items = tuple(_bill(one, say) for one in case.invoices)
    return Section(say("invoices"), items=items, text="" if items else say("no_invoices"))


def _bill(one: Invoice, say: _Sayer) -> Item:
    sums, style = totals(one), languages(say.language)[0]
    side = [say.state(state_of(one))]
    if one.issued_on:
        side.append(say("issued", day=day(one.issued_on, style)))
    if one.due_on:
        side.append(say("due", day=day(one.due_on, style)))
    told = [say("total", amount=say.money(sums.total)), say("open", amount=say.money(sums.open))]
    paid = (
        say("payment", amount=say.money(payment.amount), day=day(payment.on, style))
        for payment in one.payments
    )
    lines = "\n".join(f"{line.text}: {say.money(line.net(one.currency))}" for line in one.lines)
    head = f"{say(f'kind_{one.kind}')} {one.number or one.id}"
    return Item(head, " · ".join(side), lines, (", ".join(told), *paid))


def _party(one: Party, say: _Sayer) -> str:
    person = one.person
    told = [
        person.name or person.username or "–",
        f"{say('user_name')} {person.username}" if person.username else "",
        f"{say('number')} {person.remote_id}",
        ", ".join(part for part in (person.city, person.country) if part),
        one.zone,
    ]
    return " · ".join(part for part in told if part)


def _price(case: Case, say: _Sayer) -> str:
    if not case.offers:
        return ""
    last = case.offers[-1]
    return say("in_days", amount=say.money(last.amount), days=last.days)


def _sums(case: Case, say: _Sayer) -> Iterator[Fact]:
    labels = {
        "held": ("funded", "release_asked"),
        "released": ("released",),
        "disputed_sum": ("disputed",),
        "asked_sum": ("requested",),
    }
    for key, states in labels.items():
        sums: dict[str, Money] = {}
        for one in case.events:
            is_money = one.kind in ("milestone", "requested") and one.source == "marketplace"
            if is_money and one.state in states and one.amount is not None:
                before = sums.get(one.amount.currency)
                sums[one.amount.currency] = one.amount if before is None else before + one.amount
        yield say.fact(key, ", ".join(map(say.money, sums.values())))


def _length(case: Case, say: _Sayer) -> str:
    if not case.said:
        return say("talk_none")
    times = [one.at for one in case.said]
    first, last = say.clocks.day(min(times)), say.clocks.day(max(times))
    return say("talk_of", count=len(case.said), first=first, last=last)


def _count(case: Case, say: _Sayer) -> str:
    here = sum(1 for one in case.files if one.path)
    return say("files_of", count=len(case.files), here=here) if case.files else say("no_files")


def _budget(value: Budget, say: _Sayer) -> str:
    ends = [say.money(one) for one in (value.minimum, value.maximum) if one is not None]
    return " – ".join(dict.fromkeys(ends))


def _offset(at: datetime) -> str:
    minutes = int((at.utcoffset() or timedelta()).total_seconds() // 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes > 0 else "−"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")
