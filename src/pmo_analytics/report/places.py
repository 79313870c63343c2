"""Places: where rows and columns of the sheets stand, so that cells can lead there and formulas count there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pmo_analytics.schemas.source import column_letter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

#: Most links of a column: Excel takes 65,530 on a sheet.
LINKS = 20_000


@dataclass(frozen=True, slots=True)
class Places:
    """The rows of sheets by key, and the stretches of cells below their headings by name of the column."""

    rows: Mapping[str, Mapping[object, int]] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, sheet: str, key: object) -> str | None:
        """The address of the row with that key, or ``None``.

        >>> Places({"Data quality": {"P1": 7}}).of("Data quality", "P1")
        "'Data quality'!A8"
        """
        row = self.rows.get(sheet, {}).get(key)
        return None if row is None else f"'{sheet}'!A{row + 1}"

    def column(self, sheet: str, name: str) -> str | None:
        """The cells of a column of a sheet, or ``None`` where the sheet has no such column or no rows."""
        return self.columns.get(sheet, {}).get(name)


def rows_by_key(keys: pd.Series, *, header_row: int) -> dict[object, int]:
    """For every key the row that it stands in, counted from 0; the first one where it stands several times.

    >>> import pandas as pd
    >>> rows_by_key(pd.Series(["P1", "P2", "P1"]), header_row=2)
    {'P1': 3, 'P2': 4}
    """
    first = keys[~keys.duplicated()]
    return dict(zip(first.tolist(), (first.index + header_row + 1).tolist(), strict=True))


def columns_by_name(sheet: str, names: Iterable[str], *, header_row: int, rows: int) -> dict[str, str]:
    """For every column of a table that begins in column A the cells below its heading.

    >>> columns_by_name("Risks", ["risk_id", "score"], header_row=2, rows=3)["score"]
    "'Risks'!$B$4:$B$6"
    """
    if not rows:
        return {}
    first, last = header_row + 2, header_row + 1 + rows
    return {
        name: f"'{sheet}'!${column_letter(at)}${first}:${column_letter(at)}${last}"
        for at, name in enumerate(names)
    }
