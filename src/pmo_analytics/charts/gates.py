"""Gates: which of the milestones are stage gates of the projects shown, and what becomes of the others."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from pmo_analytics.charts.dates import dates_of
from pmo_analytics.charts.house import BLUE, ORANGE, require
from pmo_analytics.charts.wording import PROJECT_ID, column_or_null
from pmo_analytics.schemas.milestones import Milestone

_OVERDUE = "milestones_overdue"
_NEEDED = (
    Milestone.entity_id,
    Milestone.name,
    Milestone.type,
    Milestone.forecast_date,
    Milestone.actual_date,
)
#: The states of a gate with the fill of its diamond.
GATE_MARKS = MappingProxyType({"passed": BLUE, "ahead": "#FFFFFF", "overdue": ORANGE, "cancelled": "#BFBFBF"})


@dataclass(frozen=True, slots=True, eq=False)
class Gates:
    """The gates that have a place: Gate, Project ID, Finish, State and Row; ``note`` says what has none."""

    drawn: pd.DataFrame
    note: str


def gates_of(milestones: pd.DataFrame | None, project_ids: pd.Series) -> Gates:
    """The gates among the milestones that have a day and belong to one of the projects.

    A project id that stands twice gets its gates at its first row. ``note`` says how many gates are left out,
    and why. Raises ``InvalidTable`` where columns are missing.

    >>> gates_of(None, pd.Series(["P1"])).note
    ''
    """
    if milestones is None:
        columns = {name: pd.Series(dtype="str") for name in ("Gate", PROJECT_ID, "State")}
        days = pd.Series(dtype="datetime64[us]")
        return Gates(pd.DataFrame({**columns, "Finish": days, "Row": pd.Series(dtype="int64")}), "")
    frame = require(milestones, _NEEDED, made_by='items(portfolio, "milestones")')
    frame = frame[column_or_null(frame, Milestone.type) == "gate"]
    actual, status = dates_of(frame, Milestone.actual_date), column_or_null(frame, Milestone.status)
    state = pd.Series("ahead", index=frame.index).mask(column_or_null(frame, _OVERDUE) == 1, "overdue")
    state = state.mask(actual.notna() | (status == "complete"), "passed").mask(
        status == "cancelled", "cancelled"
    )
    first = pd.Series(range(len(project_ids)), index=project_ids.to_numpy())
    first = first[~first.index.duplicated() & first.index.notna()]
    row = frame[Milestone.entity_id].map(first)
    gates = pd.DataFrame(
        {
            "Gate": frame[Milestone.name],
            PROJECT_ID: frame[Milestone.entity_id],
            "Finish": actual.combine_first(dates_of(frame, Milestone.forecast_date)),
            "State": state,
            "Row": row,
        }
    )
    strange, undated = row.isna(), gates["Finish"].isna() & row.notna()
    drawn = gates[~strange & ~undated].astype({"Row": "int64"})
    return Gates(drawn, _note(int(strange.sum()), int(undated.sum())))


def _note(strange: int, undated: int) -> str:
    """How many gates belong to no project, how many have no date; nothing where there are none.

    >>> _note(2, 1)
    '2 gates belong to no project in this chart and are not drawn. 1 gate has no date and is not drawn'
    """
    said = (
        (strange, "belongs to no project in this chart", "belong to no project in this chart"),
        (undated, "has no date", "have no date"),
    )
    return ". ".join(
        f"1 gate {of_one} and is not drawn" if count == 1 else f"{count:,} gates {of_many} and are not drawn"
        for count, of_one, of_many in said
        if count
    )
