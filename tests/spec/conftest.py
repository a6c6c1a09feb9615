"""What several files of whole commands begin with: a folder of workbooks, each test its own."""

from pathlib import Path

import pytest

from tests.spec.outputs import copied, fill


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("filled"))


@pytest.fixture
def place(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return copied(filled, tmp_path, monkeypatch)
