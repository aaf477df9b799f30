"""Papers: the files that simulated clients send along, some of them under names that bite."""

from random import Random
from typing import Final

from freelancer_tui.sandbox.market.messages import File

_NAMES: Final = {
    "en": ("brief.txt", "notes from our call.txt", "prices.csv", "list of pages.csv"),
    "id": ("brief.txt", "catatan rapat.txt", "daftar harga.csv", "daftar halaman.csv"),
}
_HEADS: Final = {"en": ("What", "How many", "By when"), "id": ("Apa", "Berapa", "Kapan")}
_HOSTILE: Final = (
    "../../.bashrc",
    "..\\..\\config.sys",
    "CON.txt",
    "invoice\u202efdp.scr",
    "free\u200b gift.pdf.scr",
    "\x1b]0;renamed\x07\x1b[2Jopen me.txt",
    "-rf ~",
    "a" * 240 + ".html",
)


def paper(language: str, title: str, description: str, random: Random) -> File:
    """Give a file about a job, as a client would have it on their desk."""
    tongue = "id" if language == "id" else "en"
    name = random.choice(_NAMES[tongue])
    if name.endswith(".txt"):
        return File(name, "text/plain", f"{title}\n\n{description}\n".encode())
    rows = [";".join(_HEADS[tongue])]
    rows += [f"{title[:20]} {n};{random.randint(1, 40)};{n * 2} w" for n in range(1, 9)]
    return File(name, "text/csv", "\r\n".join(rows).encode())


def hostile_paper(random: Random) -> File:
    """Give a file whose name means to be more than a name; what is in it is harmless."""
    return File(random.choice(_HOSTILE), "application/octet-stream", b"Nothing to see here.\n")
