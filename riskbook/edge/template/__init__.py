"""Builds the controlled workbook of a profile, blank or filled, with XlsxWriter.

::

    profile + register document -> sheets, dropdowns, formulas, styles -> .xlsx bytes

The same input gives the same bytes.  Computed cells are built empty and riskbook's own
sheets blank: a refresh writes both, so there is one place that writes results.
"""

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

import xlsxwriter

from riskbook.core import key, layout
from riskbook.core.page import Page
from riskbook.core.profile import LONGEST_TEXT, Profile
from riskbook.edge.fingerprint.facts import Reference
from riskbook.edge.fingerprint.references import taken
from riskbook.edge.template import live as with_buttons
from riskbook.edge.template import own, register, static
from riskbook.edge.template.live import Live
from riskbook.edge.template.looks import looks
from riskbook.edge.template.made import MADE
from riskbook.edge.xlsx import texts
from riskbook.edge.xlsx.charts import recached
from riskbook.edge.xlsx.package import Package
from riskbook.edge.xlsx.styles import add_named_styles
from riskbook.edge.xlsx.workbook import Workbook
from riskbook.errors import RegisterError

__all__ = ["DIGITS", "Live", "build", "reference", "too_long"]

DIGITS = 15  # significant digits of a number in a cell: Excel specifications and limits
HIGHEST = 10**307  # in a cell: the same
STYLES_PART = "xl/styles.xml"


def build(
    profile: Profile, document: Mapping[str, Any] | None = None, live: Live | None = None
) -> bytes:
    """A workbook of a profile with a register document's entries typed in.

    With ``live`` it is ready for the macros that its buttons call.

    Raises:
        RegisterError: the document has a field that the profile has no column for, or a
            text that no cell can hold.
    """
    content = document or {}
    _refuse_strangers(profile, content)
    return _build(profile, content, reference(profile).mark, live)


def reference(profile: Profile) -> Reference:
    """The facts about the controlled parts of a profile's blank workbook."""
    return taken(_build(profile, {}, "", None), profile)


def _build(profile: Profile, document: Mapping[str, Any], mark: str, live: Live | None) -> bytes:
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    about = document.get("about", {})
    title = " - ".join(part for part in (about.get("organisation"), about.get("title")) if part)
    book.set_properties({"title": title or profile.title, "created": MADE})
    book.set_size(2400, 1400)
    formats = {name: book.add_format(dict(look)) for name, look in looks(profile).items()}
    sheets = {role: book.add_worksheet(name) for role, name in profile.sheets.items()}
    static.about(sheets["about"], profile, document, mark, formats)
    static.key(book, sheets["key"], key.key_plan(profile), formats)
    static.lists(book, sheets["lists"], key.lists_plan(profile), formats)
    for table in profile.tables:
        role = "risks" if table is profile.risks else "actions"
        register.write(book, sheets[role], profile, table, document, formats, live is not None)
    own.write(book, sheets, profile, formats)
    if live is not None:
        with_buttons.buttons(sheets, profile)
        with_buttons.set_up(book, live, formats)
    sheets["risks"].activate()
    book.close()
    names = {fmt.xf_index: name for name, fmt in formats.items() if fmt.xf_index is not None}
    package = Package.parse(stream.getvalue())
    styles = add_named_styles(package.part(STYLES_PART), names, _alike(profile, names))
    shared = texts.part(book.str_table.string_array, book.str_table.count)
    blank = [Page(profile.sheets["summary"], ())]  # its charts show nothing yet
    unread = dict(recached(package, Workbook.of(package), blank))
    return package.replaced({STYLES_PART: styles, texts.PART: shared, **unread})


def _alike(profile: Profile, names: Mapping[int, str]) -> dict[str, int]:
    """The styles that look as another one does; XlsxWriter keeps only the first format of both."""
    found = looks(profile)
    index = {str(sorted(found[name].items())): place for place, name in names.items()}
    return {
        name: index[str(sorted(look.items()))]
        for name, look in found.items()
        if name not in names.values()
    }


def _refuse_strangers(profile: Profile, document: Mapping[str, Any]) -> None:
    for table in profile.tables:
        known = {column.field for column in table.columns if column.entered} | {"scores"}
        for place, line in enumerate(layout.records(document, table, profile), start=1):
            if strange := set(line) - known:
                raise RegisterError(
                    f"{table.sheet}, record {place}: the profile {profile.id} has no column for "
                    f"{', '.join(sorted(strange))}.",
                    fix=f"Choose the profile that the register is of{_named(document, profile)}, "
                    "or add the columns to the profile.",
                )
            _refuse_too_long(f"{table.sheet}, record {place}", line.values())
            _refuse_too_exact(f"{table.sheet}, record {place}", line)
    about = document.get("about", {})
    _refuse_too_long(profile.sheets["about"], (*about.values(), *about.get("notes", ())))
    if not profile.actions and document.get("actions"):
        raise RegisterError(
            f"The register has actions and the profile {profile.id} has no actions sheet.",
            fix=f"Choose the profile that the register is of{_named(document, profile)}.",
        )


def _named(document: Mapping[str, Any], profile: Profile) -> str:
    """``, 'council-5x5'`` where a register names another profile."""
    named = document.get("profile", profile.id)
    return f", {named!r}" if named != profile.id else ""


def _refuse_too_long(where: str, values: Iterable[object]) -> None:
    for value in values:
        # a cell counts an emoji as two: UTF-16 units
        if isinstance(value, str) and len(value.encode("utf-16-le")) > 2 * LONGEST_TEXT:
            raise RegisterError(
                f"{where}: a text has more than {LONGEST_TEXT:,} characters, and no cell holds so "
                f"many; it begins {value[:40]!r}.",
                fix="Shorten it, or move a part of it to a document of its own.",
            )


def _refuse_too_exact(where: str, line: Mapping[str, object]) -> None:
    for field, value in line.items():
        if type(value) is int and too_long(value):
            digits = str(value).strip("-").rstrip("0")
            raise RegisterError(
                f"{where}: the number under {field} has more digits than the {DIGITS} that a cell "
                f"keeps; it begins {digits[:DIGITS]}.",
                fix=f'Put it between quotes ("{digits[:5]}..."), so that it is kept as a text.',
            )


def too_long(value: int) -> bool:
    """Whether a cell would not keep every digit of a number."""
    return len(str(value).strip("-").rstrip("0")) > DIGITS or abs(value) > HIGHEST
