"""The corpus: delimited."""

from __future__ import annotations

from corpus.promises import *  # noqa: F403 - the same tests over other folders

FOLDERS = (
    "csv-spectrum",
    "duckdb",
    "frictionless",
)
