"""Accounting: what became of every row of a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pmo_analytics.schemas.results import Quarantined
from pmo_analytics.schemas.source import FileResult

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from pmo_analytics.loading.extracting import Extract

#: What a row of a sheet can be, each word stronger than the one before it: where tables stand side by side, or
#: months across, a row that is several of these is the last of them.
UNRECOGNISED, ABOVE, EMPTY, ACCEPTED, QUARANTINED = range(5)


@dataclass(frozen=True, slots=True)
class SheetLines:
    """One sheet with its number of rows (of columns, where records stand in columns), and its tables."""

    name: str
    n_lines: int
    extracts: tuple[Extract, ...]


def account(path: str, sheets: Sequence[SheetLines], quarantine: pd.DataFrame) -> FileResult:
    """The result of a file: each row of its sheets is counted once.

    A row that is part of two tables, side by side or in several months, is quarantined where one of them keeps
    its part out, else accepted where one of them takes it.
    """
    own = quarantine[quarantine[Quarantined.file] == path]
    rows = own[Quarantined.row].astype("int64")
    kept_out = {str(sheet): set(group) for sheet, group in rows.groupby(own[Quarantined.sheet])}
    counts = np.zeros(5, dtype=np.int64)
    for sheet in sheets:
        counts += np.bincount(_lines(sheet, kept_out), minlength=5)
    unrecognised, above, empty, accepted, quarantined = map(int, counts)
    return FileResult(
        path,
        "loaded",
        None,
        read=empty + accepted + quarantined,
        accepted=accepted,
        quarantined=quarantined,
        empty=empty,
        above=above,
        unrecognised=unrecognised,
    )


def _lines(sheet: SheetLines, kept_out: Mapping[str, set[int]]) -> NDArray[np.int64]:
    lines = np.full(sheet.n_lines, UNRECOGNISED, dtype=np.int64)
    for extract in sheet.extracts:
        layout = extract.layout
        mine = np.full(sheet.n_lines, UNRECOGNISED, dtype=np.int64)
        mine[(layout.title_row - 1) if layout.number > 1 else 0 : layout.header_row] = ABOVE
        mine[layout.header_row : layout.last_row] = EMPTY
        mine[extract.rows.raw.index.to_numpy() - 1] = ACCEPTED
        lines = np.maximum(lines, mine)
    out = np.array(sorted(kept_out.get(sheet.name, ())), dtype=np.int64) - 1
    lines[out[out < sheet.n_lines]] = QUARANTINED
    return lines
