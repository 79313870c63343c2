from __future__ import annotations

import pytest

from charts.frames import rated
from pmo_analytics import charts
from pmo_analytics.schemas.paints import PAINTS


def tiles(figure: object) -> list[tuple[str, float, str, str, str]]:
    return [
        (label, value, fill, shape, hover)
        for tree in figure.data  # type: ignore[attr-defined]
        for name, label, value, fill, shape, hover in zip(
            tree.ids,
            tree.labels,
            tree.values,
            tree.marker.colors,
            tree.marker.pattern.shape,
            tree.customdata,
            strict=True,
        )
        if name.startswith("p")
    ]


@pytest.mark.parametrize("rows", [1, 7, 40, 500])
def test_every_row_is_a_tile_with_an_area(rows: int) -> None:
    shown = tiles(charts.treemap(rated(rows)))
    assert len(shown) == rows
    assert all(value > 0 for _, value, *_ in shown)


def test_tiles_have_the_letter_and_fill_of_the_reported_colour() -> None:
    paints = {paint.letter: paint for paint in PAINTS.values()}
    for label, _, fill, shape, hover in tiles(charts.treemap(rated(7))):
        paint = paints[label.removeprefix("<b>").split("</b>")[0]]
        assert fill == paint.fill
        assert f"Reported: {paint.label}" in hover
        assert bool(shape) == (paint.letter == "X")


def test_currencies_have_maps_of_their_own() -> None:
    figure = charts.treemap(rated(7))
    assert [tree.labels[0].rsplit(", ", 1)[0] for tree in figure.data] == [
        "Bridge 800",
        "EUR 2,000.0m",
        "GBP 5.0m",
        "currency not stated 0",
    ]
    assert len({(tree.domain.row, tree.domain.column) for tree in figure.data}) == 4


def test_without_a_budget_a_tile_is_the_smallest_and_says_so() -> None:
    tree = charts.treemap(rated(7).assign(currency="GBP", programme_id="RAIL")).data[0]
    shown = dict(zip(tree.ids, tree.values, strict=True))
    unknown = [shown[f"p{row}"] for row in (2, 3, 5, 6)]
    assert set(unknown) == {min(unknown)}
    assert min(unknown) <= 800
    assert tree.customdata[-1].endswith("Tile: budget not known")
    assert "?" in tree.labels[-1]


def test_groups_hold_their_projects_and_those_without_one_are_together() -> None:
    tree = charts.treemap(rated(7).assign(currency="GBP")).data[0]
    labels = dict(zip(tree.ids, tree.labels, strict=True))
    assert list(labels.values()).count("none given") == 1
    assert {parent for name, parent in zip(tree.ids, tree.parents, strict=True) if name[0] == "p"} <= set(
        labels
    )
    assert len(set(tree.ids)) == len(tree.ids)


def test_group_and_size_can_be_chosen() -> None:
    frame = rated(2).assign(department="Roads", wlc_budget=[1e6, 2e6], currency="GBP")
    figure = charts.treemap(frame, by="department", size="wlc_budget")
    assert figure.data[0].labels[:2] == ("GBP 3.0m, 2 projects", "Roads")
    assert figure.layout.title.subtitle.text.startswith("Area: Whole-life")
    table = charts.treemap_table(frame, by="department", size="wlc_budget")
    assert table["Group"].tolist() == ["Roads", "Roads"]
    assert table["Size"].tolist() == [1e6, 2e6]


def test_what_is_carried_forward_says_from_when_on_its_tile_in_hover_and_table() -> None:
    frame = (
        rated(1)
        .loc[[0] * 4]
        .assign(project_id=["P1", "P2", "P3", "P4"], bac=[1000.0, 25.0, 9.0, 1.0], carried_from="2026-05")
    )
    figure = charts.treemap(frame)
    shown = [label for label, *_ in tiles(figure)]
    assert shown == ["<b>G</b> (May 2026)<br>Bridge", "<b>G</b> (May 2026)<br>P2", "<b>G</b> ", "<b>G</b> "]
    assert figure.data[0].text[-4:] == ("1,000", "", "(May 2026)", "")
    assert all("Reported: G Green (May 2026)<br>" in hover for *_, hover in tiles(figure))
    assert set(charts.treemap_table(frame)["Reported"]) == {"G Green (May 2026)"}
    assert "G Green" in figure.layout.annotations[0].text
