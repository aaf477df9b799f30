"""ListKeys: how one moves in a list, by arrows and by the letters of vim."""

from typing import Final

from textual.binding import Binding

from freelancer_tui.i18n import N_

LIST_KEYS: Final = (
    Binding("down,j", "move(1)", N_("Next"), show=False, id="list.next"),
    Binding("up,k", "move(-1)", N_("Previous"), show=False, id="list.previous"),
    Binding("pagedown,ctrl+d", "page(1)", N_("Page down"), show=False, id="list.page_down"),
    Binding("pageup,ctrl+u", "page(-1)", N_("Page up"), show=False, id="list.page_up"),
    Binding("home,g", "edge(-1)", N_("First"), show=False, id="list.first"),
    Binding("end,G", "edge(1)", N_("Last"), show=False, id="list.last"),
)
