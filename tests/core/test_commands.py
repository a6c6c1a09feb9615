"""The commands of the buttons."""

from riskbook.core.commands import COMMANDS


def test_a_macro_has_the_name_of_its_command_in_one_word() -> None:
    assert [command.macro for command in COMMANDS][:3] == [
        "RiskbookRefresh",
        "RiskbookCheck",
        "RiskbookNextFinding",
    ]


def test_each_command_has_a_letter_of_its_own() -> None:
    assert len({command.key for command in COMMANDS}) == len(COMMANDS) == 8
