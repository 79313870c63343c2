"""Listed currencies: what the project list says a project's amounts are in, month by month."""

from __future__ import annotations

import pandas as pd

from pmo_analytics.quality.keys import match_key
from pmo_analytics.schemas.projects import Project

_ID, _AT, _ROW = "__id", "__at", "__row"


def codes_of(codes: pd.Series) -> pd.Series:
    """Codes of currencies in capitals and without blanks around them; nulls stay."""
    return codes.astype("str").str.strip().str.upper()


def listed_currency(ids: pd.Series, months: pd.Series, projects: pd.DataFrame) -> pd.Series:
    """The code that the project list names for each id: of its month or the last before, else the first one after."""
    named = projects.dropna(subset=Project.currency)
    known = {_ID: match_key(named[Project.project_id]), _AT: named[Project.period]}
    listed = pd.DataFrame({**known, Project.currency: codes_of(named[Project.currency])})
    asked = pd.DataFrame({_ID: match_key(ids), _AT: months}).assign(**{_ROW: range(len(ids))})
    left, right = (
        one.astype({_AT: "datetime64[us]"}).sort_values(_AT, kind="stable") for one in (asked, listed)
    )
    before, after = (
        pd.merge_asof(left, right, on=_AT, by=_ID, direction=direction).set_index(_ROW)[Project.currency]
        for direction in ("backward", "forward")
    )
    found: pd.Series = before.fillna(after).sort_index().set_axis(ids.index)
    return found
