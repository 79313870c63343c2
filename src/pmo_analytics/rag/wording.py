"""Wording: figures and colours as people read them, and the sentence that compares a figure with a limit."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.metrics.measure import Unit
from pmo_analytics.schemas.words import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Decimals that a figure is shown with, least first; more are taken only where the limit would look the same.
_DECIMALS: Mapping[Unit, tuple[int, ...]] = MappingProxyType(
    {
        Unit.MONEY: (0, 2, 6),
        Unit.RATIO: (2, 4, 6, 9),
        Unit.FRACTION: (1, 3, 5, 9),
        Unit.DAYS: (0, 2, 6),
        Unit.MONTHS: (1, 3, 6),
        Unit.COUNT: (0, 2, 6),
        Unit.SCORE: (0, 2, 6),
    }
)
_SUFFIX = MappingProxyType({Unit.FRACTION: "%", Unit.DAYS: " days", Unit.MONTHS: " months"})


def colour_word(colour: str | None) -> str:
    """A colour as a word for people.

    >>> colour_word("amber_green"), colour_word(None)
    ('Amber/Green', 'unknown')
    """
    return "/".join(part.capitalize() for part in colour.split("_")) if colour else UNKNOWN


def month_words(month: str) -> str:
    """A month as people read it.

    >>> month_words("2026-05")
    'May 2026'
    """
    return f"{pd.Period(month):%b %Y}"


def figures_as_text(
    figures: pd.Series, unit: Unit, *, beside: float | None = None, currency: pd.Series | str = ""
) -> pd.Series:
    """Figures with unit and no more decimals than needed; empty text for null.

    ``beside`` is a limit that the text must differ from where the figure does: 0.8996 beside 0.90 is not
    rounded to 0.90. Fractions are shown as percentages, money with the currency given.

    >>> figures_as_text(pd.Series([0.87, 0.8996]), Unit.RATIO, beside=0.9).tolist()
    ['0.87', '0.8996']
    """
    text = pd.Series("", index=figures.index, dtype="str")
    same = figures.notna()
    for decimals in _DECIMALS[unit]:
        text = text.mask(same, _written(figures, unit, decimals))
        if beside is None:
            break
        limit = _written(pd.Series([beside]), unit, decimals).item()
        same &= (text == limit) & (figures != beside)
    suffix = _SUFFIX.get(unit, "")
    text = text.where(figures.isna(), text + suffix)
    if unit == Unit.DAYS:
        text = text.str.replace(r"^(-?1) days$", r"\1 day", regex=True)
    if unit == Unit.MONEY:
        text = text.where(figures.isna(), (text + " " + currency).str.strip())
    return text


def limit_as_text(limit: float, unit: Unit) -> str:
    """A limit as it stands in a sentence, without the word for days or the currency.

    >>> limit_as_text(0.9, Unit.RATIO), limit_as_text(30, Unit.DAYS), limit_as_text(0.05, Unit.FRACTION)
    ('0.90', '30', '5%')
    """
    if unit == Unit.FRACTION:
        return f"{limit * 100:,.9f}".rstrip("0").rstrip(".") + "%"
    least = 2 if unit == Unit.RATIO else 0
    whole, _, rest = f"{limit:,.9f}".partition(".")
    rest = rest.rstrip("0").ljust(least, "0")
    return f"{whole}.{rest}" if rest else whole


def _written(figures: pd.Series, unit: Unit, decimals: int) -> pd.Series:
    scaled = figures * 100 if unit == Unit.FRACTION else figures
    text = scaled.map(f"{{:,.{decimals}f}}".format, na_action="ignore").astype("str")
    short = unit != Unit.RATIO and decimals > 0
    text = text.str.replace(r"\.?0+$", "", regex=True) if short else text
    return text.str.replace(r"^-(0(\.0*)?)$", r"\1", regex=True)
