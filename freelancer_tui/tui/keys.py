"""Keys: those that work on every section, remappable by their ids."""

import sys
from typing import Final

from textual.binding import Binding, BindingType

from freelancer_tui.i18n import N_
from freelancer_tui.tui.widgets.nav import SECTIONS

_SUSPEND: Final[tuple[BindingType, ...]] = (
    Binding("ctrl+z", "suspend_process", N_("Suspend"), id="app.suspend", show=False,
            tooltip=N_("Back to the shell; fg comes back here. Where one writes it undoes")),
)  # fmt: skip
GLOBAL_KEYS: Final[list[BindingType]] = [
    Binding("question_mark,f1", "keys", N_("Keys"), id="app.keys",
            tooltip=N_("Show every key of this screen")),
    Binding("ctrl+p", "command_palette", N_("Actions"), id="app.actions", priority=True,
            tooltip=N_("Find any action by its name")),
    Binding("r", "sync_now", N_("Sync"), id="app.sync", show=False,
            tooltip=N_("Send and fetch now")),
    Binding("f9", "cut_line", N_("Cut the line"), id="demo.cut",
            tooltip=N_("Demo: make the marketplace unreachable")),
    Binding("f9", "mend_line", N_("Mend the line"), id="demo.mend",
            tooltip=N_("Demo: make the marketplace reachable again")),
    *(Binding(f"{key},alt+{key}", f"go('{name}')", label, id=f"go.{name}", show=False,
              tooltip=N_("Go to this section"))
      for key, (name, label) in enumerate(SECTIONS, 1)),
    Binding("0,alt+0", "go('log')", N_("Log of the sync"), id="go.log", show=False,
            tooltip=N_("See what the sync did")),
    *(() if sys.platform == "win32" else _SUSPEND),
    Binding("q", "quit", N_("Quit"), id="app.quit",
            tooltip=N_("Leave; what you wrote is kept")),
]  # fmt: skip
