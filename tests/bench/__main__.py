"""Run benchmarks: `python -m tests.bench [NAME[=SIZE] …]`; without a name, all of them."""

import importlib
import sys
from time import perf_counter

from tests.bench.table import show

NAMES = (
    "commands",
    "start",
    "scroll",
    "search",
    "sync",
    "autosave",
    "flags",
    "judging",
    "board",
    "talk",
    "arrival",
    "documents",
    "invoices",
    "ledger",
)


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all."""
    asked = [name.partition("=") for name in names or NAMES]
    unknown = [name for name, _, _ in asked if name not in NAMES]
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; there are: {', '.join(NAMES)}", file=sys.stderr)
        return 2
    for name, _, size in asked:
        start = perf_counter()
        print(f"\n{name}")
        sizes = [int(size)] if size else []
        show(importlib.import_module(f"tests.bench.{name}").run(*sizes))
        print(f"({perf_counter() - start:.0f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
