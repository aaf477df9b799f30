"""Command line: headless commands, the sandbox, and the way into the TUI."""


def run(arguments: list[str]) -> int:
    """Run one command and give its exit code."""
    raise SystemExit(2)
