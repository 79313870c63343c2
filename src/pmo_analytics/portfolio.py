"""Portfolio: validated tables of one or more periods, and everything known about where they came from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self

import pandas as pd

from pmo_analytics.errors import UnknownName
from pmo_analytics.quality.following import accept, compare_findings
from pmo_analytics.schemas.markup import block
from pmo_analytics.schemas.markup import table as html_table
from pmo_analytics.schemas.named_tables import NamedTables
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.results import Finding, Findings, Origin, Quarantined, Range, RawCell, empty_result
from pmo_analytics.schemas.settings import Settings
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import table, tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pmo_analytics.quality.following import Acceptance
    from pmo_analytics.schemas.source import FileResult, Source


@dataclass(frozen=True, eq=False, repr=False)
class Portfolio(NamedTables):
    """Validated tables with their findings, quarantine, raw cells and sources; frozen.

    Tables are kept per period; an absent table is an empty typed frame, and ``delivered`` names those that
    came. ``not_run`` lists the quality rules that could not be judged, and why. ``as_of`` is the day that
    every figure refers to. ``origins`` says of cells that another file filled or settled where they stand.
    ``ranges`` has all values of the cells that state several. Frames handed out are copies: changing one changes
    nothing here.
    """

    tables: Mapping[str, pd.DataFrame]
    as_of: pd.Timestamp
    delivered: frozenset[str] = frozenset()
    settings: Settings = field(default_factory=Settings)
    findings: pd.DataFrame = field(default_factory=lambda: empty_result(Finding))
    quarantine: pd.DataFrame = field(default_factory=lambda: empty_result(Quarantined))
    cells: pd.DataFrame = field(default_factory=lambda: empty_result(RawCell))
    ranges: pd.DataFrame = field(default_factory=lambda: empty_result(Range))
    origins: pd.DataFrame = field(default_factory=lambda: empty_result(Origin))
    sources: tuple[Source, ...] = ()
    files: tuple[FileResult, ...] = ()
    as_of_origin: str = "given"
    not_run: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        for name in self.tables:
            table(name)
        complete = {name: self.tables.get(name, t.empty()) for name, t in tables().items()}
        object.__setattr__(self, "tables", MappingProxyType(complete))
        object.__setattr__(self, "findings", Findings(self.findings))

    def __getitem__(self, name: str) -> pd.DataFrame:
        """A copy of one table, all periods."""
        return self.tables[table(name).name].copy(deep=False)

    @property
    def periods(self) -> tuple[pd.Timestamp, ...]:
        """The periods with a project or status row, up to ``as_of``, oldest first."""
        return tuple(sorted(set(self._spine()[Project.period])))

    @property
    def period(self) -> pd.Timestamp | None:
        """The latest period up to ``as_of``; ``None`` where there is none."""
        return self.periods[-1] if self.periods else None

    @property
    def project_ids(self) -> tuple[str, ...]:
        """The projects of the portfolio: those with a project or status row in :attr:`period`."""
        spine = self._spine()
        return tuple(sorted(spine.loc[spine[Project.period] == self.period, Project.project_id].unique()))

    @property
    def leavers(self) -> tuple[str, ...]:
        """Projects of earlier periods that are not in :attr:`period` any more."""
        return tuple(sorted(set(self._spine()[Project.project_id]) - set(self.project_ids)))

    def at(self, as_of: str | pd.Timestamp) -> Self:
        """The same portfolio as of another day.

        Raises ``UnknownName`` where no period lies on or before that day.
        """
        moved = replace(self, as_of=pd.Timestamp(as_of).normalize(), as_of_origin="given")
        if moved.period is None:
            raise UnknownName("period up to", as_of, [f"{p:%Y-%m}" for p in self.periods])
        return moved

    def only(self, **wanted: Any) -> Self:
        """The part of the portfolio whose projects have the values given, period by period.

        ``portfolio.only(programme_id="RAIL", department=["ROADS", "PORTS"])`` keeps the project and status
        rows of those projects, the register rows of the same projects (and of the programmes themselves where
        ``programme_id`` is asked for), and the findings about them; findings about whole files stay, and so do
        tables whose rows belong to nobody: gates, rates, standards.
        Raises ``UnknownName`` for a column that projects do not have.
        """
        projects = self.tables["projects"]
        keep = pd.Series(True, index=projects.index)
        entities: set[str] = set()
        for name, value in wanted.items():
            if name not in table("projects").columns:
                raise UnknownName("column of projects", name, table("projects").columns)
            values = [value] if isinstance(value, str) or not hasattr(value, "__iter__") else list(value)
            keep &= projects[name].isin(values)
            if name in (Project.programme_id, Project.portfolio_id):
                entities |= set(values)
        kept = projects[keep]
        entities |= set(kept[Project.project_id])
        narrowed = {name: _rows_of(name, frame, kept, entities) for name, frame in self.tables.items()}
        about = self.findings[Finding.entity_id].isin(["", *entities])
        return replace(self, tables=narrowed, findings=self.findings[about].reset_index(drop=True))

    def followed(
        self, *, since: pd.DataFrame | None = None, accepted: Iterable[Acceptance] = ()
    ) -> pd.DataFrame:
        """The findings with what became of them: new, repeated, mended since an earlier run, or accepted.

        ``since`` are the findings of the earlier run (``pmo.read_findings``), ``accepted`` those that somebody
        lives with for a while (``pmo.read_accepted``), judged by :attr:`as_of`.
        """
        told = self.findings if since is None else compare_findings(self.findings, since, as_of=self.as_of)
        return accept(told, accepted, self.as_of)[0]

    def source(self, key: str) -> Source:
        """The source of that key."""
        for source in self.sources:
            if source.key == key:
                return source
        raise UnknownName("source", key, (s.key for s in self.sources))

    def __repr__(self) -> str:
        period = f"{self.period:%Y-%m}" if self.period is not None else "none"
        return (
            f"<Portfolio: {len(self.project_ids)} projects in period {period}, "
            f"as of {self.as_of:%Y-%m-%d}, {len(self.files)} files, {len(self.findings)} findings, "
            f"{len(self.quarantine)} rows quarantined>"
        )

    def _repr_html_(self) -> str:
        """The portfolio in a notebook: what came, how much of it, and how sound it is."""
        months = f"{self.periods[0]:%b %Y} to {self.periods[-1]:%b %Y}" if self.periods else "no period"
        counts = [
            (name, f"{len(frame):,}", frame[Project.period].nunique() if Project.period in frame else "")
            for name, frame in self.tables.items()
            if name in self.delivered
        ]
        refused = [file.path for file in self.files if file.error is not None]
        severity = self.findings[Finding.severity].value_counts()
        listed = ", ".join(f"{count:,} {word}" for word, count in severity.items())
        return block(
            self.settings.portfolio or "Portfolio",
            f"{len(self.project_ids)} projects in {f'{self.period:%B %Y}' if self.period else 'no period'}, "
            f"as of {self.as_of:%d %B %Y} ({self.as_of_origin}); {months}",
            f"{len(self.files)} files; " + (f"refused: {', '.join(refused)}" if refused else "none refused"),
            f"{len(self.findings):,} findings{f': {listed}' if listed else ''}; "
            f"{len(self.quarantine):,} rows quarantined",
            html_table(["Table", "Rows", "Periods"], counts),
        )

    def _spine(self) -> pd.DataFrame:
        keys = [Project.project_id, Project.period]
        both = pd.concat([self.tables["projects"][keys], self.tables["status"][keys]])
        return both[both[Status.period] <= self.as_of + pd.offsets.MonthEnd(0)].drop_duplicates()


def _rows_of(name: str, frame: pd.DataFrame, projects: pd.DataFrame, entities: Iterable[str]) -> pd.DataFrame:
    keys = [Project.project_id, Project.period]
    if name == "projects":
        kept = frame.index.isin(projects.index)
    elif name == "status":
        kept = pd.MultiIndex.from_frame(frame[keys]).isin(pd.MultiIndex.from_frame(projects[keys]))
    elif table(name).entity:
        kept = frame[table(name).entity].isin(list(entities)).to_numpy()
    else:
        return frame
    return frame[kept].reset_index(drop=True)
