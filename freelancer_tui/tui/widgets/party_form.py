"""Party form: the fields of a client, or of the user, saved as they are typed."""

import asyncio
from dataclasses import dataclass

from textual import on
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Input

from freelancer_tui.i18n import _
from freelancer_tui.tui.widgets import party_fields
from freelancer_tui.tui.widgets.field import Field
from freelancer_tui.tui.widgets.party_fields import Owner, Rules


class PartyForm(VerticalScroll, can_focus=False):
    """It tells each change; a field that cannot be read keeps what it was before one wrote."""

    DEFAULT_CSS = """
    PartyForm {
        padding: 0 1;
        & Field .label { width: 14; color: $foreground-muted; }
        & Field Input { width: 1fr; max-width: 52; }
        & Field .reading { width: auto; max-width: 44; max-height: 1; }
        &.-reading Input { background: $background; }
    }
    """

    @dataclass
    class Edited(Message):
        """A field changed; this is how they all stand."""

        owner: Owner

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.owner: Owner | None = None
        self.is_writing = False
        self._before: Owner | None = None
        self._rules: Rules = ()
        self._kind: type | None = None
        self._turn = asyncio.Lock()

    async def show(self, owner: Owner | None, rules: Rules) -> None:
        """Show somebody; the one who is being written down stays as typed."""
        async with self._turn:  # fields are built while others ask
            if not self.is_writing:
                await self._show(owner, rules)

    async def _show(self, owner: Owner | None, rules: Rules) -> None:
        self._rules = rules
        if owner is None:
            self.owner = self._kind = None
            await self.query(Field).remove()
            return
        if self._kind is not type(owner):
            self.owner = None
            await self.query(Field).remove()
            fields = party_fields.fields_of(owner)
            await self.mount(*(Field(_(one.label), id=f"p-{one.key}", most=300) for one in fields))
            self._kind = type(owner)
        self.owner = owner
        for one in party_fields.fields_of(owner):
            field = self.query_one(f"#p-{one.key}", Field)
            field.put(party_fields.typed(owner, one.key, rules))
            field.entry.disabled = True
        self._tell()

    def write(self, *, names: bool = False) -> None:
        """Open the fields, the cursor in the first; with `names` what one types replaces it."""
        self.is_writing = True
        self._before = self.owner
        for field in self.query(Field):
            field.entry.disabled = False
        first = self._entries[0].focus()
        if names:
            first.select_all()
        self._tell()

    def close(self) -> None:
        """Let the fields be read only."""
        self.is_writing = False
        for field in self.query(Field):
            field.entry.disabled = True
        self._tell()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self.owner is None or self._before is None or not self.is_writing:
            return
        fresh = self._before  # on the way to "Indonesia" nobody is to move to India
        for one in party_fields.fields_of(fresh):
            if not self._wrong(one.key):
                body = self.query_one(f"#p-{one.key}", Field).value
                fresh = party_fields.read(fresh, one.key, body, self._rules)
        changed, self.owner = fresh != self.owner, fresh
        self._tell()
        if changed:
            self.post_message(self.Edited(fresh))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.screen.focus_next()

    @property
    def _entries(self) -> list[Input]:
        return [one.entry for one in self.query(Field)]

    def _wrong(self, key: str) -> str:
        """Say what is wrong with a field; nothing where it can be read."""
        assert self.owner is not None
        body = self.query_one(f"#p-{key}", Field).value
        try:
            party_fields.read(self.owner, key, body, self._rules)
        except ValueError as error:
            return str(error)
        return _("A name is needed.") if key == "name" and not body.strip() else ""

    def _tell(self) -> None:
        if self.owner is None:
            return
        for one in party_fields.fields_of(self.owner):
            field = self.query_one(f"#p-{one.key}", Field)
            wrong = self._wrong(one.key) if self.is_writing else ""
            words = party_fields.told(self.owner, one.key)
            if self.is_writing and not field.value:
                words = _(one.hint) if one.hint else ""
            field.tell(wrong or words, is_wrong=bool(wrong))
