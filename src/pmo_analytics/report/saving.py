"""Saving a report: whole or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from pmo_analytics.errors import ReportError


def check_target(path: str | Path, *, suffix: str) -> Path:
    """The path, if a report can be written there; raises ``ReportError`` that says what to do.

    The folder must exist and the name must end in ``suffix``: programs open a file by its name.
    """
    target = Path(path)
    if target.suffix.lower() != suffix:
        raise ReportError(f"{target}: the name of this report must end in {suffix}.")
    if not target.parent.is_dir():
        raise ReportError(
            f"{target}: the folder {target.parent} does not exist; create it or choose another."
        )
    if target.is_dir():
        raise ReportError(f"{target}: this is a folder; give the name of a file.")
    return target


def save(path: Path, content: bytes) -> Path:
    """The path, with the content at it.

    The content goes into a temporary file in the same folder, which then takes the place of the old one: a
    reader sees the old report or the new one, never half of it. Where anything fails the old file stays, the
    temporary one is removed, and ``ReportError`` says what to do.
    """
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        _write(temporary, content)
        os.replace(temporary, path)  # noqa: PTH105 - one atomic step, with the path first
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise ReportError(
            f"{path}: the report cannot be written ({error.strerror or error}). If it is open in Excel, "
            f"close it there; check that the folder can be written to and that the disk has room; then try again."
        ) from error
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return path


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
