"""Run benchmarks: `python -m tests.bench [NAME …]`; without a name, all of them."""

import importlib
import sys
from time import perf_counter

from tests.bench.table import show

NAMES = ("commands", "start", "search", "sync", "autosave")


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all."""
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; there are: {', '.join(NAMES)}", file=sys.stderr)
        return 2
    for name in names or NAMES:
        start = perf_counter()
        print(f"\n{name}")
        show(importlib.import_module(f"tests.bench.{name}").run())
        print(f"({perf_counter() - start:.0f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
