"""Importing: one thread at a time loads modules while the screens run.

Much is loaded on threads, when it is first needed. Until 3.12 Python's own locks of modules can
take two threads that import at once for a deadlock, and end one of the imports with an error.
"""

import builtins
import sys
import threading
from collections.abc import Mapping, Sequence
from types import ModuleType


def one_at_a_time() -> None:
    """Let imports of modules that are not loaded yet wait for each other, from now on."""
    lock, usual = threading.RLock(), builtins.__import__

    def importing(
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        if level == 0 and _is_loaded(name, fromlist or ()):
            return usual(name, globals, locals, fromlist, level)
        with lock:
            return usual(name, globals, locals, fromlist, level)

    builtins.__import__ = importing


def _is_loaded(name: str, wanted: Sequence[str]) -> bool:
    """Tell whether an import has nothing to wait for."""
    module = sys.modules.get(name)
    spec = getattr(module, "__spec__", None)
    if module is None or getattr(spec, "_initializing", False):
        return False
    return all(one == "*" or hasattr(module, one) for one in wanted)
