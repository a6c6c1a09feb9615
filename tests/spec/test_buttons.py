"""The macros themselves, run by LibreOffice: what each button hands over, and when it refuses.

::

    macros/*.bas + stubs for what starts programs -> .xlsm -> LibreOffice -> About!B4

LibreOffice 7.4 gives a workbook's name where Excel gives its full name, so the folder is not
seen here; the lines with folders are in ``tests/edge/test_macros.py``.
"""

import shlex
from collections.abc import Mapping

import pytest

from riskbook.core import settings
from riskbook.core.commands import COMMANDS
from riskbook.edge.macros import lines
from riskbook.edge.macros.sources import Interpreters
from tests.spec.office import NEEDED
from tests.spec.pressing import Press, add_in, pressed, small, workbook

pytestmark = [NEEDED, pytest.mark.office]

CHOSEN = Interpreters(windows="/opt/riskbook/bin/python3", mac="/opt/riskbook/bin/python3")
ROWS = settings.rows(CHOSEN.windows, CHOSEN.mac)
BUTTONS = tuple(f"RiskbookButtons.{command.macro}" for command in COMMANDS)
# words that are no command, as the macro of a button on a changed sheet can be given
ODD_WORDS = ("RiskbookButtons.Odd", "RiskbookRunner.Odd")
CALLBACKS = tuple(f"Driver.Press_{command.name}" for command in COMMANDS)
ONE = ("RiskbookButtons.RiskbookRefresh",)
CHANGED = "Told: The settings inside this workbook are not the ones it was made with"
ODD = "Told: The name of this workbook or of its folder holds a character"


def changed(key: str, value: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, value if name == key else was) for name, was in ROWS)


REFUSED = {
    "another program.xlsm": changed("INTERPRETER_WIN", r"C:\Users\Public\python.exe"),
    "another program on a Mac.xlsm": changed("INTERPRETER_MAC", "/tmp/python3"),
    "a program without a folder.xlsm": changed("INTERPRETER_WIN", "python"),
    "the older key.xlsm": changed("INTERPRETER", "python"),
    "a path.xlsm": changed("PYTHONPATH", r"C:\Users\Public"),
    "the workbook's folder.xlsm": changed("ADD_WORKBOOK_TO_PYTHONPATH", "True"),
    "a server.xlsm": changed("USE UDF SERVER", "True"),
    "another environment.xlsm": changed("CONDA PATH", r"C:\Users\Public"),
    "a key less.xlsm": ROWS[:-1],
    "a key in the middle less.xlsm": (*ROWS[:6], *ROWS[7:]),
    "a key more.xlsm": (*ROWS, ("MORE", "1")),
    "no settings.xlsm": (),
}
HIDDEN = {
    # for xlwings the list would end before these, and the rest be looked up beside the workbook
    "hidden rows.xlsm": lambda sheet: [sheet.set_row(n, None, None, {"hidden": 1}) for n in (8, 9)],
    "a row without height.xlsm": lambda sheet: sheet.set_row(4, 0),
    "hidden columns.xlsm": lambda sheet: sheet.set_column(0, 1, None, None, {"hidden": 1}),
    "merged cells.xlsm": lambda sheet: sheet.merge_range("A21:B22", ""),
    "a formula.xlsm": lambda sheet: sheet.write_formula(3, 1, '=""', None, ""),
}
ODD_NAMES = (
    "a;b.xlsm",  # for xlwings the end of one folder and the start of another
    "a%PATH%b.xlsm",
    "a^b.xlsm",
    "a&b.xlsm",
    "a`b.xlsm",
    "a$(b).xlsm",
    "a|b.xlsm",
    "a<b.xlsm",
    'a"b.xlsm',
    "a\tb.xlsm",
)
PLAIN_NAMES = ("Risk register (v2), Children's.xlsm", "Cofrestr risg \u00e2 \u20ac.xlsm")
ODD_FOR_THE_ADD_IN = ("x%TEMP%.xlam", 'x"y.xlam', "x^y.xlam", "x|y.xlam", "x<y.xlam", "x\ny.xlam")
PLAIN_FOR_THE_ADD_IN = ("Health & Safety; 2026.xlam", "Children's $ 1.xlam")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Mapping[str, str]]:
    good, tab = workbook(ROWS, CHOSEN), add_in(CHOSEN)
    presses = [
        Press("Register.xlsm", good, (*BUTTONS, *CALLBACKS, ODD_WORDS[0])),
        Press("riskbook.xlam", tab, (*CALLBACKS, ODD_WORDS[1])),
        *(Press(name, small(rows, CHOSEN), ONE) for name, rows in REFUSED.items()),
        *(Press(name, small(ROWS, CHOSEN, hide), ONE) for name, hide in HIDDEN.items()),
        *(Press(name, good, ONE) for name in (*ODD_NAMES, *PLAIN_NAMES)),
        *(Press(n, tab, CALLBACKS[:1]) for n in (*ODD_FOR_THE_ADD_IN, *PLAIN_FOR_THE_ADD_IN)),
    ]
    return pressed(presses, tmp_path_factory.mktemp("pressed"))


def test_each_button_of_a_workbook_runs_its_command_and_nothing_else(
    found: dict[str, Mapping[str, str]],
) -> None:
    told = found["Register.xlsm"]
    assert [told[name] for name in BUTTONS] == [
        "import riskbook.excel; riskbook.excel.refresh()",
        "import riskbook.excel; riskbook.excel.check()",
        "import riskbook.excel; riskbook.excel.next_finding()",
        "import riskbook.excel; riskbook.excel.export()",
        "import riskbook.excel; riskbook.excel.report()",
        "import riskbook.excel; riskbook.excel.snapshot()",
        "import riskbook.excel; riskbook.excel.new_period()",
        "import riskbook.excel; riskbook.excel.help()",
    ]
    assert [told[name] for name in BUTTONS] == [lines.python_of(c.name) for c in COMMANDS]


def test_the_tab_of_a_workbook_runs_what_its_buttons_run(
    found: dict[str, Mapping[str, str]],
) -> None:
    told = found["Register.xlsm"]
    assert [told[name] for name in CALLBACKS] == [told[name] for name in BUTTONS]


def test_each_button_of_the_add_in_starts_the_program_with_its_command(
    found: dict[str, Mapping[str, str]],
) -> None:
    told = [found["riskbook.xlam"][name] for name in CALLBACKS]
    assert told[0] == (
        '"/opt/riskbook/bin/python3" -I -B -m riskbook.excel refresh '
        '--book "riskbook.xlam" --hwnd 42'
    )
    starts = [
        lines.outside("/opt/riskbook/bin/python3", command.name, "riskbook.xlam", "42")
        for command in COMMANDS
    ]
    assert told == [lines.line(start) for start in starts]
    assert [tuple(shlex.split(line)) for line in told] == [start.arguments for start in starts]


def test_words_that_are_no_command_start_nothing(found: dict[str, Mapping[str, str]]) -> None:
    assert found["Register.xlsm"][ODD_WORDS[0]] == ""
    assert found["riskbook.xlam"][ODD_WORDS[1]] == ""


@pytest.mark.parametrize("name", [*REFUSED, *HIDDEN])
def test_changed_settings_start_nothing(found: dict[str, Mapping[str, str]], name: str) -> None:
    (told,) = found[name].values()
    assert told.startswith(CHANGED)


@pytest.mark.parametrize("name", ODD_NAMES)
def test_an_odd_name_starts_nothing(found: dict[str, Mapping[str, str]], name: str) -> None:
    (told,) = found[name].values()
    assert told.startswith(ODD)
    assert told.endswith("Rename it, or run: riskbook refresh FILE")


@pytest.mark.parametrize("name", PLAIN_NAMES)
def test_a_plain_name_is_no_obstacle(found: dict[str, Mapping[str, str]], name: str) -> None:
    assert list(found[name].values()) == ["import riskbook.excel; riskbook.excel.refresh()"]


@pytest.mark.parametrize("name", ODD_FOR_THE_ADD_IN)
def test_an_odd_name_starts_nothing_from_the_add_in(
    found: dict[str, Mapping[str, str]], name: str
) -> None:
    (told,) = found[name].values()
    assert told.startswith(ODD)


@pytest.mark.parametrize("name", PLAIN_FOR_THE_ADD_IN)
def test_a_plain_name_reaches_the_program_whole(
    found: dict[str, Mapping[str, str]], name: str
) -> None:
    (told,) = found[name].values()
    wanted = lines.outside("/opt/riskbook/bin/python3", "refresh", name, "42")
    assert told == lines.line(wanted)
