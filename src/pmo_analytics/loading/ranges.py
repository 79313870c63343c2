"""Ranges: the cells that state several values, in a table of their own."""

from __future__ import annotations

import pandas as pd

from pmo_analytics.schemas.results import Range, empty_result
from pmo_analytics.schemas.tables import SOURCE, SOURCE_ROW


def ranges_of(ends: pd.DataFrame, frame: pd.DataFrame, name: str, column: str) -> pd.DataFrame:
    """The ends that cells of a column state, with their place; days and amounts in columns of their own."""
    dated = pd.api.types.is_datetime64_any_dtype(ends["mid"])
    names = (Range.low_date, Range.mid_date, Range.high_date) if dated else (Range.low, Range.mid, Range.high)
    found = frame.loc[ends.index, [SOURCE, SOURCE_ROW]].assign(**{Range.table: name, Range.column: column})
    found[list(names)] = ends
    return found


def gather_ranges(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """All ranges in one typed table."""
    shape = empty_result(Range)
    typed = [part.reindex(columns=list(shape.columns)).astype(shape.dtypes.to_dict()) for part in parts]
    return pd.concat(typed, ignore_index=True) if typed else shape
