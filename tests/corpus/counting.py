"""Rows and cells of a file counted from its own bytes, by nothing that the library reads with.

A sheet has as many rows as its last row with a value: the empty rows after it are trimmed, and so they are here.
An empty text is no value; a blank one is. An error, and a formula that was never calculated, are values.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

#: Of a sheet: rows up to the last value, and cells with a value.
Count = tuple[int, int]


def local(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2]


def counted(rows: list[int]) -> Count:
    """The count of a sheet from the row (counted from 1) of each of its cells with a value."""
    return max(rows, default=0), len(rows)


def worksheets(package: ZipFile, workbook: str) -> list[str]:
    """The parts of the worksheets in the order of the workbook; charts, macros and dialogs are left out."""
    folder, leaf = posixpath.split(workbook)
    names = {name.replace("\\", "/").casefold().lstrip("/"): name for name in package.namelist()}
    relations = {
        one.get("Id"): (one.get("Type", "").rpartition("/")[2], one.get("Target", ""))
        for one in ElementTree.fromstring(package.read(names[f"{folder}/_rels/{leaf}.rels"]))
    }
    parts = []
    for element in ElementTree.fromstring(package.read(names[workbook])).iter():
        if local(element.tag) == "sheet":
            identity = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
            kind, target = relations.get(identity, ("", ""))
            part = posixpath.normpath(posixpath.join(f"/{folder}", target.replace("\\", "/"))).lstrip("/")
            if kind == "worksheet" and part.casefold() in names:
                parts.append(names[part.casefold()])
    return parts


def count_xlsx(path: Path) -> list[Count]:
    """Of each worksheet of an .xlsx or .xlsm."""
    with ZipFile(path) as package:
        strings = _shared_strings(package)
        found = []
        for part in worksheets(package, "xl/workbook.xml"):
            with package.open(part) as content:
                found.append(counted(_rows_of_cells(content, strings)))
        return found


def _shared_strings(package: ZipFile) -> list[bool]:
    """Whether each shared string has any text."""
    parts = {name.replace("\\", "/").casefold(): name for name in package.namelist()}
    name = parts.get("xl/sharedstrings.xml")
    if name is None:
        return []
    with package.open(name) as content:
        return [
            bool(_text(element))
            for _, element in ElementTree.iterparse(content)
            if local(element.tag) == "si"
        ]


def _text(element: ElementTree.Element) -> str:
    """The text of a string with or without runs, without the reading aid of Japanese."""
    if local(element.tag) == "rPh":
        return ""
    own = element.text or "" if local(element.tag) == "t" else ""
    return own + "".join(map(_text, element))


def _rows_of_cells(content: object, strings: list[bool]) -> list[int]:
    rows, row = [], 0
    for event, element in ElementTree.iterparse(content, ["start", "end"]):  # type: ignore[call-overload]
        name = local(element.tag)
        if event == "start" and name == "row":
            row = int(element.get("r", row + 1))
        elif event == "end" and name == "c":
            own = element.get("r", "").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            row = int(own) if own.isdigit() else row
            if _has_value(element, strings):
                rows.append(row)
            element.clear()
    return rows


def _has_value(cell: ElementTree.Element, strings: list[bool]) -> bool:
    inside = {local(child.tag): child for child in cell}
    kind, value = cell.get("t", "n"), "".join(inside["v"].itertext()) if "v" in inside else ""
    if kind == "s":
        return value.strip().isdigit() and int(value) < len(strings) and strings[int(value)]
    if kind == "inlineStr":
        return "is" in inside and bool(_text(inside["is"]))
    return kind == "e" or bool(value) or ("f" in inside and kind != "str")


def count_ods(path: Path) -> list[Count]:
    """Of each table of an .ods."""
    with ZipFile(path) as package:
        document = ElementTree.fromstring(package.read("content.xml"))
    found = []
    for table in (one for one in document.iter() if local(one.tag) == "table"):
        rows: list[int] = []
        below = 0
        for row in (one for one in table.iter() if local(one.tag) == "table-row"):
            times = _repeated(row, "number-rows-repeated")
            cells = sum(_repeated(cell, "number-columns-repeated") for cell in row if _is_filled(cell))
            if cells:
                rows += [below + 1 + at for at in range(times)] * cells
            below += times
        found.append(counted(rows))
    return found


def _repeated(element: ElementTree.Element, name: str) -> int:
    return int(next((value for key, value in element.attrib.items() if local(key) == name), "1"))


def _is_filled(cell: ElementTree.Element) -> bool:
    if local(cell.tag) not in ("table-cell", "covered-table-cell"):
        return False
    kind = next((value for key, value in cell.attrib.items() if local(key) == "value-type"), "")
    if kind and kind != "string":
        return True
    paragraphs = [child for child in cell if local(child.tag) == "p"]
    return any("".join(one.itertext()) for one in paragraphs) or len(paragraphs) > 1


def count_text(path: Path, delimiter: str) -> Count:
    """Of a delimited file, by a machine of three states: between fields, in a field, in quotation marks."""
    text = decoded(path.read_bytes()).replace("\0", "").replace("\r\n", "\n")
    rows: list[int] = []
    row, length, quoted, started = 1, 0, False, False
    at = 0
    while at < len(text):
        letter = text[at]
        if quoted:
            if letter == '"' and text[at + 1 : at + 2] != '"':
                quoted = False
            else:
                at += letter == '"'
                length += 1
        elif letter == '"' and not started:
            quoted = started = True
        elif letter in (delimiter, "\n", "\r"):
            rows += [row] * (length > 0)
            length, started = 0, False
            row += letter != delimiter
        else:
            length, started = length + 1, True
        at += 1
    return counted(rows + [row] * (length > 0))


def letters_of(text: str) -> Counter[str]:
    """How often each letter and digit stands in a text."""
    return Counter(letter for letter in text if letter.isalnum())


def decoded(data: bytes) -> str:
    """The text of a file: by its mark, by its zeros, as UTF-8, else as the old encoding of western Windows."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe\0\0", "utf-32"),
        (b"\0\0\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding)
    zeros = data[1::2].count(0), data[::2].count(0)
    if len(data) % 2 == 0 and max(zeros) * 5 > len(data) and min(zeros) * 20 < len(data):
        return data.decode("utf-16-le" if zeros[0] > zeros[1] else "utf-16-be")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
