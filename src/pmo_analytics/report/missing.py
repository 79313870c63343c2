"""Missing columns: what a finding about one does not know, since metrics stand above findings: who needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_analytics.report.profile_draft import metrics_needing
from pmo_analytics.report.wording import counted
from pmo_analytics.schemas.results import Finding

if TYPE_CHECKING:
    import pandas as pd

MISSING_COLUMN = "MISSING_COLUMN"


def with_metrics(findings: pd.DataFrame) -> pd.DataFrame:
    """The findings, each of a missing column with the number of metrics that need it.

    >>> import pandas as pd
    >>> one = {"code": ["MISSING_COLUMN"], "table": ["projects"], "column": ["wlc_budget"], "message": ["Gone."]}
    >>> with_metrics(pd.DataFrame(one))["message"].item()
    'Gone. 1 metric needs it.'
    """
    gone = findings[Finding.code] == MISSING_COLUMN
    if not gone.any():
        return findings
    needed = metrics_needing()
    field = findings[Finding.table].astype("str") + "." + findings[Finding.column].astype("str")
    told = {one: f" {_words(needed[one])}." for one in field[gone].unique()}
    more = field.map(told).where(gone, "").astype("str")
    return findings.assign(**{Finding.message: findings[Finding.message].astype("str") + more})


def _words(number: int) -> str:
    if not number:
        return "No metric needs it"
    return f"{counted(number, 'metric')} need{'s' if number == 1 else ''} it"
