"""What the probes bring home, as plain data; what it means is decided elsewhere.

::

    probes  ->  Machine, Book  ->  obstacles  ->  report

Every probe can be replaced by writing its result down, so each obstacle of a Windows PC or
a Mac is tried on any system.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

WINDOWS, MAC = "win32", "darwin"  # as in sys.platform
ADD_IN = "riskbook.xlam"
DENIED = "denied"  # a policy that this user may not read


def pure(system: str, path: str) -> PurePath:
    """A path as its own system reads it, whichever system this is."""
    return PureWindowsPath(path) if system == WINDOWS else PurePosixPath(path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A folder that Excel trusts."""

    path: str
    below: bool = False  # whether the folders in it are trusted too

    def holds(self, file: str) -> bool:
        """Whether a file lies in it."""
        trusted, folder = PureWindowsPath(self.path), PureWindowsPath(file).parent
        return folder == trusted or (self.below and trusted in folder.parents)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policies:
    """What Windows' registry says about Excel and about Microsoft Defender."""

    child_process: str = ""  # the rule's state: 0 off, 1 block, 2 audit, 6 warn; "" not set
    macros: int | None = None  # 1 all, 2 ask, 3 signed only, 4 none; None not set
    macros_by_policy: bool = False  # else the user's own choice
    vba_off: bool = False  # Visual Basic is switched off for all of Office
    trusted: tuple[Location, ...] = ()
    trusted_off: bool = False  # a policy switches every trusted location off
    add_ins: tuple[str, ...] = ()  # full paths of riskbook.xlam that Excel loads
    excel: str = ""  # its version
    excel_path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """LibreOffice."""

    path: str  # of soffice
    version: str = ""
    helper: str = ""  # who has the extension: "you", "all users"; empty where it is missing
    program: str = ""  # the Python that the extension starts


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """This computer, this user and this installation of riskbook."""

    system: str  # as in sys.platform
    python: tuple[int, int, int]
    executable: str  # the full path of the interpreter that runs this
    packages: Mapping[str, str]  # name -> version, empty where it is missing
    needed: tuple[str, ...] = ()  # those of them that riskbook cannot do without
    open_folder: str = ""  # the first folder of the programs that this user may write to
    open_known: bool = True  # False where that cannot be told, e.g. for an administrator
    uncompiled: int = 0  # modules of riskbook without bytecode that is up to date
    package: str = ""  # the folder of the package riskbook
    office: Office | None = None
    policies: Policies | None = None  # on Windows only
    excel: str = ""  # its version, on a Mac
    scripts: Mapping[str, bool] = field(default_factory=dict)  # on a Mac: AppleScript -> there
    synchronised: tuple[str, ...] = ()  # folders that OneDrive copies to the web
    log: str = ""
    exists: Callable[[str], bool] = lambda path: Path(path).is_file()


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """One workbook or add-in, as far as the doctor looks into it."""

    name: str  # as it was given
    path: str = ""  # in full; empty for an address of the web
    refused: str = ""  # why the gate refused it
    refused_fix: str = ""
    busy: str = ""  # why it could not be replaced now
    busy_fix: str = ""
    mark: str = ""  # the mark of where it came from; empty without one
    macros: bool = False  # whether it holds any
    unread: str = ""  # why the macros could not be read
    modules: Mapping[str, str] = field(default_factory=dict)  # name -> text
    programs: Mapping[str, str] = field(default_factory=dict)  # INTERPRETER_WIN -> its path
    settings: Mapping[str, str] | None = None  # of the sheet xlwings.conf; None without one
    strange: tuple[str, ...] = ()  # what on that sheet is not as riskbook writes it

    @property
    def is_address(self) -> bool:
        """Whether it is an address of the web and no file."""
        return "://" in self.name

    @property
    def suffix(self) -> str:
        """``.xlsm``, in lower case."""
        return PurePosixPath(self.name).suffix.lower()
