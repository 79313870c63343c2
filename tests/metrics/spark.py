"""A local Spark of two threads, and frames on it."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from report.office import program

#: Plans of a whole catalogue are long: they are neither printed nor compiled.
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.maxPlanStringLength": "1000",
    "spark.log.level": "ERROR",
}


@cache
def session() -> Any:
    """Spark in this process; without Java the test is skipped, in CI it fails."""
    program("java")
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]")
    for key, value in SETTINGS.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def to_spark(frame: pd.DataFrame) -> Any:
    """The rows of a pandas frame on Spark, with its types and its nulls."""
    from pyspark.sql import types

    def kind(column: pd.Series[Any]) -> types.DataType:
        if pd.api.types.is_datetime64_any_dtype(column):
            return types.TimestampNTZType()
        if pd.api.types.is_bool_dtype(column):
            return types.BooleanType()
        return types.DoubleType() if pd.api.types.is_numeric_dtype(column) else types.StringType()

    schema = types.StructType([types.StructField(str(name), kind(frame[name])) for name in frame])
    plain = frame.astype({n: float for n in frame if isinstance(schema[str(n)].dataType, types.DoubleType)})
    rows = plain.astype(object).where(plain.notna(), None)
    return session().createDataFrame(
        [tuple(map(_plain, row)) for row in rows.itertuples(index=False)], schema
    )


def _plain(value: Any) -> Any:
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value
