"""Filters of the page: programme, department and colour of every project, as numbers that rows carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
from markupsafe import Markup

from pmo_analytics.charts.house import states_of
from pmo_analytics.report.pages.cells import html
from pmo_analytics.report.wording import NONE_GIVEN
from pmo_analytics.schemas.paints import PAINTS, STATES
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status

if TYPE_CHECKING:
    from pmo_analytics.report.contents import Contents

PROGRAMME, DEPARTMENT, COLOUR = "Programme", "Department", "Colour"
_LETTERS = {PROGRAMME: "p", DEPARTMENT: "d", COLOUR: "c"}


@dataclass(frozen=True, slots=True, eq=False)
class Filters:
    """What can be chosen from, and the mark of every project and programme: the numbers of its choices."""

    choices: dict[str, list[Markup]]
    known: pd.Series

    def marks(self, keys: pd.Series) -> list[Markup]:
        """For every key the attributes of its row; a row about something else has none, and is hidden by filters."""
        return [Markup(mark) for mark in keys.map(self.known).astype("object").fillna("").tolist()]  # noqa: S704 - made of letters and numbers below


def filters(contents: Contents) -> Filters:
    """The filters of the projects in the contents; a programme itself has the mark of its programme alone."""
    projects = contents.projects
    values = {
        PROGRAMME: projects[Project.programme_id].astype("object").fillna(NONE_GIVEN),
        DEPARTMENT: projects[Project.department].astype("object").fillna(NONE_GIVEN),
        COLOUR: states_of(projects[Status.rag_reported]),
    }
    ranks = {name: sorted(series.unique(), key=str) for name, series in values.items()}
    ranks[COLOUR] = [state for state in STATES if state in set(ranks[COLOUR])]
    codes = pd.DataFrame(
        {name: pd.Categorical(series, categories=ranks[name]).codes for name, series in values.items()},
        index=projects[Project.project_id],
    )
    mark = pd.Series("", index=codes.index, dtype="str")
    for name, letter in _LETTERS.items():
        mark = mark + f' data-{letter}="' + codes[name].astype("str") + '"'
    programmes = pd.Series({key: f' data-p="{at}"' for at, key in enumerate(ranks[PROGRAMME])}, dtype="str")
    known = pd.concat([mark, programmes[~programmes.index.isin(mark.index)]])
    words = ranks | {COLOUR: [PAINTS[state].label for state in ranks[COLOUR]]}
    return Filters({name: [html(word) for word in words[name]] for name in _LETTERS}, known)
