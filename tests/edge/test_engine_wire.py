"""The line to LibreOffice, with a helper played by the test: no LibreOffice is needed."""

import importlib.util
import json
import os
import socket
import stat
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from riskbook.edge.libreoffice.line import office
from riskbook.edge.libreoffice.line import wire as line
from riskbook.edge.libreoffice.line.wire import (
    Enum,
    OfficeError,
    Refused,
    Remote,
    Struct,
    Typed,
    Wire,
)


@pytest.fixture
def wire() -> Iterator[Wire]:
    made = Wire()
    yield made
    made.close()


def call(wire: Wire) -> socket.socket:
    return socket.create_connection(("127.0.0.1", wire.port), timeout=10)


NONCE = "ab" * 32
HELPER = "f81714ecce728ecfdc33a471d98281e28c7ef368a25b77155b6bc6c7be18e199"
RISKBOOK = "8f815e6f6af2db8cbded780afe0fc3647fa7e5498b5721534a0b50d413e61601"


def greeting(wire: Wire) -> bytes:
    """What the helper says first."""
    return f"{NONCE} {wire.proof('helper', NONCE)}\n".encode()


def helper(wire: Wire, answer: Callable[[dict[str, Any]], Any]) -> threading.Thread:
    """A helper that knows the token and answers until the line is cut; None hangs up."""

    def serve() -> None:
        # a line that is cut with an answer still on it ends with a reset
        with (
            suppress(ConnectionError),
            call(wire) as connection,
            connection.makefile("rwb") as stream,
        ):
            stream.write(greeting(wire))
            stream.flush()
            assert stream.readline() == wire.proof("riskbook", NONCE).encode() + b"\n"
            for line in stream:
                told = answer(json.loads(line))
                if told is None:
                    return
                stream.write(told if isinstance(told, bytes) else json.dumps(told).encode() + b"\n")
                stream.flush()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    return thread


def test_a_request_is_one_line_and_its_answer_another(wire: Wire) -> None:
    seen: list[dict[str, Any]] = []
    thread = helper(wire, lambda request: seen.append(request) or {"ok": 16.5})
    wire.accept(10)

    assert wire.ask("get", 3, ["Value"]) == 16.5
    assert seen == [{"op": "get", "args": [3, ["Value"]]}]
    wire.close()
    thread.join(10)
    assert not thread.is_alive()


def test_only_this_machine_can_connect(wire: Wire) -> None:
    assert wire.listening.getsockname()[0] == "127.0.0.1"


@pytest.mark.parametrize(
    "said",
    [
        *(b"wrong\n", b"0" * 64 + b"\n", b"\n", b"", b"GET / HTTP/1.1\r\n", b"\xff" * 500),
        f"{NONCE} {NONCE}\n".encode(),
    ],
)
def test_a_wrong_proof_is_turned_away_and_the_right_one_accepted_afterwards(
    wire: Wire, said: bytes
) -> None:
    with call(wire) as stranger:
        stranger.sendall(said)
        stranger.shutdown(socket.SHUT_WR)
        helper(wire, lambda request: {"ok": "right"})
        wire.accept(10)
        assert wire.ask("pid") == "right"
        try:
            assert stranger.recv(10) == b""  # hung up on
        except ConnectionResetError:
            return


def test_strangers_who_say_nothing_hold_nobody_up(wire: Wire) -> None:
    strangers = [call(wire) for _ in range(5)]
    strangers[0].sendall(greeting(wire)[:20])  # nor who says half of it
    began = time.monotonic()
    helper(wire, lambda request: {"ok": "right"})
    wire.accept(10)

    assert time.monotonic() - began < 3
    assert wire.ask("pid") == "right"
    for stranger in strangers:
        stranger.close()


def test_in_a_crowd_who_has_said_nothing_the_longest_has_to_go(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process may have only so many lines, and other users of the computer can call too."""
    monkeypatch.setattr(line, "CROWD", 4)
    strangers = [call(wire) for _ in range(12)]
    for stranger in strangers[2:]:  # who is about to be heard may be sent away before
        stranger.sendall(b"a")
    told: list[bytes] = []

    def first_is_sent_away_then_helper() -> None:
        with suppress(ConnectionError):
            told.append(strangers[0].recv(10))
        helper(wire, lambda request: {"ok": "right"})

    thread = threading.Thread(target=first_is_sent_away_then_helper, daemon=True)
    thread.start()
    wire.accept(10)

    assert wire.ask("pid") == "right"
    assert told == [b""]
    for stranger in strangers:
        stranger.close()


def test_when_the_first_has_connected_nobody_else_is_heard(wire: Wire) -> None:
    helper(wire, lambda request: {"ok": 1})
    wire.accept(10)
    with pytest.raises(OSError, match="refused"):
        call(wire)


def test_a_proof_that_comes_in_pieces_is_whole(wire: Wire) -> None:
    def dribble() -> None:
        said = greeting(wire)
        with call(wire) as connection:
            for piece in (said[:1], said[1:80], said[80:]):
                connection.sendall(piece)
                time.sleep(0.05)
            connection.recv(1)

    thread = threading.Thread(target=dribble)
    thread.start()
    wire.accept(10)
    assert wire.open
    wire.close()
    thread.join(10)


def test_neither_side_says_the_token_and_each_has_its_own_proof(wire: Wire) -> None:
    """Worked out by hand with ``openssl dgst -sha256 -hmac secret``."""
    wire.token = "secret"
    assert wire.proof("helper", "nonce") == HELPER
    assert wire.proof("riskbook", "nonce") == RISKBOOK
    assert wire.token.encode() not in greeting(wire)


def test_the_helper_has_the_same_proof() -> None:
    place = Path(office.__file__).parents[1] / "helper" / "riskbook_office" / "proof.py"
    spec = importlib.util.spec_from_file_location("helpers_proof", place)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.proof("secret", "helper", "nonce") == HELPER
    assert module.proof("secret", "riskbook", "nonce") == RISKBOOK
    assert len(NONCE) == 2 * module.BYTES


def test_nobody_comes(wire: Wire) -> None:
    with pytest.raises(OfficeError, match="did not answer in time") as told:
        wire.accept(0.3)
    assert told.value.fix.startswith("run `riskbook doctor`")


def test_a_program_that_ends_at_once_is_not_waited_for(wire: Wire) -> None:
    began = time.monotonic()
    with pytest.raises(OfficeError, match="ended before it answered"):
        wire.accept(30, alive=lambda: False)
    assert time.monotonic() - began < 3


@pytest.mark.parametrize("last", [None, b"", b'{"ok": 1'], ids=["gone", "silent", "half a line"])
def test_a_libreoffice_that_dies_in_the_middle_is_said_in_a_sentence(
    wire: Wire, last: bytes | None
) -> None:
    def die(request: dict[str, Any]) -> Any:
        return None if last is None or request["op"] == "second" else {"ok": 1}

    helper(wire, die)
    wire.accept(10)
    if last is not None:
        assert wire.ask("first") == 1
    with pytest.raises(OfficeError, match=r"LibreOffice was closed\.\n  To fix: open"):
        wire.ask("second")
    assert not wire.open
    with pytest.raises(OfficeError, match="was closed"):
        wire.ask("third")


def test_a_broken_off_request_does_not_leave_its_answer_to_the_next(wire: Wire) -> None:
    helper(wire, lambda request: {"ok": request["op"]})
    wire.accept(10)
    wire.stream.readline = interrupted  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        wire.ask("first")
    with pytest.raises(OfficeError):
        wire.ask("second")


def interrupted(*_: int) -> bytes:
    raise KeyboardInterrupt


def test_what_libreoffice_raises_is_raised_here(wire: Wire) -> None:
    error = ["com.sun.star.io.IOException", "no room", "Traceback"]
    helper(wire, lambda request: {"error": error})
    wire.accept(10)
    with pytest.raises(Refused, match=r"com\.sun\.star\.io\.IOException: no room") as told:
        wire.ask("call", 1, "store", [])
    assert (told.value.kind, told.value.text) == (error[0], "no room")


def test_objects_structures_and_enumerations_go_there_and_come_back(wire: Wire) -> None:
    seen: list[Any] = []

    def answer(request: dict[str, Any]) -> dict[str, Any]:
        seen.append(request)
        return {"ok": [{"o": 7}, {"e": ["A.Kind", "BOTH"]}, {"s": ["A.Line", {"Width": [1]}]}]}

    helper(wire, answer)
    wire.accept(10)
    line = Struct("A.Line", {"Width": 3})
    found = wire.understood(wire.ask("call", 1, "m", [line, Enum("A.K", "N"), Typed("[]long", 1)]))

    assert seen[0]["args"] == [
        1,
        "m",
        [{"s": ["A.Line", {"Width": 3}]}, {"e": ["A.K", "N"]}, {"a": ["[]long", 1]}],
    ]
    assert isinstance(found[0], Remote)
    assert found[0].number == 7
    assert found[1] == Enum("A.Kind", "BOTH")
    assert found[2]["Width"] == (1,)
    assert line.changed(Width=4)["Width"] == 4


def test_objects_that_nobody_holds_are_let_go_with_the_next_request(wire: Wire) -> None:
    seen: list[Any] = []
    helper(wire, lambda request: seen.append(request) or {"ok": {"o": 9}})
    wire.accept(10)
    thing = wire.create("com.sun.star.frame.Desktop")
    assert thing.number == 9
    del thing
    wire.ask("pid")
    assert "free" not in seen[0]
    assert seen[1]["free"] == [9]


def test_what_libreoffice_cannot_take_is_not_sent(wire: Wire) -> None:
    helper(wire, lambda request: {"ok": 1})
    wire.accept(10)
    with pytest.raises(TypeError, match="cannot be sent"):
        wire.ask("set", 1, {"Value": object()})
    assert wire.ask("pid") == 1


def test_only_the_user_can_read_the_port_and_the_token(tmp_path: Path, wire: Wire) -> None:
    stale = tmp_path / office.RENDEZVOUS
    stale.write_text("left behind by a crash, readable by all")
    stale.chmod(0o644)
    old = os.umask(0)
    try:
        office._invite(tmp_path, wire, stay=True, folder="f")
    finally:
        os.umask(old)

    assert stat.S_IMODE(stale.stat().st_mode) == 0o600
    assert json.loads(stale.read_text()) == {
        "port": wire.port,
        "token": wire.token,
        "stay": True,
        "folder": "f",
    }


def test_a_rendezvous_that_is_somebody_s_link_is_not_followed(tmp_path: Path, wire: Wire) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("untouched")
    (tmp_path / office.RENDEZVOUS).symlink_to(elsewhere)
    office._invite(tmp_path, wire, stay=True)
    assert elsewhere.read_text() == "untouched"
    assert not (tmp_path / office.RENDEZVOUS).is_symlink()


def test_tokens_are_long_and_each_is_another(wire: Wire) -> None:
    other = Wire()
    other.close()
    assert len(wire.token) == 64
    assert other.token != wire.token


def test_libreoffice_does_not_get_this_python_s_own_settings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("PYTHONPATH", "PYTHONHOME", "PYENV_ROOT", "VIRTUAL_ENV", "CONDA_PREFIX"):
        monkeypatch.setenv(name, "/another/python")
    monkeypatch.setenv("PATH", "/another/python/bin:/usr/bin")
    monkeypatch.setenv("LANG", "en_GB.UTF-8")

    kept = office.environment()
    assert "/another/python" not in " ".join(kept.values())
    assert kept["LANG"] == "en_GB.UTF-8"
    assert "/usr/bin" in kept["PATH"].split(":")


def test_a_computer_without_libreoffice_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "PLACES", {})
    monkeypatch.setenv("PATH", "")
    with pytest.raises(OfficeError, match="not installed") as told:
        office.start()
    assert "riskbook refresh FILE" in told.value.fix


def test_reaching_a_libreoffice_that_is_not_open_is_said(tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="not open"):
        office.attach(tmp_path / "user")


def test_the_socket_of_a_profile_has_libreoffice_s_own_name() -> None:
    pipe = office.pipe_of(Path("/tmp/ppbhsyvke8"))
    assert pipe.name == (f"OSL_PIPE_{os.getuid()}_SingleOfficeIPC_5bf865dc8bdf286b73d41be1f3ae6f")


def test_a_block_of_cells_follows_its_line_as_bytes(wire: Wire) -> None:
    block = ((1.5, "a\nb"), ("", "é\ud800"))  # line breaks and half a character are no matter

    def echo() -> None:
        # a line that is cut with an answer still on it ends with a reset
        with (
            suppress(ConnectionError),
            call(wire) as connection,
            connection.makefile("rwb") as stream,
        ):
            stream.write(greeting(wire))
            stream.flush()
            stream.readline()
            request = json.loads(stream.readline())
            data = stream.read(request["data"])
            stream.write(json.dumps({"ok": None, "data": len(data)}).encode() + b"\n" + data)
            stream.flush()
            stream.readline()

    thread = threading.Thread(target=echo, daemon=True)
    thread.start()
    wire.accept(10)
    assert wire.ask("block.write", 1, bulk=block) == block
    wire.close()
    thread.join(10)


def test_a_block_that_breaks_off_ends_the_conversation(wire: Wire) -> None:
    helper(wire, lambda request: b'{"ok":null,"data":100}\nshort')
    wire.accept(10)
    threading.Timer(0.3, lambda: wire.connection and wire.connection.shutdown(2)).start()
    with pytest.raises(OfficeError, match="was closed"):
        wire.ask("block.read", 1)
    assert not wire.open


def test_at_the_end_the_helper_is_hung_up_on_and_nobody_is_let_in(wire: Wire) -> None:
    caller = call(wire)
    caller.sendall(greeting(wire))
    wire.accept(10)

    wire.close()

    assert caller.makefile("rb").read() == wire.proof("riskbook", NONCE).encode() + b"\n"
    caller.close()
    with pytest.raises(OSError, match="refused"):
        call(wire)


def test_when_nobody_came_the_door_is_closed(wire: Wire) -> None:
    with pytest.raises(OfficeError):
        wire.accept(0.1)
    with pytest.raises(OSError, match="refused"):
        call(wire)
