"""Themes: the program's own two looks, one accent each; Textual's others can be chosen too."""

from typing import Final, TypeVar

from textual.app import App
from textual.theme import Theme

T = TypeVar("T")
DARK: Final = Theme(
    name="desk-dark",
    primary="#6fc3a6",
    secondary="#8a94a6",
    accent="#6fc3a6",
    warning="#e0b062",
    error="#e5786d",
    success="#6fc3a6",
    foreground="#d5d9e0",
    background="#15181d",
    surface="#1a1e24",
    panel="#22272f",
    dark=True,
    variables={
        "foreground-muted": "#8f97a3",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-background": "#2b4a43",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-foreground": "#d5d9e0",
        "block-cursor-blurred-background": "#262c35",
        "input-selection-background": "#6fc3a6 30%",
    },
)
LIGHT: Final = Theme(
    name="desk-light",
    primary="#14735a",
    secondary="#5c6675",
    accent="#14735a",
    warning="#8a5a00",
    error="#b3362b",
    success="#14735a",
    foreground="#22272e",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e7e4dc",
    dark=False,
    variables={
        "foreground-muted": "#666c74",
        "block-cursor-foreground": "#0c1a15",
        "block-cursor-background": "#c4e3d8",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-foreground": "#22272e",
        "block-cursor-blurred-background": "#e3e0d8",
        "input-selection-background": "#14735a 25%",
    },
)


def wear(app: App[T], chosen: str) -> None:
    """Teach an app both looks and put on the chosen one; a name nobody knows means the dark."""
    for theme in (DARK, LIGHT):
        app.register_theme(theme)
    app.theme = chosen if chosen in app.available_themes else DARK.name
