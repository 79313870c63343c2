"""Measuring: every metric of the catalogue for every project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from pmo_analytics.metrics.grouping import grouped
from pmo_analytics.metrics.handing_back import handed_back
from pmo_analytics.metrics.inputs import read_inputs
from pmo_analytics.metrics.roll_up_rules import metrics_asked
from pmo_analytics.schemas.columns import reason_of
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pmo_analytics.metrics.inputs import Inputs
    from pmo_analytics.portfolio import Portfolio

_SAID = {Project.currency: "__said_currency", Project.rate_set: "__said_rates"}

#: What stands before the figures of a project.
CONTEXT = (
    Project.project_id,
    Project.period,
    Project.project_name,
    Project.programme_id,
    Project.department,
    Project.category,
    Project.currency,
    Project.rate_set,
    Project.sponsor,
    Project.project_manager,
    Status.rag_reported,
    Status.rag_overall,
    Status.rag_independent,
    Status.rag_scale,
    Status.carried_from,
)


def measure(
    source: Portfolio | Mapping[str, Any] | Inputs,
    *,
    as_of: object | None = None,
    metrics: Sequence[str] | None = None,
) -> Any:
    """One row per project of the current period: keys and context, then every metric and its reason.

    ``source`` is a Portfolio, or a mapping from table name to frame (pandas, Polars eager or lazy, DuckDB);
    the result is of the caller's kind, from a Portfolio pandas. The current period is the latest one up to
    the month of ``as_of``, which defaults to the portfolio's own and must be given with a mapping. A figure
    is either a number or null with a reason code in ``<metric>_reason``. Sorted by project. In a mapping a
    key stands once per table, and periods are month-ends; a table without a period takes that of ``as_of``.
    ``metrics`` names those that are wanted; without it, all. ``currency`` is that of the amounts of the tables that
    they read, else of the project list. Amounts of a register in another currency than those of its project are
    undefined (MIXED_CURRENCY).
    Raises ``UnknownName`` for an unknown table or metric and ``InvalidTable`` for a frame without its key.

    >>> import pandas as pd
    >>> status = pd.DataFrame({"project_id": ["P1"], "pv": [100.0], "ev": [60.0], "ac": [110.0]})
    >>> measure({"status": status}, as_of="2026-06-30")[["cv", "spi", "bac_reason"]].to_dict("list")
    {'cv': [-50.0], 'spi': [0.6], 'bac_reason': ['NO_BASELINE']}
    """
    return _measured(source, as_of, [Project.project_id], metrics)


def measure_by_period(
    source: Portfolio | Mapping[str, Any] | Inputs,
    *,
    as_of: object | None = None,
    metrics: Sequence[str] | None = None,
) -> Any:
    """One row per project and period up to ``as_of``: keys and context, then every metric and its reason.

    The columns are those of :func:`measure`, and so is what comes in and what is raised. Each period is seen
    from its end, the last one from ``as_of``; of a register only the rows of the same period count. Sorted by
    project, then period.

    >>> import pandas as pd
    >>> rows = {"project_id": ["P1", "P1"], "period": pd.to_datetime(["2026-05-31", "2026-06-30"])}
    >>> status = pd.DataFrame({**rows, "pv": [50.0, 100.0], "ev": [50.0, 60.0], "ac": [50.0, 110.0]})
    >>> measure_by_period({"status": status}, as_of="2026-06-30")["spi"].tolist()
    [1.0, 0.6]
    """
    return _measured(source, as_of, [Project.project_id, Project.period], metrics)


def _measured(
    source: Portfolio | Mapping[str, Any] | Inputs,
    as_of: object | None,
    by: list[str],
    metrics: Sequence[str] | None,
) -> Any:
    names = metrics_asked(metrics)
    inputs = read_inputs(source, as_of)
    figures, projects = grouped(inputs, by, metrics=names)
    wanted = [column for name in names for column in (name, reason_of(name))]
    context = projects.select(*CONTEXT)
    own = figures.select(*by, *wanted, *(nw.col(column).alias(said) for column, said in _SAID.items()))
    measured = context.join(own, on=by, how="left")
    # amounts of a register may be in another currency than a project without amounts names
    stated = (nw.coalesce(nw.col(said), nw.col(column)).alias(column) for column, said in _SAID.items())
    measured = measured.with_columns(*stated)
    return handed_back(measured.select(*CONTEXT, *wanted).sort(by), home=inputs.home)
