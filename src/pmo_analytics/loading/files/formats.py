"""The formats that are told by name and not read, as data: how each is known, what it is, what to do with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pmo_analytics.loading.files.raw_sheet import Refused

EXCEL = "Open it in Excel or LibreOffice and save it as an Excel workbook (.xlsx)."
PROJECT = "Open it in Microsoft Project and export it: File, Save As, Excel Workbook (.xlsx)."
PRIMAVERA = "In Primavera P6 export it as a spreadsheet: File, Export, Spreadsheet (.xlsx)."
TABLE = "Take the table out of it into a workbook (.xlsx) or a .csv file, or ask for the export behind it."
UNPACK = "Unpack it and give the workbooks or .csv files in it."
DATABASE = "Export the table from it as .csv or .xlsx."
NUMBERS = "Open it in Numbers and export it: File, Export To, Excel."
PICTURE = "A picture has no cells: ask for the export that it was taken of."


@dataclass(frozen=True, slots=True)
class Foreign:
    """A format that is not read: what it is, what to do, and the code of its error."""

    what: str
    advice: str
    code: str = "UNKNOWN_FORMAT"


WEB_PAGE = Foreign(
    "a web page (HTML), not a workbook",
    "Open it in Excel and save it as .xlsx, or export it as CSV.",
    "HTML_AS_WORKBOOK",
)
OLD_OFFICE = Foreign("an old Microsoft Office file without a workbook", EXCEL)
OLD_BIFF = Foreign("an Excel workbook of version 4 or older (.xls)", EXCEL)
PLAN = Foreign("a Microsoft Project plan (.mpp)", PROJECT)
XML = Foreign("an XML document, not a workbook", TABLE)
ZIP = Foreign("a zip archive without a workbook", UNPACK)
OPEN_DOCUMENT = Foreign("an OpenDocument file, but no spreadsheet", TABLE)

#: Binary formats by their first bytes.
SIGNATURES: tuple[tuple[bytes, Foreign], ...] = (
    (b"%PDF", Foreign("a PDF document", TABLE)),
    (b"{\\rtf", Foreign("a document in Rich Text Format (.rtf)", TABLE)),
    (b"%!PS", Foreign("a PostScript document", TABLE)),
    (b"\x1f\x8b", Foreign("a gzip archive", UNPACK)),
    (b"\xfd7zXZ\x00", Foreign("an xz archive", UNPACK)),
    (b"\x28\xb5\x2f\xfd", Foreign("a Zstandard archive", UNPACK)),
    (b"7z\xbc\xaf\x27\x1c", Foreign("a 7-Zip archive", UNPACK)),
    (b"Rar!\x1a\x07", Foreign("a RAR archive", UNPACK)),
    (b"MSCF", Foreign("a cabinet archive (.cab)", UNPACK)),
    (b"SQLite format 3", Foreign("an SQLite database", DATABASE)),
    (b"\x00\x01\x00\x00Standard Jet DB", Foreign("a Microsoft Access database (.mdb)", DATABASE)),
    (b"\x00\x01\x00\x00Standard ACE DB", Foreign("a Microsoft Access database (.accdb)", DATABASE)),
    (b"PAR1\x15", Foreign("a Parquet file", DATABASE)),
    (b"ARROW1\x00\x00", Foreign("an Arrow or Feather file", DATABASE)),
    (b"ORC\x00", Foreign("an ORC file", DATABASE)),
    (b"Obj\x01", Foreign("an Avro file", DATABASE)),
    (b"\x89HDF\r\n", Foreign("an HDF5 file", DATABASE)),
    (b"$FL2@(#)", Foreign("an SPSS data file (.sav)", DATABASE)),
    (b"\x89PNG\r\n", Foreign("a picture (PNG)", PICTURE)),
    (b"\xff\xd8\xff", Foreign("a picture (JPEG)", PICTURE)),
    (b"GIF87a", Foreign("a picture (GIF)", PICTURE)),
    (b"GIF89a", Foreign("a picture (GIF)", PICTURE)),
    (b"II*\x00", Foreign("a picture (TIFF)", PICTURE)),
    (b"MM\x00*", Foreign("a picture (TIFF)", PICTURE)),
    (b"\x7fELF", Foreign("a program", TABLE)),
    (b"MZ\x90\x00", Foreign("a program", TABLE)),
    (b"\x00\x00\x02\x00\x06\x04\x06\x00", Foreign("a Lotus 1-2-3 worksheet (.wk1)", EXCEL)),
    (b"\x00\x00\x02\x00\x04\x04\x06\x00", Foreign("a Lotus 1-2-3 worksheet (.wks)", EXCEL)),
    (b"\x00\x00\x1a\x00\x00\x10\x04\x00", Foreign("a Lotus 1-2-3 worksheet (.wk3)", EXCEL)),
    (b"\x00\x00\x1a\x00\x02\x10\x04\x00", Foreign("a Lotus 1-2-3 worksheet (.wk4)", EXCEL)),
    (b"\x00\x00\x1a\x00\x03\x10\x04\x00", Foreign("a Lotus 1-2-3 workbook (.123)", EXCEL)),
    (b"\x00\x00\x02\x00\x20\x51\x06\x00", Foreign("a Quattro Pro worksheet (.wq1)", EXCEL)),
    (b"\x09\x00\x04\x00", OLD_BIFF),
    (b"\x09\x00\x06\x00", OLD_BIFF),
    (b"\x09\x02\x06\x00", OLD_BIFF),
    (b"\x09\x04\x06\x00", OLD_BIFF),
)

#: Formats known by bytes elsewhere than at the start, or by several of them.
PATTERNS: tuple[tuple[re.Pattern[bytes], Foreign], ...] = (
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), Foreign("a picture (WebP)", PICTURE)),
    (re.compile(rb"BM.{4}\x00{4}.{3}\x00", re.DOTALL), Foreign("a picture (BMP)", PICTURE)),
    (re.compile(rb"BZh[1-9]1AY&SY"), Foreign("a bzip2 archive", UNPACK)),
    (re.compile(rb".{257}ustar", re.DOTALL), Foreign("a tar archive", UNPACK)),
    (
        # version, a date (year, month, day), the number of records, lengths, and two zero bytes
        re.compile(
            rb"[\x02\x03\x04\x05\x30\x31\x43\x83\x8b\xcb\xf5].[\x01-\x0c][\x01-\x1f].{4}.{2}.{2}\x00\x00",
            re.DOTALL,
        ),
        Foreign("a dBase table (.dbf)", EXCEL),
    ),
)

#: Text formats by how the text begins, byte order mark and blanks before it aside.
TEXTS: tuple[tuple[re.Pattern[str], Foreign], ...] = (
    (
        re.compile(r"<(!doctype\s+html|html|head|body|table|meta|style|div)\b|mime-version:", re.IGNORECASE),
        WEB_PAGE,
    ),
    (
        re.compile(r"ID;P[A-Z0-9;]*\s*[\r\n]+(?:[A-Z]{1,3};[^\r\n]*[\r\n]+){2}"),
        Foreign("a spreadsheet in symbolic link format (SYLK, .slk)", EXCEL),
    ),
    (
        re.compile(r'TABLE\r?\n0,\d+\r?\n"'),
        Foreign("a spreadsheet in data interchange format (DIF)", EXCEL),
    ),
    (re.compile(r"ERMHDR\t"), Foreign("a Primavera P6 project (.xer)", PRIMAVERA)),
    (re.compile(r"MPX,Microsoft Project"), Foreign("a Microsoft Project plan (.mpx)", PROJECT)),
    (re.compile(r'[\[{]\s*(?:\{\s*)?"[^"]*"\s*:'), Foreign("a JSON document", TABLE)),
)

#: XML documents by what their beginning names; the first that fits counts.
XML_TEXTS: tuple[tuple[str, Foreign], ...] = (
    ("<html", WEB_PAGE),
    ("urn:schemas-microsoft-com:office:spreadsheet", Foreign("an XML Spreadsheet 2003 (.xml)", EXCEL)),
    ("urn:oasis:names:tc:opendocument", Foreign("a flat OpenDocument spreadsheet (.fods)", EXCEL)),
    ("http://www.gnumeric.org", Foreign("a Gnumeric workbook", EXCEL)),
    ("schemas.microsoft.com/project", Foreign("a Microsoft Project plan in XML", PROJECT)),
    ("apibusinessobjects", Foreign("a Primavera P6 project in XML", PRIMAVERA)),
    ("http://schemas.microsoft.com/office/2006/xmlpackage", Foreign("a flat Office document in XML", EXCEL)),
)

#: Streams and storages of compound files; the first that is there counts.
STREAMS: tuple[tuple[str, Foreign], ...] = (
    ("worddocument", Foreign("an old Word document (.doc)", TABLE)),
    ("powerpoint document", Foreign("an old PowerPoint presentation (.ppt)", TABLE)),
    ("visiodocument", Foreign("an old Visio drawing (.vsd)", TABLE)),
    ("__properties_version1.0", Foreign("an Outlook message (.msg)", TABLE)),
    ("quill", Foreign("a Publisher document (.pub)", TABLE)),
    ("matadb", Foreign("a Microsoft Works file", EXCEL)),
    ("wkssssf", Foreign("a Microsoft Works file", EXCEL)),
)

#: Parts of zip archives; the first that is there counts.
PARTS: tuple[tuple[str, Foreign], ...] = (
    ("word/document.xml", Foreign("a Word document (.docx)", TABLE)),
    ("ppt/presentation.xml", Foreign("a PowerPoint presentation (.pptx)", TABLE)),
    ("visio/document.xml", Foreign("a Visio drawing (.vsdx)", TABLE)),
    ("index/document.iwa", Foreign("an Apple Numbers or Pages document", NUMBERS)),
    ("index.zip", Foreign("an Apple Numbers or Pages document", NUMBERS)),
    ("index.xml", Foreign("an Apple Numbers or Pages document", NUMBERS)),
    ("report/layout", Foreign("a Power BI report (.pbix)", DATABASE)),
    ("meta-inf/manifest.mf", Foreign("a Java archive", TABLE)),
)


def foreign_text(start: str) -> Foreign | None:
    """What a text that begins so is, or None where it may be delimited text.

    >>> foreign_text("ERMHDR\\t21.12").what
    'a Primavera P6 project (.xer)'
    """
    start = start.lstrip("\ufeff \t\r\n")
    kind = next((kind for pattern, kind in TEXTS if pattern.match(start)), None)
    if kind is None and (start.startswith("<?xml") or (start.startswith("<") and "xmlns" in start)):
        folded = start.casefold()
        kind = next((kind for words, kind in XML_TEXTS if words in folded), XML)
    return kind


def foreign_bytes(data: bytes) -> Foreign | None:
    """What a binary file that begins so is, or None where its beginning says nothing.

    >>> foreign_bytes(b"PAR1\\x15...").what
    'a Parquet file'
    """
    by_start = next((kind for magic, kind in SIGNATURES if data.startswith(magic)), None)
    return by_start or next((kind for pattern, kind in PATTERNS if pattern.match(data)), None)


def first_kind(table: tuple[tuple[str, Foreign], ...], holds: Callable[[str], bool]) -> Foreign | None:
    """The first kind of a table whose name is there."""
    return next((kind for name, kind in table if holds(name)), None)


def refusal(kind: Foreign) -> Refused:
    """The refusal of a format by its name."""
    return Refused(kind.code, f"the content is {kind.what}.", advice=kind.advice)
