"""The workbook: what the contents say, as an Excel file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from pmo_analytics.errors import ReportError
from pmo_analytics.metrics.catalogue import CATALOGUE
from pmo_analytics.metrics.measure import Unit
from pmo_analytics.report.contents import contents as report_contents
from pmo_analytics.report.format import make_formats
from pmo_analytics.report.grid import Page
from pmo_analytics.report.saving import check_target, save
from pmo_analytics.report.sheets import projects, quality, reasons, sources, summary
from pmo_analytics.report.texts import TextCount, clean_text

if TYPE_CHECKING:
    from pathlib import Path

    from pmo_analytics.portfolio import Portfolio
    from pmo_analytics.rag.rule_sets import RuleSet
    from pmo_analytics.report.contents import Contents

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
#: Excel refuses longer document properties.
_PROPERTY_LIMIT = 255


def write_report(
    portfolio: Portfolio,
    path: str | Path,
    *,
    rules: str | Path | RuleSet | None = None,
    title: str | None = None,
) -> Path:
    """The path of the workbook written: Summary, Projects, RAG reasons, Data quality, Quarantine, Sources.

    ``path`` ends in ``.xlsx``; an old file there is replaced only when the new one is complete. Figures are
    those of ``measure`` and ``roll_up``, colours those of ``rate`` with ``rules`` (``None``: the default
    set). Undefined figures are a grey "n/a", unknown colours a hatched "X Not rated". Text from data is
    always text, never a formula or a link. The same portfolio gives the same bytes.

    Raises ``ReportError`` where the file cannot be written or rows do not fit on a sheet, and what rating
    raises for rules that say something impossible.

    >>> import pandas as pd, pathlib, tempfile
    >>> from pmo_analytics.portfolio import Portfolio
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     empty = Portfolio(tables={}, as_of=pd.Timestamp("2026-06-30"))
    ...     write_report(empty, pathlib.Path(folder) / "june.xlsx").name
    'june.xlsx'
    """
    check_target(path, suffix=".xlsx")
    return write_workbook(report_contents(portfolio, rules=rules, title=title), path)


def write_workbook(contents: Contents, path: str | Path) -> Path:
    """The path of the workbook written from contents that are computed already; raises ``ReportError``."""
    target = check_target(path, suffix=".xlsx")
    try:
        content = workbook_bytes(contents)
    except (OSError, XlsxWriterException) as error:
        raise ReportError(f"{target}: the workbook cannot be put together: {error}") from error
    return save(target, content)


def workbook_bytes(contents: Contents) -> bytes:
    """The workbook as the bytes of an .xlsx file."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, _OPTIONS)
    _describe(workbook, contents)
    _write_sheets(workbook, contents)
    workbook.close()
    return buffer.getvalue()


def _describe(workbook: Any, contents: Contents) -> None:
    period = f"{contents.period:%B %Y}" if contents.period is not None else "no period"
    workbook.set_properties(
        {
            "title": clean_text(contents.title)[:_PROPERTY_LIMIT],
            "subject": f"{period}, as of {contents.as_of:%d %B %Y}",
            "comments": f"Rule set {contents.rule_set} ({contents.rule_set_hash})"[:_PROPERTY_LIMIT],
            # The day that figures refer to stands in for the clock, so that the same data give the same file.
            "created": contents.as_of.to_pydatetime(),
        }
    )


def _write_sheets(workbook: Any, contents: Contents) -> None:
    formats, texts = make_formats(workbook, largest_amount=_largest_amount(contents)), TextCount()
    names = (summary.NAME, projects.NAME, reasons.NAME, quality.NAME, quality.QUARANTINE, sources.NAME)
    pages = {name: Page(workbook.add_worksheet(name), formats, texts) for name in names}
    summary.write(pages[summary.NAME], workbook, contents)
    projects.write(pages[projects.NAME], contents)
    reasons.write(pages[reasons.NAME], contents)
    quality.write_findings(pages[quality.NAME], contents)
    quality.write_quarantine(pages[quality.QUARANTINE], contents)
    sources.write(pages[sources.NAME], contents)
    quality.write_text_note(pages[quality.NAME])


def _largest_amount(contents: Contents) -> float:
    """The largest amount of any project, from which all amounts take their scale."""
    amounts = [name for name in projects.FIGURES if CATALOGUE[name].unit == Unit.MONEY]
    largest = contents.projects[amounts].abs().max().max()
    return float(largest) if largest == largest else 0.0
