"""Disputes: everything about a piece of work as a folder that a stranger can read and check."""

from collections.abc import Callable
from datetime import tzinfo
from pathlib import Path
from typing import Final

from freelancer_tui.documents.disputes.bundle import Bundle, begun, folder_name
from freelancer_tui.documents.disputes.exhibits import Exhibits
from freelancer_tui.documents.disputes.paper import Paper, paper
from freelancer_tui.documents.disputes.print import as_pdf
from freelancer_tui.documents.disputes.record import record
from freelancer_tui.documents.disputes.text import as_text, readme
from freelancer_tui.documents.printing import PrintError
from freelancer_tui.domain.disputes import Case, Matter, Packed, PackStep
from freelancer_tui.domain.invoices import DocumentLanguage
from freelancer_tui.domain.zones import zone_of
from freelancer_tui.errors import Stopped
from freelancer_tui.i18n import _, language
from freelancer_tui.services.cases import Cases

Tell = Callable[[PackStep], object]
Stop = Callable[[], bool]


class Disputes:
    """The user's verb for a dispute; it reads all there is, so ask on a thread."""

    def __init__(self, cases: Cases, zone: tzinfo | None) -> None:
        self.cases: Final = cases
        self._zone: Final = zone

    def pack(
        self,
        matter: Matter,
        parent: Path,
        spoken: DocumentLanguage | None = None,
        *,
        tell: Tell = lambda _step: None,
        stop: Stop = lambda: False,
    ) -> Packed:
        """Write a pack into a new folder within `parent`; give what it holds.

        Without typst, or with a text that cannot be printed, all but the PDF is there and
        `trouble` says why. When `stop` says so it raises Stopped, and nothing is left.
        """
        chosen = spoken or ("en" if language() == "en" else "both")
        with begun(parent) as bundle:
            _go_on(tell, "reading", stop)
            case = self.cases.of(matter, Exhibits(bundle.path, stop))
            _go_on(tell, "writing", stop)
            theirs = zone_of(case.client.zone) if case.client else None
            told = paper(case, chosen, (self._zone, theirs))
            bundle.add("dispute.txt", as_text(told))
            bundle.add("dispute.json", record(case))
            _go_on(tell, "printing", stop)
            trouble = _print(bundle, told, case, stop)
            has_files = any(one.path for one in case.files)
            bundle.add("README.txt", readme(chosen, trouble, has_files=has_files))
            _go_on(tell, "writing", stop)
            folder = bundle.seal(folder_name(case))
        return _packed(folder, case, trouble)


def _go_on(tell: Tell, step: PackStep, stop: Stop) -> None:
    if stop():
        raise Stopped(_("Stopped; nothing was written."))
    tell(step)


def _print(bundle: Bundle, told: Paper, case: Case, stop: Stop) -> str:
    """Add the PDF; where there can be none, say why."""
    try:
        made = as_pdf(told, case.made_at.date(), stop)
    except PrintError as error:
        return str(error)
    bundle.add("dispute.pdf", made)
    return ""


def _packed(folder: Path, case: Case, trouble: str) -> Packed:
    names = tuple(Bundle(folder, folder.parent).names())
    lacking = sum(1 for one in case.files if not one.path)
    return Packed(str(folder), names, len(case.said), lacking, trouble)
