"""Town: jobs as varied as the marketplace's, and a workspace that knows them; nothing is random."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from freelancer_tui.domain.facts import Fact
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.people import Reputation
from freelancer_tui.domain.projects import Budget, Project, Skill
from freelancer_tui.settings import Account, Places, Settings
from freelancer_tui.store.cache import facts
from freelancer_tui.workspace import MarketplaceMaker, Workspace, open_workspace
from tests.factories import NOW, a_page, a_person, a_profile, a_project

TITLES: Final = (
    "Landing page for a coffee roastery in Toraja",
    "Translate a product catalogue from Indonesian to English, 40 pages",
    "Fix the checkout of our WooCommerce shop",
    "Flutter app for a delivery cooperative",
    "Logo and menu for a warung",
    "Scrape tender notices into a spreadsheet every morning",
    "Desain undangan pernikahan digital dengan RSVP",
    "Migrate a PostgreSQL 12 cluster to 17 without downtime",
    "Explainer video, 60 seconds, for a clinic in Surabaya",
    "Proofread a thesis on mangrove restoration",
    "Django developer for a school management system",
    "WhatsApp chatbot for orders and delivery slots",
    "Product photos: remove the background from 300 pictures",
    "Excel dashboard for a chain of laundries",
    "Subtitles in Javanese and English for a documentary",
)
SKILLS: Final = ("PHP", "Python", "Graphic Design", "Translation", "Flutter", "Data Entry")
COUNTRIES: Final = ("Indonesia", "Australia", "United States", "Germany", "Singapore", "India")
BRIEF: Final = (
    "We roast coffee from small farms and sell it to cafés. Our current page is a single "
    "picture. We need a page with our story, the farms, prices for resellers and a contact form "
    "that works on a phone.\n\nPlease tell us how you would go about it, what you need from us, "
    "and when we could see a first draft. We have photographs and texts in Indonesian; the "
    "English ones are up to you.\n\n- responsive, loads fast on 3G\n- we edit texts ourselves\n"
    "- no page builder, please"
)
HOSTILE: Final = (
    "咖啡店的網站設計與開發 ☕ 需要中文與英文，附購物車與線上付款功能，請提供作品集",
    "👩‍👩‍👧‍👦👨🏽‍💻❤️🇮🇩 emoji 👍🏿👍🏿👍🏿 in a title 🏳️‍🌈",
    "تصميم موقع إلكتروني لمطعم في القاهرة مع نظام حجز 2026",
    "בניית אתר עם 3 דפים — iOS 17",
    "Z" + "\u0300\u0301\u0302\u0303\u0304" * 30 + "algo" + "\u0336" * 40 + " flood",
    "[bold red]Data entry[/] \\[link=http://x] — $primary {braces} %s",
    "ｆｕｌｌｗｉｄｔｈ　ｔｉｔｌｅ　ｗｉｔｈ　ｉｄｅｏｇｒａｐｈｉｃ　ｓｐａｃｅｓ",
    "ไทย: ออกแบบโลโก้ร้านอาหารไทยแท้ๆ ต้นตำรับ",
    "हिन्दी में अनुवाद — क्षत्रिय ग्रंथ",
    "W" * 480,
    "ﷺ﷽ one letter, many cells 𒐫𒈙⸻",
    "한국어 웹사이트 개발자를 찾습니다 — 장기 프로젝트",
)
MAKASSAR: Final = ZoneInfo("Asia/Makassar")


def a_client() -> Fact:
    """Give the client of every job here: well reviewed, in Makassar."""
    return a_person(
        display_name="Mira Halim",
        payment_verified=True,
        employer_reputation=Reputation(overall=Decimal("4.9"), reviews=23),
    )


def jobs(count: int = 60, titles: tuple[str, ...] = TITLES) -> Iterator[Project]:
    """Yield jobs, oldest first, each different and the same every time."""
    random = Random(11)
    for number in range(1, count + 1):
        low = Decimal(random.choice((30, 100, 250, 750, 1500)))
        currency = random.choice(("USD", "USD", "AUD", "EUR", "IDR"))
        scale = 10_000 if currency == "IDR" else 1
        kind = "hourly" if low == 30 else "fixed"
        budget = Budget(currency, Money(low * scale, currency), Money(low * 3 * scale, currency))
        yield a_project(
            number,
            title=titles[number % len(titles)],
            kind=kind,
            status="closed" if number % 17 == 0 else "open",
            budget=budget,
            posted_at=NOW - timedelta(minutes=int((count - number) ** 2 * 3.7) + 2),
            bid_count=random.randrange(0, 180),
            bid_average=Money(low * 2 * scale, currency),
            skills=tuple(Skill(SKILLS.index(name), name) for name in random.sample(SKILLS, 3)),
            country=random.choice(COUNTRIES),
            description=BRIEF,
            preview=BRIEF[:100],
            url=f"https://www.freelancer.example/projects/{number}",
            traits=("urgent", "NDA") if number % 5 == 0 else (),
        )


def clock() -> datetime:
    """Give the time, which stands still."""
    return NOW


def a_workspace(
    folder: Path,
    *found: Fact,
    open_marketplace: MarketplaceMaker | None = None,
    **settings: object,
) -> Workspace:
    """Open a desk on a folder, with what was found on the marketplace before."""
    chosen = Settings(
        places=Places.under(folder),
        accounts=(Account("demo", "http://127.0.0.1:9", "environment"),),
        **{"timezone": "Asia/Makassar", **settings},  # type: ignore[arg-type]
    )
    workspace = open_workspace(
        chosen, clock=clock, random=Random(5), open_marketplace=open_marketplace
    )
    if found:
        learn(workspace, *found)
    return workspace


def learn(workspace: Workspace, *found: Fact) -> None:
    """Take in facts, as the sync does."""
    with workspace.cache.transaction() as connection:
        facts.store(connection, Feed("self"), a_page(a_profile()))
        facts.store(connection, Feed("projects"), a_page(*found))


def a_town(folder: Path, count: int = 60, titles: tuple[str, ...] = TITLES) -> Workspace:
    """Open a desk that knows many jobs and their client."""
    return a_workspace(folder, a_client(), *jobs(count, titles))
