"""The register of tables: which there are, their columns, keys and links."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pandas as pd

from pmo_analytics.errors import UnknownName
from pmo_analytics.schemas.actions import Action
from pmo_analytics.schemas.assumptions import Assumption
from pmo_analytics.schemas.baselines import Baseline, MilestoneBaseline
from pmo_analytics.schemas.benefits import Benefit
from pmo_analytics.schemas.business_cases import BusinessCase, Cashflow
from pmo_analytics.schemas.calendars import CalendarPeriod
from pmo_analytics.schemas.changes import Change
from pmo_analytics.schemas.columns import DTYPES, REASONED, Kind, reason_of
from pmo_analytics.schemas.decisions import Decision
from pmo_analytics.schemas.dependencies import Dependency
from pmo_analytics.schemas.entities import Entity
from pmo_analytics.schemas.evm_periods import EvmPeriod
from pmo_analytics.schemas.financials import Financial
from pmo_analytics.schemas.fx_rates import FxRate
from pmo_analytics.schemas.gates import Authority, Gate
from pmo_analytics.schemas.identities import Identity
from pmo_analytics.schemas.issues import Issue
from pmo_analytics.schemas.lessons import Lesson
from pmo_analytics.schemas.milestones import Milestone
from pmo_analytics.schemas.objectives import Objective
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.resources import Resource
from pmo_analytics.schemas.risks import Risk
from pmo_analytics.schemas.standards import Standard, StandardCompliance
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.submissions import Submission
from pmo_analytics.schemas.tasks import Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: Where a row came from: the key of its source, and its row there. Every table carries both.
SOURCE = "source"
SOURCE_ROW = "source_row"
PROVENANCE = (SOURCE, SOURCE_ROW)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table, as its model declares it."""

    table: str
    name: str
    kind: Kind
    title: str
    description: str
    unit: str
    words: str | None
    required: bool
    key: bool
    optional: bool
    derived: bool

    @property
    def reasoned(self) -> bool:
        """Whether a column beside it says why it is null."""
        return self.kind in REASONED and not self.key


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its model, its columns in order, its key, and whom its rows belong to."""

    name: str
    model: Any
    columns: Mapping[str, Column]

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that identify a row."""
        return tuple(c.name for c in self.columns.values() if c.key)

    @property
    def needed_key(self) -> tuple[str, ...]:
        """The columns of the key without which no row can be kept; the others may be empty."""
        return tuple(name for name in self.key if not self.columns[name].optional)

    @property
    def entity(self) -> str:
        """The column that names the project or other entity of a row; empty where rows belong to none."""
        owners = (Milestone.entity_id, Project.project_id)
        return next((name for name in owners if name in self.columns), "")

    @property
    def has_period(self) -> bool:
        """Whether its rows are delivered month by month."""
        return Status.period in self.columns

    def dtypes(self) -> dict[str, str]:
        """Every column that a typed frame of this table has, with its pandas dtype."""
        plain = {c.name: DTYPES[c.kind] for c in self.columns.values()}
        reasons = {reason_of(c.name): "str" for c in self.columns.values() if c.reasoned}
        return plain | reasons | {SOURCE: "str", SOURCE_ROW: "Int64"}

    def empty(self) -> pd.DataFrame:
        """A typed frame without rows."""
        return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in self.dtypes().items()})


_MODELS = MappingProxyType(
    {
        "entities": Entity,
        "projects": Project,
        "status": Status,
        "milestones": Milestone,
        "risks": Risk,
        "issues": Issue,
        "decisions": Decision,
        "identities": Identity,
        "tasks": Task,
        "evm_periods": EvmPeriod,
        "changes": Change,
        "benefits": Benefit,
        "dependencies": Dependency,
        "resources": Resource,
        "financials": Financial,
        "actions": Action,
        "assumptions": Assumption,
        "lessons": Lesson,
        "submissions": Submission,
        "baselines": Baseline,
        "milestone_baselines": MilestoneBaseline,
        "business_cases": BusinessCase,
        "cashflows": Cashflow,
        "standards": Standard,
        "standards_compliance": StandardCompliance,
        "objectives": Objective,
        "gates": Gate,
        "approval_matrix": Authority,
        "fx_rates": FxRate,
        "calendar": CalendarPeriod,
    }
)


@cache
def tables() -> Mapping[str, Table]:
    """Every table by name, in the order in which people read them."""
    return MappingProxyType({name: _read(name, model) for name, model in _MODELS.items()})


def table(name: str) -> Table:
    """The table of that name.

    >>> table("risks").key
    ('risk_id', 'period')
    """
    try:
        return tables()[name]
    except KeyError:
        raise UnknownName("table", name, tables()) from None


def known_columns(names: Iterable[str] | None = None) -> set[str]:
    """The names of all columns of the tables named, or of all tables."""
    return {column for name in (names or tables()) for column in table(name).columns}


def _read(name: str, model: Any) -> Table:
    declared = model.to_schema().columns
    columns = {
        column: Column(
            table=name,
            name=column,
            title=field.title,
            description=field.description,
            **field.metadata,
        )
        for column, field in declared.items()
    }
    return Table(name, model, MappingProxyType(columns))
