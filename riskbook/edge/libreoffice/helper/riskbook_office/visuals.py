"""Colour scales, data bars and icons: rules that only LibreOffice's reader of files can make.

zip() is not strict here, as LibreOffice's own Python may be 3.8.

LibreOffice's programming interface knows these rules but crashes when it is asked to make
one, so the rule goes the way of a file::

    a small workbook in memory with the rule  ->  a sheet of it in this workbook
    ->  its cell copied to a spare cell  ->  the rule moved to where it belongs
"""

import io
import zipfile
from xml.sax.saxutils import quoteattr

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.table import CellAddress

KINDS = ("color_scale", "data_bar", "icon_set")
SCALE, BAR, ICONS = 1, 2, 3  # com.sun.star.sheet.ConditionEntryType
SCALE_TYPES = ("lowest_value", "highest_value", "percentile", "number", "percent", "formula")
BAR_TYPES = ("", "lowest_value", "highest_value", "percentile", "number", "percent", "formula")
ICON_TYPES = ("percent", "percentile", "number", "percent", "formula")
IN_FILE = {"lowest_value": "min", "highest_value": "max", "number": "num"}
SETS = {
    "3_arrows": (0, "3Arrows"),
    "3_arrows_gray": (1, "3ArrowsGray"),
    "3_flags": (2, "3Flags"),
    "3_traffic_lights_1": (3, "3TrafficLights1"),
    "3_traffic_lights_2": (4, "3TrafficLights2"),
    "3_signs": (5, "3Signs"),
    "3_symbols": (6, "3Symbols"),
    "3_symbols_2": (7, "3Symbols2"),
    "4_arrows": (10, "4Arrows"),
    "4_arrows_gray": (11, "4ArrowsGray"),
    "4_red_to_black": (12, "4RedToBlack"),
    "4_rating": (13, "4Rating"),
    "4_traffic_lights": (14, "4TrafficLights"),
    "5_arrows": (15, "5Arrows"),
    "5_arrows_gray": (16, "5ArrowsGray"),  # LibreOffice calls it 11 when it is asked
    "5_rating": (17, "5Rating"),
    "5_quarters": (18, "5Quarters"),
}

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PKG = "http://schemas.openxmlformats.org/package/2006"
_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_XM = "http://schemas.microsoft.com/office/excel/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PKG}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    "</Types>",
    "_rels/.rels": f'<Relationships xmlns="{_PKG}/relationships"><Relationship Id="r1" '
    f'Type="{_DOC}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PKG}/relationships"><Relationship '
    f'Id="r1" Type="{_DOC}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOC}"><sheets>'
    '<sheet name="Rules" sheetId="1" r:id="r1"/></sheets></workbook>',
}


def capture(entry):
    """A colour scale, a data bar or icons as plain data."""
    kind = entry.getType()
    if kind == SCALE:
        rule, parts = {"type": "color_scale"}, entry.ColorScaleEntries
        rule["colors"] = [part.getColor() for part in parts]
        pairs = [_pair(SCALE_TYPES, part) for part in parts]
    elif kind == BAR:
        rule, parts = {"type": "data_bar", "bar_color": entry.Color}, entry.DataBarEntries
        rule.update(gradient=entry.UseGradient, show_value=entry.ShowValue)
        pairs = [_pair(BAR_TYPES, part) for part in parts]
        if pairs[1][0] != "highest_value":  # LibreOffice says "lowest" of what is automatic
            pairs = [("automatic", None) if p[0] == "lowest_value" else p for p in pairs]
    else:
        rule, parts = {"type": "icon_set"}, entry.IconSetEntries
        rule.update(reverse_order=entry.Reverse, show_value=entry.ShowValue)
        rule["icon_set"] = _icons(entry.Icons, len(parts))
        pairs = [_pair(ICON_TYPES, part) for part in parts[1:]]
    rule["threshold_types"], rule["thresholds"] = map(list, zip(*pairs))
    return rule


def _icons(number, count):
    for name, (known, _) in SETS.items():
        if int(name[0]) == count and (known == number or (known == 16 and number == 11)):
            return name
    return None


def _pair(names, part):
    kind, text = names[part.getType()], part.getFormula()
    if kind in ("lowest_value", "highest_value"):
        return kind, None
    try:
        number = float(text)
    except ValueError:
        return kind, text
    return kind, int(number) if number.is_integer() else number


def put(sheet, document, cells, rules):
    """Give ranges of a sheet a format with these rules; its number is the next one."""
    desktop = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.frame.Desktop")
    source = desktop.loadComponentFromURL("private:stream", "_blank", 0, _loading(rules))
    sheets = document.Sheets
    try:
        place = sheets.importSheet(source, "Rules", sheets.Count)
    finally:
        source.close(True)
    guest = sheets.getByIndex(place)
    spare = CellAddress()
    at = cells.getRangeAddresses()[0]
    spare.Sheet, spare.Row, spare.Column = at.Sheet, at.StartRow, sheet.Columns.Count - 1
    sheet.copyRange(spare, guest.getCellByPosition(0, 0).RangeAddress)
    made = max(sheet.ConditionalFormats.getConditionalFormats(), key=lambda f: f.ID)
    made.Range = cells
    sheet.getCellByPosition(spare.Column, spare.Row).clearContents(32)  # CellFlags.HARDATTR
    sheets.removeByName(guest.Name)
    return made


def _loading(rules):
    stream = uno.getComponentContext().ServiceManager.createInstance(
        "com.sun.star.io.SequenceInputStream"
    )
    stream.initialize((uno.ByteSequence(workbook(rules)),))
    told = {"InputStream": stream, "FilterName": "Calc MS Excel 2007 XML", "Hidden": True}
    made = []
    for name, value in told.items():
        one = PropertyValue()
        one.Name, one.Value = name, value
        made.append(one)
    return tuple(made)


def workbook(rules):
    """A workbook whose first cell has the rules."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in PARTS.items():
            package.writestr(name, content)
        package.writestr("xl/worksheets/sheet1.xml", _sheet(rules))
    return stream.getvalue()


def _sheet(rules):
    plain, more = [], []
    for number, rule in enumerate(rules, start=1):
        plain.append(_WRITERS[rule["type"]](rule, number))
        if rule["type"] == "data_bar":
            more.append(_bar_more(rule, number))
    beyond = (
        f'<extLst><ext xmlns:x14="{_X14}" uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}">'
        f'<x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="{_XM}">'
        f"{''.join(more)}<xm:sqref>A1</xm:sqref></x14:conditionalFormatting>"
        "</x14:conditionalFormattings></ext></extLst>"
    )
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetData/><conditionalFormatting sqref="A1">'
        f"{''.join(plain)}</conditionalFormatting>{beyond if more else ''}</worksheet>"
    )


def _points(rule):
    for kind, value in zip(rule["threshold_types"], rule["thresholds"]):
        shown = "" if value is None else f" val={quoteattr(str(value))}"
        yield f'<cfvo type="{IN_FILE.get(kind, kind)}"{shown}/>'


def _colour(number):
    return f'<color rgb="FF{number:06X}"/>'


def _scale(rule, number):
    colours = "".join(map(_colour, rule["colors"]))
    return (
        f'<cfRule type="colorScale" priority="{number}"><colorScale>{"".join(_points(rule))}'
        f"{colours}</colorScale></cfRule>"
    )


def _bar(rule, number):
    points = "".join(_points(rule)).replace("automatic", "min", 1).replace("automatic", "max")
    return (
        f'<cfRule type="dataBar" priority="{number}"><dataBar showValue="{rule["show_value"]:d}">'
        f"{points}{_colour(rule['bar_color'])}</dataBar><extLst>"
        f'<ext xmlns:x14="{_X14}" uri="{{B025F937-C7B1-47D3-B67F-A62EFF666E3E}}">'
        f"<x14:id>{_id(number)}</x14:id></ext></extLst></cfRule>"
    )


def _bar_more(rule, number):
    names = []
    kinds, values = rule["threshold_types"], rule["thresholds"]
    for automatic, kind, value in zip(("autoMin", "autoMax"), kinds, values):
        shown = "" if value is None else f"<xm:f>{value}</xm:f>"
        kept = automatic if kind == "automatic" else IN_FILE.get(kind, kind)
        names.append(f'<x14:cfvo type="{kept}">{shown}</x14:cfvo>')
    return (
        f'<x14:cfRule type="dataBar" id="{_id(number)}"><x14:dataBar minLength="0" '
        f'maxLength="100" gradient="{rule["gradient"]:d}">{"".join(names)}'
        '<x14:negativeFillColor rgb="FFFF0000"/><x14:axisColor rgb="FF000000"/></x14:dataBar>'
        "</x14:cfRule>"
    )


def _id(number):
    return f"{{00000000-0000-4000-8000-{number:012d}}}"


def _icon_set(rule, number):
    return (
        f'<cfRule type="iconSet" priority="{number}"><iconSet '
        f'iconSet="{SETS[rule["icon_set"]][1]}" showValue="{rule["show_value"]:d}" '
        f'reverse="{rule["reverse_order"]:d}"><cfvo type="percent" val="0"/>'
        f"{''.join(_points(rule))}</iconSet></cfRule>"
    )


_WRITERS = {"color_scale": _scale, "data_bar": _bar, "icon_set": _icon_set}
