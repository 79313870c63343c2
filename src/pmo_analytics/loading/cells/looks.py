"""Looks: how cells look, beside what they hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Looks:
    """How the cells of one column look, beside what they hold: number formats, fills, and whether a fill runs on.

    ``formats`` and ``fills`` are empty texts where there is none. ``runs_on`` says that a cell of the same row
    that holds no colour has the same fill: a row marked as a whole, or a band of the table's style.
    """

    formats: pd.Series
    fills: pd.Series
    runs_on: pd.Series

    @classmethod
    def plain(cls, index: pd.Index) -> Self:
        """The looks of cells without fill and format."""
        nothing = pd.Series("", index=index, dtype=object)
        return cls(nothing, nothing, pd.Series(False, index=index, dtype=bool))

    def counted(self) -> Self:
        """The same looks with the cells counted from 0."""
        parts = (self.formats, self.fills, self.runs_on)
        return type(self)(*(part.reset_index(drop=True) for part in parts))


def looks_of(
    fills: Mapping[tuple[int, int], str],
    formats: Mapping[tuple[int, int], str],
    labels: pd.Index,
    *,
    positions: Iterable[int],
    coloured: Collection[int] = (),
) -> dict[int, Looks]:
    """The looks of the columns at the positions given, for the rows with these labels.

    ``fills`` and ``formats`` are keyed by row label and column position; ``coloured`` are the positions of the
    columns that hold colours.

    >>> looks = looks_of({(2, 0): "FF0000", (2, 1): "FF0000"}, {}, pd.Index([2]), positions=[1], coloured=[1])
    >>> looks[1].fills.tolist(), looks[1].runs_on.tolist()
    (['FF0000'], [True])
    """
    fill, form = _by_position(fills, labels), _by_position(formats, labels)
    plain = [fill[at] for at in fill if at not in coloured]
    nothing = pd.Series("", index=labels, dtype=object)
    looks = {}
    for at in positions:
        mine = fill.get(at, nothing)
        runs_on = pd.Series(False, index=labels, dtype=bool)
        if at in coloured and at in fill:
            for other in plain:
                runs_on |= (other == mine) & (mine != "")
        looks[at] = Looks(form.get(at, nothing), mine, runs_on)
    return looks


def _by_position(facts: Mapping[tuple[int, int], str], labels: pd.Index) -> dict[int, pd.Series]:
    if not facts:
        return {}
    keys = pd.MultiIndex.from_tuples(list(facts))
    long = pd.Series(list(facts.values()), index=keys, dtype=object)
    known = long[keys.get_level_values(0).isin(labels)]
    wide = known.unstack(level=1).reindex(labels).fillna("").astype(object)
    return dict(zip(wide.columns.astype("int64").tolist(), (wide[at] for at in wide), strict=True))
