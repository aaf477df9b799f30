"""Welcome: the first run asks which marketplace, or shows the demo at once."""

from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlsplit

from textual import on
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from freelancer_tui.i18n import N_, _
from freelancer_tui.tui.screens.section import translated
from freelancer_tui.tui.widgets.key_bar import KeyBar

Kind = Literal["demo", "freelancer", "sandbox", "other"]
_URLS: Final[dict[Kind, str]] = {
    "freelancer": "https://www.freelancer.com",
    "sandbox": "https://www.freelancer-sandbox.com",
}
_TOKEN_PAGES: Final[dict[Kind, str]] = {
    "freelancer": "accounts.freelancer.com/settings/develop",
    "sandbox": "accounts.freelancer-sandbox.com/settings/develop",
}
_OFFERS: Final[tuple[tuple[Kind, str, str], ...]] = (
    ("demo", N_("Look around in the demo"),
     N_("A small marketplace on this computer; nothing to set up.")),
    ("freelancer", N_("Freelancer.com"), N_("Your account there; you need a token.")),
    ("sandbox", N_("Freelancer.com's sandbox"), N_("Their playground, with a token of its own.")),
    ("other", N_("Another address"), N_("Whatever speaks the same language.")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """What the user wants to begin with."""

    kind: Kind
    url: str = ""
    """The base address, without `/api`; empty for the demo."""
    token: str = ""


class Offers(OptionList):
    """The offers, with the keys that lists have here."""

    BINDINGS = [
        Binding("enter", "select", N_("Choose"), id="welcome.choose"),
        Binding("j", "cursor_down", N_("Next"), show=False, id="welcome.next"),
        Binding("k", "cursor_up", N_("Previous"), show=False, id="welcome.previous"),
    ]


class WelcomeScreen(Screen[Choice]):
    """Four offers; all but the demo ask for a token, one for an address too."""

    AUTO_FOCUS = "OptionList"
    CSS_PATH = "welcome.tcss"
    BINDINGS = [
        Binding("escape", "back", N_("Back"), id="welcome.back",
                tooltip=N_("Choose something else")),
        Binding("ctrl+q,q", "app.quit", N_("Leave"), id="welcome.leave",
                tooltip=N_("Leave; nothing was kept")),
    ]  # fmt: skip

    def __init__(self, problem: str = "", before: Choice | None = None) -> None:
        super().__init__()
        self.problem, self.before = problem, before
        self.kind: Kind = before.kind if before else "demo"

    def compose(self) -> ComposeResult:
        with Vertical(id="welcome"):
            yield Static(Content.styled(_("freelancer"), "bold $primary"))
            yield Static(_("Jobs, proposals, messages and invoices, online or not."), id="what")
            yield Offers(*(self._offer(*offer) for offer in _OFFERS), markup=False, compact=True)
            with Vertical(id="account"):
                yield Static(id="asked", markup=False)
                yield Input(placeholder=_("Address, such as https://…"), id="url", compact=True)
                token = Input(password=True, placeholder=_("Token"), id="token", compact=True)
                yield token
                yield Static(id="where", markup=False)
            yield Static(self.problem, id="problem", markup=False)
        yield KeyBar()

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        return translated(super().active_bindings)

    def on_mount(self) -> None:
        for field in self.query(Input):
            field.cursor_blink = False
        self.query_one("#account").display = False
        if self.before is not None:  # what did not work is mended where it was typed
            if self.kind == "other":
                self.query_one("#url", Input).value = self.before.url
            self._ask()
            self.query_one("#token").focus()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.kind = _OFFERS[event.option_index][0]
        if self.kind == "demo":
            self.dismiss(Choice("demo"))
        else:
            self._ask()

    @on(Input.Submitted, "#url")
    def _addressed(self) -> None:
        self.query_one("#token").focus()

    @on(Input.Submitted, "#token")
    def _finish(self) -> None:
        url = _URLS.get(self.kind) or self.query_one("#url", Input).value.strip().rstrip("/")
        url = url.removesuffix("/api")
        token = self.query_one("#token", Input).value.strip()
        problem = objection(url, token)
        self.query_one("#problem", Static).update(problem)
        if not problem:
            self.dismiss(Choice(self.kind, url, token))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "back" or bool(
            self.query("#account") and self.query_one("#account").display
        )

    def action_back(self) -> None:
        self.query_one("#account").display = False
        self.query_one("#problem", Static).update("")
        offers = self.query_one(OptionList)
        offers.display = True
        offers.focus()

    def _ask(self) -> None:
        self.query_one(OptionList).display = False
        self.query_one("#account").display = True
        name = next(_(title) for kind, title, _words in _OFFERS if kind == self.kind)
        self.query_one("#asked", Static).update(Content.styled(name, "bold"))
        self.query_one("#url").display = self.kind == "other"
        page = _TOKEN_PAGES.get(self.kind)
        advice = _("Make a token at {page}.").format(page=page) + "\n" if page else ""
        kept = _("It is kept in your system's keyring, never in a file.") + "\n"
        self.query_one("#where", Static).update(advice + kept + _("Enter signs in."))
        self.query_one("#url" if self.kind == "other" else "#token").focus()

    def _offer(self, kind: Kind, title: str, words: str) -> Option:
        text = Content.assemble((_(title), "bold $foreground"), f"\n{_(words)}")
        return Option(text, id=kind)


def objection(url: str, token: str) -> str:
    """Say what is wrong with an address and a token; nothing when both can be tried."""
    parts = urlsplit(url)
    here = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if not parts.hostname or parts.scheme not in ("https", "http"):
        return _("Write the whole address, beginning with https://")
    if parts.scheme == "http" and not here:
        return _("A token is only sent over https, or to this computer.")
    if not token:
        return _("Paste the token; without one nothing can be read.")
    return ""
