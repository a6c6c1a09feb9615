"""The line between riskbook and the helper inside LibreOffice.

::

    Wire.listen() -> port, token     written into the user's own profile for the helper
    Wire.accept()                    one connection, and only with a proof of the token
    wire.create("com.sun.star...")   -> Remote, an object that lives in LibreOffice
    remote["Name"], remote["Name"] = value, remote("method", ...)

Each request is one line of JSON and its answer another; blocks of cells follow the line in
Python's own binary form (marshal), which is several times as quick to make and to read.  Only
this machine can connect; who does not know the token is turned away, and when the first has
connected nobody else is heard.  Neither side says the token (the helper's proof.py has the same
words): an old invitation may name a port that is another program's by now.
"""

import json
import marshal
import secrets
import selectors
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from hmac import compare_digest
from hmac import new as hmac
from threading import Lock
from typing import Any

from riskbook.edge.libreoffice.line.unovalues import Enum, Struct, Typed, prop, properties
from riskbook.errors import RiskbookError

__all__ = [
    "Enum",
    "OfficeError",
    "Refused",
    "Remote",
    "Struct",
    "Typed",
    "Wire",
    "plain",
    "prop",
    "properties",
]

TOKEN_BYTES = 32
CALL = 4 * TOKEN_BYTES + 2  # characters: a nonce, a blank, a proof, the end of the line
MARSHAL = 4  # the version of the format that every Python since 3.4 reads
CROWD = 64  # callers at a time who have not said the token yet
LOOK = 0.2  # seconds between two looks whether LibreOffice still runs
STARTING = 60.0  # seconds that LibreOffice may take to start


class OfficeError(RiskbookError):
    """LibreOffice is not there, did not start, or said no."""


class Refused(Exception):  # noqa: N818 - what the other side raised, by its kind
    """LibreOffice raised an exception: its UNO type and its text."""

    def __init__(self, kind: str, text: str, trace: str = "") -> None:
        super().__init__(f"{kind}: {text}" if text else kind)
        self.kind, self.text, self.trace = kind, text, trace


class Wire:
    """One conversation with one LibreOffice."""

    def __init__(self) -> None:
        """Listen on a port of this machine alone."""
        self.listening = socket.create_server(("127.0.0.1", 0), backlog=16)
        self.port: int = self.listening.getsockname()[1]
        self.token = secrets.token_hex(TOKEN_BYTES)
        self.connection: socket.socket | None = None
        self.unused: list[int] = []  # objects that nobody here holds any more
        self.moved = 0  # how often cells moved: ranges fetched before may lie elsewhere now
        self._turn = Lock()

    @property
    def open(self) -> bool:
        """Whether somebody is at the other end."""
        return self.connection is not None

    def accept(self, seconds: float = STARTING, alive: Callable[[], bool] = lambda: True) -> None:
        """Wait for the helper; who says nothing or something else does not hold it up.

        Args:
            seconds: how long to wait.
            alive: whether there is still somebody to wait for; asked a few times a second.

        Raises:
            OfficeError: nobody came who knows the token.
        """
        until = time.monotonic() + seconds
        with selectors.DefaultSelector() as callers:
            self.listening.setblocking(False)
            callers.register(self.listening, selectors.EVENT_READ)
            try:
                while self.connection is None:
                    self._answer_door(callers, until, alive)
            finally:
                for key in list(callers.get_map().values()):
                    if key.fileobj is not self.connection:
                        key.fileobj.close()  # type: ignore[union-attr]  # only sockets are there
                        callers.unregister(key.fileobj)

    def _answer_door(
        self, callers: selectors.BaseSelector, until: float, alive: Callable[[], bool]
    ) -> None:
        if time.monotonic() >= until:
            raise OfficeError(
                "LibreOffice did not answer in time.",
                fix="run `riskbook doctor`: it says whether LibreOffice's helper is installed.",
            )
        if not alive():
            raise OfficeError(
                "LibreOffice ended before it answered.",
                fix="start LibreOffice once by hand to see what it says; then try again.",
            )
        for key, _ in callers.select(LOOK):
            if key.fileobj is self.listening:
                _let_in(self.listening, callers)
            else:
                self._hear(key, callers)

    def _hear(self, key: selectors.SelectorKey, callers: selectors.BaseSelector) -> None:
        """Take what one caller says; a proof makes it the one, anything else turns it away."""
        caller: socket.socket = key.fileobj  # type: ignore[assignment]  # only sockets are there
        if caller.fileno() < 0:  # sent away a moment ago
            return
        try:
            said = caller.recv(CALL - len(key.data))
        except OSError:
            said = b""
        key.data.extend(said)
        if said and len(key.data) < CALL and b"\n" not in said:
            return
        nonce = key.data[: 2 * TOKEN_BYTES].decode("latin-1")
        wanted = f"{nonce} {self.proof('helper', nonce)}\n".encode("latin-1")
        if not compare_digest(bytes(key.data), wanted):
            callers.unregister(caller)
            caller.close()
            return
        caller.setblocking(True)
        caller.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.connection, self.stream = caller, caller.makefile("rwb")
        with suppress(OSError):  # gone again: the first request says so
            self.stream.write(self.proof("riskbook", nonce).encode() + b"\n")
            self.stream.flush()

    def proof(self, side: str, nonce: str) -> str:
        """What only who knows the token can say for a side of the line."""
        return hmac(self.token.encode(), f"{side} {nonce}".encode(), "sha256").hexdigest()

    def ask(self, operation: str, *args: Any, bulk: Any = None) -> Any:
        """Let the helper do something.

        Args:
            operation: its name.
            args: what JSON knows, and the objects, structures and enumerations below.
            bulk: a block of values, as tuples of tuples; the operation's last argument.

        Raises:
            Refused: LibreOffice raised an exception.
            OfficeError: LibreOffice is gone.
        """
        request: dict[str, Any] = {"op": operation, "args": args}
        if self.unused:
            request["free"], self.unused = self.unused, []
        data = b"" if bulk is None else marshal.dumps(bulk, MARSHAL)
        if data:
            request["data"] = len(data)
        line = json.dumps(request, default=plain, separators=(",", ":")).encode()
        answer, block = self._exchange(line + b"\n" + data)
        if "error" in answer:
            raise Refused(*answer["error"])
        return marshal.loads(block) if block else answer["ok"]

    def _exchange(self, told: bytes) -> tuple[dict[str, Any], bytes]:
        """A request and its answer; one that is broken off ends the conversation."""
        with self._turn:
            whole = False
            try:
                if self.connection is not None:
                    self.stream.write(told)
                    self.stream.flush()
                    answer = json.loads(self.stream.readline())
                    block = self.stream.read(answer.get("data", 0))
                    whole = len(block) == answer.get("data", 0)
            except (OSError, ValueError):
                whole = False
            finally:  # Ctrl+C too: the next request must not get this one's answer
                if not whole:
                    self.close()
        if not whole:
            raise OfficeError("LibreOffice was closed.", fix="open the workbook and try again.")
        return answer, block

    def create(self, service: str, *args: Any) -> "Remote":
        """A service of LibreOffice."""
        made: Remote = self.understood(self.ask("create", service, *args))
        return made

    def understood(self, value: Any) -> Any:
        """An answer with its objects, structures and enumerations made of it."""
        if isinstance(value, list):
            return tuple(self.understood(item) for item in value)
        if not isinstance(value, dict):
            return value
        ((mark, held),) = value.items()
        if mark == "o":
            return Remote(self, held)
        if mark == "e":
            return Enum(*held)
        if mark == "s":
            return Struct(held[0], {k: self.understood(v) for k, v in held[1].items()})
        return value

    def close(self) -> None:
        """End the conversation; LibreOffice goes on by itself."""
        self.listening.close()
        if self.connection is not None:
            with suppress(OSError):  # what could not be sent any more
                self.stream.close()
            self.connection.close()
            self.connection = None


def _let_in(listening: socket.socket, callers: selectors.BaseSelector) -> None:
    """Hear one more caller; in a crowd who has said nothing the longest has to go.

    Other users of the computer can call too, and a process may have only so many lines.
    """
    try:
        caller = listening.accept()[0]
    except OSError:  # who called is gone again
        return
    caller.setblocking(False)
    callers.register(caller, selectors.EVENT_READ, bytearray())
    waiting = list(callers.get_map().values())
    if len(waiting) > CROWD:
        longest: socket.socket = waiting[1].fileobj  # type: ignore[assignment]  # the door is first
        callers.unregister(longest)
        longest.close()


class Remote:
    """An object that lives in LibreOffice."""

    __slots__ = ("number", "wire")

    def __init__(self, wire: Wire, number: int) -> None:
        self.wire, self.number = wire, number

    def __del__(self) -> None:
        self.wire.unused.append(self.number)

    def __getitem__(self, name: str) -> Any:
        return self.wire.understood(self.wire.ask("get", self.number, [name]))[0]

    def get(self, *names: str) -> tuple[Any, ...]:
        """Several properties at once."""
        found: tuple[Any, ...] = self.wire.understood(self.wire.ask("get", self.number, names))
        return found

    def __setitem__(self, name: str, value: Any) -> None:
        self.wire.ask("set", self.number, {name: value})

    def set(self, **values: Any) -> None:
        """Several properties at once."""
        self.wire.ask("set", self.number, values)

    def __call__(self, method: str, *args: Any) -> Any:
        """Call a method."""
        return self.wire.understood(self.wire.ask("call", self.number, method, args))

    def can(self, service_or_method: str) -> bool:
        """Whether the object offers a service or a method."""
        return bool(self.wire.ask("has", self.number, service_or_method))

    def block(self, operation: str, *args: Any, bulk: Any = None) -> Any:
        """One of the operations on many cells, its answer as it came."""
        return self.wire.ask(operation, self.number, *args, bulk=bulk)


def plain(value: object) -> Any:
    """What JSON does not know, as the helper's codec reads it."""
    match value:
        case Remote():
            return {"o": value.number}
        case Enum():
            return {"e": [value.kind, value.name]}
        case Struct():
            return {"s": [value.kind, value.fields]}
        case Typed():
            return {"a": [value.kind, value.value]}
    raise TypeError(f"cannot be sent to LibreOffice: {value!r}")
