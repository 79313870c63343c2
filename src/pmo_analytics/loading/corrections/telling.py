"""Telling what became of corrections: as findings, as kept-out rows, as counts of each workbook."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.loading.corrections import applying
from pmo_analytics.loading.corrections.marks import in_words
from pmo_analytics.quality.findings import describe, faults, gather
from pmo_analytics.schemas.results import Finding, Quarantined, empty_result
from pmo_analytics.schemas.source import FileResult, Source
from pmo_analytics.schemas.tables import SOURCE, SOURCE_ROW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmo_analytics.loading.corrections.applying import Applied, Outcome
    from pmo_analytics.loading.corrections.reading import Correction, CorrectionBook
    from pmo_analytics.portfolio import Portfolio

_CODES = {
    applying.REPLACED: "ROW_REPLACED",
    applying.CONFLICT: "CORRECTION_CONFLICT",
    applying.STALE: "STALE_CORRECTION",
    applying.LOST: "CORRECTION_WITHOUT_ORIGIN",
}
#: What became of rows that stay out.
_KEPT_OUT = (applying.CONFLICT, applying.STALE, applying.LOST)


def correction_sources(applied: Applied) -> list[Source]:
    """A source for every sheet of a correction workbook, so that findings have an address."""
    digests = {book.path: book.digest for book in applied.books}
    sheets = dict.fromkeys((one.correction.path, one.correction.sheet) for one in applied.outcomes)
    sheets |= dict.fromkeys((book.path, name) for book in applied.books for name in book.foreign)
    sheets |= dict.fromkeys((book.path, "") for book in applied.books)
    return [
        Source(_key(path, sheet), path, sheet or None, digests[path], "", "", (), 0, None, "")
        for path, sheet in sheets
    ]


def correction_faults(applied: Applied) -> pd.DataFrame:
    """One fault per row that was replaced or stays out, and one per workbook that counts its rows."""
    told = [_row_faults(code, applied, became) for became, code in _CODES.items()]
    told += [_counted(book, applied) for book in applied.books]
    told += [
        _note(_key(book.path, sheet), f"columns that no mark stands above were not read: {', '.join(names)}")
        for book in applied.books
        for sheet, names in book.foreign.items()
    ]
    return gather(told)


def with_corrections(portfolio: Portfolio, applied: Applied) -> Portfolio:
    """The portfolio with the results of its correction workbooks, and with findings that say where a row was mended.

    A finding about a replaced row keeps the address of the original, by which everything else finds it; its
    message ends with the address in the correction workbook.
    """
    if not applied.books:
        return portfolio
    out = _kept_out_rows(applied)
    parts = [frame for frame in (portfolio.quarantine, out) if len(frame)]
    results = tuple(_result(book, applied) for book in applied.books)
    return replace(
        portfolio,
        findings=_marked(portfolio.findings, applied),
        quarantine=pd.concat(parts, ignore_index=True) if parts else out,
        files=(*portfolio.files, *results),
    )


def _key(path: str, sheet: str) -> str:
    return f"corrections|{path}|{sheet}"


def _row_faults(code: str, applied: Applied, became: str) -> pd.DataFrame:
    chosen = [one for one in applied.outcomes if one.became == became]
    if not chosen:
        return gather([])
    rows = pd.DataFrame(
        {
            SOURCE: [_key(one.correction.path, one.correction.sheet) for one in chosen],
            SOURCE_ROW: [one.correction.row for one in chosen],
        }
    )
    value = pd.Series([one.told or _raw(one.correction) for one in chosen], dtype="str")
    detail = pd.Series([_original(one.correction) for one in chosen], dtype="str")
    return faults(code, rows, table_name="", value=value, detail=detail)


def _original(one: Correction) -> str:
    if one.origin is None:
        return ""
    sheet = f" [{one.origin.sheet}]" if one.origin.sheet else ""
    place = f"row {one.place}" if one.place.isdecimal() else one.place
    return f"{one.origin.file}{sheet} {place}"


def _counted(book: CorrectionBook, applied: Applied) -> pd.DataFrame:
    became = pd.Series(
        [one.became for one in applied.outcomes if one.correction.path == book.path], dtype="str"
    )
    counts = became.value_counts()
    words = {
        applying.REPLACED: "replaced a row of its original",
        applying.UNCHANGED: "stand as they were",
        applying.SUPERSEDED: "were mended again in a later workbook",
    }
    listed = [f"{counts[name]:,} {told}" for name, told in words.items() if name in counts]
    out = int(became.isin(_KEPT_OUT).sum())
    listed += [f"{out:,} could not be applied"] if out else []
    return _note(_key(book.path, ""), f"correction workbook: of {len(became):,} rows {', '.join(listed)}")


def _note(key: str, words: str) -> pd.DataFrame:
    row = pd.DataFrame({SOURCE: [key], SOURCE_ROW: [pd.NA]})
    return faults("READING_NOTE", row, table_name="", value=pd.Series([words], dtype="str"))


def _kept_out_rows(applied: Applied) -> pd.DataFrame:
    chosen = [one for one in applied.outcomes if one.became in _KEPT_OUT]
    if not chosen:
        return empty_result(Quarantined)
    told = describe(correction_faults(_only(applied, chosen)), correction_sources(applied))
    told = told[told[Finding.cell] != ""]
    by_row = {(one.correction.path, one.correction.sheet, one.correction.row): one for one in chosen}
    number = told[Finding.cell].str.extract(r"(\d+)$", expand=False).astype("float64")
    places = zip(told[Finding.file], told[Finding.sheet], number.astype(int), strict=True)
    rows = told.assign(**{Quarantined.row: number})
    rows[Quarantined.raw] = [_raw(by_row[place].correction) for place in places]
    shape = empty_result(Quarantined)
    return rows[list(shape.columns)].astype(shape.dtypes.to_dict()).reset_index(drop=True)


def _only(applied: Applied, outcomes: Sequence[Outcome]) -> Applied:
    return replace(applied, books=(), outcomes=tuple(outcomes))


def _raw(one: Correction) -> str:
    cells = {column: cell for (_, column), cell in one.cells.items() if cell.value is not None}
    return "; ".join(f"{one.headings.get(at, '')} = {in_words(cell)}" for at, cell in sorted(cells.items()))


def _result(book: CorrectionBook, applied: Applied) -> FileResult:
    became = [one.became for one in applied.outcomes if one.correction.path == book.path]
    out = sum(name in _KEPT_OUT for name in became)
    return FileResult(
        path=book.path,
        status="loaded",
        error=None,
        read=len(became) + book.empty,
        accepted=len(became) - out,
        quarantined=out,
        empty=book.empty,
        above=book.above,
        unrecognised=book.unrecognised,
    )


def _marked(findings: pd.DataFrame, applied: Applied) -> pd.DataFrame:
    """The findings about replaced rows, with the place in the correction workbook behind their sentence."""
    places = {
        f"{path}|{one.correction.origin.sheet or ''}|{one.correction.place}": _place(one.correction)
        for one in applied.replaced
        if one.correction.origin is not None
        for path in applied.files.get(one.correction.origin.digest, ())
    }
    where = findings[Finding.file] + "|" + findings[Finding.sheet] + "|"
    row = findings[Finding.cell].str.extract(r"(\d+)$", expand=False).fillna("")
    by_row = (where + row).map(places).astype("str")
    mark = by_row.fillna((where + findings[Finding.cell]).map(places).astype("str")).fillna("")
    return findings.assign(**{Finding.message: findings[Finding.message] + mark})


def _place(one: Correction) -> str:
    return f" (mended in {PurePath(one.path).name} [{one.sheet}] row {one.row})"
