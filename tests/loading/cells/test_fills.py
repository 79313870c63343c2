from __future__ import annotations

import pytest

from pmo_analytics.loading.cells.fills import UNCLEAR, colour_of


@pytest.mark.parametrize(
    ("fill", "colour"),
    [
        *((fill, "red") for fill in ("FF0000", "C00000", "FFC7CE", "E06666")),
        *((fill, "amber") for fill in ("FFC000", "FFFF00", "FFA500", "FFEB9C", "ED7D31", "FFD966", "F79646")),
        *((fill, "green") for fill in ("00B050", "92D050", "70AD47", "00FF00", "C6EFCE", "9BBB59", "008000")),
        *((fill, UNCLEAR) for fill in ("4472C4", "7030A0", "00B0F0", "FF4500", "FF00FF", "C6E0B4")),
        *((fill, "") for fill in ("FFFFFF", "000000", "D9D9D9", "F2F2F2", "", "none")),
    ],
)
def test_colours_of_fills(fill: str, colour: str) -> None:
    assert colour_of(fill) == colour
    assert colour_of(fill.lower()) == colour
