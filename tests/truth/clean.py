"""Clean tables whose every cell is known, and how three countries write them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

#: Where a field goes: the tables, and its column there.
Target = tuple[tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a clean table: its heading, what it holds, and where it must arrive."""

    heading: str
    kind: str
    tables: tuple[str, ...]
    column: str


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency of its own: right only with that currency."""

    amount: float
    currency: str


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, and the result stored with it; without one it was never calculated."""

    text: str
    result: Any = None


@dataclass(frozen=True, slots=True)
class Failed:
    """An error such as ``#REF!`` in the place of a value."""

    code: str


@dataclass(frozen=True, slots=True)
class Locale:
    """How a country writes dates and figures, and the settings that say so."""

    name: str
    date: str
    order: str
    decimal: str
    sign: str
    currency: str
    delimiter: str

    def figure(self, value: float, digits: int = 2, *, grouped: bool = True) -> str:
        """A figure as it is written there."""
        text = f"{value:,.{digits}f}" if grouped else f"{value:.{digits}f}"
        return text if self.decimal == "." else text.translate(str.maketrans(",.", ".,"))

    def day(self, value: dt.date) -> str:
        """A day as it is written there."""
        return value.strftime(self.date)


LOCALES = (
    Locale("en-GB", "%d/%m/%Y", "DMY", ".", "£", "GBP", ","),
    Locale("en-US", "%m/%d/%Y", "MDY", ".", "$", "USD", ","),
    Locale("de-DE", "%d.%m.%Y", "DMY", ",", "€", "EUR", ";"),
)

PROJECT, STATUS, BOTH = ("projects",), ("status",), ("projects", "status")

_PROJECTS = (
    Field("Project ID", "id", BOTH, "project_id"),
    Field("Project Name", "text", PROJECT, "project_name"),
    Field("Department", "text", PROJECT, "department"),
    Field("Project Manager", "text", PROJECT, "project_manager"),
    Field("Project Status", "word", PROJECT, "status"),
    Field("Baseline Finish", "date", PROJECT, "baseline_finish"),
    Field("Forecast Finish", "date", STATUS, "forecast_finish"),
    Field("Whole Life Cost", "money", PROJECT, "wlc_budget"),
    Field("PV", "money", STATUS, "pv"),
    Field("EV", "money", STATUS, "ev"),
    Field("AC", "money", STATUS, "ac"),
    Field("BAC", "money", STATUS, "bac"),
    Field("% Complete", "percent", STATUS, "pct_complete"),
    Field("RAG", "colour", STATUS, "rag_overall"),
    Field("Narrative", "text", STATUS, "narrative"),
)
_MILESTONES = (
    Field("Milestone ID", "id", ("milestones",), "milestone_id"),
    Field("Project ID", "id", ("milestones",), "entity_id"),
    Field("Milestone Name", "text", ("milestones",), "name"),
    Field("Baseline Date", "date", ("milestones",), "baseline_date"),
    Field("Forecast Date", "date", ("milestones",), "forecast_date"),
    Field("Milestone Status", "word", ("milestones",), "status"),
)
_RISKS = (
    Field("Risk ID", "id", ("risks",), "risk_id"),
    Field("Project ID", "id", ("risks",), "entity_id"),
    Field("Risk Title", "text", ("risks",), "title"),
    Field("Risk Kind", "word", ("risks",), "kind"),
    Field("Probability", "percent", ("risks",), "prob_residual"),
    Field("Cost impact", "money", ("risks",), "impact_cost_ml"),
    Field("Risk opened", "date", ("risks",), "opened"),
    Field("Risk status", "word", ("risks",), "status"),
)

_NAMES = (
    "Northern bridge",
    'Depot "Süd", phase 2',
    "Müller & Söhne: Umbau",
    "Two\nlines",
    "Cafétéria; rear",
    "O'Brien | ports",
    "Łódź",
    "Ring road, west",
)
_PEOPLE = (
    "Amy Okafor",
    "Jürgen Groß",
    "NA Singh",
    "Null, Anna",
    "Zoë Ní Dhómhnaill",
    "Ben Ray",
    "None",
    "Li Na",
)
_STATES = ("active", "active", "on_hold", "active", "proposed", "complete", "active", "active")
_COLOURS = ("green", "amber", "red", "green", "amber_green", "amber_red", "green", "red")
_KINDS = ("threat", "opportunity", "threat", "threat")
_MILESTONE_STATES = ("not_started", "in_progress", "complete", "missed")
_RISK_STATES = ("open", "open", "closed", "open")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it is to be written, and the truth of it.

    `rows` hold what the writer is to put into the cells, `truth` what each row must become: values by column, or
    None for a row that is no data. What a fault changes beside the cells stands in `options`.
    """

    fields: tuple[Field, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    truth: tuple[dict[str, Any] | None, ...]
    options: dict[str, Any] = field(default_factory=dict)

    def at(self, column: str) -> int:
        """The place of a field."""
        return next(n for n, one in enumerate(self.fields) if one.column == column)

    def put(self, row: int, column: str, content: Any, truth: Any = ...) -> Sheet:
        """The sheet with other content in one cell, and another truth where one is given."""
        place = self.at(column)
        rows = [list(one) for one in self.rows]
        rows[row][place] = content
        known = list(self.truth)
        if truth is not ... and known[row] is not None:
            known[row] = {**known[row], column: truth}  # type: ignore[dict-item]
        return replace(self, rows=tuple(map(tuple, rows)), truth=tuple(known))

    def put_all(self, column: str, contents: Sequence[Any], truths: Sequence[Any] | None = None) -> Sheet:
        """The sheet with other contents in the first cells of a column."""
        sheet = self
        for row, content in enumerate(contents):
            sheet = sheet.put(row, column, content, truths[row] if truths is not None else ...)
        return sheet

    def insert(self, row: int, *rows: Sequence[Any]) -> Sheet:
        """The sheet with rows that are no data."""
        more = tuple(tuple(one) for one in rows)
        return replace(
            self,
            rows=self.rows[:row] + more + self.rows[row:],
            truth=self.truth[:row] + (None,) * len(more) + self.truth[row:],
        )

    def option(self, **options: Any) -> Sheet:
        """The sheet with something said to its writer."""
        return replace(self, options={**self.options, **options})


def _sheet(fields: tuple[Field, ...], columns: Sequence[Sequence[Any]]) -> Sheet:
    rows = tuple(zip(*columns, strict=True))
    truth = tuple({one.column: value for one, value in zip(fields, row, strict=True)} for row in rows)
    return Sheet(fields, tuple(one.heading for one in fields), rows, truth)


def projects(number: int) -> Sheet:
    """Eight projects; their ids begin with a zero and hold the number of the file."""
    whole = [1234.5, 98765.43, 1500000.0, 20250.75, 3000.0, 640000.25, 7000000.0, 12000.0]
    return _sheet(
        _PROJECTS,
        [
            [f"0{number:04d}{at}" for at in range(8)],
            [f"{name} {number}.{at}" for at, name in enumerate(_NAMES)],
            ["Roads", "Roads", "Häfen", "Rail", "Rail", "Ports", "N/A team", "Roads"],
            _PEOPLE,
            _STATES,
            [dt.date(2026, 12, 31), *(dt.date(2027, at, 2 * at + 1) for at in range(1, 8))],
            [dt.date(2027, 1, 29), *(dt.date(2027, at + 1, 3 * at) for at in range(1, 8))],
            whole,
            [round(amount * 0.5, 2) for amount in whole],
            [round(amount * 0.4, 2) for amount in whole],
            [round(amount * 0.45, 2) for amount in whole],
            whole,
            [0.4] * 8,
            _COLOURS,
            [f'Report {at}: "on track", says Jörg; next; more' for at in range(8)],
        ],
    )


def milestones(number: int) -> Sheet:
    """Four milestones."""
    return _sheet(
        _MILESTONES,
        [
            [f"M0{number:04d}{at}" for at in range(4)],
            [f"0{number:04d}{at}" for at in range(4)],
            ["Gate 2, approved", "Tests 'done'", "Übergabe", "Go-live"],
            [dt.date(2026, at + 3, 5 * at + 4) for at in range(4)],
            [dt.date(2026, at + 7, 6 * at + 5) for at in range(4)],
            _MILESTONE_STATES,
        ],
    )


def risks(number: int) -> Sheet:
    """Four risks."""
    return _sheet(
        _RISKS,
        [
            [f"R0{number:04d}{at}" for at in range(4)],
            [f"0{number:04d}{at}" for at in range(4)],
            ["Ground water", "Cheaper steel; maybe", "Zölle", 'Supplier "A" fails'],
            _KINDS,
            [0.25, 0.1, 0.65, 0.8],
            [1200.0, 45000.5, 230000.0, 1000.0],
            [dt.date(2026, at + 1, 4 * at + 3) for at in range(4)],
            _RISK_STATES,
        ],
    )
