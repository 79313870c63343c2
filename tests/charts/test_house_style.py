from __future__ import annotations

import pytest

from pmo_analytics.charts.house import PAINTS, Paint
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


def test_green_amber_and_red_differ_without_telling_red_from_green() -> None:
    # Machado, Oliveira, Fernandes (2009): full deuteranopia, on linear RGB.
    matrix = (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    )
    seen = {
        name: [sum(a * b for a, b in zip(row, linear(PAINTS[name].fill), strict=True)) for row in matrix]
        for name in ("green", "amber", "red")
    }
    for one, other in (("green", "amber"), ("amber", "red"), ("green", "red")):
        assert sum((a - b) ** 2 for a, b in zip(seen[one], seen[other], strict=True)) ** 0.5 > 0.1


def test_every_state_has_a_letter_and_words_of_its_own() -> None:
    assert tuple(PAINTS) == (*COLOURS, "unknown")
    assert len({paint.letter for paint in PAINTS.values()}) == len(PAINTS)
    assert len({paint.label for paint in PAINTS.values()}) == len(PAINTS)
