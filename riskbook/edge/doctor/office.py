"""Obstacles of Excel and LibreOffice: what policies forbid, and what is not installed."""

from riskbook.edge.doctor.facts import ADD_IN, DENIED, MAC, WINDOWS, Book, Machine, Policies
from riskbook.edge.doctor.registry import RULE
from riskbook.edge.doctor.report import Obstacle, found, ok, unknown

_OUTSIDE = "un riskbook refresh FILE --live, which Excel does not have to start"
_RULE_NAME = '"Block all Office applications from creating child processes"'
_WITH_MACROS = (".xlsm", ".xlam", ".xltm")


def child_process(machine: Machine, book: Book | None) -> Obstacle:
    """Whether Microsoft Defender keeps Excel from starting a program."""
    name = "child-process"
    policies = machine.policies
    if policies is None:
        return unknown(
            name,
            f"Microsoft Defender's rule {_RULE_NAME} can be read on Windows only.",
            fix="Run riskbook doctor on the officer's Windows PC.",
        )
    if policies.child_process in ("1", "6"):
        does = "blocks" if policies.child_process == "1" else "warns, and then blocks,"
        return found(
            name,
            f"Microsoft Defender {does} what Excel starts: the rule {_RULE_NAME} is on ({RULE}).",
            fix=f"R{_OUTSIDE}; or have IT exclude the interpreter from the rule.",
        )
    if policies.child_process == DENIED:
        return unknown(
            name,
            "This user may not read the rules of Microsoft Defender.",
            fix=f"Run riskbook doctor as an administrator, or ask IT for the rule {RULE}.",
        )
    state = {"2": "only watches (audit)", "0": "is off"}.get(policies.child_process, "is not set")
    return ok(name, f"Microsoft Defender's rule against programs started by Office {state}.")


def macros_disabled(machine: Machine, book: Book | None) -> Obstacle:
    """Whether Excel runs macros at all, and if only signed ones."""
    name = "macros-disabled"
    policies = machine.policies
    if policies is None:
        return unknown(
            name,
            "Excel's macro settings can be read on Windows only.",
            fix="Look in Excel: on Windows under Options, Trust Center; on a Mac under Security.",
        )
    who = "A policy" if policies.macros_by_policy else "The Trust Center"
    if policies.vba_off:
        return found(
            name,
            "A policy switches Visual Basic off for all of Office, so no button can run.",
            fix=f"Use a workbook without macros and r{_OUTSIDE}.",
        )
    if policies.macros == 4:
        return found(
            name,
            f"{who} disables all macros without asking, so neither add-in nor buttons run.",
            fix=f"Put {ADD_IN} in a trusted location, or r{_OUTSIDE}.",
        )
    if policies.macros == 3:
        return found(
            name,
            f"{who} lets only signed macros run.",
            fix=f"Sign {ADD_IN} with the council's certificate, or put it in a trusted location.",
        )
    answers = {1: "runs all macros", None: "asks before it runs macros"}
    return ok(name, f"Excel {answers.get(policies.macros, 'asks before it runs macros')}.")


def trusted_location(machine: Machine, book: Book | None) -> Obstacle:
    """Whether the add-in, or the file with macros, lies in a folder that Excel trusts."""
    name = "trusted-location"
    policies = machine.policies
    if policies is None:
        return unknown(
            name,
            "Excel's trusted locations can be read on Windows only.",
            fix="Run riskbook doctor on the Windows PC; Excel for Mac has none: sign the add-in.",
        )
    files = [book.path] if book and book.path and book.suffix in _WITH_MACROS else []
    files += policies.add_ins
    if not files:
        return unknown(
            name,
            f"Excel does not load {ADD_IN}, and no file with macros was given.",
            fix=f"Install {ADD_IN} in a trusted location, or give the file: riskbook doctor FILE.",
        )
    outside = [file for file in files if not _is_trusted(file, policies)]
    if outside:
        off = " (a policy switches trusted locations off)" if policies.trusted_off else ""
        return found(
            name,
            f"{outside[0]} is not in a trusted location{off}.",
            fix="Move it to a folder that the policy Trusted Locations of Excel names, or sign it.",
        )
    return ok(name, f"{files[0]} is in a trusted location.")


def _is_trusted(file: str, policies: Policies) -> bool:
    return not policies.trusted_off and any(place.holds(file) for place in policies.trusted)


def scripts(machine: Machine, book: Book | None) -> Obstacle:
    """Whether Excel for Mac has the scripts through which alone it may start a program."""
    name = "mac-script"
    if machine.system != MAC:
        return ok(name, "Only Excel for Mac needs an AppleScript.")
    missing = [script for script, there in machine.scripts.items() if not there]
    if missing:
        return found(
            name,
            f"Excel for Mac may not start riskbook: {' and '.join(missing)} missing.",
            fix="Copy riskbook.applescript to ~/Library/Application Scripts/com.microsoft.Excel, "
            "and run xlwings runpython install.",
        )
    return ok(name, "The AppleScripts are in the folder that Excel may run.")


def libreoffice_helper(machine: Machine, book: Book | None) -> Obstacle:
    """Whether LibreOffice has the toolbar and the helper behind it."""
    name = "libreoffice-helper"
    office = machine.office
    if office is None:
        return ok(name, "LibreOffice was not found here, so it needs no extension.")
    if not office.helper:
        unopkg = "unopkg.exe" if machine.system == WINDOWS else "unopkg"
        return found(
            name,
            "LibreOffice has no riskbook extension: no toolbar there, and no --live.",
            fix=f"Close LibreOffice and run {unopkg} add riskbook.oxt; for all users, as an "
            f"administrator, {unopkg} add --shared riskbook.oxt.",
        )
    return ok(name, f"LibreOffice's extension is installed for {office.helper}.")


OFFICE = (child_process, macros_disabled, trusted_location, scripts, libreoffice_helper)
