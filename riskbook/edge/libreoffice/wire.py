"""The line between riskbook and the helper inside LibreOffice.

::

    Wire.listen() -> port, token     written into the user's own profile for the helper
    Wire.accept()                    one connection, and only with the token
    wire.create("com.sun.star...")   -> Remote, an object that lives in LibreOffice
    remote["Name"], remote["Name"] = value, remote("method", ...)

Each request is one line of JSON and its answer another.  Only this machine can connect;
who does not know the token is turned away, and when the first has connected nobody else is heard.
"""

import json
import secrets
import socket
from collections.abc import Iterable
from hmac import compare_digest
from typing import Any

from riskbook.errors import RiskbookError

TOKEN_BYTES = 32
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
        self.listening = socket.create_server(("127.0.0.1", 0), backlog=4)
        self.port: int = self.listening.getsockname()[1]
        self.token = secrets.token_hex(TOKEN_BYTES)
        self.connection: socket.socket | None = None
        self.unused: list[int] = []  # objects that nobody here holds any more
        self.moved = 0  # how often cells moved: ranges fetched before may lie elsewhere now

    def accept(self, seconds: float = STARTING) -> None:
        """Wait for the helper.

        Raises:
            OfficeError: nobody came who knows the token.
        """
        self.listening.settimeout(seconds)
        try:
            while self.connection is None:
                self._greet(self.listening.accept()[0])
        except TimeoutError:
            raise OfficeError(
                f"LibreOffice did not answer within {seconds:.0f} seconds.",
                fix="run `riskbook doctor`: it says whether LibreOffice's helper is installed.",
            ) from None
        finally:
            self.listening.close()

    def _greet(self, connection: socket.socket) -> None:
        connection.settimeout(5)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        stream = connection.makefile("rwb")
        try:
            told = stream.readline(4 * TOKEN_BYTES).strip()
        except OSError:
            told = b""
        if not compare_digest(told, self.token.encode()):
            connection.close()
            return
        connection.settimeout(None)
        self.connection, self.stream = connection, stream

    def ask(self, operation: str, *args: Any) -> Any:
        """Let the helper do something.

        Raises:
            Refused: LibreOffice raised an exception.
            OfficeError: LibreOffice is gone.
        """
        request: dict[str, Any] = {"op": operation, "args": args}
        if self.unused:
            request["free"], self.unused = self.unused, []
        try:
            self.stream.write(json.dumps(request, default=plain, separators=(",", ":")).encode())
            self.stream.write(b"\n")
            self.stream.flush()
            line = self.stream.readline()
        except (OSError, ValueError, AttributeError):
            line = b""
        if not line:
            raise OfficeError("LibreOffice was closed.", fix="open the workbook and try again.")
        answer = json.loads(line)
        if "error" in answer:
            raise Refused(*answer["error"])
        return answer["ok"]

    def create(self, service: str) -> "Remote":
        """A service of LibreOffice."""
        return self.understood(self.ask("create", service))  # type: ignore[no-any-return]

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
            self.stream.close()
            self.connection.close()


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

    def block(self, operation: str, *args: Any) -> Any:
        """One of the operations on many cells, its answer as it came."""
        return self.wire.ask(operation, self.number, *args)


class Enum:
    """A name of a UNO enumeration."""

    __slots__ = ("kind", "name")

    def __init__(self, kind: str, name: str) -> None:
        self.kind, self.name = kind, name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Enum) and (self.kind, self.name) == (other.kind, other.name)

    def __hash__(self) -> int:
        return hash((self.kind, self.name))

    def __repr__(self) -> str:
        return f"{self.kind}.{self.name}"


class Struct:
    """A UNO structure: a type and its fields by name."""

    __slots__ = ("fields", "kind")

    def __init__(self, kind: str, fields: dict[str, Any]) -> None:
        self.kind, self.fields = kind, fields

    def __getitem__(self, name: str) -> Any:
        return self.fields[name]

    def changed(self, **fields: Any) -> "Struct":
        """The same with some fields anew."""
        return Struct(self.kind, self.fields | fields)

    def __repr__(self) -> str:
        return f"{self.kind}{self.fields}"


class Typed:
    """A value with its UNO type, for properties that insist on one."""

    __slots__ = ("kind", "value")

    def __init__(self, kind: str, value: Any) -> None:
        self.kind, self.value = kind, value


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


def properties(**values: Any) -> tuple[Struct, ...]:
    """Named values as LibreOffice takes arguments: ``com.sun.star.beans.PropertyValue``."""
    return tuple(prop(name, value) for name, value in values.items())


def prop(name: str, value: Any) -> Struct:
    """One named value."""
    return Struct("com.sun.star.beans.PropertyValue", {"Name": name, "Value": value})


def constants(values: Iterable[str]) -> dict[str, int]:
    """Names counted from 0, as many UNO constants are."""
    return {name: number for number, name in enumerate(values)}
