"""Why a button does not work: what is installed, what it would run, what is in its way.

::

    machine, book      look, and write down what they saw            (facts)
    programs, office, files   judge the facts, one obstacle each     (report)

Nothing is started, nothing is written and no network is used.  A workbook goes through the
gate like everywhere; what it names is compared and never run.
"""

from riskbook import __version__
from riskbook.edge.doctor import book, machine
from riskbook.edge.doctor.buttons import buttons
from riskbook.edge.doctor.facts import Book, Machine
from riskbook.edge.doctor.files import FILES
from riskbook.edge.doctor.office import OFFICE
from riskbook.edge.doctor.programs import PROGRAMS
from riskbook.edge.doctor.report import Installed, Report

__all__ = ["JUDGES", "Report", "examine", "judged"]

JUDGES = (*PROGRAMS, *OFFICE, *FILES)


def examine(file: str | None = None) -> Report:
    """Look at this computer and, where one is given, at a workbook or add-in.

    Args:
        file: a path, or an address of the web as Excel may show it.
    """
    return judged(machine.look(), book.look_at(file) if file else None)


def judged(machine: Machine, book: Book | None) -> Report:
    """What the facts come to; the same facts give the same report."""
    return Report(
        installed=tuple(_installed(machine)),
        buttons=buttons(machine, book),
        obstacles=tuple(judge(machine, book) for judge in JUDGES),
    )


def _installed(machine: Machine) -> list[Installed]:
    python = ".".join(map(str, machine.python))
    found = [
        Installed(name="riskbook", version=__version__, where=machine.package),
        Installed(name="Python", version=python, where=machine.executable),
        *(Installed(name=name, version=version) for name, version in machine.packages.items()),
    ]
    if policies := machine.policies:
        found.append(Installed(name="Excel", version=policies.excel, where=policies.excel_path))
        found += [Installed(name="add-in", version="loaded", where=at) for at in policies.add_ins]
    elif machine.excel:
        found.append(Installed(name="Excel", version=machine.excel))
    if office := machine.office:
        found.append(Installed(name="LibreOffice", version=office.version, where=office.path))
        whose = f"for {office.helper}" if office.helper else ""
        found.append(Installed(name="LibreOffice extension", version=whose, where=office.program))
    else:
        found.append(Installed(name="LibreOffice"))
    return [*found, Installed(name="log of crashes", version="file", where=machine.log)]
