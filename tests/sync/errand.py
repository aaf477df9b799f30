"""Errand: one fixed piece of work, ended at one commit; the line is good, only the power is bad."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Literal

from freelancer_tui.domain.intents import AcceptAward, AskRelease, PlaceBid, SendMessage
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.proposals import Proposal
from freelancer_tui.store.copies import Copies
from freelancer_tui.store.work import outbox, proposals
from tests.sync.market import ME, a_bid_of
from tests.sync.programs import PowerCut, Program
from tests.sync.world import PowerLoss, World

Ending = Literal["before", "after", "power loss"]
_JOB, _AWARDED, _BID, _HELD = 1001, 1002, 500, 600


class Errand(World):
    """A draft, a bid with a wish for money, two equal messages with files, an award, a release."""

    def __init__(self, folder: Path, crash_at: tuple[int, Ending] | None = None) -> None:
        super().__init__(folder, seed=1, engines=1)
        self.crash_at = crash_at or (0, "before")
        self.fault_rate = self.crash_rate = self.jump_rate = 0
        self.loses_power = self.sweeps = True
        self.disk.durable()
        self.market.page_size = 2
        self.market.echoes = self.market.drops_repeats = False
        self.market.posts(5 - len(self.market.projects))
        self.market.bids.clear()
        offer = PlaceBid(_AWARDED, Money(Decimal(400), "USD"), 9, "From the website")
        self.market.places(a_bid_of(ME, _BID, offer, self.market.time()))
        self.market.awards(_AWARDED)
        self.market.purse.held.clear()
        self.market.wishes.clear()
        self.market.purse.pays(_HELD, None, _AWARDED, Money(Decimal(60), "USD"))

    async def run(self) -> None:
        await self._turn(self.programs[0])
        self.do(self._drafts, self._is_drafted)
        self.do(self._submits, partial(self._are_queued, 1))
        self.do(self._asks_for_money, partial(self._are_queued, 2))
        for number in (1, 2):
            self.do(self._says(number), partial(self._are_queued, 2 + number))
        self.do(self._accepts, partial(self._are_queued, 5))
        self.do(self._asks_release, partial(self._are_queued, 6))
        self.market.says(34, "hello")
        await self._turn(self.programs[0])
        self.market.vanishes(1005)
        self.people.ever_vanished.add(1005)
        self.checks.always()
        await self.calm()
        self.checks.end()
        states = [entry.state for entry in self.programs[0].outbox.entries()]
        assert states == [], f"{states} is left"

    def do(self, act: Callable[[Program], None], is_done: Callable[[], bool]) -> None:
        """Let the user do something, and again if the program ended before it was kept."""
        self.is_hurt, before = True, dict(self.people.intents)
        try:
            act(self.programs[0])
        except PowerLoss:
            self.end_all()
        except PowerCut:
            self.reopen(self.programs[0])
        self.is_hurt = False
        if not is_done():
            self.people.intents = before
            act(self.programs[0])
        with self.programs[0].work.read() as session:
            for entry in outbox.listed(session, 100):
                self.people.intents.setdefault(entry.id, entry.intent)
            self.people.sheets |= {sheet.id for sheet in proposals.all(session, 100)}

    def _drafts(self, program: Program) -> None:
        price = Money(Decimal(250), "USD")
        with program.work.transaction() as session:
            proposals.put(session, Proposal("sheet", _JOB, "USD", "I can.", price, 7))

    def _is_drafted(self) -> bool:
        with self.programs[0].work.read() as session:
            return proposals.get(session, "sheet") is not None

    def _submits(self, program: Program) -> None:
        with program.work.read() as session:
            sheet = proposals.get(session, "sheet")
        assert sheet is not None
        self.people.submit(program, sheet)

    def _asks_for_money(self, program: Program) -> None:
        program.milestones.request_with("sheet", Money(Decimal(100), "USD"), "First part")

    def _says(self, number: int) -> Callable[[Program], None]:
        """Say the same twice, each time with another file of one name."""

        def says(program: Program) -> None:
            source = self.folder / "home" / "plan.pdf"
            source.write_text(f"plan {number}")
            copies = Copies(self.folder / "files")
            upload = copies.take(source, "plan.pdf", 1000)
            copies.keep(upload)
            intent = SendMessage(34, "ok", str(number), (upload,))
            self.people.queue(program, intent, "thread:34")

        return says

    def _accepts(self, program: Program) -> None:
        self.people.queue(program, AcceptAward(_BID, _AWARDED), f"project:{_AWARDED}")

    def _asks_release(self, program: Program) -> None:
        intent = AskRelease(_HELD, _AWARDED, Money(Decimal(60), "USD"), "A part")
        self.people.queue(program, intent, f"project:{_AWARDED}")

    def _are_queued(self, count: int) -> bool:
        with self.programs[0].work.read() as session:
            return len(outbox.live(session)) >= count
