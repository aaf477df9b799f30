"""What the codes to pay by say."""

from decimal import Decimal

from freelancer_tui.documents.codes import drawn, payloads
from freelancer_tui.domain.invoices import Ways
from freelancer_tui.domain.money import Money
from tests.documents.sheets import WAYS


def test_a_sepa_transfer_as_the_banks_read_it() -> None:
    said = payloads(WAYS, "Sari", Money(Decimal("1756.25"), "EUR"), "INV/7")["epc"]
    assert said.split("\n") == [
        "BCD", "002", "1", "SCT", "CENAIDJA", "Sari Wulandari", "DE02120300000000202051",
        "EUR1756.25", "", "", "INV/7",
    ]  # fmt: skip


def test_paypal_asks_for_the_amount_where_it_takes_the_currency() -> None:
    def paypal(said: str, currency: str) -> str | None:
        return payloads(Ways(paypal=said), "", Money(Decimal(100), currency), "").get("paypal")

    assert paypal("paypal.me/sariw", "USD") == "https://paypal.me/sariw/100.00USD"
    assert paypal("https://www.paypal.me/sariw/", "IDR") == "https://paypal.me/sariw"
    assert paypal("sari@example.com", "USD") is None
    assert paypal("javascript:alert(1)", "USD") is None


def test_nothing_is_asked_for_by_code_when_nothing_is_due() -> None:
    assert "epc" not in payloads(WAYS, "", Money(Decimal(0), "EUR"), "")


def test_modules_are_a_square_with_the_corners_that_readers_look_for() -> None:
    code = drawn("https://wise.com/pay/me/sariw")
    assert {len(row) for row in code} == {len(code)}
    assert code[0].startswith("11111110")
    assert code[-1].startswith("1111111")
    assert drawn("") == drawn("x" * 2000) == ()
