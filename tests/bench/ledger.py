"""Ledger: the list of our documents opened with many of them, beside one of a few."""

import asyncio
import tempfile
from pathlib import Path
from time import perf_counter, process_time

from freelancer_tui.tui.screens.invoices import InvoicesScreen
from freelancer_tui.tui.widgets.invoice_list import InvoiceList
from tests.bench.invoices import FEW, fill
from tests.bench.table import Row, against, median
from tests.tui.desk import Desk, Host, User

MANY = 10_000
ROUNDS = 5


def run(documents: int = MANY) -> list[Row]:
    """Open the list again and again, with few documents and then with many."""
    return asyncio.run(_compared(documents))


async def _compared(documents: int) -> list[Row]:
    few, many = await _measured(FEW), await _measured(documents)
    name = f"the list of {documents:,} documents opens"
    found = []
    for place, how in enumerate(("by the clock", "processor time")):
        value, floor = (median([one[place] for one in rows]) for rows in (many, few))
        found.append(against(f"{name}, {how}", value, floor, "ms", 1.3))
    return found


async def _measured(documents: int) -> list[tuple[float, float]]:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        fill(desk.marks.pad, documents)
        found = [await _opened(desk) for _ in range(ROUNDS)]
        desk.close()
    return found


async def _opened(desk: Desk) -> tuple[float, float]:
    """Give the milliseconds from the turn to the painted list, by the clock and the processor."""
    host = Host(desk.build("invoices"))
    async with host.run_test(size=(120, 40)) as pilot:
        await User(pilot, desk).settle()
        section = host.section
        assert isinstance(section, InvoicesScreen)
        shown, painted = section.query_one(InvoiceList), asyncio.Event()
        began, worked = perf_counter(), process_time()
        section.turn_to("invoices")
        while shown.current is None:
            await asyncio.sleep(0.0005)
        section.call_after_refresh(painted.set)
        await painted.wait()
        return (perf_counter() - began) * 1e3, (process_time() - worked) * 1e3
