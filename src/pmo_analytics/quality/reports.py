"""Reports: whether a status row says anything, or only stands in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.schemas.columns import reason_of
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Why a cell of a report can be empty though the project did report.
_SAID = ("withheld", "unreadable", "conflict", "stale")


def shared_columns() -> tuple[str, ...]:
    """The columns that a project list can state as well as a status report, keys left out."""
    listed, reported = table("projects").columns, table("status").columns.values()
    stated = (column.name for column in reported if not (column.key or column.derived))
    return tuple(name for name in stated if name in listed)


def is_report(status: pd.DataFrame) -> pd.Series:
    """Whether each status row is a report: something stands in it that no project list could hold.

    A monthly list names every project; a row whose status cells are all empty, or say "not reported", is no
    report. A cell that is withheld or cannot be read was filled in by somebody, so it is one.

    >>> rows = table("status").empty().reindex([0, 1]).assign(bac=5.0)
    >>> is_report(rows.assign(ev=[2.0, float("nan")])).tolist()
    [True, False]
    """
    own = [c for c in _own_columns() if c in status]
    filled = status[own].notna().any(axis=1)
    reasons = [reason_of(c) for c in own if reason_of(c) in status]
    return filled | status[reasons].isin(_SAID).any(axis=1)


def _own_columns() -> Iterable[str]:
    shared = shared_columns()
    columns = table("status").columns.values()
    return (c.name for c in columns if not (c.key or c.derived or c.name in shared))
