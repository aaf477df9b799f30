"""Desk: one section over real files, filled by hand, with words for what a user does there."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from textual import on
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Static

from freelancer_tui import tui
from freelancer_tui.domain.attachments import Attachment, Download, Transfer
from freelancer_tui.domain.facts import Fact
from freelancer_tui.domain.feeds import Feed
from freelancer_tui.domain.hours import WorkingHours
from freelancer_tui.domain.ids import new_id
from freelancer_tui.domain.intents import OutboxEntry
from freelancer_tui.domain.proposals import Proposal
from freelancer_tui.errors import Offline
from freelancer_tui.services.account import Account
from freelancer_tui.services.attachments import Attachments
from freelancer_tui.services.cases import Cases
from freelancer_tui.services.clients import Clients
from freelancer_tui.services.conflicts import Conflicts
from freelancer_tui.services.contacts import Contacts, Shelves
from freelancer_tui.services.deck import Decks
from freelancer_tui.services.deposits import Deposits
from freelancer_tui.services.disputes import Disputes
from freelancer_tui.services.drafting import Books
from freelancer_tui.services.exchange import Exchange
from freelancer_tui.services.fees import Charges
from freelancer_tui.services.history import History
from freelancer_tui.services.invoices import Invoices
from freelancer_tui.services.learning import Learning
from freelancer_tui.services.means import Means
from freelancer_tui.services.messages import Messages
from freelancer_tui.services.milestones import Milestones
from freelancer_tui.services.outbox import Outbox
from freelancer_tui.services.outside import Outside
from freelancer_tui.services.papers import Papers
from freelancer_tui.services.payouts import Payouts
from freelancer_tui.services.projects import Projects
from freelancer_tui.services.proposals import Proposals
from freelancer_tui.services.quotes import Quotes
from freelancer_tui.services.rates import RateTable
from freelancer_tui.services.recurring import Recurring
from freelancer_tui.services.reminders import Reminders
from freelancer_tui.services.sync_log import SyncLog
from freelancer_tui.services.templates import Templates
from freelancer_tui.settings.editor import editor_command
from freelancer_tui.settings.fees import read_fees
from freelancer_tui.settings.taxes import read_taxes
from freelancer_tui.store.cache import facts
from freelancer_tui.store.cache.database import CacheDatabase
from freelancer_tui.store.sync_log import SyncLogFile
from freelancer_tui.store.work import outbox, proposals
from freelancer_tui.store.work.database import WorkDatabase
from freelancer_tui.store.work.marks import Marks
from freelancer_tui.sync.events import Event
from freelancer_tui.tui.format import Clock
from freelancer_tui.tui.screens.ahead import Around
from freelancer_tui.tui.screens.aids import Aids
from freelancer_tui.tui.screens.clients import ClientsScreen
from freelancer_tui.tui.screens.conflicts import ConflictsScreen
from freelancer_tui.tui.screens.contact import ContactScreen
from freelancer_tui.tui.screens.downloading import Fetch
from freelancer_tui.tui.screens.files import FilesScreen
from freelancer_tui.tui.screens.invoice import InvoiceScreen
from freelancer_tui.tui.screens.invoices import InvoicesScreen
from freelancer_tui.tui.screens.learning import LearningScreen
from freelancer_tui.tui.screens.log import LogScreen
from freelancer_tui.tui.screens.messages import MessagesScreen
from freelancer_tui.tui.screens.outbox import OutboxScreen
from freelancer_tui.tui.screens.pack import PackScreen
from freelancer_tui.tui.screens.proposals import ProposalsScreen
from freelancer_tui.tui.screens.rates import RatesScreen
from freelancer_tui.tui.screens.section import Section
from freelancer_tui.tui.screens.templates import TemplatesScreen
from freelancer_tui.tui.screens.versions import VersionsScreen
from freelancer_tui.tui.themes import DARK, LIGHT
from freelancer_tui.tui.widgets.key_bar import KeyBar
from tests.factories import NOW, a_page, a_profile, a_project

MAKASSAR = ZoneInfo("Asia/Makassar")
Build = Callable[[], Section]


class Host(App[None]):
    """The least app that can show a section; it keeps what the section asks the app for."""

    CSS_PATH = Path(tui.__file__).with_name("app.tcss")

    def __init__(self, build: Build, theme: str = DARK.name) -> None:
        super().__init__()
        self.wished: list[tuple[str, object]] = []
        self.queued = 0
        self.by_hand = False
        self.read = 0
        self.add_mode("section", build)
        for known in (DARK, LIGHT):
            self.register_theme(known)
        self.theme = theme

    async def on_mount(self) -> None:
        await self.switch_mode("section")

    async def _shutdown(self) -> None:
        self.workers.cancel_all()
        await super()._shutdown()

    @property
    def section(self) -> Section:
        """The section on the screen."""
        section = self.screen_stack[0]
        assert isinstance(section, Section)
        return section

    @on(Section.Go)
    def _go(self, event: Section.Go) -> None:
        self.wished.append((event.section, event.target))

    @on(Section.Queued)
    def _queued(self, event: Section.Queued) -> None:
        self.queued += 1
        self.by_hand = event.by_hand

    @on(Section.Read)
    def _read(self) -> None:
        self.read += 1


def no_line(
    message_remote_id: int,
    attachment: Attachment,
    folder: Path,
    tell: Callable[[Transfer], None],
    stop: Callable[[], bool],
) -> Download:
    """Bring nothing here: there is no line."""
    raise Offline("There is no line.")


@dataclass
class Desk:
    """Files and services of one account."""

    folder: Path
    now: datetime = NOW
    cache: CacheDatabase = field(init=False)
    work: WorkDatabase = field(init=False)
    log_file: SyncLogFile = field(init=False)
    fetch: Fetch = no_line
    """What brings files of messages here."""
    downloads: Path | None = None
    """Where they are saved; beside the account's own where nobody says."""

    def __post_init__(self) -> None:
        self.cache = CacheDatabase(self.folder)
        self.work = WorkDatabase(self.folder)
        self.log_file = SyncLogFile(self.folder)
        self.marks = Marks(self.folder)
        self._random, self._ticks = Random(7), count()
        self.keep(Feed("self"), a_profile())
        self.keep(Feed("projects"), a_project())

    def close(self) -> None:
        """Close the files, as when the program ends."""
        self.marks.close()
        self.cache.close()
        self.log_file.close()
        self.work.close()

    def clock(self) -> datetime:
        """Give the time, which stands still."""
        return self.now

    @property
    def shown_clock(self) -> Clock:
        """The clock on the screen: in Makassar."""
        return Clock(self.clock, MAKASSAR)

    def mint(self) -> str:
        """Make an id; each is later than the one before."""
        return new_id(self.now + timedelta(milliseconds=next(self._ticks)), self._random)

    @property
    def projects(self) -> Projects:
        """The user's verbs for jobs."""
        return Projects(self.cache, Marks(self.folder), self.clock)

    @property
    def proposals(self) -> Proposals:
        """The user's verbs for proposals."""
        return Proposals(self.cache, self.work, self.clock, self.mint)

    @property
    def exchange(self) -> Exchange:
        """Amounts in rupiah."""
        return Exchange(self.cache, "IDR")

    @property
    def decks(self) -> Decks:
        """All proposals as the board shows them."""
        return Decks(self.cache, self.proposals, self.exchange, self.charges)

    @property
    def charges(self) -> Charges:
        """What the marketplace keeps."""
        return Charges(read_fees(self.folder), self.exchange)

    @property
    def learning(self) -> Learning:
        """What came of the user's own bids."""
        return Learning(self.cache, self.proposals, self.exchange, self.charges, self.clock)

    @property
    def aids(self) -> Aids:
        """What helps to write an offer."""
        templates = Templates(self.cache, self.work, self.proposals, self.clock, self.mint)
        means = Means(read_fees(self.folder), self.exchange, Account(self.cache))
        return Aids(templates, Outside(self.folder, editor_command), means)

    @property
    def milestones(self) -> Milestones:
        """The user's verbs for milestones."""
        return Milestones(self.cache, self.work, self.clock, self.mint)

    @property
    def clients(self) -> Clients:
        """The user's verbs for whom they bill."""
        return Clients(self.marks.pad, self.clock, self.mint, {"pph21", "pph23"})

    @property
    def books(self) -> Books:
        """What documents are written with."""
        return Books(
            self.marks.pad, self.cache, self.clients, self.exchange, read_taxes(self.folder),
            clock=self.clock, today=lambda: self.now.astimezone(MAKASSAR).date(), mint=self.mint,
        )  # fmt: skip

    @property
    def invoices(self) -> Invoices:
        """The user's verbs for documents of their own."""
        return Invoices(self.books)

    @property
    def quotes(self) -> Quotes:
        """The user's verbs for quotes."""
        return Quotes(self.books)

    @property
    def rate_table(self) -> RateTable:
        """The user's own rates."""
        return RateTable(self.marks.pad, self.exchange, self.books.today)

    @property
    def payouts(self) -> Payouts:
        """What the marketplace paid out and kept."""
        return Payouts(self.cache, self.marks.pad, lambda: self.charges, self.clock, MAKASSAR)

    @property
    def around(self) -> Around:
        """What a document has to do with besides."""
        books = self.books
        reminders = Reminders(self.invoices, self.clients, self.messages, books.today)
        return Around(self.quotes, Deposits(books), Recurring(books), reminders)

    @property
    def papers(self) -> Papers:
        """Documents as they are printed."""
        return Papers(self.invoices, self.exchange, lambda: (), self.folder)

    @property
    def conflicts(self) -> Conflicts:
        """The user's verbs for what two hands changed."""
        return Conflicts(self.cache, self.work, self.clock, self.mint)

    @property
    def messages(self) -> Messages:
        """The user's verbs for conversations."""
        return Messages(self.cache, self.work, self.clock, self.mint, self.folder / "files")

    @property
    def contacts(self) -> Contacts:
        """The cards of clients."""
        pad, talks = self.marks.pad, self.messages.threads_kept
        shelves = Shelves(self.cache, pad, talks, self.clients, self.exchange)
        return Contacts(shelves, WorkingHours(), self.clock)

    @property
    def attachments(self) -> Attachments:
        """The files of conversations."""
        return Attachments(self.cache, self.work)

    @property
    def history(self) -> History:
        """The user's verbs for what was written before."""
        return History(self.proposals, self.messages, self.work, self.clock)

    @property
    def disputes(self) -> Disputes:
        """Everything about a piece of work as a folder."""
        url = "https://www.freelancer.com"
        cases = Cases(self.cache, self.work, self.marks.pad, self.clock, url)
        return Disputes(cases, self.shown_clock.zone)

    @property
    def outbox(self) -> Outbox:
        """The user's verbs for what waits."""
        return Outbox(self.work, self.clock, self.log_file)

    def keep(self, feed: Feed, *found: Fact) -> None:
        """Take in facts, as the sync does."""
        with self.cache.transaction() as connection:
            facts.store(connection, feed, a_page(*found))

    def lay_in(self, *things: Proposal | OutboxEntry) -> None:
        """Put sheets and entries into the work file, as if they had come about before."""
        with self.work.transaction() as session:
            for thing in things:
                if isinstance(thing, Proposal):
                    proposals.put(session, thing)
                else:
                    outbox.add(session, thing)

    def move(self, before: OutboxEntry, after: OutboxEntry) -> None:
        """Let an entry reach another state, as the sync does."""
        with self.work.transaction() as session:
            assert outbox.replace(session, before.state, after)

    def build(self, name: str) -> Build:
        """Give what builds a section."""
        clock = self.shown_clock
        return {
            "conflicts": lambda: ConflictsScreen(self.conflicts, clock=clock),
            "proposals": lambda: ProposalsScreen(
                self.proposals, self.projects, self.decks, self.aids, clock=clock
            ),
            "messages": lambda: MessagesScreen(
                self.messages, self.outbox, self.aids.outside, clock=clock
            ),
            "files": lambda: FilesScreen(
                self.messages,
                self.attachments,
                self.fetch,
                self.downloads or self.folder / "saved",
                clock=clock,
            ),
            "invoices": lambda: InvoicesScreen(
                self.milestones, self.invoices, self.quotes, self.payouts, clock=clock
            ),
            "invoice": lambda: InvoiceScreen(self.invoices, self.papers, self.around, clock=clock),
            "rates": lambda: RatesScreen(self.rate_table, clock=clock),
            "clients": lambda: ClientsScreen(self.clients, self.invoices, clock=clock),
            "contact": lambda: ContactScreen(self.contacts, clock=clock),
            "learning": lambda: LearningScreen(self.learning, clock=clock),
            "pack": lambda: PackScreen(self.disputes, clock=clock),
            "log": lambda: LogScreen(SyncLog(self.log_file), clock=clock),
            "outbox": lambda: OutboxScreen(self.outbox, clock=clock),
            "templates": lambda: TemplatesScreen(
                self.aids, self.proposals, self.messages, clock=clock
            ),
            "versions": lambda: VersionsScreen(self.history, clock=clock),
        }[name]


@asynccontextmanager
async def at(
    folder: Path, section: str, fill: Callable[[Desk], None], size: tuple[int, int] = (120, 40)
) -> AsyncIterator["User"]:
    """Sit down at a section over a filled desk; the files are closed afterwards."""
    desk = Desk(folder / "account")
    fill(desk)
    try:
        async with Host(desk.build(section)).run_test(size=size) as pilot:
            user = User(pilot, desk)
            await user.settle()
            yield user
    finally:
        desk.close()


class User:
    """What somebody at the terminal does and sees."""

    def __init__(self, pilot: Pilot[None], desk: Desk) -> None:
        self.pilot = pilot
        self.desk = desk

    @property
    def host(self) -> Host:
        """The app around the section."""
        assert isinstance(self.pilot.app, Host)
        return self.pilot.app

    async def press(self, *keys: str) -> None:
        """Press keys and let everything settle."""
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type a text."""
        names = {" ": "space", "\n": "enter"}
        await self.press(*(names.get(letter, letter) for letter in text))

    async def settle(self) -> None:
        """Wait until nothing is loading, acting or unsaved."""
        for _round in range(3):
            await self.pilot.pause()
            await self.host.workers.wait_for_complete(
                [
                    worker
                    for worker in self.host.workers
                    if worker.group in ("acts", "reload", "downloads")
                ]
            )
        await self.pilot.pause()

    async def save(self) -> None:
        """Wait until what was typed is in the file."""
        assert await self.host.section.flush()
        await self.settle()

    def sees(self, words: str) -> bool:
        """Tell whether words stand on the screen, on one line."""
        return any(words in line for line in self.screen())

    def screen(self) -> list[str]:
        """Give the lines on the screen."""
        lines = self.host.screen._compositor.render_strips()
        return ["".join(segment.text for segment in line).rstrip() for line in lines]

    async def syncs(self, *events: Event) -> None:
        """Let the sync tell something, and wait for the screen to follow."""
        section = self.host.section
        section.RELOAD_SECONDS = 0.01  # type: ignore[misc]
        for event in events:
            section.on_sync_event(event)
        await self.pilot.pause(0.02)
        await self.settle()

    def told(self) -> str:
        """Give the sentence in the bottom line."""
        return self.host.section.query_one(KeyBar)._note

    def reads(self, selector: str) -> str:
        """Give the words of a widget."""
        return str(self.host.section.query_one(selector, Static).content)
