"""The errors of pmo_analytics: one tree, every leaf with a stable code.

    PmoError
    ├── FileError                  something about one file; names it, and sheet and cell where known
    │   ├── FileMissing            FILE_MISSING
    │   ├── EmptyFile              EMPTY_FILE
    │   ├── UnknownFormat          UNKNOWN_FORMAT
    │   ├── DamagedFile            DAMAGED_FILE
    │   ├── PasswordProtected      PASSWORD_PROTECTED
    │   │   └── WrongPassword      WRONG_PASSWORD
    │   ├── HtmlAsWorkbook         HTML_AS_WORKBOOK
    │   ├── FileTooLarge           FILE_TOO_LARGE
    │   ├── HostileFile            HOSTILE_FILE
    │   ├── FileLocked             FILE_LOCKED
    │   ├── ReaderFailed           READER_FAILED
    │   ├── NoTableFound           NO_TABLE_FOUND
    │   └── CorrectionsUnusable    CORRECTIONS_UNUSABLE
    ├── NothingLoaded              NOTHING_LOADED       not one file of a delivery could be read
    ├── ConfigurationError         CONFIGURATION        a profile, rule set or setting that cannot be
    │   └── MonthUnknown           MONTH_UNKNOWN        nothing of a delivery says its month
    ├── UnknownName                UNKNOWN_NAME         not in a closed list; the message lists it
    ├── InvalidTable               INVALID_TABLE        a frame lacks what a function needs
    ├── RollUpRefused              ROLL_UP_REFUSED      a figure cannot be rolled up like that
    ├── RateMissing                RATE_MISSING         an amount cannot be turned into the currency asked for
    └── ReportError                REPORT               a report cannot be written

Anything a spreadsheet can do wrong inside a readable file is a *finding* (a row of data), not an error.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import ClassVar


class PmoError(Exception):
    """The root of the tree: catch it to catch everything this library raises on purpose."""

    code: ClassVar[str] = "PMO"


class FileError(PmoError):
    """One file could not be used; says which, where in it, and what to do.

    ``advice`` stands instead of the usual one where what the file is allows a better one.
    """

    code = "FILE"
    usual_advice: ClassVar[str] = ""

    def __init__(
        self,
        path: str,
        message: str = "",
        *,
        sheet: str | None = None,
        cell: str | None = None,
        advice: str | None = None,
    ) -> None:
        self.path = path
        self.sheet = sheet
        self.cell = cell
        self.advice = self.usual_advice if advice is None else advice
        where = "".join([f", sheet {sheet!r}" if sheet else "", f", cell {cell}" if cell else ""])
        self.message = " ".join(part for part in (message, self.advice) if part)
        super().__init__(f"{path}{where}: {self.message}")


class FileMissing(FileError):
    """There is no such file or folder, or nothing in the folder that could be read."""

    code = "FILE_MISSING"
    usual_advice = (
        "Check the path; folders are searched for workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods) and text "
        "(.csv, .tsv)."
    )


class EmptyFile(FileError):
    """The file has no bytes, or no cell with a value."""

    code = "EMPTY_FILE"
    usual_advice = "Export it again from the source system."


class UnknownFormat(FileError):
    """The content is of no format that the library reads."""

    code = "UNKNOWN_FORMAT"
    usual_advice = "Save it as .xlsx or .csv and try again."


class DamagedFile(FileError):
    """The file is truncated or its parts do not fit together."""

    code = "DAMAGED_FILE"
    usual_advice = "It is truncated or damaged; export or download it again."


class PasswordProtected(FileError):
    """The workbook is encrypted."""

    code = "PASSWORD_PROTECTED"
    usual_advice = (
        "Give its password (password=… or --password-file), or remove it in Excel "
        "(File, Info, Protect Workbook) and save it again."
    )


class WrongPassword(PasswordProtected):
    """The workbook is encrypted with another password."""

    code = "WRONG_PASSWORD"
    usual_advice = "Check the password; capitals and blanks count."


class HtmlAsWorkbook(FileError):
    """A web page saved under the name of a workbook."""

    code = "HTML_AS_WORKBOOK"
    usual_advice = "Open it in Excel and save it as .xlsx, or export it as CSV."


class FileTooLarge(FileError):
    """The content would exceed the limits for time, memory, size or compression."""

    code = "FILE_TOO_LARGE"
    usual_advice = "Remove unused rows and columns, or split the file."


class HostileFile(FileError):
    """The content has parts that no spreadsheet program writes."""

    code = "HOSTILE_FILE"
    usual_advice = "Do not open it; ask the sender for a fresh export."


class FileLocked(FileError):
    """The operating system does not let the file be read."""

    code = "FILE_LOCKED"
    usual_advice = (
        "If it is open in Excel, close it there; if it lies in a synchronised folder, "
        "wait until it is on this computer; then try again."
    )


class ReaderFailed(FileError):
    """The reading process ended without an answer."""

    code = "READER_FAILED"
    usual_advice = "Open it in Excel, save it as a new .xlsx and try again."


class NoTableFound(FileError):
    """No sheet has a header row with the key of a known table."""

    code = "NO_TABLE_FOUND"
    usual_advice = (
        "Draft a profile of its headings (pmo profile init FILE -o office.toml), look through it and pass it "
        "(profile=… or --profile office.toml); or name a shipped one that fits."
    )


class CorrectionsUnusable(FileError):
    """A correction workbook that cannot be applied: its marks are lost, or its originals are not there."""

    code = "CORRECTIONS_UNUSABLE"
    advice = (
        "Load it together with the files that it was written for; if they have changed, or its hidden sheet is "
        "lost, write it anew with pmo check … --corrections."
    )


FILE_ERRORS: dict[str, type[FileError]] = {
    error.code: error
    for error in (
        FileMissing,
        EmptyFile,
        UnknownFormat,
        DamagedFile,
        PasswordProtected,
        WrongPassword,
        HtmlAsWorkbook,
        FileTooLarge,
        HostileFile,
        FileLocked,
        ReaderFailed,
        NoTableFound,
        CorrectionsUnusable,
    )
}


class NothingLoaded(PmoError):
    """Not one file of the delivery could be read; carries the error of each."""

    code = "NOTHING_LOADED"

    def __init__(self, errors: Iterable[FileError]) -> None:
        self.errors = tuple(errors)
        listed = "\n".join(f"  {error}" for error in self.errors)
        super().__init__(f"nothing could be loaded:\n{listed}")


class ConfigurationError(PmoError):
    """A profile, a rule set or a settings file says something impossible."""

    code = "CONFIGURATION"


class MonthUnknown(ConfigurationError):
    """Nothing says which month a delivery is of; carries the sources that were understood."""

    code = "MONTH_UNKNOWN"

    def __init__(self, sources: Iterable[object], listed: str) -> None:
        self.sources = tuple(sources)
        super().__init__(
            f"no month is known: no column, file name or heading line names one. Understood were {listed}. "
            "Pass period= (--period 2026-06) or as_of= (--as-of 2026-06-30)."
        )


class UnknownName(PmoError):
    """A name that is not in a closed list; the message suggests and lists the known ones."""

    code = "UNKNOWN_NAME"

    def __init__(self, what: str, name: object, known: Iterable[str]) -> None:
        names = sorted(known)
        close = get_close_matches(str(name), names, n=1)
        suggestion = f" Did you mean {close[0]!r}?" if close else ""
        super().__init__(f"unknown {what} {name!r}.{suggestion} Known: {', '.join(names) or 'none'}.")
        self.what = what
        self.name = name
        self.known = tuple(names)


class InvalidTable(PmoError):
    """A frame lacks what a function needs of it."""

    code = "INVALID_TABLE"


class RollUpRefused(PmoError):
    """A figure cannot be rolled up as it is asked for, such as by the mean of ratios."""

    code = "ROLL_UP_REFUSED"


class RateMissing(PmoError):
    """A set of exchange rates has none for an amount that is to be converted."""

    code = "RATE_MISSING"


class ReportError(PmoError):
    """A report cannot be written."""

    code = "REPORT"
