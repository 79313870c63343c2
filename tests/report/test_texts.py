from __future__ import annotations

import pytest

from pmo_analytics.report.texts import CELL_LIMIT, TextCount, clean_text


@pytest.mark.parametrize(
    ("raw", "fit"),
    [
        ("", ""),
        ("plain", "plain"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\x00\x07\x0b\x1f", "\ufffd" * 4),
        ("\ufffe\uffff", "\ufffd\ufffd"),
        ("\ud800 and \udfff", "\ufffd and \ufffd"),
        ("=1+1", "=1+1"),
        ("_x0041_", "_x0041_"),
        ("😀", "😀"),
        ("x" * CELL_LIMIT, "x" * CELL_LIMIT),
        ("x" * (CELL_LIMIT + 1), "x" * (CELL_LIMIT - 1) + "…"),
        ("😀" * 20_000, "😀" * ((CELL_LIMIT - 1) // 2) + "…"),
    ],
)
def test_a_text_becomes_what_a_cell_can_hold(raw: str, fit: str) -> None:
    assert clean_text(raw) == fit
    assert len(fit.encode("utf-16-le")) // 2 <= CELL_LIMIT


def test_changed_texts_are_counted_once_each() -> None:
    count = TextCount()
    for text in ("fine", "a\r\nb", "\x00\x00", "y" * 40_000, "\x00" * 40_000):
        count.fit(text)
    assert (count.replaced, count.cut) == (2, 2)
