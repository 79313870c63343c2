"""Words for people in place of codes: reasons, agreement, weights, and figures as they stand in sentences."""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.charts.wording import NO_CURRENCY
from pmo_analytics.charts.wording import amount_words as known_amount_words
from pmo_analytics.rag.comparing import AGREES, OPTIMISTIC, PESSIMISTIC, UNKNOWN, WATERMELON
from pmo_analytics.schemas.paints import PAINTS
from pmo_analytics.schemas.projects import Project

if TYPE_CHECKING:
    from collections.abc import Sequence

NOT_AVAILABLE = "n/a"
NONE_GIVEN = "none given"
#: The currency of a group of several.
SEVERAL = "several"

#: So many names stand in one line.
_MOST_NAMES = 30

#: What the mark behind a carried colour means.
CARRIED_WORDS = "A month behind a colour: carried forward from that month."

AGREEMENT_WORDS = MappingProxyType(
    {
        AGREES: "agrees",
        OPTIMISTIC: "reported too well",
        WATERMELON: "watermelon",
        PESSIMISTIC: "reported too badly",
        UNKNOWN: "cannot be compared",
    }
)


def some_words(names: Sequence[str]) -> str:
    """Names in one line; of a form with hundreds the first, and the number of the others.

    >>> some_words(["Mood", "Weather"])
    'Mood, Weather'
    """
    more = len(names) - _MOST_NAMES
    told = ", ".join(names[:_MOST_NAMES])
    return f"{told} and {more:,} more" if more > 0 else told


def colour_words(state: str) -> str:
    """A state as it stands in a sentence.

    >>> colour_words("amber_red"), colour_words("unknown")
    ('amber/red', 'not rated')
    """
    return PAINTS[state].words.lower()


def counted(number: int, noun: str) -> str:
    """A number and a noun that agree.

    >>> counted(1, "gate"), counted(0, "gate")
    ('1 gate', '0 gates')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def amount_words(value: float) -> str:
    """An amount as it stands in a sentence, in millions where it is large.

    >>> amount_words(12_345_678.0), amount_words(950.0), amount_words(0.1), amount_words(float("nan"))
    ('12.3m', '950', '0.10', 'n/a')
    """
    return NOT_AVAILABLE if math.isnan(value) else known_amount_words(value)


def figure_words(value: float) -> str:
    """A ratio as it stands in a sentence.

    >>> figure_words(0.9512), figure_words(float("nan"))
    ('0.95', 'not defined')
    """
    return "not defined" if math.isnan(value) else f"{value:.2f}"


def currencies_of(frame: pd.DataFrame) -> pd.Series:
    """The currency of each row, in words where none is stated.

    >>> currencies_of(pd.DataFrame({"currency": ["GBP", None]})).tolist()
    ['GBP', 'currency not stated']
    """
    return frame[Project.currency].astype("object").fillna(NO_CURRENCY)


def money_words(value: float, currency: str | None) -> str:
    """An amount with its currency, as it stands in a sentence.

    >>> money_words(2_500_000.0, "GBP"), money_words(float("nan"), "GBP"), money_words(900.0, None)
    ('2.5m GBP', 'not stated', '900')
    """
    if math.isnan(value):
        return "not stated"
    return f"{amount_words(value)} {currency}" if isinstance(currency, str) else amount_words(value)


def shortened(text: str, length: int) -> str:
    """The text, cut to a length with an ellipsis where it is longer.

    >>> shortened("Bridge", 10), shortened("Bridge over the Fennel", 10)
    ('Bridge', 'Bridge ov…')
    """
    return text if len(text) <= length else text[: length - 1] + "…"
