"""Templates: texts and snippets to choose from, put into a proposal, written and changed."""

from functools import partial
from typing import TYPE_CHECKING, Final

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Static

from freelancer_tui.domain.drafts import Place, thread_of
from freelancer_tui.domain.templates import Facts, Kind, Language, Template, fill
from freelancer_tui.errors import FreelancerError, NotFound
from freelancer_tui.i18n import N_, _, language
from freelancer_tui.sync.events import Event
from freelancer_tui.tui.format import Clock, tame
from freelancer_tui.tui.screens.aids import Aids
from freelancer_tui.tui.screens.kept import Kept, telling
from freelancer_tui.tui.screens.outside import edit_outside
from freelancer_tui.tui.screens.section import Section, Target
from freelancer_tui.tui.widgets.notice import Notice
from freelancer_tui.tui.widgets.template_form import TemplateForm
from freelancer_tui.tui.widgets.template_list import TemplateList
from freelancer_tui.tui.widgets.writing import Writing

if TYPE_CHECKING:
    from freelancer_tui.services.messages import Messages
    from freelancer_tui.services.proposals import Proposals

_WIDE: Final = 100
_TOP: Final = Place(0, 0, 0)
_KEYS: Final[list[BindingType]] = [
    Binding("escape", "back", N_("Back"), id="templates.back",
            tooltip=N_("Leave the fields, then go back to where you came from; all is saved")),
    Binding("e", "write", N_("Change"), id="templates.write",
            tooltip=N_("Change the name and the words of this one")),
    Binding("f5,l", "speak", N_("Language"), id="templates.language",
            tooltip=N_("Turn to the other language of this one")),
    Binding("n", "begin('template')", N_("New"), id="templates.new",
            tooltip=N_("Write a new template")),
    Binding("s", "begin('snippet')", N_("New snippet"), id="templates.snippet",
            tooltip=N_("Write a new snippet, a piece to put in where the cursor is")),
    Binding("x", "remove", N_("Delete"), id="templates.delete",
            tooltip=N_("Delete this one; u brings it back, and offers keep its name")),
    Binding("u", "undo", N_("Undo"), id="templates.undo",
            tooltip=N_("Bring back the one that was deleted last")),
]  # fmt: skip


class TemplatesScreen(Section):
    """The list beside how each reads for the proposal that we come from."""

    NAME = "templates"
    AUTO_FOCUS = "#templates"
    CSS_PATH = "templates.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]
    BINDINGS = _KEYS
    choice = getters.query_one(TemplateList)
    form = getters.query_one(TemplateForm)

    def __init__(
        self, aids: Aids, proposals: "Proposals", messages: "Messages", *, clock: Clock
    ) -> None:
        super().__init__(clock)
        self.messages = messages
        self.aids = aids
        self.templates = aids.templates
        self.proposals = proposals
        self._proposal_id: str | None = None  # an offer, or `reply:` and a thread
        self._language: Language | None = None
        """None until one is picked: the job's, or the user's own."""
        self._about = ""
        self._wanted: Language = "en"
        self._facts = Facts()
        self._deleted: list[Template] = []

    def body(self) -> ComposeResult:
        yield Static(id="about", markup=False)
        with Container(id="desk"):
            with Vertical(id="choice"):
                yield TemplateList(id="templates")
                yield Notice(id="nothing")
            yield TemplateForm(id="form")

    async def show(self) -> None:
        found = await self.ask(self.templates.all)
        self._about, self._wanted, self._facts = await self.ask(self._known, self._proposal_id)
        self._tell_about()
        self.set_class(not found, "-empty")
        self.query_one("#nothing", Notice).tell(() if found else _nothing())
        self.choice.show(found)
        if found and self.focused is None:  # the list was not there to have the focus
            self.choice.focus()
        self._show_current()
        self.refresh_bindings()

    async def open(self, target: Target) -> None:
        """Choose for a proposal; without one there is only the changing of templates."""
        self._proposal_id, self._language = str(target or "") or None, None
        self._close_form()
        self.reload()

    def follows(self, event: Event) -> bool:
        return False  # the marketplace knows no templates

    def fail(self, error: FreelancerError) -> None:
        words = _("Your templates cannot be read now"), str(error), error.hint
        self.query_one("#nothing", Notice).tell(words)
        self.add_class("-empty")

    @on(TemplateList.Chosen, "#templates")
    def _chosen(self) -> None:
        if self._proposal_id is None:
            self.action_write()
        elif template := self.choice.template:
            self.act(self._put_in(template, self._proposal_id))

    @on(TemplateForm.Edited)
    def _edited(self, event: TemplateForm.Edited) -> None:
        self.form.note(_("saving…"))
        one = event.template
        save = telling(self, one.id, partial(self.templates.save, one))
        self.save_soon(f"template:{one.id}", save, one.text(self.form.language))

    @on(TemplateForm.Spoken)
    def _spoken(self, event: TemplateForm.Spoken) -> None:
        self._speak(event.language)

    @on(Kept)
    def _kept(self, event: Kept) -> None:
        self.form.note(event.words(self))

    @on(Writing.Outside)
    def _outside(self, event: Writing.Outside) -> None:
        self.act(edit_outside(self, self.aids.outside, event.writing))

    def action_back(self) -> None:
        self.act(self._close() if self.form.is_writing else self._leave())

    def action_write(self) -> None:
        if self.choice.template is not None:
            self._open_form()

    def action_speak(self) -> None:
        self._speak("id" if self.form.language == "en" else "en")

    def action_begin(self, kind: Kind) -> None:
        self.act(self._begin(kind))

    def action_remove(self) -> None:
        if template := self.choice.template:
            self.act(self._remove(template))

    def action_undo(self) -> None:
        self.act(self._undo())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.is_mounted:
            return False
        has_one, is_free = self.choice.template is not None, not self.form.is_writing
        possible = {"speak": has_one, "begin": is_free, "undo": bool(self._deleted) and is_free}
        possible |= dict.fromkeys(("write", "remove"), has_one and is_free)
        return possible.get(action, True)

    def _known(self, proposal_id: str | None) -> tuple[str, Language, Facts]:
        """Ask what the proposal is about, how it is to be written, and what can be put in."""
        if proposal_id is not None:
            try:
                if (thread_id := thread_of(proposal_id)) is not None:
                    facts, spoken = self.templates.for_reply(self.messages.thread(thread_id))
                    return facts.title or facts.client, spoken, facts
                facts = self.templates.facts(proposal_id)
                return facts.title, self.templates.language_for(proposal_id), facts
            except NotFound:  # thrown away meanwhile
                self._proposal_id = None
        own: Language = "id" if language() == "id" else "en"
        return "", own, self.templates.facts(None)

    def _tell_about(self) -> None:
        """Say what this is for; not that Enter puts it in while Enter begins a line."""
        puts_in = self._proposal_id is not None and not self.form.is_writing
        self.query_one("#about", Static).update(_head(self._about, puts_in))

    @on(TemplateList.Moved, "#templates")
    def _show_current(self) -> None:
        template = self.choice.template
        nearest = template.nearest(self._wanted) if template else self._wanted
        self.form.show(template, self._language or nearest, self._facts)

    def _speak(self, spoken: Language) -> None:
        self._language = spoken
        if self.form.template is not None:
            self.form.show(self.form.template, spoken, self._facts)

    def _open_form(self, *, names: bool = False) -> None:
        self.add_class("-writing")
        self.form.write(names=names)
        self.choice.can_focus = False  # Tab keeps to the fields: in the list letters are keys
        self._tell_about()
        self.refresh_bindings()

    def _close_form(self) -> None:
        self.remove_class("-writing")
        self.form.close()
        self.choice.can_focus = True
        self.choice.focus()

    async def _close(self) -> None:
        """Close the fields once they are saved."""
        if await self.flush():
            self._close_form()
            await self.show()

    async def _leave(self) -> None:
        if await self.flush():
            self.post_message(self.Go(*_origin(self._proposal_id)))

    async def _begin(self, kind: Kind) -> None:
        name = _("New snippet") if kind == "snippet" else _("New template")
        fresh = await self.ask(self.templates.begin, kind, name)
        await self.show()
        self.choice.move_to(fresh.id)
        self._show_current()
        self._open_form(names=True)

    async def _remove(self, template: Template) -> None:
        self._deleted.append(await self.ask(self.templates.remove, template.id))
        await self.show()
        self.say(_("Deleted. Press u to bring it back."))

    async def _undo(self) -> None:
        if self._deleted:
            template = self._deleted[-1]
            await self.ask(self.templates.restore, template)
            self._deleted.pop()
            await self.show()
            self.choice.move_to(template.id)
            self.say(_("It is back."))

    async def _put_in(self, template: Template, proposal_id: str) -> None:
        """Put it in where the cursor was, and go back there."""
        at = await self.ask(self.proposals.versions.place, proposal_id)
        spoken = self.form.language
        if (thread_id := thread_of(proposal_id)) is not None:
            piece = fill(template.text(spoken), self._facts, spoken).text
            await self.ask(self.messages.put_in, thread_id, piece, at)
        else:
            await self.ask(self.templates.put_in, proposal_id, template, spoken, at=at or _TOP)
        self.post_message(self.Go(*_origin(proposal_id)))


def _origin(target: str | None) -> tuple[str, str | None]:
    """Give the section, and what is open there, that something is put into."""
    thread_id = thread_of(target or "")
    return ("proposals", target) if thread_id is None else ("messages", str(thread_id))


def _head(title: str, puts_in: bool) -> Content:
    told = (
        _("Enter puts it in where the cursor was.")
        if puts_in
        else _("Texts to begin a proposal with, and pieces to put into one.")
    )
    return Content.assemble(
        (_("Templates"), "bold $primary"),
        (f"  {tame(title)}" if title else "", "bold $foreground"),
        ("\n" + told, "$foreground-muted"),
    )


def _nothing() -> tuple[str, ...]:
    return (
        _("No templates yet"),
        _("Press n to write one, s for a snippet."),
        _("They can have words for {client}, {title}, {skill} and more."),
    )
