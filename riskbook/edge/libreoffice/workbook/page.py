"""Frozen panes, gridlines and print set-up of a sheet.

xlwings knows a print area and no more; orientation, margins, fitting, repeated rows, headers
and footers are offered here in the same manner and work on LibreOffice's page style.  A sheet
that shares its style with others gets one of its own before it is changed.
"""

from typing import TYPE_CHECKING

from xlwings import base_classes

from riskbook.edge.libreoffice.cells.address import MOST_COLUMNS, MOST_ROWS, Box, parse
from riskbook.edge.libreoffice.cells.place import Place, box_of
from riskbook.edge.libreoffice.drawing.drawn import points, to_office
from riskbook.edge.libreoffice.line.wire import Remote

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.workbook.sheet import Sheet

# Excel's codes in headers and footers that LibreOffice has fields for
FIELDS = {"&P": "PageNumber", "&N": "PageCount", "&A": "SheetName", "&D": "Date", "&T": "Time"}
FIELDS |= {"&F": "FileName"}
BLACK = 0
SIDES = ("left", "center", "right")


class FreezePanes(base_classes.FreezePanes):
    """Frozen rows and columns."""

    def __init__(self, sheet: "Sheet") -> None:
        self.sheet = sheet

    @property
    def frozen(self) -> tuple[int, int]:
        """How many rows and columns are frozen."""
        columns, rows = self.sheet.remote.block("view.frozen", self.sheet.book.doc)
        return rows, columns

    def freeze_at(self, frozen_range: str) -> None:
        """Freeze all rows and columns up to the end of a range: ``A1``, ``A:B``, ``1:3``.

        Raises:
            ValueError: the text is no address.
        """
        box = parse(frozen_range)
        if box is None:
            raise ValueError(f"{frozen_range!r} is no address of cells.")
        rows = 0 if box.rows >= MOST_ROWS else box.last_row
        columns = 0 if box.columns >= MOST_COLUMNS else box.last_column
        self._freeze(columns, rows)

    def unfreeze(self) -> None:
        """Freeze nothing."""
        self._freeze(0, 0)

    def _freeze(self, columns: int, rows: int) -> None:
        self.sheet.remote.block("view.freeze", self.sheet.book.doc, columns, rows)


def gridlines(sheet: "Sheet", show: bool | None = None) -> bool:
    """Whether a sheet shows its gridlines; a truth sets it."""
    dispatcher = sheet.book.app.wire.create("com.sun.star.frame.DispatchHelper")
    return bool(sheet.remote.block("view.grid", sheet.book.doc, dispatcher, show))


class PageSetup(base_classes.PageSetup):
    """How a sheet is printed."""

    def __init__(self, sheet: "Sheet") -> None:
        self.sheet = sheet

    @property
    def api(self) -> Remote:
        """LibreOffice's page style of the sheet."""
        styles = self.sheet.book.doc["StyleFamilies"]("getByName", "PageStyles")
        style: Remote = styles("getByName", self.sheet.remote["PageStyle"])
        return style

    def own(self) -> Remote:
        """A page style that no other sheet has."""
        self.sheet.remote.block("page.own", self.sheet.book.doc)
        return self.api

    @property
    def print_area(self) -> str | None:
        """What is printed, None for everything."""
        areas = self.sheet.remote("getPrintAreas")
        return ",".join(box_of(area).text() for area in areas) or None

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        boxes = [self._box(part) for part in value.split(",")] if value else []
        areas = [Place(self.sheet, box).remote["RangeAddress"] for box in boxes]
        self.sheet.remote("setPrintAreas", areas)

    def _box(self, text: str) -> Box:
        box = parse(text.rpartition("!")[2])
        if box is None:
            raise ValueError(f"{text!r} is no address of cells.")
        return box

    # beyond xlwings

    @property
    def orientation(self) -> str:
        """``portrait`` or ``landscape``."""
        return "landscape" if self.api["IsLandscape"] else "portrait"

    @orientation.setter
    def orientation(self, value: str) -> None:
        if value not in ("portrait", "landscape"):
            raise ValueError("orientation is 'portrait' or 'landscape'")
        style, wide = self.own(), value == "landscape"
        sides = sorted(style.get("Width", "Height"), reverse=wide)
        style.set(IsLandscape=wide, Width=sides[0], Height=sides[1])

    @property
    def margins(self) -> dict[str, float]:
        """Left, right, top and bottom margins in points."""
        style = self.api
        return {side: points(style[f"{side.title()}Margin"]) for side in MARGINS}

    @margins.setter
    def margins(self, value: dict[str, float]) -> None:
        style = self.own()
        style.set(**{f"{side.title()}Margin": to_office(width) for side, width in value.items()})

    @property
    def fit_to_pages(self) -> tuple[int, int] | None:
        """Pages across and down that everything is fitted to, 0 for any number; None: as it is."""
        across, down = self.api.get("ScaleToPagesX", "ScaleToPagesY")
        return (across, down) if across or down else None

    @fit_to_pages.setter
    def fit_to_pages(self, value: tuple[int, int] | None) -> None:
        across, down = value or (0, 0)
        self.own().set(ScaleToPagesX=across, ScaleToPagesY=down)

    @property
    def title_rows(self) -> str | None:
        """Rows that are repeated on every page: ``$1:$2``."""
        if not self.sheet.remote("getPrintTitleRows"):
            return None
        box = box_of(self.sheet.remote("getTitleRows"))
        return Box(box.row, 1, box.rows, MOST_COLUMNS).text()

    @title_rows.setter
    def title_rows(self, value: str | None) -> None:
        sheet = self.sheet.remote
        if value is not None:
            sheet("setTitleRows", Place(self.sheet, self._box(value)).remote["RangeAddress"])
        sheet("setPrintTitleRows", value is not None)

    @property
    def centered(self) -> bool:
        """Whether what is printed stands in the middle of the page's width."""
        return bool(self.api["CenterHorizontally"])

    @centered.setter
    def centered(self, value: bool) -> None:
        self.own()["CenterHorizontally"] = bool(value)

    def set_header(self, left: str = "", center: str = "", right: str = "") -> None:
        """Print texts above each page; ``&P`` is the page's number, ``&A`` the sheet's name."""
        self._margin_text("Header", (left, center, right))

    def set_footer(self, left: str = "", center: str = "", right: str = "") -> None:
        """Print texts below each page; ``&P`` is the page's number, ``&N`` how many there are."""
        self._margin_text("Footer", (left, center, right))

    def _margin_text(self, which: str, texts: tuple[str, str, str]) -> None:
        style = self.own()
        style[f"{which}IsOn"] = any(texts)
        if not any(texts):
            return
        content = style[f"RightPage{which}Content"]
        for side, text in zip(SIDES, texts, strict=True):
            _write(self.sheet.book.doc, content[f"{side.title()}Text"], text)
        style[f"RightPage{which}Content"] = content


MARGINS = ("left", "right", "top", "bottom")


def _write(doc: Remote, place: Remote, text: str) -> None:
    """A text with fields where Excel's codes stand."""
    place("setString", "")
    cursor = place("createTextCursor")
    while text:
        code = next((code for code in FIELDS if text.startswith(code)), None)
        if code:
            field = doc("createInstance", f"com.sun.star.text.TextField.{FIELDS[code]}")
            place("insertTextContent", cursor, field, False)
            text = text[len(code) :]
        else:
            end = text.find("&", 1) if "&" in text[1:] else len(text)
            place("insertString", cursor, text[:end], False)
            text = text[end:]
        cursor("gotoEnd", False)
    cursor("gotoStart", False)
    cursor("gotoEnd", True)
    cursor["CharColor"] = BLACK  # the automatic colour would be saved as white


def plain_page(sheet: "Sheet") -> None:
    """Give a new sheet a page without LibreOffice's own header and footer, as in Excel."""
    PageSetup(sheet).own()
