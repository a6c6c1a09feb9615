"""Pictures of cells, drawn as they would be printed on a page of just their size.

What LibreOffice puts on its clipboard as a picture shows conditional formats wrongly: it
draws a copy in which the rules count from other cells.
"""

from contextlib import contextmanager

from com.sun.star.beans import PropertyValue

STYLE = "riskbook picture"
SLACK = 100  # 1/100 mm that the page is larger, so that nothing goes onto a second one
INCH, SCREEN = 2540, 96  # 1/100 mm, pixels
NO_SIDES = {f"{side}Margin": 0 for side in ("Left", "Right", "Top", "Bottom")}
FITTED = {"ScaleToPagesX": 1, "ScaleToPagesY": 1, "HeaderIsOn": False, "FooterIsOn": False}


@contextmanager
def page_for(block, document):
    """Give a block's sheet a page of the block's size for a moment; then all is as it was."""
    sheet, changed, size = block.Spreadsheet, document.isModified(), block.Size
    old, hidden = sheet.PageStyle, not sheet.IsVisible
    repeated = sheet.getPrintTitleRows(), sheet.getPrintTitleColumns()
    styles = document.StyleFamilies.getByName("PageStyles")
    style = document.createInstance("com.sun.star.style.PageStyle")
    styles.insertByName(STYLE, style)
    try:
        for name, value in (NO_SIDES | FITTED).items():
            setattr(style, name, value)
        style.IsLandscape = size.Width > size.Height
        style.Width, style.Height = size.Width + SLACK, size.Height + SLACK
        sheet.PageStyle, sheet.IsVisible = STYLE, True
        sheet.setPrintTitleRows(False)
        sheet.setPrintTitleColumns(False)
        yield size
    finally:
        sheet.setPrintTitleRows(repeated[0])
        sheet.setPrintTitleColumns(repeated[1])
        sheet.PageStyle, sheet.IsVisible = old, not hidden
        styles.removeByName(STYLE)
        document.setModified(changed)


def draw(block, document, tools, bitmap, picture):
    """Draw a block of cells into a file.

    Args:
        block: the cells.
        document: their workbook.
        tools: com.sun.star.awt.Toolkit and com.sun.star.graphic.GraphicProvider.
        bitmap: the path and the address of a file that is written on the way.
        picture: the address of the PNG file.
    """
    toolkit, provider = tools
    with page_for(block, document) as size:
        pixels = [side * SCREEN // INCH + 1 for side in (size.Width, size.Height)]
        device = toolkit.createScreenCompatibleDevice(*pixels)
        document.render(0, block, named(RenderDevice=device, IsPrinter=True))
        data = device.createBitmap(0, 0, size.Width, size.Height).getDIB().value
    path, address = bitmap
    with open(path, "wb") as file:
        file.write(data)
    graphic = provider.queryGraphic(named(URL=address))
    provider.storeGraphic(graphic, named(URL=picture, MimeType="image/png"))


def named(**given):
    """Arguments as LibreOffice takes them."""
    made = []
    for name, value in given.items():
        argument = PropertyValue()
        argument.Name, argument.Value = name, value
        made.append(argument)
    return tuple(made)


OPERATIONS = {"picture.draw": draw}
