"""Reviews: what the two sides say of each other after the work."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from freelancer_tui.sandbox.market.bids import Bids
from freelancer_tui.sandbox.market.database import Database, Where
from freelancer_tui.sandbox.market.events import Events
from freelancer_tui.sandbox.records import EMPLOYER_RATINGS, FREELANCER_RATINGS, Role
from freelancer_tui.sandbox.refusals import bad_form, forbidden, project_refusal

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class ReviewDraft:
    """What somebody says; `role` is the role of the one it is said of."""

    project_id: int
    to_id: int
    role: Role
    comment: str
    ratings: tuple[tuple[str, int], ...]
    """Whole numbers from 1 to 5 by category."""
    on_budget: bool | None = None
    on_time: bool | None = None


@dataclass(frozen=True, slots=True)
class ReviewListing:
    """What a list of reviews can be asked for."""

    projects: tuple[int, ...] = ()
    from_ids: tuple[int, ...] = ()
    to_ids: tuple[int, ...] = ()
    role: str | None = None
    from_time: int | None = None
    to_time: int | None = None


class Reviews:
    """All reviews; they are public."""

    def __init__(
        self, database: Database, now: Callable[[], int], events: Events, bids: Bids
    ) -> None:
        self._database = database
        self._now = now
        self._events = events
        self._bids = bids

    def page(self, wanted: ReviewListing, limit: int, offset: int) -> list[sqlite3.Row]:
        """Give a page of reviews, newest first."""
        where = Where()
        where.among("project_id", wanted.projects)
        where.among("from_id", wanted.from_ids)
        where.among("to_id", wanted.to_ids)
        if wanted.role:
            where.also("role = ?", wanted.role)
        where.between("time_submitted", wanted.from_time, wanted.to_time)
        return self._database.all(
            f"SELECT * FROM reviews{where.text} ORDER BY id DESC LIMIT ? OFFSET ?",
            (*where.values, limit, offset),
        )

    def post(self, from_id: int, draft: ReviewDraft) -> int:
        """Say something of the other side of a complete project and give the review's id."""
        with self._database.transaction():
            bid = self._work(from_id, draft)
            _check(draft)
            if self._database.one(
                "SELECT 1 FROM reviews WHERE project_id = ? AND from_id = ? AND to_id = ?"
                " AND role = ?",
                (draft.project_id, from_id, draft.to_id, draft.role),
            ):
                raise project_refusal(409, "DUPLICATE_REVIEW", "You have reviewed this already")
            total = sum(value for _, value in draft.ratings)
            rating = (Decimal(total) / len(draft.ratings)).quantize(TENTH)
            review_id = self._database.insert(
                "reviews",
                project_id=draft.project_id,
                from_id=from_id,
                to_id=draft.to_id,
                role=draft.role,
                comment=draft.comment,
                rating=str(rating),
                ratings=json.dumps(dict(draft.ratings)),
                on_budget=draft.on_budget,
                on_time=draft.on_time,
                bid_id=bid["id"],
                time_submitted=self._now(),
            )
            self._raise_standing(draft, rating)
            self._events.add("review_posted", from_id, draft.project_id, review_id)
        return review_id

    def _work(self, from_id: int, draft: ReviewDraft) -> sqlite3.Row:
        """The accepted bid that both sides of the review took part in."""
        project = self._bids.projects.get(draft.project_id, from_id)
        bid = self._database.one(
            "SELECT * FROM bids WHERE project_id = ? AND time_accepted IS NOT NULL",
            (draft.project_id,),
        )
        if bid is None:
            if from_id != project["owner_id"]:
                raise forbidden("You took no part in this project")
            raise project_refusal(400, "PROJECT_NOT_COMPLETE", "The work is not complete")
        sides = {"employer": bid["owner_id"], "freelancer": bid["bidder_id"]}
        if from_id not in sides.values():
            raise forbidden("You took no part in this project")
        if draft.to_id != sides[draft.role] or draft.to_id == from_id:
            raise bad_form("to_user_id and role do not name the other side of the project")
        if project["frontend_status"] != "complete":
            raise project_refusal(400, "PROJECT_NOT_COMPLETE", "The work is not complete")
        return bid

    def _raise_standing(self, draft: ReviewDraft, rating: Decimal) -> None:
        """Work a new rating into the averages of the one it is given to."""
        key = (draft.to_id, draft.role)
        old = self._database.one("SELECT * FROM standings WHERE user_id = ? AND role = ?", key)
        count = old["reviews"] if old else 0
        means = {name: Decimal(v) for name, v in json.loads(old["ratings"]).items()} if old else {}

        def mixed(before: Decimal, new: Decimal) -> Decimal:
            return ((before * count + new) / (count + 1)).quantize(Decimal("0.01"))

        ratings = {
            **{name: str(value) for name, value in means.items()},
            **{n: str(mixed(means.get(n, Decimal(v)), Decimal(v))) for n, v in draft.ratings},
        }
        overall = mixed(Decimal(old["overall"]) if old else rating, rating)
        if old is None:
            self._database.run(
                "INSERT INTO standings VALUES (?, ?, '0', 0, 0, 0, '1', '1', '1', '1', '0', '0',"
                " '{}')",
                key,
            )
        self._database.run(
            "UPDATE standings SET overall = ?, reviews = reviews + 1, complete = complete + 1,"
            " ratings = ? WHERE user_id = ? AND role = ?",
            (str(overall), json.dumps(ratings), *key),
        )


def _check(draft: ReviewDraft) -> None:
    if not draft.comment.strip():
        raise bad_form("A review needs a comment")
    known = FREELANCER_RATINGS if draft.role == "freelancer" else EMPLOYER_RATINGS
    if not draft.ratings:
        raise bad_form("A review needs category_ratings")
    for name, value in draft.ratings:
        if name not in known:
            raise bad_form(f"A review of a {draft.role} has no category {name[:40]}")
        if not 1 <= value <= 5:
            raise bad_form("A rating is a whole number from 1 to 5")
