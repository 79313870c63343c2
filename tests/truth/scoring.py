"""Scoring: what became of every cell whose truth is known."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

import pmo_analytics as pmo
from pmo_analytics.schemas.tables import SOURCE, SOURCE_ROW
from truth.clean import Field, Money, Sheet

RIGHT, QUARANTINED, REFUSED, WRONG = "right", "quarantined", "refused", "silently wrong"
VERDICTS = (RIGHT, QUARANTINED, REFUSED, WRONG)
_ROW = re.compile(r"(\d+)\Z")
#: Findings about rows that went astray as a whole: they name the row that swallowed them.
_ASTRAY = frozenset({"SUSPECT_QUOTES"})


@dataclass(slots=True)
class Score:
    """How many cells ended how, and what is told of each silently wrong one."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, verdict: str, told: str = "") -> None:
        """Count one cell."""
        self.counts[verdict] += 1
        if verdict == WRONG:
            self.wrong.append(told)


@dataclass(frozen=True, slots=True)
class Told:
    """What the library says of one file: rows by table, rows kept out, cells with a finding, rows that end early."""

    rows: dict[str, pd.DataFrame]
    kept_out: set[int]
    cells: set[tuple[str, int]]
    short: set[int]
    codes: set[str]


def told_of(portfolio: pmo.Portfolio, path: str) -> Told:
    """Rows and findings of one file of a portfolio."""
    keys = {source.key for source in portfolio.sources if source.path == path}
    rows = {
        name: frame[frame[SOURCE].isin(keys)] for name in portfolio.delivered if len(frame := portfolio[name])
    }
    out = portfolio.quarantine[portfolio.quarantine["file"] == path]
    findings = portfolio.findings[portfolio.findings["file"] == path]
    numbers = [_ROW.search(cell or "") for cell in findings["cell"].fillna("")]
    located = [int(number[1]) if number else 0 for number in numbers]
    cells = set(zip(findings["column"].astype("str"), located, strict=True))
    short = {at for at, code in zip(located, findings["code"], strict=True) if code == "SHORT_ROW"}
    return Told(rows, set(out["row"].astype(int)), cells, short, set(findings["code"]))


def score(portfolio: pmo.Portfolio | None, path: str, sheet: Sheet, above: int) -> Score:
    """The verdict of every cell of a sheet; without a portfolio, or in a refused file, every cell is refused."""
    result = Score()
    refused = portfolio is None or all(file.path != path or file.error for file in portfolio.files)
    told = None if refused or portfolio is None else told_of(portfolio, path)
    seen: dict[str, set[Any]] = {}
    for at, truth in enumerate(sheet.truth):
        if truth is None:
            continue
        for one, name in _cells(sheet):
            if told is None:
                result.add(REFUSED)
                continue
            row = _row_of(told, name, above + at + 1, truth, sheet)
            if row is not None:
                seen.setdefault(name, set()).add(row.name)
            if _is_headless(sheet, one) and "BLANK_HEADING" in told.codes:
                result.add(REFUSED)
                continue
            result.add(*_verdict(told, row, above + at + 1, one, truth[one.column]))
    if told is not None:
        _count_invented(told, seen, result)
    return result


def _cells(sheet: Sheet) -> Iterator[tuple[Field, str]]:
    return ((one, name) for one in sheet.fields for name in one.tables)


def _is_headless(sheet: Sheet, one: Field) -> bool:
    """Whether a field stands below no heading, so that nothing can know it."""
    return not sheet.headings[sheet.at(one.column)]


def _row_of(told: Told, name: str, number: int, truth: dict[str, Any], sheet: Sheet) -> pd.Series | None:
    """The row that a table has for a row of the file: by its place, where rows are swallowed by its key."""
    frame = told.rows.get(name)
    if frame is None:
        return None
    key = sheet.fields[0].column
    if told.codes & _ASTRAY:
        found = frame[[_same_text(value, truth[key]) for value in frame[key]]]
    else:
        found = frame[frame[SOURCE_ROW] == number]
    return found.iloc[0] if len(found) else None


def _verdict(told: Told, row: pd.Series | None, number: int, one: Field, truth: Any) -> tuple[str, str]:
    if row is None:
        if number in told.kept_out:
            return QUARANTINED, ""
        astray = bool(told.codes & _ASTRAY)
        return (REFUSED, "") if astray else (WRONG, f"row {number}: lost")
    value = row[one.column]
    if _is_right(value, truth, row, one):
        return RIGHT, ""
    where = f"{one.column} of row {number}: {value!r} instead of {truth!r}"
    if not _is_null(value):
        return WRONG, where
    said = (one.column, number) in told.cells or number in told.short
    return (REFUSED, "") if said else (WRONG, f"{where}, and nothing is said")


def _count_invented(told: Told, seen: dict[str, set[Any]], result: Score) -> None:
    """A row that the file does not have is silently wrong, unless it is that of a key without values."""
    for name, frame in told.rows.items():
        for label, row in frame.iterrows():
            if label not in seen.get(name, set()):
                result.add(WRONG, f"{name} row {row[SOURCE_ROW]}: no such row in the file")


def _is_null(value: Any) -> bool:
    return bool(pd.isna(value))


def _is_right(value: Any, truth: Any, row: pd.Series, one: Field) -> bool:
    if truth is None or _is_null(value):
        return truth is None and _is_null(value)
    if isinstance(truth, Money):
        named = row["currency"]
        # several currencies are written $: to name none of them is no fault
        fits = named == truth.currency or (truth.currency == "USD" and _is_null(named))
        return abs(value - truth.amount) <= 1e-9 * abs(truth.amount) and fits
    if isinstance(truth, dt.date):
        return pd.Timestamp(value) == pd.Timestamp(truth)
    if isinstance(truth, float):
        return abs(float(value) - truth) <= 1e-9 * max(abs(truth), 1)
    return _same_text(value, truth) if one.kind == "id" else str(value) == truth


def _same_text(value: Any, truth: Any) -> bool:
    """Whether two ids are the same to a reader: case, width and invisible letters do not count."""
    return _plain(value) == _plain(truth)


def _plain(value: Any) -> str:
    text = unicodedata.normalize("NFKC", str(value)).casefold()
    return "".join(letter for letter in text if unicodedata.category(letter) not in ("Cf", "Zs"))
