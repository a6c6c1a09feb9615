"""Tamperings told at their cell, ordinary work silent: directly and after LibreOffice saved it.

Each tampering is one edit of the parts of a filled workbook, with the rule and the cell that
must be told, written by hand.  What LibreOffice itself does not keep is not counted as told.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from riskbook import app
from riskbook.edge.documents import profiles, registers
from riskbook.edge.documents.entries import Judge
from riskbook.edge.filebook import FileBook
from riskbook.edge.making import made
from riskbook.edge.xlsx.package import Package
from tests.spec.office import SOFFICE, part_of, retyped, saved_by_office
from tests.trust import Figure, Scale

PROFILE, SAMPLE = "operational-4x4", "dacorum-2021"
Edit = Callable[[bytes], bytes]
BOOK, STYLES, TEXTS = "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"
TABLE = "xl/tables/table1.xml"
BATCH = 20  # files for one start of LibreOffice
OPEN, LOCKED = "4", "42"  # styles of the workbook: an entry, a computed cell
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def part(name: str, pattern: str, new: str, count: int = 1) -> Edit:
    """A part, or the sheet of that name, with a pattern replaced."""

    def edit(data: bytes) -> bytes:
        package = Package.parse(data)
        where = name if "/" in name else part_of(data, name)
        text, times = re.subn(pattern, new, package.part(where).decode(), count=count, flags=re.S)
        if not times:
            raise ValueError(f"{name} has no {pattern}")
        return package.replaced({where: text.encode()})

    return edit


def both(*edits: Edit) -> Edit:
    """One edit after another."""

    def edit(data: bytes) -> bytes:
        for each in edits:
            data = each(data)
        return data

    return edit


def styled(sheet: str, cells: str, style: str) -> Edit:
    """Cells, by a pattern of their addresses, under another style."""
    return part(sheet, f'(<c r="(?:{cells})") s="[0-9]+"', rf'\1 s="{style}"', 0)


def uncovered(column: str, first: int, last: int) -> Edit:
    """A column of which some cells have lost their dropdown: something was pasted over."""
    above = f"{column}5:{column}{first - 1} " if first > 5 else ""
    below = f"{column}{last + 1}:{column}112" if last < 112 else ""
    return part("Risks", f'sqref="{column}5:{column}112"(?=><formula)', f'sqref="{above}{below}"')


def rule(column: str, pattern: str, new: str) -> Edit:
    """The dropdown or limit of a column says something else."""
    start = r"(<dataValidation (?:(?!</dataValidation>).)*?)"
    end = rf'((?:(?!</dataValidation>).)*?sqref="{column}5:{column}112")'
    if pattern.startswith("<"):
        return part("Risks", f'(sqref="{column}5:{column}112">){pattern}', rf"\g<1>{new}")
    return part("Risks", f"{start}{pattern}{end}", rf"\g<1>{new}\g<2>")


def no_rule(column: str) -> Edit:
    """A whole column without its dropdown."""
    inside = "(?:(?!</dataValidation>).)*?"
    whole = f'<dataValidation {inside}sqref="{column}5:{column}112">{inside}</dataValidation>'
    return part("Risks", whole, "")


def allowing(sheet: str, what: str, value: str = "0") -> Edit:
    """The protection of a sheet lets people do more, or less."""
    return both(
        part(sheet, f'(<sheetProtection [^>]*?) {what}="[01]"|(<sheetProtection)', r"\1\2"),
        part(sheet, "<sheetProtection", f'<sheetProtection {what}="{value}"'),
    )


def added(name: str, state: str = "visible") -> Edit:
    """One more sheet."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"

    def edit(data: bytes) -> bytes:
        sheet = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        data = Package.parse(data).replaced(
            {"xl/worksheets/own.xml": f"{sheet}</sheetData></worksheet>".encode()}
        )
        told = f'<Override PartName="/xl/worksheets/own.xml" ContentType="{kind}"/></Types>'
        related = f'<Relationship Id="rIdOwn" Type="{OFFICE}/worksheet" '
        related += 'Target="worksheets/own.xml"/></Relationships>'
        tab = f'<sheet name="{name}" sheetId="99" state="{state}" r:id="rIdOwn"/></sheets>'
        return both(
            _types(told),
            part("xl/_rels/workbook.xml.rels", "</Relationships>", related),
            part(BOOK, "</sheets>", tab),
        )(data)

    return edit


def _types(told: str) -> Edit:
    def edit(data: bytes) -> bytes:
        package = Package.parse(data)
        name = "[Content_Types].xml"
        text = package.part(name).decode().replace("</Types>", told)
        return package.replaced({name: text.encode()})

    return edit


def name(called: str, text: str | None) -> Edit:
    """A defined name stands for something else, or is gone."""
    whole = f'<definedName name="{called}">[^<]*</definedName>'
    return part(
        BOOK, whole, "" if text is None else f'<definedName name="{called}">{text}</definedName>'
    )


def typed(**entries: str | float | None) -> Edit:
    """Entries that an officer typed."""
    return lambda data: retyped(data, "Risks", entries)


def calculating(said: str) -> Edit:
    """Another way to calculate."""
    return part(BOOK, "<calcPr ", f"<calcPr {said} ")


def like(sheet: str, cell: str, pattern: str, new: str, more: Edit | None = None) -> Edit:
    """A cell in a style of its own, which differs in one thing from the one that it had."""

    def edit(data: bytes) -> bytes:
        package = Package.parse(data)
        old = re.search(f'<c r="{cell}" s="([0-9]+)"', package.part(part_of(data, sheet)).decode())
        styles = package.part(STYLES).decode()
        known = styles[styles.index("<cellXfs") : styles.index("</cellXfs>")]
        formats = re.findall(r"<xf [^>]*?/>|<xf .*?</xf>", known, re.S)
        assert old
        own, times = re.subn(pattern, new, formats[int(old[1])], count=1)
        if not times:
            raise ValueError(f"the style of {cell} has no {pattern}")
        return both(
            part(STYLES, "</cellXfs>", f"{own}</cellXfs>"),
            styled(sheet, cell, str(len(formats))),
            *([more] if more else []),
        )(data)

    return edit


def format_of(code: str) -> Edit:
    """One more number format, the 900th."""
    own = f'<numFmt numFmtId="900" formatCode="{code}"/>'
    return part(STYLES, "(<numFmts[^>]*>)", rf"\1{own}")


def drawing(sheet: str, inside: str) -> Edit:
    """Something drawn on a sheet that has no drawing yet."""
    space = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
    corner = "<xdr:col>{}</xdr:col><xdr:colOff>0</xdr:colOff>"
    corner += "<xdr:row>{}</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    anchor = f"<xdr:from>{corner.format(7, 4)}</xdr:from><xdr:to>{corner.format(9, 6)}</xdr:to>"
    art = "http://schemas.openxmlformats.org/drawingml/2006/main"
    whole = f'<xdr:wsDr xmlns:xdr="{space}" xmlns:a="{art}"><xdr:twoCellAnchor>{anchor}{inside}'
    whole += "<xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"
    kind = "application/vnd.openxmlformats-officedocument.drawing+xml"

    def edit(data: bytes) -> bytes:
        name = part_of(data, sheet)
        folder, _, file = name.rpartition("/")
        rels = f"{folder}/_rels/{file}.rels"
        package = Package.parse(data).replaced({"xl/drawings/own.xml": whole.encode()})
        relation = f'<Relationship Id="rIdOwn" Type="{OFFICE}/drawing" '
        relation += 'Target="../drawings/own.xml"/></Relationships>'
        return both(
            _types(f'<Override PartName="/xl/drawings/own.xml" ContentType="{kind}"/></Types>'),
            part(rels, "</Relationships>", relation),
            part(sheet, "(<ignoredErrors>.*</ignoredErrors>)", r'\1<drawing r:id="rIdOwn"/>'),
        )(package)

    return edit


def newer_colour(area: str) -> Edit:
    """A conditional format in the newer spelling, behind everything else on the sheet."""
    x14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    xm = "http://schemas.microsoft.com/office/excel/2006/main"
    rule = '<x14:cfRule type="expression" priority="1" id="{A1B2C3D4-0000-0000-0000-000000000001}">'
    rule += '<xm:f>TRUE</xm:f><x14:dxf><fill><patternFill><bgColor rgb="FF00B050"/></patternFill>'
    rule += f"</fill></x14:dxf></x14:cfRule><xm:sqref>{area}</xm:sqref>"
    whole = f'<extLst><ext xmlns:x14="{x14}" uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}">'
    whole += f'<x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="{xm}">{rule}'
    whole += "</x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst></worksheet>"
    return part("Risks", "</worksheet>", whole)


def colour_over(sheet: str, area: str, before: str) -> Edit:
    """One more conditional format on a sheet."""
    rule = f'<conditionalFormatting sqref="{area}"><cfRule type="expression" dxfId="0" '
    rule += 'priority="90"><formula>TRUE</formula></cfRule></conditionalFormatting>'
    return part(sheet, before, rf"{rule}\g<0>")


GREEN = (
    '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="9" name="Box"/><xdr:cNvSpPr/>'
    '</xdr:nvSpPr><xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill>'
    '<a:srgbClr val="00B050"/></a:solidFill></xdr:spPr><xdr:txBody><a:bodyPr/><a:p><a:r>'
    "<a:t>2 Green</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
)
SHEETS = ("About", "Summary", "Heat map", "By group", "Risks", "Checks", "Risk pages", "Key")
GONE = ("formatCells", "insertRows", "insertColumns", "deleteRows", "deleteColumns")

TAMPERINGS: Mapping[str, tuple[Edit, str, str]] = {
    "pasted over F7": (uncovered("F", 7, 7), "RB905", "Risks!F7"),
    "pasted over G12": (uncovered("G", 12, 12), "RB905", "Risks!G12"),
    "pasted over K50 to K60": (uncovered("K", 50, 60), "RB905", "Risks!K50"),
    "pasted over the first reference": (uncovered("A", 5, 5), "RB905", "Risks!A5"),
    "pasted over the last update": (uncovered("N", 112, 112), "RB905", "Risks!N112"),
    "pasted over a block": (
        both(uncovered("F", 7, 9), uncovered("G", 7, 9)),
        "RB905",
        "Risks!F7",
    ),
    "no dropdown in J": (no_rule("J"), "RB905", "Risks!J5"),
    "no limit in C": (no_rule("C"), "RB905", "Risks!C5"),
    "another list in F": (
        rule("F", "<formula1>likelihood_levels", "<formula1>impact_words"),
        "RB905",
        "Risks!F5",
    ),
    "a list of one's own in K": (
        rule("K", "<formula1>impact_levels", '<formula1>"1,2,3"'),
        "RB905",
        "Risks!K5",
    ),
    "a longer reference": (rule("A", "<formula1>40", "<formula1>4000"), "RB905", "Risks!A5"),
    "no alert in G": (
        rule("G", 'showErrorMessage="1"', 'showErrorMessage="0"'),
        "RB905",
        "Risks!G5",
    ),
    "only a warning in K": (
        rule("K", 'showErrorMessage="1"', 'errorStyle="warning" showErrorMessage="1"'),
        "RB905",
        "Risks!K5",
    ),
    "no arrow in J": (
        rule("J", 'showErrorMessage="1"', 'showDropDown="1" showErrorMessage="1"'),
        "RB905",
        "Risks!J5",
    ),
    "another operator in B": (
        rule("B", 'operator="lessThanOrEqual"', 'operator="greaterThan"'),
        "RB905",
        "Risks!B5",
    ),
    "no dropdowns at all": (
        part("Risks", "<dataValidations.*</dataValidations>", ""),
        "RB905",
        "Risks!A5",
    ),
    "score H7 unlocked": (styled("Risks", "H7", OPEN), "RB907", "Risks!H7"),
    "score L12 unlocked": (styled("Risks", "L12", OPEN), "RB907", "Risks!L12"),
    "band M112 unlocked": (styled("Risks", "M112", OPEN), "RB907", "Risks!M112"),
    "two computed columns unlocked": (
        styled("Risks", "[HI](?:[5-9]|[0-9]{2,3})", OPEN),
        "RB907",
        "Risks!H5",
    ),
    "heading unlocked": (styled("Risks", "B4", OPEN), "RB907", "Risks!B4"),
    "entry B7 locked": (styled("Risks", "B7", LOCKED), "RB907", "Risks!B7"),
    "column N locked": (
        styled("Risks", "N(?:[5-9]|[0-9]{2,3})", LOCKED),
        "RB907",
        "Risks!N5",
    ),
    "level F112 locked": (styled("Risks", "F112", LOCKED), "RB907", "Risks!F112"),
    "key unlocked": (styled("Key", "B4", OPEN), "RB907", "Key!B4"),
    "list unlocked": (styled("Lists", "A1", OPEN), "RB907", "Lists!A1"),
    "version unlocked": (styled("About", "B11", OPEN), "RB907", "About!B11"),
    "organisation locked": (styled("About", "B4", LOCKED), "RB907", "About!B4"),
    **{
        f"{sheet} not protected": (
            part(sheet, "<sheetProtection[^>]*/>", ""),
            "RB906",
            f"{sheet}!A1",
        )
        for sheet in SHEETS
    },
    **{
        f"protection allows {what}": (allowing("Risks", what), "RB906", "Risks!A1") for what in GONE
    },
    "Key may be formatted": (allowing("Key", "formatCells"), "RB906", "Key!A1"),
    "no sorting": (allowing("Risks", "sort", "1"), "RB906", "Risks!A1"),
    "a password": (allowing("Key", "password", "CC1A"), "RB906", "Key!A1"),
    "structure locked": (
        part(BOOK, "<bookViews>", '<workbookProtection lockStructure="1"/><bookViews>'),
        "RB906",
        "About!A1",
    ),
    "points lost": (name("matrix_points", None), "RB908", "Key!B21"),
    "bands lost": (name("matrix_bands", None), "RB908", "Key!B27"),
    "words point nowhere": (name("likelihood_words", "#REF!"), "RB908", "Key!B4"),
    "levels point elsewhere": (
        name("impact_levels", "'Key'!$B$10:$B$13"),
        "RB908",
        "Key!A10",
    ),
    "one band fewer": (name("band_tops", "'Key'!$C$16:$C$17"), "RB908", "Key!C16"),
    "points of another sheet": (name("matrix_points", "Lists!$B$21:$E$24"), "RB908", "Key!B21"),
    "a name before ours": (
        part(
            BOOK,
            "<definedName name=",
            '<definedName name="band_words" localSheetId="4">Lists!$A$1:$A$3</definedName>'
            "<definedName name=",
        ),
        "RB908",
        "Risks!A1",
    ),
    "Key hidden": (
        part(BOOK, '<sheet name="Key"', '<sheet state="hidden" name="Key"'),
        "RB909",
        "Key!A1",
    ),
    "Checks hidden from menus": (
        part(BOOK, '<sheet name="Checks"', '<sheet state="veryHidden" name="Checks"'),
        "RB909",
        "Checks!A1",
    ),
    "Risks copied": (added("Risks (2)"), "RB909", "Risks (2)!A1"),
    "Key copied by LibreOffice": (added("Key_2"), "RB909", "Key_2!A1"),
    "a sheet that no menu shows": (added("x", "veryHidden"), "RB909", "x!A1"),
    "calculates by hand": (calculating('calcMode="manual"'), "RB911", "About!A1"),
    "calculates what is shown": (calculating('fullPrecision="0"'), "RB911", "About!A1"),
    "runs in circles": (calculating('iterate="1"'), "RB911", "About!A1"),
    "no formula in H60": (typed(H60=None), "RB912", "Risks!H60"),
    "a number in L61": (typed(L61=4), "RB912", "Risks!L61"),
    "a word in M62": (typed(M62="Low"), "RB912", "Risks!M62"),
    "no formulas in a row": (typed(H64=None, I64=None), "RB912", "Risks!H64"),
    "no colours in H": (
        part("Risks", '<conditionalFormatting sqref="H5:H112">.*?</conditionalFormatting>', ""),
        "RB901",
        "Risks!H5",
    ),
    "other colours in M": (
        part("Risks", '(sqref="M5:M112"><cfRule[^>]*><formula>[^"]*)"[^"]*"', r'\1"None"'),
        "RB901",
        "Risks!M5",
    ),
    "band colours swapped": (
        both(
            part(STYLES, '(<bgColor rgb=)"FFA9D08E', r'\1"FF000001'),
            part(STYLES, '(<bgColor rgb=)"FFC00000', r'\1"FFA9D08E'),
            part(STYLES, '(<bgColor rgb=)"FF000001', r'\1"FFC00000'),
        ),
        "RB914",
        "Risks!H5",
    ),
    "red words for green in M": (
        part("Risks", '(sqref="M5:M112"><cfRule[^>]*dxfId=)"0"', r'\1"2"'),
        "RB914",
        "Risks!M5",
    ),
    "a square of the matrix in another colour": (styled("Key", "E24", "50"), "RB914", "Key!E24"),
    "another help in F": (rule("F", 'prompt="1 Low', 'prompt="4 Low'), "RB914", "Risks!F5"),
    "no help in N": (
        rule("N", 'showInputMessage="1"', 'showInputMessage="0"'),
        "RB914",
        "Risks!N5",
    ),
    "another alert in G": (
        rule("G", 'error="Choose one', 'error="Do not choose one'),
        "RB914",
        "Risks!G5",
    ),
    "nothing may be blank in K": (rule("K", 'allowBlank="1"', ""), "RB914", "Risks!K5"),
    "another title": (typed(A1="Strategic risks"), "RB914", "Risks!A1"),
    "captions swapped": (typed(F3="Mitigated", J3="Inherent"), "RB914", "Risks!F3"),
    "a heading that is a formula": (
        part(
            "Risks",
            '<c r="B4" s="([0-9]+)" t="s"><v>[0-9]+</v>',
            r'<c r="B4" s="\1" t="str"><f>"Risk"</f><v>Risk</v>',
        ),
        "RB901",
        "Risks!B4",
    ),
    "a table without headings": (
        part(TABLE, "<table ", '<table headerRowCount="0" '),
        "RB901",
        "Risks!A4",
    ),
    "a row of totals": (
        part(TABLE, 'totalsRowShown="0"', 'totalsRowCount="1"'),
        "RB901",
        "Risks!A112",
    ),
    "a column fewer in the table": (
        part(TABLE, r"<tableColumn [^>]*/></tableColumns>", "</tableColumns>"),
        "RB901",
        "Risks!A4",
    ),
    "a table that the sheet does not name": (
        part("Risks", "<tableParts.*</tableParts>", ""),
        "RB901",
        "Risks!A4",
    ),
    "a chart deleted": (
        part("xl/drawings/drawing1.xml", "<xdr:twoCellAnchor>.*?</xdr:twoCellAnchor>", ""),
        "RB914",
        "Summary!A1",
    ),
    "a chart of other cells": (
        part("xl/charts/chart1.xml", r"Summary!\$C\$10:\$C\$12", "Summary!$C$9:$C$11"),
        "RB914",
        "Summary!A1",
    ),
    "a chart of another title": (
        part("xl/charts/chart1.xml", "Risks by RAG", "Risks by service"),
        "RB914",
        "Summary!A1",
    ),
    "columns of the table swapped": (
        both(
            part(TABLE, 'name="Inherent Probability"', 'name="_"'),
            part(TABLE, 'name="Mitigated Probability"', 'name="Inherent Probability"'),
            part(TABLE, 'name="_"', 'name="Mitigated Probability"'),
        ),
        "RB901",
        "Risks!F4",
    ),
    "a doubled score in H60": (
        part("Risks", '(<c r="H60"[^>]*><f>)([^<]*)', r"\1(\2)*2"),
        "RB912",
        "Risks!H60",
    ),
    "an empty formula in L61": (
        part("Risks", '(<c r="L61"[^>]*><f>)[^<]*', r"\1"),
        "RB912",
        "Risks!L61",
    ),
    "one formula for many rows": (
        both(
            part(
                "Risks",
                '<c r="H70"([^>]*)><f>[^<]*</f>',
                r'<c r="H70"\1><f t="shared" ref="H70:H71" si="7">1+0</f>',
            ),
            part("Risks", '<c r="H71"([^>]*)><f>[^<]*</f>', r'<c r="H71"\1><f t="shared" si="7"/>'),
        ),
        "RB912",
        "Risks!H70",
    ),
    "an entry that fills itself": (
        part(
            TABLE,
            '(<tableColumn id="11" name="[^"]*")/>',
            r"\1><calculatedColumnFormula>1</calculatedColumnFormula></tableColumn>",
        ),
        "RB912",
        "Risks!K4",
    ),
    "a score shown as 4": (
        like("Risks", "H5", 'numFmtId="[0-9]+"', 'numFmtId="900"', format_of("&quot;4&quot;")),
        "RB914",
        "Risks!H5",
    ),
    "a band shown as Green": (
        like(
            "Risks", "M7", 'numFmtId="[0-9]+"', 'numFmtId="900"', format_of(";;;&quot;Green&quot;")
        ),
        "RB914",
        "Risks!M7",
    ),
    "a heading shown as another": (
        like(
            "Risks", "F4", 'numFmtId="[0-9]+"', 'numFmtId="900"', format_of(";;;&quot;Impact&quot;")
        ),
        "RB914",
        "Risks!F4",
    ),
    "points of the matrix shown as 4": (
        like("Key", "E24", 'numFmtId="[0-9]+"', 'numFmtId="900"', format_of("&quot;4&quot;")),
        "RB914",
        "Key!E24",
    ),
    "a score that nobody sees": (
        like(
            "Risks",
            "L6",
            'fontId="[0-9]+"',
            'fontId="0"',
            part(
                STYLES,
                "(<fonts[^>]*>)<font>.*?</font>",
                r'\1<font><sz val="1"/><name val="Arial"/></font>',
            ),
        ),
        "RB914",
        "Risks!L6",
    ),
    "red that shows a 4": (
        part(
            STYLES,
            '(<dxf><font>(?:(?!</dxf>).)*?</font>)(<fill><patternFill><bgColor rgb="FFC00000)',
            r'\1<numFmt numFmtId="901" formatCode="&quot;4&quot;"/>\2',
        ),
        "RB914",
        "Risks!H5",
    ),
    "every row in the colour of the first": (
        part("Risks", r'(sqref="H5:H112"><cfRule[^>]*><formula>\$I)5', r"\g<1>$5"),
        "RB901",
        "Risks!H5",
    ),
    "a newer conditional format": (newer_colour("L5:M112"), "RB901", "Risks!L5"),
    "a colour over the headings": (
        colour_over("Risks", "A1:U4", "<conditionalFormatting "),
        "RB914",
        "Risks!A1",
    ),
    "a colour over the key": (colour_over("Key", "B27:E30", "<pageMargins "), "RB914", "Key!B27"),
    "a box over the scores": (drawing("Risks", GREEN), "RB914", "Risks!H5"),
    "series of a chart swapped": (
        both(
            part("xl/charts/chart1.xml", r"Summary!\$C\$10:\$C\$12", "_"),
            part("xl/charts/chart1.xml", r"Summary!\$D\$10:\$D\$12", "Summary!$C$10:$C$12"),
            part("xl/charts/chart1.xml", "<c:f>_<", "<c:f>Summary!$D$10:$D$12<"),
        ),
        "RB914",
        "Summary!A1",
    ),
    "no help at all": (
        part("Risks", "<dataValidations ", '<dataValidations disablePrompts="1" '),
        "RB914",
        "Risks!F5",
    ),
    "an older version": (part(TEXTS, r">1\.1<", ">1.0<"), "RB910", "About!B12"),
    "another fingerprint": (
        part(TEXTS, ">[0-9a-f]{32}<", ">00000000000000000000000000000000<"),
        "RB910",
        "About!B13",
    ),
    "an unknown version": (part(TEXTS, r">1\.1<", ">7.7<"), "RB910", "About!B12"),
}

ORDINARY: Mapping[str, Edit] = {
    "a text typed": typed(B5="A risk in other words"),
    "a level chosen": typed(F5=2),
    "an entry cleared": typed(N6=None),
    "a number as text": typed(G7="3"),
    "a risk in the next row": typed(A13="OP9", B13="A new risk", F13=2, G13=3),
    "rows sorted": typed(A5="B", A6="A", B5="Second", B6="First"),
    "rows filtered": part("Risks", '<row r="(6|8)"', r'<row r="\1" hidden="1"', 2),
    "a column hidden": part("Risks", "<col ", '<col hidden="1" '),
    "a wider column": part("Risks", r'width="[0-9.]+"', 'width="55"'),
    "a higher row": part("Risks", r'(<row r="7"[^>]*?) ht="[0-9.]+"', r'\1 ht="200"'),
    "panes thawed": part("Risks", "<pane [^>]*/>", ""),
    "zoomed": part("Risks", 'zoomScale="85"', 'zoomScale="120"'),
    "another sheet shown": part(BOOK, 'activeTab="[0-9]+"', 'activeTab="1"'),
    "grid lines shown": part("Risks", 'showGridLines="0"', 'showGridLines="1"'),
    "printed upright": part("Risks", 'orientation="landscape"', 'orientation="portrait"'),
    "other paper": part("Risks", 'paperSize="8"', 'paperSize="9"'),
    "other margins": part("Risks", 'left="0.[0-9]+"', 'left="1"'),
    "another footer": part("Risks", "<oddFooter>[^<]*", "<oddFooter>Draft"),
    "another font": part(STYLES, 'name val="Arial"', 'name val="Verdana"', 0),
    "another colour": part(STYLES, 'rgb="FF595959"', 'rgb="FF112233"', 0),
    "other properties": part("docProps/core.xml", "<dc:title>[^<]*", "<dc:title>Ours"),
    "a name of one's own": part(
        BOOK,
        "<definedName name=",
        '<definedName name="mine">Risks!$A$1</definedName><definedName name=',
    ),
    "a print area": part(
        BOOK,
        "<definedName name=",
        '<definedName name="_xlnm.Print_Area" localSheetId="4">Risks!$A$1:$S$20</definedName>'
        "<definedName name=",
    ),
    "a coloured tab": part("Risks", "<sheetPr>", '<sheetPr><tabColor rgb="FFFF0000"/>'),
    "calculated": part(BOOK, ' fullCalcOnLoad="1"', ""),
    "a sheet of one's own": added("Meeting notes"),
    "tabs in another order": part(BOOK, '(<sheet name="Key"[^>]*/>)(<sheet [^>]*/>)', r"\2\1"),
    "a cell elsewhere selected": part("Risks", 'activeCell="[A-Z0-9]+"', 'activeCell="D9"'),
    "no green corners": part("Risks", "<ignoredErrors>.*</ignoredErrors>", ""),
    "refreshed": lambda data: _refreshed(data),
}
# what LibreOffice does not keep when it saves, so nobody can tell it afterwards
NOT_KEPT: Mapping[str, str] = {
    "structure locked": "it takes the protection of the structure off",
    "calculates by hand": "it saves the workbook as calculating by itself",
    "calculates what is shown": "it saves the workbook as calculating with every digit",
    "a table without headings": "it gives the table its headings again",
    "a column fewer in the table": "it gives the table its column again",
    "a table that the sheet does not name": "it names the table again",
    "columns of the table swapped": "it calls each as its heading; what formulas then read is told",
    "an entry that fills itself": "it keeps no formula for new rows",
    "no help at all": "it shows the helps again",
}


def _refreshed(data: bytes) -> bytes:
    book = FileBook(data, "book")
    app.refresh(book, profiles.load(PROFILE), None, Judge())
    return book.data


def told(data: bytes) -> set[tuple[str, str]]:
    """Rule and cell of each finding about the template, but for sheets of one's own."""
    book = FileBook(data, "book")
    found = book.template_findings(profiles.load(PROFILE))
    return {(each.code, str(each.at).replace("'", "")) for each in found if each.code != "RB913"}


def figure(scale: Scale) -> Figure:
    """Tamperings told with their address, ordinary actions silent; also after LibreOffice."""
    book, _ = made(profiles.load(PROFILE), registers.load(SAMPLE))
    files = {f"t{at}": edit(book.data) for at, (edit, _, _) in enumerate(TAMPERINGS.values())}
    files |= {f"o{at}": edit(book.data) for at, edit in enumerate(ORDINARY.values())}
    notes: list[str] = []
    seen = _seen(files, "", notes)
    kept = not notes
    if SOFFICE is None:
        notes.append("LibreOffice (soffice) is not here, so its half was not tried")
    elif scale.full:
        saved = _saved(files)
        before = len(notes)
        seen += f"; after LibreOffice {_seen(saved, 'after LibreOffice: ', notes)}"
        kept = kept and len(notes) == before
        notes += [f"LibreOffice does not keep it: {what}: {why}" for what, why in NOT_KEPT.items()]
    many, quiet = len(TAMPERINGS), len(ORDINARY)
    return Figure(
        name="tamperings told with address / ordinary actions silent",
        wanted=f"{many} of {many} / {quiet} of {quiet}, also after LibreOffice saved the file",
        seen=seen,
        kept=kept,
        notes=tuple(notes),
    )


def _saved(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files as LibreOffice saves them, a batch at a time: each start has its time limit."""
    saved: dict[str, bytes] = {}
    for start in range(0, len(files), BATCH):
        with TemporaryDirectory() as folder:
            batch = dict(list(files.items())[start : start + BATCH])
            saved |= saved_by_office(batch, Path(folder))
    return saved


def _seen(files: Mapping[str, bytes], when: str, notes: list[str]) -> str:
    lost = [
        f"{when}not told: {what}: {code} {cell}"
        for at, (what, (_, code, cell)) in enumerate(TAMPERINGS.items())
        if (code, cell) not in told(files[f"t{at}"]) and not (when and what in NOT_KEPT)
    ]
    loud = [
        f"{when}not silent: {what}: {sorted(found)}"
        for at, what in enumerate(ORDINARY)
        if (found := told(files[f"o{at}"]))
    ]
    notes += [*lost, *loud]
    skipped = len(NOT_KEPT) if when else 0
    many, quiet = len(TAMPERINGS) - skipped, len(ORDINARY)
    return f"{many - len(lost)} of {many} / {quiet - len(loud)} of {quiet}"
