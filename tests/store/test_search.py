"""Search: what a user types, and which jobs it brings."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from freelancer_tui.domain.search import Known, Query, read
from freelancer_tui.domain.search.query import Term, Word
from freelancer_tui.store.cache import seeking, words
from freelancer_tui.store.cache.database import CacheDatabase
from tests.factories import NOW, a_project
from tests.store.desk import ids_for, keep

REUSED = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def market(cache: CacheDatabase) -> CacheDatabase:
    keep(
        cache,
        a_project(1, title="Resume designer", description="Make my résumé look like Zoë's."),
        a_project(2, title="Desain logo toko kopi", description="Kami butuh logo yang sederhana."),
        a_project(3, title="需要网站design设计师", description="请帮我做一个电子商务网站"),
        a_project(4, title="foo_bar baz", description='Say "hello" AND goodbye; C++ or NOT.'),
        a_project(5, title="ウェブサイト作成", description="日本語の文章"),
        a_project(6, title="Разработка сайта", description="Нужен магазин"),
    )
    return cache


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("resume", [1]),
        ("RÉSUMÉ", [1]),
        ("re\u0301sume\u0301", [1]),
        ("zoe", [1]),
        ("desain", [2]),
        ("des", [3, 2, 1]),
        ("logo kopi", [2]),
        ("kopi logo ", [2]),
        ("kop ", []),
        ("sederhana desain", [2]),
        ("网站", [3]),
        ("设计", [3]),
        ("电子商务", [3]),
        ("站", [3]),
        ("师", [3]),
        ("design", [3, 1]),
        ("网站design", [3]),
        ("网店", []),
        ("日本語", [5]),
        ("サイト", [5]),
        ("сайт", [6]),
        ("МАГАЗИН", [6]),
        ("foo_bar", [4]),
        ("foo_ba", [4]),
        ("bar_foo", [4]),
        ('"hello" AND goodbye', [4]),
        ("hello AND logo", []),
        ("baz*", [4]),
        ("-baz", [6, 5, 3, 2, 1]),
        ("text:baz", []),
        ("NEAR(foo bar)", []),
        ("", [6, 5, 4, 3, 2, 1]),
        ("   ", [6, 5, 4, 3, 2, 1]),
    ],
)
def test_words_find(market: CacheDatabase, text: str, found: list[int]) -> None:
    assert ids_for(market, text) == found


def test_the_newest_come_first(cache: CacheDatabase) -> None:
    keep(cache, *(a_project(number) for number in range(1, 21)))
    for text in ("", "batik"):
        assert ids_for(cache, text, limit=3) == [20, 19, 18]


@REUSED
@given(st.text())
@example("a𐵀b")
@example("𐵀")
@example("ᬅ᭄ᬢ")
@example("e\u0301")
@example('"')
@example("* OR ^a")
@example("{title}:a")
@example("²³ ½x")
def test_no_text_is_an_error(market: CacheDatabase, text: str) -> None:
    ids_for(market, text)
    ids_for(market, f"foo {text} bar")


@REUSED
@given(st.lists(st.text(max_size=8), max_size=4), st.booleans())
def test_no_query_is_an_error(market: CacheDatabase, typed: list[str], begun: bool) -> None:
    query = Query(tuple((Term(Word(word, begun)),) for word in typed))
    with market.read() as connection:
        seeking.found(connection, read(query, Known(), NOW), 5)


LETTERS = st.text(st.characters(categories=["Lu", "Ll", "Lo"], max_codepoint=0xFFFF), min_size=2)


@REUSED
@given(LETTERS, st.integers(min_value=2))
def test_a_title_is_found_by_its_beginning(cache: CacheDatabase, word: str, cut: int) -> None:
    keep(cache, a_project(1, title=word, updated_at=a_project().updated_at))
    if (found := ids_for(cache, word + " ")) == [1]:
        assert ids_for(cache, word[: max(cut, 2)]) == found


@pytest.mark.parametrize(
    ("phrase", "text", "is_said"),
    [
        ("web shop", "A Web-Shop, please", True),
        ("web shop", "web\n\n  (shop)", True),
        ("web shop", "web_shop", True),
        ("web shop", "my webshop", False),
        ("web shop", "web shops", False),
        ("web shop", "shop web", False),
        ("resume zoe", "le Résumé: Zoë", True),
        ("résumé zoe", "resume zoe", True),
        ("网站 设计", "这个网站设计好", True),
        ("网站 设计", "设计网站", False),
        ("a b", None, False),
    ],
)
def test_a_phrase_stands_in_a_text(phrase: str, text: str | None, is_said: bool) -> None:
    assert words.says(phrase, text) is is_said
