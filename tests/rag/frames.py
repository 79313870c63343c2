"""Frames as measure returns them, on every engine."""

from __future__ import annotations

import duckdb
import pandas as pd
import polars as pl

from pmo_analytics.rag.reading import load_rules

METRICS = sorted({rule.metric for rule in load_rules().rules})
#: Figures that break no rule and are away from every limit.
GOOD = {name: 1.0 if name in ("cpi", "spi", "tcpi_bac") else 0.0 for name in METRICS}
NOTHING = dict.fromkeys(METRICS)
TEXTS = ("project_id", "project_name", "rag_reported", "rag_overall")


def measured(*rows):
    """A pandas frame with a row per mapping; what is not given is null."""
    columns = [*TEXTS, *(c for m in METRICS for c in (m, f"{m}_reason"))]
    frame = pd.DataFrame([{"project_id": f"P{n}", **row} for n, row in enumerate(rows, start=1)])
    frame = frame.reindex(columns=columns)
    return frame.astype({name: "float64" if name in METRICS else "str" for name in columns})


def _polars(frame):
    plain = {name: [None if pd.isna(v) else v for v in frame[name]] for name in frame}
    types = {name: pl.Float64 if name in METRICS else pl.String for name in frame}
    return pl.DataFrame(plain, schema=types)


ENGINES = {
    "pandas": lambda frame: frame,
    "polars": _polars,
    "polars lazy": lambda frame: _polars(frame).lazy(),
    "duckdb": lambda frame: duckdb.connect().from_arrow(_polars(frame).to_arrow()),
}


def rows_of(native):
    """The rows of a frame of any engine as mappings, with None for null."""
    if isinstance(native, pd.DataFrame):
        kept = native.astype(object)
        return kept.where(native.notna(), None).to_dict("records")
    if isinstance(native, pl.LazyFrame):
        native = native.collect()
    if isinstance(native, pl.DataFrame):
        return native.to_dicts()
    return [dict(zip(native.columns, row, strict=True)) for row in native.fetchall()]
