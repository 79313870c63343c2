from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_analytics.loading.cells.dates import MONTHS, read_day, read_period

UNREADABLE, AMBIGUOUS = "unreadable", "ambiguous"
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))
RECENT = st.dates(dt.date(1970, 1, 1), dt.date(2069, 12, 31))


def told(read: object, text: str, order: str | None) -> str:
    day, ambiguous = read(text, order)  # type: ignore[operator]
    if ambiguous:
        assert day is None
        return AMBIGUOUS
    return UNREADABLE if day is None else day.isoformat()


@pytest.mark.parametrize("order", [None, "DMY", "MDY", "YMD"])
@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-31", "2026-03-31"),
        ("2026/03/31", "2026-03-31"),
        ("2026-03-31 00:00:00", "2026-03-31"),
        ("2019-11-07T00:00:00", "2019-11-07"),
        ("2019-11-07T23:59:59.123Z", "2019-11-07"),
        ("31 Mar 2026", "2026-03-31"),
        ("31-Mar-26", "2026-03-31"),
        ("31-MAR-1969", "1969-03-31"),
        ("31-Mar-70", "1970-03-31"),
        ("31-Mar-69", "2069-03-31"),
        ("March 31, 2026", "2026-03-31"),
        ("December 1, 2016", "2016-12-01"),
        ("Mar 31st 2026", "2026-03-31"),
        ("1st April 2026", "2026-04-01"),
        ("1  April\n2026", "2026-04-01"),
        ("2 Sept. 2026", "2026-09-02"),
        ("29 Feb 2028", "2028-02-29"),
        ("Mon 15 June 2026", "2026-06-15"),
        ("Monday, June 15, 2026", "2026-06-15"),
        ("Tue 15 June 2026", UNREADABLE),
        ("15-Jun-26 A", "2026-06-15"),
        ("20-Jul-26*", "2026-07-20"),
        ("1900-01-01", "1900-01-01"),
        ("2199-12-31", "2199-12-31"),
        ("2012-30-09", UNREADABLE),
        ("2026-13-01", UNREADABLE),
        ("2026-02-29", UNREADABLE),
        ("31 Feb 2026", UNREADABLE),
        ("31 Mrz 2026", UNREADABLE),
        ("1899-12-31", UNREADABLE),
        ("2200-01-01", UNREADABLE),
        ("0026-01-01", UNREADABLE),
        ("2026-03/31", UNREADABLE),
        ("2017-Q3", UNREADABLE),
        ("Q2 FY22-23", UNREADABLE),
        ("2023-24", UNREADABLE),
        ("20260331", "2026-03-31"),
        ("20261331", UNREADABLE),
        ("31032026", UNREADABLE),
        ("46112", UNREADABLE),
        ("2026", UNREADABLE),
        ("2026-06", UNREADABLE),
        ("TBD", UNREADABLE),
        ("DOER", UNREADABLE),
        ("2026-03-31 to 2026-04-01", UNREADABLE),
        ("Low: 01/02/2026, High: 03/04/2026", UNREADABLE),
        ("２０２６-03-31", UNREADABLE),
    ],
)
def test_forms_that_no_order_changes(text: str, day: str, order: str | None) -> None:
    assert told(read_day, text, order) == day


@pytest.mark.parametrize(
    ("text", "none", "dmy", "mdy", "ymd"),
    [
        ("01/02/2026", AMBIGUOUS, "2026-02-01", "2026-01-02", UNREADABLE),
        ("1/2/26", AMBIGUOUS, "2026-02-01", "2026-01-02", UNREADABLE),
        ("1.2.2026", AMBIGUOUS, "2026-02-01", "2026-01-02", UNREADABLE),
        ("01-02-26", AMBIGUOUS, "2026-02-01", "2026-01-02", "2001-02-26"),
        ("31/03/2026", "2026-03-31", "2026-03-31", UNREADABLE, UNREADABLE),
        ("09/23/2013", "2013-09-23", UNREADABLE, "2013-09-23", UNREADABLE),
        ("05/14/2014 12:00:00 AM", "2014-05-14", UNREADABLE, "2014-05-14", UNREADABLE),
        ("05/05/2026", "2026-05-05", "2026-05-05", "2026-05-05", UNREADABLE),
        ("31/03/26", AMBIGUOUS, "2026-03-31", UNREADABLE, "2031-03-26"),
        ("26-03-31", AMBIGUOUS, "2031-03-26", UNREADABLE, "2026-03-31"),
        ("31.03.26", "2026-03-31", "2026-03-31", UNREADABLE, "2031-03-26"),
        ("31/02/2026", UNREADABLE, UNREADABLE, UNREADABLE, UNREADABLE),
        ("13/13/2026", UNREADABLE, UNREADABLE, UNREADABLE, UNREADABLE),
        ("00/05/2026", UNREADABLE, UNREADABLE, UNREADABLE, UNREADABLE),
        ("32/01/2026", UNREADABLE, UNREADABLE, UNREADABLE, UNREADABLE),
        ("01/02-2026", UNREADABLE, UNREADABLE, UNREADABLE, UNREADABLE),
        ("1/2/026", UNREADABLE, UNREADABLE, UNREADABLE, UNREADABLE),
    ],
)
def test_the_declared_order_decides(text: str, none: str, dmy: str, mdy: str, ymd: str) -> None:
    found = [told(read_day, text, order) for order in (None, "DMY", "MDY", "YMD")]
    assert found == [none, dmy, mdy, ymd]


@pytest.mark.parametrize(
    ("text", "month_end"),
    [
        ("2026-06", "2026-06-30"),
        ("2026/6", "2026-06-30"),
        ("Jun 2026", "2026-06-30"),
        ("June-26", "2026-06-30"),
        ("Jun 26", "2026-06-30"),
        ("Feb-2028", "2028-02-29"),
        ("2026-06-01", "2026-06-30"),
        ("30/06/2026", "2026-06-30"),
        ("1 June 2026", "2026-06-30"),
        ("01/06/2026", AMBIGUOUS),
        ("202606", "2026-06-30"),
        ("310326", UNREADABLE),
        ("2026-13", UNREADABLE),
        ("2023-24", UNREADABLE),
        ("2017-Q3", UNREADABLE),
        ("June", UNREADABLE),
        ("1899-06", UNREADABLE),
    ],
)
def test_periods_are_month_ends(text: str, month_end: str) -> None:
    assert told(read_period, text, None) == month_end


@settings(max_examples=50, deadline=None)
@given(DAYS, st.sampled_from("-/."))
def test_days_come_back_in_each_order(day: dt.date, mark: str) -> None:
    year, month, number = f"{day:%Y}".zfill(4), f"{day:%m}", f"{day:%d}"
    iso = day.isoformat()
    assert told(read_day, mark.join((number, month, year)), "DMY") == iso
    assert told(read_day, mark.join((month, number, year)), "MDY") == iso
    assert told(read_day, mark.join((year, month, number)), "YMD") == iso
    assert told(read_day, mark.join((number, month, year)), None) in (iso, AMBIGUOUS)


@settings(max_examples=50, deadline=None)
@given(RECENT, st.sampled_from(sorted(MONTHS)))
def test_short_years_and_names_come_back(day: dt.date, name: str) -> None:
    assert told(read_day, f"{day:%y/%m/%d}", "YMD") == day.isoformat()
    day = day.replace(day=min(day.day, 28), month=MONTHS[name])
    assert told(read_day, f"{day.day}-{name.upper()}-{day:%y}", None) == day.isoformat()


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=25), st.sampled_from([None, "DMY", "MDY", "YMD"]))
def test_any_text_is_survived(text: str, order: str | None) -> None:
    assert told(read_period, text, order)


@settings(max_examples=50, deadline=None)
@given(st.from_regex(r"[0-9]{1,4}[-/. ][0-9A-Za-z]{1,4}[-/. ][0-9]{1,4}", fullmatch=True))
def test_things_like_dates_are_survived(text: str) -> None:
    assert told(read_day, text, None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mon 01/06/26", ["2026-06-01", "2026-06-01", UNREADABLE]),
        ("Tue 06/01/26", ["2026-01-06", "2026-01-06", UNREADABLE]),
        ("Tue 06/01/2026", ["2026-01-06", "2026-01-06", UNREADABLE]),
        ("Fri 01/05/2026", ["2026-05-01", "2026-05-01", UNREADABLE]),
        ("Mon 31/03/2026", [UNREADABLE] * 3),
    ],
)
def test_the_day_of_the_week_settles_the_order(text: str, found: list[str]) -> None:
    assert [told(read_day, text, order) for order in (None, "DMY", "MDY")] == found
