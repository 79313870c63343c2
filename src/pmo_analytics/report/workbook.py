"""The workbook: what the contents say, as an Excel file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from pmo_analytics.errors import ReportError
from pmo_analytics.report.contents import contents as report_contents
from pmo_analytics.report.format import make_formats
from pmo_analytics.report.grid import Page
from pmo_analytics.report.listings import names
from pmo_analytics.report.listings.every import DELIVERED, FURTHER, listings
from pmo_analytics.report.places import Places, columns_by_name, rows_by_key
from pmo_analytics.report.saving import check_target, save
from pmo_analytics.report.sheets import exposure, groups, sources, summary, trends
from pmo_analytics.report.sheets.listing import HEADER_ROW, write_listing, write_text_note
from pmo_analytics.report.texts import TextCount, clean_text
from pmo_analytics.schemas.decisions import Decision
from pmo_analytics.schemas.milestones import Milestone
from pmo_analytics.schemas.projects import Project

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from pmo_analytics.portfolio import Portfolio
    from pmo_analytics.rag.rule_sets import RuleSet
    from pmo_analytics.report.contents import Contents
    from pmo_analytics.report.listings.listing import Listing

#: Text from data is always text; whoever writes a workbook uses these.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
#: The sheets that every report has, in their order. Those laid out by hand name what writes them, the others list.
SHEETS: Mapping[str, Callable[[Page, Contents], None] | None] = {
    names.SUMMARY: summary.write,
    names.MATRIX: None,
    names.REASONS: None,
    names.PROJECTS: None,
    names.GROUPS: groups.write,
    names.TRENDS: trends.write,
    names.MILESTONES: None,
    names.RISKS: None,
    names.ISSUES: None,
    names.EXPOSURE: exposure.write,
    names.DECISIONS: None,
    names.SCORES: None,
    names.QUALITY: None,
    names.QUARANTINE: None,
    names.SOURCES: sources.write,
    names.DEFINITIONS: None,
}
#: The column by which the rows of a listing are found.
_KEYS = {
    names.PROJECTS: Project.project_id,
    names.REASONS: Project.project_id,
    names.MILESTONES: Milestone.milestone_id,
    names.DECISIONS: Decision.decision_id,
}
#: Excel refuses longer document properties.
_PROPERTY_LIMIT = 255


def write_report(
    portfolio: Portfolio,
    path: str | Path,
    *,
    rules: str | Path | RuleSet | None = None,
    title: str | None = None,
    signed_off: str | None = None,
) -> Path:
    """The path of the workbook written: a Summary of one page, then the sheets behind it.

    These are RAG matrix, RAG reasons, Projects, Programmes, Trends, Milestones, Risks, Issues, Exposure,
    Decisions, where they were delivered Changes, Dependencies and Benefits, Quality scores, Data quality,
    Quarantine, Sources and Definitions. ``path`` ends in ``.xlsx``; an old file there is replaced only when
    the new one is complete. Figures are those of ``measure`` and ``roll_up``, colours those of ``rate`` with
    ``rules`` (``None``: the default set). Undefined figures are a grey "n/a", unknown colours a hatched "X
    Not rated". Text from data is always text, never a formula or a link. ``signed_off`` says by whom and
    when; without it the report is marked a draft. The same portfolio gives the same bytes.

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
    return write_workbook(report_contents(portfolio, rules=rules, title=title, signed_off=signed_off), path)


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
    workbook = xlsxwriter.Workbook(buffer, OPTIONS)
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
            "category": "Portfolio report",
            "status": "Draft" if contents.signed_off is None else "Signed off",
            "comments": f"Rule set {contents.rule_set} ({contents.rule_set_hash})"[:_PROPERTY_LIMIT],
            # The day that figures refer to stands in for the clock, so that the same data give the same file.
            "created": contents.as_of.to_pydatetime(),
        }
    )


def _write_sheets(workbook: Any, contents: Contents) -> None:
    formats, texts = make_formats(workbook), TextCount()
    listed = listings(contents)
    places = _places(listed)
    order = _order(listed)
    pages = {
        name: Page(workbook.add_worksheet(name), formats, texts, places=places, workbook=workbook)
        for name in order
    }
    for name in order:
        write = SHEETS.get(name)
        if write is None:
            write_listing(pages[name], listed[name])
        else:
            write(pages[name], contents)
    write_text_note(pages[names.QUALITY])


def _order(listed: Mapping[str, Listing]) -> list[str]:
    """The sheets that always stand, those of further registers after the decisions, other tables at the end."""
    standing = list(SHEETS)
    at = standing.index(names.DECISIONS) + 1
    further, delivered = ([name for name in some if name in listed] for some in (FURTHER, DELIVERED))
    return [*standing[:at], *further, *standing[at:], *delivered]


def _places(listed: Mapping[str, Listing]) -> Places:
    """Where the rows and columns of the listings will stand, before any sheet is written."""
    return Places(
        rows={
            name: rows_by_key(listed[name].rows[key], header_row=HEADER_ROW) for name, key in _KEYS.items()
        },
        columns={
            name: columns_by_name(
                name, [field.name for field in listing.fields], header_row=HEADER_ROW, rows=len(listing.rows)
            )
            for name, listing in listed.items()
        },
    )
