"""Lines and stacks: room on the screen, and what is where, without a screen."""

from rich.cells import cell_len

from freelancer_tui.tui.widgets.lines import apart, cut, width_of, wrap
from freelancer_tui.tui.widgets.stack import Block, Rows, Stack, gap


def blocks(*heights: int) -> Stack:
    """Build blocks a, b, c … of so many lines."""
    return Stack(
        [Block("abcdef"[place], ((("x", ""),),) * height) for place, height in enumerate(heights)]
    )


def test_a_wide_text_is_cut_by_cells_not_by_letters() -> None:
    assert cell_len(cut("咖啡店的網站設計與開發", 9)) <= 9
    assert cut("one\ntwo\tthree", 40) == "one two three"
    assert cut("anything", 0) == ""


def test_wrapped_lines_never_take_more_room_than_there_is() -> None:
    text = "咖啡店的網站設計 and " + "x" * 50 + "\n\n\tend"
    lines = wrap(text, 11)
    assert all(cell_len(line) <= 11 for line in lines)
    assert "" in lines
    assert wrap("", 10) == [""]


def test_the_left_gives_way_to_the_right() -> None:
    line = apart((("a long title that does not fit", ""),), (("USD 80", "quiet"),), 20)
    assert width_of(line) == 20
    assert line[0][0].endswith("…")
    assert line[-1] == ("USD 80", "quiet")
    line = apart((("One two three", ""), (" · more", "quiet")), (("USD 80", ""),), 12)
    assert "".join(text for text, _tone in line) == "One…  USD 80"


def test_a_row_is_found_in_its_block() -> None:
    stack = blocks(1, 3, 2)
    assert stack.height == 6
    assert [stack.at(row).key for row in range(6) if stack.at(row)] == list("abbbcc")  # type: ignore[union-attr]
    assert stack.at(6) is None
    assert stack.line(3) == ("b", (("x", ""),))
    assert stack.top("c") == 4


def test_the_cursor_passes_over_gaps() -> None:
    stack = Stack([Block("a", ((),)), gap("a"), Block("b", ((),)), gap("b")])
    assert stack.beside("a", 1) == "b"
    assert stack.beside("b", 1) == "b"
    assert stack.beside("b", -1) == "a"
    assert stack.beside(None, 1) == "a"
    assert stack.last() == "b"
    assert stack.nearest(3) == "b"
    assert Stack().nearest(0) is None


def test_the_view_moves_as_little_as_it_can() -> None:
    stack = blocks(2, 2, 2, 9)
    assert stack.shown("a", 0, 5) == 0
    assert stack.shown("c", 0, 5) == 1
    assert stack.shown("b", 4, 5) == 2
    assert stack.shown("d", 0, 5) == 6
    assert stack.seen(1, 4) == [("a", -1), ("b", 1), ("c", 3)]


def test_rows_that_are_made_when_seen_are_found_like_others() -> None:
    made: list[int] = []

    def make(place: int) -> Block:
        made.append(place)
        return Block(f"k{place}", (((f"row {place}", ""),), ()))

    keys = [f"k{place}" for place in range(4000)]
    rows, blocks = Rows(keys, 2, make), Stack([make(place) for place in range(4000)])
    made.clear()
    assert rows.height == blocks.height == 8000
    for row in (0, 1, 2, 4001, 7999, 8000, -1):
        assert rows.line(row) == blocks.line(row)
    assert rows.seen(301, 10) == blocks.seen(301, 10)
    assert [rows.beside("k7", step) for step in (1, -1)] == ["k8", "k6"]
    assert (rows.first(), rows.last(), rows.nearest(9999)) == ("k0", "k3999", "k3999")
    assert rows.shown("k90", 0, 20) == blocks.shown("k90", 0, 20)
    assert Rows([], 2, make).first() is Rows([], 2, make).nearest(3) is None
    assert len(made) < 40
