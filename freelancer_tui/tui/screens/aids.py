"""Aids: what helps to write an offer: templates, the user's own editor, what a price comes to."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from freelancer_tui.services.means import Means
    from freelancer_tui.services.outside import Outside
    from freelancer_tui.services.templates import Templates


@dataclass(frozen=True, slots=True)
class Aids:
    """Three services that go together wherever an offer is written."""

    templates: "Templates"
    outside: "Outside"
    means: "Means"
