"""Scenes: desks filled for a picture, and the keys that lead to it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

from freelancer_tui.domain.attachments import Attachment
from freelancer_tui.domain.billing import Client
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.invoices import InvoiceLine, Party
from freelancer_tui.domain.money import Currency, Money
from freelancer_tui.domain.projects import Budget
from freelancer_tui.domain.sync_log import LogKind, LogLine
from freelancer_tui.domain.templates import Kind
from tests.factories import (
    CLIENT,
    ME,
    NOW,
    a_bid,
    a_bid_intent,
    a_currency,
    a_message,
    a_milestone,
    a_milestone_request,
    a_person,
    a_project,
    a_proposal,
    a_reply_intent,
    a_thread,
    an_entry,
    usd,
)
from tests.tui.desk import Desk, User

Steps = Callable[[User], Awaitable[None]]
TITLES: Final = (
    "Landing page for a coffee roastery in Toraja",
    "Translate a product catalogue from Indonesian to English, 40 pages",
    "Fix the checkout of our WooCommerce shop",
    "咖啡店的網站設計與開發 ☕ 需要中文與英文",
    "Flutter app for a delivery cooperative",
    "[bold red]Data entry[/] \\[link] — simple, start now",
    "Logo and menu for a warung",
)
BRIEF: Final = (
    "We roast coffee from small farms and sell it to cafés. Our current page is a single "
    "picture. We need a page with our story, the farms, prices for resellers and a contact form "
    "that works on a phone.\n\nPlease tell us how you would go about it, what you need from us, "
    "and when we could see a first draft. We have photographs and texts in Indonesian; the "
    "English ones are up to you.\n\n- responsive, loads fast on 3G\n- we edit texts ourselves\n"
    "- no page builder, please"
)


def idr(amount: int) -> Money:
    """Give an amount in rupiah."""
    return Money(Decimal(amount), "IDR")


def jobs(desk: Desk) -> None:
    """Let seven jobs be known, the first in rupiah."""
    for number, title in enumerate(TITLES, 1):
        budget = Budget("USD", usd("250"), usd("750"))
        if number == 1:
            budget = Budget("IDR", idr(1_000_000), idr(3_000_000))
        job = a_project(number, title=title, budget=budget, description=BRIEF, bid_count=12)
        desk.keep(Feed("projects"), job)
    people = [
        a_person(CLIENT, display_name="Sari Lestari"),
        a_person(901, display_name="Tom O'Brien", country="Australia"),
        a_person(902, display_name="山田 花子", country="Japan"),
    ]
    for person in people:
        desk.keep(Feed("threads"), person)


def board(desk: Desk) -> None:
    """Fill the board with a proposal in each standing that matters."""
    jobs(desk)
    for number, hours in ((3, 30), (4, 60), (5, 200), (7, 900)):
        ago = NOW - timedelta(hours=hours)
        bid = a_bid(50 + number, project_remote_id=number, submitted_at=ago, text="As agreed.")
        if number == 5:
            bid = replace(bid, award_status="awarded", awarded_at=NOW)
        if number == 7:
            bid = replace(bid, award_status="rejected")
        if number == 4:
            bid = replace(bid, shortlisted=True)
        desk.keep(Feed("bids"), bid)
    rupiah = replace(a_proposal("p1", project_remote_id=1), currency="IDR", price=idr(1_250_000))
    refusal = "You have used all of your bids."
    desk.lay_in(
        replace(rupiah, updated_at=NOW - timedelta(minutes=12)),
        a_proposal("p2", project_remote_id=2, state="queued", price=usd("400")),
        an_entry("e2", subject_id="p2", entity="project:2", queued_at=NOW - timedelta(minutes=3)),
        a_proposal(
            "p6", project_remote_id=6, state="refused", refusal=refusal, price=usd("80"), days=1
        ),
        a_proposal("p3", project_remote_id=3, state="placed", bid_remote_id=53),
    )


LONG: Final = "Here is what we have so far, line by line, so that nothing is forgotten. " * 24


def talk(desk: Desk) -> None:
    """Fill conversations: unread, a draft, a reply that waits and one that was refused."""
    jobs(desk)
    day = timedelta(days=1)
    desk.keep(
        Feed("threads"),
        a_thread(30, unread=2, last_text="Could you show me a first draft on Friday?"),
        a_thread(
            31, member_ids=(ME, 901), project_remote_id=3, updated_at=NOW - day,
            last_text="Thanks, the checkout works again.",
        ),
        a_thread(
            32, member_ids=(ME, 902), project_remote_id=4, updated_at=NOW - 3 * day,
            last_text="はい、よろしくお願いします。",
        ),
    )  # fmt: skip
    said = [
        (CLIENT, -26, "Hello! I saw your proposal. Have you worked with coffee roasters before?"),
        (ME, -25, "Yes: two in Bandung and one in Medan. I can send you their addresses."),
        (CLIENT, -24, LONG),
        (ME, -3, "Understood. I begin with the page about the farms."),
        (CLIENT, -1, "Very good."),
        (CLIENT, 0, "Could you show me a first draft on Friday?"),
    ]
    desk.keep(
        Feed("messages", "30"),
        *(
            a_message(300 + place, from_id=who, text=text, sent_at=NOW + timedelta(hours=hours))
            for place, (who, hours, text) in enumerate(said)
        ),
    )
    desk.keep(Feed("messages", "31"), a_message(400, thread_remote_id=31, from_id=901))
    desk.messages.keep_draft(31, "Glad to hear it. Shall I")
    reply = a_reply_intent(text="Friday is fine. You get the address of a test page at noon.")
    desk.lay_in(
        an_entry("m1", intent=reply, subject_id="m1", entity="thread:30", about="Sari Lestari"),
        an_entry(
            "m2", intent=replace(reply, text="And what about the photographs?"), subject_id="m2",
            entity="thread:30", about="Sari Lestari", state="refused",
            reason="Messages with links to other sites are not allowed.",
        ),
    )  # fmt: skip


def shared(desk: Desk) -> None:
    """Let a client have sent files, of which one has a size that nobody told."""
    talk(desk)
    desk.downloads = Path("/home/sari/Downloads")
    files = (
        Attachment("Brief v2 – Toraja coffee.pdf", 1_234_567),
        Attachment("ロゴの写真.jpeg", 3_400_000),
        Attachment("[red]setup[/].exe"),
    )
    said = "Here is the brief, and our logo."
    desk.keep(Feed("messages", "30"), a_message(306, text=said, attachments=files))


def dealt(desk: Desk) -> None:
    """Let there be a client with two jobs, one of them won and half paid, and a bill."""
    desk.keep(Feed("currencies"), a_currency(code="USD"), a_currency(code="IDR", remote_id=2,
              usd_rate=Decimal("0.0000625")))  # fmt: skip
    sari = a_person(display_name="Sari Lestari", timezone="Europe/Berlin", payment_verified=True)
    desk.keep(
        Feed("projects"), sari, a_project(7, title="Roastery page"), a_project(8, title="Logo")
    )
    won = a_bid(50, project_remote_id=7, award_status="awarded", awarded_at=NOW,
                accepted_at=NOW, amount=usd("500"))  # fmt: skip
    desk.keep(Feed("bids"), won)
    held = a_milestone(80, project_remote_id=7, amount=usd("200"), status="frozen")
    paid = a_milestone(81, project_remote_id=7, amount=usd("300"), status="cleared")
    desk.keep(Feed("milestones"), held, paid)
    desk.keep(Feed("threads"), a_thread(30, project_remote_id=7, unread=1))
    desk.keep(Feed("messages", "30"), a_message(300, text="Good morning."))
    billed = desk.clients.add(Client("", Party("PT Sari"), currency="USD", remote_id=CLIENT))
    line = InvoiceLine("Work", Decimal(1), Decimal(120))
    desk.invoices.new(client_id=billed.id, currency="USD", lines=[line])


def money(desk: Desk) -> None:
    """Fill the money: each state, two currencies."""
    jobs(desk)
    ago = [NOW - timedelta(days=days) for days in (0, 2, 9, 30, 40)]
    desk.keep(
        Feed("milestones"),
        a_milestone(80, project_remote_id=1, amount=idr(1_250_000), created_at=ago[1]),
        a_milestone(81, project_remote_id=3, amount=usd("125.50"), created_at=ago[2]),
        a_milestone(
            82, project_remote_id=4, status="cleared", created_at=ago[3], text="Design, all pages"
        ),
        a_milestone(83, project_remote_id=4, status="requested_release", created_at=ago[2]),
        a_milestone(84, project_remote_id=5, status="disputed", created_at=ago[4]),
        a_milestone_request(81, project_remote_id=1, amount=idr(800_000), requested_at=ago[0]),
    )


def waiting(desk: Desk) -> None:
    """Fill the outbox with each state."""
    board(desk)
    reply = a_reply_intent(text="Friday is fine. You get the address of a test page at noon.")
    talks = {"entity": "thread:30", "about": "Sari Lestari"}
    desk.lay_in(
        an_entry("m1", intent=reply, subject_id="m1", **talks, attempts=2,
                 next_try_at=NOW + timedelta(minutes=4)),
        an_entry("m2", intent=reply, subject_id="m2", entity="thread:31", about="Tom O'Brien",
                 state="doubtful", attempts=1),
        an_entry("m3", intent=reply, subject_id="m3", entity="thread:32", about="山田 花子",
                 state="doubtful", asks=True, attempts=3, looked_among=37,
                 looked_at=NOW - timedelta(minutes=5),
                 reason="It was not found, but it may still have arrived."),
        an_entry("m4", subject_id="p6", entity="project:6", about=TITLES[5], state="refused",
                 intent=a_bid_intent(project_remote_id=6), attempts=1,
                 reason="You have used all of your bids."),
    )  # fmt: skip


def history(desk: Desk) -> None:
    """Fill the log of the sync: two days, trouble and none."""
    day, minute = timedelta(days=1), timedelta(minutes=1)
    told: list[tuple[timedelta, LogKind, str, str]] = [
        (day + 40 * minute, "changed", "", "New or changed: 64 jobs, 3 messages"),
        (day + 9 * minute, "refused", TITLES[5], "Bid: You have used all of your bids."),
        (day, "failed", "jobs", "The answer is no JSON. " * 6),
        (50 * minute, "offline", "", "The marketplace cannot be reached."),
        (44 * minute, "online", "", "The marketplace answers again."),
        (43 * minute, "sent", "Sari Lestari", "Message"),
        (30 * minute, "doubtful", "山田 花子", "Message: The reply got lost. We look whether it "
         "arrived before anything is sent again."),
        (20 * minute, "asked", "山田 花子", "Message: It was not found, but it may still have "
         "arrived."),
        (8 * minute, "paused", "", "The marketplace asks to wait until 17:42."),
        (minute, "changed", "", "New or changed: 2 jobs"),
    ]  # fmt: skip
    desk.log_file.add([LogLine(NOW - ago, kind, about, text) for ago, kind, about, text in told])


def nothing(desk: Desk) -> None:
    """Leave the desk empty."""


async def stay(user: User) -> None:
    """Look at what is there."""


async def write(user: User) -> None:
    """Open the draft and write."""
    await user.press("j", "j", "enter")
    await user.press("shift+tab", "shift+tab", "shift+tab")
    await user.save()


def offering(desk: Desk) -> None:
    """Fill the board, and let there be rates, templates and a draft that has a plan and a hole."""
    board(desk)
    rupiah = Currency(15, "IDR", "Rupiah", "Rp", Decimal("0.0000613"))
    desk.keep(Feed("currencies"), a_currency(), rupiah)
    desk.keep(Feed("projects"), a_project(6, title=TITLES[5], language="id", skills=()))
    english = "{greeting} {client},\n\nI read your brief about {title} and can begin on Monday."
    indonesian = "{greeting} {client},\n\nSaya sudah membaca brief {title} dan bisa mulai Senin."
    texts: tuple[tuple[Kind, str, str, str], ...] = (
        ("template", "Data entry", english, indonesian),
        ("template", "Toko daring", "", indonesian),
        ("snippet", "Rates", "My price is {price} for {days} days.", "Harga saya {price}."),
        ("snippet", "References", "See my profile: {refrences}", ""),
    )
    for kind, name, *both in texts:
        fresh = desk.aids.templates.begin(kind, name)
        desk.aids.templates.save(replace(fresh, english=both[0], indonesian=both[1]))
    sheet = desk.proposals.show("p6").proposal
    desk.lay_in(replace(sheet, plan="20 First hundred rows\n50 The rest", text=f"{english} {LONG}"))


async def save(user: User) -> None:
    """Ask for all files of the first conversation while there is no line."""
    await user.host.section.open("30")
    await user.settle()
    await user.press("a", "down", "x")


async def plan(user: User) -> None:
    """Open the offer with a plan, and the plan."""
    await user.host.section.open("p6")
    await user.settle()
    await user.press("f3")


async def choose(user: User) -> None:
    """Choose a template for the offer."""
    await user.host.section.open("p6")
    await user.settle()


async def change(user: User) -> None:
    """Change a snippet."""
    await choose(user)
    await user.press("G", "e")


async def into(user: User) -> None:
    """Go into the first conversation and begin a reply."""
    await user.press("enter", "c")
    await user.type("Yes, Friday")
    await user.save()


async def card(user: User) -> None:
    """See whose conversation it is."""
    await user.host.section.open("messages:30")
    await user.settle()


async def doubt(user: User) -> None:
    """Look at the entry that asks."""
    await user.press("j", "j", "j")


async def decide(user: User) -> None:
    """Ask to take the first entry out."""
    await user.press("x")


SCENES: Final[dict[str, tuple[str, Callable[[Desk], None], Steps]]] = {
    "board": ("proposals", board, stay),
    "sheet": ("proposals", board, write),
    "plan": ("proposals", offering, plan),
    "templates": ("templates", offering, choose),
    "template": ("templates", offering, change),
    "no-proposals": ("proposals", nothing, stay),
    "threads": ("messages", talk, stay),
    "talk": ("messages", talk, into),
    "files": ("files", shared, save),
    "card": ("contact", dealt, card),
    "pack": ("pack", talk, card),
    "no-threads": ("messages", nothing, stay),
    "money": ("invoices", money, stay),
    "no-money": ("invoices", nothing, stay),
    "outbox": ("outbox", waiting, stay),
    "outbox-asks": ("outbox", waiting, decide),
    "outbox-doubt": ("outbox", waiting, doubt),
    "log": ("log", history, stay),
    "no-log": ("log", nothing, stay),
    "no-outbox": ("outbox", nothing, stay),
}
"""Name, then section, what fills the desk, and what the user does."""
