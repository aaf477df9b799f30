"""The floor: the smallest Textual program with a header, a footer and a table of 1,000 rows."""

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Footer, Header


class Floor(App[None]):
    """A table and nothing else."""

    def compose(self) -> ComposeResult:
        yield Header()
        yield DataTable(cursor_type="row")
        yield Footer()

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("title", "budget", "bids", "age")
        for number in range(1000):
            table.add_row(f"Job number {number}", f"{number * 10}", f"{number % 40}", "2h")
        table.focus()


if __name__ == "__main__":
    Floor().run()
