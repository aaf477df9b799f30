"""Importing: threads that load modules at once wait for each other."""

import builtins
import sys
import threading
import time
from pathlib import Path

import pytest

from freelancer_tui.cli.importing import one_at_a_time


def test_two_threads_do_not_load_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtins, "__import__", builtins.__import__)
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in ("slow_one", "slow_two"):
        (tmp_path / f"{name}.py").write_text(
            "import time\nbegan = time.monotonic()\ntime.sleep(0.05)\nended = time.monotonic()\n"
        )
    one_at_a_time()
    threads = [
        threading.Thread(target=exec, args=(f"import {name}", {}))
        for name in ("slow_one", "slow_two")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    one, two = sys.modules.pop("slow_one"), sys.modules.pop("slow_two")
    assert one.ended <= two.began or two.ended <= one.began


def test_what_is_loaded_waits_for_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtins, "__import__", builtins.__import__)
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "slow_three.py").write_text("import time\ntime.sleep(0.5)\n")
    one_at_a_time()
    loading = threading.Thread(target=exec, args=("import slow_three", {}))
    loading.start()
    time.sleep(0.1)
    began = time.monotonic()
    exec("import json, os.path\nfrom collections import OrderedDict", {})
    took = time.monotonic() - began
    loading.join()
    sys.modules.pop("slow_three")
    assert took < 0.3
