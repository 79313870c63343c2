"""Columns that several sheets share: figures with their currency, and counts of colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.charts.wording import NO_CURRENCY, carried_marks, colour_labels
from pmo_analytics.metrics.catalogue import CATALOGUE
from pmo_analytics.metrics.figures import PROJECTS, n_used_of
from pmo_analytics.metrics.measure import Unit
from pmo_analytics.report.listings.listing import Field
from pmo_analytics.rollups import RATED
from pmo_analytics.schemas.paints import PAINTS, STATES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmo_analytics.report.contents import Contents

#: Short headings where the title in the catalogue is too long for a column.
_SHORT = {
    "bac": "BAC",
    "pv": "PV",
    "ev": "EV",
    "ac": "AC",
    "eac_cpi": "EAC",
    "eac_reported": "Reported EAC",
    "overspend": "Forecast overspend",
    "vac": "VAC",
    "cpi": "CPI",
    "spi": "SPI",
    "wlc_budget": "Whole-life cost",
    "pct_complete": "% complete",
    "finish_slip_days": "Finish slip (days)",
    "milestones_overdue": "Milestones overdue",
    "open_high_risks": "Open high risks",
    "issues_overdue": "Issues overdue",
}


def short_heading(name: str) -> str:
    """The heading of a metric without its currency."""
    return _SHORT.get(name, CATALOGUE[name].title)


def metric_heading(name: str, contents: Contents) -> str:
    """The heading of a metric; amounts say their currency, unless there are several: then each row says its own."""
    heading = short_heading(name)
    if CATALOGUE[name].unit != Unit.MONEY or len(contents.currency) > 1:
        return heading
    return f"{heading} ({contents.currency[0] if contents.currency else NO_CURRENCY})"


def metric_field(name: str, contents: Contents, *, width: float = 11) -> Field:
    """The column of a metric over groups, with the number format of its unit."""
    return Field(name, metric_heading(name, contents), str(CATALOGUE[name].unit), width)


def labelled(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The frame with the colours of those columns as labels, dated where they were carried forward."""
    marks = carried_marks(frame)
    return frame.assign(**{column: colour_labels(frame[column]) + marks for column in columns})


def partly(frame: pd.DataFrame, figures: Sequence[str]) -> pd.Series:
    """For every group which figures do not have all its projects behind them, and how many they have; else ""."""
    whole = frame[PROJECTS].astype("int64")
    said = pd.Series("", index=frame.index, dtype="str")
    for name in figures:
        used = frame[n_used_of(name)].astype("int64")
        part = f"; {short_heading(name)} " + used.astype("str")
        said = said + part.where(frame[name].notna() & (used < whole), "")
    return (said.str.removeprefix("; ") + " of " + whole.astype("str")).where(said != "", "")


def fewest(frame: pd.DataFrame, figures: Sequence[str]) -> pd.Series:
    """For every group how many of its projects are behind the figure that has the fewest; "" where all are."""
    known = frame[list(figures)].notna().to_numpy()
    used = frame[[n_used_of(name) for name in figures]].where(known).min(axis=1)
    whole = frame[PROJECTS].astype("int64")
    words = used.fillna(0).astype("int64").astype("str") + " of " + whole.astype("str")
    return words.where((used < whole).fillna(False).astype("bool"), "")


def count_column(view: str, state: str) -> str:
    """The column of ``count_colours`` with the reported or computed projects in a state."""
    return f"{view}_{state}"


def shown_states(counts: pd.DataFrame) -> tuple[str, ...]:
    """Green, amber, red and not rated always; the half steps only where a project has one."""
    used = {s for s in STATES if any(counts[count_column(view, s)].sum() for view in RATED)}
    return tuple(state for state in STATES if state in used or len(PAINTS[state].letter) == 1)
