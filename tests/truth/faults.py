"""The faults of real exports, one by one: each changes a clean table and keeps its truth.

Where a fault destroys what stood in a cell, the truth stays what it was: then only a null with a finding, a row
that is kept out, or a refused file will do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from truth.clean import Failed, Formula, Locale, Money, Sheet

Change = Callable[[Sheet, Locale], Sheet]
TEXT, WORKBOOK, ALL = ("text",), ("workbook",), ("text", "workbook")

#: A day as a number of a workbook, counted from 1900 and from 1904.
_FIRST_DAY = dt.date(1899, 12, 30)
_FIRST_DAY_1904 = dt.date(1904, 1, 1)
_ZERO_WIDTH, _NO_BREAK, _MARK = "\u200b", "\u00a0", "\ufeff"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: its name, the kinds of files it is met in, and what it does to a table."""

    name: str
    where: tuple[str, ...]
    change: Change


def _options(**options: Any) -> Change:
    return lambda sheet, _: sheet.option(**options)


def _serial(day: dt.date, first: dt.date = _FIRST_DAY) -> int:
    return (day - first).days


def _days(sheet: Sheet, column: str) -> list[dt.date]:
    return [row[column] for row in sheet.truth if row is not None]


# --- text files -----------------------------------------------------------------------------------------------


def _row_too_long(sheet: Sheet, locale: Locale) -> Sheet:
    """A delimiter inside a name that nobody quoted."""
    return sheet.put(2, "project_name", f"North{locale.delimiter} south", ...).option(unquoted=(2,))


def _row_too_short(sheet: Sheet, locale: Locale) -> Sheet:
    return sheet.option(cut={3: 4})


def _row_without_a_middle(sheet: Sheet, locale: Locale) -> Sheet:
    return sheet.option(dropped={3: sheet.at("project_manager")})


def _stray_quote(sheet: Sheet, locale: Locale) -> Sheet:
    return sheet.option(raw_cells={(2, sheet.at("project_name")): '"Stray name'})


def _unclosed_quote(sheet: Sheet, locale: Locale) -> Sheet:
    last = len(sheet.rows) - 1
    return sheet.put(last, "narrative", "", '"never closed').option(
        raw_cells={(last, sheet.at("narrative")): '"never closed'}
    )


def _western(sheet: Sheet, locale: Locale) -> Sheet:
    """The old encoding of western Windows, in which a Polish town cannot be written."""
    return sheet.put(6, "project_name", "Zürich £", "Zürich £").option(encoding="cp1252")


def _zero_characters(sheet: Sheet, locale: Locale) -> Sheet:
    return sheet.put(1, "project_manager", "Amy\0 Okafor", "Amy Okafor").put(2, "ev", "1\x00234", 1234.0)


def _huge_field(sheet: Sheet, locale: Locale) -> Sheet:
    return sheet.put(1, "narrative", "long " * 400_000, ("long " * 400_000).strip())


def _many_columns(sheet: Sheet, locale: Locale) -> Sheet:
    more = tuple(f"Extra {at}" for at in range(300))
    return replace(
        sheet,
        headings=sheet.headings + more,
        rows=tuple(row + tuple("x" if at % 100 == 0 else None for at in range(300)) for row in sheet.rows),
    )


# --- rows -----------------------------------------------------------------------------------------------------


def _ids(*texts: str) -> Change:
    def change(sheet: Sheet, locale: Locale) -> Sheet:
        number = str(sheet.rows[0][0])[1:5]
        ids = [text.format(n=number) for text in texts]
        return sheet.put_all(sheet.fields[0].column, ids, ids)

    return change


def _people_called_null(sheet: Sheet, locale: Locale) -> Sheet:
    names = ["NA", "None", "null", "nan", "NULL", "True", "N/A", "1E5"]
    return sheet.put_all("project_manager", names, names)


def _same_id_again(sheet: Sheet, locale: Locale) -> Sheet:
    """One id in five forms: one row counts, the others are kept out."""
    own = "ab" + sheet.rows[0][0]
    return sheet.put_all(
        "project_id",
        [own, own.upper(), f"{own} ", f"{own}{_NO_BREAK}", f"{own[:3]}{_ZERO_WIDTH}{own[3:]}"],
        [own] * 5,
    )


def _total_row(sheet: Sheet, locale: Locale) -> Sheet:
    rows = []
    for label in ("Total", "Grand total"):
        row: list[Any] = [None] * len(sheet.fields)
        row[0 if label == "Total" else 1] = label
        for column in ("wlc_budget", "pv", "ev", "ac", "bac"):
            row[sheet.at(column)] = sum(one[sheet.at(column)] for one in sheet.rows)
        rows.append(row)
    return sheet.insert(len(sheet.rows), *rows).insert(4, rows[0])


def _total_row_without_a_label(sheet: Sheet, locale: Locale) -> Sheet:
    row: list[Any] = [None] * len(sheet.fields)
    for column in ("wlc_budget", "pv", "ev", "ac", "bac"):
        row[sheet.at(column)] = sum(one[sheet.at(column)] for one in sheet.rows)
    return sheet.insert(len(sheet.rows), row)


def _preamble(sheet: Sheet, locale: Locale) -> Sheet:
    return sheet.option(
        above=(
            ("Portfolio status report",),
            ("Printed by", "Office of the PMO"),
            (),
            ("Figures in", locale.currency),
            (),
        )
    )


def _footnotes(sheet: Sheet, locale: Locale) -> Sheet:
    note = ("* figures are provisional until the audit is done",) + (None,) * (len(sheet.fields) - 1)
    return sheet.insert(len(sheet.rows), (None,) * len(sheet.fields), note)


def _blank_rows(sheet: Sheet, locale: Locale) -> Sheet:
    nothing = (None,) * len(sheet.fields)
    return sheet.insert(5, nothing, nothing).insert(0, nothing)


def _header_again(sheet: Sheet, locale: Locale) -> Sheet:
    return sheet.insert(4, sheet.headings)


# --- headings -------------------------------------------------------------------------------------------------


def _headings(**renamed: str) -> Change:
    def change(sheet: Sheet, locale: Locale) -> Sheet:
        own = [renamed.get(one.column, one.heading) for one in sheet.fields]
        return replace(sheet, headings=tuple(own))

    return change


def _second_rating(sheet: Sheet, locale: Locale) -> Sheet:
    """The same heading twice: the second column holds another rating."""
    colours = ("red",) * len(sheet.rows)
    return replace(
        sheet,
        headings=(*sheet.headings, "RAG"),
        rows=tuple((*row, colour) for row, colour in zip(sheet.rows, colours, strict=True)),
    )


def _unit_in_heading(sheet: Sheet, locale: Locale) -> Sheet:
    """Whole-life cost in millions, as the heading says."""
    millions = [
        row["wlc_budget"] and float(f"{row['wlc_budget'] / 1e6:.4f}")
        for row in sheet.truth
        if row is not None
    ]
    renamed = _headings(wlc_budget=f"Whole Life Cost ({locale.sign}m)")(sheet, locale)
    return renamed.put_all("wlc_budget", millions, [round(amount * 1e6, 2) for amount in millions])


# --- cells ----------------------------------------------------------------------------------------------------


def _figures_as_texts(sheet: Sheet, locale: Locale) -> Sheet:
    """Everything as text in the writing of the country."""
    for column in ("wlc_budget", "pv", "ev", "ac", "bac"):
        amounts = [row[column] for row in sheet.truth if row is not None]
        sheet = sheet.put_all(column, [locale.figure(amount) for amount in amounts])
    for column in ("baseline_finish", "forecast_finish"):
        sheet = sheet.put_all(column, [locale.day(day) for day in _days(sheet, column)])
    return sheet.put_all("pct_complete", ["40%"] * len(sheet.rows))


def _whole_amounts_as_texts(sheet: Sheet, locale: Locale) -> Sheet:
    """Thousands and nothing after the decimal mark: 1,234 here is 1.234 there."""
    amounts = [1234.0, 98765.0, 1500000.0, 20250.0, 3000.0, 640000.0, 7000000.0, 12000.0]
    for column in ("wlc_budget", "bac"):
        sheet = sheet.put_all(column, [locale.figure(amount, 0) for amount in amounts], amounts)
    return sheet


def _amounts_with_signs(sheet: Sheet, locale: Locale) -> Sheet:
    sign, figure = locale.sign, locale.figure
    amounts: list[tuple[str, Any]] = [
        (f"{sign}{figure(1234.5, 1)}m", Money(1234.5e6, locale.currency)),
        (f"({figure(1234, 0)})", -1234.0),
        (f"{sign}3k", Money(3000.0, locale.currency)),
        (f"{figure(250, 0)}-", -250.0),
        (f"{figure(2000.5)} {sign}", Money(2000.5, locale.currency)),
        (f"{figure(1.5, 1)}bn", 1.5e9),
        (f"-{sign}{figure(120.11)}m", Money(-120.11e6, locale.currency)),
        (f"{locale.currency} {figure(4000, 0)}", Money(4000.0, locale.currency)),
    ]
    return sheet.put_all("ac", [text for text, _ in amounts], [truth for _, truth in amounts])


def _amounts_of_another_currency(sheet: Sheet, locale: Locale) -> Sheet:
    other, code = ("€", "EUR") if locale.currency != "EUR" else ("£", "GBP")
    sheet = sheet.put(0, "ac", f"{other}{locale.figure(500)}", Money(500.0, code))
    return sheet.put(1, "ac", f"{locale.sign}{locale.figure(700)}", Money(700.0, locale.currency))


def _no_amounts(sheet: Sheet, locale: Locale) -> Sheet:
    """Words, ranges, bands, withheld: none of them is an amount; a range may count as its middle."""
    texts = ["TBC", "n/a", "Section 43 - Commercial interests", "about 5", "12/13", "1.2.3", "-", "1,2,3"]
    truths: list[Any] = [None] * len(texts)
    return sheet.put_all("ac", texts, truths)


def _percent_forms(sheet: Sheet, locale: Locale) -> Sheet:
    forms: list[tuple[Any, float]] = [
        (0.45, 0.45),
        (45, 0.45),
        ("45%", 0.45),
        (1, 0.01),
        (0.5, 0.005),
        ("7 %", 0.07),
        (80, 0.8),
        ("100%", 1.0),
    ]
    sheet = sheet.put_all("pct_complete", [form for form, _ in forms], [truth for _, truth in forms])
    return sheet.option(formats={"pct_complete": "General"})


def _percent_points(sheet: Sheet, locale: Locale) -> Sheet:
    points = [45, 5, 12, 80, 99, 100, 0, 33]
    return sheet.put_all("pct_complete", points, [point / 100 for point in points]).option(
        formats={"pct_complete": "General"}
    )


def _dates_as_texts(sheet: Sheet, locale: Locale) -> Sheet:
    """The order of the country; some of them could be of the other order."""
    days = [
        dt.date(2026, 2, 1),
        dt.date(2026, 2, 13),
        dt.date(2026, 12, 11),
        dt.date(2026, 1, 31),
        dt.date(2026, 5, 5),
    ]
    return sheet.put_all("forecast_finish", [locale.day(day) for day in days], days)


def _dates_of_two_orders(sheet: Sheet, locale: Locale) -> Sheet:
    """Somebody pasted rows of the other order: what could be either is right in the order of the country."""
    other = "%m/%d/%Y" if locale.order == "DMY" else "%d/%m/%Y"
    pasted = dt.date(2026, 3, 25)
    days = [dt.date(2026, 2, 1), dt.date(2026, 7, 4), dt.date(2026, 5, 31)]
    return sheet.put_all("forecast_finish", [locale.day(day) for day in days], days).put(
        3, "forecast_finish", pasted.strftime(other), pasted
    )


def _dates_in_every_form(sheet: Sheet, locale: Locale) -> Sheet:
    day = dt.date(2026, 3, 4)
    forms = [
        "2026-03-04",
        "2026-03-04 00:00:00",
        "4 March 2026",
        "March 4, 2026",
        "04-Mar-26",
        "2026-03-04T00:00:00Z",
        "4th Mar 2026",
        "Wed 4 Mar 2026",
    ]
    return sheet.put_all("forecast_finish", forms, [day] * len(forms))


def _no_dates(sheet: Sheet, locale: Locale) -> Sheet:
    forms = ["TBD", "2012-30-09", "31/02/2026", "n/a", "PNS", "soon", "2026-02-30", "0"]
    return sheet.put_all("forecast_finish", forms, [None] * len(forms))


def _dates_of_every_kind(sheet: Sheet, locale: Locale) -> Sheet:
    """A serial number, a real day and a text in one column."""
    day = dt.date(2026, 2, 14)
    return sheet.put_all(
        "forecast_finish", [_serial(day), day, "2026-02-14", locale.day(day)], [day] * 4
    ).option(plain={(0, "forecast_finish")})


def _serials_of_1904(sheet: Sheet, locale: Locale) -> Sheet:
    day = dt.date(2026, 2, 14)
    sheet = sheet.put(0, "forecast_finish", _serial(day, _FIRST_DAY_1904), day)
    return sheet.option(date_1904=True, plain={(0, "forecast_finish")})


def _days_that_are_none(sheet: Sheet, locale: Locale) -> Sheet:
    """Numbers in the format of a day that are no day; 60 is the 29 February 1900 that never was."""
    numbers = [3_000_000_000, -5, 60, 0, 2.5]
    return sheet.put_all("forecast_finish", numbers, [None] * len(numbers)).option(
        dated={(at, "forecast_finish") for at in range(len(numbers))}
    )


def _errors(sheet: Sheet, locale: Locale) -> Sheet:
    for row, (column, code) in enumerate(
        [
            ("ev", "#REF!"),
            ("pct_complete", "#DIV/0!"),
            ("forecast_finish", "#N/A"),
            ("project_name", "#NAME?"),
            ("rag_overall", "#VALUE!"),
            ("ac", "#NUM!"),
        ]
    ):
        sheet = sheet.put(row, column, Failed(code))
    return sheet


def _never_calculated(sheet: Sheet, locale: Locale) -> Sheet:
    sheet = sheet.put(1, "wlc_budget", Formula("=1000*5+555", None), 5555.0)
    return sheet.put(2, "project_manager", Formula('="Amy"&" Okafor"', None), "Amy Okafor")


def _calculated(sheet: Sheet, locale: Locale) -> Sheet:
    return sheet.put(1, "wlc_budget", Formula("=1000*5+555", 5555.0), 5555.0)


def _zero_stored(sheet: Sheet, locale: Locale) -> Sheet:
    """The result 0 that a writer stores for every formula, and asks to be counted anew."""
    return sheet.put(1, "wlc_budget", Formula("=1000*5+555", 0), 5555.0)


def _currency_by_format(sheet: Sheet, locale: Locale) -> Sheet:
    own, other = (
        ('"£"#,##0.00', "[$€-407] #,##0.00")
        if locale.currency != "EUR"
        else ("[$€-407] #,##0.00", '"£"#,##0.00')
    )
    code = {"£": "GBP", "€": "EUR"}
    truths = [
        Money(row["ac"], code["£" if "£" in (own, other)[at == 0] else "€"]) if at < 2 else row["ac"]
        for at, row in enumerate(one for one in sheet.truth if one is not None)
    ]
    return sheet.put_all(
        "ac", [truth.amount if isinstance(truth, Money) else truth for truth in truths], truths
    ).option(cell_formats={(0, "ac"): other, (1, "ac"): own})


def _zeros_by_format(sheet: Sheet, locale: Locale) -> Sheet:
    """Ids that are numbers and look like texts."""
    number = int(sheet.rows[0][0])
    ids = [number + at for at in range(len(sheet.rows))]
    return sheet.put_all("project_id", ids, [f"{one:09d}" for one in ids]).option(
        formats={"project_id": "000000000"}
    )


def _long_numeric_ids(sheet: Sheet, locale: Locale) -> Sheet:
    first = int("12345678901" + sheet.rows[0][0])
    ids = [first + at for at in range(len(sheet.rows))]
    return sheet.put_all("project_id", [float(one) for one in ids], [str(one) for one in ids])


def _colours_odd(sheet: Sheet, locale: Locale) -> Sheet:
    texts = [
        "Green ",
        f"A{_ZERO_WIDTH}mber",
        "AMBER/ Red",
        f"{_MARK}Red",
        "Gr\u0435en",
        "amber\u2011red",
        "G",
        "Reset",
    ]
    truths = ["green", "amber", "amber_red", "red", "green", "amber_red", "green", None]
    return sheet.put_all("rag_overall", texts, truths)


def _invisible_letters(sheet: Sheet, locale: Locale) -> Sheet:
    sheet = sheet.put(0, "ev", f"1234{_NO_BREAK}", 1234.0).put(1, "ev", f"{_ZERO_WIDTH}77", 77.0)
    return sheet.put(2, "status", f"On{_NO_BREAK}hold", "on_hold")


def _long_cell(sheet: Sheet, locale: Locale) -> Sheet:
    return sheet.put(1, "narrative", "y" * 32_000, "y" * 32_000)


def _merged_groups(sheet: Sheet, locale: Locale) -> Sheet:
    """A department merged over its rows; the two rows after it have none."""
    departments = ["Roads", None, None, "Rail", None, None, None, "Ports"]
    truths = ["Roads", "Roads", "Roads", "Rail", "Rail", None, None, "Ports"]
    at = sheet.at("department")
    return sheet.put_all("department", departments, truths).option(merged=((0, at, 2, at), (3, at, 4, at)))


def _header_of_two_rows(sheet: Sheet, locale: Locale) -> Sheet:
    """Groups above the headings, merged over their columns."""
    first, last = sheet.at("wlc_budget"), sheet.at("bac")
    above: list[Any] = [None] * len(sheet.fields)
    above[0], above[first] = "Identity", "Money"
    return sheet.option(above=(tuple(above),), merged_above=((0, 0, 0, first - 1), (0, first, 0, last)))


def _hidden_before(state: str) -> Change:
    """A hidden sheet with the same projects and last month's figures before the visible one."""

    def change(sheet: Sheet, locale: Locale) -> Sheet:
        old = sheet.put_all("ev", [1.0] * len(sheet.rows)).put_all("rag_overall", ["green"] * len(sheet.rows))
        return sheet.option(hidden=(state, old))

    return change


def _hidden_rows(sheet: Sheet, locale: Locale) -> Sheet:
    return sheet.option(hidden_rows=(2, 5))


def _stray_cell(sheet: Sheet, locale: Locale) -> Sheet:
    return sheet.option(stray=(200, 40, "x"))


def _nothing(sheet: Sheet, locale: Locale) -> Sheet:
    return sheet


_NA_IDS = ("NA{n}", "N/A-{n}", "None{n}", "null{n}", "nan{n}", "12E{n}", "{n}.0", "1/{n}")

FAULTS = (
    Fault("clean", ALL, _nothing),
    # text files
    Fault("BOM", TEXT, _options(encoding="utf-8-sig")),
    Fault("UTF-16 with BOM", TEXT, _options(encoding="utf-16")),
    Fault("UTF-16 without BOM", TEXT, _options(encoding="utf-16-le")),
    Fault("cp1252", TEXT, _western),
    Fault("comma", TEXT, _options(delimiter=",")),
    Fault("semicolon", TEXT, _options(delimiter=";")),
    Fault("tab", TEXT, _options(delimiter="\t")),
    Fault("bar", TEXT, _options(delimiter="|")),
    Fault("sep= line", TEXT, _options(delimiter=";", sep_line=True)),
    Fault("sep= line of another kind", TEXT, _options(delimiter="^", sep_line=True)),
    Fault("delimiter at the end of rows", TEXT, _options(trailing=True)),
    Fault("row too long", TEXT, _row_too_long),
    Fault("row too short", TEXT, _row_too_short),
    Fault("row without a middle cell", TEXT, _row_without_a_middle),
    Fault("stray quote", TEXT, _stray_quote),
    Fault("unclosed quote", TEXT, _unclosed_quote),
    Fault("zero characters", TEXT, _zero_characters),
    Fault("line ends of old Macs", TEXT, _options(line="\r")),
    Fault("line ends of Windows", TEXT, _options(line="\r\n")),
    Fault("field of 2 MB", TEXT, _huge_field),
    Fault("300 columns more", TEXT, _many_columns),
    # rows
    Fault("ids that look like nothing", ALL, _ids(*_NA_IDS)),
    Fault("ids of 20 digits", ALL, _ids(*(f"1234567890123456{{n}}{at}" for at in range(8)))),
    Fault("people called NA", ALL, _people_called_null),
    Fault("one id in five forms", ALL, _same_id_again),
    Fault("total rows", ALL, _total_row),
    Fault("total row without a label", ALL, _total_row_without_a_label),
    Fault("preamble", ALL, _preamble),
    Fault("footnotes", ALL, _footnotes),
    Fault("blank rows", ALL, _blank_rows),
    Fault("header repeated", ALL, _header_again),
    # headings
    Fault("heading twice", ALL, _second_rating),
    Fault("heading blank", ALL, _headings(department="")),
    Fault("headings in capitals and blanks", ALL, _headings(ev=" ev ", rag_overall="RAG\u00a0", bac="Bac")),
    Fault("unit in the heading", ALL, _unit_in_heading),
    # cells
    Fault("figures as texts", ALL, _figures_as_texts),
    Fault("whole amounts as texts", ALL, _whole_amounts_as_texts),
    Fault("amounts with signs", ALL, _amounts_with_signs),
    Fault("amounts of another currency", ALL, _amounts_of_another_currency),
    Fault("no amounts", ALL, _no_amounts),
    Fault("percentages in every form", ALL, _percent_forms),
    Fault("percent points", ALL, _percent_points),
    Fault("dates as texts", ALL, _dates_as_texts),
    Fault("dates of two orders", ALL, _dates_of_two_orders),
    Fault("dates in every form", ALL, _dates_in_every_form),
    Fault("no dates", ALL, _no_dates),
    Fault("colours in odd letters", ALL, _colours_odd),
    Fault("invisible letters", ALL, _invisible_letters),
    # workbooks
    Fault("dates of every kind", WORKBOOK, _dates_of_every_kind),
    Fault("days from 1904", WORKBOOK, _options(date_1904=True)),
    Fault("serials from 1904", WORKBOOK, _serials_of_1904),
    Fault("days that are none", WORKBOOK, _days_that_are_none),
    Fault("errors", WORKBOOK, _errors),
    Fault("formulas calculated", WORKBOOK, _calculated),
    Fault("formulas never calculated", WORKBOOK, _never_calculated),
    Fault("formulas with a zero stored", WORKBOOK, _zero_stored),
    Fault("currency by format", WORKBOOK, _currency_by_format),
    Fault("zeros by format", WORKBOOK, _zeros_by_format),
    Fault("numeric ids of 17 digits", WORKBOOK, _long_numeric_ids),
    Fault("cell of 32,000 letters", WORKBOOK, _long_cell),
    Fault("merged groups", WORKBOOK, _merged_groups),
    Fault("header of two rows", WORKBOOK, _header_of_two_rows),
    Fault("hidden sheet first", WORKBOOK, _hidden_before("hidden")),
    Fault("very hidden sheet first", WORKBOOK, _hidden_before("veryHidden")),
    Fault("hidden rows", WORKBOOK, _hidden_rows),
    Fault("stray cell far away", WORKBOOK, _stray_cell),
)
