"""Units of amounts that stand above their headings."""

from __future__ import annotations

import pytest

from loading.layout.sheets import layouts, sheet
from pmo_analytics.loading.layout.title_units import title_unit
from pmo_analytics.loading.origins import NOTHING
from pmo_analytics.loading.periods import FoundPeriod
from pmo_analytics.loading.sources import describe_source
from pmo_analytics.loading.units import unit_faults, unit_of
from pmo_analytics.schemas.tables import table


@pytest.mark.parametrize(
    ("titles", "unit"),
    [
        (["CHF '000"], "CHF '000"),
        (["in TEUR"], "TEUR"),
        (["Report", "All figures in £m"], "£m"),
        (["$M"], "$M"),
        (["Spend by month, CHF '000"], "CHF '000"),
        (["Period 05/2025   |   Currency: kEUR"], "kEUR"),
        (["in £m", "in £m"], "£m"),
        (["in £m", "in TEUR"], ""),
        (["Projects over £1m", "All projects", "M", "Status: K"], ""),
    ],
)
def test_units_in_titles(titles: list[str], unit: str) -> None:
    assert title_unit(titles) == unit


@pytest.mark.parametrize(
    ("lines", "scale", "currency", "codes"),
    [
        (["Project ID|Project|EAC", "P1|A|5"], 1, None, []),
        (["Project ID|Project|Cost (kEUR)|", "||EAC|AC", "P1|A|5|5"], 1e3, "EUR", []),
        (["Project ID|Project|Cost (kEUR)|", "||EAC (£m)|AC", "P1|A|5|5"], 1e6, "GBP", ["UNIT_CONFLICT"]),
        (["CHF '000", "", "Project ID|Project|EAC", "P1|A|5"], 1e3, "CHF", ["UNIT_FROM_TITLE"]),
        # what a heading says goes before the title; three letters of a heading are no currency
        (["CHF '000", "", "Project ID|Project|EAC (£m)", "P1|A|5"], 1e6, "GBP", []),
        (["in £m", "", "Project ID|Project|EAC (£)", "P1|A|5"], 1, "GBP", ["UNIT_CONFLICT"]),
        (["Project ID|Project|Cost (USD k)|", "||EAC ($k)|AC", "P1|A|5|5"], 1e3, "USD", []),
        (["CHF '000", "in £m", "", "Project ID|Project|EAC", "P1|A|5"], 1, None, []),
    ],
)
def test_the_unit_of_a_column(lines: list[str], scale: float, currency: str | None, codes: list[str]) -> None:
    merged = ((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3)) if "Cost" in lines[0] else ()
    (layout,) = layouts(sheet(*lines, merged=merged))
    at = layout.matching.fields["status", "eac_reported"]
    unit = unit_of(table("status").columns["eac_reported"], layout, at)
    assert (unit.scale, unit.currency) == (scale, currency)
    source = describe_source(
        "1", layout, path="x", sheet="S", digest="", found=FoundPeriod(None, ""), project=NOTHING
    )
    assert [code for code in unit_faults(layout, source)["code"] if code != "GROUP_HEADING"] == codes
