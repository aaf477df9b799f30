"""The command line speaks the language of the jobs search, and says what it did not understand."""

from decimal import Decimal
from typing import Any

from tests.cli.shell import Shell


def ids(rows: list[dict[str, Any]]) -> set[int]:
    return {row["remote_id"] for row in rows}


def test_filters_orders_and_what_was_not_understood(synced: Shell) -> None:
    def found(*words: str) -> list[dict[str, Any]]:
        ran = synced("jobs", "search", "--json", "--limit", 1000, *words)
        assert ran.code == 0
        rows: list[dict[str, Any]] = ran.document
        return rows

    every = found()
    assert ids(found("type:hourly")) == {
        row["remote_id"] for row in every if row["type"] == "hourly"
    }
    assert ids(found("-type:hourly")) == ids(every) - ids(found("type:hourly"))
    assert ids(found("negara:id")) == {
        row["remote_id"] for row in every if row["country"] == "Indonesia"
    }
    few = [row["bid_count"] for row in found("tawaran:<5", "urut:tawaran")]
    assert few == sorted(few)
    assert few
    assert max(few) < 5
    rich = [row for row in found("budget:>1000usd") if row["budget"]["currency"] == "USD"]
    assert all(Decimal(row["budget"]["maximum"] or "9e9") > 1000 for row in rich)

    job = every[0]["remote_id"]
    synced.ok("jobs", "mark", job, "star")
    assert ids(found("is:starred")) == {job}
    assert job not in ids(found("-is:starred"))

    odd = synced("jobs", "search", "--json", "skil:django", "is:starred")
    assert ids(odd.document) == {job}
    assert odd.err == "“skil:” is left out; did you mean skill:?\n"


def test_an_empty_answer_gives_its_reason(synced: Shell) -> None:
    told = synced("jobs", "search", "-php", "bids:<0")
    assert (told.code, told.out) == (0, "")
    assert told.err == (
        "No job here fits: not php · fewer than 0 bids · newest first.\n"
        "There are some without: fewer than 0 bids\n"
    )
    assert synced("jobs", "search", "xyzzy", "--json").document == []


def test_its_help_tells_the_language_and_a_minus_is_no_option(shell: Shell) -> None:
    for words in (("-h",), ("--help",)):
        told = shell("jobs", "search", *words)
        assert told.code == 0
        for part in ("skill: keahlian:", "budget:>5jt", "is:starred", "sort:match", "Examples:"):
            assert part in told.out
    assert shell("jobs", "search", "-html").code == 4
    assert shell("jobs", "search", "--htm").code == 2
