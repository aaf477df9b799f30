"""Templates in the work file: in their order, and with the file when it is mended or restored."""

import sqlite3
from contextlib import closing
from pathlib import Path

from freelancer_tui.domain.templates import Template
from freelancer_tui.store.work import proposals, templates
from freelancer_tui.store.work.database import WorkDatabase
from freelancer_tui.store.work.lacking import as_of_now, lacking, take_in
from freelancer_tui.store.work.migrations import MIGRATIONS
from freelancer_tui.store.work.recovery import recover
from tests.factories import NOW, a_proposal

SHOP = Template("t1", "shop", "template", "Hello {client}", "Halo {client}", NOW)
RATES = Template("t2", "Rates", "snippet", "for {price}", "", NOW)
LOGO = Template("t3", "Logo", "template", "", "Halo", NOW)


def test_whole_templates_come_before_snippets_by_name(work: WorkDatabase) -> None:
    with work.transaction() as session:
        for one in (RATES, SHOP, LOGO):
            templates.put(session, one)
        templates.put(session, SHOP.saying("en", "Hi"))
        templates.delete(session, "t9")
    with work.read() as session:
        assert templates.all(session) == [LOGO, SHOP.saying("en", "Hi"), RATES]
        assert templates.get(session, "t2") == RATES
        assert templates.get(session, "t9") is None


def test_they_come_back_from_a_backup_and_out_of_a_damaged_file(
    work: WorkDatabase, tmp_path: Path
) -> None:
    sheet = a_proposal(plan="20 a\n80 b", template_id="t1", template_name="shop", holes=("price",))
    with work.transaction() as session:
        templates.put(session, SHOP)
        proposals.put(session, sheet)
    backup = tmp_path / "backup.db"
    work.backup(backup)
    recover(backup, tmp_path / "fresh.db", MIGRATIONS, [])
    with closing(sqlite3.connect(tmp_path / "fresh.db")) as fresh:
        assert fresh.execute("SELECT name FROM templates").fetchall() == [("shop",)]
        told = fresh.execute("SELECT plan, template_name, holes FROM proposals").fetchall()
        assert told == [("20 a\n80 b", "shop", "price")]
    with work.transaction() as session:
        templates.delete(session, "t1")
    with (
        closing(as_of_now(backup, MIGRATIONS)) as memory,
        closing(sqlite3.connect(work.path, isolation_level=None)) as file,
    ):
        found = lacking(file, memory)
        assert [one.table for one in found] == ["templates"]
        take_in(file, found)
    with work.read() as session:
        assert templates.get(session, "t1") == SHOP
