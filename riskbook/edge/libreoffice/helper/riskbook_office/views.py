"""How a sheet is shown and printed: frozen panes, gridlines, page styles.

LibreOffice freezes panes and hides gridlines of the sheet that is shown, and of no other:
for a moment another sheet is shown.
"""

from riskbook_office.editing import looking_at, send

FROZEN = 2  # com.sun.star.sheet split mode in a view's data
DEFAULT = "Default"  # LibreOffice's own page style: it prints the sheet's name and "Page 1"


def data(sheet, document):
    """How a sheet is shown: LibreOffice's view data of it, None if it was never shown."""
    document.setViewData(None)  # what it told once it would tell for ever
    views = document.getViewData()
    told = {each.Name: each.Value for each in views.getByIndex(0)}
    tables = told["Tables"]
    if not tables.hasByName(sheet.Name):
        return None
    return {each.Name: each.Value for each in tables.getByName(sheet.Name)}


def frozen(sheet, document):
    """Frozen columns and rows of a sheet."""
    told = data(sheet, document) or {}
    return [
        told.get(f"{side}SplitPosition", 0) if told.get(f"{side}SplitMode") == FROZEN else 0
        for side in ("Horizontal", "Vertical")
    ]


def freeze(sheet, document, columns, rows):
    """Freeze the first columns and rows of a sheet; 0 and 0 freeze nothing."""
    with looking_at(document, sheet) as view:
        view.setActiveSheet(sheet)
        view.freezeAtPosition(0, 0)
        if columns or rows:
            view.setFirstVisibleColumn(0)
            view.setFirstVisibleRow(0)
            view.freezeAtPosition(columns, rows)


def grid(sheet, document, dispatcher, show):
    """Whether a sheet shows its gridlines; None asks, a truth sets."""
    shown = (data(sheet, document) or {}).get("ShowGrid", True)
    if show is None or show == shown:
        return shown
    with looking_at(document, sheet) as view:
        view.setActiveSheet(sheet)
        send(dispatcher, view, ".uno:ToggleSheetGrid")
    return show


def own_style(sheet, document):
    """Give a sheet a page style that no other sheet has; the same set-up."""
    styles = document.StyleFamilies.getByName("PageStyles")
    old, sheets = sheet.PageStyle, document.Sheets
    users = [sheets.getByIndex(place).PageStyle for place in range(sheets.Count)]
    if old != DEFAULT and users.count(old) == 1:
        return
    name, number = f"PageStyle_{sheet.Name}", 2
    while styles.hasByName(name):
        name, number = f"PageStyle_{sheet.Name}_{number}", number + 1
    made = document.createInstance("com.sun.star.style.PageStyle")
    styles.insertByName(name, made)
    copy(styles.getByName(old), made)
    if old == DEFAULT:
        made.HeaderIsOn = made.FooterIsOn = False
    sheet.PageStyle = name


def copy(old, made):
    """Give a page style what another one sets."""
    for each in old.getPropertySetInfo().getProperties():
        name, read_only = each.Name, each.Attributes & 16
        if not read_only and not name.startswith(("Header", "Footer", "Display")):
            value = getattr(old, name)
            if value is not None and "Content" not in name:
                setattr(made, name, value)
    for side in ("Header", "Footer"):
        setattr(made, f"{side}IsOn", getattr(old, f"{side}IsOn"))
        content = getattr(old, f"RightPage{side}Content")
        if content is not None:
            setattr(made, f"RightPage{side}Content", content)


OPERATIONS = {
    "view.frozen": frozen,
    "view.freeze": freeze,
    "view.grid": grid,
    "page.own": own_style,
}
