"""Judgements: what speaks for a job, and what to be wary of."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from freelancer_tui.domain.flags import Flag
    from freelancer_tui.domain.match import Match


@dataclass(frozen=True, slots=True)
class Judgement:
    """The match of a job with the user, and the flags it bears."""

    match: "Match"
    flags: "tuple[Flag, ...]" = ()
