"""Answers a riskbook that was started outside LibreOffice.

The port and the token come from a file in the user's own profile that only the user can
read; it is deleted when it was read.
"""

import json
import os
import shutil
import threading
from contextlib import suppress

import unohelper
from riskbook_office import session

RENDEZVOUS = "riskbook-rendezvous.json"


def serve(context):
    """Connect to the riskbook process that wrote the rendezvous file, and answer it."""
    manager = context.ServiceManager
    paths = manager.createInstanceWithContext("com.sun.star.util.PathSubstitution", context)
    folder = unohelper.fileUrlToSystemPath(paths.substituteVariables("$(user)", True))
    path = os.path.join(folder, RENDEZVOUS)
    with open(path, encoding="utf-8") as file:
        told = json.load(file)
    os.remove(path)
    stay = session.Stay()
    if told.get("stay"):
        desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        desktop.addTerminateListener(stay)
    threading.Thread(target=_serve, args=(context, told, stay), daemon=True).start()


def _serve(context, told, stay):
    """Answer until riskbook is gone, however it went; then a LibreOffice of its own ends too."""
    try:
        session.listen(context, told, stay)
    finally:
        if told.get("stay"):
            shutil.rmtree(told["folder"], ignore_errors=True)
            with suppress(OSError):
                os.remove(told["pipe"])
            os._exit(0)
