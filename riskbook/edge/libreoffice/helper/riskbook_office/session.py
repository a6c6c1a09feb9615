"""One conversation with one riskbook process, from inside LibreOffice.

::

    riskbook (listens on 127.0.0.1) <- one connection, a proof first <- listen()

A thread reads the requests; the work itself is done in LibreOffice's main thread, where
windows may be touched, by way of AsyncCallback.
"""

import json
import secrets
import socket
import threading
from contextlib import suppress
from hmac import compare_digest

import unohelper
from com.sun.star.awt import XCallback
from com.sun.star.frame import TerminationVetoException, XTerminateListener
from riskbook_office import dispatch
from riskbook_office.proof import BYTES, proof

SECONDS = 30  # to connect


class _Callback(unohelper.Base, XCallback):
    def __init__(self, work):
        self.work = work

    def notify(self, data):
        self.work()


class Stay(unohelper.Base, XTerminateListener):
    """Keeps a LibreOffice without windows running until riskbook is done with it."""

    def __init__(self):
        self.done = False

    def queryTermination(self, event):  # noqa: N802 - UNO's name
        """Say no while riskbook still needs it."""
        if not self.done:
            raise TerminationVetoException()

    def notifyTermination(self, event):  # noqa: N802 - UNO's name
        """It ends."""
        self.done = True

    def disposing(self, event):
        """It has ended."""
        self.done = True


def listen(context, told, stay):
    """Connect to ``told["port"]`` and answer until the other side, which knows the token, ends."""
    with socket.create_connection(("127.0.0.1", told["port"]), timeout=SECONDS) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        stream = connection.makefile("rwb")
        with suppress(OSError):  # a riskbook that is gone hangs up in this way too
            if _known(stream, told["token"]):
                connection.settimeout(None)
                _answer(context, stream, stay)
    stay.done = True


def _known(stream, token):
    """Whether riskbook is at the other end: another program may have taken its port since."""
    nonce = secrets.token_hex(BYTES)
    stream.write(f"{nonce} {proof(token, 'helper', nonce)}\n".encode())
    stream.flush()
    wanted = proof(token, "riskbook", nonce).encode() + b"\n"
    return compare_digest(stream.readline(len(wanted)), wanted)


def _answer(context, stream, stay):
    main = MainThread(context)
    server = dispatch.Server(context, stay)
    for line in stream:
        request = json.loads(line)
        data = stream.read(request.get("data", 0))
        stream.write(main.run(lambda: server.answer(request, data)))  # noqa: B023 - run at once
        stream.flush()


class MainThread:
    """Runs work in LibreOffice's main thread and waits for it."""

    def __init__(self, context):
        self.callback = context.ServiceManager.createInstanceWithContext(
            "com.sun.star.awt.AsyncCallback", context
        )

    def run(self, work):
        """What the work gives back."""
        done, answers = threading.Event(), []

        def run():
            try:
                answers.append(work())
            finally:
                done.set()

        self.callback.addCallback(_Callback(run), None)
        done.wait()
        return answers[0]
