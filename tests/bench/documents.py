"""Documents: an invoice to PDF as the program makes it, beside a bare typst run of its template."""

import json
import subprocess
import sys
from decimal import Decimal

from freelancer_tui.documents.model import sheet
from freelancer_tui.documents.printing import TEMPLATES
from freelancer_tui.documents.rendering import STANDARDS
from tests.bench.table import Row, against, median, milliseconds
from tests.documents.sheets import a_line, an_invoice, pdf_of

ROUNDS = 15
BARE = f"""
import sys, typst
made = typst.compile(
    {str(TEMPLATES / "invoice.typ")!r}, sys_inputs={{"sheet": sys.stdin.read()}}, timestamp=0,
    ignore_system_fonts=True, pdf_standards={list(STANDARDS)!r},
)
sys.stdout.buffer.write(made)
"""


def run() -> list[Row]:
    """Print a short and a long invoice, each in turn with its floor."""
    return [_beside(1), _beside(20), _beside(200)]


def _beside(lines: int) -> Row:
    bill = an_invoice(*(a_line(f"Task {n}", "2", str(Decimal(n) / 4)) for n in range(1, lines + 1)))
    ready = json.dumps(sheet(bill, "both").tree() | {"logo": []}).encode()
    values, floors = [], []
    for _ in range(ROUNDS):
        floors.append(milliseconds(lambda: _bare(ready)))
        values.append(milliseconds(lambda: pdf_of(bill, "both")))
    return against(f"invoice of {lines} lines to PDF", median(values), median(floors), "ms", 1.5)


def _bare(ready: bytes) -> None:
    subprocess.run([sys.executable, "-c", BARE], input=ready, capture_output=True, check=True)
