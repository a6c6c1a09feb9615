"""Installs what the tests need and runs them all; standard library only.

::

    python3.11 tests/run.py            everything: the quick part first
    python3.11 tests/run.py quick      lint, types, imports, unit tests

A virtual environment of its own (.venv-tests) holds the locked packages.  LibreOffice,
poppler and a screen for windows come through apt when this may install; otherwise the script
says what is missing and which tests that leaves out.
"""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv-tests"
BIN = HOME / ("Scripts" if os.name == "nt" else "bin")
PROGRAMS = {
    "soffice": "libreoffice-calc",
    "lowriter": "libreoffice-writer",  # prints the Word report
    "pdftoppm": "poppler-utils",
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "import": "imagemagick",
}
# LibreOffice's own Python, in which the helper runs: a package of its own, with no program
SCRIPTING = ("libreoffice-script-provider-python", "python3-uno")
SCRIPTS = Path("/usr/lib/libreoffice/program/pythonscript.py")
CODE = ("riskbook", "tests", "benchmarks")
CORE = ("tests/core", "tests/facts")
UNITS = ("tests/edge", "tests/excel", "tests/test_house.py")
WHOLE = ("tests/paper", "tests/spec", "tests/careless")  # finished files, whole commands
TRUST = "tests/trust"  # the figures of docs/trust.md, on smaller numbers


def main(part: str) -> int:
    """Run the parts in order; the first that fails ends the run."""
    install_packages()
    steps = quick()
    if part != "quick":
        install_programs()  # first: some of the quick tests use them too
        steps.append(["pytest", "-q", "-n", "auto", *WHOLE])
        steps.append(["pytest", "-q", "-n", "2", TRUST])  # with two minutes of fuzzing
        steps.append(["pytest", "-q", "tests/live"])  # one process: one LibreOffice for all
    for step in steps:
        say("$ " + " ".join(step))
        code = subprocess.run([BIN / step[0], *step[1:]], cwd=ROOT, check=False).returncode
        if code:
            say(f"failed: {' '.join(step)}")
            return code
    say("everything passed" if part != "quick" else "the quick part passed")
    return 0


def quick() -> list[list[str]]:
    """Lint, types, walls, what it is made of, unit tests, the core covered to the last branch."""
    return [
        ["ruff", "check", *CODE],
        ["ruff", "format", "--check", *CODE],
        ["mypy"],
        ["lint-imports"],
        ["lint-imports", "--config", ".importlinter-engine.ini"],
        ["python", "tests/supply.py"],
        ["pytest", "-q", "-n", "auto", *UNITS],
        ["pytest", "-q", "-n", "auto", *CORE, "--cov=riskbook.core", "--cov-report="],
        ["coverage", "report", "--fail-under=100"],
    ]


def install_packages() -> None:
    """The locked packages, each checked by its hash, and riskbook itself from this folder."""
    if not HOME.exists():
        venv.create(HOME, with_pip=True)
    pip = [str(BIN / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "--require-hashes", "--only-binary", ":all:", "-r", "tests/requirements.lock"],
        cwd=ROOT,
        check=True,
    )
    subprocess.run([*pip, "--no-deps", "-e", "."], cwd=ROOT, check=True)


def install_programs() -> None:
    """LibreOffice and what shows it, where apt may install; else say what is left out."""
    missing = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    missing += [] if SCRIPTS.exists() else SCRIPTING
    if missing and shutil.which("apt-get") and os.name == "posix" and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (
            ["apt-get", "update", "-qq"],
            [
                "apt-get",
                "install",
                "-y",
                "-qq",
                "--no-install-recommends",
                *missing,
                "fonts-liberation",
            ],
        ):
            subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL)
    for program, package in PROGRAMS.items():
        if not shutil.which(program):
            say(
                f"{program} is missing (Debian package {package}) and this may not install it: "
                f"the tests that open workbooks in it (pytest -m office) are left out."
            )


def say(text: str) -> None:
    """Print at once, so that lines stand in order with those of the steps."""
    print(text, flush=True)  # noqa: T201 - this is a command


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "all"))
