"""Rows and columns of a block: heights, widths, which are hidden, what is merged."""

FAR = 20_000  # rows: beyond the used ones all are alike


def sizes(block, rows):
    """The sizes of a block's rows or columns in 1/100 mm: one, or None where they differ."""
    lines = block.Rows if rows else block.Columns
    name = "Height" if rows else "Width"
    cursor = block.Spreadsheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    used, at = cursor.RangeAddress, block.RangeAddress
    last = used.EndRow - at.StartRow if rows else used.EndColumn - at.StartColumn
    count = lines.Count
    if count > FAR:
        count = max(1, min(count, last + 2))
    first = getattr(lines.getByIndex(0), name)
    if any(getattr(lines.getByIndex(n), name) != first for n in range(1, count)):
        return None
    return first


def hidden(block, rows):
    """Whether a block's rows or columns are hidden; None where some are."""
    sheet, at = block.Spreadsheet, block.RangeAddress
    across = sheet.Columns if rows else sheet.Rows
    beside = next((n for n in range(FAR) if across.getByIndex(n).IsVisible), 0)
    if rows:
        line = sheet.getCellRangeByPosition(beside, at.StartRow, beside, at.EndRow)
        whole = at.EndRow - at.StartRow + 1
    else:
        line = sheet.getCellRangeByPosition(at.StartColumn, beside, at.EndColumn, beside)
        whole = at.EndColumn - at.StartColumn + 1
    seen = sum(
        place.EndRow - place.StartRow + place.EndColumn - place.StartColumn + 1
        for place in line.queryVisibleCells().getRangeAddresses()
    )
    return None if 0 < seen < whole else seen == 0


def merged_area(block):
    """The merged cells around the first cell of a block: top, left, bottom, right."""
    cursor = block.Spreadsheet.createCursorByRange(block.getCellByPosition(0, 0))
    cursor.collapseToMergedArea()
    at = cursor.RangeAddress
    return [at.StartRow, at.StartColumn, at.EndRow, at.EndColumn]


def merged(block):
    """Whether the cells of a block are merged; None where some are."""
    top, left, bottom, right = merged_area(block)
    at = block.RangeAddress
    if (top, left) == (bottom, right):
        one = (at.StartRow, at.StartColumn) == (at.EndRow, at.EndColumn)
        return None if block.getIsMerged() and not one else False
    return True if at.EndRow <= bottom and at.EndColumn <= right else None


OPERATIONS = {
    "lines.sizes": sizes,
    "lines.hidden": hidden,
    "lines.merged": merged,
    "lines.merged_area": merged_area,
}
