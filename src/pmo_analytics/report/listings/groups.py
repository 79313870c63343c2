"""Programmes and departments: the same figures over larger groups, with the counts of their colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.metrics.figures import PROJECTS
from pmo_analytics.metrics.measure import Unit
from pmo_analytics.report.listings import names
from pmo_analytics.report.listings.fields import count_column, metric_field, partly, shown_states
from pmo_analytics.report.listings.listing import WRAPPED, Field, Listing
from pmo_analytics.report.wording import NONE_GIVEN, currencies_of
from pmo_analytics.rollups import RATED
from pmo_analytics.schemas.paints import PAINTS
from pmo_analytics.schemas.projects import Project

if TYPE_CHECKING:
    from pmo_analytics.report.contents import Contents

FIGURES = ("bac", "eac_cpi", "vac", "eac_reported", "overspend", "cpi", "spi")
TOLD = (
    "Ratios are ratios of sums; amounts of several currencies do not add. A figure is of the projects that have "
    "it, so that VAC need not be BAC less EAC: the last column says of how many."
)
_WHOLE, _PARTLY = "whole", "partly"
_FIRST_WIDTH, _WIDTH = 28, 11


def whole(contents: Contents) -> Listing:
    """The portfolio, a row per currency where it has several; else without rows."""
    frame = contents.currencies
    if len(frame):
        # A copy is of one piece; adding a column to the many pieces of a roll-up is warned of.
        frame = frame.copy().assign(**{_WHOLE: contents.title}, **{Project.currency: currencies_of(frame)})
    return _listing(contents, "Portfolio", frame, _WHOLE, "Portfolio")


def programmes(contents: Contents) -> Listing:
    """One row per programme."""
    return _listing(contents, names.GROUPS, contents.programmes, Project.programme_id, "Programme")


def departments(contents: Contents) -> Listing:
    """One row per department."""
    return _listing(contents, names.DEPARTMENTS, contents.departments, Project.department, "Department")


def _listing(contents: Contents, name: str, frame: pd.DataFrame, column: str, heading: str) -> Listing:
    fields = _fields(contents, column, heading)
    if frame.empty:
        return Listing(name, TOLD, fields, pd.DataFrame(columns=[field.name for field in fields]))
    keys = frame[column].astype("object").fillna(NONE_GIVEN)
    rows = frame.copy().assign(**{column: keys, _PARTLY: partly(frame, FIGURES)})
    return Listing(name, TOLD, fields, rows, frozen=1, wide=True)


def _fields(contents: Contents, column: str, heading: str) -> list[Field]:
    counts = [
        Field(count_column(view, state), f"{view.capitalize()} {PAINTS[state].label}", Unit.COUNT, _WIDTH)
        for view in RATED
        for state in shown_states(contents.colours)
    ]
    return [
        Field(column, heading, WRAPPED, _FIRST_WIDTH),
        *([Field(Project.currency, "Currency", width=_WIDTH)] if len(contents.currency) > 1 else []),
        Field(PROJECTS, "Projects", Unit.COUNT, _WIDTH),
        *(metric_field(name, contents, width=_WIDTH) for name in FIGURES),
        *counts,
        Field(_PARTLY, "Figures of fewer projects", WRAPPED, 40),
    ]
