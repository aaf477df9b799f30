"""Reference: currencies, skills, categories, countries, time zones and budgets, read once."""

import sqlite3
from decimal import Decimal

from freelancer_tui.sandbox.market.database import Database
from freelancer_tui.sandbox.refusals import bad_form


class Reference:
    """What never changes while the market is open."""

    def __init__(self, database: Database) -> None:
        def rows(table: str, key: str) -> dict[object, sqlite3.Row]:
            return {row[key]: row for row in database.all(f"SELECT * FROM {table} ORDER BY {key}")}

        self.categories = rows("categories", "id")
        self.skills = rows("skills", "id")
        self.countries = rows("countries", "code")
        self.timezones = rows("timezones", "id")
        self.currencies = rows("currencies", "id")
        self.budgets = database.all("SELECT * FROM budgets ORDER BY currency_id, kind, minimum")
        self.zones_by_name = {row["name"]: row for row in self.timezones.values()}
        self._rates = {key: Decimal(row["exchange_rate"]) for key, row in self.currencies.items()}

    def rate(self, currency_id: int) -> Decimal:
        """Give what one unit of a currency is worth in USD."""
        return self._rates[currency_id]

    def check_currency(self, currency_id: int) -> None:
        """Refuse a currency that the market does not know."""
        if currency_id not in self.currencies:
            raise bad_form(f"No currency has the id {currency_id}")

    def check_skills(self, skill_ids: list[int]) -> None:
        """Refuse skills that the market does not know."""
        for skill_id in skill_ids:
            if skill_id not in self.skills:
                raise bad_form(f"No job has the id {skill_id}")

    def active_counts(self, database: Database) -> dict[int, int]:
        """Count the open projects of each skill."""
        rows = database.all(
            "SELECT s.skill_id, count(*) FROM projects p JOIN project_skills s"
            " ON s.project_id = p.id WHERE p.status = 'active' GROUP BY s.skill_id"
        )
        return {row[0]: row[1] for row in rows}
