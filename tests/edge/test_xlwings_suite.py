"""The command that runs xlwings' own tests: how it reads a report, and what its page says."""

from pathlib import Path

import pytest

from tests import xlwings_suite

ROOT = Path(__file__).resolve().parents[2]
REPORT = """<?xml version="1.0"?><testsuites><testsuite>
<testcase classname="tests.test_range.TestRange" name="test_good"/>
<testcase name="test_bad"><failure message="AssertionError:  1 != 2">trace</failure></testcase>
<testcase name="test_left"><skipped message="Test body threw NotImplementedError."/></testcase>
<testcase name="test_poor"><failure message="boom">E   No module named 'plotly'</failure></testcase>
</testsuite></testsuites>"""


def test_a_report_is_counted_and_what_did_not_pass_is_named(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT, encoding="utf-8")
    result = xlwings_suite.read("test_range.py", report)
    assert (result.passed, result.failed, result.skipped) == (1, 1, 2)
    assert [(case["test"], case["outcome"], case["why"]) for case in result.cases] == [
        ("test_bad", "failed", "AssertionError: 1 != 2"),
        ("test_left", "skipped", "Test body threw NotImplementedError."),
        ("test_poor", "skipped", "No module named 'plotly'"),
    ]


def test_a_folder_that_is_no_checkout_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert xlwings_suite.main([str(tmp_path)]) == 1
    assert "is no checkout of xlwings' repository" in capsys.readouterr().out


def test_files_that_are_new_in_a_checkout_are_not_passed_over(tmp_path: Path) -> None:
    for name in ("test_range.py", "test_caller.py", "test_new_thing.py"):
        (tmp_path / name).touch()
    assert xlwings_suite.new_files(tmp_path) == {"test_new_thing.py"}


def test_the_page_names_every_file_that_runs_and_every_one_left_out() -> None:
    page = (ROOT / "docs" / "xlwings-suite.md").read_text(encoding="utf-8")
    for file in (*xlwings_suite.FILES, *xlwings_suite.LEFT_OUT):
        assert file in page
