"""The e-invoice by key: a form by the file's ending, and what is lacking said before."""

from dataclasses import replace
from pathlib import Path

from freelancer_tui.domain.invoices import Party
from tests.tui.billing_scenes import GERMAN, a_draft, line
from tests.tui.desk import User, at
from tests.tui.test_billing_screen import opened, put


async def test_the_ending_chooses_the_form_and_lacks_are_told(tmp_path: Path) -> None:
    async with at(tmp_path, "invoice", lambda desk: None, (120, 40)) as user:
        bills = user.desk.invoices
        bill = bills.issue(a_draft(user.desk))
        nowhere = replace(GERMAN, party=Party("Nowhere Ltd"))
        lost = bills.new(client_id=user.desk.clients.add(nowhere).id, lines=[line("Work", "9")])
        bills.issue(lost.id)
        await opened(user, lost.id)
        await user.press("O")
        assert user.sees("No e-invoice: The client's country is missing")
        await user.press("y")
        assert user.sees("Write it as PDF")
        await user.press("escape")
        await opened(user, bill.id)
        await user.press("O")
        await put(user, "#ask-file", str(tmp_path / "a.doc"))
        assert user.sees("! Let it end in .pdf, .xml or .cii.xml.")
        for name, form in (("a.cii.xml", "XML in CII"), ("a.xml", "XML in UBL")):
            await put(user, "#ask-file", str(tmp_path / name))
            assert user.sees(form)
        await user.press("enter")
        await _settled(user)
        assert user.told().startswith("Written to")
        assert bill.number in (tmp_path / "a.xml").read_text("utf-8")


async def _settled(user: User) -> None:
    await user.host.section.settled()
    await user.settle()
