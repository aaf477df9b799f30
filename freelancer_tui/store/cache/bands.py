"""Bands: budgets in powers of two of a dollar, so that the index knows the large from the small.

A currency keeps the rate that it had when it was first met here: bands only choose candidates,
so an old rate does no harm as long as a job and a question are put into bands by the same one.
"""

import math
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from freelancer_tui.domain.money import minor_digits
from freelancer_tui.domain.projects import Budget
from freelancer_tui.domain.search.reading import Limit
from freelancer_tui.store.cache.changes import AMONG, listed
from freelancer_tui.store.columns import maybe_minor

TOP: Final = 24
"""Sixteen millions and all above; also where there is no upper limit."""
UNRATED: Final = "?"
"""The band of a currency that had no rate: it may be any."""
_BANDS: Final = (*map(str, range(TOP + 1)), UNRATED)
EVERY: Final = tuple(f"{end}:{band}" for end in ("least", "most") for band in _BANDS)
_KEPT: Final = f"SELECT key, name FROM facets WHERE key {AMONG} AND name != ''"
_LISTED: Final = f"""
    SELECT code, usd_rate FROM currencies WHERE usd_rate IS NOT NULL AND code {AMONG}
"""
Rates = Mapping[str, float]


def kept_rates(connection: sqlite3.Connection, codes: Sequence[str]) -> dict[str, float]:
    """Give the rates that bands go by: for a currency that is new here, today's."""
    today = connection.execute(_LISTED, (listed(codes),))
    rates = {code: float(rate) for code, rate in today if float(rate) > 0}
    met = connection.execute(_KEPT, (listed(f"currency:{code}" for code in codes),))
    return rates | {key.removeprefix("currency:"): float(rate) for key, rate in met}


def of(budget: Budget, rates: Rates) -> Iterator[str]:
    """Name the bands of a budget; none where the client told nothing."""
    if budget.minimum is None and budget.maximum is None:
        return
    low, high = maybe_minor(budget.minimum), maybe_minor(budget.maximum)
    yield f"least:{_band(low or 0, budget.currency, rates)}"
    yield f"most:{TOP if high is None else _band(high, budget.currency, rates)}"


def asked(limits: Sequence[Limit], rates: Rates) -> tuple[list[str], list[str]]:
    """Name the bands in which the upper and the lower ends of fitting budgets can lie."""
    rated = [limit for limit in limits if limit.currency in rates]
    lows = [_band(one.low, one.currency, rates) for one in rated if one.low is not None]
    highs = [_band(one.high, one.currency, rates) for one in rated if one.high is not None]
    most = _BANDS[min(map(int, lows)) :] if lows else ()
    least = (*_BANDS[: max(map(int, highs)) + 1], UNRATED) if highs else ()
    return [f"most:{band}" for band in most], [f"least:{band}" for band in least]


def _band(units: int, currency: str, rates: Rates) -> str:
    if currency not in rates:
        return UNRATED
    dollars = units * rates[currency] / 10 ** minor_digits(currency)
    return str(min(int(math.log2(max(dollars, 1.0))), TOP))
