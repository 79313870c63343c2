from __future__ import annotations

import pandas as pd
import pytest

from pmo_analytics import charts
from pmo_analytics.errors import InvalidTable
from pmo_analytics.schemas.paints import PAINTS, STATES


def rated(names: list[str], computed: list[str | None]) -> pd.DataFrame:
    rows = len(names)
    return pd.DataFrame(
        {
            "project_id": [f"P{n}" for n in range(rows)],
            "project_name": names,
            "rag_reported": ["green"] * rows,
            "rag_computed": computed,
            "rag_computed_rule": ["OVERALL-X"] * rows,
            "computed_cost": computed,
            "computed_cost_rule": ["COST-CPI" if c else None for c in computed],
            "computed_cost_figure": [0.871 if c else None for c in computed],
            "computed_cost_threshold": [0.9 if c else None for c in computed],
            "computed_scope": pd.Series([None] * rows, dtype="str"),
            "computed_scope_rule": pd.Series([None] * rows, dtype="str"),
        }
    )


def test_every_row_is_drawn_with_letter_and_colour() -> None:
    frame = rated(["Bridge", "Bridge", "Tunnel"], ["red", None, "amber_green"])
    figure = charts.rag_matrix(frame)
    heat = figure.data[0]
    assert len(heat.y) == len(heat.z) == len(frame)
    assert [tuple(row) for row in heat.text] == [("G", "R", "R"), ("G", "X", "X"), ("G", "AG", "AG")]
    assert [list(row) for row in heat.z] == [[0, 4, 4], [0, 5, 5], [0, 1, 1]]
    assert list(figure.layout.xaxis.ticktext) == ["Reported", "Computed", "Cost"]
    assert list(figure.layout.yaxis.ticktext) == ["Bridge", "Bridge", "Tunnel"]


def test_each_state_is_painted_in_its_own_colour() -> None:
    heat = charts.rag_matrix(rated(["A"], ["red"])).data[0]
    span = heat.zmax - heat.zmin
    for rank, state in enumerate(STATES):
        place = (rank - heat.zmin) / span
        below = [fill for edge, fill in heat.colorscale if edge <= place]
        assert below[-1] == PAINTS[state].fill


def test_hover_text_names_rule_figure_and_threshold() -> None:
    cells = charts.rag_matrix(rated(["Bridge"], ["red"])).data[0].customdata[0]
    assert cells[0] == "Bridge (P0)<br>Reported: Green"
    assert cells[1] == "Bridge (P0)<br>Computed: Red<br>rule OVERALL-X"
    assert cells[2] == "Bridge (P0)<br>Cost: Red<br>rule COST-CPI<br>figure 0.871<br>threshold 0.9"


@pytest.mark.parametrize(
    "text", ["<img src=x onerror=alert(1)>", '<a href="https://evil.example">x</a>', "$\\href{x}$", "<b>"]
)
def test_text_from_data_is_never_markup(text: str) -> None:
    figure = charts.rag_matrix(rated([text], ["red"]), title=text)
    strings = [figure.layout.title.text, *figure.layout.yaxis.ticktext, *figure.data[0].customdata[0]]
    for string in strings:
        assert "<" not in string.replace("<br>", "")
        assert "$" not in string


def test_long_names_are_cut_beside_the_axis_only() -> None:
    figure = charts.rag_matrix(rated(["n" * 300], ["red"]))
    assert figure.layout.yaxis.ticktext == ("n" * 39 + "…",)
    assert figure.data[0].customdata[0][0].startswith("n" * 300)


def test_a_project_without_a_name_is_labelled_with_its_id() -> None:
    frame = rated(["Bridge"], ["red"]).assign(project_name=pd.Series([None], dtype="str"))
    assert charts.rag_matrix(frame).layout.yaxis.ticktext == ("P0",)


def test_no_rows_is_said_in_words() -> None:
    figure = charts.rag_matrix(rated([], []))
    assert [note.text for note in figure.layout.annotations] == ["No projects"]
    assert not figure.data


@pytest.mark.parametrize("frame", [pd.DataFrame({"project_id": ["P1"]}), {"project_id": ["P1"]}])
def test_a_frame_that_was_not_rated_is_refused(frame: object) -> None:
    with pytest.raises(InvalidTable):
        charts.rag_matrix(frame)  # type: ignore[arg-type]


def test_the_table_is_not_changed() -> None:
    frame = rated(["Bridge"], [None])
    before = frame.copy(deep=True)
    charts.rag_matrix(frame)
    pd.testing.assert_frame_equal(frame, before)


def test_the_table_says_in_words_what_the_cells_show() -> None:
    frame = rated(["Bridge", "Tunnel"], ["red", None])
    table = charts.rag_matrix_table(frame)
    assert table.columns.tolist() == ["Project ID", "Project", "Reported", "Computed", "Cost"]
    assert table.iloc[:, 2:].to_numpy().tolist() == [
        ["G Green", "R Red", "R Red"],
        ["G Green", "X Not rated", "X Not rated"],
    ]
    heat = charts.rag_matrix(frame).data[0]
    letters = [[cell.split(" ")[0] for cell in row] for row in table.iloc[:, 2:].to_numpy()]
    assert [list(row) for row in heat.text] == letters


def test_a_row_carried_forward_says_from_when() -> None:
    frame = rated(["Bridge", "Tunnel"], ["red", None]).assign(carried_from=["2026-05", None])
    heat = charts.rag_matrix(frame).data[0]
    assert list(heat.text[0]) == ["G (May 2026)", "R (May 2026)", "R (May 2026)"]
    assert list(heat.text[1]) == ["G", "X", "X"]
    assert heat.customdata[0][0] == "Bridge (P0)<br>Reported: Green (May 2026)"
    assert charts.rag_matrix_table(frame)["Reported"].tolist() == ["G Green (May 2026)", "G Green"]


def test_many_rows_are_all_drawn_and_labelled_where_there_is_room() -> None:
    figure = charts.rag_matrix(rated(["Bridge"] * 2_000, [None] * 2_000))
    assert len(figure.data[0].z) == 2_000
    assert len(figure.layout.yaxis.ticktext) == 667
