"""Which open workbook a name means."""

import io
from pathlib import Path
from types import SimpleNamespace

import pytest

from riskbook.errors import SavingError
from riskbook.excel import __main__ as outside
from riskbook.excel import live, press, reach

ADDRESS = "https://council.sharepoint.com/sites/risk/Register%20Q2.xlsx"


@pytest.fixture
def opened(monkeypatch, tmp_path):
    """Say which workbooks are open; gives the function that reaches one."""

    def open_(*names, elsewhere=()):
        def books(names, program):
            def where(hwnd, tried):
                tried.append(program)
                return [SimpleNamespace(fullname=name) for name in names]

            return where

        monkeypatch.setattr(reach, "_in_excel", books(names, "Excel"))
        monkeypatch.setattr(reach, "_in_libreoffice", books(elsewhere, "LibreOffice"))
        monkeypatch.chdir(tmp_path)
        return lambda name: reach.reach(name).fullname

    return open_


def test_a_path_is_found_however_it_is_written(opened, tmp_path):
    path = tmp_path / "Register.xlsx"
    path.touch()
    (tmp_path / "link.xlsx").symlink_to(path)
    find = opened(str(tmp_path / "Other.xlsx"), elsewhere=[str(path)])
    assert find(str(path)) == str(path)
    assert find("Register.xlsx") == str(path)
    assert find("./Register.xlsx") == str(path)
    assert find("link.xlsx") == str(path)


def test_a_web_address_is_found_by_itself_and_by_its_last_part(opened):
    find = opened(ADDRESS)
    assert find(ADDRESS) == ADDRESS
    assert find("Register Q2.xlsx") == ADDRESS


def test_the_file_here_comes_before_one_of_its_name_on_the_web(opened, tmp_path):
    path = str(tmp_path / "Register Q2.xlsx")
    assert opened(ADDRESS, path)("Register Q2.xlsx") == path


def test_a_file_of_its_name_elsewhere_is_another(opened):
    find = opened(str(Path("/elsewhere/Register.xlsx")))
    with pytest.raises(SavingError, match="not open in Excel or LibreOffice") as caught:
        find("Register.xlsx")
    assert "without --live" in caught.value.fix


def test_two_of_one_name_are_not_guessed_between(opened):
    find = opened(ADDRESS, ADDRESS.replace("risk/", "other/"))
    with pytest.raises(SavingError, match="2 workbooks named"):
        find("Register Q2.xlsx")


@pytest.mark.parametrize("name", ["-h.xlsx", "--pipe.xlsx", "--hwnd=1.xlsx", "Register.xlsx"])
def test_a_name_is_never_taken_for_an_option(name, monkeypatch, capsys):
    reached = []

    def refuse(book, hwnd):
        reached.append((book, hwnd))
        raise SavingError(f"{book} is not open in Excel.", fix="open it there first.")

    monkeypatch.setattr(reach, "reach", refuse)
    assert outside.main(["refresh", "--book", name, "--hwnd", "42"]) == 2
    assert reached == [(name, 42)]
    assert capsys.readouterr().err.startswith(f"riskbook: {name} is not open in Excel.")


def test_a_sentence_goes_into_a_pipe_that_takes_few_letters(monkeypatch):
    """As LibreOffice's toolbar reads it on Windows."""
    pipe = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    monkeypatch.setattr("sys.stdout", pipe)
    monkeypatch.setattr(reach, "reach", lambda book, hwnd: None)
    pressed = live.Pressed(sentence="Siân, Tŷ Gŵyn \N{GRINNING FACE}")
    monkeypatch.setattr(press, "by_button", lambda command, book: pressed)
    assert outside.main(["refresh", "--book", "Register.xlsx"]) == 0
    pipe.flush()
    assert pipe.buffer.getvalue().decode("cp1252").split() == [
        "Siân,",
        r"T\u0177",
        r"G\u0175yn",
        r"\U0001f600",
    ]
