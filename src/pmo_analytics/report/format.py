"""How things look in a workbook: the one place for number formats, fonts, colours and page set-up."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pmo_analytics.charts.house import GRID
from pmo_analytics.metrics.measure import Unit
from pmo_analytics.report.listings.listing import COLOUR, DATE, NUMBER, TEXT, WRAPPED
from pmo_analytics.schemas.paints import PAINTS, STATES
from pmo_analytics.schemas.words import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Amounts from so much on, and what they look like: the words of ``amount_words`` as number formats.
_AMOUNTS = ((1e6, '#,##0.0,,"m";-#,##0.0,,"m"'), (100, "#,##0;-#,##0"), (0, "#,##0.00;-#,##0.00"))

NUMBER_FORMATS: Mapping[str, str] = MappingProxyType(
    {
        **{f"{Unit.MONEY} from {least:g}": pattern for least, pattern in _AMOUNTS},
        Unit.RATIO: "0.00",
        Unit.FRACTION: "0.0%",
        Unit.DAYS: "#,##0",
        Unit.MONTHS: "#,##0.0",
        Unit.COUNT: "#,##0",
        Unit.SCORE: "#,##0",
        Unit.FTE_MONTHS: "#,##0.0",
        NUMBER: "General",
        DATE: "dd mmm yyyy",
    }
)

_FONT = {"font_name": "Arial", "font_size": 10, "valign": "top"}
_HEAD = {"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "text_wrap": True, "valign": "vcenter"}
_INDENT = {"align": "left", "indent": 1}
#: For tables that stand to the right of another one.
_FAR = {"align": "left", "indent": 3}
_RIGHT = {"align": "right", "indent": 1}
_GREY = {"font_color": "#6F6F6F"}
_LEADS = {"font_color": "#1F3A5F", "underline": 1}
_STAMP = {"bold": True, "align": "right", "font_color": "#A3122B", "font_size": 12}
_SECTION = {"bold": True, "font_size": 12, "valign": "bottom", "font_color": "#1F3A5F"}
_LINE = {"bottom": 1, "bottom_color": GRID}
#: XlsxWriter's number of the pattern of thin diagonal stripes.
_HATCHED = 14
_A3, _A4 = 8, 9

#: Heights of rows, in points: the title, a section, one line of text, and the most that Excel allows.
TITLE_HEIGHT, SECTION_HEIGHT, LINE_HEIGHT, MOST_HEIGHT = 24, 22, 13.5, 409


@dataclass(frozen=True, slots=True)
class Formats:
    """The formats of one workbook, by what a cell is."""

    title: Any
    section: Any
    note: Any
    plain: Any
    head: Any
    head_right: Any
    missing: Any
    link: Any
    prose: Any
    stamp: Any
    beside: Any
    section_beside: Any
    note_beside: Any
    heads: Mapping[str, Any]
    cells: Mapping[str, Any]
    colours: Mapping[str, Any]

    @property
    def colours_by_label(self) -> dict[str, Any]:
        """The format of each colour, by the words that its cells begin with."""
        return {PAINTS[state].label: form for state, form in self.colours.items()}


def kind_of(unit: str, value: float) -> str:
    """What a figure is written as: an amount in millions from one million on, whole or to the penny below.

    Each amount has its own scale, so that no amount that is not zero is shown as zero.

    >>> kind_of("money", 2.5e9), kind_of("money", -40_000), kind_of("money", 0.1), kind_of("ratio", 0.9)
    ('money from 1e+06', 'money from 100', 'money from 0', 'ratio')
    """
    if unit != Unit.MONEY:
        return unit
    least = next(least for least, _ in _AMOUNTS if abs(value) >= least)
    if least == 0 and value == int(value):
        least = 100
    return f"{unit} from {least:g}"


def amount_pattern(value: float) -> str:
    """The number format of amounts of that size, for an axis."""
    return NUMBER_FORMATS[kind_of(Unit.MONEY, value)]


def make_formats(workbook: Any) -> Formats:
    """The formats, added to an XlsxWriter workbook."""
    figures = {kind: {"num_format": pattern, **_RIGHT} for kind, pattern in NUMBER_FORMATS.items()}
    figures[DATE] |= _INDENT
    texts: dict[str, dict[str, Any]] = {
        TEXT: _INDENT,
        WRAPPED: _INDENT | {"text_wrap": True},
        COLOUR: _INDENT | {"text_wrap": True},
    }
    return Formats(
        title=workbook.add_format(_FONT | {"bold": True, "font_size": 16}),
        section=workbook.add_format(_FONT | _SECTION),
        note=workbook.add_format(_FONT | _GREY),
        plain=workbook.add_format(_FONT),
        head=workbook.add_format(_FONT | _HEAD | _INDENT),
        head_right=workbook.add_format(_FONT | _HEAD | _RIGHT),
        missing=workbook.add_format(_FONT | _GREY | _LINE | _RIGHT),
        link=workbook.add_format(_FONT | _LINE | _INDENT | _LEADS | {"text_wrap": True}),
        prose=workbook.add_format(_FONT | {"text_wrap": True, "valign": "vcenter"}),
        stamp=workbook.add_format(_FONT | _STAMP),
        beside=workbook.add_format(_FONT | _LINE | _FAR),
        section_beside=workbook.add_format(_FONT | _SECTION | _FAR),
        note_beside=workbook.add_format(_FONT | _GREY | _FAR),
        heads={s: workbook.add_format(_FONT | _painted(s) | _RIGHT | {"bold": True}) for s in STATES},
        cells={str(k): workbook.add_format(_FONT | _LINE | more) for k, more in (figures | texts).items()},
        colours={state: workbook.add_format(_painted(state)) for state in STATES},
    )


def _painted(state: str) -> dict[str, Any]:
    paint = PAINTS[state]
    if state == UNKNOWN:
        return {"font_color": paint.ink, "pattern": _HATCHED, "fg_color": "#B5B5B5", "bg_color": "#F2F2F2"}
    return {"font_color": paint.ink, "bg_color": paint.fill}


def chart_fill(state: str) -> dict[str, Any]:
    """The options that paint a series of a native chart; unknown is hatched."""
    if state == UNKNOWN:
        return {
            "pattern": {"pattern": "wide_upward_diagonal", "fg_color": "#8C8C8C", "bg_color": "#F2F2F2"},
            "border": {"color": "#8C8C8C"},
        }
    return {"fill": {"color": PAINTS[state].fill}, "border": {"color": "#FFFFFF"}}


def set_up_page(sheet: Any, *, header_row: int | None, wide: bool = False) -> None:
    """Landscape, one page wide (A3 where it is ``wide``), with the header row on every page."""
    sheet.set_row(0, TITLE_HEIGHT)
    sheet.set_landscape()
    sheet.set_paper(_A3 if wide else _A4)
    sheet.fit_to_pages(1, 0)
    _frame_page(sheet)
    if header_row is not None:
        sheet.repeat_rows(header_row)


def fit_one_page(sheet: Any, last_row: int, last_column: int, *, upright: bool = False) -> None:
    """A4, all of it on one page."""
    if upright:
        sheet.set_portrait()
    else:
        sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 1)
    sheet.print_area(0, 0, last_row, last_column)
    sheet.center_horizontally()
    _frame_page(sheet)


def _frame_page(sheet: Any) -> None:
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&A&RPage &P of &N")
    sheet.hide_gridlines(2)
