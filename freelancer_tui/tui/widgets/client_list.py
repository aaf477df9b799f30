"""Client list: the user themselves on top, then everybody whom they bill."""

from collections.abc import Sequence

from freelancer_tui.domain.billing import Client, Seller
from freelancer_tui.i18n import _
from freelancer_tui.tui.format import fit
from freelancer_tui.tui.widgets.blocks import Blocks
from freelancer_tui.tui.widgets.lines import Line, apart
from freelancer_tui.tui.widgets.stack import Block
from freelancer_tui.tui.widgets.utterances import rule

YOU = "you"


class ClientList(Blocks):
    """A line for each."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._seller = Seller()
        self._clients: tuple[Client, ...] = ()

    def show(self, seller: Seller, clients: Sequence[Client]) -> None:
        """Show the user and their clients, in the given order."""
        self._seller, self._clients = seller, tuple(clients)
        self.redraw()

    @property
    def client(self) -> Client | None:
        """The client under the cursor."""
        return next((one for one in self._clients if one.id == self.cursor_key), None)

    @property
    def is_you(self) -> bool:
        """True while the cursor is on the user themselves."""
        return self.cursor_key == YOU

    def draw(self, width: int) -> Sequence[Block]:
        name = self._seller.party.name
        you: Line = (
            (" ★ ", "accent"),
            (name or _("not written down yet"), "" if name else "warn"),
            ("  " + _("you, on your documents"), "quiet"),
        )
        blocks = [Block(YOU, (you,)), rule("clients", _("Clients"), width)]
        blocks += [Block(one.id, (_row(one, width),)) for one in self._clients]
        if not self._clients:
            told = _("n writes down whom you bill.")
            blocks.append(Block("none", (((f"   {told}", "quiet"),),), can_choose=False))
        return blocks


def _row(one: Client, width: int) -> Line:
    about = fit(one.party.country_code, 3) + fit(one.currency, 4) + fit(one.language, 5)
    return apart(((f"   {one.party.name}", ""),), ((about, "quiet"),), width)
