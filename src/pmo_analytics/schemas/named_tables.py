"""Named tables: every table of a portfolio as an attribute, in the order in which people read them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


class NamedTables(ABC):
    """What holds the tables of a portfolio and hands out each by its name."""

    @abstractmethod
    def __getitem__(self, name: str) -> pd.DataFrame:
        """A copy of one table, all periods."""

    @property
    def entities(self) -> pd.DataFrame:
        """The entities."""
        return self["entities"]

    @property
    def projects(self) -> pd.DataFrame:
        """The project lists of every period."""
        return self["projects"]

    @property
    def status(self) -> pd.DataFrame:
        """The status reports of every period."""
        return self["status"]

    @property
    def milestones(self) -> pd.DataFrame:
        """The milestones of every delivered plan."""
        return self["milestones"]

    @property
    def risks(self) -> pd.DataFrame:
        """The risks of every delivered register."""
        return self["risks"]

    @property
    def issues(self) -> pd.DataFrame:
        """The issues of every delivered log."""
        return self["issues"]

    @property
    def decisions(self) -> pd.DataFrame:
        """The decisions of every delivered log."""
        return self["decisions"]

    @property
    def identities(self) -> pd.DataFrame:
        """Which identifiers mean the same project, and what became of those that ended."""
        return self["identities"]

    @property
    def tasks(self) -> pd.DataFrame:
        """The tasks of every delivered plan."""
        return self["tasks"]

    @property
    def evm_periods(self) -> pd.DataFrame:
        """The earned value curves of every delivery, month by month."""
        return self["evm_periods"]

    @property
    def changes(self) -> pd.DataFrame:
        """The change requests of every delivered log."""
        return self["changes"]

    @property
    def benefits(self) -> pd.DataFrame:
        """The benefits of every delivered register, month by month."""
        return self["benefits"]

    @property
    def dependencies(self) -> pd.DataFrame:
        """The dependencies of every delivered log."""
        return self["dependencies"]

    @property
    def resources(self) -> pd.DataFrame:
        """The capacity and the demand of every delivered resource plan."""
        return self["resources"]

    @property
    def financials(self) -> pd.DataFrame:
        """The budgets, forecasts and actuals of every delivery, one amount per row."""
        return self["financials"]

    @property
    def actions(self) -> pd.DataFrame:
        """The actions of every delivered log."""
        return self["actions"]

    @property
    def assumptions(self) -> pd.DataFrame:
        """The assumptions of every delivered log."""
        return self["assumptions"]

    @property
    def lessons(self) -> pd.DataFrame:
        """The lessons of every delivered log."""
        return self["lessons"]

    @property
    def submissions(self) -> pd.DataFrame:
        """Who owed a report in which period, and what became of it."""
        return self["submissions"]

    @property
    def baselines(self) -> pd.DataFrame:
        """The approved plans of the projects, version by version."""
        return self["baselines"]

    @property
    def milestone_baselines(self) -> pd.DataFrame:
        """The approved dates of the milestones, version by version."""
        return self["milestone_baselines"]

    @property
    def business_cases(self) -> pd.DataFrame:
        """The business cases, version by version."""
        return self["business_cases"]

    @property
    def cashflows(self) -> pd.DataFrame:
        """The costs and benefits of the business cases, year by year."""
        return self["cashflows"]

    @property
    def standards(self) -> pd.DataFrame:
        """The standards of the organisation."""
        return self["standards"]

    @property
    def standards_compliance(self) -> pd.DataFrame:
        """Which project meets which standard."""
        return self["standards_compliance"]

    @property
    def objectives(self) -> pd.DataFrame:
        """The strategic objectives of every delivered list."""
        return self["objectives"]

    @property
    def gates(self) -> pd.DataFrame:
        """The stage gates of the organisation."""
        return self["gates"]

    @property
    def approval_matrix(self) -> pd.DataFrame:
        """Who may take which decision."""
        return self["approval_matrix"]

    @property
    def fx_rates(self) -> pd.DataFrame:
        """The exchange rates."""
        return self["fx_rates"]

    @property
    def calendar(self) -> pd.DataFrame:
        """The reporting periods that are no months."""
        return self["calendar"]
