"""Wording: the headings of the tables beside the charts, and a row of such a table as hover text."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.charts.house import safe, safe_all, states_of
from pmo_analytics.metrics.measure import REASON_WORDS, Reason
from pmo_analytics.schemas.paints import PAINTS
from pmo_analytics.schemas.status import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

PROJECT_ID, PROJECT, PROGRAMME, CURRENCY = "Project ID", "Project", "Programme", "Currency"
REPORTED, COMPUTED, PROJECTS, MONTH = "Reported", "Computed", "Projects", "Month"
NO_CURRENCY = "currency not stated"


def colour_labels(colours: pd.Series) -> pd.Series:
    """Colours as letter and words; null is "X Not rated".

    >>> colour_labels(pd.Series(["red", None])).tolist()
    ['R Red', 'X Not rated']
    """
    return states_of(colours).map({state: paint.label for state, paint in PAINTS.items()}).astype("str")


def carried_marks(frame: pd.DataFrame) -> pd.Series:
    """The month that the figures of each row were carried forward from, as it stands behind a colour; else "".

    >>> carried_marks(pd.DataFrame({"carried_from": ["2026-05", None]})).tolist()
    [' (May 2026)', '']
    """
    months = column_or_null(frame, Status.carried_from).astype("str")
    return pd.to_datetime(months, format="%Y-%m").dt.strftime(" (%b %Y)").astype("str").fillna("")


def reason_words(codes: pd.Series) -> pd.Series:
    """Why each figure is undefined, in words; "no data" where no code stands beside it.

    >>> reason_words(pd.Series(["NO_COST", None])).tolist()
    ['no cost to date', 'no data']
    """
    known = {str(code): words for code, words in REASON_WORDS.items()}
    return codes.map(known).astype("object").fillna(REASON_WORDS[Reason.NO_DATA]).astype("str")


def column_or_null(frame: pd.DataFrame, name: str) -> pd.Series:
    """The column of a frame as plain values, nothing but nulls where the frame lacks it."""
    if name in frame:
        return frame[name].astype("object").where(frame[name].notna(), None)
    return pd.Series(None, index=frame.index, dtype="object")


def first_given(*columns: pd.Series, otherwise: str) -> pd.Series:
    """Row by row the first text that is given, else the words."""
    given = pd.Series(None, index=columns[0].index, dtype="str")
    for column in columns:
        given = given.where(given.notna(), column.astype("str"))
    return given.where(given.notna(), otherwise)


def amount_words(value: float) -> str:
    """An amount as it stands beside a mark: in millions where it is large, as reports write it.

    >>> amount_words(2_450_000_000.0), amount_words(24_900.0), amount_words(0.1), amount_words(float("nan"))
    ('2,450.0m', '24,900', '0.10', 'not known')
    """
    if math.isnan(value):
        return "not known"
    if abs(value) >= 1e6:
        return f"{value / 1e6:,.1f}m"
    return f"{value:,.2f}" if abs(value) < 100 and value != int(value) else f"{value:,.0f}"


def as_text(values: pd.Series) -> pd.Series:
    """Values of a table as text: days written out, figures with at most two decimals; nulls stay."""
    if pd.api.types.is_datetime64_any_dtype(values):
        days: pd.Series = values.dt.strftime("%d %b %Y").astype("object")
        return days
    if pd.api.types.is_bool_dtype(values) or not pd.api.types.is_numeric_dtype(values):
        return values.astype("object")
    return values.astype("float64").map(_figure, na_action="ignore").astype("object")


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) or abs(value) >= 1000 else f"{value:,.2f}"


def hover_of(table: pd.DataFrame, *, leave_out: Iterable[str] = ()) -> pd.Series:
    """Every row of a table as safe hover text, one line per heading that has a value.

    >>> hover_of(pd.DataFrame({"Project": ["<b>"], "CPI": [0.9], "BAC": [None]})).tolist()
    ['Project: &lt;b&gt;<br>CPI: 0.90']
    """
    text = pd.Series("", index=table.index, dtype="str")
    for heading in [name for name in table.columns if name not in set(leave_out)]:
        said = f"<br>{safe(heading)}: " + safe_all(as_text(table[heading])).astype("str")
        text = text + said.where(table[heading].notna(), "")
    return text.str.removeprefix("<br>")
