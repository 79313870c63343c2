"""The collection workbook: blank sheets made from the schemas, in which project managers report."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pandas as pd
import xlsxwriter

from pmo_analytics.errors import ReportError
from pmo_analytics.loading.periods import month_end
from pmo_analytics.report.saving import check_target, save
from pmo_analytics.report.sheets.template import TemplateSheet, write_template_book
from pmo_analytics.report.workbook import OPTIONS
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import PROVENANCE, table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pmo_analytics.portfolio import Portfolio
    from pmo_analytics.schemas.tables import Column

#: What every project delivers month by month.
MONTHLY = ("projects", "status", "milestones", "risks", "issues", "decisions")
#: What is said of one report alone, so that last month's must not be taken for this month's.
OF_ONE_REPORT = frozenset({Status.report_date, Status.submitted_date, Status.carried_from})


def write_template(
    path: str | Path,
    *,
    tables: Iterable[str] | None = None,
    prefill: Portfolio | None = None,
    period: str | pd.Timestamp | None = None,
) -> Path:
    """The path of a collection workbook: a sheet per table, with drop-downs, checks, notes and an example row.

    ``tables`` are names of ``pmo.data_dictionary()``; without it those of a monthly delivery, with ``prefill``
    those of them that the portfolio has, and every other that it has. ``prefill`` writes the rows of its latest
    period, to be corrected by those who report; their period becomes ``period``, without it the month after.
    Days on which a report was written or handed in are left empty. A cell whose value was withheld is
    empty too. Loaded with ``pmo.load``, a filled workbook gives no finding of form.

    Raises ``UnknownName`` for a table that does not exist, ``ReportError`` where the file cannot be written,
    ``ConfigurationError`` for a period that is none.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_template(pathlib.Path(folder) / "collect.xlsx", tables=["risks"]).name
    'collect.xlsx'
    """
    target = check_target(path, suffix=".xlsx")
    names = _names(tables, prefill)
    month = _month(period, prefill)
    sheets = [TemplateSheet(table(name), columns_of(name), _rows(name, prefill, month)) for name in names]
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, OPTIONS)
    write_template_book(workbook, sheets, month)
    workbook.close()
    return save(target, buffer.getvalue())


def columns_of(name: str) -> tuple[Column, ...]:
    """The columns of a table that people fill in, in order."""
    return tuple(column for column in table(name).columns.values() if not column.derived)


def _names(asked: Iterable[str] | None, prefill: Portfolio | None) -> tuple[str, ...]:
    if isinstance(asked, str):
        asked = (asked,)
    if asked is not None:
        names = tuple(dict.fromkeys(table(name).name for name in asked))
        if not names:
            raise ReportError("no table is asked for; leave tables out for those of a monthly delivery.")
        return names
    if prefill is None:
        return MONTHLY
    return tuple(name for name in prefill.tables if len(_delivered(prefill, name))) or MONTHLY


def _delivered(portfolio: Portfolio, name: str) -> pd.DataFrame:
    """The rows of a table that somebody wrote; those that reading adds have no place in a file."""
    rows = portfolio[name]
    return rows[rows[PROVENANCE[0]].notna()]


def _month(period: str | pd.Timestamp | None, prefill: Portfolio | None) -> pd.Timestamp | None:
    if period is None:
        last = prefill.period if prefill is not None else None
        return last + pd.offsets.MonthEnd(1) if last is not None else None
    return month_end(period)


def _rows(name: str, prefill: Portfolio | None, month: pd.Timestamp | None) -> pd.DataFrame:
    """The rows of the latest period of a table, in the columns that people fill in."""
    columns = [column.name for column in columns_of(name)]
    if prefill is None:
        return table(name).empty()[columns]
    rows = _delivered(prefill, name)
    if table(name).has_period:
        known = rows[Project.period]
        rows = rows[known == known.max()].assign(**{Project.period: month})
    rows = rows.sort_values(list(PROVENANCE))[columns].reset_index(drop=True)
    return rows.assign(**{column: None for column in columns if column in OF_ONE_REPORT})
