"""The cells of correction sheets: how a value is written so that it comes back as it was, and how faults are marked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pmo_analytics.loading.corrections.marks import FIRST_DAY, Cell, day_text, is_early
from pmo_analytics.quality.kinds import ERROR
from pmo_analytics.report.texts import clean_text
from pmo_analytics.schemas.columns import Kind
from pmo_analytics.schemas.paints import PAINTS
from pmo_analytics.schemas.words import COLOURS, word_list

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pmo_analytics.report.mending import Fault, MendColumn
    from pmo_analytics.schemas.tables import Column

_FONT = {"font_name": "Arial", "font_size": 10, "valign": "top"}
_LINE = {"bottom": 1, "bottom_color": "#D9D9D9"}
#: How a cell at fault looks: never by its fill alone, the border tells an error from a warning.
MARKED = {
    True: {"bg_color": "#FBDADA", "border": 2, "border_color": "#A3122B", "bold": True},
    False: {"bg_color": "#FFF2CC", "border": 8, "border_color": "#8A6100"},
}
_DAY, _MOMENT, _TIME, _SPAN, _AS_TEXT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "hh:mm:ss", "[h]:mm:ss", "@"
_FLAGS = ("Yes", "No")


@dataclass(slots=True)
class Pens:
    """The formats of one workbook, each made once."""

    workbook: Any
    made: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)

    def pen(self, **looks: Any) -> Any:
        """The format of these looks, on top of the font of the house."""
        key = tuple(sorted(looks.items()))
        if key not in self.made:
            self.made[key] = self.workbook.add_format(_FONT | looks)
        return self.made[key]


def write_cell(
    sheet: Any,
    place: tuple[int, int],
    cell: Cell,
    column: MendColumn,
    *,
    pens: Pens,
    faults: Sequence[Fault] = (),
    fill: str = "",
) -> None:
    """Writes a cell of an original as it stands there: text as text, numbers and days as such.

    A cell at fault is marked by fill, border and a note. Number formats that say something (a currency, a
    percentage) come along, so that an amount is mended in the form in which it stands.
    """
    looks: dict[str, Any] = dict(_LINE)
    if column.field and column.field.kind in (Kind.TEXT, Kind.WORD, Kind.COLOUR):
        looks["num_format"] = _AS_TEXT
    if column.field and column.field.kind is Kind.DATE:
        looks["num_format"] = _DAY
    looks |= _wrapped(cell)
    if fill:
        looks["bg_color"] = f"#{fill}"
    if faults:
        looks |= MARKED[any(one.severity == ERROR for one in faults)]
    _write(sheet, place, cell, looks, pens)
    if faults:
        words = "\n".join(f"{one.severity.title()}: {one.words}" for one in faults)
        sheet.write_comment(*place, clean_text(words), {"x_scale": 2.4, "y_scale": 1.2, "author": "pmo"})


def _wrapped(cell: Cell) -> dict[str, Any]:
    text = {"text_wrap": True, "align": "left"}
    return {"indent": 1} | (text if isinstance(cell.value, str) else {"align": "right"})


def _write(sheet: Any, place: tuple[int, int], cell: Cell, looks: Mapping[str, Any], pens: Pens) -> None:
    value = cell.value
    if value is None or cell.kind == "f":
        sheet.write_blank(*place, None, pens.pen(**looks))
    elif isinstance(value, bool):
        sheet.write_boolean(*place, value, pens.pen(**looks))
    elif isinstance(value, int | float):
        form = {"num_format": cell.format or "General"}
        sheet.write_number(*place, value, pens.pen(**(dict(looks) | form)))
    elif isinstance(value, dt.date) and is_early(value):
        sheet.write_string(*place, day_text(value), pens.pen(**looks))
    elif isinstance(value, dt.date | dt.time | dt.timedelta):
        sheet.write_datetime(*place, value, pens.pen(**(dict(looks) | {"num_format": _day_format(value)})))
    else:
        sheet.write_string(*place, clean_text(str(value)), pens.pen(**looks))


def _day_format(value: dt.date | dt.time | dt.timedelta) -> str:
    if isinstance(value, dt.timedelta):
        return _SPAN
    if isinstance(value, dt.time):
        return _TIME
    return _MOMENT if isinstance(value, dt.datetime) and value.time() != dt.time() else _DAY


def choices(column: Column | None) -> tuple[str, ...]:
    """What can be chosen in cells of a field, in words that people read; nothing where the field is free.

    >>> from pmo_analytics.schemas.tables import table
    >>> choices(table("status").columns["rag_overall"])
    ('Green', 'Amber/Green', 'Amber', 'Amber/Red', 'Red')
    """
    if column is None:
        return ()
    if column.kind is Kind.COLOUR:
        return tuple(PAINTS[colour].words for colour in COLOURS)
    if column.kind is Kind.FLAG:
        return _FLAGS
    if column.words:
        return tuple(word.replace("_", " ").capitalize() for word in word_list(column.words))
    return ()


def validate(
    sheet: Any, area: tuple[int, int, int, int], column: Column | None, lists: Mapping[tuple[str, ...], str]
) -> None:
    """Gives an area the drop-down or the check on days of its field; both warn and let other words through."""
    words = choices(column)
    rule: dict[str, Any]
    if words:
        rule = {
            "validate": "list",
            "source": f"={lists[words]}",
            "error_title": "Not among the words",
            "error_message": "Choose from the list. Words such as Withheld or N/A are kept as a reason.",
            "error_type": "warning",
        }
    elif column is not None and column.kind is Kind.DATE:
        rule = {
            "validate": "date",
            "criteria": ">=",
            "value": FIRST_DAY,
            "error_title": "Not a day",
            "error_message": "Enter a real date. Words such as Withheld or N/A are kept as a reason.",
            "error_type": "warning",
        }
    else:
        return
    sheet.data_validation(*area, rule)
