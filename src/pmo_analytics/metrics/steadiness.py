"""Steadiness: how often and how far the forecasts of projects have moved, and how right they were in the end.

Movements are those from one report of a project to its next, of up to six reports. How right a forecast was is told
of finished projects alone: by the last report that was made 90 days before the finish or earlier.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from pmo_analytics.metrics import formulas
from pmo_analytics.metrics.counts import PRACTICE, ratio_of
from pmo_analytics.metrics.expressions import (
    given,
    nonzero,
    number,
    present,
    same_currency,
    where,
)
from pmo_analytics.metrics.measure import (
    AS_OF,
    PERIOD_DAY,
    SPINE,
    Aggregate,
    Better,
    Measure,
    Metric,
    RollUp,
    Unit,
    total,
)
from pmo_analytics.metrics.pace import earlier, earlier_amount
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status

if TYPE_CHECKING:
    from pmo_analytics.metrics.inputs import Frame

#: How many reports of a project are looked at, and how many days before its finish a forecast must have been made.
REPORTS, HORIZON_DAYS = 6, 90
#: A spread needs two movements, and so three reports.
_FEWEST = 2

#: By the name of what moves: its column, and how an earlier report is asked for it; amounts within one currency.
_MOVED = {"finish": (Status.forecast_finish, earlier), "eac": (Status.eac_reported, earlier_amount)}
_FINISHED, _MADE, _MADE_IN = "__finished", "__forecast_made", "__forecast_made_in"
_FORESEEN = {Status.forecast_finish: "__finish_foreseen", Status.eac_reported: "__eac_foreseen"}


def _step(what: str) -> str:
    return f"__{what}_step"


def _tally(what: str, tally: str) -> str:
    return f"__{what}_{tally}"


def look_back_for_movements(frame: Frame) -> Frame:
    """The rows of the spine, none later than ``as_of``, with how the forecasts of their projects have moved."""
    own = nw.col(Status.carried_from).is_null()  # a report carried forward says nothing new
    frame = frame.with_columns(
        *(
            where(own, nw.col(column) - before(column, 1)).alias(_step(what))
            for what, (column, before) in _MOVED.items()
        )
    )
    return frame.with_columns(*(column for what in _MOVED for column in _tallies(what)))


def _tallies(what: str) -> list[nw.Expr]:
    """Of the movements in the reports looked at: their number, how many are none, sum, sizes and squares."""
    _, before = _MOVED[what]
    moves = [nw.col(_step(what)), *(before(_step(what), steps) for steps in range(1, REPORTS - 1))]
    tallied = {
        "moves": [where(given(move), number(1)) for move in moves],
        "changes": [where((move > 0) | (move < 0), number(1)) for move in moves],
        "sum": moves,
        "size": [move.abs() for move in moves],
        "squares": [move * move for move in moves],
    }
    return [nw.sum_horizontal(*ones).alias(_tally(what, name)) for name, ones in tallied.items()]


def look_back_for_forecasts(frame: Frame) -> Frame:
    """The rows of the spine, none later than ``as_of``, with what was foreseen long before their projects finished."""
    day, finished, made = nw.col(PERIOD_DAY), nw.col(_FINISHED), nw.col(_MADE)
    of_project, finish = Project.project_id, nw.col(Project.actual_finish)
    # the day of finish as it was stated last: it may have been corrected
    frame = frame.with_columns(where(given(finish), day).max().over(of_project).alias(_MADE))
    frame = frame.with_columns(where(day == made, finish).max().over(of_project).alias(_FINISHED))
    early = where(day <= finished - HORIZON_DAYS, day)
    frame = frame.with_columns(early.alias(_MADE))
    frame = frame.with_columns(made.max().over(of_project).alias(_MADE))
    said = {name: where(day == made, nw.col(column)) for column, name in _FORESEEN.items()}
    said[_MADE_IN] = where(day == made, nw.col(Project.currency))
    frame = frame.with_columns(*(value.alias(name) for name, value in said.items()))
    return frame.with_columns(*(nw.col(name).max().over(of_project).alias(name) for name in said))


def _spread(what: str) -> nw.Expr:
    """The standard deviation of the movements of a row, null for fewer than two of them."""
    moves, whole, squares = (nw.col(_tally(what, name)) for name in ("moves", "sum", "squares"))
    enough = where(moves >= _FEWEST, moves)
    variance = (squares - whole * whole / enough) / (enough - 1)
    # what floats make of a sum of squares may lie below 0
    return where(given(variance), nw.max_horizontal(variance, number(0))) ** 0.5


_finish_moves = where(nw.col(_tally("finish", "moves")) > 0, nw.col(_tally("finish", "moves")))
_finish, _eac, _bac = nw.col(Project.actual_finish), nw.col(Status.eac_reported), nw.col(Status.bac)
# of a month before the finish was corrected, nothing is told
_over = (_finish <= nw.col(AS_OF)) & (_finish == nw.col(_FINISHED))
_late = where(_over, _finish - nw.col(_FORESEEN[Status.forecast_finish]))
_final = where(_over & (nw.col(Status.ac) > 0), nw.col(Status.ac))
_one_currency = same_currency(nw.col(_MADE_IN), nw.col(Project.currency))
_off = where(_one_currency, nw.col(_FORESEEN[Status.eac_reported]) - _final)
_DAYS = (Status.forecast_finish, Project.actual_finish)
_COST = (Status.eac_reported, Status.ac, Project.actual_finish)

MEASURES = (
    Measure("finish_spread", SPINE, (Status.forecast_finish,), _spread("finish"), Aggregate.MEDIAN),
    Measure("finish_moves", SPINE, (Status.forecast_finish,), _finish_moves),
    Measure(
        "finish_changes",
        SPINE,
        (Status.forecast_finish,),
        present(nw.col(_tally("finish", "changes")), _finish_moves),
    ),
    Measure(
        "finish_moved_days",
        SPINE,
        (Status.forecast_finish,),
        present(nw.col(_tally("finish", "size")), _finish_moves),
    ),
    Measure(
        "eac_spread",
        SPINE,
        (Status.eac_reported, Status.bac),
        formulas.share(_spread("eac"), nonzero(_bac)),
        Aggregate.MEDIAN,
    ),
    Measure("finish_missed", SPINE, _DAYS, _late),
    Measure("finish_missed_by", SPINE, _DAYS, _late.abs()),
    Measure("finishes_foreseen", SPINE, _DAYS, present(number(1), _late)),
    Measure("eac_missed", SPINE, _COST, _off),
    Measure("eac_missed_by", SPINE, _COST, _off.abs()),
    Measure("cost_foreseen", SPINE, _COST, present(_final, _off)),
)

METRICS = (
    Metric(
        "finish_volatility_days",
        "Volatility of the forecast finish",
        "Median of the standard deviation (n − 1) of the movements of the forecast finish from report to report, in up "
        "to six reports; of fewer than three there is none",
        Unit.DAYS,
        Better.LOWER,
        RollUp.DISTRIBUTION,
        PRACTICE,
        ("finish_spread",),
        total("finish_spread"),
    ),
    ratio_of(
        "finish_changed_pct",
        "Reports that moved the finish",
        "Σ reports whose forecast finish is not that of the report before ÷ Σ reports with one before, of up to six",
        part="finish_changes",
        whole="finish_moves",
        better=Better.LOWER,
    ),
    ratio_of(
        "finish_movement_days",
        "Mean movement of the forecast finish",
        "Σ days by which the forecast finish moved, either way ÷ Σ reports with one before, of up to six",
        part="finish_moved_days",
        whole="finish_moves",
        better=Better.LOWER,
        unit=Unit.DAYS,
    ),
    Metric(
        "eac_volatility_pct",
        "Volatility of the reported estimate",
        "Median of the standard deviation (n − 1) of the movements of the reported EAC in up to six reports, ÷ BAC; of "
        "fewer than three there is none",
        Unit.FRACTION,
        Better.LOWER,
        RollUp.DISTRIBUTION,
        PRACTICE,
        ("eac_spread",),
        total("eac_spread"),
    ),
    ratio_of(
        "finish_bias_days",
        "Bias of forecasts of the finish",
        "Σ (actual finish − finish forecast 90 days before it or earlier) ÷ finished projects with both; positive: "
        "forecasts were too early",
        part="finish_missed",
        whole="finishes_foreseen",
        better=Better.NONE,
        unit=Unit.DAYS,
    ),
    ratio_of(
        "finish_error_days",
        "Error of forecasts of the finish",
        "Σ days between actual finish and the finish forecast 90 days before it or earlier ÷ finished projects with "
        "both",
        part="finish_missed_by",
        whole="finishes_foreseen",
        better=Better.LOWER,
        unit=Unit.DAYS,
    ),
    ratio_of(
        "eac_bias_pct",
        "Bias of estimates at completion",
        "Σ (EAC reported 90 days before the finish or earlier − AC of the finished project) ÷ Σ AC of the same "
        "projects; negative: estimates were too low",
        part="eac_missed",
        whole="cost_foreseen",
        better=Better.NONE,
    ),
    ratio_of(
        "eac_error_pct",
        "Error of estimates at completion",
        "Σ |EAC reported 90 days before the finish or earlier − AC of the finished project| ÷ Σ AC of the same "
        "projects",
        part="eac_missed_by",
        whole="cost_foreseen",
        better=Better.LOWER,
    ),
)
