"""Palette: every action that is possible now, found by name; from the bindings of the keys."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from textual.binding import ActiveBinding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.types import IgnoreReturnCallbackType

from freelancer_tui.i18n import _, language
from freelancer_tui.tui.screens.section import Section


@dataclass(frozen=True, slots=True)
class Command:
    """Something the palette offers."""

    name: str
    help: str
    run: IgnoreReturnCallbackType
    is_common: bool = True
    """False for what is only listed when somebody searches for it."""


class Actions(Provider):
    """Offers the actions of this screen, the themes, and a word on alerts and languages."""

    async def discover(self) -> Hits:
        for command in self._commands():
            if command.is_common:
                yield DiscoveryHit(command.name, command.run, help=command.help)

    async def search(self, query: str) -> Hits:
        matcher, is_none = self.matcher(query), True
        for command in self._commands():
            if (score := matcher.match(command.name)) > 0:
                found, is_none = matcher.highlight(command.name), False
                yield Hit(score, found, command.run, help=command.help)
        if is_none:  # the palette's own words for it are English only
            words = _("Nothing here is called that.")
            yield Hit(
                1, words, lambda: None, help=_("Only what is possible on this screen is listed.")
            )

    def _commands(self) -> Iterator[Command]:
        seen = set()
        actives = sorted(self.screen.active_bindings.values(), key=lambda one: not one.tooltip)
        for active in actives:
            binding = active.binding
            skipped = binding.id in (None, "app.actions") or not active.enabled
            if skipped or binding.action in seen:
                continue
            seen.add(binding.action)
            yield Command(self._named(active), binding.tooltip, self._runner(active))
        for name in sorted(self.app.available_themes):
            title = _("Theme: {name}").format(name=name)
            yield Command(title, _("Change the colours now"), self._themed(name), False)
        title = _("Alerts: title, bell, notification, quiet hours")
        yield Command(title, _("How messages and matches ring"), self._tell_alerts, False)
        title = _("Language: {name}").format(name=language())
        yield Command(title, _("How to read this in another language"), self._tell_language, False)

    def _named(self, active: ActiveBinding) -> str:
        key = self.app.get_key_display(active.binding)
        return f"{active.binding.description}  ({key})"

    def _runner(self, active: ActiveBinding) -> IgnoreReturnCallbackType:
        return partial(self.app.run_action, active.binding.action, active.node)

    def _themed(self, name: str) -> Callable[[], None]:
        return partial(setattr, self.app, "theme", name)

    def _tell_alerts(self) -> None:
        if isinstance(self.screen, Section):
            words = _('config.toml: notify = "bell" or "terminal", quiet_hours = "22:00-07:00"')
            self.screen.say(words)

    def _tell_language(self) -> None:
        if isinstance(self.screen, Section):
            self.screen.say(_('Set language = "en" or "id" in the config file, or LANG outside.'))
