"""How a table is to look: kept by us, as LibreOffice 7.4 has no place for it."""

from typing import TYPE_CHECKING, Any

from riskbook.edge.libreoffice.line.kept import kept

if TYPE_CHECKING:
    from riskbook.edge.libreoffice.workbook.sheet import Sheet

STYLE = "TableStyleMedium2"


class TableLook:
    """Style and stripes; none of it is written to the file."""

    sheet: "Sheet"
    name: str

    def _look(self, what: str, default: Any) -> Any:
        return kept(self.sheet.book, "table", self.name).get(what, default)

    def _set(self, what: str, value: Any) -> None:
        kept(self.sheet.book, "table", self.name)[what] = value

    @property
    def table_style(self) -> str:
        """The name of its style."""
        return str(self._look("style", STYLE))

    @table_style.setter
    def table_style(self, value: str) -> None:
        self._set("style", value)

    @property
    def show_table_style_row_stripes(self) -> bool:
        """Whether every other row is tinted."""
        return bool(self._look("row stripes", True))

    @show_table_style_row_stripes.setter
    def show_table_style_row_stripes(self, value: bool) -> None:
        self._set("row stripes", bool(value))

    @property
    def show_table_style_column_stripes(self) -> bool:
        """Whether every other column is tinted."""
        return bool(self._look("column stripes", False))

    @show_table_style_column_stripes.setter
    def show_table_style_column_stripes(self, value: bool) -> None:
        self._set("column stripes", bool(value))

    @property
    def show_table_style_first_column(self) -> bool:
        """Whether the first column stands out."""
        return bool(self._look("first column", False))

    @show_table_style_first_column.setter
    def show_table_style_first_column(self, value: bool) -> None:
        self._set("first column", bool(value))

    @property
    def show_table_style_last_column(self) -> bool:
        """Whether the last column stands out."""
        return bool(self._look("last column", False))

    @show_table_style_last_column.setter
    def show_table_style_last_column(self, value: bool) -> None:
        self._set("last column", bool(value))
