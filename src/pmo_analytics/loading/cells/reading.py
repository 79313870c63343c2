"""Reading: what a reader makes of the cells of one column."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from pmo_analytics.schemas.columns import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

#: The fault of a cell that a kind cannot read and that its reader says no more about.
UNREADABLE: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.DATE: "UNREADABLE_DATE",
        Kind.PERIOD: "UNREADABLE_DATE",
        Kind.MONEY: "UNREADABLE_MONEY",
        Kind.NUMBER: "UNREADABLE_NUMBER",
        Kind.FRACTION: "UNREADABLE_PERCENT",
        Kind.FLAG: "UNREADABLE_FLAG",
        Kind.COLOUR: "UNKNOWN_COLOUR",
        Kind.WORD: "UNKNOWN_WORD",
    }
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of the cells of a column, as arrays.

    ``codes`` has the kind of finding of a cell, ``None`` where there is nothing to say; with a value beside it
    the finding is a note. ``details`` is what the finding adds, ``currencies`` the ISO codes named, ``ends`` the
    low, middle and high value of the cells that state several.
    """

    values: np.ndarray
    codes: np.ndarray | None = None
    details: np.ndarray | None = None
    currencies: np.ndarray | None = None
    ends: pd.DataFrame | None = None


def no_codes(many: int) -> np.ndarray:
    """Nothing to say of any cell."""
    return np.full(many, None, dtype=object)


def no_details(many: int) -> np.ndarray:
    """No detail for any cell."""
    return np.full(many, "", dtype=object)
