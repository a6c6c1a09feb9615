"""Finished files in which a secret was planted: a function for each kind of place.

Each takes the secret and gives the bytes of a whole file; what else is in it is harmless.
"""

import csv
import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from xml.sax.saxutils import escape, quoteattr

import docx
import pypdf
import typst
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdf.annotations import FreeText, Text
from pypdf.generic import (
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    create_string_object,
)

Plant = Callable[[str], bytes]


# --- workbooks ---------------------------------------------------------------------------


def _workbook(fill: Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], None]) -> bytes:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    sheet = book.add_worksheet("Risks")
    sheet.write_row(0, 0, ["Ref", "Risk"])
    sheet.write_row(1, 0, ["R1", "Flooding of the depot"])
    fill(book, sheet)
    book.close()
    return held.getvalue()


def _cell(secret: str) -> bytes:
    return _workbook(lambda _, sheet: sheet.write_string(4, 1, secret))


def _rich(secret: str) -> bytes:
    """One text in runs of different looks, cut in the middle of words."""
    cuts = [secret[i : i + 5] for i in range(0, len(secret), 5)]

    def fill(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        bold = book.add_format({"bold": True})
        parts = [part for cut in cuts for part in (bold, cut)]
        assert sheet.write_rich_string(4, 1, *parts, bold, " and more") == 0

    return _workbook(fill)


def _inline(secret: str) -> bytes:
    sheet = _part(_cell("x"), "xl/worksheets/sheet1.xml").decode()
    row = f'<row r="9"><c r="A9" t="inlineStr"><is><t>{escape(secret)}</t></is></c></row>'
    changed = sheet.replace("</sheetData>", row + "</sheetData>")
    assert changed != sheet
    return _with(_cell("x"), {"xl/worksheets/sheet1.xml": changed.encode()})


def _hidden_sheet(secret: str) -> bytes:
    def fill(book: xlsxwriter.Workbook, _: xlsxwriter.worksheet.Worksheet) -> None:
        hidden = book.add_worksheet("Workings")
        hidden.write_string(0, 0, secret)
        hidden.very_hidden()

    return _workbook(fill)


def _sheet_name(secret: str) -> bytes:
    name = quoteattr(secret)
    book = _part(_cell("x"), "xl/workbook.xml").decode().replace('name="Risks"', f"name={name}")
    return _with(_cell("x"), {"xl/workbook.xml": book.encode()})


def _comment(secret: str) -> bytes:
    return _workbook(lambda _, sheet: sheet.write_comment("B2", secret))


def _threaded(secret: str) -> bytes:
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    xml = f'<ThreadedComments xmlns="{space}"><threadedComment ref="B2" id="{{1}}">'
    xml += f"<text>{escape(secret)}</text></threadedComment></ThreadedComments>"
    return _with(_cell("x"), {"xl/threadedComments/threadedComment1.xml": xml.encode()})


def _defined_name(secret: str) -> bytes:
    formula = '="' + secret.replace('"', '""') + '"'
    return _workbook(lambda book, _: book.define_name("kept", formula))


def _name_of_a_range(secret: str) -> bytes:
    return _workbook(lambda book, _: book.define_name(_word(secret), "=Risks!$A$1"))


def _table_name(secret: str) -> bytes:
    def fill(_: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.add_table("D1:E3", {"name": _word(secret)})

    return _workbook(fill)


def _table_heading(secret: str) -> bytes:
    def fill(_: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.add_table("D1:E3", {"columns": [{"header": secret[:250]}, {"header": "b"}]})

    return _workbook(fill)


def _formula(secret: str) -> bytes:
    text = '="' + secret.replace('"', '""') + '"&A1'
    return _workbook(lambda _, sheet: sheet.write_formula("D9", text))


def _cached_value(secret: str) -> bytes:
    return _workbook(lambda _, sheet: sheet.write_formula("D9", "=A1", None, secret))


def _property(name: str) -> Plant:
    return lambda secret: _workbook(lambda book, _: book.set_properties({name: secret}))


def _custom_property(secret: str) -> bytes:
    return _workbook(lambda book, _: book.set_custom_property("kept", secret[:250], "text"))


def _alternative_text(secret: str) -> bytes:
    def fill(_: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.insert_textbox("D9", "a box", {"description": secret})

    return _workbook(fill)


def _text_box(secret: str) -> bytes:
    return _workbook(lambda _, sheet: sheet.insert_textbox("D9", secret))


def _chart_title(secret: str) -> bytes:
    def fill(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Risks!$D$1:$D$3"})
        chart.set_title({"name": secret})
        sheet.insert_chart("F1", chart)

    return _workbook(fill)


def _chart_cache(secret: str) -> bytes:
    """A chart keeps the texts that it last read, whatever the cells say now."""

    def fill(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        chart = book.add_chart({"type": "column"})
        cached = {"categories_data": [secret, "b"], "values_data": [1, 2]}
        chart.add_series({"categories": "=Risks!$D$1:$D$2", "values": "=Risks!$E$1:$E$2", **cached})
        sheet.insert_chart("F1", chart)

    return _workbook(fill)


def _header(secret: str) -> bytes:
    return _workbook(lambda _, sheet: sheet.set_header("&L" + _plain(secret)[:200]))


def _footer(secret: str) -> bytes:
    return _workbook(lambda _, sheet: sheet.set_footer("&CPage &P " + _plain(secret)[:200]))


def _validation(key: str) -> Plant:
    def plant(secret: str) -> bytes:
        rule = {"validate": "any", "input_title": "t", "error_title": "t"} | {key: secret[:250]}
        return _workbook(lambda _, sheet: sheet.data_validation("B2", rule))

    return plant


def _link(secret: str) -> bytes:
    address = f"https://example.org/{_word(secret)}"
    return _workbook(lambda _, sheet: sheet.write_url("B4", address, string="here"))


def _link_with_spaces(secret: str) -> bytes:
    address = "https://example.org/" + re.sub(r"[^A-Za-z0-9]+", " ", secret)
    return _workbook(lambda _, sheet: sheet.write_url("B4", address, string="here"))


def _link_tip(secret: str) -> bytes:
    return _workbook(
        lambda _, sheet: sheet.write_url("B4", "https://example.org/", tip=secret[:250])
    )


def _custom_xml(secret: str) -> bytes:
    return _with(_cell("x"), {"customXml/item1.xml": f"<kept>{escape(secret)}</kept>".encode()})


def _utf_16_xml(secret: str) -> bytes:
    text = f'<?xml version="1.0" encoding="utf-16"?><kept a={quoteattr(secret)}/>'
    return _with(_cell("x"), {"customXml/item1.xml": text.encode("utf-16")})


def _comment_in_markup(secret: str) -> bytes:
    text = f"<kept><!-- {secret.replace('-', ' ')} --></kept>"
    return _with(_cell("x"), {"customXml/item1.xml": text.encode()})


def _binary(encoding: str, before: bytes = b"\xff\xfe\x01") -> Plant:
    def plant(secret: str) -> bytes:
        data = before + secret.encode(encoding) + b"\0\1\2\xfe"
        return _with(_cell("x"), {"xl/printerSettings/printerSettings1.bin": data})

    return plant


def _embedded_workbook(secret: str) -> bytes:
    return _with(_cell("x"), {"xl/embeddings/Workbook1.xlsx": _comment(secret)})


def _text_of_a_picture(secret: str) -> bytes:
    """A PNG says of itself, packed, what a program wrote into it."""
    told = b"Comment\0\0" + zlib.compress(secret.encode())
    chunk = struct.pack(">I", len(told)) + b"zTXt" + told + b"\0\0\0\0"
    return _with(_cell("x"), {"xl/media/image1.png": b"\x89PNG\r\n\x1a\n" + chunk})


def _inside_an_object(secret: str) -> bytes:
    data = b"\xd0\xcf\x11\xe0 an object of another program " + _cell(secret) + b"\0" * 40
    return _with(_cell("x"), {"xl/embeddings/oleObject1.bin": data})


def _behind_the_package(secret: str) -> bytes:
    return _cell("x") + b"\n" + secret.encode()


def _part_name(secret: str) -> bytes:
    return _with(_cell("x"), {f"xl/media/{_word(secret)}.png": b"\x89PNG"})


WORKBOOKS: Mapping[str, Plant] = {
    "cell": _cell,
    "rich text": _rich,
    "inline text": _inline,
    "hidden sheet": _hidden_sheet,
    "sheet name": _sheet_name,
    "comment": _comment,
    "threaded comment": _threaded,
    "defined name": _defined_name,
    "name of a range": _name_of_a_range,
    "table name": _table_name,
    "table heading": _table_heading,
    "formula": _formula,
    "cached value": _cached_value,
    "title": _property("title"),
    "author": _property("author"),
    "keywords": _property("keywords"),
    "comments of the file": _property("comments"),
    "company": _property("company"),
    "custom property": _custom_property,
    "alternative text": _alternative_text,
    "text box": _text_box,
    "chart title": _chart_title,
    "chart cache": _chart_cache,
    "header": _header,
    "footer": _footer,
    "input message": _validation("input_message"),
    "error message": _validation("error_message"),
    "link": _link,
    "link with spaces": _link_with_spaces,
    "link tip": _link_tip,
    "custom XML": _custom_xml,
    "XML in UTF-16": _utf_16_xml,
    "comment in markup": _comment_in_markup,
    "binary part, UTF-8": _binary("utf-8"),
    "binary part, UTF-16": _binary("utf-16-le"),
    "binary part, UTF-16 at an odd place": _binary("utf-16-le", b"\xff\xfe"),
    "binary part, UTF-16 of the other order": _binary("utf-16-be", b"\xff\xfe"),
    "text of a picture": _text_of_a_picture,
    "embedded workbook": _embedded_workbook,
    "inside an object": _inside_an_object,
    "behind the package": _behind_the_package,
    "name of a part": _part_name,
}


def _word(secret: str) -> str:
    """A name that a workbook allows: the letters of the secret, run together."""
    return "kept_" + "".join(c for c in secret if c.isascii() and c.isalnum())


def _plain(secret: str) -> str:
    return " ".join(secret.replace("&", " ").split())


def _part(package: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as file:
        return file.read(name)


def _with(package: bytes, parts: Mapping[str, bytes]) -> bytes:
    """A package with some parts put in place or added."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(held, "w") as new:
        for info in old.infolist():
            if info.filename not in parts:
                new.writestr(info, old.read(info), zipfile.ZIP_DEFLATED)
        for name, data in parts.items():
            new.writestr(name, data, zipfile.ZIP_DEFLATED)
    return held.getvalue()


# --- Word --------------------------------------------------------------------------------


def _document(fill: Callable[[docx.document.Document], None]) -> bytes:
    document = docx.Document()
    document.add_paragraph("Risk R1: flooding of the depot.")
    fill(document)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _paragraph(secret: str) -> bytes:
    return _document(lambda document: document.add_paragraph(secret) and None)


def _runs(secret: str) -> bytes:
    def fill(document: docx.document.Document) -> None:
        paragraph = document.add_paragraph("Before ")
        for start in range(0, len(secret), 4):
            paragraph.add_run(secret[start : start + 4]).bold = bool(start % 8)

    return _document(fill)


def _table(secret: str) -> bytes:
    def fill(document: docx.document.Document) -> None:
        document.add_table(1, 2).cell(0, 1).text = secret

    return _document(fill)


def _page_header(secret: str) -> bytes:
    def fill(document: docx.document.Document) -> None:
        document.sections[0].header.paragraphs[0].text = secret

    return _document(fill)


def _page_footer(secret: str) -> bytes:
    def fill(document: docx.document.Document) -> None:
        document.sections[0].footer.paragraphs[0].text = secret

    return _document(fill)


def _word_comment(secret: str) -> bytes:
    def fill(document: docx.document.Document) -> None:
        run = document.add_paragraph().add_run("A run.")
        document.add_comment(run, text=secret, author="An officer")

    return _document(fill)


def _commentator(secret: str) -> bytes:
    def fill(document: docx.document.Document) -> None:
        run = document.add_paragraph().add_run("A run.")
        document.add_comment(run, text="Fine.", author=secret)

    return _document(fill)


def _core(name: str) -> Plant:
    def plant(secret: str) -> bytes:
        def fill(document: docx.document.Document) -> None:
            setattr(document.core_properties, name, secret[:250])

        return _document(fill)

    return plant


def _picture(secret: str) -> bytes:
    """A drawing with an alternative text; of a picture it needs no more here."""
    space = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    drawing = f'<w:r {nsdecls("w")} {space}><w:drawing><wp:inline><wp:docPr id="1" name="map" '
    drawing += f"descr={quoteattr(secret)}/></wp:inline></w:drawing></w:r>"

    def fill(document: docx.document.Document) -> None:
        document.add_paragraph()._p.append(parse_xml(drawing))

    return _document(fill)


def _bookmark(secret: str) -> bytes:
    name = _word(secret)
    mark = f'<w:bookmarkStart {nsdecls("w")} w:id="7" w:name="{name}"/>'

    def fill(document: docx.document.Document) -> None:
        document.add_paragraph()._p.append(parse_xml(mark))

    return _document(fill)


def _footnote(secret: str) -> bytes:
    note = f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2"><w:p><w:r><w:t>'
    note += f"{escape(secret)}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    return _with(_paragraph("x"), {"word/footnotes.xml": note.encode()})


def _deleted(secret: str) -> bytes:
    """A text that was struck out while changes were recorded."""
    gone = (
        f'<w:del {nsdecls("w")} w:id="3"><w:r><w:delText>{escape(secret)}</w:delText></w:r></w:del>'
    )

    def fill(document: docx.document.Document) -> None:
        document.add_paragraph("Kept. ")._p.append(parse_xml(gone))

    return _document(fill)


def _hidden_text(secret: str) -> bytes:
    def fill(document: docx.document.Document) -> None:
        document.add_paragraph().add_run(secret).font.hidden = True

    return _document(fill)


def _embedded(secret: str) -> bytes:
    parts = {"word/embeddings/Microsoft_Excel_Sheet1.xlsx": _hidden_sheet(secret)}
    return _with(_paragraph("x"), parts)


DOCUMENTS: Mapping[str, Plant] = {
    "paragraph": _paragraph,
    "runs": _runs,
    "table": _table,
    "header": _page_header,
    "footer": _page_footer,
    "comment": _word_comment,
    "author of a comment": _commentator,
    "title": _core("title"),
    "subject": _core("subject"),
    "author": _core("author"),
    "keywords": _core("keywords"),
    "comments of the file": _core("comments"),
    "alternative text": _picture,
    "bookmark": _bookmark,
    "footnote": _footnote,
    "deleted text": _deleted,
    "hidden text": _hidden_text,
    "workbook of a chart": _embedded,
}


# --- PDF ---------------------------------------------------------------------------------


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def _typeset(body: str, secret: str, *, files: Mapping[str, bytes] | None = None) -> bytes:
    """A tagged PDF; ``body`` is typst, in which ``s`` is the secret."""
    head = "#let s = sys.inputs.secret\n"
    if "document(" not in body:
        head += '#set document(title: "A report")\n'
    source = {"main.typ": (head + '#set text(lang: "en")\n' + body).encode(), **(files or {})}
    compiler = typst.Compiler(source, font_paths=_fonts(), sys_inputs={"secret": secret})
    made = compiler.compile(format="pdf", pdf_standards=["ua-1"])
    assert isinstance(made, bytes)
    return made


def _set(body: str) -> Plant:
    return lambda secret: _typeset(body, secret)


NARROW = "#set page(width: 210pt, height: 130pt, header: [Top], footer: [End])\n"


def _written(change: Callable[[pypdf.PdfWriter], None]) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(_typeset("Risk R1: flooding.", "x")))
    change(writer)
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def _info(secret: str) -> bytes:
    return _written(lambda writer: writer.add_metadata({"/Kept": secret}))


def _xmp(secret: str) -> bytes:
    def change(writer: pypdf.PdfWriter) -> None:
        stream = DecodedStreamObject()
        stream.set_data(f"<x:xmpmeta xmlns:x='x'><a>{escape(secret)}</a></x:xmpmeta>".encode())
        stream[NameObject("/Type")] = NameObject("/Metadata")
        writer.root_object[NameObject("/Metadata")] = writer._add_object(stream)

    return _written(change)


def _outline(secret: str) -> bytes:
    return _written(lambda writer: writer.add_outline_item(title=secret, page_number=0) and None)


def _attached(secret: str) -> bytes:
    data = secret.encode()
    return _written(lambda writer: writer.add_attachment(filename="kept.txt", data=data) and None)


def _attached_workbook(secret: str) -> bytes:
    data = _hidden_sheet(secret)
    return _written(lambda writer: writer.add_attachment(filename="kept.xlsx", data=data) and None)


def _note_on_a_page(secret: str) -> bytes:
    note = Text(rect=(10, 10, 40, 40), text=secret)
    return _written(lambda writer: writer.add_annotation(0, note) and None)


def _text_on_a_page(secret: str) -> bytes:
    note = FreeText(rect=(10, 10, 90, 40), text=secret)
    return _written(lambda writer: writer.add_annotation(0, note) and None)


def _drawn_by_a_note(secret: str) -> bytes:
    """What an annotation shows is a drawing of its own, whatever its text says."""

    def change(writer: pypdf.PdfWriter) -> None:
        form = DecodedStreamObject()
        shown = _word(secret)
        half = len(shown) // 2
        form.set_data(f"BT [({shown[:half]}) -30 ({shown[half:]})] TJ ET".encode())
        form[NameObject("/Type")] = NameObject("/XObject")
        form[NameObject("/Subtype")] = NameObject("/Form")
        note = writer.add_annotation(0, Text(rect=(10, 10, 40, 40), text="a note"))
        look = DictionaryObject({NameObject("/N"): writer._add_object(form)})
        note[NameObject("/AP")] = look

    return _written(change)


def _untagged(secret: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(_typeset("Before. #s After.", secret)))
    del writer.root_object["/StructTreeRoot"]
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def _in_a_code_that_nobody_knows(secret: str) -> bytes:
    def change(writer: pypdf.PdfWriter) -> None:
        stream = DecodedStreamObject()
        stream.set_data(secret.encode())
        stream[NameObject("/Filter")] = NameObject("/Unheard")
        writer._add_object(stream)

    return _written(change)


def _unreachable(secret: str) -> bytes:
    """An object to which nothing refers, as programs leave them behind."""

    def change(writer: pypdf.PdfWriter) -> None:
        kept = DictionaryObject({NameObject("/Kept"): create_string_object(secret)})
        writer._add_object(kept)

    return _written(change)


def _field(secret: str) -> bytes:
    def change(writer: pypdf.PdfWriter) -> None:
        field = DictionaryObject(
            {
                NameObject("/FT"): NameObject("/Tx"),
                NameObject("/T"): create_string_object("a field"),
                NameObject("/V"): create_string_object(secret),
                NameObject("/Ff"): NumberObject(0),
            }
        )
        form = DictionaryObject({NameObject("/Fields"): writer._add_object(field)})
        writer.root_object[NameObject("/AcroForm")] = writer._add_object(form)

    return _written(change)


def _superseded(secret: str) -> bytes:
    """An earlier state of the file, which stays in its bytes when it is saved over."""
    first = _note_on_a_page(secret)
    return first[: first.rindex(b"%%EOF")] + b"%%EOF\n" + _typeset("Clean.", "x")


PDFS: Mapping[str, Plant] = {
    "page": _set("Before. #s After."),
    "narrow lines, hyphenated": _set(
        "#set page(width: 120pt, height: auto)\n#set text(hyphenate: true)\n"
        "#set par(justify: true)\nBefore it. #s After it."
    ),
    "over two pages": _set(NARROW + "#lorem(28) #s #lorem(30)"),
    "table": _set("#table(columns: 2, table.header([A], [B]), [one], [#s])"),
    "cell over two pages, beside another": _set(
        NARROW + "#table(columns: (70pt, 90pt), table.header([A], [B]),"
        " [#lorem(9) #s #lorem(9)], [#lorem(60)])"
    ),
    "heading and bookmark": _set("= #s\nText."),
    "alternative text": _set("#figure(rect(), alt: s, caption: [c])"),
    "title": _set("#set document(title: s)\nText."),
    "author": _set('#set document(title: "T", author: s)\nText.'),
    "keywords": _set('#set document(title: "T", keywords: (s,))\nText.'),
    "description": _set('#set document(title: "T", description: s)\nText.'),
    "header of the page": _set("#set page(header: s)\nText."),
    "page without tags": _untagged,
    "stream in a code that nobody knows": _in_a_code_that_nobody_knows,
    "property": _info,
    "XMP": _xmp,
    "bookmark": _outline,
    "attachment": _attached,
    "attached workbook": _attached_workbook,
    "note on a page": _note_on_a_page,
    "text on a page": _text_on_a_page,
    "drawn by a note": _drawn_by_a_note,
    "object that nothing refers to": _unreachable,
    "field of a form": _field,
    "earlier state": _superseded,
}


# --- texts -------------------------------------------------------------------------------


def _csv(secret: str) -> bytes:
    held = io.StringIO(newline="")
    csv.writer(held).writerows([["ref", "title"], ["R1", "Flooding"], ["R3", f"x {secret} y"]])
    return held.getvalue().encode("utf-8-sig")


def _csv_heading(secret: str) -> bytes:
    held = io.StringIO(newline="")
    csv.writer(held).writerows([["ref", secret], ["R1", "Flooding"]])
    return held.getvalue().encode()


def _json(secret: str) -> bytes:
    return json.dumps({"risks": [{"ref": "R1", "update": f"x {secret} y"}]}).encode()


def _json_name(secret: str) -> bytes:
    return json.dumps({"overall": {secret: 1}}, ensure_ascii=False).encode()


CSVS: Mapping[str, Plant] = {"cell": _csv, "heading": _csv_heading}
JSONS: Mapping[str, Plant] = {"text": _json, "name": _json_name}
ALL: Mapping[str, Mapping[str, Plant]] = {
    "xlsx": WORKBOOKS,
    "docx": DOCUMENTS,
    "pdf": PDFS,
    "csv": CSVS,
    "json": JSONS,
}
