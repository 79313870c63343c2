"""Roadmap: every project as a bar over time beside its baseline, by programme, with its gates."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from pmo_analytics.charts.dates import EDGE_WORDS, Span, dates_of, draw_time, span_of
from pmo_analytics.charts.gates import GATE_MARKS, gates_of
from pmo_analytics.charts.house import (
    BLUE,
    HOVER,
    INK,
    LABEL_LENGTH,
    empty_figure,
    label_step,
    lay_out_rows,
    require,
    safe_all,
)
from pmo_analytics.charts.wording import (
    PROGRAMME,
    PROJECT,
    PROJECT_ID,
    carried_marks,
    column_or_null,
    first_given,
    hover_of,
)
from pmo_analytics.schemas.projects import Project

_NEEDED = (
    Project.project_id,
    Project.project_name,
    Project.programme_id,
    Project.baseline_start,
    Project.baseline_finish,
    Project.forecast_finish,
)
#: The days that a frame may have; those that it lacks are not known.
_READ = (
    Project.actual_start,
    Project.forecast_start,
    Project.baseline_start,
    Project.baseline_finish,
    Project.forecast_finish,
    Project.actual_finish,
)
_BASE_START, _BASE_FINISH, _START, _FINISH = "Baseline start", "Baseline finish", "Start", "Finish"
_SLIP, _GATES, _FINISHED = "Slip, days", "Gates", "Finished"
_CARRIED = "Finish carried from"
_NO_PROGRAMME = "no programme"
_ORDER = "__last"
_DATES = (_BASE_START, _BASE_FINISH, _START, _FINISH)


def roadmap(
    projects: pd.DataFrame,
    *,
    milestones: pd.DataFrame | None = None,
    as_of: str | pd.Timestamp,
    title: str = "Roadmap",
) -> go.Figure:
    """Bars over time, one row per row of ``projects`` under the heading of its programme.

    ``projects`` has the columns of the project list of one period; ``project_dates(portfolio)`` makes it, with
    the forecast finish of status. A thin line is the baseline; the bar goes from the actual start (else
    forecast, else baseline) to the actual finish (else forecast); the mark at its end says by how many days
    that differs from the baseline, and behind it stands the month that a forecast was carried forward from,
    where ``carried_from`` has one. Gates of ``milestones`` (those with type ``gate``) are diamonds; how many
    of them could not be drawn is said under the title. A project without dates keeps its row, with the words
    "no dates". Without rows the figure says "No projects". Raises ``InvalidTable`` where columns are missing.

    >>> import pandas as pd
    >>> days = {"baseline_start": ["2026-01-01"], "baseline_finish": ["2026-12-01"]}
    >>> row = {"project_id": ["P1"], "project_name": ["Bridge"], "programme_id": ["RAIL"]}
    >>> frame = pd.DataFrame({**row, **days, "forecast_finish": ["2026-12-31"]})
    >>> figure = roadmap(frame, as_of="2026-06-30")
    >>> list(figure.layout.yaxis.ticktext), figure.data[-1].text[0].strip()
    (['<b>RAIL</b>', 'Bridge'], '+30 d')
    """
    table = roadmap_table(projects, milestones=milestones, as_of=as_of)
    if table.empty:
        return empty_figure("No projects")
    day = pd.Timestamp(as_of)
    gates = gates_of(milestones, table[PROJECT_ID])
    span = span_of([*(table[name] for name in _DATES), gates.drawn[_FINISH]], day)
    first_of_group = table[PROGRAMME].ne(table[PROGRAMME].shift())
    rows = pd.Series(range(len(table)), index=table.index) + first_of_group.cumsum()
    figure = go.Figure([*_bars(table, rows, span), *_gate_marks(gates.drawn, rows, span)])
    figure.add_trace(_ends(table, rows, span))
    undated = table[list(_DATES)].isna().all(axis=1).any()
    draw_time(figure, span, day, lane="no dates" if undated else None)
    total = len(table) + int(first_of_group.sum())
    _label_rows(figure, table, rows, first_of_group)
    said = [gates.note, EDGE_WORDS if span.clipped else ""]
    return lay_out_rows(figure, total, title=title, subtitle=". ".join(filter(None, said)))


def roadmap_table(
    projects: pd.DataFrame,
    *,
    milestones: pd.DataFrame | None = None,
    as_of: str | pd.Timestamp | None = None,  # noqa: ARG001 - charts and their tables are called alike
) -> pd.DataFrame:
    """One row per project, by programme and start: Programme, ids, the four days, slip, finished, gates.

    Behind the finish stands the month that it was carried forward from, where it was. Takes and raises what
    :func:`roadmap` does; projects without a programme come last.
    """
    frame = require(projects, _NEEDED, made_by="project_dates").reset_index(drop=True)
    days = {name: dates_of(frame, name) for name in _READ}
    start = days[Project.actual_start].combine_first(days[Project.forecast_start])
    finish = days[Project.actual_finish].combine_first(days[Project.forecast_finish])
    # An actual finish is known from the list: only a forecast can be carried.
    forecast = days[Project.actual_finish].isna() & finish.notna()
    carried = carried_marks(frame).str.strip(" ()")
    table = pd.DataFrame(
        {
            PROGRAMME: first_given(frame[Project.programme_id], otherwise=_NO_PROGRAMME),
            PROJECT_ID: frame[Project.project_id],
            PROJECT: first_given(frame[Project.project_name], frame[Project.project_id], otherwise="no name"),
            _BASE_START: days[Project.baseline_start],
            _BASE_FINISH: days[Project.baseline_finish],
            _START: start.combine_first(days[Project.baseline_start]),
            _FINISH: finish,
            _CARRIED: carried.where(forecast & (carried != ""), None),
            _SLIP: (finish - days[Project.baseline_finish]).dt.days.astype("float64"),
            _FINISHED: days[Project.actual_finish].notna().map({True: "yes", False: "no"}),
        }
    )
    gates = gates_of(milestones, table[PROJECT_ID])
    counted = column_or_null(frame, Project.project_id).map(gates.drawn[PROJECT_ID].value_counts())
    last = frame[Project.programme_id].isna()
    order = table.assign(**{_ORDER: last}).sort_values([_ORDER, PROGRAMME, _START], kind="stable").index
    ordered: pd.DataFrame = table.assign(**{_GATES: counted.fillna(0).astype("int64")}).loc[order]
    return ordered.reset_index(drop=True)


def _bars(table: pd.DataFrame, rows: pd.Series, span: Span) -> list[go.Scatter]:
    """The baseline as a thin line under each bar of what is expected now."""
    kinds = (
        ("now", _START, _FINISH, {"color": "#9DBBDD", "width": 11}, 0.0),
        ("baseline", _BASE_START, _BASE_FINISH, {"color": INK, "width": 2}, 0.38),
    )
    return [
        go.Scatter(
            name=name,
            x=_segments(table, start, end, span),
            y=[value for at in rows[_both(table, start, end)] for value in (at + lower, at + lower, None)],
            mode="lines",
            line=line,
            hoverinfo="skip",
        )
        for name, start, end, line, lower in kinds
    ]


def _both(table: pd.DataFrame, start: str, end: str) -> pd.Series:
    return table[start].notna() & table[end].notna()


def _segments(table: pd.DataFrame, start: str, end: str, span: Span) -> list[str | None]:
    known = table[_both(table, start, end)]
    ends = pd.DataFrame({0: span.place(known[start]), 1: span.place(known[end]), 2: None})
    return list(ends.to_numpy().ravel())


def _ends(table: pd.DataFrame, rows: pd.Series, span: Span) -> go.Scatter:
    """One mark per project, at its last known day or in the lane, with the slip in words beside it."""
    finish, baseline = table[_FINISH], table[_BASE_FINISH]
    at = finish.combine_first(baseline).combine_first(table[_START])
    words = table[_SLIP].map("{:+,.0f} d".format).astype("str").where(table[_SLIP] != 0, "on time")
    words = words.mask(baseline.isna(), "no baseline").mask(finish.isna(), "no finish now")
    words = words.mask(at.isna(), "no dates")
    words = words + (" (" + table[_CARRIED].astype("str") + ")").where(table[_CARRIED].notna(), "")
    step = label_step(int(rows.max()) + 1)
    labelled = pd.Series(range(len(table)), index=table.index) % step == 0
    return go.Scatter(
        name="finish",
        x=span.place(at).tolist(),
        y=rows.tolist(),
        mode="markers+text",
        marker={"symbol": "line-ns-open", "size": 13, "color": BLUE, "line": {"width": 3}},
        text=("   " + words).where(labelled, "").tolist(),
        textposition="middle right",
        textfont={"size": 11},
        customdata=hover_of(table).tolist(),
        hovertemplate=HOVER,
    )


def _gate_marks(gates: pd.DataFrame, rows: pd.Series, span: Span) -> list[go.Scatter]:
    """The gates that belong to a row, by state; ``Row`` is the number of the row in the table."""
    traces = []
    for state, fill in GATE_MARKS.items():
        of_state = gates[gates["State"] == state]
        if len(of_state):
            traces.append(
                go.Scatter(
                    name=f"gate {state}",
                    x=span.place(of_state[_FINISH]).tolist(),
                    y=rows.iloc[of_state["Row"]].tolist(),
                    mode="markers",
                    marker={
                        "symbol": "diamond",
                        "size": 11,
                        "color": fill,
                        "line": {"color": INK, "width": 1.5},
                    },
                    customdata=hover_of(of_state, leave_out=["Row"]).tolist(),
                    hovertemplate=HOVER,
                )
            )
    return traces


def _label_rows(figure: go.Figure, table: pd.DataFrame, rows: pd.Series, first_of_group: pd.Series) -> None:
    """The names beside the rows, and in bold the programme above its first one."""
    total = int(rows.max()) + 1
    step = label_step(total)
    heads = "<b>" + safe_all(table[PROGRAMME], length=LABEL_LENGTH)[first_of_group] + "</b>"
    labels = pd.concat(
        [
            pd.Series(safe_all(table[PROJECT], length=LABEL_LENGTH).to_numpy(), index=rows.to_numpy())[
                ::step
            ],
            pd.Series(heads.to_numpy(), index=rows[first_of_group].to_numpy() - 1),
        ]
    ).sort_index()
    figure.update_yaxes(
        tickvals=labels.index.tolist(),
        ticktext=labels.tolist(),
        range=[total - 0.5, -0.5],
        showgrid=False,
    )
