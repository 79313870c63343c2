"""Fields and listings: the columns of a table that people read, and the rows below them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmo_analytics.metrics.measure import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

#: Kinds of cells that are no figures.
TEXT, WRAPPED, COLOUR, DATE = "text", "wrapped", "colour", "date"
#: Numbers as they were delivered.
NUMBER = "number"
_FIGURES = frozenset([*map(str, Unit), NUMBER])


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table.

    ``kind`` is the unit of a figure or the kind of another cell. ``unit_from`` names a column that gives the
    unit row by row; ``note_from`` one with the text of a note; ``link`` is the listing whose row with the key
    in ``link_from`` the cell leads to. ``formula`` says how a figure follows from other columns of the row,
    as ``{ev}/{ac}``: in a workbook the cell then holds the formula beside the figure itself.
    """

    name: str
    heading: str
    kind: str = TEXT
    width: float = 12
    unit_from: str | None = None
    note_from: str | None = None
    link: str | None = None
    link_from: str | None = None
    formula: str | None = None

    @property
    def is_figure(self) -> bool:
        """Whether its cells are figures, which stand to the right."""
        return self.unit_from is not None or self.kind in _FIGURES


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """A table under a name, with a line that explains it.

    ``frozen`` columns stay in view; ``wide`` listings are printed on A3. ``whole`` says how many rows there
    are where not all are listed, ``note`` is for the reader of the rows.
    """

    name: str
    told: str
    fields: Sequence[Field]
    rows: pd.DataFrame
    frozen: int = 2
    wide: bool = False
    whole: int | None = None
    note: str = ""
