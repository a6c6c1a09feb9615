"""The Riskbook toolbar of LibreOffice: each button starts riskbook on the workbook in front.

::

    button -> trigger(name) -> riskbook (its own Python, told in riskbook_settings)
           -> port, token on a pipe -> this component connects back and serves until it is done

The program is the installation's, by its full path; nothing is taken from the workbook
but its name.  The same component answers ``riskbook refresh --live`` from outside.
"""

import json
import os
import subprocess
import sys
import threading

import unohelper
from com.sun.star.task import XJobExecutor

IMPLEMENTATION = "org.riskbook.Toolbar"
TITLE = "riskbook"
FOREIGN = ("PYTHON", "LD_LIBRARY_PATH", "UNO_", "URE_")  # LibreOffice's own, not riskbook's
HIDDEN = 0x08000000  # CREATE_NO_WINDOW


class Toolbar(unohelper.Base, XJobExecutor):
    """What ``service:org.riskbook.Toolbar?refresh`` starts."""

    def __init__(self, context):
        self.context = context

    def trigger(self, name):
        """Press a button, or answer a riskbook that waits outside."""
        from riskbook_office import outside
        from riskbook_settings import COMMANDS

        if name == "serve":
            outside.serve(self.context)
        elif name in COMMANDS:
            _press(self.context, name)


def _press(context, name):
    desktop = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.frame.Desktop", context
    )
    document = desktop.getCurrentComponent()
    if document is None or not document.URL.startswith("file:"):
        _say(context, desktop, "Save the workbook first: riskbook works on a saved workbook.")
        return
    path = unohelper.fileUrlToSystemPath(document.URL)
    threading.Thread(target=_run, args=(context, desktop, name, path), daemon=True).start()


def _run(context, desktop, name, path):
    from riskbook_office.session import MainThread
    from riskbook_settings import INTERPRETERS

    program = INTERPRETERS.get(sys.platform, INTERPRETERS["linux"])
    try:
        problem = _serve(context, program, name, path)
    except FileNotFoundError:
        problem = f"riskbook is not installed at {program}. Ask IT to run: riskbook doctor"
    except (OSError, ValueError) as error:
        problem = f"riskbook could not be started ({error}). Ask IT to run: riskbook doctor"
    if problem:
        MainThread(context).run(lambda: _say(context, desktop, problem))


def _serve(context, program, name, path):
    """Start riskbook and answer it; what it complained of, or nothing."""
    from riskbook_office.session import Stay, listen

    kept = {key: value for key, value in os.environ.items() if not key.startswith(FOREIGN)}
    process = subprocess.Popen(
        [program, "-I", "-B", "-m", "riskbook.excel", name, "--book", path, "--pipe"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=kept,
        cwd=os.path.dirname(program),
        creationflags=HIDDEN if os.name == "nt" else 0,
    )
    line = process.stdout.readline()
    if line.strip():
        listen(context, json.loads(line), Stay())
    _, complaint = process.communicate()
    return complaint.decode("utf-8", "replace").strip().replace("riskbook: ", "", 1)


def _say(context, desktop, text):
    from com.sun.star.awt.MessageBoxType import ERRORBOX

    toolkit = context.ServiceManager.createInstanceWithContext("com.sun.star.awt.Toolkit", context)
    window = desktop.getCurrentFrame().ContainerWindow
    toolkit.createMessageBox(window, ERRORBOX, 1, TITLE, text).execute()


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - LibreOffice's name
g_ImplementationHelper.addImplementation(Toolbar, IMPLEMENTATION, (IMPLEMENTATION,))
