"""Command line: headless commands, the sandbox, and the way into the TUI."""

from freelancer_tui.cli.main import run

__all__ = ["run"]
