"""People: users, their skills, standing, portfolio and balance."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from freelancer_tui.sandbox.market.database import Database, Value, Where
from freelancer_tui.sandbox.market.reference import Reference
from freelancer_tui.sandbox.refusals import bad_form, not_found, user_refusal

SkillChange = Literal["add", "replace", "remove"]
LEAST_PROFILE = 100


@dataclass(frozen=True, slots=True)
class Directory:
    """What the directory of freelancers can be asked for."""

    query: str = ""
    skills: tuple[int, ...] = ()
    countries: tuple[str, ...] = ()
    least_rate: int | None = None
    """In hundredths of each one's own currency."""
    most_rate: int | None = None
    least_reviews: int | None = None
    most_reviews: int | None = None


class People:
    """All users."""

    def __init__(self, database: Database, reference: Reference) -> None:
        self._database = database
        self._reference = reference

    def get(self, user_id: int) -> sqlite3.Row:
        """Give one user's row, or refuse."""
        row = self._database.one("SELECT * FROM users WHERE id = ?", (user_id,))
        if row is None:
            raise not_found("User")
        return row

    def exists(self, user_id: int) -> bool:
        """Tell whether there is such a user."""
        return self._database.one("SELECT 1 FROM users WHERE id = ?", (user_id,)) is not None

    def several(self, ids: Iterable[int]) -> list[sqlite3.Row]:
        """Give the rows of those of the ids that exist."""
        return self._database.by_ids("SELECT * FROM users WHERE id IN ({ids})", ids)

    def named(self, names: Sequence[str]) -> list[sqlite3.Row]:
        """Give the rows of users by their user names."""
        where = Where()
        where.among("username", list(names))
        return self._database.all(f"SELECT * FROM users{where.text}", where.values) if names else []

    def directory(
        self, wanted: Directory, limit: int, offset: int
    ) -> tuple[list[sqlite3.Row], int]:
        """Give a page of freelancers, best rated first, and how many there are in all."""
        where = Where()
        where.also("u.role = 'freelancer'")
        for word in wanted.query.split():
            like = f"%{word.replace('%', '').replace('_', '')}%"
            where.also("(u.username || ' ' || u.display_name || ' ' || u.tagline) LIKE ?", like)
        if wanted.skills:
            marks = ", ".join("?" * len(wanted.skills))
            where.also(
                f"u.id IN (SELECT user_id FROM user_skills WHERE skill_id IN ({marks}))",
                *wanted.skills,
            )
        where.among("u.country_code", [code.lower() for code in wanted.countries])
        where.between("u.hourly_rate", wanted.least_rate, wanted.most_rate)
        where.between("coalesce(s.reviews, 0)", wanted.least_reviews, wanted.most_reviews)
        source = (
            "FROM users u LEFT JOIN standings s ON s.user_id = u.id AND s.role = 'freelancer'"
            f"{where.text}"
        )
        rows = self._database.all(
            f"SELECT u.* {source} ORDER BY CAST(coalesce(s.overall, '0') AS REAL) DESC, u.id"
            " LIMIT ? OFFSET ?",
            (*where.values, limit, offset),
        )
        return rows, self._database.number(f"SELECT count(*) {source}", where.values)

    def skills(self, ids: Iterable[int]) -> dict[int, list[int]]:
        """Give the skills of each of these users."""
        found: dict[int, list[int]] = {}
        for row in self._database.by_ids(
            "SELECT user_id, skill_id FROM user_skills WHERE user_id IN ({ids})", ids
        ):
            found.setdefault(row[0], []).append(row[1])
        return found

    def standings(self, ids: Iterable[int]) -> dict[tuple[int, str], sqlite3.Row]:
        """Give what others said of these users, by user and role."""
        rows = self._database.by_ids("SELECT * FROM standings WHERE user_id IN ({ids})", ids)
        return {(row["user_id"], row["role"]): row for row in rows}

    def portfolio(self, user_id: int, limit: int, offset: int) -> list[sqlite3.Row]:
        """Give a page of one user's pieces of work."""
        return self._database.all(
            "SELECT * FROM portfolio WHERE user_id = ? ORDER BY id LIMIT ? OFFSET ?",
            (user_id, limit, offset),
        )

    def balances(self, user_id: int) -> list[sqlite3.Row]:
        """Give what a user has earned here, by currency."""
        return self._database.all(
            "SELECT currency_id, amount FROM balances WHERE user_id = ? ORDER BY currency_id",
            (user_id,),
        )

    def pay(self, user_id: int, currency_id: int, amount: int) -> None:
        """Add money (in hundredths) to a user's balance."""
        self._database.run(
            "INSERT INTO balances (user_id, currency_id, amount) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET amount = amount + excluded.amount",
            (user_id, currency_id, amount),
        )

    def change_skills(self, user_id: int, change: SkillChange, skills: list[int]) -> None:
        """Add, replace or remove a user's own skills."""
        if not skills:
            raise bad_form("Name at least one job in jobs[]")
        self._reference.check_skills(skills)
        with self._database.transaction():
            if change == "replace":
                self._database.run("DELETE FROM user_skills WHERE user_id = ?", (user_id,))
            for skill in skills:
                if change == "remove":
                    statement = "DELETE FROM user_skills WHERE user_id = ? AND skill_id = ?"
                else:
                    statement = (
                        "INSERT OR IGNORE INTO user_skills (user_id, skill_id) VALUES (?, ?)"
                    )
                self._database.run(statement, (user_id, skill))

    def edit_profile(
        self, user_id: int, tagline: str | None, profile: str | None, hourly_rate: int | None
    ) -> None:
        """Change a user's own words and rate; None leaves a field as it is."""
        if profile is not None and len(profile) < LEAST_PROFILE:
            raise user_refusal(
                400, "PROFILE_DESCRIPTION_TOO_SHORT", "Write at least 100 characters"
            )
        fields: dict[str, Value] = {
            "tagline": tagline,
            "profile": profile,
            "hourly_rate": hourly_rate,
        }
        changes = {name: value for name, value in fields.items() if value is not None}
        if not changes:
            raise bad_form("Nothing to change")
        with self._database.transaction():
            self._database.change("users", user_id, **changes)

    def spend_bid(self, user_id: int) -> bool:
        """Take one bid off those a user has left; False if there is none."""
        return bool(
            self._database.run(
                "UPDATE users SET bids_remaining = bids_remaining - 1"
                " WHERE id = ? AND bids_remaining > 0",
                (user_id,),
            )
        )
