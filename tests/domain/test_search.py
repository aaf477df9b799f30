"""Search: any text a user types is a query, and it says how it was read."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from freelancer_tui import i18n, wording
from freelancer_tui.domain.rates import Rates
from freelancer_tui.domain.search import (
    Explanation,
    Known,
    Tongue,
    complete,
    explain,
    keys,
    ordered,
    parse,
    read,
    render,
)
from freelancer_tui.domain.search.query import (
    Amount,
    Choice,
    Edge,
    Group,
    Named,
    Phrase,
    Query,
    Sort,
    Span,
    Term,
    What,
    Word,
)
from freelancer_tui.domain.search.reading import Posted, Worth
from tests.factories import NOW

FACETS = {
    "skill:1": "Django", "skill:2": "Graphic Design", "skill:3": "Logo Design",
    "skill:4": "C++ Programming", "country:id": "Indonesia", "country:us": "United States",
    "country:gb": "United Kingdom", "lang:id": "id", "lang:en": "en",
    "currency:IDR": "", "currency:USD": "", "currency:XTS": "",
}  # fmt: skip
RATES = Rates(NOW, {"USD": Decimal(1), "IDR": Decimal("0.0000625")})
KNOWN = Known(FACETS, RATES, "IDR")
TONGUE = Tongue(wording.money, wording.day)


def told(text: str, known: Known = KNOWN) -> Explanation:
    return explain(read(parse(text), known, NOW), TONGUE)


def one(*whats: What, is_not: bool = False) -> Group:
    return tuple(Term(what, is_not) for what in whats)


def dollars(value: int) -> Amount:
    return Amount(Decimal(value), "USD")


@pytest.mark.parametrize(
    ("typed", "groups"),
    [
        ("", ()),
        ("logo", (one(Word("logo", True)),)),
        ("logo ", (one(Word("logo")),)),
        ("Logo DESAIN", (one(Word("logo")), one(Word("desain", True)))),
        ("logo d", (one(Word("logo")),)),
        ("网", (one(Word("网", True)),)),
        ('"; DROP TABLE --', (one(Phrase(("drop", "table"))),)),
        ('"web shop"', (one(Phrase(("web", "shop"))),)),
        ("-php x ", (one(Word("php"), is_not=True), one(Word("x")))),
        ("-web-design ", (one(Phrase(("web", "design")), is_not=True),)),
        ("web or mobile app ", (one(Word("web"), Word("mobile")), one(Word("app")))),
        ("web atau mobile | app ", (one(Word("web"), Word("mobile"), Word("app")),)),
        ("or web or ", (one(Word("web")),)),
        ("keahlian:graphic-design ", (one(Named("skill", "graphic design")),)),
        ('skill:"Graphic Design"', (one(Named("skill", "graphic design")),)),
        ("negara:id,my", (one(Named("country", "id"), Named("country", "my", True)),)),
        ("skill: django ", (one(Named("skill", "django")),)),
        ("budget:>5jt", (one(Span("budget", Edge(Amount(Decimal(5_000_000), "IDR"), True))),)),
        ("anggaran: > 1,5 ", (one(Span("budget", Edge(Amount(Decimal("1.5")), True))),)),
        ("budget:2.500.000+", (one(Span("budget", Edge(Amount(Decimal(2_500_000))))),)),
        (
            "budget:500..2000usd",
            (one(Span("budget", Edge(dollars(500)), Edge(dollars(2000)))),),
        ),
        ("bids:<20", (one(Span("bids", high=Edge(20, True))),)),
        ("bids:20..5", (one(Span("bids", Edge(5), Edge(20))),)),
        (
            "budget:5..2jt",
            (one(Span("budget", *(Edge(Amount(Decimal(n) * 10**6, "IDR")) for n in (2, 5)))),),
        ),
        ("posted:<2d", (one(Span("posted", high=Edge(48, True))),)),
        ("dipasang:3hari", (one(Span("posted", high=Edge(72))),)),
        ("is:starred,new", (one(Choice("is", "starred"), Choice("is", "new")),)),
        ("status:terbuka type:hour", (one(Choice("is", "open")), one(Choice("type", "hourly")))),
        ("klien:verified", (one(Choice("client", "verified")),)),
    ],
)  # fmt: skip
def test_parse(typed: str, groups: tuple[Group, ...]) -> None:
    query = parse(typed)
    assert query.groups == groups
    assert not query.mistakes


@pytest.mark.parametrize(
    ("typed", "sort"),
    [
        ("sort:budget", Sort("budget")),
        ("urut:tawaran", Sort("bids")),
        ("sort:-match", Sort("match", True)),
        ("sort:oldest", Sort("newest", True)),
        ("sort:bids sort:newest", Sort()),
    ],
)
def test_orders(typed: str, sort: Sort) -> None:
    assert parse(typed) == Query((), sort)


@pytest.mark.parametrize(
    ("typed", "mistake"),
    [
        ("skil:django web ", "“skil:” is left out; did you mean skill:?"),
        ("zzz:web ", "“zzz:” is no key and was read as a word"),
        ("budget:much web ", "“budget:much” is left out; did you mean budget:>5jt?"),
        ("web budget:much", "“budget:much” is left out; did you mean budget:>5jt?"),
        ("posted:soon web ", "“posted:soon” is left out; did you mean posted:<2d?"),
        ("is:stared web ", "“is:stared” is left out; did you mean is:starred?"),
        ("sort:bugdet web ", "“sort:bugdet” is left out; did you mean sort:budget?"),
        ("skill:djnago web ", "no job here asks for the skill “djnago”; did you mean Django?"),
        ("country:indonsia web ", "no job here is from “indonsia”; did you mean Indonesia?"),
        ("lang:klingon web ", "no job here is written in “klingon”"),
        ("budget:>5xyz web ", "there is no rate for XYZ: the budget is left out"),
    ],
)
def test_a_mistake_is_told_and_the_rest_counts(typed: str, mistake: str) -> None:
    found = told(typed)
    assert found.mistakes == (mistake,)
    assert "web" in found.parts


def test_nothing_is_a_mistake_while_it_is_being_typed() -> None:
    for whole in (
        "skill:",
        "budget:>5",
        "is:starred",
        "posted:<2d",
        "sort:budget",
        "type:hourly",
        "budget:>rp5",
        "budget:<usd5",
        "budget:>=$5",
    ):
        for end in range(1, len(whole) + 1):
            assert not told(f"web {whole[:end]}").mistakes, whole[:end]


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("", ""),
        (
            "web or mobile budget:>5jt ",
            "web OR mobile · budget over IDR 5,000,000 (≈ at the rates of Tue 24 Nov 2026)"
            " · newest first",
        ),
        ('"web shop" -php logo', "“web shop” · not php · logo… · newest first"),
        ("skill:design sort:bids", "skill Graphic Design, Logo Design · fewest bids first"),
        ("skill:c++ country:amerika lang:inggris ",
         "skill C++ Programming · from United States · in English · newest first"),
        ("-is:skipped is:new ", "not skipped · new since your last visit · newest first"),
        ("bids:<20 posted:<2d", "fewer than 20 bids · posted in the last 2 days · newest first"),
        ("client:verified type:fixed sort:oldest",
         "client with a verified payment · at a fixed price · oldest first"),
    ],
)  # fmt: skip
def test_how_it_was_read(typed: str, line: str) -> None:
    assert told(typed).line == line


@pytest.fixture
def indonesian() -> Iterator[None]:
    i18n.use("id")
    yield
    i18n.use("en")


@pytest.mark.usefixtures("indonesian")
def test_it_is_told_in_indonesian_too() -> None:
    assert "Rp5.000.000" in told("budget:>5jt ").line
    assert "Inggris" in told("bahasa:inggris ").line


@pytest.mark.usefixtures("indonesian")
def test_mistakes_are_told_without_a_word_of_english() -> None:
    typed = (
        "keahlan:kopi toko:kopi tawaran:banyak dipasang:nanti harga:murah jenis:ttap jenis:lain "
        "klien:apa status:bintng status:apa urut:harg urut:semua bahasa:klingon negara:indonesa "
        "keahlian:djnago anggaran:>5xyz "
    )
    assert told(typed).mistakes == (
        "“keahlan:” tidak dihitung; maksud Anda keahlian:?",
        "“toko:” bukan kunci dan dibaca sebagai kata",
        "“tawaran:banyak” tidak dihitung; maksud Anda tawaran:<20?",
        f"“dipasang:nanti” tidak dihitung; maksud Anda dipasang:{i18n._('<2d')}?",
        "“harga:murah” tidak dihitung; maksud Anda harga:>5jt?",
        "“jenis:ttap” tidak dihitung; maksud Anda jenis:tetap?",
        "“jenis:lain” tidak dihitung; maksud Anda jenis:tetap?",
        "“klien:apa” tidak dihitung; maksud Anda klien:terverifikasi?",
        "“status:bintng” tidak dihitung; maksud Anda status:bintang?",
        "“status:apa” tidak dihitung; maksud Anda status:baru?",
        "“urut:harg” tidak dihitung; maksud Anda urut:anggaran?",
        "“urut:semua” tidak dihitung; maksud Anda urut:anggaran?",
        "tidak ada proyek di sini yang ditulis dalam “klingon”",
        "tidak ada proyek di sini dari “indonesa”; maksud Anda Indonesia?",
        "tidak ada proyek di sini yang meminta keahlian “djnago”; maksud Anda Django?",
        "tidak ada kurs untuk XYZ: anggaran tidak dihitung",
    )


@pytest.mark.usefixtures("indonesian")
def test_what_is_offered_in_indonesian_is_read_as_well() -> None:
    for key in keys.KEYS:
        for typed in (f"{key.indonesian}:{keys.sample(key.name)}", f"{key.indonesian}:"):
            assert not parse(f"{typed} ").mistakes
            for one in complete(typed, FACETS):
                assert not told(one.text).mistakes, one.text
    for sort in (Sort("bids"), Sort("match", True), Sort("newest", True)):
        typed = ordered("kopi sort:budget", sort)
        assert typed.startswith("kopi urut:")
        assert parse(typed).sort == sort


def test_budgets_are_compared_in_each_currency_that_has_a_rate() -> None:
    reading = read(parse("budget:>5jt "), KNOWN, NOW)
    worth = reading.groups[0][0].asked
    assert isinstance(worth, Worth)
    limits = {one.currency: (one.low, one.high) for one in worth.limits}
    assert limits == {"IDR": (500_000_001, None), "USD": (31_251, None)}
    assert reading.rateless == ("XTS",)
    assert reading.rates_at == NOW


def test_m_means_what_it_means_in_the_users_currency() -> None:
    for own, amount in (("IDR", "IDR 5,000,000,000"), ("USD", "USD 5,000,000")):
        assert amount in told("budget:>5m ", Known(FACETS, RATES, own)).line


def test_without_rates_only_the_own_currency_is_compared() -> None:
    line = told("budget:>500 ", Known(FACETS, Rates(), "USD")).line
    assert line == "budget over USD 500 (only in USD: no rates yet) · newest first"


def test_ages_count_back_from_now() -> None:
    asked = read(parse("posted:1d..3d "), KNOWN, NOW).groups[0][0].asked
    assert asked == Posted(NOW - timedelta(days=3), NOW - timedelta(days=1))


@pytest.mark.parametrize(
    ("typed", "sort", "text"),
    [
        ("Web shop", Sort("budget"), "Web shop sort:budget"),
        ("web sort:bids shop", Sort("match", True), "web shop sort:-match"),
        ("URUT:bids web ", Sort(), "web"),
    ],
)
def test_another_order_for_the_same_query(typed: str, sort: Sort, text: str) -> None:
    assert ordered(typed, sort) == text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("bu", ["budget:"]),
        ("web -sk", ["skill:"]),
        ("nega", ["negara:"]),
        ("skill:des", ['"graphic design"', '"logo design"']),
        ("skill:DJ", ["django"]),
        ("country:uni", ["gb", "us"]),
        ("country:id,un", ["gb", "us"]),
        ("is:s", ["starred", "skipped"]),
        ("sort:b", ["budget", "bids"]),
        ("bids:", ["<5", "<20", ">50"]),
        ("mor", ["Morning coffee"]),
        ("b", []),
        ("", []),
        ("is:new ", []),
        ("xyz:a", []),
        ("web :", [f"{key.name}:" for key in keys.KEYS]),
    ],
)
def test_completion(typed: str, words: list[str]) -> None:
    found = complete(typed, FACETS, {"Morning coffee": "logo is:new"})
    assert [one.word for one in found] == words
    for one in found:
        assert not told(one.text).mistakes, one.text


@given(st.text(max_size=1000))
def test_any_text_is_a_bounded_query_that_can_be_told(typed: str) -> None:
    query = parse(typed)
    assert len(query.groups) <= 16
    told(typed)
    complete(typed, FACETS)


PIECES = st.sampled_from(
    "skill:/country:/negara:/budget:/bids:/posted:/is:/type:/sort:/lang:/>/</../5jt/2d/500/-/or"
    '/"/,/web/id/new/oldest/m/usd/rp/12.345/1,5/:/k/e\u0301/İ/网/c++/ '.split("/")
)


@settings(max_examples=500, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map("".join)))
def test_what_is_written_is_read_as_the_same(typed: str) -> None:
    query = parse(typed)
    assert parse(render(query)) == query


WORDS = st.from_regex(r"[a-z]{2,8}", fullmatch=True).filter(lambda word: word not in ("or", "atau"))
AMOUNTS = st.builds(
    Amount, st.decimals(1, 10**9, places=2), st.sampled_from(("", "IDR", "USD")), st.booleans()
)
EDGES = st.builds(Edge, AMOUNTS, st.booleans())
NUMBERS = st.builds(Edge, st.integers(0, 10**5), st.booleans())
WHATS = st.one_of(
    st.builds(Word, WORDS),
    st.builds(Phrase, st.lists(WORDS, min_size=2, max_size=3).map(tuple)),
    st.builds(Named, st.sampled_from(("skill", "country", "lang")), WORDS),
    st.builds(Span, st.just("budget"), low=EDGES),
    st.builds(Span, st.just("budget"), high=EDGES),
    st.builds(Span, st.just("bids"), high=NUMBERS),
    st.builds(Span, st.just("posted"), low=NUMBERS),
    st.builds(Choice, st.just("is"), st.sampled_from(("open", "new", "starred"))),
)
GROUPS = st.lists(st.builds(Term, WHATS, st.booleans()), min_size=1, max_size=3).map(tuple)
SORTS = st.builds(Sort, st.sampled_from(("newest", "budget", "bids", "match")), st.booleans())


@given(st.builds(Query, st.lists(GROUPS, max_size=4).map(tuple), SORTS))
def test_every_query_can_be_written(query: Query) -> None:
    assert parse(render(query)) == query


@given(st.lists(GROUPS, min_size=1, max_size=4).map(tuple))
def test_the_explanation_names_every_part(groups: tuple[Group, ...]) -> None:
    facets = {
        f"{term.what.key}:{term.what.name}": term.what.name
        for group in groups
        for term in group
        if isinstance(term.what, Named)
    }
    found = explain(read(Query(groups), Known({**FACETS, **facets}, RATES, "USD"), NOW), TONGUE)
    assert len(found.parts) == len(groups) + 1
    for group, part in zip(groups, found.parts, strict=False):
        assert part.count(" OR ") == len(group) - 1
        for term in group:
            if isinstance(term.what, Word):
                assert term.what.text in part
            if isinstance(term.what, Phrase):
                assert " ".join(term.what.words) in part
