"""What each button does, on an open workbook.

::

    run("refresh", book, say)  ->  Pressed(sentence, goto)

The work is the use cases' and the exports' own; here is only which of them, on which
folder, and what is said.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from riskbook import __version__, app
from riskbook.core.commands import COMMANDS
from riskbook.core.finding import Finding, Severity
from riskbook.core.grid import CellRef
from riskbook.core.pages.checks import HEAD_ROW, HEADINGS
from riskbook.core.words import listed
from riskbook.edge.documents import profiles
from riskbook.edge.documents.entries import Judge
from riskbook.errors import SavingError
from riskbook.excel.livebook import LiveBook

Say = Callable[[str], None]  # one step, for the status bar
PLACE = HEADINGS.index("Cell") + 1  # the column of Checks that names a cell
UNSEEN = (  # the parts of an open workbook cannot be looked at
    "Notes, links, words struck out, colours and drawings stay in this workbook: "
    "riskbook new-period FILE lists them."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """What a command came to."""

    sentence: str
    goto: CellRef | None = None
    failed: bool = False

    @property
    def errors(self) -> bool:
        """Whether the register has an error: then there is a cell to go to."""
        return self.goto is not None and not self.failed

    @property
    def mode(self) -> str:
        """The kind of message."""
        return "critical" if self.failed else "info"


def run(name: str, book: Any, say: Say) -> Pressed:
    """Run a command on an open workbook."""
    return WORK[name](LiveBook(book, say), say)


def refresh(book: LiveBook, say: Say) -> Pressed:
    """Recalculate, write the own sheets, point at the first error."""
    say("reading the entries ...")
    outcome = app.refresh(book, profiles.of(book), None, Judge(), _sealed(book))
    sentence = f"{outcome.sentence}: see {outcome.profile.sheets['checks']}."
    if book.differing:
        shown = listed([str(at) for at in book.differing[:3]])
        sentence += (
            f" {len(book.differing)} formulas do not show what riskbook computes, the first at "
            f"{shown}: recalculate (F9) and look at them."
        )
    return Pressed(sentence=sentence, goto=first_error(outcome.findings))


def check(book: LiveBook, say: Say) -> Pressed:
    """List the findings on Checks, point at the first error."""
    say("reading the entries ...")
    outcome = _looked(book)
    sheet = outcome.profile.sheets["checks"]
    book.write(outcome.profile.risks.sheet, {}, [p for p in outcome.pages if p.sheet == sheet])
    return Pressed(sentence=f"{outcome.sentence}: see {sheet}.", goto=first_error(outcome.findings))


def first_error(findings: tuple[Finding, ...]) -> CellRef | None:
    """The cell of the first finding that is an error."""
    return next((each.at for each in findings if each.severity is Severity.ERROR), None)


def next_finding(book: LiveBook, say: Say) -> Pressed:
    """From the selected cell on to the next one that Checks names, round and round."""
    sheet = profiles.of(book).sheets["checks"]
    listed_on = book.read([sheet])[sheet]
    lines = [
        (row, listed_on.at(row, PLACE).text, listed_on.at(row, PLACE + 2).text)
        for row, _ in listed_on.lines()
        if row > HEAD_ROW
    ]
    places = [(row, at, what) for row, text, what in lines if (at := _cell(book, text))]
    if not places:
        return Pressed(sentence=f"{sheet} lists nothing: press Check or Refresh first.")
    here = _selected(book)
    now = [n for n, (row, at, _) in enumerate(places) if here in (at, CellRef(sheet, row, PLACE))]
    turn = 0
    if now:
        # on the list itself the line that is selected comes first
        turn = now[0] if here and here.sheet == sheet else (now[-1] + 1) % len(places)
    _, at, what = places[turn]
    return Pressed(sentence=f"{turn + 1} of {len(places)}: {at}: {what}", goto=at)


def _cell(book: LiveBook, text: str) -> CellRef | None:
    sheet, mark, address = text.rpartition("!")
    if not mark or sheet not in book.sheets():
        return None
    found = book.book.sheets[sheet].range(address)
    return CellRef(sheet, found.row, found.column)


def _selected(book: LiveBook) -> CellRef | None:
    chosen = book.book.app.selection
    return CellRef(chosen.sheet.name, chosen.row, chosen.column) if chosen else None


def export(book: LiveBook, say: Say) -> Pressed:
    """Values only, as a workbook, CSV tables and JSON, into a folder beside the workbook."""
    from riskbook.edge.exporting import FORMS, Source, export_register

    path = path_of(book)
    say("reading the entries ...")
    outcome = _looked(book)
    folder = path.with_name(f"{path.stem} export")
    say("writing the files ...")
    source = Source.saved(path)
    written = [
        file
        for form in FORMS
        for file in export_register(outcome, path.stem, folder, form, bom=True, source=source)
    ]
    return Pressed(sentence=f"{len(written)} files are in {folder}.")


def report(book: LiveBook, say: Say) -> Pressed:
    """A PDF beside the workbook."""
    from riskbook.edge.paper import write_report

    path = path_of(book)
    say("reading the entries ...")
    outcome = _looked(book)
    say("making the pages ...")
    made = write_report(outcome, path.stem, path.parent, overwrite=True)
    return Pressed(sentence=f"The report is {made}.")


def snapshot(book: LiveBook, say: Say) -> Pressed:
    """A sealed copy of the period beside the workbook."""
    from riskbook.edge import snapshots

    path = path_of(book)
    say("reading the entries ...")
    made = snapshots.seal(_looked(book), path.stem, path.parent / snapshots.FOLDER)
    told = "is sealed in" if made.new else "was sealed already, nothing had changed:"
    return Pressed(sentence=f"The period {told} {made.path}.")


def new_period(book: LiveBook, say: Say) -> Pressed:
    """The next quarter's workbook beside this one."""
    from riskbook.edge import new_period as edge

    path = path_of(book)
    say("reading the entries ...")
    outcome = _looked(book)
    say("making the workbook ...")
    made = edge.new_period(outcome, path.stem, path.parent, present=path, book=book)
    return Pressed(sentence=" ".join([made.sentence(), *made.notes, UNSEEN]))


def help_(book: LiveBook, say: Say) -> Pressed:
    """What the buttons do."""
    lines = [f"{command.label}: {command.tip}" for command in COMMANDS if command.name != "help"]
    about = profiles.of(book).title
    return Pressed(
        sentence="\n".join(
            [
                "Type in the white cells and choose from the lists; grey cells are worked out.",
                "",
                *lines,
                "",
                f"{about}; riskbook {__version__}. If a button does nothing, ask IT to run: "
                "riskbook doctor",
            ]
        )
    )


def _looked(book: LiveBook) -> app.Outcome:
    return app.check(book, profiles.of(book), None, Judge(), _sealed(book))


def _sealed(book: LiveBook) -> Sequence[Mapping[str, Any]]:
    """The earlier periods that were sealed beside the workbook, where it is kept in a folder."""
    from riskbook.edge import snapshots

    try:
        return snapshots.beside(path_of(book))
    except SavingError:  # of a workbook that was never saved there are none
        return ()


def path_of(book: LiveBook) -> Path:
    """Where the open workbook is kept.

    Raises:
        SavingError: it was never saved, or it is kept on a web site.
    """
    name = str(book.book.fullname)
    if "://" in name:
        raise SavingError(
            f"{book.name} is open from a web address, so there is no folder beside it.",
            fix="open it from the synced folder on this computer, or save a copy there.",
        )
    path = Path(name)
    if not path.is_absolute():
        raise SavingError(f"{book.name} was never saved.", fix="save it first.")
    return path


WORK: Mapping[str, Callable[[LiveBook, Say], Pressed]] = {
    "refresh": refresh,
    "check": check,
    "next_finding": next_finding,
    "export": export,
    "report": report,
    "snapshot": snapshot,
    "new_period": new_period,
    "help": help_,
}
