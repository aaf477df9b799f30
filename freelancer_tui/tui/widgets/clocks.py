"""Clocks: what time it is where the other side lives, and whether they sleep."""

from datetime import time, tzinfo
from typing import Final

from freelancer_tui import wording
from freelancer_tui.domain.hours import USUAL, WorkingHours
from freelancer_tui.domain.zones import zone_of
from freelancer_tui.i18n import _
from freelancer_tui.tui.format import Clock

NIGHT: Final = WorkingHours(time(22), time(7))
"""When nobody likes to be rung out of bed."""


def zone_beside(name: str, clock: Clock) -> tzinfo | None:
    """Give a zone where the clocks show another time than ours; None where they do not."""
    zone, now = zone_of(name), clock.now()
    if zone is None or now.astimezone(zone).utcoffset() == clock.here(now).utcoffset():
        return None
    return zone


def clocks(name: str, clock: Clock) -> tuple[str, bool]:
    """Say what both clocks show, and tell whether it is night there; nothing for one clock."""
    zone, now = zone_beside(name, clock), clock.now()
    if zone is None:
        return "", False
    text = _("you {here} · there {there}").format(
        here=wording.hour(now, clock.zone), there=wording.hour(now, zone)
    )
    at = now.astimezone(zone).time()
    if at in NIGHT:
        return _("{times}, night").format(times=text), True
    return (text if at in USUAL else _("{times}, not at work").format(times=text)), False
