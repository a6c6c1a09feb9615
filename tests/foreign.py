"""A controlled workbook made rich in what riskbook does not own, part by part, by hand.

::

    workbook as made -> rich(data) -> the same with slicers, sparklines, threaded comments,
        custom XML, a label, a signature, charts, pictures, controls saved both ways, x14 rules

Parts are in the form that Excel writes; no library writes all of them.  The signature is in
the right place and signs nothing.
"""

import struct
import zlib

from riskbook.edge.filebook import FileBook

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
OPEN = "http://schemas.openxmlformats.org"
MAIN = f"{OPEN}/spreadsheetml/2006/main"
REL = f"{OPEN}/officeDocument/2006/relationships"
MS = "http://schemas.microsoft.com/office"
X14 = f"{MS}/spreadsheetml/2009/9/main"
TYPES = "application/vnd.openxmlformats-officedocument"
XLTYPES = "application/vnd.ms-excel"
DRAWINGS = (
    f'xmlns:xdr="{OPEN}/drawingml/2006/spreadsheetDrawing" xmlns:a="{OPEN}/drawingml/2006/main"'
)
GUID = "{00000000-0000-4000-8000-00000000000%d}"


def rich(data: bytes, risks: str = "Risks", actions: str = "Actions") -> bytes:
    """The workbook with foreign parts, and the sheets, relations and types that name them."""
    book = FileBook(data, "foreign")
    package = book.package
    first, second = book.workbook.part_of(risks), book.workbook.part_of(actions)
    about = book.workbook.part_of("About")
    changes = dict(PARTS)
    for part, edit in ((first, _risks), (second, _actions), (about, _about)):
        changes[part] = edit(package.part(part).decode()).encode()
    for part, rels in ((first, RISKS_RELS), (second, ACTIONS_RELS), (about, ABOUT_RELS)):
        folder, _, name = part.rpartition("/")
        place = f"{folder}/_rels/{name}.rels"
        old = package.part(place).decode() if place in package else _relations(())
        changes[place] = _with(old, rels).encode()
    for place, rels in (("_rels/.rels", ROOT_RELS), ("xl/_rels/workbook.xml.rels", BOOK_RELS)):
        changes[place] = _with(package.part(place).decode(), rels).encode()
    types = "[Content_Types].xml"
    changes[types] = package.part(types).decode().replace("</Types>", CONTENT + "</Types>").encode()
    whole = package.part("xl/workbook.xml").decode()
    views = f'<customWorkbookViews><customWorkbookView name="mine" guid="{GUID % 1}" '
    views += 'windowWidth="1" windowHeight="1" activeSheetId="1"/></customWorkbookViews>'
    end = f'<extLst><ext uri="{{BBE1A952-AA13-448e-AADC-164F8A28A991}}" xmlns:x14="{X14}">'
    end += '<x14:slicerCaches><x14:slicerCache r:id="rId901"/></x14:slicerCaches></ext></extLst>'
    at = whole.index("/>", whole.index("<calcPr")) + 2
    rest = whole[at:].replace("</workbook>", end + "</workbook>")
    changes["xl/workbook.xml"] = (whole[:at] + views + rest).encode()
    return package.replaced(changes)


def _risks(part: str) -> str:
    """A chart, a picture, comments, a control as Excel saves it, sparklines, x14 rules, slicer."""
    controls = (
        '<drawing r:id="rId901"/><legacyDrawing r:id="rId902"/>'
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/'
        '2006"><mc:Choice Requires="x14"><controls><mc:AlternateContent><mc:Choice Requires="x14">'
        '<control shapeId="1030" r:id="rId903" name="Button 6"><controlPr defaultSize="0" '
        'print="0" autoFill="0" autoPict="0"><anchor moveWithCells="1"><from><xdr:col '
        f'xmlns:xdr="{OPEN}/drawingml/2006/spreadsheetDrawing">1</xdr:col></from></anchor>'
        "</controlPr></control></mc:Choice></mc:AlternateContent>"
        '<control shapeId="1031" r:id="rId904" name="Drop Down 7"/>'
        "</controls></mc:Choice></mc:AlternateContent>"
    )
    xm = f'xmlns:xm="{MS}/excel/2006/main"'
    extra = (
        f'<extLst><ext uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}" xmlns:x14="{X14}">'
        f'<x14:conditionalFormattings><x14:conditionalFormatting {xm}><x14:cfRule type="dataBar" '
        f'id="{GUID % 2}"><x14:dataBar><x14:cfvo type="autoMin"/><x14:cfvo type="autoMax"/>'
        "<x14:negativeFillColor rgb='FFFF0000'/><x14:axisColor rgb='FF000000'/></x14:dataBar>"
        "</x14:cfRule><xm:sqref>A5:A9</xm:sqref></x14:conditionalFormatting>"
        "</x14:conditionalFormattings></ext>"
        f'<ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="{X14}">'
        f'<x14:dataValidations {xm} count="1"><x14:dataValidation type="list" allowBlank="1">'
        "<x14:formula1><xm:f>Lists!$A$4:$A$7</xm:f></x14:formula1><xm:sqref>ZZ5</xm:sqref>"
        "</x14:dataValidation></x14:dataValidations></ext>"
        f'<ext uri="{{05C60535-1F16-4fd2-B633-F4F36F0B64E0}}" xmlns:x14="{X14}">'
        f'<x14:sparklineGroups {xm}><x14:sparklineGroup displayEmptyCellsAs="gap"><x14:sparklines>'
        "<x14:sparkline><xm:f>Key!A11:A15</xm:f><xm:sqref>ZY5</xm:sqref></x14:sparkline>"
        "</x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext>"
        f'<ext uri="{{3A4CF648-6AED-40f4-86FF-DC5316D8AED3}}" xmlns:x15="{MS}/spreadsheetml/2010/11'
        f'/main"><x14:slicerList xmlns:x14="{X14}"><x14:slicer r:id="rId905"/></x14:slicerList>'
        "</ext></extLst>"
    )
    part = part.replace("<tableParts", controls + "<tableParts", 1)
    return part.replace("</worksheet>", extra + "</worksheet>")


def _actions(part: str) -> str:
    """A control as LibreOffice and old writers save it: its drawing alone; custom properties."""
    properties = '<customProperties><customPr name="label" r:id="rId902"/></customProperties>'
    part = part.replace("<ignoredErrors", properties + "<ignoredErrors", 1)
    return part.replace("<tableParts", '<legacyDrawing r:id="rId901"/><tableParts', 1)


def _about(part: str) -> str:
    """A custom view, a printer's settings, a background."""
    view = f'<customSheetViews><customSheetView guid="{GUID % 1}"/></customSheetViews>'
    part = part.replace("<pageMargins", view + "<pageMargins", 1)
    part = part.replace("<pageSetup ", '<pageSetup r:id="rId901" ', 1)
    return part.replace("</worksheet>", '<picture r:id="rId902"/></worksheet>')


Rel = tuple[str, str, str]  # id, kind (short or whole), target


def _relations(rels: tuple[Rel, ...]) -> str:
    empty = f'<Relationships xmlns="{OPEN}/package/2006/relationships"></Relationships>'
    return _with(HEAD + empty, rels)


def _with(text: str, rels: tuple[Rel, ...]) -> str:
    new = "".join(
        f'<Relationship Id="{mark}" Type="{kind if ":" in kind else f"{REL}/{kind}"}" '
        f'Target="{target}"/>'
        for mark, kind, target in rels
    )
    return text.replace("</Relationships>", new + "</Relationships>")


def _png() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0\x1f\x38\x64")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (chunk(b"IHDR", header), chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    )


def _vml(shape: str, kind: str, inside: str) -> str:
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:'
        'office" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        f'<v:shape id="{shape}" type="#_x0000_t202" style="visibility:hidden">'
        f'<x:ClientData ObjectType="{kind}">{inside}</x:ClientData></v:shape></xml>'
    )


RISKS_RELS: tuple[Rel, ...] = (
    ("rId901", "drawing", "../drawings/drawing9.xml"),
    ("rId902", "vmlDrawing", "../drawings/vmlDrawing1.vml"),
    ("rId903", "ctrlProp", "../ctrlProps/ctrlProp1.xml"),
    ("rId904", "ctrlProp", "../ctrlProps/ctrlProp2.xml"),
    ("rId905", f"{MS}/2007/relationships/slicer", "../slicers/slicer1.xml"),
    ("rId906", "comments", "../comments1.xml"),
    (
        "rId907",
        f"{MS}/2017/10/relationships/threadedComment",
        "../threadedComments/threadedComment1.xml",
    ),
)
ACTIONS_RELS: tuple[Rel, ...] = (
    ("rId901", "vmlDrawing", "../drawings/vmlDrawing2.vml"),
    ("rId902", "customProperty", "../customProperty1.bin"),
)
ABOUT_RELS: tuple[Rel, ...] = (
    ("rId901", "printerSettings", "../printerSettings/printerSettings1.bin"),
    ("rId902", "image", "../media/image2.png"),
)
ROOT_RELS: tuple[Rel, ...] = (
    ("rId901", "custom-properties", "docProps/custom.xml"),
    ("rId902", f"{MS}/2020/02/relationships/classificationlabels", "docMetadata/LabelInfo.xml"),
    (
        "rId903",
        f"{OPEN}/package/2006/relationships/digital-signature/origin",
        "_xmlsignatures/origin.sigs",
    ),
    ("rId904", f"{OPEN}/package/2006/relationships/metadata/thumbnail", "docProps/thumbnail.png"),
)
BOOK_RELS: tuple[Rel, ...] = (
    ("rId901", f"{MS}/2007/relationships/slicerCache", "slicerCaches/slicerCache1.xml"),
    ("rId902", f"{MS}/2017/10/relationships/person", "persons/person.xml"),
    ("rId903", "customXml", "../customXml/item1.xml"),
    ("rId904", "sheetMetadata", "metadata.xml"),
    ("rId905", f"{MS}/2017/06/relationships/rdRichValue", "richData/rdrichvalue.xml"),
    (
        "rId906",
        f"{MS}/2017/06/relationships/rdRichValueStructure",
        "richData/rdrichvaluestructure.xml",
    ),
    ("rId907", f"{MS}/2017/06/relationships/rdRichValueTypes", "richData/rdRichValueTypes.xml"),
    ("rId908", f"{MS}/2022/11/relationships/FeaturePropertyBag", "featurePropertyBag/bag.xml"),
    ("rId909", "customXml", "../customXml/item2.xml"),
)
CHART = (
    f'<c:chartSpace xmlns:c="{OPEN}/drawingml/2006/chart" xmlns:a="{OPEN}/drawingml/2006/main">'
    '<c:chart><c:plotArea><c:layout/><c:barChart><c:barDir val="col"/><c:ser><c:idx val="0"/>'
    "<c:order val='0'/><c:val><c:numRef><c:f>Key!$A$11:$A$15</c:f></c:numRef></c:val></c:ser>"
    '<c:axId val="1"/><c:axId val="2"/></c:barChart><c:catAx><c:axId val="1"/><c:scaling/>'
    '<c:axPos val="b"/><c:crossAx val="2"/></c:catAx><c:valAx><c:axId val="2"/><c:scaling/>'
    '<c:axPos val="l"/><c:crossAx val="1"/></c:valAx></c:plotArea></c:chart></c:chartSpace>'
)
ANCHOR = (
    "<xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{0}</xdr:row><xdr:rowOff>0"
    "</xdr:rowOff></xdr:from><xdr:to><xdr:col>4</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{1}"
    "</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
)
DRAWING = (
    f'<xdr:wsDr {DRAWINGS} xmlns:r="{REL}"><xdr:twoCellAnchor>{ANCHOR.format(120, 130)}'
    '<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="Chart 1"/>'
    "<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x='0' y='0'/><a:ext cx='0' "
    f"cy='0'/></xdr:xfrm><a:graphic><a:graphicData uri='{OPEN}/drawingml/2006/chart'><c:chart "
    f"xmlns:c='{OPEN}/drawingml/2006/chart' r:id='rId1'/></a:graphicData></a:graphic>"
    f"</xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor><xdr:twoCellAnchor>"
    f"{ANCHOR.format(140, 150)}<xdr:pic><xdr:nvPicPr><xdr:cNvPr id='3' name='Crest'/>"
    "<xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed='rId2'/></xdr:blipFill><xdr:spPr>"
    "<a:prstGeom prst='rect'/></xdr:spPr></xdr:pic><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"
)
SIGNATURE = (
    '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#" Id="idPackageSignature"><SignedInfo>'
    '<CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/>'
    "</SignedInfo><SignatureValue>AA==</SignatureValue></Signature>"
)
RICH = f"{MS}/spreadsheetml/2017/richdata"
XML: dict[str, tuple[str, str]] = {  # part -> its content type, its content
    "xl/slicers/slicer1.xml": (
        f"{XLTYPES}.slicer+xml",
        f'<slicers xmlns="{X14}"><slicer name="Status" cache="Slicer_Status" caption="Status" '
        'rowHeight="241300"/></slicers>',
    ),
    "xl/slicerCaches/slicerCache1.xml": (
        f"{XLTYPES}.slicerCache+xml",
        f'<slicerCacheDefinition xmlns="{X14}" name="Slicer_Status" sourceName="Status"/>',
    ),
    "xl/threadedComments/threadedComment1.xml": (
        f"{XLTYPES}.threadedcomments+xml",
        f'<ThreadedComments xmlns="{MS}/spreadsheetml/2018/threadedcomments"><threadedComment '
        f'ref="A5" dT="2021-10-31T00:00:00.00" personId="{GUID % 3}" id="{GUID % 4}"><text>Is this '
        "still so?</text></threadedComment></ThreadedComments>",
    ),
    "xl/persons/person.xml": (
        f"{XLTYPES}.person+xml",
        f'<personList xmlns="{MS}/spreadsheetml/2018/threadedcomments"><person displayName="A. '
        f'Officer" id="{GUID % 3}" userId="a" providerId="None"/></personList>',
    ),
    "xl/comments1.xml": (
        f"{TYPES}.spreadsheetml.comments+xml",
        f'<comments xmlns="{MAIN}"><authors><author>tc={GUID % 4}</author></authors><commentList>'
        '<comment ref="A5" authorId="0"><text><t>[Threaded comment]</t></text></comment>'
        "</commentList></comments>",
    ),
    "customXml/itemProps1.xml": (
        f"{TYPES}.customXmlProperties+xml",
        f'<ds:datastoreItem ds:itemID="{GUID % 5}" xmlns:ds="{OPEN}/officeDocument/2006/customXml"'
        "><ds:schemaRefs/></ds:datastoreItem>",
    ),
    "customXml/itemProps2.xml": (
        f"{TYPES}.customXmlProperties+xml",
        f'<ds:datastoreItem ds:itemID="{GUID % 6}" xmlns:ds="{OPEN}/officeDocument/2006/customXml"'
        "><ds:schemaRefs/></ds:datastoreItem>",
    ),
    "docMetadata/LabelInfo.xml": (
        f"{XLTYPES.replace('excel', 'office')}.classificationlabels+xml",
        f'<clbl:labelList xmlns:clbl="{MS}/2020/mipLabelMetadata"><clbl:label id="{GUID % 7}" '
        f'enabled="1" method="Privileged" siteId="{GUID % 8}" removed="0"/></clbl:labelList>',
    ),
    "docProps/custom.xml": (
        f"{TYPES}.custom-properties+xml",
        f'<Properties xmlns="{OPEN}/officeDocument/2006/custom-properties" xmlns:vt="{OPEN}/office'
        'Document/2006/docPropsVTypes"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" '
        'pid="2" name="Retention"><vt:lpwstr>7 years</vt:lpwstr></property></Properties>',
    ),
    "_xmlsignatures/sig1.xml": (
        "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml",
        SIGNATURE,
    ),
    "xl/drawings/drawing9.xml": (f"{TYPES}.drawing+xml", DRAWING),
    "xl/charts/chart9.xml": (f"{TYPES}.drawingml.chart+xml", CHART),
    "xl/charts/style9.xml": (
        f"{XLTYPES.replace('excel', 'office')}.chartstyle+xml",
        f'<cs:chartStyle xmlns:cs="{MS}/drawing/2012/chartStyle" id="201"/>',
    ),
    "xl/charts/colors9.xml": (
        f"{XLTYPES.replace('excel', 'office')}.chartcolorstyle+xml",
        f'<cs:colorStyle xmlns:cs="{MS}/drawing/2012/chartStyle" meth="cycle" id="10"/>',
    ),
    "xl/ctrlProps/ctrlProp1.xml": (
        f"{XLTYPES}.controlproperties+xml",
        f'<formControlPr xmlns="{X14}" objectType="Button" lockText="1"/>',
    ),
    "xl/ctrlProps/ctrlProp2.xml": (
        f"{XLTYPES}.controlproperties+xml",
        f'<formControlPr xmlns="{X14}" objectType="Drop" dropStyle="combo" dx="16" sel="0" '
        'val="0"/>',
    ),
    "xl/metadata.xml": (
        f"{TYPES}.spreadsheetml.sheetMetadata+xml",
        f'<metadata xmlns="{MAIN}"><metadataTypes count="1"><metadataType name="XLDAPR" '
        'minSupportedVersion="120000" copy="1" cellMeta="1"/></metadataTypes><cellMetadata '
        'count="1"><bk><rc t="1" v="0"/></bk></cellMetadata></metadata>',
    ),
    "xl/richData/rdrichvalue.xml": (
        f"{XLTYPES}.rdrichvalue+xml",
        f'<rvData xmlns="{RICH}" count="0"/>',
    ),
    "xl/richData/rdrichvaluestructure.xml": (
        f"{XLTYPES}.rdrichvaluestructure+xml",
        f'<rvStructures xmlns="{RICH}" count="0"/>',
    ),
    "xl/richData/rdRichValueTypes.xml": (
        f"{XLTYPES}.rdrichvaluetypes+xml",
        f'<rvTypesInfo xmlns="{RICH}2"/>',
    ),
    "xl/featurePropertyBag/bag.xml": (
        f"{XLTYPES}.featurepropertybag+xml",
        f'<FeaturePropertyBags xmlns="{MS}/spreadsheetml/2022/featurepropertybag"/>',
    ),
}
PARTS: dict[str, bytes] = {name: (HEAD + text).encode() for name, (_, text) in XML.items()}
PARTS |= {
    "customXml/item1.xml": b'<council xmlns="urn:council"><ref>7</ref></council>',
    "customXml/item2.xml": b'<workflow xmlns="urn:workflow" state="approved"/>',
    "customXml/_rels/item1.xml.rels": _relations(
        (("rId1", "customXmlProps", "itemProps1.xml"),)
    ).encode(),
    "customXml/_rels/item2.xml.rels": _relations(
        (("rId1", "customXmlProps", "itemProps2.xml"),)
    ).encode(),
    "_xmlsignatures/origin.sigs": b"",
    "_xmlsignatures/_rels/origin.sigs.rels": _relations(
        (("rId1", f"{OPEN}/package/2006/relationships/digital-signature/signature", "sig1.xml"),)
    ).encode(),
    "xl/drawings/_rels/drawing9.xml.rels": _relations(
        (("rId1", "chart", "../charts/chart9.xml"), ("rId2", "image", "../media/image1.png"))
    ).encode(),
    "xl/charts/_rels/chart9.xml.rels": _relations(
        (
            ("rId1", f"{MS}/2011/relationships/chartStyle", "style9.xml"),
            ("rId2", f"{MS}/2011/relationships/chartColorStyle", "colors9.xml"),
        )
    ).encode(),
    "xl/drawings/vmlDrawing1.vml": _vml(
        "_x0000_s1025", "Note", "<x:Row>4</x:Row><x:Column>0</x:Column>"
    ).encode(),
    "xl/drawings/vmlDrawing2.vml": _vml(
        "_x0000_s2049", "Checkbox", "<x:Checked>1</x:Checked>"
    ).encode(),
    "xl/customProperty1.bin": b"l\0a\0b\0e\0l\0",
    "xl/printerSettings/printerSettings1.bin": bytes(range(256)) * 4,
    "xl/media/image1.png": _png(),
    "xl/media/image2.png": _png(),
    "docProps/thumbnail.png": _png(),
}
CONTENT = "".join(
    f'<Default Extension="{ending}" ContentType="{kind}"/>'
    for ending, kind in (
        ("png", "image/png"),
        ("vml", f"{TYPES}.vmlDrawing"),
        ("sigs", "application/vnd.openxmlformats-package.digital-signature-origin"),
        ("bin", f"{TYPES}.spreadsheetml.printerSettings"),
    )
) + "".join(
    f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, (kind, _) in XML.items()
)
