"""A full disk: a workbook is refreshed and a report created with every room there can be.

As root on Linux the disk is a real small one, in a private name space of mounts; elsewhere
writing fails after so many bytes.  Which of the two it was stands in the notes.
"""

import ctypes
import errno
import hashlib
import multiprocessing
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from unittest import mock

from riskbook.edge.disk import saving
from riskbook.errors import SavingError
from tests.trust import Figure, Scale

STEP = 4096
NEW_SPACE, PRIVATE = 0x00020000, 0x44000  # CLONE_NEWNS; MS_REC | MS_PRIVATE
SAYS = "no room left on the disk"


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[None]:
    """Mount a disk of so many bytes for this process alone.

    Raises:
        OSError: this system or user cannot.
    """
    system = ctypes.CDLL(None, use_errno=True)
    calls = (
        lambda: system.unshare(NEW_SPACE),
        lambda: system.mount(b"none", b"/", None, PRIVATE, None),
        lambda: system.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", 0, f"size={size}".encode()),
    )
    for call in calls:
        if call():
            raise OSError(ctypes.get_errno(), "no disk can be mounted here")
    try:
        yield
    finally:
        system.umount2(os.fsencode(folder), 2)


@contextmanager
def room_for(folder: Path, room: int, *, real: bool) -> Iterator[None]:
    """Leave so many bytes on the disk: by filling it, or by refusing what is beyond them."""
    if real:
        with (folder / "filler").open("wb") as file:
            facts = os.statvfs(folder)
            file.write(bytes(max(0, facts.f_bavail * facts.f_frsize - room)))
        try:
            yield
        finally:
            (folder / "filler").unlink()
        return
    write, left = os.write, room

    def limited(handle: int, data: bytes) -> int:
        nonlocal left
        if not left:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written = write(handle, bytes(data[:left]))
        left -= written
        return written

    with mock.patch("os.write", limited):
        yield


def tried(folder: Path, room: int, size: int, *, real: bool) -> Iterator[str]:
    """What went wrong with so much room; nothing, if all is well."""
    old, new = os.urandom(size), os.urandom(size)
    book, report = folder / "Register.xlsx", folder / "Register report.pdf"
    book.write_bytes(old)
    with room_for(folder, room, real=real):
        told = []
        for name, act in (
            ("save", lambda: saving.save(book, new, was=hashlib.sha256(old).hexdigest())),
            ("create", lambda: saving.create(report, new)),
        ):
            try:
                act()
            except SavingError as error:
                told.append(name)
                if SAYS not in error.what:
                    yield f"{room}: {name} said {error.what}"
        if book.read_bytes() != (old if "save" in told else new):
            yield f"{room}: the workbook is lost"
        if (report.read_bytes() if report.exists() else None) != (
            None if "create" in told else new
        ):
            yield f"{room}: half a report"
    kept = list((folder / saving.BACKUPS).glob("*"))
    if [each.read_bytes() for each in kept] != ([] if "save" in told else [old]):
        yield f"{room}: the backup is not whole"
    if any(each.name.startswith(".riskbook") for each in folder.iterdir()):
        yield f"{room}: something was left behind"
    for each in (book, report, *kept):
        each.unlink(missing_ok=True)
    with suppress(OSError):
        (folder / saving.BACKUPS).rmdir()
    yield f"ok {len(told)}"


def _all(pipe: Connection, size: int, step: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            with small_disk(folder, 8 * size):
                pipe.send(list(_rooms(folder, size, step, real=True)))
        except OSError:
            pipe.send(list(_rooms(folder, size, step, real=False)))


def _rooms(folder: Path, size: int, step: int, *, real: bool) -> Iterator[str]:
    yield "a real disk (tmpfs) of its own" if real else "writing refused after so many bytes"
    for room in range(0, 4 * size, step):
        yield from tried(folder, room, size, real=real)


def figure(scale: Scale) -> Figure:
    """Every 4 KB from no room to more than enough."""
    size = scale.of(512, 64) * 1024
    here, there = multiprocessing.Pipe()
    child = multiprocessing.get_context("fork").Process(target=_all, args=(there, size, STEP))
    child.start()
    there.close()
    how, *told = here.recv()
    child.join()
    wrong = [each for each in told if not each.startswith("ok ")]
    rooms = len(told) - len(wrong)
    refused = sum(int(each[3:]) for each in told if each.startswith("ok "))
    return Figure(
        name="disk full",
        wanted="every 4 KB from 0 to full, 0 lost",
        seen=f"{rooms} rooms of 4 KB more each, {len(wrong)} lost or unsaid",
        kept=not wrong and rooms == 4 * size // STEP and 0 < refused < 2 * rooms,
        notes=(f"{how}; {refused} of {2 * rooms} saves were refused for want of room", *wrong[:20]),
    )
