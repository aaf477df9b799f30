"""Record: a case as JSON for other programs, and what each of its keys means."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from freelancer_tui.documents.plain import as_json
from freelancer_tui.domain.disputes import Case, Event, Evidence, Offer, Party, Said
from freelancer_tui.domain.invoices import Invoice, state_of, totals
from freelancer_tui.domain.money import Money
from freelancer_tui.domain.projects import Project

FORMAT: Final = "freelancer-tui dispute 1"
_MONEY: Final = (
    'money: {"amount": a decimal number as text, "currency": ISO 4217}',
    'uang: {"amount": angka desimal sebagai teks, "currency": ISO 4217}',
)
KEYS: Final[Mapping[str, tuple[str, str]]] = {
    "format": ("name and version of this format", "nama dan versi format ini"),
    "made_at": (
        "when the pack was made; all times are ISO 8601 in UTC",
        "kapan berkas ini dibuat; semua waktu ISO 8601 dalam UTC",
    ),
    "marketplace": ("address of the marketplace", "alamat marketplace"),
    "parties[].role": (
        "freelancer, client or other",
        "freelancer (pekerja lepas), client (klien) atau other (lainnya)",
    ),
    "parties[].remote_id": ("number there", "nomor di sana"),
    "parties[].username": ("user name there", "nama pengguna di sana"),
    "parties[].name": ("name shown there", "nama yang ditampilkan di sana"),
    "parties[].country": ("country, as told there", "negara, seperti disebut di sana"),
    "parties[].city": ("city, as told there", "kota, seperti disebut di sana"),
    "parties[].zone": ("time zone, tz database", "zona waktu, basis data tz"),
    "job.remote_id": ("number of the job there", "nomor pekerjaan di sana"),
    "job.title": ("title", "judul"),
    "job.url": ("address", "alamat"),
    "job.kind": ("fixed or hourly", "fixed (tetap) atau hourly (per jam)"),
    "job.status": ("state there, as last seen", "status di sana, terakhir terlihat"),
    "job.budget_minimum": _MONEY,
    "job.budget_maximum": _MONEY,
    "job.posted_at": ("when it was posted", "kapan dipasang"),
    "job.skills[]": ("names of its skills", "nama keahliannya"),
    "job.brief": ("the client's text", "teks dari klien"),
    "bid.remote_id": ("number of the bid there", "nomor penawaran di sana"),
    "bid.status": ("state of the bid", "status penawaran"),
    "bid.versions[].at": ("from when it stood", "sejak kapan berlaku"),
    "bid.versions[].amount": _MONEY,
    "bid.versions[].days": ("days it was to take", "lama hari"),
    "bid.versions[].text": ("its words", "isinya"),
    "bid.versions[].source": (
        "marketplace, or program: noted when it was sent",
        "marketplace (marketplace), atau program: dicatat saat dikirim",
    ),
    "bid.versions[].is_standing": (
        "true for the one that stands there now",
        "true untuk yang kini berlaku di sana",
    ),
    "events[].at": ("when", "kapan"),
    "events[].kind": ("what happened", "apa yang terjadi"),
    "events[].source": (
        "marketplace, or program: noted or seen by it",
        "marketplace (marketplace), atau program: dicatat atau dilihat olehnya",
    ),
    "events[].amount": _MONEY,
    "events[].state": (
        "where it stands: of milestones and requests as last seen",
        "statusnya: untuk termin dan permintaan, terakhir terlihat",
    ),
    "events[].text": ("its words", "isinya"),
    "events[].remote_id": ("number there", "nomor di sana"),
    "messages[].thread_remote_id": ("number of the conversation", "nomor percakapan"),
    "messages[].remote_id": (
        "number of the message; null: not on the marketplace",
        "nomor pesan; null: tidak ada di marketplace",
    ),
    "messages[].from_id": ("number of who wrote it", "nomor penulisnya"),
    "messages[].from": ("name of who wrote it", "nama penulisnya"),
    "messages[].mine": ("true for the freelancer's own", "true untuk milik pekerja lepas"),
    "messages[].at": ("when it was sent", "kapan dikirim"),
    "messages[].text": ("its words", "isinya"),
    "messages[].state": (
        "sent; else it did not arrive: queued, sending, refused or doubtful",
        "sent: terkirim; selain itu tidak sampai: queued, sending, refused atau doubtful",
    ),
    "messages[].files[].name": ("as the message calls it", "nama dalam pesan"),
    "messages[].files[].state": (
        "included, changed (included, not as it was saved), not_downloaded, gone, sent (not kept)",
        "included (disertakan), changed (berubah sejak disimpan), not_downloaded (tidak diunduh), "
        "gone (hilang), sent (tidak disimpan)",
    ),
    "messages[].files[].size": ("bytes", "bita"),
    "messages[].files[].content_type": ("kind, as told there", "jenis, seperti disebut di sana"),
    "messages[].files[].sha256": ("checksum", "checksum"),
    "messages[].files[].sha256_when_saved": (
        "checksum when it was saved or sent",
        "checksum saat disimpan atau dikirim",
    ),
    "messages[].files[].path": ("where it lies in this folder", "letaknya dalam folder ini"),
    "invoices[].id": ("id in the freelancer's books", "id dalam pembukuan pekerja lepas"),
    "invoices[].number": ("number of the document", "nomor dokumen"),
    "invoices[].kind": ("invoice, credit_note or quote", "invoice, credit_note atau quote"),
    "invoices[].state": (
        "draft, issued, part-paid, paid or void",
        "draft, issued, part-paid, paid atau void",
    ),
    "invoices[].issued_on": ("day", "hari"),
    "invoices[].due_on": ("day", "hari"),
    "invoices[].total": _MONEY,
    "invoices[].payable": _MONEY,
    "invoices[].paid": _MONEY,
    "invoices[].lines[].text": ("what it is for", "untuk apa"),
    "invoices[].lines[].net": _MONEY,
    "invoices[].payments[].on": ("day", "hari"),
    "invoices[].payments[].amount": _MONEY,
}
"""Every key of the JSON, in English and Indonesian; `[]` stands for each one of a list."""


def record(case: Case) -> bytes:
    """Give a case as JSON."""
    return as_json(
        {
            "format": FORMAT,
            "made_at": _moment(case.made_at),
            "marketplace": case.marketplace,
            "parties": [_party(one) for one in case.parties],
            "job": _job(case, case.project),
            "bid": {
                "remote_id": case.bid_remote_id,
                "status": case.bid_status or None,
                "versions": [_offer(one) for one in case.offers],
            },
            "events": [_event(one) for one in case.events],
            "messages": [_said(one) for one in (*case.said, *case.unsent)],
            "invoices": [_invoice(one) for one in case.invoices],
        }
    )


def _party(one: Party) -> dict[str, Any]:
    person = one.person
    return {
        "role": one.role,
        "remote_id": person.remote_id,
        "username": person.username,
        "name": person.name,
        "country": person.country,
        "city": person.city,
        "zone": one.zone or None,
    }


def _job(case: Case, project: Project | None) -> dict[str, Any]:
    known = {"remote_id": case.matter.project_remote_id, "title": case.title, "brief": case.brief}
    if project is None:
        return known
    return known | {
        "url": project.url,
        "kind": project.kind,
        "status": project.status,
        "budget_minimum": _money(project.budget.minimum),
        "budget_maximum": _money(project.budget.maximum),
        "posted_at": _moment(project.posted_at),
        "skills": [one.name for one in project.skills],
    }


def _offer(one: Offer) -> dict[str, Any]:
    return {
        "at": _moment(one.at),
        "amount": _money(one.amount),
        "days": one.days,
        "text": one.text,
        "source": one.source,
        "is_standing": one.is_standing,
    }


def _event(one: Event) -> dict[str, Any]:
    return {
        "at": _moment(one.at),
        "kind": one.kind,
        "source": one.source,
        "amount": _money(one.amount),
        "state": one.state or None,
        "text": one.text,
        "remote_id": one.remote_id,
    }


def _said(one: Said) -> dict[str, Any]:
    return {
        "thread_remote_id": one.thread_remote_id,
        "remote_id": one.remote_id,
        "from_id": one.from_id,
        "from": one.from_name,
        "mine": one.mine,
        "at": _moment(one.at),
        "text": one.text,
        "state": one.state,
        "files": [_file(file) for file in one.files],
    }


def _file(one: Evidence) -> dict[str, Any]:
    return {
        "name": one.name,
        "state": one.state,
        "size": one.size,
        "content_type": one.content_type,
        "sha256": one.checksum or None,
        "sha256_when_saved": one.recorded or None,
        "path": one.path or None,
    }


def _invoice(one: Invoice) -> dict[str, Any]:
    sums = totals(one)
    return {
        "id": one.id,
        "number": one.number or None,
        "kind": one.kind,
        "state": state_of(one),
        "issued_on": one.issued_on,
        "due_on": one.due_on,
        "total": _money(sums.total),
        "payable": _money(sums.payable),
        "paid": _money(sums.paid),
        "lines": [{"text": line.text, "net": _money(line.net(one.currency))} for line in one.lines],
        "payments": [{"on": paid.on, "amount": _money(paid.amount)} for paid in one.payments],
    }


def _money(value: Money | None) -> dict[str, str] | None:
    if value is None:
        return None
    return {"amount": f"{value.amount:f}", "currency": value.currency}


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
