"""Table: what was measured, its floor, the ratio and the budget."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Row:
    """One measured thing."""

    what: str
    value: float
    unit: str
    floor: float | None = None
    budget: str = ""
    held: bool | None = None

    @property
    def ratio(self) -> str:
        """The value as a multiple of its floor."""
        return f"{self.value / self.floor:.2f} ×" if self.floor else ""


def against(what: str, value: float, floor: float, unit: str, most: float) -> Row:
    """Build a row whose budget is a multiple of its floor."""
    return Row(what, value, unit, floor, f"≤ {most} ×", value <= floor * most)


def at_most(what: str, value: float, most: float, unit: str) -> Row:
    """Build a row whose budget is a fixed figure."""
    return Row(what, value, unit, None, f"≤ {most:g} {unit}", value <= most)


def show(rows: Sequence[Row]) -> None:
    """Print rows as a table."""
    for row in rows:
        floor = f"floor {row.floor:10.2f}" if row.floor is not None else " " * 16
        verdict = {True: "held", False: "MISSED", None: ""}[row.held]
        print(
            f"{row.what:<58} {row.value:10.2f} {row.unit:<6} {floor} {row.ratio:>9}"
            f"  {row.budget:<10} {verdict}"
        )


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value below which a share of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def milliseconds(call: Callable[[], object]) -> float:
    """Time one call."""
    start = perf_counter()
    call()
    return (perf_counter() - start) * 1000


def median(values: Sequence[float]) -> float:
    """Give the middle value."""
    return statistics.median(values)
