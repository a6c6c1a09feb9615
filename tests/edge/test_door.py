"""The door for files from other people: a process of its own, two programs, one register."""

import io
import json
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from riskbook.cli import cli
from riskbook.edge import door, gate
from riskbook.edge.door import child, posix, process, windows
from riskbook.edge.door.limits import LIMITS, DoorLimits, installed
from riskbook.edge.filebook import FileBook
from riskbook.edge.xlsx.package import Package
from riskbook.errors import RefusedError
from tests.edge.hostile import (
    MAIN,
    SHEET,
    TYPE,
    parts,
    relations,
    types,
    with_rows,
    workbook,
)

TEMPLATE = Path(__file__).resolve().parents[2] / "workbook_templates" / "council-5x5.xlsx"
TEXTS = "sharedStrings+xml"
SHORT = DoorLimits(seconds=1)
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has a job object instead")


def refused(tmp_path: Path, data: bytes, limits: DoorLimits = LIMITS) -> RefusedError:
    path = tmp_path / "Return.xlsx"
    path.write_bytes(data)
    with pytest.raises(RefusedError) as caught:
        door.received(path, limits=limits)
    return caught.value


def runs(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Have the door start this instead of its own child."""
    monkeypatch.setattr(process, "COMMAND", (sys.executable, "-I", "-c", script))


def test_a_sound_workbook_comes_in_with_the_bytes_it_has() -> None:
    book = FileBook.received(TEMPLATE)

    assert book.data == TEMPLATE.read_bytes()
    assert book.name == "council-5x5.xlsx"
    assert "Risks" in book.sheets()


def test_what_the_gate_refuses_is_told_in_the_gate_s_own_words(tmp_path: Path) -> None:
    error = refused(tmp_path, b"Ref,Risk\n1,Flood\n")

    assert error.what == (
        "Return.xlsx is a text file with values between commas (CSV), not a workbook."
    )
    assert error.fix.startswith("open it in Excel")


def test_a_file_that_is_not_there_is_told_without_starting_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs(monkeypatch, "raise SystemExit('never started')")
    with pytest.raises(RefusedError, match=r"There is no file Nothing\.xlsx\."):
        door.received(tmp_path / "Nothing.xlsx")


def test_a_cell_with_two_values_is_told_with_its_address(tmp_path: Path) -> None:
    error = refused(tmp_path, with_rows('<row r="7"><c r="F7"><v>5</v><v>2</v></c></row>'))

    assert error.what == "Return.xlsx shows different values to two programs, at Risks!F7."
    assert error.fix == (
        "ask whoever sent it for a fresh copy saved by Excel, and do not open this one."
    )


def test_only_the_first_few_cells_are_named(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{row}"><c r="B{row}"><v>5</v><v>2</v></c></row>' for row in range(1, 9)
    )

    error = refused(tmp_path, with_rows(rows))

    assert error.what.endswith("two programs, at Risks!B1, Risks!B2 and Risks!B3.")


def test_a_file_that_one_program_cannot_read_is_to_be_saved_again(tmp_path: Path) -> None:
    error = refused(tmp_path, with_rows('<row r="1"><c r="A1" t="b"><v>true</v></c></row>'))

    assert error.what == (
        "One of two programs cannot read Return.xlsx, so its entries cannot be compared."
    )
    assert error.fix.startswith("open it in Excel, choose File > Save As")


def test_what_our_own_reader_refuses_names_the_file(tmp_path: Path) -> None:
    error = refused(tmp_path, with_rows('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'))

    assert error.what == ("Return.xlsx: A cell names the shared text '0'; the workbook has 0.")


def test_a_sheet_that_only_one_program_sees_refuses_the_file(tmp_path: Path) -> None:
    # openpyxl looks for the part by its name as written; riskbook as the standard says
    made = parts()
    made[SHEET.replace("sheet1", "Sheet1")] = made.pop(SHEET)
    made["[Content_Types].xml"] = made["[Content_Types].xml"].replace(b"sheet1", b"Sheet1")

    error = refused(tmp_path, workbook({**dict.fromkeys(parts()), **made}))

    assert error.what == "Return.xlsx shows different sheets to two programs."


@pytest.mark.parametrize(
    "script",
    [
        "import os; os.abort()",  # as some readers do on some files
        "raise SystemExit(1)",
        "print('not json')",
        "print('[]')",
        "print('{}')",
        'print(\'{"state": "other"}\')',
        "import sys; sys.stdin.buffer.read(); print('{\"state\":')",
    ],
)
def test_a_process_that_dies_or_talks_nonsense_refuses_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    runs(monkeypatch, script)

    error = refused(tmp_path, workbook())

    assert error.what == "Return.xlsx ends the program that reads it."
    assert error.fix.startswith("ask whoever sent it for a fresh copy")


def test_a_riskbook_that_only_this_user_s_python_finds_is_no_fault_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "COMMAND", (sys.executable, "-I", "-S", *process.COMMAND[2:]))
    monkeypatch.setattr(process, "PROBE", (sys.executable, "-I", "-S", *process.PROBE[2:]))
    error = refused(tmp_path, TEMPLATE.read_bytes())

    assert error.what == (
        "Return.xlsx cannot be read in a process of its own: Python finds riskbook only by the "
        "settings of this user."
    )
    assert error.fix == "ask IT to install riskbook for all users, as docs/it-guide.md says."


def test_a_process_that_hangs_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "alive"
    runs(
        monkeypatch,
        "import subprocess, sys, time\n"
        "code = \"import time; time.sleep(3); open(%r, 'w')\" % " + repr(str(mark)) + "\n"
        "subprocess.Popen([sys.executable, '-c', code]); time.sleep(60)",
    )
    began = time.monotonic()

    error = refused(tmp_path, workbook(), SHORT)

    assert error.what == "Return.xlsx takes longer than 1 s to read."
    assert error.fix.startswith("open it in Excel without editing, save it")
    assert time.monotonic() - began < 2.9
    time.sleep(max(0.0, 3.5 - (time.monotonic() - began)))
    assert not mark.exists()


def test_where_no_process_may_be_started_the_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "COMMAND", (str(tmp_path / "no-python"),))

    error = refused(tmp_path, workbook())

    assert error.what == (
        "Return.xlsx cannot be read in a process of its own: No such file or directory."
    )
    assert error.fix.startswith("free some space on the disk, or ask IT")


def test_it_sets_how_long_a_file_may_take(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs(monkeypatch, "import time; time.sleep(60)")
    set_by_it = replace(gate.LIMITS, seconds=1, memory=900_000_000)
    monkeypatch.setattr(gate, "installed", lambda: set_by_it)
    path = tmp_path / "Return.xlsx"
    path.write_bytes(workbook())

    with pytest.raises(RefusedError, match=r"takes longer than 1 s to read"):
        door.received(path)

    assert installed() == DoorLimits(seconds=1, memory=900_000_000)


@POSIX
def test_a_process_that_grows_is_told_by_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs(
        monkeypatch,
        "import sys\n"
        "from riskbook.edge.door import child\n"
        "child.judged = lambda *_: bytearray(1_000_000_000)\n"
        "child.main(sys.stdin.buffer, sys.stdout.buffer)",
    )

    error = refused(tmp_path, workbook(), DoorLimits(memory=400_000_000))

    assert error.what == "Return.xlsx needs more than 400 MB to read."
    assert error.fix.startswith("open it in Excel without editing")


@POSIX
def test_the_process_bounds_itself_before_it_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "told.json"
    runs(
        monkeypatch,
        "import json, os, resource as r, sys\n"
        "from riskbook.edge.door import posix\n"
        "from riskbook.edge.door.limits import DoorLimits\n"
        "posix.fence(DoorLimits(memory=900_000_000, seconds=7, files=20, written=5000))\n"
        "kinds = (r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_NOFILE, r.RLIMIT_FSIZE, r.RLIMIT_CORE)\n"
        "here = {'limits': [r.getrlimit(k) for k in kinds], 'env': dict(os.environ),\n"
        "        'files': os.listdir(), 'group': os.getpgid(0) == os.getpid()}\n"
        f"open({str(told)!r}, 'w').write(json.dumps(here))",
    )
    monkeypatch.setenv("RISKBOOK_TEST", "a secret of this computer")

    refused(tmp_path, workbook())

    here = json.loads(told.read_text())
    assert here["limits"] == [[n, n] for n in (900_000_000, 7, 20, 5000, 0)]
    assert "RISKBOOK_TEST" not in here["env"]
    assert here["files"] == ["answer"]  # in a private folder, with nothing to import
    assert here["group"]


@POSIX
def test_an_administrator_s_lower_limit_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    set_to: list[tuple[int, tuple[int, int]]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda kind: (5, 10))
    monkeypatch.setattr(resource, "setrlimit", lambda kind, pair: set_to.append((kind, pair)))

    posix.fence(LIMITS)

    assert {pair for _, pair in set_to} == {(0, 0), (10, 10)}


def test_nothing_of_the_folder_or_the_environment_is_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "openpyxl.py").write_text("raise SystemExit('planted')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    assert door.received(TEMPLATE)


def test_the_child_answers_in_one_line_of_json(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(data: bytes) -> dict[str, str]:
        head = json.dumps({"name": "Return.xlsx", "limits": {"seconds": 5}}).encode()
        out = io.BytesIO()
        child.main(io.BytesIO(head + b"\n" + data), out)
        found: dict[str, str] = json.loads(out.getvalue())
        return found

    monkeypatch.setattr(posix, "fence", lambda limits: None)  # not for the tests themselves
    assert answer(workbook()) == {"state": "admitted"}
    assert answer(b"")["what"] == "Return.xlsx is empty."
    monkeypatch.setattr(child, "judged", grows)
    assert answer(workbook()) == {"state": "memory"}


def grows(data: bytes, name: str, limits: DoorLimits) -> dict[str, str]:
    raise MemoryError


class Kernel:
    """Stands in for Windows' kernel32: keeps what it was asked."""

    def __init__(self, *, job: int = 77, sets: bool = True, takes: bool = True) -> None:
        self.job, self.sets, self.takes = job, sets, takes
        self.closed: list[int] = []
        self.told: windows.Limits | None = None
        self.size = self.kind = self.process = 0

    def CreateJobObjectW(self, security: None, name: None) -> int:  # noqa: N802 - Windows' word
        return self.job

    def SetInformationJobObject(self, job: int, kind: int, told: object, size: int) -> bool:  # noqa: N802
        self.kind, self.size = kind, size
        self.told = told._obj  # type: ignore[attr-defined]
        return self.sets

    def AssignProcessToJobObject(self, job: int, process: int) -> bool:  # noqa: N802
        self.process = process
        return self.takes

    def CloseHandle(self, handle: int) -> None:  # noqa: N802
        self.closed.append(handle)


def test_on_windows_a_job_bounds_memory_time_and_processes() -> None:
    kernel = Kernel()

    job = windows.fence(kernel, 4242, DoorLimits(seconds=9, memory=123_000_000))

    assert (job, kernel.process, kernel.kind) == (77, 4242, 9)
    assert kernel.told is not None
    assert kernel.told.basic.flags == 0x2 | 0x8 | 0x100 | 0x200 | 0x400 | 0x2000
    assert kernel.told.basic.process_time == 90_000_000  # 100 ns each
    assert kernel.told.basic.active_processes == 2
    assert kernel.told.process_memory == kernel.told.job_memory == 123_000_000
    assert kernel.size == 144  # JOBOBJECT_EXTENDED_LIMIT_INFORMATION on 64 bits
    windows.end(kernel, job)
    assert kernel.closed == [77]


@pytest.mark.parametrize(
    ("kernel", "closed"),
    [(Kernel(job=0), []), (Kernel(sets=False), [77]), (Kernel(takes=False), [77])],
)
def test_where_windows_gives_no_job_time_alone_is_bounded(
    kernel: Kernel, closed: list[int]
) -> None:
    assert windows.fence(kernel, 4242, LIMITS) is None
    windows.end(kernel, None)
    assert kernel.closed == closed


def test_check_received_takes_the_whole_way(tmp_path: Path) -> None:
    lying = tmp_path / "Return.xlsx"
    lying.write_bytes(with_rows('<row r="7"><c r="F7"><v>5</v><v>2</v></c></row>'))

    own = CliRunner().invoke(cli, ["check", str(TEMPLATE)])
    sound = CliRunner().invoke(cli, ["check", "--received", str(TEMPLATE)])
    alone = CliRunner().invoke(cli, ["check", str(lying)])
    both = CliRunner().invoke(cli, ["check", "--received", str(lying), str(TEMPLATE)])

    assert (sound.exit_code, sound.output) == (own.exit_code, own.output)
    assert (alone.exit_code, both.exit_code) == (2, 2)
    assert "was not made by riskbook" in alone.output  # read by one program, it shows no lie
    assert "different values to two programs, at Risks!F7." in both.output
    assert "council-5x5.xlsx: 0 risks" in both.output  # the other file is checked


def test_macros_that_nobody_can_read_are_no_reason_to_refuse() -> None:
    package = Package.parse(TEMPLATE.with_suffix(".xlsm").read_bytes())
    broken = package.replaced({"xl/vbaProject.bin": b"no project"})

    door.admit(broken, "Return.xlsm")


def test_a_part_in_another_case_than_the_workbook_lists_it_is_read_by_both() -> None:
    listed = types(f'<Override PartName="/xl/sharedStrings.xml" ContentType="{TYPE}.{TEXTS}"/>')
    data = workbook(
        {
            "[Content_Types].xml": listed,
            "xl/_rels/workbook.xml.rels": relations(
                ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")
            ),
            "xl/SharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>Flood</t></si></sst>',
        },
        rows='<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
    )

    door.admit(data, "Return.xlsx")


def test_a_part_that_only_openpyxl_takes_for_another_is_told() -> None:
    # a sheet's texts: openpyxl goes by the list of parts, riskbook by the relation
    listed = types(f'<Override PartName="/xl/other.xml" ContentType="{TYPE}.{TEXTS}"/>')
    texts = f'<sst xmlns="{MAIN}"><si><t>{{}}</t></si></sst>'
    data = workbook(
        {
            "[Content_Types].xml": listed,
            "xl/_rels/workbook.xml.rels": relations(
                ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "ours.xml")
            ),
            "xl/ours.xml": texts.format("Low"),
            "xl/other.xml": texts.format("High"),
        },
        rows='<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
    )

    with pytest.raises(RefusedError, match="holds a second sst"):  # the gate knows this one
        door.admit(data, "Return.xlsx")


def test_what_openpyxl_prints_is_no_part_of_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs(
        monkeypatch,
        "import runpy\n"
        "from riskbook.edge.door import agreement\n"
        "agreement.judge = lambda *_: print('58 is out of range')\n"
        "runpy.run_module('riskbook.edge.door.child', run_name='__main__')",
    )

    door.admit(workbook(), "Return.xlsx")
