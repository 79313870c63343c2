from __future__ import annotations

from importlib import import_module

import pandas as pd
import pytest

from charts.frames import by_period
from pmo_analytics import charts
from pmo_analytics.charts.s_curve import ESTIMATES
from pmo_analytics.metrics.catalogue import CATALOGUE

# The package has a function of the same name.
s_curve_module = import_module("pmo_analytics.charts.s_curve")
EAC_TITLES = [CATALOGUE[name].title for name in ESTIMATES]


def test_every_figure_of_every_month_is_a_point_or_a_gap() -> None:
    frame = by_period(12)
    dated = frame[frame["period"].notna()]
    figure = charts.s_curve(frame)
    for name, heading in {"pv": "PV", "ev": "EV", "ac": "AC", "bac": "BAC"}.items():
        drawn = [value for trace in figure.data if trace.name == heading for value in trace.y]
        assert len(drawn) == len(dated)
        assert sum(value is None for value in drawn) == dated[name].isna().sum()


def test_one_panel_per_currency_and_one_for_none() -> None:
    figure = charts.s_curve(by_period(12))
    titles = [note.text for note in figure.layout.annotations][:3]
    assert titles == ["GBP", "currency not stated", "Bridge"]
    assert len([trace for trace in figure.data if trace.name == "EAC"]) == 3


def test_gaps_and_rows_without_a_month_are_said_under_the_chart() -> None:
    note = charts.s_curve(by_period(12)).layout.annotations[3:]
    said = [text for text in (n.text for n in note) if "Not defined" in text]
    assert said == ["Not defined in GBP, Feb 1950: EV: data too old<br>Rows without a month, not drawn: 1"]


def test_many_gaps_are_counted() -> None:
    frame = by_period(20).assign(ac=None)
    text = next(n.text for n in charts.s_curve(frame).layout.annotations if "Not defined" in (n.text or ""))
    assert "and 13 more months, named in the table" in text


def test_the_estimates_of_the_last_month_are_drawn_from_low_to_high() -> None:
    frame = by_period(3).assign(eac_cpi=None)
    figure = charts.s_curve(frame)
    estimates = next(trace for trace in figure.data if trace.name == "EAC")
    known = [name for name in ESTIMATES if name != "eac_cpi"]
    assert list(estimates.y) == sorted(frame[known].iloc[-1])
    assert len(estimates.customdata) == len(EAC_TITLES) - 1
    assert estimates.customdata[0].split("<br>")[0] in EAC_TITLES


def test_lines_differ_in_dash_and_marker() -> None:
    lines = charts.s_curve(by_period(3)).data[:4]
    assert len({line.line.dash for line in lines}) == len({line.marker.symbol for line in lines}) == 4


def test_months_are_drawn_in_order_whatever_the_order_of_the_rows() -> None:
    frame = by_period(3)
    assert charts.s_curve(frame.iloc[::-1]) == charts.s_curve(frame)


def test_the_table_names_what_is_not_defined() -> None:
    table = charts.s_curve_table(by_period(12))
    assert set(EAC_TITLES) < set(table.columns)
    assert table["Not defined"].dropna().tolist() == ["EV: data too old"]
    assert pd.isna(table["Month"]).sum() == 1


def test_nothing_but_undefined_figures_is_drawn() -> None:
    frame = by_period(2).assign(pv=None, ev=None, ac=None, bac=None)
    assert charts.s_curve(frame[["currency", "period", "pv", "ev", "ac", "bac"]]).data


def test_an_undefined_figure_is_a_gap_in_its_line() -> None:
    frame = by_period(3)
    frame.loc[1, "ev"] = None
    lines = {trace.name: trace for trace in charts.s_curve(frame).data}
    assert lines["EV"].y[1] is None
    assert not any(lines[name].connectgaps for name in ("PV", "EV", "AC", "BAC"))


def test_titles_of_estimates_are_escaped_and_their_lines_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    odd = {name: f"<br>{title}" for name, title in s_curve_module._ESTIMATES.items()}
    monkeypatch.setattr(s_curve_module, "_ESTIMATES", odd)
    estimates = next(trace for trace in charts.s_curve(by_period(3)).data if trace.name == "EAC")
    assert all(text.startswith("&lt;br&gt;") and text.count("<br>") == 1 for text in estimates.customdata)
