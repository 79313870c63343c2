"""What the cells of a column prove together, and what they look like."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pmo_analytics.loading.cells.looks import Looks, looks_of
from pmo_analytics.loading.cells.parsing import Dialect, Parsed, Unit, parse_cells
from pmo_analytics.quality.findings import DETAIL
from pmo_analytics.schemas.changes import Change
from pmo_analytics.schemas.fiscal_years import FiscalYear
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.results import Finding
from pmo_analytics.schemas.risks import Risk
from pmo_analytics.schemas.standards import StandardCompliance
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import Column, table

DATE = table("status").columns[Status.forecast_finish]
MONEY = table("status").columns[Status.ac]
FRACTION = table("status").columns[Status.pct_complete]
COLOUR = table("status").columns[Status.rag_overall]
KEY = table("projects").columns[Project.project_id]
RISK_STATUS = table("risks").columns[Risk.status]
FUNDING = table("changes").columns[Change.funded_from]
COMPLIANCE = table("standards_compliance").columns[StandardCompliance.result]


def parse(
    *cells: Any,
    column: Column,
    dialect: Dialect | None = None,
    fills: list[str] | None = None,
    formats: list[str] | None = None,
    runs_on: list[bool] | None = None,
    **unit: Any,
) -> Parsed:
    raw = pd.Series(list(cells), dtype=object)
    kinds = pd.Series(["t" if isinstance(cell, str) else "n" if cell is not None else "" for cell in cells])
    plain = Looks.plain(len(raw))
    looks = Looks(
        np.array(formats, dtype=object) if formats else plain.formats,
        np.array(fills, dtype=object) if fills else plain.fills,
        np.array(runs_on, dtype=bool) if runs_on else plain.runs_on,
    )
    return parse_cells(raw, kinds, column, dialect or Dialect(), Unit(**unit), looks=looks)


def shown(parsed: Parsed) -> list[object]:
    return parsed.values.astype(object).where(parsed.values.notna(), None).tolist()


def codes(parsed: Parsed) -> list[str]:
    return parsed.faults[Finding.code].tolist()


def day(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def test_what_the_other_dates_prove_is_said_and_not_used() -> None:
    parsed = parse("31/03/2026", "30/04/2026", "01/02/2026", column=DATE)
    assert shown(parsed) == [day("2026-03-31"), day("2026-04-30"), None]
    assert codes(parsed) == ["AMBIGUOUS_DATE"]
    assert parsed.faults[DETAIL].tolist() == [": 2 other dates of this column are day first (DMY)"]


def test_a_column_that_mixes_the_orders_settles_nothing() -> None:
    parsed = parse("13/02/2026", "02/13/2026", "01/02/2026", "2026-05-06", column=DATE)
    assert shown(parsed) == [day("2026-02-13"), day("2026-02-13"), None, day("2026-05-06")]
    assert codes(parsed) == ["MIXED_DATE_ORDER"]
    assert parsed.faults[DETAIL].tolist() == ["1 day first, 1 month first"]


def test_a_declared_order_rules_the_other_one_out() -> None:
    parsed = parse("13/02/2026", "02/13/2026", "01/02/2026", "soon", column=DATE, dialect=Dialect("DMY"))
    assert shown(parsed) == [day("2026-02-13"), None, day("2026-02-01"), None]
    assert codes(parsed) == ["UNREADABLE_DATE"] * 2
    assert parsed.faults[DETAIL].tolist() == [" in the declared order DMY; month first it is one", ""]


@pytest.mark.parametrize(("date_1904", "expected"), [(False, "2026-02-02"), (True, "2030-02-03")])
def test_serial_numbers_count_from_where_the_workbook_says(date_1904: bool, expected: str) -> None:
    parsed = parse(46055, "46055", 46055.25, column=DATE, dialect=Dialect(date_1904=date_1904))
    assert shown(parsed) == [day(expected)] * 3
    assert codes(parsed) == ["SERIAL_DATE"] * 3
    assert set(parsed.faults[DETAIL]) == {expected}


def test_a_number_that_is_shown_as_money_or_percent_is_no_date() -> None:
    parsed = parse(46055, 46055, 46055, column=DATE, formats=["[$£-809]#,##0", "0%", ""])
    assert shown(parsed) == [None, None, day("2026-02-02")]
    assert codes(parsed) == ["UNREADABLE_DATE", "UNREADABLE_DATE", "SERIAL_DATE"]


def test_the_fiscal_year_begins_where_the_organisation_says() -> None:
    for start, expected in ((4, "2024-03-31"), (10, "2024-09-30"), (7, "2024-06-30")):
        assert shown(parse("2023-24", column=DATE, dialect=Dialect(fiscal_year=FiscalYear(start)))) == [
            day(expected)
        ]


def test_a_column_of_the_other_decimal_mark_counts_nowhere() -> None:
    parsed = parse("1.234,50", "1.234", "1.5", "12", 3.5, column=MONEY)
    assert shown(parsed) == [None, None, 1.5, 12.0, 3.5]
    assert codes(parsed) == ["UNREADABLE_MONEY", "MIXED_DECIMAL_MARKS"]
    assert "declare decimal = ','" in parsed.faults[DETAIL][0]
    told = parse("1.234,50", "1.234", column=MONEY, dialect=Dialect(decimal=","))
    assert shown(told) == [1234.5, 1234.0]
    assert codes(told) == []
    assert shown(parse("1.234", column=MONEY)) == [1.234]


def test_the_format_names_the_currency_of_a_number() -> None:
    formats = ["[$£-809]#,##0.00", "[$$-409]#,##0.00", "$#,##0", ""]
    parsed = parse(100, 100, 100, "€5", column=MONEY, formats=formats)
    assert parsed.currencies is not None
    assert parsed.currencies.fillna("").tolist() == ["GBP", "USD", "", "EUR"]
    shown_as_percent = parse(0.45, column=MONEY, formats=["0%"])
    assert codes(shown_as_percent) == ["UNREADABLE_MONEY"]


def test_the_format_says_that_a_number_is_a_fraction() -> None:
    parsed = parse(0.45, 1.2, 45, column=FRACTION, formats=["0%", "0.0%", ""])
    assert shown(parsed) == pytest.approx([0.45, 1.2, 0.45])
    assert codes(parsed) == []


def test_ranges_and_bands_are_kept_whole() -> None:
    parsed = parse("Low: 1, Mid: 2, High: 4", "5 - 9", 7, "500 +", column=MONEY, scale=1e6)
    assert shown(parsed) == [2e6, None, 7e6, None]
    assert codes(parsed) == ["RANGE", "BAND", "BAND"]
    assert parsed.ends is not None
    assert parsed.ends.index.tolist() == [0, 1, 3]
    assert parsed.ends.astype(object).where(parsed.ends.notna(), None).to_numpy().tolist() == [
        [1e6, 2e6, 4e6],
        [5e6, None, 9e6],
        [5e8, None, None],
    ]


def test_leading_zeros_of_a_format_belong_to_the_id() -> None:
    parsed = parse(7, 7, "007", 1234, column=KEY, formats=["000", '"PRJ-"000', "", "000"])
    assert shown(parsed) == ["007", "PRJ-007", "007", "1234"]
    assert codes(parsed) == []


def test_a_letter_that_only_looks_like_ours_is_named_and_left() -> None:
    parsed = parse("\u0420-01", "P-01", column=KEY)
    assert shown(parsed) == ["\u0420-01", "P-01"]
    assert codes(parsed) == ["CONFUSABLE_CHARACTERS"]
    assert parsed.faults[DETAIL].tolist() == ["the \u0420 in it is CYRILLIC CAPITAL LETTER ER, not P"]
    assert codes(parse("\u0420-01", "\u0420-02", column=KEY)) == []
    assert "CYRILLIC" in parse("Gr\u0435en", column=COLOUR).faults[DETAIL][0]
    told = parse("\u043epen", column=RISK_STATUS).faults[DETAIL][0]
    assert told.startswith("open, closed")
    assert "CYRILLIC SMALL LETTER O" in told


def test_a_scale_of_numbers_needs_somebody_who_says_which_way_it_runs() -> None:
    assert codes(parse(5, column=COLOUR)) == ["UNKNOWN_COLOUR"]
    dialect = Dialect(spellings={"colour": {"5": "green", "1": "red"}})
    assert shown(parse(5, "1", column=COLOUR, dialect=dialect)) == ["green", "red"]


def test_a_fill_counts_where_there_is_no_word() -> None:
    cells = [None, " ", "●", None, None, None, "Green"]
    fills = ["FF0000", "FFC000", "92D050", "", "D9D9D9", "4472C4", "00B050"]
    parsed = parse(*cells, column=COLOUR, fills=fills)
    assert shown(parsed) == ["red", "amber", "green", None, None, None, "green"]
    assert codes(parsed) == ["COLOUR_FROM_FILL"] * 3 + ["UNCLEAR_FILL"] * 2
    assert parsed.faults[DETAIL].tolist() == [
        "#FF0000 (red)",
        "#FFC000 (amber)",
        "#92D050 (green)",
        "#D9D9D9",
        "#4472C4",
    ]
    assert parsed.reasons.fillna("").tolist() == ["", "", "", "", "unreadable", "unreadable", ""]


def test_a_grey_fill_says_nothing_where_no_colour_is_read_from_fills() -> None:
    assert codes(parse("Green", None, column=COLOUR, fills=["", "D9D9D9"])) == []


def test_a_word_goes_before_the_fill_and_the_conflict_is_told() -> None:
    parsed = parse("Red", "Amber/Green", "Green", column=COLOUR, fills=["00B050", "00B050", "FFFF00"])
    assert shown(parsed) == ["red", "amber_green", "green"]
    assert codes(parsed) == ["COLOUR_FILL_CONFLICT"] * 2


def test_one_fill_under_different_words_is_decoration() -> None:
    parsed = parse("Red", "Green", None, column=COLOUR, fills=["00B050"] * 3)
    assert shown(parsed) == ["red", "green", None]
    assert codes(parsed) == []


def test_a_fill_that_runs_along_the_row_is_no_colour() -> None:
    parsed = parse(
        None, "Red", None, column=COLOUR, fills=["FFFF00", "FFFF00", "DDEBF7"], runs_on=[True, True, True]
    )
    assert shown(parsed) == [None, "red", None]
    assert codes(parsed) == ["UNCLEAR_FILL"]


def test_looks_are_found_by_place() -> None:
    fills = {(3, 1): "FF0000", (3, 0): "FF0000", (4, 1): "00B050", (9, 1): "00B050"}
    looks = looks_of(fills, {(4, 2): "0%"}, pd.Index([3, 4]), positions=[1, 2], coloured=[1])
    assert looks[1].fills.tolist() == ["FF0000", "00B050"]
    assert looks[1].runs_on.tolist() == [True, False]
    assert looks[2].formats.tolist() == ["", "0%"]
    assert looks[2].fills.tolist() == ["", ""]


@pytest.mark.parametrize(
    ("cells", "values", "told"),
    [
        ((3, 5, 4), [None] * 3, ["MAY_BE_SCORE"] * 3),
        (("3", "1", 0), [None, None, 0.0], ["MAY_BE_SCORE"] * 2),
        ((3, 40), [0.03, 0.4], []),
        ((0, 1), [0.0, 1.0], []),
        ((0.3, 0.5), [0.3, 0.5], []),
        (("3%", "5%"), [0.03, 0.05], []),
    ],
)
def test_scores_are_no_probabilities(
    cells: tuple[object, ...], values: list[float | None], told: list[str]
) -> None:
    parsed = parse(*cells, column=table("risks").columns[Risk.prob_residual])
    assert (shown(parsed), codes(parsed)) == (values, told)


def test_small_percentages_of_progress_are_no_scores() -> None:
    assert shown(parse(3, 5, column=FRACTION)) == [0.03, 0.05]


@pytest.mark.parametrize(
    ("cells", "decimal", "told"),
    [
        (("1.234", "3.500"), ".", ["MAY_BE_THOUSANDS"] * 2),
        (("1.234 EUR", "3.500 EUR", 7.0, "8"), ".", ["MAY_BE_THOUSANDS"] * 2),
        (("1,234", "3,500"), ",", ["MAY_BE_THOUSANDS"] * 2),
        (("1.234", "3.5"), ".", []),
        (("1.234", "5"), ".", []),
        (("1,234", "3,500"), ".", []),
    ],
)
def test_three_digits_behind_every_mark_may_be_thousands(
    cells: tuple[object, ...], decimal: str, told: list[str]
) -> None:
    parsed = parse(*cells, column=MONEY, dialect=Dialect(decimal=decimal))
    assert parsed.values.notna().all()
    assert codes(parsed) == told


@pytest.mark.parametrize(
    ("column", "text", "word"),
    [(FUNDING, "None", "none"), (COMPLIANCE, "Not applicable", "not_applicable")],
)
def test_a_word_of_the_list_is_no_missing_value(column: Column, text: str, word: str) -> None:
    parsed = parse(text, "n/a", "not applicable yet", "withheld", column=column)
    assert shown(parsed) == [word, None, None, None]
    assert codes(parsed) == ["NOT_REPORTED", "NOT_REPORTED", "WITHHELD"]
    assert codes(parse(text, column=RISK_STATUS)) == ["NOT_REPORTED"]
