"""Identifiers of items that come without any: made of what the row says, so that they stay from month to month."""

from __future__ import annotations

import pandas as pd

from pmo_analytics.loading.layout.registers import ITEM_NAMES
from pmo_analytics.quality.keys import is_blank, match_key
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import SOURCE_ROW, table
from pmo_analytics.schemas.tasks import Task


def with_item_ids(frame: pd.DataFrame, table_name: str) -> pd.DataFrame:
    """The rows of a table with an identifier each, where it has no column of them and its items can do without.

    Of tasks it is the row. Of registers it is project and name (``P1: Design approved``), behind which stands the
    row where that stands again in the same period, and the row alone where there is no name.

    >>> rows = pd.DataFrame({"entity_id": ["P1", "P1"], "name": ["Design", None], "source_row": [2, 3]})
    >>> with_item_ids(rows, "milestones")["milestone_id"].tolist()
    ['P1: Design', 'row 3']
    """
    key = Task.task_id if table_name == "tasks" else table(table_name).key[0]
    names = [name for name in ITEM_NAMES.get(table_name, ()) if name in frame]
    if key in frame or not (names or table_name == "tasks"):
        return frame
    row = "row " + frame[SOURCE_ROW].astype("str")
    if not names:
        return frame.assign(**{key: row})
    name = frame[names[0]].astype("str")
    project = frame[table(table_name).entity].astype("str")
    made = (
        (project.mask(is_blank(project), "") + ": " + name).str.removeprefix(": ").mask(is_blank(name), row)
    )
    periods = [frame[Status.period]] if Status.period in frame else []
    again = pd.concat([match_key(made), *periods], axis=1).duplicated()
    return frame.assign(**{key: made.mask(again, made + " (" + row + ")")})
