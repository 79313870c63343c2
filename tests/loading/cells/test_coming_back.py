"""parse(format(x)) = x: whatever way people write an amount, a day or a share, it comes back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_analytics.loading.cells.amounts import read_money, read_percent, settle_fractions
from pmo_analytics.loading.cells.currencies import CODES, SIGNS
from pmo_analytics.loading.cells.dates import last_of_month, read_day, read_period
from pmo_analytics.loading.cells.spans import read_span
from pmo_analytics.schemas.fiscal_years import FiscalYear

PENCE = st.integers(-(10**13), 10**13)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))
RECENT = st.dates(dt.date(1970, 1, 1), dt.date(2069, 12, 31))
SCALES = {"": 0, "k": 3, "m": 6, "M": 6, "mn": 6, " million": 6, "bn": 9, " billion": 9}
#: Signs that name one currency each, and no sign at all.
MARKS = [None, *sorted(sign for sign, code in SIGNS.items() if code)]


def written(pence: int, places: int, decimal: str, *, grouped: bool) -> str:
    """A figure without its sign, as a country writes it."""
    figure = Decimal(abs(pence)).scaleb(-places)
    text = f"{figure:,.{places}f}" if grouped else f"{figure:.{places}f}"
    return text if decimal == "." else text.translate(str.maketrans(",.", ".,"))


def negated(text: str, way: str) -> str:
    """An amount below zero in one of the ways that accountants write it."""
    return {"before": f"-{text}", "after": f"{text}-", "brackets": f"({text})"}[way]


@settings(max_examples=200, deadline=None)
@given(
    pence=PENCE,
    mark=st.sampled_from(MARKS),
    behind=st.booleans(),
    scale=st.sampled_from(sorted(SCALES)),
    decimal=st.sampled_from(".,"),
    grouped=st.booleans(),
    way=st.sampled_from(["before", "after", "brackets"]),
)
def test_amounts(
    pence: int, mark: str | None, behind: bool, scale: str, decimal: str, grouped: bool, way: str
) -> None:
    figure = written(pence, 2, decimal, grouped=grouped) + scale
    text = figure if mark is None else f"{figure} {mark}" if behind else f"{mark}{figure}"
    amount, currency = read_money(negated(text, way) if pence < 0 else text, decimal=decimal)
    assert amount == pytest.approx(pence / 100 * 10 ** SCALES[scale], rel=1e-12)
    assert currency == (SIGNS[mark] if mark else None)


@settings(max_examples=100, deadline=None)
@given(PENCE, st.sampled_from(sorted(CODES)), st.booleans(), st.sampled_from([1, 1e3, 1e6]))
def test_amounts_with_codes_and_the_unit_of_the_heading(
    pence: int, code: str, behind: bool, scale: float
) -> None:
    figure = ("-" if pence < 0 else "") + written(pence, 2, ".", grouped=True)
    found = read_money(f"{figure} {code}" if behind else f"{code} {figure}", scale=scale)
    assert found == (pytest.approx(pence / 100 * scale, rel=1e-12), code)


@settings(max_examples=100, deadline=None)
@given(DAYS, st.sampled_from("-/."), st.sampled_from(["", " 00:00", " 00:00:00"]))
def test_days_in_every_order(day: dt.date, mark: str, time: str) -> None:
    parts = {"D": f"{day.day:02d}", "M": f"{day.month:02d}", "Y": f"{day.year:04d}"}
    for order in ("DMY", "MDY", "YMD"):
        text = mark.join(parts[letter] for letter in order) + time
        assert read_day(text, order) == (day, False)
    assert read_day(day.isoformat() + time, "MDY" if mark == "-" else "DMY") == (day, False)


@settings(max_examples=100, deadline=None)
@given(
    RECENT,
    st.sampled_from(["%d %B %Y", "%d-%b-%Y", "%d %b %y", "%B %d, %Y", "%b %d %Y", "%Y-%m-%dT%H:%M:%S"]),
    st.sampled_from([None, "DMY", "MDY", "YMD"]),
)
def test_days_with_names_of_months(day: dt.date, form: str, order: str | None) -> None:
    assert read_day(dt.datetime(day.year, day.month, day.day).strftime(form), order) == (day, False)


@settings(max_examples=100, deadline=None)
@given(RECENT, st.sampled_from(["%Y-%m", "%B %Y", "%b %Y", "%b-%y"]))
def test_months(day: dt.date, form: str) -> None:
    assert read_period(day.strftime(form)) == (last_of_month(day), False)


@settings(max_examples=100, deadline=None)
@given(st.integers(1970, 2068), st.integers(1, 4), st.sampled_from(["{y}-Q{q}", "Q{q} {y}", "{y} Q{q}"]))
def test_quarters_of_the_calendar(year: int, quarter: int, form: str) -> None:
    last = last_of_month(dt.date(year, 3 * quarter, 1))
    assert read_span(form.format(y=year, q=quarter), FiscalYear(1)) == (last, False)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(2, 100), min_size=1, max_size=6), st.sampled_from(".,"))
def test_shares_as_points_as_fractions_and_with_a_sign(points: list[int], decimal: str) -> None:
    truth = [point / 100 for point in points]
    fractions = [f"{share:.2f}".replace(".", decimal) for share in truth]
    for texts in (map(str, points), fractions, [f"{point}%" for point in points]):
        figures, explicit = zip(*(read_percent(text, decimal=decimal) for text in texts), strict=True)
        found, ambiguous = settle_fractions(np.array(figures), np.array(explicit))
        assert not ambiguous.any()
        assert found.tolist() == pytest.approx(truth)
