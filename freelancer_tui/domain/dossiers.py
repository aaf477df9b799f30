"""Dossiers: what is known around a job: its history, others like it, and how to measure it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from freelancer_tui.domain.hours import USUAL, WorkingHours
from freelancer_tui.domain.rates import Rates

if TYPE_CHECKING:
    from freelancer_tui.domain.happenings import Happening, Similar


@dataclass(frozen=True, slots=True)
class Dossier:
    """Beside the job itself; all of it can be empty."""

    happenings: "tuple[Happening, ...]" = ()
    """The newest first."""
    similar: "tuple[Similar, ...]" = ()
    own: str = ""
    """The user's currency."""
    rates: Rates = field(default_factory=Rates)
    hours: WorkingHours = USUAL
    """When the user works."""
