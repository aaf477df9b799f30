"""Payouts: what was released counts when it was seen to be, fees when they were taken."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from tests.services.bills import office
from tests.services.desk import NOON, a_bid, a_milestone, a_project, lay, lay_world, usd


def test_a_milestone_counts_in_the_year_of_its_release(tmp_path: Path) -> None:
    now = [datetime(2026, 12, 30, 12, tzinfo=UTC)]
    with office(tmp_path, clock=lambda: now[0]) as workspace:
        lay_world(workspace)
        made = datetime(2026, 12, 20, tzinfo=UTC)
        lay(workspace, a_milestone(70, created_at=made))
        lay(workspace, a_milestone(72, created_at=made, status="cleared", amount=usd("50")))
        workspace.payouts.note()
        now[0] = datetime(2027, 1, 4, 12, tzinfo=UTC)
        lay(workspace, a_milestone(70, created_at=made, status="cleared"))
        workspace.payouts.note()
        now[0] += timedelta(days=400)  # a cache that is brought in anew changes nothing
        before, after = workspace.payouts.of_year(2026), workspace.payouts.of_year(2027)
        assert (before.released, before.guessed) == ((usd("50"),), 1)
        assert (after.released, after.guessed) == ((usd("200"),), 0)
        assert [one.name for one in after.months] == ["2027-01"]
        assert [one.name for one in after.clients] == ["Acme Ltd"]


def test_fees_are_told_by_month_and_client_and_the_next_payout(tmp_path: Path) -> None:
    with office(tmp_path, clock=lambda: NOON) as workspace:
        lay_world(workspace)
        taken = datetime(2026, 3, 2, tzinfo=UTC)
        lay(workspace, a_bid(500, award_status="awarded", accepted_at=taken, amount=usd("400")))
        hourly = a_project(300, kind="hourly")
        lay(workspace, hourly, a_bid(501, 300, award_status="awarded", accepted_at=taken))
        spring = datetime(2026, 4, 5, tzinfo=UTC)
        lay(workspace, a_milestone(
            73, project_remote_id=300, status="cleared", amount=usd("120"), created_at=spring
        ))  # fmt: skip
        lay(workspace, a_milestone(74, amount=usd("75")))
        year = workspace.payouts.of_year(2026)
        assert {one.name: one.fees for one in year.months if one.fees.minor} == {
            "2026-03": usd("40"), "2026-04": usd("12"),
        }  # fmt: skip
        assert [(one.name, one.fees.amount) for one in year.clients] == [
            ("Acme Ltd", Decimal("52.00"))
        ]
        assert usd("75") in year.waiting or year.waiting[0].amount >= Decimal(75)
        # NOON is a Tuesday; the next cut-off is Wednesday afternoon on the American west coast.
        assert year.next_cut_off is not None
        assert year.next_cut_off.astimezone(UTC).isoformat() == "2026-11-25T22:00:00+00:00"
        assert year.least == usd("30")
