"""What only Excel's own objects can do: spelled as Windows and Mac want it, on stand-ins."""

import sys
from types import SimpleNamespace

import pytest

from riskbook.errors import SavingError
from riskbook.excel import extras
from riskbook.excel.blocks import Box


def sheet_of(api, **more):
    engine = SimpleNamespace(name="excel")
    book = SimpleNamespace(app=SimpleNamespace(engine=engine), api=more.pop("book_api", None))
    return SimpleNamespace(api=api, book=book, name="Checks", **more)


class ComSheet:
    """A worksheet as COM shows it."""

    def __init__(self, password=""):
        self.ProtectContents, self.password, self.told = True, password, None
        self.Visible = 2
        self.Protection = SimpleNamespace(**dict.fromkeys(extras.ALLOWED, False), AllowUsing=True)
        self.Protection.AllowFiltering = True

    def Unprotect(self):  # noqa: N802 - Excel's name
        if self.password:
            raise OSError("wrong password")
        self.ProtectContents = False

    def Protect(self, **allowed):  # noqa: N802 - Excel's name
        self.ProtectContents, self.told = True, allowed


@pytest.fixture(autouse=True)
def windows(monkeypatch):
    monkeypatch.setattr(extras.sys, "platform", "win32")


def test_protection_is_put_back_as_it_was():
    sheet = sheet_of(ComSheet())
    with extras.unprotected(sheet):
        assert not extras.protected(sheet)
    assert extras.protected(sheet)
    assert sheet.api.told == dict.fromkeys(extras.ALLOWED, False) | {"AllowFiltering": True}


def test_protection_is_put_back_after_an_error_too():
    sheet = sheet_of(ComSheet())
    with pytest.raises(ZeroDivisionError), extras.unprotected(sheet):
        raise ZeroDivisionError
    assert extras.protected(sheet)


def test_an_open_sheet_stays_open():
    sheet = sheet_of(ComSheet())
    sheet.api.ProtectContents = False
    with extras.unprotected(sheet):
        assert not extras.protected(sheet)
    assert not extras.protected(sheet)


def test_a_password_is_said_and_not_guessed():
    sheet = sheet_of(ComSheet(password="secret"))
    with pytest.raises(SavingError, match="protected with a password") as caught:
        extras.unprotected(sheet).__enter__()
    assert "take the password off" in caught.value.fix
    assert sheet.api.ProtectContents


class ComRange:
    """A range as COM shows it."""

    def __init__(self):
        self.Style, self.Locked = "", True
        self.sheet = sheet_of(None)


class Ranges:
    """A worksheet that tells what was done to which of its ranges."""

    def __init__(self):
        self.told = []

    def Range(self, address):  # noqa: N802 - Excel's name
        told = self.told

        class Block:
            def Merge(self, across):  # noqa: N802 - Excel's name
                told.append((address, "Merge", across))

            def __setattr__(self, name, value):
                told.append((address, name, value))

        return Block()


def test_styles_heights_and_merged_cells_are_set_for_many_blocks_at_once():
    sheet = sheet_of(Ranges())
    boxes = [Box(1, 1, 2, 3), Box(3, 1, 1, 1), Box(4, 2, 1, 27)]
    names = ("rb text", "rb link", "rb text")
    extras.set_styles(sheet, list(zip(boxes, names, strict=True)))
    extras.merge_rows(sheet, boxes)
    extras.set_heights(sheet, list(zip(boxes, (30.0, 0.0, 30.0), strict=True)))
    assert sheet.api.told == [
        ("A1:C2,B4:AB4", "Style", "rb text"),
        ("A3:A3", "Style", "rb link"),
        ("A1:C2,A3:A3,B4:AB4", "Merge", True),
        ("A1:C2,B4:AB4", "RowHeight", 30.0),
        ("A3:A3", "RowHeight", 0.0),
    ]


def test_no_address_is_longer_than_excel_takes():
    sheet = sheet_of(Ranges())
    boxes = [Box(row, 1, 1, 2) for row in range(1000, 1100, 2)]
    extras.merge_rows(sheet, boxes)
    addresses = [told[0] for told in sheet.api.told]
    assert all(len(each) <= 255 for each in addresses)
    assert len(addresses) == 3  # 50 of 11 letters and a comma
    assert ",".join(addresses) == ",".join(f"A{box.row}:B{box.row}" for box in boxes)


def test_links_go_in_one_by_one():
    told = []

    def range_(place):
        return SimpleNamespace(add_hyperlink=lambda *words: told.append((place, *words)))

    extras.set_links(sheet_of(None, range=range_), [(4, 3, "#Risks!N5", "Risks!N5")])
    assert told == [((4, 3), "#Risks!N5", "Risks!N5")]


def test_a_leading_apostrophe_is_doubled_for_excel_alone():
    assert extras.literal(sheet_of(None), "'quoted'") == "''quoted'"
    assert extras.literal(sheet_of(None), "it's") == "it's"


def test_styles_hidden_and_locked_are_read():
    styles = [SimpleNamespace(Name="Normal"), SimpleNamespace(Name="rb text")]
    sheet = sheet_of(ComSheet(), book_api=SimpleNamespace(Styles=styles))
    assert extras.style_names(sheet.book) == {"Normal", "rb text"}
    assert extras.very_hidden(sheet)
    assert extras.is_locked(SimpleNamespace(api=SimpleNamespace(Locked=None), sheet=sheet)) is None
    assert extras.is_locked(SimpleNamespace(api=SimpleNamespace(Locked=True), sheet=sheet)) is True


def test_a_page_is_set_up():
    page = SimpleNamespace()
    sheet = sheet_of(SimpleNamespace(PageSetup=page))
    extras.set_page(sheet, landscape=True, wide=1, repeat="$1:$4")
    assert vars(page) == {
        "Orientation": 2,
        "Zoom": False,
        "FitToPagesWide": 1,
        "FitToPagesTall": False,
        "PrintTitleRows": "$1:$4",
    }


def test_page_breaks_are_set_anew():
    pieces = {text: SimpleNamespace(PageBreak=None) for text in ("all", "4:4", "5:5", "20:20")}
    sheet = sheet_of(
        None,
        cells=SimpleNamespace(api=pieces["all"]),
        range=lambda text: SimpleNamespace(api=pieces[text]),
    )
    extras.set_breaks(sheet, [4, 20])
    # xlPageBreakNone, then xlPageBreakManual
    assert [piece.PageBreak for piece in pieces.values()] == [-4142, -4135, None, -4135]


class Told:
    """A value that appscript gives when it is asked."""

    def __init__(self, value):
        self.value = value

    def get(self):
        return self.value

    def set(self, value):
        self.value = value


class MacSheet:
    """A worksheet as appscript shows it."""

    def __init__(self):
        self.protect_contents, self.told = Told(True), None
        self.visible = Told("k.sheet_very_hidden")

    def unprotect(self):
        self.protect_contents.set(False)

    def protect_worksheet(self, **allowed):
        self.protect_contents.set(True)
        self.told = allowed


def test_the_same_on_a_mac(monkeypatch):
    monkeypatch.setattr(extras.sys, "platform", "darwin")
    styles = SimpleNamespace(name=Told(["Normal", "rb text"]))
    merged = []
    block = SimpleNamespace(
        style_object=Told(None),
        locked=Told(False),
        row_height=Told(None),
        merge=lambda **how: merged.append(how),
    )
    sheet = sheet_of(MacSheet(), range=lambda first, last: SimpleNamespace(api=block))
    named = {"name": styles.name, "__getitem__": lambda _, name: f"<{name}>"}
    sheet.book.api = SimpleNamespace(styles=type("Styles", (), named)())
    with extras.unprotected(sheet):
        assert not extras.protected(sheet)
    assert sheet.api.told["allow_filtering"] is True
    assert extras.very_hidden(sheet)
    assert extras.style_names(sheet.book) == {"Normal", "rb text"}
    extras.set_styles(sheet, [(Box(1, 1, 1, 1), "rb text")])
    extras.set_heights(sheet, [(Box(1, 1, 1, 1), 30.0)])
    extras.merge_rows(sheet, [Box(1, 1, 1, 1)])
    assert (block.style_object.get(), block.row_height.get()) == ("<rb text>", 30.0)
    assert merged == [{"across": True}]
    assert extras.is_locked(SimpleNamespace(api=block, sheet=sheet)) is False


def test_a_page_is_set_up_on_a_mac(monkeypatch):
    monkeypatch.setattr(extras.sys, "platform", "darwin")
    words = SimpleNamespace(k=SimpleNamespace(landscape="k.landscape", portrait="k.portrait"))
    monkeypatch.setitem(sys.modules, "appscript", words)
    names = ("page_orientation", "zoom", "fit_to_pages_wide", "fit_to_pages_tall")
    page = SimpleNamespace(**{name: Told(None) for name in (*names, "print_title_rows")})
    sheet = sheet_of(SimpleNamespace(page_setup_object=page))
    extras.set_page(sheet, landscape=False, wide=2, repeat="$1:$1")
    assert [getattr(page, name).get() for name in names] == ["k.portrait", False, 2, False]
    assert page.print_title_rows.get() == "$1:$1"


def test_page_breaks_are_set_anew_on_a_mac(monkeypatch):
    monkeypatch.setattr(extras.sys, "platform", "darwin")
    names = {name: f"k.{name}" for name in ("page_break_none", "page_break_manual")}
    monkeypatch.setitem(sys.modules, "appscript", SimpleNamespace(k=SimpleNamespace(**names)))
    breaks = {text: Told(None) for text in ("all", "4:4", "5:5", "20:20")}
    pieces = {
        text: SimpleNamespace(api=SimpleNamespace(page_break=each)) for text, each in breaks.items()
    }
    extras.set_breaks(sheet_of(None, cells=pieces["all"], range=pieces.__getitem__), [4, 20])
    none, manual = names.values()
    assert [each.get() for each in breaks.values()] == [none, manual, None, manual]
