"""Labels: the fixed words of documents, in the client's language and not in that of the screen."""

from typing import Final

from freelancer_tui.documents.formats import languages
from freelancer_tui.domain.invoices import DocumentLanguage

_WORDS: Final = {
    "invoice": ("Invoice", "Faktur"),
    "credit_note": ("Credit note", "Nota kredit"),
    "receipt": ("Receipt", "Kwitansi"),
    "quote": ("Quotation", "Penawaran harga"),
    "deposit": ("Deposit invoice", "Faktur uang muka"),
    "draft": ("Draft", "Draf"),
    "void": ("Void", "Batal"),
    "declined": ("Declined", "Ditolak"),
    "from": ("From", "Dari"),
    "to": ("Bill to", "Kepada"),
    "credited": ("Credit to", "Kepada"),
    "number": ("Number", "Nomor"),
    "issued": ("Date", "Tanggal"),
    "due": ("Due", "Jatuh tempo"),
    "until": ("Valid until", "Berlaku hingga"),
    "offered": ("Prepared for", "Untuk"),
    "whole": ("Total offered", "Total penawaran"),
    "period": ("Service period", "Masa layanan"),
    "po": ("Purchase order", "Pesanan pembelian"),
    "corrects": ("Corrects invoice", "Mengoreksi faktur"),
    "description": ("Description", "Uraian"),
    "quantity": ("Quantity", "Jumlah"),
    "price": ("Unit price", "Harga satuan"),
    "discount": ("Discount", "Diskon"),
    "tax": ("Tax", "Pajak"),
    "amount": ("Amount", "Nilai"),
    "net": ("Subtotal", "Subtotal"),
    "tax_of": ("Tax {percent}% of {base}", "Pajak {percent}% dari {base}"),
    "ppn_of": ("VAT (PPN) {percent}% of {base}", "PPN {percent}% dari {base}"),
    "total": ("Total", "Total"),
    "withheld": ("Less withholding: {name}", "Dikurangi pemotongan: {name}"),
    "payable": ("Amount due", "Harus dibayar"),
    "credit": ("Amount credited", "Nilai dikreditkan"),
    "words": ("In words", "Terbilang"),
    "payment": ("How to pay", "Cara membayar"),
    "bank": ("Bank transfer", "Transfer bank"),
    "bank_name": ("Bank", "Bank"),
    "bank_account": ("Account", "Rekening"),
    "bank_holder": ("Holder", "Atas nama"),
    "reference": ("Reference", "Berita"),
    "epc": ("Scan with a banking app", "Pindai dengan aplikasi bank"),
    "qris": ("Scan with any QRIS app", "Pindai dengan aplikasi QRIS"),
    "paypal": ("Pay by PayPal", "Bayar lewat PayPal"),
    "wise": ("Pay by Wise", "Bayar lewat Wise"),
    "notes": ("Notes", "Catatan"),
    "untaxed_o": ("Not subject to VAT", "Tidak dikenai PPN (VAT)"),
    "untaxed_ae": ("Reverse charge", "Reverse charge"),
    "untaxed_g": ("Export outside the EU", "Ekspor ke luar UE"),
    "untaxed_e": ("Exempt from VAT", "Dibebaskan dari PPN (VAT)"),
    "page": ("Page", "Halaman"),
    "of": ("of", "dari"),
    "code_alt": ("QR code for paying", "Kode QR untuk membayar"),
    "logo_alt": ("Logo", "Logo"),
    "received_from": ("Received from", "Sudah terima dari"),
    "sum_of": ("The sum of", "Uang sejumlah"),
    "being": ("In payment of", "Untuk pembayaran"),
    "being_of": ("{kind} {number} of {date}", "{kind} {number} tanggal {date}"),
    "signature": ("Signature", "Tanda tangan"),
    "stamp": ("Stamp duty", "Meterai"),
    "stamp_why": (
        "Stamp duty of {tariff} is due here: the document states the receipt of more than "
        "{above} ({source}).",
        "Di sini terutang bea meterai {tariff}: dokumen ini menyatakan penerimaan uang lebih dari "
        "{above} ({source}).",
    ),
}


def label(key: str, language: DocumentLanguage, **values: str) -> tuple[str, ...]:
    """Give a label in each language of a document; once where both say the same."""
    english, indonesian = _WORDS[key]
    told = {"en": english, "id": indonesian}
    texts = (told[one].format(**values) for one in languages(language))
    return tuple(dict.fromkeys(texts))
