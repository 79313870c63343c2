"""Cells of the page: what stands in each as text, and what the reader is told beside it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup, escape

from pmo_analytics.metrics.measure import Unit
from pmo_analytics.report.listings.listing import COLOUR, DATE
from pmo_analytics.report.texts import clean_text
from pmo_analytics.report.wording import NOT_AVAILABLE, amount_words
from pmo_analytics.schemas.paints import PAINTS, STATES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pmo_analytics.report.listings.listing import Field

_CLASSES = {f"{PAINTS[state].letter} ": f"c-{state}" for state in STATES}
_AS_WORDS: Mapping[str, Callable[[float], str]] = {
    Unit.MONEY: amount_words,
    Unit.RATIO: "{:.2f}".format,
    Unit.FRACTION: "{:.1%}".format,
}


def html(text: object) -> Markup:
    """Any text as the page may hold it: no markup, no character that a page cannot carry.

    >>> str(html("<b>\\x00"))
    '&lt;b&gt;\\ufffd'
    """
    return escape(clean_text(str(text)))


def cells(frame: pd.DataFrame, field: Field, targets: Mapping[object, str]) -> list[Markup]:
    """The cells of one column as table cells; ``targets`` are the places that its links lead to, by key."""
    values = frame[field.name].tolist()
    notes = [""] * len(frame) if field.note_from is None else frame[field.note_from].fillna("").tolist()
    if field.is_figure:
        units = (
            [field.kind] * len(frame)
            if field.unit_from is None
            else frame[field.unit_from].fillna("").tolist()
        )
        return [_figure(value, unit) for value, unit in zip(values, units, strict=True)]
    if field.kind == DATE:
        return [_date(value) for value in values]
    if field.kind == COLOUR:
        return [_colour(str(value), str(note)) for value, note in zip(values, notes, strict=True)]
    keys = frame[field.link_from or field.name].tolist()
    return [_text(value, targets.get(key)) for value, key in zip(values, keys, strict=True)]


def _figure(value: float, unit: str | None) -> Markup:
    # A row of no unit is about no figure at all, which is not the same as an undefined one.
    if not unit:
        return Markup("<td></td>")
    if pd.isna(value) or not math.isfinite(value):
        return Markup('<td class="n u">{}</td>').format(NOT_AVAILABLE)
    words = _AS_WORDS.get(unit, "{:,.0f}".format)(float(value))
    return Markup('<td class="n" data-v="{}">{}</td>').format(repr(float(value)), words)


def _date(value: Any) -> Markup:
    if pd.isna(value):
        return Markup("<td></td>")
    return Markup('<td class="d" data-v="{}">{}</td>').format(value.strftime("%Y%m%d"), f"{value:%d %b %Y}")


def _colour(label: str, note: str) -> Markup:
    name = next((name for letter, name in _CLASSES.items() if label.startswith(letter)), "c-unknown")
    told = Markup(' title="{}"').format(html(note)) if note else ""
    return Markup('<td class="c {}"{}>{}</td>').format(name, told, html(label))


def _text(value: object, target: str | None) -> Markup:
    # A missing text is an empty cell; pd.isna would take a list for a column.
    text = "" if value is None or value is pd.NA or value != value else html(value)
    if target is None:
        return Markup("<td>{}</td>").format(text)
    return Markup('<td><a href="#{}">{}</a></td>').format(target, text)
