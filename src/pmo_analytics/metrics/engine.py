"""The engine that computes: pandas frames are carried to Polars and back, every other frame stays where it is.

The expressions are the same on every engine. On pandas each of their thousands of steps is a Series of its own;
Polars plans them together.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl


def carried(frame: Any) -> Any:
    """A typed pandas frame (numbers, text, dates) as a lazy Polars frame; any other frame as it is."""
    native = nw.to_native(frame)
    if not isinstance(native, pd.DataFrame):
        return frame
    columns = {str(name): _polars_column(native[name]) for name in native}
    return nw.from_native(pl.DataFrame(columns).lazy())


def numbered(frame: Any, column: str) -> Any:
    """A lazy Polars frame with the number of each row, from 0, so that its order can be found again after a join."""
    return nw.from_native(nw.to_native(frame).with_row_index(column))


def brought_home(frame: Any) -> pd.DataFrame:
    """A lazy Polars frame as pandas: text as ``str``, days as ``datetime64[us]``, nulls as pandas has them."""
    collected = nw.to_native(frame).collect()
    return pd.DataFrame({column.name: _pandas_column(column) for column in collected.iter_columns()})


def _polars_column(column: pd.Series[Any]) -> pl.Series:
    if pd.api.types.is_numeric_dtype(column):
        return pl.Series(column.to_numpy(dtype=float, na_value=np.nan), nan_to_null=True)
    if pd.api.types.is_datetime64_dtype(column):
        return pl.Series(column.to_numpy("datetime64[us]"), dtype=pl.Datetime("us"))
    # a word is carried once, however many rows have it
    codes, words = pd.factorize(column)
    carried_words = pl.Series([*words, None], dtype=pl.String)
    return carried_words.gather(np.where(codes < 0, len(words), codes))


def _pandas_column(column: pl.Series) -> Any:
    if column.dtype == pl.String:
        words = column.drop_nulls().unique(maintain_order=True)
        codes = column.cast(pl.Enum(words)).to_physical().cast(pl.Int64).fill_null(-1).to_numpy()
        texts = pd.array(words.to_list(), dtype="str")
        return texts.take(codes, allow_fill=True)
    return column.to_numpy()
