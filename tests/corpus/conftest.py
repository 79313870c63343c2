"""Every module of this folder goes over the folders of the corpus that it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.outcomes import Case, cases_of

pytest.register_assert_rewrite("corpus.promises")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "folder" in metafunc.fixturenames:
        metafunc.parametrize("folder", metafunc.module.FOLDERS)


@pytest.fixture
def cases(shared: Path, folder: str) -> tuple[Case, ...]:
    """What became of the files of a folder; read once for all tests of a module."""
    return cases_of(shared / "corpus", folder)
