"""A workbook on disk as a book: read through the gate, patched part by part, saved whole."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from riskbook.app import Results
from riskbook.core.finding import Finding
from riskbook.core.grid import Grid
from riskbook.core.page import Page
from riskbook.core.profile import Profile
from riskbook.core.reading import Reading
from riskbook.edge import gate
from riskbook.edge.disk import saving
from riskbook.edge.disk.naming import shown
from riskbook.edge.xlsx import charts, patch, reader
from riskbook.edge.xlsx.package import Package
from riskbook.edge.xlsx.styles import style_ids
from riskbook.edge.xlsx.workbook import Workbook

if TYPE_CHECKING:
    from riskbook.edge.fingerprint import Reference

CONTENT_TYPES = "[Content_Types].xml"
WORKBOOK_RELS = "xl/_rels/workbook.xml.rels"
CALC_CHAIN = "xl/calcChain.xml"
STYLES = "xl/styles.xml"


class FileBook:
    """One workbook as bytes; with a path, writing replaces the file."""

    def __init__(self, data: bytes, name: str, path: Path | None = None) -> None:
        """Take bytes that have passed the gate."""
        self.data, self.name, self.path = data, name, path
        self.backup: Path | None = None  # of the file that was replaced

    @classmethod
    def open(cls, path: Path) -> "FileBook":
        """Open a file.

        Raises:
            RefusedError: it is no workbook that riskbook opens.
        """
        return cls(gate.read(path), shown(path.name), path)

    @classmethod
    def received(cls, path: Path) -> "FileBook":
        """Open a file that came from somebody else: the whole way, in a process of its own.

        Raises:
            RefusedError: it is no workbook that riskbook opens, or two programs disagree
                about what it says.
        """
        from riskbook.edge import door  # starting processes is not for every start

        return cls(door.received(path), shown(path.name), path)

    @cached_property
    def package(self) -> Package:
        """The parts of the file."""
        return Package.parse(self.data)

    @cached_property
    def workbook(self) -> Workbook:
        """Its structure."""
        return Workbook.of(self.package)

    def sheets(self) -> tuple[str, ...]:
        """The names of the sheets, in order."""
        return tuple(sheet.name for sheet in self.workbook.sheets)

    def read(self, sheets: Sequence[str]) -> Mapping[str, Grid]:
        """The cells of some sheets."""
        return reader.read(self.workbook, sheets)

    def template_findings(
        self, profile: Profile, found: Reading | None = None
    ) -> Sequence[Finding]:
        """What of its template the file has lost."""
        from riskbook.edge import fingerprint  # reading alone does without

        return tuple(fingerprint.differences(self.workbook, profile, _reference, found))

    def write(self, sheet: str, computed: Results, pages: Sequence[Page]) -> None:
        """Patch the parts and, with a path, replace the file.

        Raises:
            SavingError: the file could not be replaced; it is as it was.
        """
        patched = self.patched(sheet, computed, pages)
        if self.path is not None:
            digest = sha256(self.data).hexdigest()
            self.backup = saving.save(self.path, patched, was=digest)
        self.__dict__.pop("package", None)
        self.__dict__.pop("workbook", None)
        self.data = patched

    def patched(self, sheet: str, computed: Results, pages: Sequence[Page]) -> bytes:
        """The file's bytes with computed cells and pages written, all else as it was."""
        package, book = self.package, self.workbook
        names = {patch.style_of(cell) for page in pages for row in page.rows for cell in row.cells}
        styles = style_ids(package.part(STYLES), names)
        changes = {STYLES: styles.xml}
        part = book.part_of(sheet)
        changes[part] = patch.set_results(package.part(part), computed).xml
        chained = False
        for page in pages:
            own = book.part_of(page.sheet)
            chained |= patch.has_formulas(package.part(own))
            changes[own] = patch.write_page(package.part(own), page, styles.ids)
        changes |= dict(charts.recached(package, book, pages))
        dropped: tuple[str, ...] = ()
        if chained and CALC_CHAIN in package:
            types, rels = patch.drop_calc_chain(
                package.part(CONTENT_TYPES), package.part(WORKBOOK_RELS)
            )
            changes |= {CONTENT_TYPES: types, WORKBOOK_RELS: rels}
            dropped = (CALC_CHAIN,)
        return package.replaced(changes, drop=dropped)


def _reference(profile: Profile) -> "Reference":
    from riskbook.edge import template  # XlsxWriter is not for every start

    return template.reference(profile)
