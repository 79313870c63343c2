"""A workbook's zip archive, each part of it inflated once, checked, and read by everybody from what was checked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping

from pmo_analytics.loading.files.archive import ZipLimits, archive_of, directory, inflated, part_name
from pmo_analytics.loading.files.claims import refuse_counts
from pmo_analytics.loading.files.formats import OPEN_DOCUMENT, PARTS, ZIP, first_kind, refusal
from pmo_analytics.loading.files.raw_sheet import Refused

WORKBOOK_PART = "xl/workbook.xml"
OPEN_DOCUMENT_PART = "content.xml"

_WORKBOOK_PARTS = {WORKBOOK_PART: "xlsx", "xl/workbook.bin": "xlsb"}
_OPEN_DOCUMENT_PARTS = ("mimetype", "styles.xml", OPEN_DOCUMENT_PART, "meta-inf/manifest.xml")
_MIME_OF_SPREADSHEETS = b"application/vnd.oasis.opendocument.spreadsheet"
_UNREAD = ("docprops/", "customxml/")
_DOCTYPES = tuple(
    needle
    for word in ("<!DOCTYPE", "<!ENTITY")
    for needle in (word.encode(), word.encode("utf-16-le")[:-1])  # without its last byte it fits both orders
)


class Package:
    """The parts of a workbook that a reader opens, checked, by the names that packages compare.

    `kind` is ``xlsx``, ``xlsb`` or ``ods``; `archive` is a zip archive of the checked parts, for a reader that
    wants one. Making it raises Refused with DAMAGED_FILE, HOSTILE_FILE, FILE_TOO_LARGE, PASSWORD_PROTECTED or
    UNKNOWN_FORMAT.
    """

    def __init__(self, data: bytes, limits: ZipLimits) -> None:
        entries = directory(data, limits)
        self.kind = _kind(data, entries)
        self.archive = archive_of(self._checked(data, entries))
        self._contents = zipfile.ZipFile(io.BytesIO(self.archive))
        self._names = {part_name(name): name for name in self._contents.namelist()}

    def __contains__(self, name: str) -> bool:
        return part_name(name) in self._names

    def part(self, name: str) -> bytes:
        """The content of a part."""
        return self._contents.read(self._names[part_name(name)])

    def _is_read(self, name: str) -> bool:
        if self.kind == "ods":
            return name in _OPEN_DOCUMENT_PARTS
        endings = (".xml", ".rels", ".bin") if self.kind == "xlsb" else (".xml", ".rels")
        return name.endswith(endings) and not name.startswith(_UNREAD)

    def _checked(self, data: bytes, entries: Mapping[str, zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
        for name in filter(self._is_read, entries):
            content = inflated(data, entries[name])
            if not name.endswith(".bin"):
                if any(needle in content for needle in _DOCTYPES):
                    raise Refused("HOSTILE_FILE", f"part {name} declares a document type or entities.")
                refuse_counts(content, name)
            yield entries[name].filename, content


def _kind(data: bytes, entries: Mapping[str, zipfile.ZipInfo]) -> str:
    """``xlsx``, ``xlsb`` or ``ods``; raises Refused for an archive that is no workbook."""
    for part, kind in _WORKBOOK_PARTS.items():
        if part in entries:
            return kind
    entry = entries.get("mimetype")
    if entry is not None and entry.file_size < 200:
        if inflated(data, entry).strip().startswith(_MIME_OF_SPREADSHEETS):
            return "ods"
        raise refusal(OPEN_DOCUMENT)
    raise refusal(first_kind(PARTS, entries.__contains__) or ZIP)
