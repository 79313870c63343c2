"""Where the portfolio stands, on the Summary: projects and budget by colour, approved and forecast."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pmo_analytics.charts.wording import NO_CURRENCY
from pmo_analytics.metrics.figures import PROJECTS
from pmo_analytics.metrics.measure import Unit
from pmo_analytics.report.briefing import BEFORE, CHANGE, METRIC, NOW, USED, VIEW, WHEN
from pmo_analytics.report.listings import names
from pmo_analytics.report.listings.front import AMOUNT_WORDS, MONEY, standing_title, when_words
from pmo_analytics.report.wording import counted
from pmo_analytics.rollups import RATED
from pmo_analytics.schemas.paints import PAINTS, STATES
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status

if TYPE_CHECKING:
    from pmo_analytics.report.contents import Contents
    from pmo_analytics.report.grid import Page

TOP = 13
#: Currencies with room on the page; all of them stand on the sheet of groups.
MOST_CURRENCIES = 2
_COUNTS_ROW, _MONEY_ROW = TOP + 2, TOP + 6
_FIRST_COLOUR, _WHOLE = 1, 7
_NAME, _NOW, _BEFORE, _CHANGE, _USED = 8, 9, 10, 11, 8
_PLAIN_CODE = re.compile("[A-Z]{3}")


def write(page: Page, contents: Contents) -> None:
    """Writes the two tables beside each other, each figure of this month as a formula over the projects."""
    whens = when_words(contents)
    _headings(page, contents, whens)
    _counts(page, contents, whens)
    _money(page, contents, whens)
    _amounts(page, contents)


def _headings(page: Page, contents: Contents, whens: dict[str, str]) -> None:
    shown, known = shown_currencies(contents), contents.briefing.amounts[Project.currency].nunique()
    part = f" ({len(shown)} of {known} currencies; all on {names.GROUPS})" if known > len(shown) else ""
    page.span(TOP, (0, _WHOLE), f"{standing_title(contents)}{part}", page.formats.section)
    page.span(TOP, (_NAME, _CHANGE), f"{MONEY}{part}", page.formats.section_beside)
    page.text(TOP + 1, 0, "", page.formats.head)
    for column, state in enumerate(STATES, start=_FIRST_COLOUR):
        page.text(TOP + 1, column, PAINTS[state].label, page.formats.heads[state])
    page.text(TOP + 1, _WHOLE, "All", page.formats.head_right)
    headings = ("", whens[NOW], whens[BEFORE], "Like for like")
    for column, heading in enumerate(headings, start=_NAME):
        page.text(TOP + 1, column, heading, page.formats.head_right if heading else page.formats.head)


def _counts(page: Page, contents: Contents, whens: dict[str, str]) -> None:
    for at, row in enumerate(contents.briefing.counts.to_dict("records"), start=_COUNTS_ROW):
        page.text(at, 0, f"{str(row[VIEW]).capitalize()} {whens[row[WHEN]]}")
        if row[WHEN] == BEFORE and contents.previous is None:
            _no_month(page, at)
            continue
        live = row[WHEN] == NOW
        column = page.places.column(names.PROJECTS, RATED[row[VIEW]]) if live else None
        for place, state in enumerate(STATES, start=_FIRST_COLOUR):
            formula = column and f'COUNTIF({column},"{PAINTS[state].label}*")'
            page.figure(at, place, row[state], Unit.COUNT, formula=formula)
        whole = column and f"ROWS({column})"
        page.figure(at, _WHOLE, row[PROJECTS], Unit.COUNT, formula=whole)


def _money(page: Page, contents: Contents, whens: dict[str, str]) -> None:
    money = contents.briefing.money.set_index(Project.currency, drop=False)
    rows = money.loc[shown_currencies(contents)].to_dict("records")
    for at, row in enumerate(rows, start=_MONEY_ROW):
        code = str(row[Project.currency])
        page.text(at, 0, f"Budget{_unit(code)} {whens[row[WHEN]]}")
        live = row[WHEN] == NOW
        for place, state in enumerate(STATES, start=_FIRST_COLOUR):
            colour = f"{PAINTS[state].label}*"
            formula = _sum_of(page, contents, "bac", code, colour) if live else None
            page.figure(at, place, row[state], Unit.MONEY, formula=formula)
        whole = _sum_of(page, contents, "bac", code) if live else None
        page.figure(at, _WHOLE, row[PROJECTS], Unit.MONEY, formula=whole)


def _amounts(page: Page, contents: Contents) -> None:
    amounts = contents.briefing.amounts
    at = _COUNTS_ROW
    for code in shown_currencies(contents):
        rows = amounts[amounts[Project.currency] == code]
        for row in rows.to_dict("records"):
            name = str(row[METRIC])
            page.text(at, _NAME, f"{AMOUNT_WORDS[name]}{_unit(code)}", page.formats.beside)
            formula = _sum_of(page, contents, name, code)
            page.figure(at, _NOW, row[NOW], Unit.MONEY, formula=formula)
            page.figure(at, _BEFORE, row[BEFORE], Unit.MONEY)
            page.figure(at, _CHANGE, row[CHANGE], Unit.MONEY)
            at += 1
        budget, forecast, both = (int(used) for used in rows[USED])
        whole = counted(int(rows[PROJECTS].iloc[0]), "project")
        told = f"Of {whole}: {budget} with a budget, {forecast} with a forecast, {both} with both."
        page.span(at, (_USED, _CHANGE), told, page.formats.note_beside)
        at += 1


def shown_currencies(contents: Contents) -> list[str]:
    """The currencies on the page, those of the most projects first."""
    return list(dict.fromkeys(contents.briefing.amounts[Project.currency].tolist()))[:MOST_CURRENCIES]


def _sum_of(page: Page, contents: Contents, name: str, code: str, colour: str | None = None) -> str | None:
    """The sum over the sheet of projects; ``None`` where it has no column of the currency to choose by."""
    values = page.places.column(names.PROJECTS, name)
    conditions = []
    if len(contents.currency) > 1 or contents.projects[Project.currency].isna().any():
        # Only a plain code can stand in a formula; whatever else calls itself a currency is text from data.
        if not _PLAIN_CODE.fullmatch(code):
            return None
        conditions.append((page.places.column(names.PROJECTS, Project.currency), f'"{code}"'))
    if colour is not None:
        conditions.append((page.places.column(names.PROJECTS, Status.rag_reported), f'"{colour}"'))
    if values is None or any(column is None for column, _ in conditions):
        return None
    listed = "".join(f",{column},{value}" for column, value in conditions)
    return f"SUMIFS({values}{listed})" if listed else f"SUM({values})"


def _no_month(page: Page, row: int) -> None:
    page.span(row, (_FIRST_COLOUR, _WHOLE), "no period before", page.formats.missing)


def _unit(code: str) -> str:
    return "" if code == NO_CURRENCY else f" {code}"
