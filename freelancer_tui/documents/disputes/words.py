"""Words: the fixed words of a dispute pack, in the reader's language and not in the screen's."""

from collections.abc import Mapping
from typing import Final

from freelancer_tui.documents.formats import languages
from freelancer_tui.domain.invoices import DocumentLanguage

Pair = tuple[str, str]
"""English, Indonesian."""
_WORDS: Final[Mapping[str, Pair]] = {
    "pack": ("Dispute pack", "Berkas sengketa"),
    "summary": ("Summary", "Ringkasan"),
    "brief": ("The brief", "Uraian pekerjaan"),
    "bid": ("The bid", "Penawaran"),
    "events": ("What happened, in order", "Apa yang terjadi, berurutan"),
    "messages": ("Messages", "Pesan"),
    "unsent": ("Replies that did not arrive", "Balasan yang tidak sampai"),
    "files": ("Files", "Berkas"),
    "invoices": ("Invoices", "Faktur"),
    "reading": ("How to read and check this", "Cara membaca dan memeriksanya"),
    "job": ("Job", "Pekerjaan"),
    "job_number": ("Number of the job", "Nomor pekerjaan"),
    "address": ("Address", "Alamat"),
    "marketplace": ("Marketplace", "Marketplace"),
    "freelancer": ("Freelancer", "Pekerja lepas"),
    "client": ("Client", "Klien"),
    "other": ("Also there", "Juga hadir"),
    "user_name": ("user name", "nama pengguna"),
    "number": ("number", "nomor"),
    "made": ("Put together on", "Disusun pada"),
    "talk": ("Conversation", "Percakapan"),
    "talk_of": ("{count} messages, {first} to {last}", "{count} pesan, {first} sampai {last}"),
    "talk_none": ("no messages", "tidak ada pesan"),
    "files_of": ("{count} listed, {here} included", "{count} tercatat, {here} disertakan"),
    "agreed": ("Price of the bid", "Harga penawaran"),
    "in_days": ("{amount} in {days} days", "{amount} dalam {days} hari"),
    "held": ("Held in escrow", "Ditahan di escrow"),
    "released": ("Paid out", "Sudah dicairkan"),
    "disputed_sum": ("In dispute", "Disengketakan"),
    "asked_sum": ("Asked for, not funded", "Diminta, belum didanai"),
    "posted": ("Posted", "Dipasang"),
    "paid_how": ("Kind", "Jenis"),
    "budget": ("Budget", "Anggaran"),
    "skills": ("Skills", "Keahlian"),
    "status": ("State", "Status"),
    "no_brief": ("The text of the job is not known here.", "Teks pekerjaan tidak ada di sini."),
    "no_bid": ("There is no bid on this job.", "Tidak ada penawaran untuk pekerjaan ini."),
    "bid_number": ("Number of the bid", "Nomor penawaran"),
    "version": ("Version {number}", "Versi {number}"),
    "standing": ("as the marketplace has it", "seperti yang ada di marketplace"),
    "no_events": ("Nothing is known.", "Tidak ada yang diketahui."),
    "no_messages": ("No message is known.", "Tidak ada pesan yang diketahui."),
    "no_files": ("No file went with a message.", "Tidak ada berkas yang dikirim."),
    "no_invoices": (
        "No invoice was written for this job.",
        "Tidak ada faktur untuk pekerjaan ini.",
    ),
    "thread": ("Conversation {number}", "Percakapan {number}"),
    "message": ("message {number}", "pesan {number}"),
    "not_arrived": ("not on the marketplace", "tidak ada di marketplace"),
    "clients_clock": ("client", "klien"),
    "file": ("File", "Berkas"),
    "size": ("{bytes} bytes", "{bytes} bita"),
    "size_unknown": ("size not told", "ukuran tidak disebutkan"),
    "in_pack": ("in this pack", "dalam berkas ini"),
    "sha": ("SHA-256 {digits}", "SHA-256 {digits}"),
    "sha_unknown": ("no checksum is known", "checksum tidak diketahui"),
    "recorded": (
        "when it was saved it was SHA-256 {digits}",
        "saat disimpan SHA-256-nya {digits}",
    ),
    "state_included": ("included", "disertakan"),
    "state_changed": (
        "included, but changed since it was saved",
        "disertakan, tetapi berubah sejak disimpan",
    ),
    "state_not_downloaded": (
        "not downloaded, so not included",
        "tidak diunduh, jadi tidak disertakan",
    ),
    "state_gone": (
        "was downloaded, is no longer there, so not included",
        "pernah diunduh, kini tidak ada, jadi tidak disertakan",
    ),
    "state_sent": (
        "sent by the freelancer; the copy is not included",
        "dikirim oleh pekerja lepas; salinannya tidak disertakan",
    ),
    "issued": ("issued {day}", "terbit {day}"),
    "due": ("due {day}", "jatuh tempo {day}"),
    "total": ("Total {amount}", "Total {amount}"),
    "payment": ("Paid {amount} on {day}", "Dibayar {amount} pada {day}"),
    "open": ("open {amount}", "belum dibayar {amount}"),
    "says_marketplace": ("marketplace", "marketplace"),
    "says_program": ("noted by freelancer-tui", "dicatat oleh freelancer-tui"),
    "page": ("Page", "Halaman"),
    "of": ("of", "dari"),
    "logo_alt": ("Logo", "Logo"),
    "when": ("When", "Kapan"),
    "what": ("What", "Apa"),
    "amount": ("Amount", "Nilai"),
    "undrawn": (
        "Signs that no font here could draw stand in this PDF as their names in ⟨ ⟩; the text "
        "and the JSON have the signs themselves.",
        "Tanda yang tidak bisa digambar oleh fon di sini ditulis dalam PDF ini sebagai namanya "
        "dalam ⟨ ⟩; teks dan JSON memuat tandanya sendiri.",
    ),
    "event_job_posted": ("Job posted", "Pekerjaan dipasang"),
    "event_job_title": ("Title of the job changed", "Judul pekerjaan berubah"),
    "event_job_text": (
        "Text of the job changed (number of words)",
        "Teks pekerjaan berubah (jumlah kata)",
    ),
    "event_job_budget": ("Budget of the job changed", "Anggaran pekerjaan berubah"),
    "event_job_status": ("Job is now", "Pekerjaan kini"),
    "event_bid_placed": ("Bid placed", "Penawaran diajukan"),
    "event_bid_changed": ("Bid changed", "Penawaran diubah"),
    "event_bid_withdrawn": ("Bid withdrawn", "Penawaran ditarik"),
    "event_awarded": ("Client awarded the job", "Klien memberikan pekerjaan"),
    "event_accepted": ("Freelancer accepted", "Pekerja lepas menerima"),
    "event_declined": ("Freelancer declined", "Pekerja lepas menolak"),
    "event_requested": ("Milestone asked for", "Termin diminta"),
    "event_milestone": ("Milestone set aside", "Termin disisihkan"),
    "event_money_moved": ("Milestone seen to be", "Termin terlihat"),
    "event_request_moved": ("Request seen to be", "Permintaan terlihat"),
    "event_release_asked": ("Release asked for", "Pencairan diminta"),
    "event_request_withdrawn": ("Request taken back", "Permintaan ditarik"),
    "now": ("now {state}", "kini {state}"),
    "state_queued": ("waiting to be sent", "menunggu dikirim"),
    "state_sending": ("being sent", "sedang dikirim"),
    "state_doubtful": ("may have arrived", "mungkin sampai"),
    "state_refused": ("refused", "ditolak"),
    "state_requested": ("asked for", "diminta"),
    "state_funded": ("held", "ditahan"),
    "state_release_asked": ("held, release asked for", "ditahan, pencairan diminta"),
    "state_released": ("paid out", "dicairkan"),
    "state_disputed": ("in dispute", "disengketakan"),
    "state_canceled": ("canceled", "dibatalkan"),
    "state_open": ("open", "terbuka"),
    "state_awarded": ("awarded", "diberikan"),
    "state_in_progress": ("in progress", "sedang dikerjakan"),
    "state_complete": ("complete", "selesai"),
    "state_closed": ("closed", "ditutup"),
    "state_pending": ("pending", "tertunda"),
    "state_removed": ("removed", "dihapus"),
    "state_placed": ("placed", "diajukan"),
    "state_shortlisted": ("shortlisted", "masuk daftar pendek"),
    "state_accepted": ("accepted", "diterima"),
    "state_declined": ("declined", "ditolak"),
    "state_withdrawn": ("withdrawn", "ditarik"),
    "state_lost": ("lost", "kalah"),
    "state_draft": ("draft", "draf"),
    "state_issued": ("issued", "terbit"),
    "state_part-paid": ("part paid", "dibayar sebagian"),
    "state_paid": ("paid", "lunas"),
    "state_void": ("void", "batal"),
    "kind_fixed": ("fixed price", "harga tetap"),
    "kind_hourly": ("by the hour", "per jam"),
    "kind_invoice": ("Invoice", "Faktur"),
    "kind_credit_note": ("Credit note", "Nota kredit"),
    "kind_quote": ("Quote", "Penawaran harga"),
    "note_source": (
        "Messages, bids, milestones and the job are copies of what the marketplace told this "
        "freelancer's program; nothing was edited. The marketplace's own numbers stand with each, "
        "so that it can look them up. What the program noted itself is marked so.",
        "Pesan, penawaran, termin, dan pekerjaan adalah salinan dari apa yang diberikan "
        "marketplace kepada program pekerja lepas ini; tidak ada yang disunting. Nomor "
        "dari marketplace tertulis di tiap bagian agar bisa dicari di sana. Catatan program "
        "sendiri diberi tanda.",
    ),
    "note_clean": (
        "Control characters that could trick a reader or a terminal were taken out of texts and "
        "names; very long texts end with an ellipsis.",
        "Karakter kendali yang bisa menipu pembaca atau terminal dibuang dari teks dan nama; teks "
        "yang sangat panjang diakhiri elipsis.",
    ),
    "note_clocks": (
        "Each time stands on the freelancer's clock, then on the client's where it differs; the "
        "JSON has them in UTC.",
        "Tiap waktu ditulis menurut jam pekerja lepas, lalu jam klien bila berbeda; JSON "
        "memuatnya dalam UTC.",
    ),
    "note_changes": (
        "Of milestones the marketplace tells the present state; when it changed is known only "
        "from when this program saw it.",
        "Dari termin, marketplace hanya memberi status kini; kapan berubah hanya diketahui dari "
        "saat program ini melihatnya.",
    ),
}


def words(key: str, language: DocumentLanguage, **values: object) -> tuple[str, ...]:
    """Give words in each language of a pack; once where both say the same."""
    english, indonesian = _WORDS[key]
    told = {"en": english, "id": indonesian}
    texts = (told[one].format(**values) for one in languages(language))
    return tuple(dict.fromkeys(texts))


def say(key: str, language: DocumentLanguage, **values: object) -> str:
    """Give words on one line, a slash between two languages."""
    return " / ".join(words(key, language, **values))


def state(value: str, language: DocumentLanguage) -> str:
    """Say where something stands; a word that we do not know stays as it is."""
    return say(key, language) if (key := f"state_{value}") in _WORDS else value
