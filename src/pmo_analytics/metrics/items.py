"""Items: the rows of a register one by one, with what each of them adds to the figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import narwhals as nw
import pandas as pd

from pmo_analytics.errors import UnknownName
from pmo_analytics.metrics.catalogue import MEASURES
from pmo_analytics.metrics.engine import brought_home, numbered
from pmo_analytics.metrics.inputs import read_inputs
from pmo_analytics.metrics.lookups import tables_that_tell
from pmo_analytics.metrics.registers import ITEM_REGISTERS, own_rows
from pmo_analytics.metrics.spine import spine
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.tables import table

if TYPE_CHECKING:
    from pmo_analytics.portfolio import Portfolio

_ROW = "__row"


def items(portfolio: Portfolio, name: str) -> pd.DataFrame:
    """The rows of the latest delivery of a register, with one column per measure of it.

    A column such as ``milestone_slip`` (days), ``risk_emv`` (currency units), ``issues_overdue`` (1 or 0) is
    what the row adds to the metrics made of that measure, so that rows can be checked against totals; null
    where it adds nothing. ``name`` is milestones, risks, issues or another table that metrics count rows of.
    Raises ``UnknownName`` for another table.

    >>> from pmo_analytics.portfolio import Portfolio
    >>> rows = {"risk_id": ["R1"], "p_score": [4.0], "i_score": [3.0], "status": ["open"]}
    >>> risks = pd.DataFrame({**rows, "period": pd.to_datetime(["2026-06-30"]), "entity_id": ["P1"]})
    >>> items(Portfolio({"risks": risks}, pd.Timestamp("2026-06-30")), "risks")["risk_score"].tolist()
    [12.0]
    """
    if name not in ITEM_REGISTERS:
        raise UnknownName("register", name, ITEM_REGISTERS)
    delivered = latest(portfolio, name).reset_index(drop=True)
    telling = {of: portfolio[of] for of in tables_that_tell(name) if len(portfolio[of])}
    inputs = read_inputs({**telling, name: delivered}, portfolio.as_of)
    inputs = replace(inputs, frames={**inputs.frames, name: numbered(inputs.frames[name], _ROW)})
    frame = own_rows(inputs, name, spine(inputs, by_period=False), by_period=False).sort(_ROW)
    measures = [measure for measure in MEASURES.values() if measure.table == name]
    added = brought_home(frame.select(*(m.row.cast(nw.Float64).alias(m.name) for m in measures)))
    found: pd.DataFrame = pd.concat([delivered, added], axis=1)
    return found


def latest(portfolio: Portfolio, name: str) -> pd.DataFrame:
    """The rows of the latest delivery of a table up to the month of ``as_of``; all of one without months."""
    rows = portfolio[name].reset_index(drop=True)
    if not table(name).has_period:
        return rows
    seen = rows.loc[rows[Project.period] <= portfolio.as_of + pd.offsets.MonthEnd(0)]
    newest: pd.DataFrame = seen.loc[seen[Project.period] == seen[Project.period].max()]
    return newest
