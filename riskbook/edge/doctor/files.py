"""Obstacles of one workbook: what is in it, where it lies and who holds it."""

from pathlib import PurePath

from riskbook.edge.doctor.facts import WINDOWS, Book, Machine, pure
from riskbook.edge.doctor.report import Obstacle, found, ok, unknown

_XLWINGS = "XLWINGS_VERSION As String = "
# Excel opens files in these folders in Protected View, with or without a mark
_UNSAFE = ("inetcache", "temporary internet files", "content.outlook", "downloaded program files")


def _no_file(name: str) -> Obstacle:
    return unknown(
        name,
        "No workbook was given.",
        fix="Give one: riskbook doctor FILE.",
    )


def workbook(machine: Machine, book: Book | None) -> Obstacle:
    """Whether riskbook opens the file at all."""
    name = "workbook"
    if book is None:
        return _no_file(name)
    if book.is_address:
        return unknown(
            name,
            "An address of the web is not opened.",
            fix="Save a copy on this computer and give that: riskbook doctor FILE.",
        )
    if book.refused:
        return found(name, book.refused, fix=_sentence(book.refused_fix))
    return ok(name, f"{book.name} can be opened.")


def xlwings_version(machine: Machine, book: Book | None) -> Obstacle:
    """Whether the xlwings module in the workbook fits the package that answers it."""
    name = "xlwings-version"
    if book is None or book.is_address or book.refused:
        return _no_file(name) if book is None else _not_opened(name)
    if book.unread:
        return unknown(
            name,
            f"The macros in {book.name} could not be read: {book.unread.rstrip('.')}.",
            fix="Repair the installation, or take a new workbook from riskbook build-templates.",
        )
    module, package = module_version(book), machine.packages.get("xlwings", "")
    if not module:
        return ok(name, f"{book.name} holds no xlwings module that could differ.")
    if module != package:
        return found(
            name,
            f"{book.name} has the module of xlwings {module}; installed is {package or 'none'}.",
            fix=f"Install xlwings {module}, or build the workbook again: riskbook build-templates.",
        )
    return ok(name, f"The module in {book.name} and the package are both xlwings {package}.")


def module_version(book: Book) -> str:
    """The version that the xlwings module in a workbook says it has; empty without one."""
    for text in book.modules.values():
        if _XLWINGS in text:
            return text.partition(_XLWINGS)[2].partition('"')[2].partition('"')[0][:20]
    return ""


def workbook_settings(machine: Machine, book: Book | None) -> Obstacle:
    """Whether the sheet that xlwings takes its settings from is as riskbook wrote it."""
    name = "workbook-settings"
    if book is None or book.is_address or book.refused:
        return _no_file(name) if book is None else _not_opened(name)
    if book.strange:
        return found(
            name,
            f"The hidden settings in {book.name} are not riskbook's: {book.strange[0]}.",
            fix="Copy the entries into a new workbook, and ask who changed this one.",
        )
    if book.settings is None:
        return ok(name, f"{book.name} holds no settings that a button would follow.")
    return ok(name, f"The hidden settings in {book.name} are as riskbook writes them.")


def mark_of_the_web(machine: Machine, book: Book | None) -> Obstacle:
    """Whether the file is marked as having come from elsewhere."""
    name = "mark-of-the-web"
    if book is None:
        return _no_file(name)
    if book.is_address:
        return _not_opened(name)
    if book.mark:
        return found(
            name,
            f"{book.name} is marked as downloaded ({book.mark}), so Excel runs no macros in it.",
            fix=f"If you know who sent it, {_unmark(machine, book)}.",
        )
    return ok(name, f"{book.name} is not marked as downloaded.")


def _unmark(machine: Machine, book: Book) -> str:
    if machine.system == WINDOWS:
        return "tick Unblock in its properties, or keep it in a trusted location"
    if book.mark.startswith("com.apple"):
        return f'run xattr -d {book.mark} "{book.path}"'
    return f'run setfattr -x {book.mark} "{book.path}"'


def protected_view(machine: Machine, book: Book | None) -> Obstacle:
    """Whether Excel shows the file without letting anybody, or any program, edit it."""
    name = "protected-view"
    if book is None:
        return _no_file(name)
    if machine.system != WINDOWS or book.is_address:
        return unknown(
            name,
            "Protected View is a part of Excel for Windows and cannot be seen from here.",
            fix="If a yellow bar says PROTECTED VIEW, choose Enable Editing.",
        )
    folders = {part.lower() for part in pure(machine.system, book.path).parent.parts}
    if book.mark or folders & set(_UNSAFE):
        why = "its mark of the web" if book.mark else "the folder it lies in"
        return found(
            name,
            f"Excel opens {book.name} in Protected View because of {why}; no button works there.",
            fix="Choose Enable Editing in the yellow bar, or unblock or move the file first.",
        )
    return ok(name, f"Nothing about {book.name} calls for Protected View.")


def cloud_path(machine: Machine, book: Book | None) -> Obstacle:
    """Whether Excel knows the file by an address of the web instead of by its path."""
    name = "cloud-path"
    if book is None:
        return _no_file(name)
    if book.is_address:
        return found(
            name,
            "This is an address of SharePoint or OneDrive, and no button or command opens one.",
            fix="Open it in the desktop Excel and run riskbook refresh --live with its name, or "
            "save a copy on this computer.",
        )
    path = pure(machine.system, book.path)
    folder = next((each for each in machine.synchronised if _within(machine, path, each)), "")
    folder = folder or next((part for part in path.parts if part.startswith("OneDrive")), "")
    if folder:
        return found(
            name,
            f"{book.name} lies in {folder}, so Excel may call it by an address of the web.",
            fix="Use the add-in or riskbook refresh --live while it is open, or move it to a "
            "folder that is not synchronised.",
        )
    return ok(name, f"{book.name} is not in a folder that OneDrive synchronises.")


def _within(machine: Machine, path: PurePath, folder: str) -> bool:
    return pure(machine.system, folder) in path.parents


def locked_file(machine: Machine, book: Book | None) -> Obstacle:
    """Whether somebody has the file open, or it may not be written."""
    name = "locked-file"
    if book is None:
        return _no_file(name)
    if book.is_address:
        return _not_opened(name)
    if book.busy:
        return found(
            name,
            book.busy,
            fix=_sentence(book.busy_fix).rstrip(".") + " (riskbook refresh --live needs it open).",
        )
    return ok(name, f"Nobody has {book.name} open.")


def _not_opened(name: str) -> Obstacle:
    return unknown(
        name,
        "The file was not opened, so this cannot be told.",
        fix="Give a workbook on this computer that riskbook opens.",
    )


def _sentence(fix: str) -> str:
    return fix[:1].upper() + fix[1:]


FILES = (
    workbook,
    locked_file,
    cloud_path,
    mark_of_the_web,
    protected_view,
    xlwings_version,
    workbook_settings,
)
