"""Faults: what a bad line does to one call, as an adapter tells it, all of it drawn from a seed."""

from collections.abc import Callable, Mapping
from random import Random
from typing import Final

from freelancer_tui.domain.intents import BidAction, EscrowAction, PlaceBid, SendMessage
from freelancer_tui.errors import (
    Offline,
    OutcomeUnknown,
    RateLimited,
    Unauthorized,
    WireMismatch,
)
from tests.sync.market import Doing, Fault, Market
from tests.sync.pins import Marking
from tests.sync.programs import PowerCut

DEADLINE: Final = 30.0
"""Seconds after which our own total deadline ends a call."""
_NO_HEADER: Final = 60.0
"""The wait of a limit that names none, as the adapter has it."""


def refused(random: Random) -> Fault:
    return Fault(Offline("connection refused"))


def dropped_before(random: Random) -> Fault:
    return Fault(OutcomeUnknown("reset before it was read"))


def dropped_after(random: Random) -> Fault:
    return Fault(OutcomeUnknown("reset after it was done"), lands=True)


def slow(random: Random) -> Fault:
    return Fault(OutcomeUnknown("deadline"), lands=random.random() < 0.5, takes=DEADLINE)


def slow_loris(random: Random) -> Fault:
    """Bytes drip in, so no read times out: only a total deadline ends it."""
    return Fault(OutcomeUnknown("deadline while reading"), lands=True, takes=DEADLINE)


def zombie(random: Random) -> Fault:
    return Fault(OutcomeUnknown("cut"), lands_later=random.uniform(0, 90))


def doubled(random: Random) -> Fault:
    """The network delivers a request again, at once or up to 90 s later.

    Nobody can prevent that from this side, so it is drawn only where a rule of the server's
    answers it (see `may_double`).
    """
    return Fault(None, lands_later=random.choice([0.0, random.uniform(0, 90)]))


def limited(random: Random) -> Fault:
    wait = round(random.uniform(0, 90), 3)
    return Fault(RateLimited("slow down", wait_seconds=wait))


def limited_without_header(random: Random) -> Fault:
    return Fault(RateLimited("slow down", wait_seconds=_NO_HEADER))


def unavailable(random: Random) -> Fault:
    return Fault(RateLimited("503", wait_seconds=float(random.randrange(1, 120))))


def error_before(random: Random) -> Fault:
    return Fault(OutcomeUnknown("500"))


def error_after(random: Random) -> Fault:
    return Fault(OutcomeUnknown("500"), lands=True)


def truncated(random: Random) -> Fault:
    return Fault(OutcomeUnknown("the answer broke off"), lands=True)


def html(random: Random) -> Fault:
    return Fault(WireMismatch("a page instead of data"), lands=random.random() < 0.5)


def signed_out(random: Random) -> Fault:
    return Fault(Unauthorized("the token is not taken"))


def cut_list(random: Random) -> Fault:
    """A list that comes without its end; other calls are answered as ever."""
    return Fault(None, cuts=True)


def killed(random: Random) -> Fault:
    return Fault(PowerCut(), lands=random.random() < 0.5)


KINDS: Final[Mapping[str, Callable[[Random], Fault]]] = {
    one.__name__: one
    for one in (
        refused,
        dropped_before,
        dropped_after,
        slow,
        slow_loris,
        zombie,
        doubled,
        limited,
        limited_without_header,
        unavailable,
        error_before,
        error_after,
        truncated,
        html,
        signed_out,
        cut_list,
    )
}
_NAMES: Final = (*KINDS, "zombie", "zombie", "dropped_before", "dropped_after")
"""What does most harm is drawn more often."""


def draw(random: Random) -> str:
    """Draw a kind of fault by its name."""
    return random.choice(_NAMES)


def may_double(intent: Doing | None, market: Market) -> bool:
    """Tell whether the server has a rule of its own against a call that comes twice.

    It takes one bid of a user's for a project, and a message is known by its client id where
    the server looks at that. A request for money has nothing of the kind: were it delivered
    twice by the network, it would stand there twice, whatever the sender does. A change of a
    bid that comes again later goes over what was changed since, and no sender can call it back.
    What is done to a bid, or to money, is done, and cannot be done again before the client moves.
    A reading that comes again later covers what came meanwhile, though nobody saw it.
    """
    if isinstance(intent, Marking):
        return intent.action != "read"
    if isinstance(intent, SendMessage):
        return market.drops_repeats
    return intent is None or isinstance(intent, PlaceBid | BidAction | EscrowAction)
