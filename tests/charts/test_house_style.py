from __future__ import annotations

from itertools import combinations
from math import dist

import pandas as pd
import pytest

from pmo_analytics.charts.house import label_step, row_height, safe, safe_all
from pmo_analytics.charts.wording import amount_words
from pmo_analytics.report.wording import amount_words as report_words
from pmo_analytics.schemas.paints import PAINTS, Paint
from pmo_analytics.schemas.words import COLOURS


def linear(paint: str) -> list[float]:
    parts = [int(paint[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def luminance(paint: str) -> float:
    red, green, blue = linear(paint)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("paint", PAINTS.values(), ids=list(PAINTS))
def test_letters_can_be_read_on_their_colour(paint: Paint) -> None:
    assert contrast(paint.fill, paint.ink) >= 4.5


# Machado, Oliveira, Fernandes (2009): full deuteranopia, on linear RGB.
DEUTERANOPIA = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)
XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
WHITE = (0.9505, 1.0, 1.089)


def times(matrix: tuple[tuple[float, ...], ...], vector: list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def lab(rgb: list[float]) -> tuple[float, float, float]:
    parts = [max(part, 0) / white for part, white in zip(times(XYZ, rgb), WHITE, strict=True)]
    x, y, z = (p ** (1 / 3) if p > 0.008856 else 7.787 * p + 16 / 116 for p in parts)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize(("one", "other"), list(combinations(PAINTS, 2)))
def test_colours_differ_without_telling_red_from_green(one: str, other: str) -> None:
    seen = [lab(times(DEUTERANOPIA, linear(PAINTS[name].fill))) for name in (one, other)]
    assert dist(*seen) > 20


def test_every_state_has_a_letter_words_and_a_symbol_of_its_own() -> None:
    assert tuple(PAINTS) == (*COLOURS, "unknown")
    assert len({paint.letter for paint in PAINTS.values()}) == len(PAINTS)
    assert len({paint.label for paint in PAINTS.values()}) == len(PAINTS)
    assert len({paint.symbol for paint in PAINTS.values()}) == len(PAINTS)


def test_quotes_are_written_so_that_plotly_shows_them() -> None:
    assert safe('"King\'s" & <b>') == "&#34;King&#x27;s&#34; &amp; &lt;b&gt;"


def test_rows_become_thinner_but_never_higher() -> None:
    assert row_height(1) == row_height(500) == 24
    assert row_height(5_000) * 5_000 == pytest.approx(12_000)
    assert label_step(1) == 1
    assert label_step(5_000) == 6


def test_signs_of_direction_are_left_out_before_a_text_is_cut() -> None:
    turning = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    assert safe(f"a{turning}b") == "ab"
    assert safe_all(pd.Series([f"{turning}Bridge"]), length=6).tolist() == ["Bridge"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (2_450_000.0, "2.5m"),
        (180e6, "180.0m"),
        (-2.5e9, "-2,500.0m"),
        (999_999.0, "999,999"),
        (1e6, "1.0m"),
        (100.4, "100"),
        (99.5, "99.50"),
        (7.0, "7"),
        (0.1, "0.10"),
        (float("nan"), "not known"),
    ],
)
def test_amounts_in_words(value: float, words: str) -> None:
    assert amount_words(value) == words
    assert value != value or report_words(value) == words
