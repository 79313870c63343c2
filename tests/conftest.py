"""Fixtures that every floor uses."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data beside the repository; where it is absent, its tests are skipped."""
    folder = ROOT.parent / "shared"
    if not (folder / "data").is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("the real data beside the repository are needed in CI")
        pytest.skip("the real data are not beside the repository")
    return folder


def pytest_make_parametrize_id(val: object) -> str | None:
    """Files made when tests are collected hold the hour: it must not stand in the name of a test."""
    return "bytes" if isinstance(val, bytes) else None
