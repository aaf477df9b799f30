"""Template form: name and text of a template in one language, and how it reads filled in."""

from dataclasses import dataclass, replace

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from freelancer_tui.domain.template_files import MOST_NAME
from freelancer_tui.domain.templates import VARIABLES, Facts, Language, Template, fill
from freelancer_tui.i18n import N_, _
from freelancer_tui.tui.format import tame
from freelancer_tui.tui.widgets.choices import Choice, Choices
from freelancer_tui.tui.widgets.writing import Writing

_NAMES: dict[Language, str] = {"en": N_("English"), "id": N_("Indonesian")}
_HIGH = 22
"""From this height on there is room for the preview below the text."""


class TemplateForm(Vertical):
    """It tells each change; what is kept elsewhere never overwrites what is being typed."""

    DEFAULT_CSS = """
    TemplateForm {
        padding: 0 1;
        & #name { width: 1fr; background: $surface; }
        & #name:focus { background: $panel; }
        & #languages { margin: 1 0; }
        & #template-text { height: 1fr; min-height: 3; }
        & #variables { height: auto; max-height: 2; color: $foreground-muted; }
        & #preview { height: 1fr; min-height: 3; padding: 0 1; }
        & #preview Static { height: auto; }
        &.-writing #preview { border-top: hkey $panel; }
        & #template-foot { height: auto; max-height: 2; margin-top: 1; }
        & #holes { width: 1fr; height: auto; color: $warning; }
        & #template-saved { width: auto; color: $foreground-muted; }
        &.-low #languages { margin: 0; }
        &.-low #template-foot { margin: 0; }
        & #name, & #template-text, & #variables { display: none; }
        &.-writing #name, &.-writing #template-text, &.-writing #variables { display: block; }
        &.-writing.-low #preview { display: none; }
    }
    """

    @dataclass
    class Edited(Message):
        """A field changed; this is how they all stand."""

        template: Template

    @dataclass
    class Spoken(Message):
        """Another language was picked."""

        language: Language

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.template: Template | None = None
        self.language: Language = "en"
        self.facts = Facts()

    def compose(self) -> ComposeResult:
        name = Input(compact=True, select_on_focus=False, max_length=MOST_NAME, id="name")
        name.cursor_blink = False
        yield name
        yield Choices(id="languages")
        yield Writing(id="template-text", placeholder=_("Write it once, use it often."))
        yield Static(" ".join(f"{{{name}}}" for name in VARIABLES), id="variables", markup=False)
        with VerticalScroll(id="preview", can_focus=False):
            yield Static(markup=False)
        with Horizontal(id="template-foot"):
            yield Static(id="holes", markup=False)
            yield Static(id="template-saved", markup=False)

    @property
    def writing(self) -> Writing:
        """The field of the text."""
        return self.query_one(Writing)

    @property
    def is_writing(self) -> bool:
        """True while the fields are open."""
        return self.has_class("-writing")

    def show(self, template: Template | None, language: Language, facts: Facts) -> None:
        """Show a template in a language; the one that is being changed stays as it is typed."""
        before = self.template.id if self.template else None
        is_same = template is not None and (template.id, language) == (before, self.language)
        self.facts, self.language = facts, language
        if not (is_same and self.is_writing):
            self.template = template
            self.query_one("#name", Input).value = template.name if template else ""
            self.writing.put(template.text(language) if template else "")
            self.note("")
        self._preview()

    def write(self, *, names: bool = False) -> None:
        """Open the fields, the cursor in the text or on the name, which typing then replaces."""
        self.add_class("-writing")
        if names:
            self.query_one("#name", Input).focus().select_all()
        else:
            self.writing.focus()

    def close(self) -> None:
        """Go back to how it reads."""
        self.remove_class("-writing")

    def note(self, words: str) -> None:
        """Say whether what is typed is saved."""
        self.query_one("#template-saved", Static).update(Content(words))

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < _HIGH, "-low")

    @on(Input.Submitted)
    def _named(self, event: Input.Submitted) -> None:
        event.stop()
        self.writing.focus()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _edited(self, event: Input.Changed | TextArea.Changed) -> None:
        event.stop()
        if self.template is None or not self.is_writing:
            return
        name = self.query_one("#name", Input).value
        fresh = self.template.saying(self.language, self.writing.text)
        fresh = replace(fresh, name=name.strip() or fresh.name)
        if fresh != self.template:
            self.template = fresh
            self._preview()
            self.post_message(self.Edited(fresh))

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        event.stop()
        self.post_message(self.Spoken("id" if event.key == "id" else "en"))

    def _preview(self) -> None:
        one = self.template
        choices = [
            Choice(code, _(name), len(one.text(code).split()) if one else 0)
            for code, name in _NAMES.items()
        ]
        self.query_one("#languages", Choices).show(choices, self.language)
        filled = fill(one.text(self.language), self.facts, self.language) if one else None
        self.query_one("#preview Static", Static).update(
            Content(tame(filled.text if filled else ""))
        )
        left = filled.holes if filled else ()
        if not self.facts.title:  # no job to know anything of: only a slip is worth a word
            left = tuple(name for name in left if name not in VARIABLES)
        holes = ", ".join(f"{{{name}}}" for name in left)
        told = _("! not known: {holes}").format(holes=holes) if holes else ""
        self.query_one("#holes", Static).update(Content(told))
