"""Serves one riskbook process from inside LibreOffice.

::

    riskbook (listens on 127.0.0.1) <- one connection, a token first -> this script

A thread reads the requests; the work itself is done in LibreOffice's main thread, where
windows may be touched, by way of AsyncCallback.  The port and the token come from a file
in the user's own profile that only the user can read; it is deleted when it was read.
"""

import json
import os
import socket
import threading

import unohelper
from com.sun.star.awt import XCallback
from com.sun.star.frame import TerminationVetoException, XTerminateListener

RENDEZVOUS = "riskbook-rendezvous.json"


class _Callback(unohelper.Base, XCallback):
    def __init__(self, work):
        self.work = work

    def notify(self, data):
        self.work()


class _Stay(unohelper.Base, XTerminateListener):
    """Keeps a LibreOffice without windows running until riskbook is done with it."""

    def __init__(self):
        self.done = False

    def queryTermination(self, event):  # noqa: N802 - UNO's name
        if not self.done:
            raise TerminationVetoException()

    def notifyTermination(self, event):  # noqa: N802 - UNO's name
        self.done = True

    def disposing(self, event):
        self.done = True


def serve(*event):
    """Connect to the riskbook process that wrote the rendezvous file, and answer it."""
    context = XSCRIPTCONTEXT.getComponentContext()  # noqa: F821 - LibreOffice defines it
    begin(context)


def begin(context):
    """The same, for the extension."""
    manager = context.ServiceManager
    paths = manager.createInstanceWithContext("com.sun.star.util.PathSubstitution", context)
    folder = unohelper.fileUrlToSystemPath(paths.substituteVariables("$(user)", True))
    path = os.path.join(folder, RENDEZVOUS)
    with open(path, encoding="utf-8") as file:
        told = json.load(file)
    os.remove(path)
    stay = _Stay()
    if told.get("stay"):
        desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        desktop.addTerminateListener(stay)
    threading.Thread(target=_listen, args=(context, told, stay), daemon=True).start()


def _listen(context, told, stay):
    from riskbook_office import dispatch

    with socket.create_connection(("127.0.0.1", told["port"]), timeout=30) as connection:
        connection.settimeout(None)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        stream = connection.makefile("rwb")
        stream.write(told["token"].encode() + b"\n")
        stream.flush()
        callback = context.ServiceManager.createInstanceWithContext(
            "com.sun.star.awt.AsyncCallback", context
        )
        server = dispatch.Server(context, stay)
        for line in stream:
            answer = _in_main_thread(callback, lambda line=line: server.answer(line))
            stream.write(answer + b"\n")
            stream.flush()
    stay.done = True


def _in_main_thread(callback, work):
    done, answers = threading.Event(), []

    def run():
        try:
            answers.append(work())
        finally:
            done.set()

    callback.addCallback(_Callback(run), None)
    done.wait()
    return answers[0]


g_exportedScripts = (serve,)  # noqa: N816 - LibreOffice's name
