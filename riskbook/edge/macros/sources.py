"""The text of the macros: read, checked, and given the programs that they may start.

The files are in ``macros/`` of the project, and in the installed package beside this one.
xlwings' module, and the Dictionary that it needs on a Mac, are never kept as copies: they
come with their notices from the xlwings package that is installed, so the module in a
workbook always fits the package that answers it.  It goes in as a class (:func:`as_class`).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from riskbook.errors import RiskbookError

PACKAGE = Path(__file__).resolve().parent.parent.parent
FOLDERS = (PACKAGE / "macros", PACKAGE.parent / "macros")  # an installation; a checkout
BUTTONS = ("RiskbookButtons", "RiskbookSettings", "RiskbookTell")
CLASSES = ("RiskbookStart",)  # where no cell and no button can call anything
ADD_IN = ("RiskbookRunner", "RiskbookStart", "RiskbookTell")
CODE_PAGE = "cp1252"  # of every project that pyOpenVBA makes

_NAME = re.compile(
    r"""(?:VERSION 1\.0 CLASS\nBEGIN\n  MultiUse = -1  'True\nEND\n)?"""
    r"""Attribute VB_Name = "([A-Za-z][A-Za-z0-9_]{0,30})"\n"""
)
_PATH = re.compile(r"([A-Za-z]:\\|\\\\|/)[^\"%$;&|<>^`*?\x00-\x1f]+")
_CLASS = """\
VERSION 1.0 CLASS
BEGIN
  MultiUse = -1  'True
END
Attribute VB_Name = "{}"
Attribute VB_GlobalNameSpace = False
Attribute VB_Creatable = False
Attribute VB_PredeclaredId = False
Attribute VB_Exposed = False
"""
_CONSTANT = 'Private Const {} As String = "{}"'


def _encodes(text: str) -> bool:
    try:
        text.encode(CODE_PAGE)
    except UnicodeEncodeError:
        return False
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpreters:
    """The full path of the Python that every button starts.

    The defaults are places that only an administrator can write to: whoever could put
    another program there could do so with every other program too.
    """

    windows: str = r"C:\Program Files\riskbook\python\python.exe"
    mac: str = "/Library/Application Support/riskbook/bin/python3"
    linux: str = "/opt/riskbook/bin/python3"  # where LibreOffice runs it

    def __post_init__(self) -> None:
        """Refuse what is no full path, or what a command line would not take for one.

        Raises:
            RiskbookError: with the path and what to give instead.
        """
        for path in (self.windows, self.mac, self.linux):
            if not _PATH.fullmatch(path) or not _encodes(path):
                raise RiskbookError(
                    f"{path!r} cannot be the program that the buttons start.",
                    fix="Give its full path, without quotes or any of % $ ; & | < > ^ ` * ?: "
                    r"C:\Program Files\riskbook\python\python.exe.",
                )


DEFAULT = Interpreters()


def chosen(everywhere: str | None, mac: str | None = None) -> Interpreters:
    """The programs that somebody named; one that is named alone stands for all."""
    return Interpreters(
        windows=everywhere or DEFAULT.windows,
        mac=mac or everywhere or DEFAULT.mac,
        linux=everywhere or DEFAULT.linux,
    )


def modules(names: Iterable[str], interpreters: Interpreters = DEFAULT) -> dict[str, str]:
    """Modules of ``macros/`` by name, lines ended as VBA ends them.

    Raises:
        RiskbookError: a file is missing, or no module that VBA would take as it stands.
    """
    found = {}
    for name in names:
        text = _with(interpreters, checked(name, _lines(text_of(file_of(name)))))
        found[name] = text.replace("\n", "\r\n")
    return found


def vendor() -> dict[str, str]:
    """The standalone module of xlwings and its Dictionary, from the installed package.

    Raises:
        RiskbookError: xlwings is not installed, or its module is of another version.
    """
    spec = find_spec("xlwings")
    if spec is None or spec.origin is None:
        raise RiskbookError(
            "xlwings is not installed, and the buttons of a workbook need its module.",
            fix="Install it: pip install riskbook.",
        )
    home = Path(spec.origin).parent
    main = _lines((home / "xlwings.bas").read_bytes())
    installed = version("xlwings")
    if f"\n'Version: {installed}\n" not in main[:400]:
        raise RiskbookError(
            f"The xlwings package is of version {installed} and its module is of another.",
            fix="Install xlwings anew: pip install --force-reinstall xlwings.",
        )
    dictionary = _lines((home / "addin" / "Dictionary.cls").read_bytes())
    found = {"xlwings": as_class("xlwings", checked("xlwings", main)), "Dictionary": dictionary}
    return {name: text.replace("\n", "\r\n") for name, text in found.items()}


def file_of(name: str) -> str:
    """The file that a module of ``macros/`` is in."""
    return f"{name}.cls" if name in CLASSES else f"{name}.bas"


def as_class(name: str, module: str) -> str:
    """An ordinary module as a class; only what a class may not have is changed.

    Every public function of an ordinary module can be called from a cell of the workbook:
    ``=RunPython("...")`` would run whatever stands there as soon as the sheet is calculated,
    and cells are not what a macro's signature covers.  Nothing but code reaches into a class.
    """
    body = module.split("\n", 1)[1]
    body = re.sub(r"(?m)^( *)Declare ", r"\1Private Declare ", body)
    body = re.sub(r"(?m)^Public Const ", "Private Const ", body)
    return _CLASS.format(name) + body


def text_of(name: str) -> bytes:
    """A file of ``macros/`` as it stands.

    Raises:
        RiskbookError: it is not there.
    """
    for folder in FOLDERS:
        if (folder / name).is_file():
            return (folder / name).read_bytes()
    raise RiskbookError(
        f"The source of the macros, {name}, is missing from this installation.",
        fix="Install riskbook anew.",
    )


def checked(name: str, text: str) -> str:
    """The text of a module, if VBA would keep every character of it.

    Raises:
        RiskbookError: its first line names another module, or a character has no place in
            the code page, where it would silently become a question mark.
    """
    found = _NAME.match(text)
    if not found or found[1] != name:
        raise RiskbookError(
            f"The module {name} does not begin with its own name.",
            fix=f'Begin its file with: Attribute VB_Name = "{name}".',
        )
    for number, line in enumerate(text.split("\n"), start=1):
        if not _encodes(line):
            raise RiskbookError(
                f"{name}, line {number}, has a character that VBA cannot keep: {line!r}.",
                fix="Write it with letters of Windows' western code page (cp1252).",
            )
    return text


def interpreters_in(source: str) -> Mapping[str, str]:
    """The programs that a module names, by the name of the constant."""
    pattern = _CONSTANT.format("(INTERPRETER_WIN|INTERPRETER_MAC)", '([^"]*)')
    return dict(re.findall(pattern, source))


def without_interpreters(source: str) -> str:
    """A module's text with the programs that it names left blank."""
    for key in ("INTERPRETER_WIN", "INTERPRETER_MAC"):
        source = re.sub(_CONSTANT.format(key, '[^"]*'), _CONSTANT.format(key, ""), source)
    return source


def _with(interpreters: Interpreters, text: str) -> str:
    given = {"INTERPRETER_WIN": interpreters.windows, "INTERPRETER_MAC": interpreters.mac}
    for key, path in interpreters_in(text).items():
        text = text.replace(_CONSTANT.format(key, path), _CONSTANT.format(key, given[key]))
    return text


def _lines(data: bytes) -> str:
    """Text with its lines ended by a line feed, however the file came here."""
    return data.decode("utf-8").replace("\r\n", "\n")
