"""The program's entry: `freelancer-tui`, or `python -m freelancer_tui`."""

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from freelancer_tui.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
