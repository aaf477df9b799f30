"""The user's flags.toml and match.toml: honoured, and a mistake names the file."""

from pathlib import Path

import pytest

from freelancer_tui.domain import flags
from freelancer_tui.errors import SettingsError
from freelancer_tui.settings.judging import FLAGS, MATCH, read_rules, read_weighing


def test_the_users_rules_are_read_beside_ours(tmp_path: Path) -> None:
    (tmp_path / FLAGS).write_text(
        'off = ["too_good"]\n[[rule]]\nid = "no_night"\nwhy = "Night."\nphrases = ["at night"]\n'
    )
    rules = read_rules(tmp_path)
    assert "too_good" not in {rule.id for rule in rules.words}
    [found] = flags.of_words("", "only at night", rules)
    assert (found.rule, found.why, found.severity) == ("no_night", "Night.", "warning")


def test_the_users_weights_are_read_beside_ours(tmp_path: Path) -> None:
    (tmp_path / MATCH).write_text("[me]\nfixed = '4000000 IDR'\n[limits]\nbids = 7\n")
    weighing = read_weighing(tmp_path)
    assert str(weighing.usual["fixed"].amount) == "4000000.00"
    assert (weighing.limits["bids"], weighing.limits["hires"]) == (7, 10)


@pytest.mark.parametrize(
    "text", ['[[rule]]\nid = "x"\nphrases = ["(b)"]\n', "off = [", '[[rule]]\nid = "x"\n', "\xff"]
)
def test_a_mistake_names_the_file(tmp_path: Path, text: str) -> None:
    file = tmp_path / FLAGS
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(SettingsError) as mistake:
        read_rules(tmp_path)
    assert str(file) in str(mistake.value)
    assert mistake.value.hint
