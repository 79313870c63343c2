"""What damaging files at random (benchmarks/fuzz_reading.py) has found, made here again in its smallest form."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from pmo_analytics.errors import DamagedFile, FileError, HostileFile
from pmo_analytics.loading.files import worker
from pmo_analytics.loading.files.reading import read_book

from .hostile_files import workbook, zipped


def encrypted() -> bytes:
    msoffcrypto = pytest.importorskip("msoffcrypto.format.ooxml")
    file = io.BytesIO()
    msoffcrypto.OOXMLFile(io.BytesIO(zipped(workbook()))).encrypt("secret", file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("damage", "kind"),
    [
        (lambda data: data.replace(b"<keyData ", b"<key<ata ", 1), DamagedFile),
        (lambda data: data.replace(b"spinCount", b"spinCounu"), DamagedFile),
        (lambda data: data.replace(b"<keyData saltSize", b"<!DOCTYPE altSize", 1), HostileFile),
    ],
    ids=["not well-formed", "another word", "document type"],
)
def test_a_damaged_description_of_the_encryption(
    tmp_path: Path, damage: Callable[[bytes], bytes], kind: type[FileError]
) -> None:
    whole = encrypted()
    (tmp_path / "a.xlsx").write_bytes(damage(whole))
    assert damage(whole) != whole
    with pytest.raises(kind, match=r"a\.xlsx"):
        read_book(tmp_path / "a.xlsx", password="secret")  # noqa: S106 - that of a file made above


@pytest.mark.parametrize("encoding", ["UUF-8", "utf-32", "shift_jis"])
def test_an_encoding_that_nobody_knows(tmp_path: Path, encoding: str) -> None:
    """The workbook's list of sheets says that it is written in it."""
    parts = workbook()
    name = "xl/workbook.xml"
    text = bytes(parts[name]) if isinstance(parts[name], bytes) else b""
    head = f'<?xml version="1.0" encoding="{encoding}"?>'.encode()
    (tmp_path / "a.xlsx").write_bytes(zipped({**parts, name: head + text}))
    with pytest.raises(DamagedFile):
        read_book(tmp_path / "a.xlsx")


class PanicException(BaseException):
    """What the parser raises where it gives up; it is no Exception."""


def test_the_parser_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def panic(data: bytes, limits: object, password: object, reading: Callable[[str], object]) -> None:
        reading("Plan")
        raise PanicException("range end index 64 out of range for slice of length 9")

    monkeypatch.setattr(worker, "read_bytes", panic)
    monkeypatch.setattr(worker, "file_bytes", lambda *_: b"")
    request = {"path": b"a.xls".hex(), "unzipped_mb": 1, "ratio": 1, "entries": 1}
    said: list[dict[str, object]] = []
    error = worker.answer(request, said.append)["error"]
    assert said == [{"sheet": "Plan"}]
    assert (error["code"], error["sheet"]) == ("READER_FAILED", "Plan")
    assert "index" not in error["message"]
    assert "Panic" not in error["message"]
