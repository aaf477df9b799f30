"""What the simulation found, each as a small case of its own."""

from dataclasses import replace

from freelancer_tui.store.work import outbox
from tests.sync.desk import Desk
from tests.sync.values import NOON, a_wish, an_entry


async def test_what_is_queued_in_one_instant_keeps_its_order(desk: Desk) -> None:
    """With a coarse clock, chance in the ids decided; a child could come before its parent."""
    bid = an_entry("b", "project:12", queued_at=NOON)
    wish = replace(an_entry("a", "project:12", queued_at=NOON), intent=a_wish(None), after="b")
    with desk.work.transaction() as session:
        outbox.add(session, bid)
        outbox.add(session, wish)
        assert [one.id for one in outbox.live(session)] == ["b", "a"]
    await desk.turn()
    assert [desk.entry(one).state for one in ("b", "a")] == ["sent", "sent"]
