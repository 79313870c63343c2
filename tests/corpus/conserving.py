"""Which counter fits a file that was read."""

from __future__ import annotations

import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import msoffcrypto
from msoffcrypto.exceptions import FileFormatError

from corpus.counting import Count, count_ods, count_text, count_xlsx
from corpus.counting_binary import count_xls, count_xlsb
from pmo_analytics.loading.files.raw_sheet import RawBook

#: With it Excel itself encrypts a workbook that is only to be protected from changes.
EVERYBODYS_PASSWORD = "VelvetSweatshop"  # noqa: S105 - known to every spreadsheet program

_COUNTERS = {
    "xlsx": count_xlsx,
    "xlsm": count_xlsx,
    "ods": count_ods,
    "xls": count_xls,
    "xlsb": count_xlsb,
}


def counts_of(path: Path, book: RawBook) -> list[Count]:
    """Rows and cells of every sheet, counted from the bytes; of the book only format and delimiter are used."""
    if book.delimiter is not None:
        return [count_text(path, book.delimiter)]
    counter = _COUNTERS[book.format]
    with path.open("rb") as content, TemporaryDirectory() as folder:
        plain = _decrypted(content)
        if plain is None:
            return counter(path)
        decrypted = Path(folder) / path.name
        decrypted.write_bytes(plain)
        return counter(decrypted)


def _decrypted(content: BinaryIO) -> bytes | None:
    """The workbook in an encrypted one; None where it is not encrypted."""
    try:
        office = msoffcrypto.OfficeFile(content)
    except FileFormatError:  # of an .xls of before 1997, which cannot be encrypted so
        return None
    if not office.is_encrypted():
        return None
    plain = io.BytesIO()
    office.load_key(password=EVERYBODYS_PASSWORD)
    office.decrypt(plain)
    return plain.getvalue()
