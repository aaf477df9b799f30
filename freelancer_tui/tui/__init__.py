"""TUI: the screens of the workspace."""
