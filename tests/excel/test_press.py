"""A press of a button: what is said, what is restored, what is logged."""

import pytest

from riskbook.core.grid import CellRef
from riskbook.edge.disk import log
from riskbook.errors import RefusedError
from riskbook.excel import live, press
from riskbook.excel.live import Pressed


class Stage:
    """An application that remembers what was done to it."""

    def __init__(self, **broken):
        self.__dict__["done"] = []
        self.__dict__["broken"] = broken
        for name, value in (
            ("screen_updating", True),
            ("display_alerts", True),
            ("enable_events", False),
            ("status_bar", False),
            ("visible", True),
        ):
            self.__dict__[name] = value

    def __setattr__(self, name, value):
        if self.broken.get(name) == value and len(self.done) > 3:
            raise OSError(f"{name} is stuck")
        self.done.append((name, value))
        self.__dict__[name] = value

    def alert(self, prompt, title, buttons, mode):
        self.done.append(("alert", prompt, mode))


class Desk:
    """A workbook on that application."""

    def __init__(self, app):
        self.app, self.went = app, []

    @property
    def sheets(self):
        return self

    def __getitem__(self, name):
        self.name = name
        return self

    visible = True

    def activate(self):
        self.went.append(self.name)

    def range(self, place):
        self.place = place
        return self

    def select(self):
        self.went.append(self.place)


STATE = {"screen_updating": True, "display_alerts": True, "enable_events": False}


def state(app):
    return {name: getattr(app, name) for name in STATE}


def pressing(monkeypatch, work):
    monkeypatch.setitem(live.WORK, "refresh", work)
    book = Desk(Stage())
    return book, press.by_button("refresh", book)


def test_the_sentence_is_shown_and_the_officer_taken_to_the_error(monkeypatch):
    def work(book, say):
        say("reading ...")
        assert book.book.app.status_bar == "riskbook Refresh: reading ..."
        assert book.book.app.screen_updating is False
        return Pressed(sentence="1 risk: see Checks.", goto=CellRef("Risks", 5, 9))

    book, pressed = pressing(monkeypatch, work)
    assert pressed.sentence == "1 risk: see Checks."
    assert book.went == ["Risks", (5, 9)]
    assert state(book.app) == STATE
    assert book.app.status_bar is False
    assert book.app.done[-1] == ("alert", "1 risk: see Checks.", "info")


def test_a_hidden_sheet_stays_hidden(monkeypatch):
    monkeypatch.setattr(Desk, "visible", False)
    book, pressed = pressing(
        monkeypatch, lambda book, say: Pressed(sentence="Said.", goto=CellRef("Risks", 5, 9))
    )
    assert book.went == []
    assert not pressed.failed


def test_what_riskbook_refuses_is_said_with_its_fix(monkeypatch):
    def work(book, say):
        raise RefusedError("This is no register.", fix="open another.")

    book, pressed = pressing(monkeypatch, work)
    assert pressed.sentence == "This is no register. To fix: open another."
    assert pressed.failed
    assert state(book.app) == STATE
    assert book.app.done[-1][2] == "critical"


def test_a_bug_goes_to_the_log_and_not_to_the_officer(monkeypatch, tmp_path):
    path = tmp_path / "riskbook.log"
    written = log.write_traceback
    monkeypatch.setattr(
        press.log, "write_traceback", lambda error, name: written(error, name, path)
    )

    def work(book, say):
        raise ZeroDivisionError("the entry of an officer")

    book, pressed = pressing(monkeypatch, work)
    assert pressed.sentence.startswith("Refresh could not finish; the workbook's entries are as")
    assert str(path) in pressed.sentence
    assert "Zero" not in pressed.sentence
    text = path.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in text
    assert "test_press.py" in text
    assert "the entry of an officer" not in text
    assert state(book.app) == STATE


def test_a_setting_that_cannot_be_restored_does_not_keep_the_others(monkeypatch):
    app = Stage(display_alerts=True)
    with pytest.raises(OSError, match="stuck"), press.kept(app):
        assert app.screen_updating is False
    assert app.screen_updating is True
    assert app.enable_events is False


def test_every_button_has_its_work_and_its_function():
    from riskbook import excel
    from riskbook.core.commands import COMMANDS

    names = [command.name for command in COMMANDS]
    assert sorted(names) == sorted(live.WORK)
    assert sorted(names) == sorted(excel.__all__)
    assert all(callable(getattr(excel, name)) for name in names)
