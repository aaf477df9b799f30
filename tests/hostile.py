"""Hostile: what a stranger may say or call a file, and how to see that it did no harm."""

import re
from pathlib import Path
from typing import Final

ESCAPES: Final = (
    "\x1b[2J\x1b[Hgone",
    "\x1b]0;owned\x07title",
    "\x1b]52;c;aGk=\x07clip",
    "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]9;ring\x07 \x1b]777;notify;a;b\x07",
    "\x1b]1337;File=inline=1:aGk=\x07picture",
    "\x9b31mred\x9d0;t\x9c",
    "\x1bPq#0\x1b\\sixel",
    "\x1b[?1049h\x1b[?25l\x1b[999;999H\x1bc\x1b(0qqq",
    "\x1b[200~pasted\x1b[201~",
    "\x00\x08\x7fback",
    "one\rtwo\x0bthree\x0cfour\x85five",
    "\x1b[31m" * 200_000 + "end",
    "\x1b]never ends",
)
"""Whatever moves a cursor, fills a clipboard, names a window or rings."""
BIDI: Final = (
    "abc\u202egpj.exe",
    "\u2066isolated\u2069",
    "zero\u200bwidth\u200fmark\ufeff",
    "a\u2060b\u2063c\u061cd",
    "\U000e0041tag",
    "e" + "\u0301" * 400,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 family",
    "שלום مرحبا",
    "../../etc/passwd \u2028 next",
)
"""What turns round, hides, or piles up."""
MARKUP: Final = (
    "[red]markup[/] [@click=app.quit]x[/] $primary {name} %s \\[",
    "[bold]open [/nothing] [link=file:///etc/passwd]x[/link]",
    '#eval("1") #read("/etc/passwd") #import "@preview/x:1.0.0": * $ x^2 $ <label> @label',
    '"); #panic() // \\u{41} `raw` *strong* _emph_ = Heading',
    "# Heading\n```sh\nrm -rf ~\n```\n![x](http://evil.example/x.png) <script>alert(1)</script>",
    "| a | b |\n|---|---|\n> quoted\n- [ ] task\n\n---\n\nFrom: somebody else\n",
    "javascript:alert(1) file:///etc/passwd https://ok.example/\x1b[31m",
    '=HYPERLINK("http://evil.example") @SUM(1) +1 -1 \'; DROP TABLE messages; -- $(id) `id` %n',
)
"""What Textual, typst, Markdown, a browser, a spreadsheet or a shell would read as its own."""
HUGE: Final = ("x" * 1_000_000, "\n" * 5_000 + "after", "word " * 20_000)
BROKEN: Final = ("\ud800 surrogate", "\udcff\udcfe bytes", "\ufffe\uffff", "")
TEXTS: Final = (*ESCAPES, *BIDI, *MARKUP, *BROKEN, *HUGE)

NAMES: Final = (
    "../../../../tmp/escaped.txt",
    "..\\..\\windows\\system32\\drivers\\etc\\hosts",
    "/etc/passwd",
    "//server/share/file.txt",
    "C:\\autoexec.bat",
    "C:relative.txt",
    "file.txt:stream",
    "~/.ssh/authorized_keys",
    ".",
    "..",
    "...",
    "",
    " ",
    "/",
    "a/",
    ".bashrc",
    "-rf",
    "--help",
    "con",
    "CON.txt",
    "nul",
    "aux.tar.gz",
    "COM1",
    "lpt9.log",
    "COM\u00b9.txt",
    "conin$",
    "clock$.pdf",
    "trailing.",
    "trailing ",
    "new\nline.txt",
    "carriage\rreturn.txt",
    "tab\there.txt",
    "null\x00byte.txt",
    "\x1b]0;owned\x07.txt",
    "\x1b[31mred.txt",
    "invoice\u202efdp.exe",
    "zero\u200bwidth.txt",
    "\u2028separator.txt",
    "\ud800surrogate.txt",
    "n" * 255,
    "n" * 251 + ".pdf",
    "é" * 127 + ".png",
    "n" * 5_000 + ".tar.gz",
    "." + "e" * 300,
    "a" + "\u0301" * 200 + ".txt",
    "%2e%2e%2fescaped.txt",
    "$(touch pwned).txt",
    "`touch pwned`.txt",
    "'; touch pwned; '.txt",
    '*?<>|".txt',
    "[red]markup[/].txt",
    '#read("x").typ',
    "desktop.ini",
    "checksums.txt",
    "dispute.json",
    "same.txt",
    "SAME.TXT",
    "same.txt",
)
"""Names of files as they may come with a message; the last three differ on no Windows disk."""

UNSAFE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""What no screen, no line of a command and no file of ours may hold."""
_FORBIDDEN: Final = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')
_DEVICES: Final = re.compile(
    r"(?i)(con|prn|aux|nul|conin\$|conout\$|clock\$|(com|lpt)[\d\u00b9\u00b2\u00b3])(\.|$)"
)


def faults(name: str) -> list[str]:
    """Say what speaks against a name on a disk; nothing where it is safe everywhere."""
    found = {
        "it is empty or stands for a folder": name.strip(". ") == "",
        "a path, or a sign that Windows forbids": bool(_FORBIDDEN.search(name)),
        "what a terminal obeys or an eye misreads": bool(UNSAFE.search(name)),
        "hidden": name.startswith("."),
        "read as an option": name.startswith("-"),
        "the name of a device": bool(_DEVICES.match(name)),
        "it ends as no name on Windows may": name.endswith((".", " ")),
        "longer than 255 bytes": len(name.encode("utf-8", "replace")) > 255,
    }
    return [fault for fault, is_so in found.items() if is_so]


def tree(folder: Path) -> dict[str, bytes | str | None]:
    """Give all that is in a folder: of each file what it holds, of each link where it leads."""
    return {
        str(one.relative_to(folder)): (
            str(one.readlink()) if one.is_symlink() else one.read_bytes() if one.is_file() else None
        )
        for one in sorted(folder.rglob("*"))
    }
