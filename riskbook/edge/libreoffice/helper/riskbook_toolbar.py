"""The commands of the Riskbook toolbar: each starts riskbook on the workbook in front.

::

    button -> riskbook (its own Python, told in riskbook_settings) -> port, token on a pipe
           -> this script connects back and serves it until it is done

The program is the installation's, by its full path; nothing is taken from the workbook
but its name.
"""

import json
import os
import subprocess
import threading

import unohelper
from com.sun.star.awt.MessageBoxType import ERRORBOX
from riskbook_office.session import MainThread, Stay, listen
from riskbook_settings import COMMANDS, INTERPRETER

TITLE = "riskbook"
FOREIGN = ("PYTHON", "LD_LIBRARY_PATH", "UNO_", "URE_")  # LibreOffice's own, not riskbook's
HIDDEN = 0x08000000  # CREATE_NO_WINDOW


def _press(name):
    context = XSCRIPTCONTEXT.getComponentContext()  # noqa: F821 - LibreOffice defines it
    document = XSCRIPTCONTEXT.getDocument()  # noqa: F821
    if not document.URL.startswith("file:"):
        _say(context, document, "Save the workbook first: riskbook works on a saved workbook.")
        return
    path = unohelper.fileUrlToSystemPath(document.URL)
    work = threading.Thread(target=_run, args=(context, document, name, path), daemon=True)
    work.start()


def _run(context, document, name, path):
    main = MainThread(context)
    try:
        problem = _serve(context, name, path)
    except FileNotFoundError:
        problem = f"riskbook is not installed at {INTERPRETER}. Ask IT to run: riskbook doctor"
    except (OSError, ValueError) as error:
        problem = f"riskbook could not be started ({error}). Ask IT to run: riskbook doctor"
    if problem:
        main.run(lambda: _say(context, document, problem))


def _serve(context, name, path):
    """Start riskbook and answer it; what it complained of, or nothing."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(FOREIGN)}
    command = [INTERPRETER, "-I", "-B", "-m", "riskbook.excel", name, "--book", path, "--pipe"]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=kept,
        cwd=os.path.dirname(INTERPRETER),
        creationflags=HIDDEN if os.name == "nt" else 0,
    )
    line = process.stdout.readline()
    if line.strip():
        listen(context, json.loads(line), Stay())
    _, complaint = process.communicate()
    return complaint.decode("utf-8", "replace").strip().removeprefix("riskbook: ")


def _say(context, document, text):
    toolkit = context.ServiceManager.createInstanceWithContext("com.sun.star.awt.Toolkit", context)
    window = document.CurrentController.Frame.ContainerWindow
    toolkit.createMessageBox(window, ERRORBOX, 1, TITLE, text).execute()


def _command(name):
    def press(*event):
        _press(name)

    press.__name__ = name
    return press


globals().update({name: _command(name) for name in COMMANDS})
g_exportedScripts = tuple(globals()[name] for name in COMMANDS)  # noqa: N816 - LibreOffice's name
